// The variational-coherence product <grad f(x), x - x*> of the instances with a known minimiser.
#pragma once

#include <cmath>
#include <vector>

#include "bounds/dasgd/energy.hpp"
#include "lib/ball.hpp"

namespace asyncert::dasgd {

/// f = 1 - exp(-|x|^2/2), x* = 0: |x|^2 exp(-|x|^2/2).
template <class T>
T coherence_gaussian_well(const std::vector<T>& x) {
  using std::exp;
  const T s = inner_product(x, x);
  return s * exp(-(s / T(2)));
}

/// f = |x|^2/(1+|x|^2), x* = 0: 2|x|^2/(1+|x|^2)^2.
template <class T>
T coherence_rational_well(const std::vector<T>& x) {
  const T s = inner_product(x, x), one_plus = T(1) + s;
  return T(2) * s / (one_plus * one_plus);
}

/// f = -x_1 - x_2^2/4 on the unit disc, x* = (1,0): (1-x_1)^2/2 + (1-|x|^2)/2 = 1 - x_1 - x_2^2/2.
template <class T>
T coherence_tilted_parabola(const std::vector<T>& x) {
  return T(1) - x[0] - x[1] * x[1] / T(2);
}

/// f = (3 + sin 5t + cos 3t) r^2 (5/3 - r) in polar coordinates, x* = 0: r df/dr = (3 + sin 5t + cos 3t) r^2 (10/3 -
/// 3r).
///
/// `radius` = r > 0 is given, since it is exact only where it is rational; r^5 sin 5t and r^3 cos 3t are polynomials in
/// x.
template <class T>
T coherence_polar(const std::vector<T>& x, const T& radius) {
  const T a = x[0], b = x[1], a2 = a * a, b2 = b * b, s = a2 + b2;
  const T cubic = a * (a2 - T(3) * b2);
  const T quintic = b * (T(5) * a2 * a2 - T(10) * a2 * b2 + b2 * b2);
  const T angular = T(3) + quintic / (s * s * radius) + cubic / (s * radius);
  return angular * s * (T(10) / T(3) - T(3) * radius);
}

}  // namespace asyncert::dasgd
