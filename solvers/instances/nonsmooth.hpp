// Fourteen small nonsmooth problems with exact Clarke stationary sets, P01 to P14.
#pragma once

#include "solvers/instances/analytic.hpp"

namespace asyncert::solvers::instances {

/// P01 |x|; P02 max(x, -2x); P03 ||x| - 1|; P04 |x-y| + (x^2+y^2)/4; P05 max{min{x,-y}, y-x}; P06 x - 2 clip(x, -|y|,
/// |y|); P07 |x-1|/4 + |y - 2|x| + 1|; P08 (|x^2-1| + |y^2-4| + |(x+y)^2-9|)/3, three terms; P09 (v relu(w) - 1)^2/2 in
/// (w, v); P10 (x^2-1)^2/4 + |x|/10; P11 max(|x|,|y|) - |.|^2/2; P12 relu(x) - relu(-x); P13 |relu(w+b) - 1|/2 +
/// relu(b-w)/2 in (w, b), two terms; P14 max(D, -2D) + ((x-1)^2 + (y+1)^2)/4, D = x-y.
///
/// At kinks the oracle takes sign(0) = 0 and relu'(0) = 0, the usual choice of automatic differentiation. On P12 that
/// is no subgradient (0 instead of 1): the problem exists to show it. `number` in 1..14.
ProblemPtr nonsmooth(int number);

}  // namespace asyncert::solvers::instances
