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
  Run run;  ///< numbers are single precision; `delays.before_read` holds t - a(t) exactly
  Ancestry ancestry;
};

namespace detail {
/// Fills survival, alpha and delays of the run from its ancestry.
void summarise(StampedRun& result);
}  // namespace detail

/// Runs the rule on threads with stamped memory: `wild` loses updates as without stamps, `atomic_add` loses none.
/// Numbers are stored in single precision beside their stamp; every word is read and written at once. Records 8 bytes a
/// coordinate and update. For rules with one message an update and no epochs; steps < 2^32 - 2.
StampedRun openmp_stamped(const AnyRule& rule, const RunOptions& options);

}  // namespace asyncert::solvers
