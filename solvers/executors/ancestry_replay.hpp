// Runs computed again from their ancestry: every number from the one that it replaced and its writer's increment.
#pragma once

#include <vector>

#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Computes a stamped run again from its ancestry, in the order of labels, on one thread; returns the final memory,
/// which has the same bits. `options` are those of the run. For rules whose writes are additions (Hogwild, PASSM,
/// private momentum).
std::vector<double> replay_stamped(const AnyRule& rule, const RunOptions& options, const Ancestry& a);

/// Fills the run's gap |w_t - w_hat_t| from its ancestry; leaves it out for rules whose writes are not additions. Cost:
/// that of the run on one thread.
void measure_gap(const AnyRule& rule, const RunOptions& options, const Ancestry& a, Run& run);

/// `replay_stamped` for a trace, as a run: its memory, delays, survival and messages are those of the recorded one, and
/// where the order of the stores is known (`simulate`) so are curve and stop. Adds the gap |w_t - w_hat_t| of the
/// states w_t of the theory's (3), the sums of the surviving updates before t. `replay` calls it for such a trace's
/// schedule.
///
/// Throws `DomainError` when the trace has another number of coordinates than the rule, or of updates than `options`.
Run replay_stores(const AnyRule& rule, const RunOptions& options, const Trace& trace);

}  // namespace asyncert::solvers
