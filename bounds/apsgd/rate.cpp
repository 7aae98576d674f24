#include "bounds/apsgd/rate.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "lib/certified_root.hpp"

namespace asyncert::apsgd {

namespace {

/// rho > 1: Newton's method for s = ln(rho - K1) on s - ln K2 + delta ln(K1 + e^s), which is convex with slopes in [1,
/// 1+delta], from the upper bound ln K2 - delta ln max(1, K1).
double growing(const RecursionOf<double>& r, double delta) {
  const double log_K2 = std::log(r.K2);
  double s = log_K2 - delta * std::max(0.0, std::log1p(-r.one_minus_K1)), x = 0, log_rho = 0;
  for (int step = 0; step < 60; ++step) {
    x = std::exp(s);
    log_rho = std::log1p(x - r.one_minus_K1);
    const double change = (s - log_K2 + delta * log_rho) / (1 + delta * x / (r.K1 + x));
    s -= change;
    if (!(std::fabs(change) > 0x1p-40)) break;
  }
  return -log_rho;
}

/// Newton's method on `characteristic` for K1, K2, delta > 0 and gap = 1 - K1 - K2 != 0.
///
/// rho < 1: starts at Lemma 7's bound -ln u, below the root; the first step overshoots, since F is convex, though not
/// beyond -ln(K1 + K2) >= -ln rho, and the others fall. rho > 1 and K1 < 1: polishes `growing`, whose 1 - rho is a
/// difference there.
double newton(const RecursionOf<double>& r, double delta) {
  const double K2 = r.K2, gap = r.one_minus_K1_K2;
  double y = gap > 0 ? std::log1p(gap / (K2 + 1 / delta)) / delta : growing(r, delta);
  if (gap < 0 && r.one_minus_K1 <= 0) return y;
  const double limit = gap > 0 ? -std::log1p(-gap) : 0;
  for (int step = 0; step < 60; ++step) {
    const double kept = std::expm1(-y), above = gap + kept;  // e^{-y} - K1 - K2
    if (!(above > -K2)) break;                               // rho = K1 to double's precision
    const double change = (delta * y - std::log1p(above / K2)) / (delta + (1 + kept) / (K2 + above));
    y = std::min(y - change, limit);
    if (!(std::fabs(change) > 0x1p-40 * std::fabs(y))) break;  // the next step would be below rounding
  }
  return y;
}

/// Interval Newton from the proposal: nothing where it does not verify, or stalls above the working precision.
std::optional<Ball> refined(double proposal, const Ball& K2, const Ball& gap, const Ball& delta) {
  if (!std::isfinite(proposal) || std::fabs(proposal) < std::numeric_limits<double>::min()) return std::nullopt;
  const long bits = PrecisionScope::bits();
  Ball enclosure = Ball::from_double(proposal), middle = enclosure;
  arf_get_mag(arb_radref(enclosure.raw()), arb_midref(middle.raw()));
  mag_mul_2exp_si(arb_radref(enclosure.raw()), arb_radref(enclosure.raw()), -44);
  for (long accuracy = 44, step = 0;; ++step) {
    Ball slope;
    {
      // The slope is multiplied by F(middle), which is already small.
      const PrecisionScope half(bits / 2 + 16);
      slope = characteristic_slope(enclosure, K2, gap, delta);
    }
    const Ball next = middle - characteristic(middle, K2, gap, delta) / slope;
    if (!next.is_finite()) return std::nullopt;
    if (step == 0 && !arb_contains(enclosure.raw(), next.raw())) return std::nullopt;
    enclosure = next;
    if (enclosure.accuracy_bits() >= bits - 24) return enclosure;
    if (enclosure.accuracy_bits() < accuracy + 8) return std::nullopt;
    accuracy = enclosure.accuracy_bits();
    arb_get_mid_arb(middle.raw(), enclosure.raw());
  }
}

}  // namespace

double negative_log_root(const RecursionOf<double>& r, double delta) {
  if (r.K2 == 0) return r.K1 == 0 ? std::numeric_limits<double>::infinity() : -std::log1p(-r.one_minus_K1);
  if (r.one_minus_K1_K2 == 0) return 0;
  if (delta == 0) return -std::log1p(-r.one_minus_K1_K2);
  if (r.K1 == 0) return -std::log1p(-r.one_minus_K1_K2) / (delta + 1);
  return newton(r, delta);
}

Ball negative_log_root(const Rational& K1, const Rational& K2, const Rational& delta) {
  const Rational exact_gap = Rational(1) - K1 - K2;
  if (K2.sign() == 0) return K1.sign() == 0 ? Ball::infinity() : K1 == Rational(1) ? Ball(0) : -log(Ball(K1));
  if (exact_gap.sign() == 0) return 0;
  const Ball gap(exact_gap), weight(K2), d(delta);
  if (delta.sign() == 0) return -log1p(-gap);
  if (K1.sign() == 0) return -log1p(-gap) / (d + 1);
  RecursionOf<double> nearest{};
  nearest.K1 = Ball(K1).midpoint();
  nearest.K2 = weight.midpoint();
  nearest.one_minus_K1 = Ball(Rational(1) - K1).midpoint();
  nearest.one_minus_K1_K2 = gap.midpoint();
  if (const auto y = refined(newton(nearest, d.midpoint()), weight, gap, d)) return *y;
  // The root lies between 0 and -ln(K1+K2): g^{delta+1} = K1 g^delta + K2 lies on either side of (K1+K2) g^delta
  // according to whether g is below or above 1. Above 1 the logarithm also needs e^{-y} > K1; elsewhere F counts as
  // positive.
  const Ball end = -log1p(-gap);
  const auto f = [&](const Ball& y) {
    return certainly_less_equal(weight + gap + expm1(-y), 0) ? Ball(1) : characteristic(y, weight, gap, d);
  };
  return exact_gap.sign() > 0 ? certified_root(f, Ball(0), end.upper_end())
                              : certified_root(f, end.lower_end(), Ball(0));
}

}  // namespace asyncert::apsgd
