// The loss curve of a run whose threads do not wait for it: states are copied while they run and evaluated afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "solvers/executors/any_rule.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers::detail {

struct KeptState {
  std::uint64_t step = 0;
  double seconds = 0;
  std::vector<double> memory;
  std::optional<Evaluation> value{};  ///< where it has been evaluated already
};

/// Evaluates the states on all cores, adds them to the curve in the order of their steps, and empties the list.
/// Progress is reported, and an interrupt or the time limit ends it between two evaluations: then the points that are
/// left are counted in `run.unevaluated`, and the run's stop says so where it had not ended already. The last state
/// comes first, then coarse steps through the run before finer ones, so that the curve of a part spans the whole run. A
/// run that was interrupted or out of time before evaluates for one second more.
void evaluate(std::vector<KeptState>& states, const AnyRule& rule, const RunOptions& options, Supervisor& supervisor,
              Run& run);

}  // namespace asyncert::solvers::detail
