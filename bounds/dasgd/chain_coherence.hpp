// Certified bounds of the smallest coherence product of the d-dimensional Rosenbrock function over a cube.
#pragma once

#include <vector>

#include "lib/rational.hpp"

namespace asyncert::dasgd {

/// lower_bound <= min V <= V(witness) = upper_bound.
struct ChainMinimum {
  Rational lower_bound;
  Rational upper_bound;
  std::vector<Rational> witness;
};

/// V is a sum over neighbours, 2w - 50w^2 + 200 (x_{i+1} - (3x_i^2 - 2x_i + 1)/2)^2 with w = (x_i - 1)^2, so that the
/// minimum over [lower, upper]^d is a shortest path. Lower bound: the path over `cells` intervals, each pair bounded
/// below over its two intervals; the error is O(d/cells). Upper bound: the exact value at a point that follows the best
/// path. Cost O(d cells^2), d >= 2.
ChainMinimum chain_coherence_minimum(const Rational& lower, const Rational& upper, long d, long cells);

}  // namespace asyncert::dasgd
