// The d-dimensional Rosenbrock function of the experiments, its gradient, and its variational-coherence product.
#pragma once

#include <vector>

namespace asyncert::dasgd {

/// f(x) = sum_{i<d} 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2 for d >= 2; exact over the rationals, cost O(d).
template <class T>
T rosenbrock(const std::vector<T>& x) {
  T f(0);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const T valley = x[i + 1] - x[i] * x[i], slope = T(1) - x[i];
    f = f + T(100) * valley * valley + slope * slope;
  }
  return f;
}

/// The gradient of `rosenbrock`.
template <class T>
std::vector<T> rosenbrock_gradient(const std::vector<T>& x) {
  std::vector<T> g(x.size(), T(0));
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const T valley = x[i + 1] - x[i] * x[i];
    g[i] = g[i] - T(400) * x[i] * valley - T(2) * (T(1) - x[i]);
    g[i + 1] = g[i + 1] + T(200) * valley;
  }
  return g;
}

}  // namespace asyncert::dasgd
