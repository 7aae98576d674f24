// Iterates of the subgradient methods along deterministic schedules, with exact signs at the kinks.
#pragma once

#include <vector>

#include "lib/value.hpp"

namespace asyncert::assm {

/// Iterates x_1..x_K of the subgradient method with momentum on |x|, sign(0) = 0, gamma_k = gamma0/sqrt(k+1): the
/// recursion of Algorithm 1, or (4) as printed (plus sign, sum from j = 1). Cost O(K) operations on rationals of up to
/// K times the size of m.
std::vector<Value> absolute_value_iterates(const Rational& m, const Rational& gamma0, const Rational& x0, long K,
                                           bool as_printed);

/// The plane problems whose kink is x = y: |x-y| + (x^2+y^2)/4 and max(x-y, 2(y-x)) + ((x-1)^2+(y+1)^2)/4.
enum class DiagonalProblem { absolute_difference, tilted_difference };

struct PassmStep {
  long core = 0;
  Value x, y;  ///< after the write
};

struct PassmOptions {
  Rational m, gamma0;
  Rational l2,
      l1;  ///< weights of the penalties: l2 times the coordinate, then l1 times its sign, are added to the gradient
};

/// K writes of PASSM with two cores, core c owning coordinate c, on the schedule of `deterministic_schedule`: the step
/// of the nu-th own write is gamma0/sqrt(nu), gradients are taken at the core's last view, and the sign of 0 is 0 at
/// every kink.
std::vector<PassmStep> passm_iterates(DiagonalProblem problem, const PassmOptions& options,
                                      const std::vector<Rational>& periods, const Rational& x0, const Rational& y0,
                                      long K);

}  // namespace asyncert::assm
