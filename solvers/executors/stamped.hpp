// Threads whose every stored number carries the label of its writer: exact survival, exact delays, exact replay.
#pragma once

#include <cstdint>
#include <vector>

#include "solvers/ancestry.hpp"
#include "solvers/executors/ancestry_replay.hpp"
#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

struct StampedRun {
  Run run;  ///< numbers are single precision; `delays.label` holds t - a(t)
  Ancestry ancestry;
};

/// `openmp` with `options.stamps`, and the history that its figures are read off. Leaves the gap out, which the history
/// gives when it is replayed.
StampedRun openmp_stamped(const AnyRule& rule, RunOptions options);

namespace detail {
/// Fills survival, alpha, inconsistent reads and `delays.label` of the run from its ancestry.
void summarise(StampedRun& result);
/// `openmp` with `options.stamps`.
Run stamped_run(const AnyRule& rule, const RunOptions& options);
/// The threads of such a run, for options that have been checked; fills the ancestry.
Run run_with_stamps(AnyRule rule, const RunOptions& options, Ancestry& ancestry);
}  // namespace detail

}  // namespace asyncert::solvers
