// Ridge functions f_i(w) = s phi(<x_i, w> - y_i): bounded and unbounded losses with exact constants, dense or sparse
// rows.
#pragma once

#include <memory>

#include "solvers/linear_system.hpp"
#include "solvers/problem.hpp"

namespace asyncert::solvers::instances {

enum class Loss {
  cosine,         ///< 1 - cos r: phi'' in [-1, 1], |phi'| <= 1
  welsch,         ///< 1 - exp(-r^2/2): phi'' in [-2 e^{-3/2}, 1], |phi'| <= e^{-1/2}
  geman_mcclure,  ///< r^2 / (1 + r^2): phi'' in [-1/2, 2], |phi'| <= 3 sqrt(3) / 8
  square,         ///< r^2 / 2: phi'' = 1, phi' unbounded
  logistic,       ///< log(1 + exp(r)): phi'' in (0, 1/4], |phi'| < 1
};

/// f = (1/n) sum s phi(<x_i, w> - y_i). Constants: L = s max|phi''| max|x_i|^2, V = s max|phi'| max|x_i|, sigma = V (0
/// for one row), rho = s max|phi'''| max|x_i|^3.
/// Where every y_i = <x_i, w_*> (`Ridge::interpolating`) the minimum of the first four losses is 0.
class Ridge final : public Problem {
 public:
  Ridge(Loss loss, RowMatrix rows, Vector targets, double scale = 1, std::optional<double> minimum = {});
  /// Targets <x_i, w_*>, so that w_* minimises every term.
  static Ridge interpolating(Loss loss, RowMatrix rows, const Vector& solution, double scale = 1);

  std::string name() const override;
  std::size_t dimension() const override { return rows_.columns; }
  std::size_t terms() const override { return rows_.rows; }
  double term(std::size_t i, std::span<const double> w) const override;
  void term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const override;
  /// The row's columns where some row has zeros; empty when all rows are full.
  std::span<const std::uint32_t> support(std::size_t i) const override;
  Constants constants() const override;

 private:
  Loss loss_;
  RowMatrix rows_;
  Vector targets_;
  double scale_;
  std::optional<double> minimum_;
  bool full_;
};

}  // namespace asyncert::solvers::instances
