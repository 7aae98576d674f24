// Roots of monotone functions: enclosed for balls, to the last bit of a sign change for doubles.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "lib/ball.hpp"

namespace asyncert {

/// A point of the ball, exact; a double is its own.
inline Ball middle(const Ball& x) {
  Ball m;
  arb_get_mid_arb(m.raw(), x.raw());
  return m;
}
inline double middle(double x) { return x; }

/// Encloses the point of (lower, upper) where `f` turns from negative to positive, at the working precision: `f` must
/// be negative before and positive after it. Bisects with certified signs; where the sign at the middle is unknown, it
/// asks on both sides of it, and stops where that is unknown, too.
template <class F>
Ball crossing(F&& f, Ball lower, Ball upper) {
  const long bits = PrecisionScope::bits();
  for (long step = 0; step < 4 * bits; ++step) {
    if (Ball::hull(lower, upper).accuracy_bits() >= bits - 16) break;
    const Ball half = middle((lower + upper) / 2);
    const auto narrow = [&](const Ball& point) {
      const Ball value = f(point);
      const bool below = certainly_less(value, 0), above = certainly_less(0, value);
      if (below) lower = point;
      if (above) upper = point;
      return below || above;
    };
    if (narrow(half)) continue;
    // The middle may be the root itself.
    const Ball eighth = (upper - lower) / 8;
    const bool left = narrow(middle(half - eighth)), right = narrow(middle(half + eighth));
    if (!left && !right) break;
  }
  return Ball::hull(lower, upper);
}

/// The same for doubles 0 <= lower <= upper: the first double at which `f` is not negative. Bisects the bit patterns,
/// so at most 64 evaluations whatever the magnitudes.
template <class F>
double crossing(F&& f, double lower, double upper) {
  auto below = std::bit_cast<std::uint64_t>(lower + 0.0), above = std::bit_cast<std::uint64_t>(upper);
  while (below < above && above - below > 1) {
    const std::uint64_t half = below + (above - below) / 2;
    (f(std::bit_cast<double>(half)) < 0 ? below : above) = half;
  }
  return std::bit_cast<double>(above);
}

/// The same on (0, infinity): the end is doubled from `start` until `f` is certainly positive there.
template <class F, class T>
T crossing_from_zero(F&& f, T start) {
  for (long doublings = 0; !certainly_less(T(0), f(start)); ++doublings) {
    if (doublings == 100000) throw Undecided("no sign change was found");
    start = start * T(2);
  }
  return crossing(f, T(0), start);
}

}  // namespace asyncert
