// The non-convex problem of the measured runs.
#pragma once

#include <cmath>

#include "solvers/problem.hpp"

namespace asyncert::hogwild {

/// s (1 - cos(x_i . w - y_i)) in two coordinates, |x_i| = 1: non-convex, f >= 0, L = V = s.
class Cosines final : public solvers::Problem {
 public:
  static constexpr double s = 0.1;
  std::string name() const override { return "cosines"; }
  std::size_t dimension() const override { return 2; }
  std::size_t terms() const override { return 4; }
  double term(std::size_t i, std::span<const double> w) const override { return s * (1 - std::cos(residual(i, w))); }
  void term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const override {
    const double slope = s * std::sin(residual(i, w));
    for (std::size_t k = 0; k < 2; ++k) gradient[k] = slope * x[i][k];
  }

 private:
  static double residual(std::size_t i, std::span<const double> w) { return x[i][0] * w[0] + x[i][1] * w[1] - y[i]; }
  static constexpr double x[4][2] = {{1, 0}, {0, 1}, {0.6, 0.8}, {0.8, -0.6}};
  static constexpr double y[4] = {0.5, -0.5, 0.25, 0.75};
};

inline double squared_gradient(const Cosines& f, std::span<const double> w) {
  double g[2];
  f.gradient(w, g);
  return g[0] * g[0] + g[1] * g[1];
}

}  // namespace asyncert::hogwild
