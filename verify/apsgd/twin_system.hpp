// A small linear system as exact rationals and as numbers to run on.
#pragma once

#include <vector>

#include "bounds/apsgd/reformulation.hpp"
#include "lib/ball.hpp"
#include "solvers/linear_system.hpp"

namespace asyncert::apsgd {

/// One system in both worlds: rows (1,2), (3,1), (1,-1), B = diag(1,2), x_* = (2,-1), and x_0 = x_* + B^{-1} a_1, that
/// is u_0 = (1,0).
struct TwinSystem {
  Reformulation exact = row_sketch(RationalMatrix({{1, 2}, {3, 1}, {1, -1}}), {1, 2});
  solvers::LinearSystem measured{
      solvers::RowMatrix::dense(3, 2, std::vector<double>{1, 2, 3, 1, 1, -1}), {0, 5, 3}, {2, -1}, {}, {1, 2}};
  std::vector<double> start{3, 0};
  double squared_start = 3;
};

/// E|r_t|^2/|r_0|^2 from equal beginnings, for the delays of a period (one delay: constant).
std::vector<Ball> exact_second_moments(const TwinSystem& s, const Rational& theta, const Rational& omega,
                                       const std::vector<long>& delays, long steps);

}  // namespace asyncert::apsgd
