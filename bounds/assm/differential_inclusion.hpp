// Solutions of the joint differential inclusion ubar_i x_i' in -(d f(x))_i, (8) with its sign, sliding along kinks
// where they must.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bounds/assm/clarke.hpp"
#include "lib/value.hpp"

namespace asyncert::assm {

/// A start, the mean inter-update times of its coordinates, and the times at which the solution is wanted (any order).
struct InitialValueProblem {
  Point x0;
  Point ubar;
  std::vector<Rational> times;
};

struct Trajectory {
  std::vector<std::vector<Value>> x;  ///< one point a time; exact where the solution is rational
  std::optional<Value> hit_time;  ///< first time on a kink of f, zero where x0 is on one, absent where it never comes
};

/// Piecewise linear functions (P01, P02, P03, P07 and others): exact events in rational arithmetic. Throws
/// `DomainError` where a wanted time lies behind a point from which the inclusion has several solutions.
Trajectory piecewise_linear_flow(Problem problem, const InitialValueProblem& start);

/// P04 and P14: exponentials on both sides of x = y, sliding x = y = t with t' = -t/(ubar_1 + ubar_2), or crossing
/// where the velocities on both sides point the same way.
Trajectory diagonal_kink_flow(Problem problem, const InitialValueProblem& start);

/// P11: exponentials where |x| != |y|, sliding along |x| = |y| = t with t' = (2t-1)/(ubar_1 + ubar_2), rest at 0.
Trajectory max_norm_flow(const InitialValueProblem& start);

/// P09 at (w, v): in closed form for w > 0, since ubar_1 w^2 - ubar_2 v^2 is constant; rest where w <= 0. Throws
/// `DomainError` at w = 0 < v, where the solution may leave at any time.
Trajectory relu_flow(const InitialValueProblem& start);

/// (x-b)^2/2 + lambda |x|, lambda >= 0.
Trajectory lasso_flow(const InitialValueProblem& start, const Rational& b, const Rational& lambda);

/// |x^2 - 1|.
Trajectory phase_retrieval_flow(const InitialValueProblem& start);

}  // namespace asyncert::assm
