#include "bounds/apsgd/rate.hpp"

namespace asyncert::apsgd {

Recursion recursion(const RateParameters& p) {
  const Rational one(1), two(2);
  const Rational &theta = p.theta, &omega = p.omega, &l = p.lambda_min, &L = p.lambda_max;
  Recursion r;
  r.omega_star = two / (l + L);
  const bool first_case = r.omega_star <= two;
  const Rational& lower = first_case ? r.omega_star : two;
  const Rational& upper = first_case ? two : r.omega_star;
  r.case_name = std::string(first_case ? "1" : "2") + (omega <= lower ? "i" : omega <= upper ? "ii" : "iii");
  r.alpha = omega <= r.omega_star ? one - omega * l : omega * L - one;
  // 1 - omega(2-omega)x is largest over the spectrum at lambda_min while omega <= 2, and at lambda_max beyond.
  const Rational& m = omega <= two ? l : L;
  const Rational kept = one - theta;
  r.K1 = kept * (kept + theta * r.alpha);
  r.K2 = theta * (theta * (one - omega * (two - omega) * m) + kept * r.alpha);
  r.one_minus_K1 = one - r.K1;
  r.one_minus_K1_K2 = r.one_minus_K1 - r.K2;
  return r;
}

Ball negative_log_root(const Rational& K1, const Rational& K2, const Rational& delta) {
  const Rational one_minus_K1 = Rational(1) - K1, one_minus_K1_K2 = one_minus_K1 - K2;
  if (K2.sign() == 0) return K1.sign() == 0 ? Ball::infinity() : -log(Ball(K1));
  if (one_minus_K1_K2.sign() == 0) return 0;
  if (delta.sign() == 0) return -log1p(Ball(-one_minus_K1_K2));
  if (K1.sign() == 0) return -log(Ball(K2)) / Ball(delta + Rational(1));
  const Ball d(delta), log_K2 = log(Ball(K2)), gap(one_minus_K1);
  const auto F = [&](const Ball& y) { return d * y - log(gap + expm1(-y)) + log_K2; };
  // The root lies between 0 and -ln(K1+K2): g^{delta+1} = K1 g^delta + K2 lies on either side of (K1+K2) g^delta
  // according to whether g is below or above 1.
  const Ball end = -log1p(Ball(-one_minus_K1_K2));
  const bool stable = one_minus_K1_K2.sign() > 0;
  Ball lower = stable ? Ball(0) : end.lower_end();
  Ball upper = stable ? end.upper_end() : Ball(0);
  // Above 1 the logarithm also needs e^{-y} > K1; where it is not defined F counts as positive.
  const long bits = PrecisionScope::bits();
  for (long step = 0; step < 4 * bits + 400; ++step) {
    const Ball enclosure = Ball::hull(lower, upper);
    if (enclosure.accuracy_bits() >= bits - 24) break;
    Ball middle = (lower + upper) / 2;
    arb_get_mid_arb(middle.raw(), middle.raw());
    const Ball inside = gap + expm1(-middle);
    if (certainly_less_equal(inside, 0)) {
      upper = middle;
      continue;
    }
    const Ball value = F(middle);
    if (certainly_less(value, 0)) lower = middle;
    else if (certainly_less(0, value)) upper = middle;
    else break;
  }
  return Ball::hull(lower, upper);
}

}  // namespace asyncert::apsgd
