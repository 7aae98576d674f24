// Certified roots of monotone functions.
#pragma once

#include "lib/ball.hpp"

namespace asyncert {

/// Encloses the point of (lower, upper) where `f` turns from negative to positive, at the working precision: `f` must
/// be negative before and positive after it. Bisects with certified signs and stops where a sign is unknown.
template <class F>
Ball crossing(F&& f, Ball lower, Ball upper) {
  const long bits = PrecisionScope::bits();
  for (long step = 0; step < 4 * bits; ++step) {
    if (Ball::hull(lower, upper).accuracy_bits() >= bits - 16) break;
    Ball middle = (lower + upper) / 2;
    arb_get_mid_arb(middle.raw(), middle.raw());
    const Ball value = f(middle);
    if (certainly_less(value, 0)) lower = middle;
    else if (certainly_less(0, value)) upper = middle;
    else break;
  }
  return Ball::hull(lower, upper);
}

/// The same on (0, infinity): the end is doubled from `start` until `f` is certainly positive there.
template <class F>
Ball crossing_from_zero(F&& f, Ball start) {
  for (long doublings = 0; !certainly_less(0, f(start)); ++doublings) {
    if (doublings == 100000) throw Undecided("no sign change was found");
    start = start * 2;
  }
  return crossing(f, Ball(0), start);
}

}  // namespace asyncert
