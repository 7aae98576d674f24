#include "bounds/apsgd/optimum.hpp"

#include <algorithm>

#include "lib/roots.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1), two(2), four(4);

struct Coefficients {
  Rational beta, Q;
};

Coefficients coefficients(const Spectrum& s, const Rational& w) {
  const Rational beta = w <= two ? w * s.l : two * s.l + (w - two) * s.L;
  return {beta, (one + w * s.l) * beta - two * w * s.l * s.l};
}

}  // namespace

Ball Surd::enclosure() const { return Ball(a) + Ball(b) * sqrt(Ball(q)); }

int Surd::sign() const {
  const int sa = a.sign(), sb = q.sign() == 0 ? 0 : b.sign();
  if (sa == sb || sb == 0) return sa;
  if (sa == 0) return sb;
  const Rational lhs = a * a, rhs = b * b * q;
  return lhs == rhs ? 0 : rhs < lhs ? sa : sb;
}

int compare(const Surd& x, const Surd& y) {
  int sign = 0;
  escalate_precision("the order of two surds", [&] {
    const Ball difference = x.enclosure() - y.enclosure();
    if (!difference.contains_zero()) {
      sign = certainly_less(difference, 0) ? -1 : 1;
      return true;
    }
    // u - v = c with u = x.b sqrt(x.q), v = y.b sqrt(y.q): (u-v)^2 = c^2 is decided by squaring 2uv = u^2 + v^2 - c^2;
    // of the two roots +-c the other one is excluded by its enclosure.
    const Rational c = y.a - x.a, uu = x.b * x.b * x.q, vv = y.b * y.b * y.q, twice = uu + vv - c * c;
    const int uv_sign = x.b.sign() * y.b.sign() * x.q.sign() * y.q.sign();
    if (!(twice * twice == four * uu * vv) || twice.sign() != uv_sign) return false;
    return c.sign() == 0 || !(difference + Ball(two * c)).contains_zero();
  });
  return sign;
}

Surd scaled_minimum_bound(const Spectrum& s, const Rational& w, const Rational& delta) {
  const auto [beta, Q] = coefficients(s, w);
  const Rational scale = one / (two * w * s.l * delta);
  return {s.l / two + one / (two * w) + beta * scale, scale, beta * beta + two * s.l * delta * Q};
}

Ball best_theta(const Spectrum& s, const Rational& w, const Rational& delta) {
  const auto [beta, Q] = coefficients(s, w);
  return Ball(two * s.l) / (Ball(beta) + sqrt(Ball(beta * beta + two * s.l * delta * Q)));
}

Relaxation best_relaxation(double l, double L) {
  const double k = l + L;
  return {2 / k, ((1 - l) + (1 - L)) / k, 2 * ((1 - L) - l) / k};
}

ClosedForm closed_form(double l, double L, const Relaxation& r, double delta) {
  // Q = (1 + w l) beta - 2 w l^2 with beta put in: nothing cancels.
  const double w = r.omega, beta = r.minus_two <= 0 ? w * l : 2 * l + r.minus_two * L;
  const double Q = r.minus_two <= 0 ? w * l * ((1 - l) + r.minus_one * l) : beta + w * l * r.minus_two * L;
  const double root = std::sqrt(beta * beta + 2 * l * delta * Q);
  return {2 * l / (beta + root), (l / 2 + 1 / (2 * w) + (beta + root) / (2 * w * l * delta)) / l};
}

Surd scaled_printed_56(const Spectrum& s, const Rational& delta) {
  const Rational k = s.sum(), q = one + delta * (two - k);
  // numerator / sqrt(q) = (numerator / q) sqrt(q)
  const Rational numerator = (delta + one + delta * (one - k) * s.l) / delta;
  return {(Rational(3) * s.l + s.L) / four + one / (two * delta), numerator / q, q};
}

Rational xi(const Spectrum& s, const Rational& tau) { return one / tau + (one - one / tau) * s.L; }

Rational scaled_tight_synchronous(const Spectrum& s, const Rational& tau) {
  if ((tau - one) * (s.L - s.l) <= one) return s.l + (one - s.l) / tau;
  const Rational rest = one - one / tau, x = one / tau + rest * s.sum();
  return x * x / (four * s.L * rest);
}

Rational best_omega(const Spectrum& s, const Rational& delta) {
  const Rational end = s.omega_star();
  if (end <= two) return end;
  const Surd near = scaled_minimum_bound(s, two, delta), far = scaled_minimum_bound(s, end, delta);
  return compare(far, near) < 0 ? end : two;
}

Ball best_rate_complexity(const Spectrum& s, const Rational& delta) {
  if (s.l == one) return 1;
  const Rational end = s.omega_star();
  const Ball l(s.l), L(s.L), inverse_delta = Ball(one / delta);
  const auto reached = [&](const Ball& q, const Rational& w) {  // sign of F_w(R) - R(1 - R^{1/delta}) at R = 1 - q
    const Ball R = Ball(1) - q;
    return rate_gain(R, l, L, Ball(w), w > two) + R * expm1(log1p(-q) * inverse_delta);
  };
  const auto best = [&](const Ball& q) {
    const Ball near = reached(q, min(two, end));
    return end > two ? max(near, reached(q, end)) : near;
  };
  // With theta = 1 and omega = 1 the growth factor is below 1, so that some q > 0 is reached; q = 1 is not, as l < 1.
  Ball lower = 0, upper = 1;
  const long bits = PrecisionScope::bits();
  for (long step = 0; step < 3 * bits; ++step) {
    if (Ball::hull(lower, upper).accuracy_bits() >= bits - 40) break;
    Ball middle = (lower + upper) / 2;
    arb_get_mid_arb(middle.raw(), middle.raw());
    const Ball value = best(middle);
    if (certainly_less(0, value))
      lower = middle;
    else if (certainly_less(value, 0))
      upper = middle;
    else
      break;
  }
  return Ball(1) / Ball::hull(lower, upper);
}

double best_rate_complexity(double l, double L, double delta) {
  if (l == 1) return 1;
  const double end = 2 / (l + L), beyond_two = best_relaxation(l, L).minus_two;
  // In q = 1 - R, which is small for long delays: A1 = w l (2 - q) - q.
  const auto reached = [&](double q, double w) {
    const double A1 = w * l * (2 - q) - q;
    const double A2 = w <= 2 ? w * l * (w - q) : w * (l * (2 - q) + beyond_two * L);
    const double positive = std::max(A1, 0.0);
    return positive * positive / (4 * A2) + (1 - q) * std::expm1(std::log1p(-q) / delta);
  };
  // Positive while q is reached.
  const auto missed = [&](double q) {
    const double near = reached(q, std::min(2.0, end));
    return end > 2 ? -std::max(near, reached(q, end)) : -near;
  };
  return 1 / crossing(missed, 0.0, 1.0);
}

}  // namespace asyncert::apsgd
