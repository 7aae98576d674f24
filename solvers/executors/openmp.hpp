// Real threads on shared memory, through relaxed atomics.
#pragma once

#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Runs the rule on `options.threads` threads. Every thread claims a message, reads, computes and writes, until `steps`
/// updates (of `batch` messages each) have been made. The random numbers of a message depend on (seed, replicate,
/// thread, local count).
///
/// The curve does not hold the threads up: at recorded points the memory is copied while the others go on writing
/// (`step` then counts the updates begun), and the copies are evaluated afterwards, on all cores; only a `target` is
/// tested at once, by the thread that comes to the point. The last point is f of the final iterate. `Run::seconds` is
/// the time of the updates, `curve_seconds` that of the evaluation. Ctrl-C, the time limit and progress are looked
/// after every 20 ms from a thread of its own.
///
/// With `probes` every message is recorded with counts of the updates begun before its read and until the end of its
/// write; they are exact under `locked` and `consistent`, and right up to the updates in flight otherwise.
///
/// With `stamps` every stored number, in single precision, carries the label of its writer, so that the run also says
/// exactly what survived, t - a(t), which reads were inconsistent, and (for rules whose writes are additions) the gap
/// |w_t - w_hat_t|, up to single precision; with `trace` it can be replayed to the same bits. For `wild` and
/// `atomic_add`, rules with one message an update and no epochs, and at most 2^27 updates times coordinates: 8 bytes
/// each while the threads run, 25 when the stamps are read off.
///
/// A checkpoint is taken whenever `checkpoint_every` updates have been made, with all threads at rest, and when the run
/// ends before its time. A run that goes on from it has made the same updates up to there; what follows depends on the
/// threads' timing as ever, so that only one thread gives the bits of an uninterrupted run. Not with probes, trace,
/// stamps or max_delay, whose records would not be whole.
///
/// Throws what a thread throws, once all threads have ended, and `std::runtime_error` when there are fewer threads than
/// asked for.
Run openmp(AnyRule rule, const RunOptions& options);

}  // namespace asyncert::solvers
