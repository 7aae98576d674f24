// Bisection over integers.
#pragma once

#include <cmath>

#include "lib/rational.hpp"

namespace asyncert {

/// The integer between two others, rounded down.
inline long middle_integer(long a, long b) { return a + (b - a) / 2; }
inline double middle_integer(double a, double b) { return std::floor(a + (b - a) / 2); }
inline Rational middle_integer(const Rational& a, const Rational& b) { return ((a + b) / Rational(2)).floor(); }

/// The smallest integer of (low, high] with the property, which holds at `high`, not at `low`, and once true stays true
/// between them; neither end is tried. Cost: one try per bit of high - low.
template <class Number, class Property>
Number first_true(Number low, Number high, Property&& holds) {
  for (Number middle = middle_integer(low, high); low < middle && middle < high; middle = middle_integer(low, high))
    (holds(middle) ? high : low) = middle;
  return high;
}

}  // namespace asyncert
