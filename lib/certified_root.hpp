// Certified roots of functions that cost much to evaluate: few evaluations find the root, two certify it.
#pragma once

#include <optional>

#include "lib/roots.hpp"

namespace asyncert {

/// Encloses the point of (lower, upper) where `f` turns from negative to positive, as `crossing` does: `f` must be
/// negative before and positive after it. Only the signs of `f` are trusted; its midpoints guide secant steps, so that
/// a function that is smooth near the root takes some ten evaluations. Values may jump, or be indeterminate at single
/// points.
template <class F>
Ball certified_root(F&& f, Ball lower, Ball upper) {
  const long bits = PrecisionScope::bits();
  const auto exact_middle = [](Ball x) {
    arb_get_mid_arb(x.raw(), x.raw());
    return x;
  };
  const auto inside = [&](const Ball& x) {
    return x.is_finite() && certainly_less(lower, x) && certainly_less(x, upper);
  };
  struct Point {
    Ball x, value;
  };
  std::optional<Point> previous, last;
  // Certifies signs on both sides of a candidate, wider and wider; true when the bracket is then final. A sign that
  // contradicts the candidate shrinks the bracket as well, but ends the attempt.
  const auto certify = [&](const Ball& root) {
    Ball radius = root.contains_zero() ? (upper - lower) * pow(Ball(2), -bits) : abs(root) * pow(Ball(2), 16 - bits);
    for (bool below = false, above = false; !(below && above); radius = radius * 16) {
      const auto probe = [&](const Ball& x, bool& settled, bool negative) {
        if (settled) return true;
        if (!inside(x)) return settled = true;
        const Ball value = f(x);
        const bool is_negative = certainly_less(value, 0), is_positive = certainly_less(0, value);
        if (is_negative) lower = x;
        if (is_positive) upper = x;
        settled = negative ? is_negative : is_positive;
        return !(negative ? is_positive : is_negative);
      };
      if (!probe(exact_middle(root - radius), below, true) || !probe(exact_middle(root + radius), above, false))
        return false;
    }
    return true;
  };
  constexpr long most_slow = 3, most_stalled = 16;
  for (long step = 0, slow = 0, stalled = 0; step < 8 * bits; ++step) {
    Ball next = exact_middle((lower + upper) / 2);
    bool secant = false;
    if (previous && slow < most_slow && stalled < most_stalled) {
      const Ball candidate =
          exact_middle(last->x - last->value * (last->x - previous->x) / (last->value - previous->value));
      secant = inside(candidate);
      if (secant) next = candidate;
    }
    if (Ball::hull(lower, upper).accuracy_bits() >= bits - 16) break;
    // The error of a secant step is about the product of the last two, so that a small step is the last one.
    bool converged = secant && certainly_less(abs(next - last->x), abs(next) * pow(Ball(2), -(2 * bits / 3)));
    const Ball width = upper - lower;
    if (!converged) {
      const Ball value = f(next);
      if (certainly_less(value, 0))
        lower = next;
      else if (certainly_less(0, value))
        upper = next;
      else
        converged = true;  // within the noise of f
      previous = last;
      last = Point{next, exact_middle(value)};
    }
    if (converged) {
      if (certify(next)) break;
      previous.reset();
      last.reset();
    }
    // Three steps that hardly shrink the bracket are followed by a bisection; small steps may converge, and have more
    // time, but not for ever: on a plateau of `f` they are small, too.
    const bool idle = secant && previous && certainly_less(width / 2, upper - lower);
    slow = idle && certainly_less(width / 1024, abs(last->x - previous->x)) ? slow + 1 : 0;
    stalled = idle ? stalled + 1 : 0;
  }
  return Ball::hull(lower, upper);
}

}  // namespace asyncert
