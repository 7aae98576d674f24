// What a run was asked for, and what came of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/value.hpp"
#include "solvers/ancestry.hpp"
#include "solvers/memory.hpp"
#include "solvers/overwrite.hpp"
#include "solvers/probes/histogram.hpp"
#include "solvers/probes/summary.hpp"
#include "solvers/schedule.hpp"

namespace asyncert::solvers {

/// Why a run ended.
enum class Stop { finished, target_reached, diverged, interrupted, time_limit, stalled };
const char* to_string(Stop stop);

struct TraceMessage;

/// Delays of all messages, in updates, in each convention. With t the update's label: `before_read` is t minus the
/// number of updates begun before the read began, `after_read` the same for the read's end, `after_write` counts up to
/// the end of the write. In `serial` and `replay` reading takes no time: the first two are t - a(t), the last one more.
/// `label` is t - a(t) where stores are known one by one (`openmp_stamped`, `simulate`), and empty otherwise.
struct Delays {
  Histogram before_read, after_read, after_write, label;
  void add(const TraceMessage& message);
};

/// One message of a run, in the order of updates. For `replay` the numbers are labels; for `openmp` they are counts of
/// updates begun, taken by one relaxed counter (exact where reads and writes are locked); for `simulate` such counts,
/// exact. Seconds of `simulate` are simulated.
struct TraceMessage {
  std::uint64_t step = 0;   ///< label t of the update
  std::uint64_t local = 0;  ///< the worker's own count
  std::uint32_t worker = 0;
  std::uint32_t part = 0;       ///< order of arrival among the messages of one update
  std::int64_t read_begin = 0;  ///< a(t); negative labels lie before the start
  std::int64_t read_end = 0;
  std::uint64_t write_end = 0;
  double time = 0;       ///< seconds since the start, at the write's end (openmp, simulate)
  double lock_wait = 0;  ///< seconds between asking for the write lock and having it (openmp, simulate)
  std::uint32_t block = 0, block_count = 0;  ///< blocks written, for rules that write only some
};

/// Update `label` stored coordinate `coordinate`.
struct Store {
  std::uint32_t label, coordinate;
  bool operator==(const Store&) const = default;
};

struct Trace {
  std::vector<TraceMessage> messages;
  /// For rules with blocks: the label at which the reader saw each block, messages x blocks; empty otherwise.
  std::vector<std::int64_t> block_labels;
  std::size_t blocks = 0;
  std::uint32_t workers = 1;
  // Runs whose stores are known one by one (`openmp_stamped`, `simulate`); else empty.
  Ancestry ancestry;
  std::vector<Store> stores;    ///< in the order in which they happened (`simulate`)
  std::string source{"trace"};  ///< what errors call it: the file that it was read from
};

struct Evaluation {
  double value = 0;
  double gradient_norm = std::numeric_limits<double>::quiet_NaN();  ///< NaN where it is not evaluated
};
using Evaluate = std::function<Evaluation(std::span<const double> x)>;

struct CurvePoint {
  std::uint64_t step = 0;
  double seconds = 0;
  double value = 0;
  double gradient_norm = 0;
  /// NaN where they are not measured: CPU time in passes of the method with one thread, and gradients taken over n.
  double units = std::numeric_limits<double>::quiet_NaN(), passes = std::numeric_limits<double>::quiet_NaN();
};

/// How far a run has come.
struct Position {
  std::uint64_t steps = 0;  ///< updates made
  std::uint64_t evaluated = 0,
                points = 0;  ///< points of the curve that have been evaluated after the updates, of how many
  std::optional<double> share = std::nullopt;  ///< of the work that is done, where updates do not tell
};

struct Checkpoint;
struct EventTimes;

/// Everything that a run can be asked for. An executor refuses what it cannot do.
struct RunOptions {
  std::uint64_t steps = 0;  ///< updates
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
  std::string subject{};  ///< instance and settings in words; a resumed run must repeat them
  // The loss curve and the reasons to stop.
  Evaluate evaluate{};             ///< f and |grad f| of the output; needed by the three below, called by many threads
  std::uint64_t record_every = 0;  ///< updates between points of the curve; 0 for none
  std::optional<double> target{};  ///< ends the run at a recorded point with f <= target
  double divergence = 1e150;       ///< ends the run when a coordinate exceeds it in modulus, or is no number
  double time_limit = std::numeric_limits<double>::infinity();  ///< seconds
  const std::atomic<bool>* interrupt = nullptr;                 ///< ends the run when true
  std::function<void(const Position&)> progress{};              ///< called now and then, by one thread at a time
  bool trace = false;                                           ///< keep one record a message
  // replay
  std::shared_ptr<const Schedule> schedule{};    ///< none: no delay
  std::shared_ptr<const Overwrite> overwrite{};  ///< none: every write survives
  std::optional<double>
      inconsistent_read{};    ///< each past update since a(t) is seen with this probability, coordinate by coordinate
  bool zero_history = false;  ///< iterates before the start are 0 instead of x_0
  // openmp
  int threads = 1;
  MemoryPolicy memory = MemoryPolicy::wild;
  bool equal_shares = false;  ///< every thread makes steps / threads updates; otherwise whoever is free takes the next
  bool probes = false;        ///< delays, lock waits, trace; off costs nothing
  bool stamps = false;        ///< every stored number with the label of its writer, as in `openmp_stamped`
  /// Ends the run when a thread has finished no message for this many seconds. The run returns, with what was reached,
  /// once that thread comes back from its computation (extra seconds of `work` are cut short).
  double stall_limit = std::numeric_limits<double>::infinity();
  std::optional<std::uint64_t> max_delay{};  ///< messages older than this are dropped (locked policies)
  std::function<double(std::uint32_t worker, std::uint64_t local)> work{};  ///< extra seconds of computing per message
  // simulate, where it is named instead of called
  std::shared_ptr<const EventTimes> times{};
  // serial, replay, openmp and simulate
  std::uint64_t checkpoint_every = 0;  ///< updates; 0 for never
  std::function<void(const Checkpoint&)> checkpoint{};
  std::shared_ptr<const Checkpoint> resume{};
};

/// The outcome. `requested` repeats the options in words; everything else is as realised.
struct Run {
  Object requested;
  Stop stop = Stop::finished;
  std::string reason;            ///< one sentence when the run did not finish
  std::uint64_t steps = 0;       ///< updates made
  std::uint64_t dropped = 0;     ///< messages refused because of `max_delay`
  std::uint64_t torn_reads = 0;  ///< reads of a block that met a write and were repeated (openmp with probes)
  /// Reads that are none of the states of the sequence; absent where stores are not known one by one.
  std::optional<std::uint64_t> inconsistent_reads;
  int threads = 1;
  double seconds = 0;                    ///< of the updates; serial and replay evaluate the curve in between
  double curve_seconds = 0;              ///< that the evaluation of the curve took after the updates (openmp)
  std::uint64_t unevaluated = 0;         ///< points of the curve for which an interrupt or the time limit left no time
  std::optional<double> simulated_time;  ///< at the last store (simulate)
  std::vector<double> x;                 ///< the rule's output at the end
  std::vector<double> memory;            ///< the raw memory at the end
  std::vector<CurvePoint> curve;
  Delays delays;
  /// alpha: the fraction of writes that survived, per coordinate of the memory; empty where it was not observed.
  std::vector<double> survival;
  std::uint64_t gaps = 0;       ///< messages whose gap |w_t - w_hat_t| was measured (serial, replay, stamps)
  double mean_squared_gap = 0;  ///< mean over these messages of |w_t - w_hat_t|^2
  double max_gap = 0;           ///< the largest |w_t - w_hat_t|
  Trace trace;
  std::optional<TraceSummary> probes;  ///< of all messages (openmp with probes, simulate; serial and replay with trace)
  Object details;                      ///< what one method alone reports; may be empty

  /// The smallest survival; absent where it was not observed.
  std::optional<double> alpha() const;
};

/// The run as a document: schema, requested, realised, curve, and the trace where `with_trace`.
Object to_document(const Run& run, bool with_trace = true);

}  // namespace asyncert::solvers
