#include "bounds/apsgd/weak.hpp"

#include "bounds/apsgd/rate.hpp"
#include "lib/certified_root.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

/// v >= 0 with e^{-Dv}(1 - e^{-v}) = e^{target}, on the branch v <= ln(1 + 1/D): the larger positive root is a e^{-v}.
Ball real_branch(long D, const Ball& target) {
  return certified_root([&](const Ball& v) { return log(-expm1(-v)) - Ball(D) * v - target; }, Ball(0),
                        log1p(Ball(Rational(1, D))));
}

/// ln(r(t)/a) where ln(|b|/a^{D+1}) = target, for t = s/(D+1).
Ball complex_branch(long D, const Ball& target) {
  const auto logs = [&](const Ball& s, Ball& log_r) {
    const Ball t = s / Ball(D + 1), denominator = log(sin(s));
    log_r = log(sin(s - t)) - denominator;
    return Ball(D) * log_r + log(sin(t)) - denominator;
  };
  Ball log_r;
  const Ball s =
      certified_root([&](const Ball& x) { return logs(x, log_r) - target; }, Ball(0), Ball::pi().lower_end());
  logs(s, log_r);
  return log_r;
}

}  // namespace

Ball weak_log_rate(const Rational& a, const Rational& b, long D) {
  if (a.sign() < 0 || Rational(1) < a) throw DomainError("a", a.to_decimal(17), "0 <= a <= 1");
  if (D < 0) throw DomainError("D", std::to_string(D), "D >= 0");
  if (D == 0) {
    const Rational g = abs(a + b);
    if (g == Rational(1)) return 0;
    return g.sign() == 0 ? Ball::infinity() : -log(Ball(g));
  }
  if (b.sign() >= 0) return negative_log_root(a, b, Rational(D));
  const Ball log_b = log(Ball(-b));
  if (a.sign() == 0) return b == Rational(-1) ? Ball(0) : -log_b / Ball(D + 1);
  const Ball log_a = log(Ball(a)), target = log_b - Ball(D + 1) * log_a;
  const Ball critical = Ball(D) * log(Ball(D)) - Ball(D + 1) * log(Ball(D + 1));
  if (certainly_less(target, critical)) return real_branch(D, target) - log_a;
  if (certainly_less(critical, target)) return -complex_branch(D, target) - log_a;
  constexpr long exact_limit = 4096;
  if (D <= exact_limit && -b * pow(Rational(D + 1), D + 1) == pow(a, D + 1) * pow(Rational(D), D))
    return log1p(Ball(Rational(1, D))) - log_a;
  throw Undecided("whether the dominant roots of g^(D+1) = a g^D + b are real");
}

}  // namespace asyncert::apsgd
