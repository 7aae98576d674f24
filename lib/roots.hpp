// Roots of monotone functions: enclosed for balls, to the last bit of a sign change for doubles.
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>

#include "lib/ball.hpp"

namespace asyncert {

/// A point of the ball, exact; a double is its own.
inline Ball middle(const Ball& x) {
  Ball m;
  arb_get_mid_arb(m.raw(), x.raw());
  return m;
}
inline double middle(double x) { return x; }

/// x 2^k.
inline Ball scaled(Ball x, long k) {
  arb_mul_2exp_si(x.raw(), x.raw(), k);
  return x;
}
inline double scaled(double x, long k) { return std::ldexp(x, static_cast<int>(k)); }

/// Exponents beyond this are not searched.
template <class T>
inline constexpr long farthest_exponent = std::same_as<T, double> ? 2048 : 1L << 40;

/// Encloses the point of (lower, upper) where `f` turns from negative to positive, at the working precision: `f` must
/// be negative before and positive after it. Bisects with certified signs; where the sign at the middle is unknown, it
/// asks on both sides of it, and stops where that is unknown, too. While positive ends, or 0 and a positive end, are
/// far apart, it bisects exponents, so that roots of all magnitudes take about as many steps as the precision has
/// bits.
template <class F>
Ball crossing(F&& f, Ball lower, Ball upper) {
  const long bits = PrecisionScope::bits();
  for (long step = 0, shift = 1; step < 4 * bits; ++step) {
    if (Ball::hull(lower, upper).accuracy_bits() >= bits - 16) break;
    const auto narrow = [&](const Ball& point) {
      const Ball value = f(point);
      const bool below = certainly_less(value, 0), above = certainly_less(0, value);
      if (below) lower = point;
      if (above) upper = point;
      return below || above;
    };
    const bool from_zero = lower.is_exact() && lower.contains_zero() && certainly_less(0, upper);
    const bool wide = from_zero || (certainly_less(0, lower) && certainly_less(lower * 4, upper));
    const Ball half = middle(from_zero ? scaled(upper, -shift)
                             : wide    ? sqrt(lower) * sqrt(upper)
                                       : (lower + upper) / 2);
    if (from_zero && shift < farthest_exponent<Ball>) shift *= 2;
    if (narrow(half)) continue;
    // The middle may be the root itself.
    const Ball eighth = (wide ? half : upper - lower) / 8;
    const bool left = narrow(middle(half - eighth)), right = narrow(middle(half + eighth));
    if (!left && !right) break;
  }
  return Ball::hull(lower, upper);
}

/// The same for doubles 0 <= lower <= upper: the first double at which `f` is not negative. Bisects the bit patterns,
/// so at most 64 evaluations whatever the magnitudes, besides a few that look for a positive lower end in place of 0.
/// Throws `Undecided` where `f` gives no number.
template <class F>
double crossing(F&& f, double lower, double upper) {
  const auto negative = [&](double x) {
    const double value = f(x);
    if (std::isnan(value)) throw Undecided("the sign of a double that is no number");
    return value < 0;
  };
  // Half of all patterns lie below 1e-154, where squares leave the range of doubles: few roots lie there.
  for (long shift = 1; lower == 0 && shift < farthest_exponent<double>; shift *= 2)
    (negative(scaled(upper, -shift)) ? lower : upper) = scaled(upper, -shift);
  auto below = std::bit_cast<std::uint64_t>(lower + 0.0), above = std::bit_cast<std::uint64_t>(upper);
  while (below < above && above - below > 1) {
    const std::uint64_t half = below + (above - below) / 2;
    (negative(std::bit_cast<double>(half)) ? below : above) = half;
  }
  return std::bit_cast<double>(above);
}

/// A point x 2^k, k >= 0, at which `f` is certainly positive, as it must be from some point on: O(log k) evaluations.
/// Throws `Undecided` where none is found.
template <class F, class T>
T doubled_until_positive(F&& f, T x) {
  for (long k = 1; !certainly_less(T(0), f(x)); k *= 2) {
    if (k > farthest_exponent<T>) throw Undecided("no sign change was found");
    x = scaled(x, k);
  }
  return x;
}

/// The point of (0, infinity) where `f` turns from negative to positive, as `crossing` finds it.
template <class F, class T>
T crossing_from_zero(F&& f, T start) {
  return crossing(f, T(0), doubled_until_positive(f, start));
}

}  // namespace asyncert
