// The counterexample to Theorem 5: a linear objective with exact gradients, so that only the added noise acts.
#pragma once

#include <cmath>

#include "bounds/pasgd/constants.hpp"

namespace asyncert::pasgd {

/// P(N(0,1) > x).
Ball normal_tail(const Ball& x);
inline double normal_tail(double x) { return std::erfc(x / std::sqrt(2.0)) / 2; }

/// Probability that a bound with the noise term c eta sigma^2 iota fails on f(x) = <g, x>, where n |g|^2 is chosen
/// worst: the noise along g is M |g| sqrt(n) (r/sqrt d) Z, the room 2 c sigma^2 iota. `factor` is 10 for (12), at n
/// |g|^2 = (8/5) c sigma^2 iota/M, and 2 for (34), at 8 c sigma^2 iota/M.
template <class T>
T linear_failure_probability(const T& factor, const T& M, const T& iota, const T& d) {
  using std::sqrt;
  const T c1 = noise_factor(d);
  return normal_tail(T(sqrt(factor * iota / M) * sqrt(d + T(1) / (c1 * c1))));  // sigma sqrt(d) / r
}

}  // namespace asyncert::pasgd
