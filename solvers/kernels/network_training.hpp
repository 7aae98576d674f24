// The first paper's experiment (Figures 1 and 2): training loss of Hogwild! and AsySVRG on the sigmoid network against
// CPU time, in units of one pass of Hogwild! with one thread.
#pragma once

#include <vector>

#include "solvers/instances/data_problems.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// The steps from which the paper takes the best.
inline const std::vector<double> paper_steps{0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001};

struct NetworkTraining {
  bool variance_reduced = false;  ///< AsySVRG instead of Hogwild!
  double units = 12;              ///< CPU time to spend, in passes of Hogwild! with one thread
  double unit_seconds = 0;        ///< of such a pass, from `training_unit`
  NetworkExchange exchange{32, false};
};

/// CPU seconds that one pass of Hogwild! takes with one thread: the median of three.
double training_unit(const instances::NetworkProblem& problem, const NetworkExchange& exchange, std::uint64_t seed);

/// Trains with `options.threads` threads p and a constant step until the units are spent. Hogwild!: passes of n
/// updates, drawn with replacement. AsySVRG: outer loops of a full gradient, which the threads share, and M = n / p
/// updates of each thread. The curve has a point after every pass or outer loop; its `seconds` are CPU seconds of the
/// slowest thread, added up over the stretches between two barriers (the full gradient of AsySVRG included, the
/// evaluation of the curve not), `units` the same over `unit_seconds`, and `passes` the gradients taken over n, whoever
/// took them. Obeys `options.target`, `divergence` (of f), `interrupt`, `time_limit` and `progress`; `steps`, where not
/// 0, is the number of updates at most: the last pass is shorter. Which updates a thread sees of the others depends on
/// timing; with one thread the iterates are reproducible. Throws `std::runtime_error` when there are fewer threads than
/// asked for.
Run train_network(const instances::NetworkProblem& problem, const NetworkTraining& method, double step,
                  const RunOptions& options);

/// f at the given units, linear between the points around them; the last value beyond them.
double value_at(const std::vector<CurvePoint>& curve, double units);

/// Runs every step of `steps`, and returns the run whose f after the units is least. Its details hold what each step
/// reached. A target ends the search at the first step that reaches it. An interrupt or the time limit ends it at once:
/// then the best of the steps that were run to the end is returned, where there is one, and says so.
///
/// A checkpoint is taken after the pass in which `checkpoint_every` updates more have been made, and, of the last whole
/// pass, when an interrupt or the time limit ends the search. Whoever goes on from it repeats no pass; with one thread
/// the iterates are those of an uninterrupted search, whose end, in CPU time, is measured anew.
Run train_network_best(const instances::NetworkProblem& problem, const NetworkTraining& method,
                       const std::vector<double>& steps, const RunOptions& options);

}  // namespace asyncert::solvers
