// Gradient descent whose gradient is one step old, on f(x) = lambda x^2/2: x_{t+1} = x_t - a x_{t-1} with a = eta
// lambda.
#pragma once

#include <cmath>

#include "lib/ball.hpp"

namespace asyncert::toy {

/// The growth rate per step: the larger modulus of the roots of z^2 - z + a, for a > 0.
template <class T>
T growth_rate(const T& a) {
  using std::sqrt;
  const T discriminant = T(1) - T(4) * a;
  if (decide_less(discriminant, T(0))) return sqrt(a);  // two complex roots, whose product is a
  return (T(1) + sqrt(discriminant)) / T(2);
}

}  // namespace asyncert::toy
