// Variationally coherent problems on convex sets, with the minimiser known in closed form.
#pragma once

#include "solvers/instances/analytic.hpp"
#include "solvers/projection.hpp"

namespace asyncert::solvers::instances {

/// min f over a set. `minimiser` is one solution x_*; `unique` says whether it is the only one.
struct Constrained {
  ProblemPtr problem;
  ConvexSetPtr set;
  Vector minimiser;
  bool unique = true;
};

/// The coherent instances, in two dimensions (the last in `dimension` of them):
/// "log" log(1 + |x-c|^2), "bell" 1 - exp(-|x-c|^2/2), "ratio" |x-c|^2/(1 + |x-c|^2), c = (1.5, 0.5) outside the box
/// [-1, 1]^2: not convex, x_* = proj(c); "linear-simplex" <(1, 2), x> on the simplex; "polar" (3 + sin 5t + cos 3t) r^2
/// (5/3 - r) on the unit disc, not quasi-convex; "stress" -x_1 - x_2^2/4 on the unit disc, x_* = (1, 0); "flat" x_1^2/2
/// on the box [-1, 1]^2, not unique; "rosenbrock-near" Rosenbrock on [4/5, 6/5]^d. Throws `DomainError` naming them.
Constrained coherent(const std::string& name, std::size_t dimension = 2);
std::vector<std::string> coherent_names();

}  // namespace asyncert::solvers::instances
