#include "verify/apsgd/slowest_growth.hpp"

#include <cmath>
#include <numbers>

#include "bounds/apsgd/second_moment.hpp"
#include "lib/roots.hpp"
#include "lib/subdivision.hpp"

namespace asyncert::apsgd {

namespace {

/// A function of (a, b) with its two derivatives.
struct Jet {
  Ball value, by_a, by_b;

  friend Jet operator+(const Jet& x, const Jet& y) { return {x.value + y.value, x.by_a + y.by_a, x.by_b + y.by_b}; }
  friend Jet operator-(const Jet& x, const Jet& y) { return {x.value - y.value, x.by_a - y.by_a, x.by_b - y.by_b}; }
  friend Jet operator*(const Jet& x, const Jet& y) {
    return {x.value * y.value, x.by_a * y.value + x.value * y.by_a, x.by_b * y.value + x.value * y.by_b};
  }
  friend Jet operator/(const Jet& x, const Jet& y) {
    const Ball quotient = x.value / y.value;
    return {quotient, (x.by_a - quotient * y.by_a) / y.value, (x.by_b - quotient * y.by_b) / y.value};
  }
};

/// 1/sum h_j^2 for x_{j+1} = a x_j + b x_{j-D}, where the sum converges: the closed form of second_moment_log_rate with
/// sigma_k = a^{k-1} s_k, so that a may vanish.
template <class T>
T inverse_energy(const T& one, const T& a, const T& b, long D) {
  const T aa = a * a, bb = b * b, trace = one + aa - bb;
  T previous = one - one, sigma = one, power = aa;  // sigma_{k-1}, sigma_k, a^{k+1}
  for (long k = 1; k <= D; ++k) {
    T next = trace * sigma - aa * previous;
    previous = sigma;
    sigma = next;
    if (k < D) power = power * a;
  }
  const T rest = b * power + aa * bb * previous;
  return one - aa - bb - (rest + rest) / (sigma - aa * previous);
}

/// Whether x^{D+1} - a x^D - b certainly has a root outside of the open unit disc.
bool unstable(const Ball& a, const Ball& b, long D) {
  if (certainly_less_equal(1, a + b) || certainly_less_equal(1, abs(b))) return true;
  if (!certainly_less(b, 0)) return false;
  if (certainly_less_equal(Ball(D + 1), Ball(D) * a)) return true;
  // Any angle will do; that of r = 1 for the least a of the box is the best.
  double low = 0, high = std::numbers::pi / static_cast<double>(D + 1);
  for (int step = 0; step < 40; ++step) {
    const double t = (low + high) / 2, d = static_cast<double>(D);
    (std::sin((d + 1) * t) > a.lower() * std::sin(d * t) ? low : high) = t;
  }
  const Ball t = Ball::from_double(high), below = sin(Ball(D) * t);
  return certainly_less(t, Ball::pi() / Ball(D + 1)) && certainly_less_equal(sin(Ball(D + 1) * t) / below, a) &&
         certainly_less_equal(sin(t) / below, -b);
}

}  // namespace

Evidence slowest_growth(const std::vector<Rational>& lambda, long D, const Rational& factor, long updates) {
  const Rational one(1), last = lambda.back();
  const PrecisionScope precision(64);
  const Ball y = -log(Ball(factor)) / Ball(updates), half = exp(y / 2), full = pow(half, D + 1);
  const auto damping = [&](const Ball& a) { return Ball(1) - a / half; };
  const auto product = [&](const Ball& a, const Ball& b) { return (damping(a) - b / full) / Ball(last); };  // s
  // b and q of another coordinate as functions of a and of b of the last one.
  const auto response = [&](const Ball& a, const Ball& b, const Rational& x) {
    return damping(a) * full * Ball(one - x / last) + Ball(x / last) * b;
  };
  const auto noise = [&](const Ball& s, const Rational& x) { return s * s * Ball(x * (one - x)) * full * full; };
  const auto coordinate_decides = [&](const Ball& a, const Ball& b, const Rational& x) {
    const Ball here = response(a, b, x), s = product(a, b), q = noise(s, x);
    if (certainly_less_equal(1, q) || unstable(a, here, D)) return true;
    if (x == one) return false;  // no noise
    // For a, b >= 0 the response h grows with both, so that the least point of the box decides.
    if (certainly_less_equal(0, here))
      return certainly_less_equal(inverse_energy(Ball(1), max(a, 0).lower_end(), here.lower_end(), D), q);
    const Jet energy =
        inverse_energy(Jet{1, 0, 0}, Jet{a, 1, 0}, Jet{here, -full * Ball(one - x / last) / half, Ball(x / last)}, D);
    const Ball slope = noise(1, x) * s * 2 / Ball(last), centre = middle(a), across = middle(b);
    const Ball there =
        inverse_energy(Ball(1), centre, response(centre, across, x), D) - noise(product(centre, across), x);
    return certainly_less_equal(
        there + (energy.by_a + slope / half) * (a - centre) + (energy.by_b + slope / full) * (b - across), 0);
  };
  const auto exactly = [](const Ball& x) {
    Rational value;
    arf_get_fmpq(value.raw(), arb_midref(x.raw()));
    return value;
  };
  struct Point {
    Rational theta, omega;
  };
  const auto at = [&](const Ball& a, const Ball& b) {
    const Rational theta = exactly(damping(a));
    return Point{theta, theta.sign() > 0 ? exactly(product(a, b)) / theta : Rational(-1)};
  };
  const auto rate = [&](const Point& p, const Rational& x) {
    return second_moment_log_rate(bernoulli_coordinate(x), p.theta, p.omega, D);
  };
  const auto predicate = [&](const std::vector<Ball>& v) {
    if (certainly_less(product(v[0], v[1]), 0)) return Ternary::yes;  // omega < 0
    for (const Rational& x : lambda)
      if (coordinate_decides(v[0], v[1], x)) return Ternary::yes;
    if (!v[0].is_exact() || !v[1].is_exact()) return Ternary::unknown;
    // A point that no rule settles may be a counterexample: all coordinates fall faster.
    const Point p = at(v[0], v[1]);
    if (p.theta.sign() <= 0 || p.omega.sign() < 0) return Ternary::unknown;
    for (const Rational& x : lambda)
      if (!certainly_less(y, rate(p, x))) return Ternary::unknown;
    return Ternary::no;
  };
  return certify_on_box(
      {{"A", 0, (exactly(half.upper_end()) * 64).ceil() / 64}, {"B", -1, 1}}, predicate,
      [&](const std::vector<Rational>& v) {
        const Point p = at(Ball(v[0]), Ball(v[1]));
        Ball least = Ball::infinity();
        for (const Rational& x : lambda) least = min(least, rate(p, x));
        return Comparison{.label = "factor <= z^updates",
                          .left = factor,
                          .right = exp(-Ball(updates) * least),
                          .instance = Object().add("theta", p.theta).add("omega", p.omega).add("delta", D)};
      },
      "subdivision");
}

}  // namespace asyncert::apsgd
