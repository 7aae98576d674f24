// Real threads on shared memory, through relaxed atomics.
#pragma once

#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Runs the rule on `options.threads` threads. Every thread claims a message, reads, computes and writes, until `steps`
/// updates (of `batch` messages each) have been made. The random numbers of a message depend on (seed, replicate,
/// thread, local count).
///
/// With `probes` every message is recorded with counts of the updates begun before its read and until the end of its
/// write; they are exact under `locked` and `consistent`, and right up to the updates in flight otherwise.
Run openmp(AnyRule rule, const RunOptions& options);

}  // namespace asyncert::solvers
