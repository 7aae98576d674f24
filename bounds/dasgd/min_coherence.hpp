// The certified minimum of the two-dimensional Rosenbrock function's coherence product over a square.
#pragma once

#include "lib/ball.hpp"
#include "lib/value.hpp"

namespace asyncert::dasgd {

/// V(x_1, x_2) = <grad f(x), x - (1,1)> = 200 x_2^2 - 200 (3x_1^2 - 2x_1 + 1) x_2 + 200 x_1^2 + 400 x_1^3 (x_1 - 1) + 2
/// (x_1 - 1)^2.
template <class T>
T rosenbrock_coherence(const T& x1, const T& x2) {
  const T slope = x1 - T(1), valley = x1 * x1 - x2;
  return T(400) * x1 * slope * valley + T(2) * slope * slope - T(200) * valley * (x2 - T(1));
}

/// The minimum and a minimiser: each coordinate is a rational, or an enclosure of an irrational number.
struct CoherenceMinimum {
  Value minimum, x1, x2;
};

/// Over [lower, upper]^2, lower <= upper. V is a convex quadratic in x_2, so that the minimisers are among the best x_2
/// at the two ends of x_1, the real roots of two cubics on the edges x_2 = lower, upper, and the stationary point
/// (1,1). All of them are isolated exactly; the least value is decided with balls, or `Undecided` is thrown. Cost: two
/// cubic factorisations.
CoherenceMinimum min_coherence(const Rational& lower, const Rational& upper);

}  // namespace asyncert::dasgd
