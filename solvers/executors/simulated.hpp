// Simulated threads whose reads and writes take time, coordinate by coordinate: lost stores and inconsistent reads as
// they arise, exactly and deterministically.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "solvers/event_workers.hpp"
#include "solvers/executors/stamped.hpp"

namespace asyncert::solvers {

/// How long the actions of a simulated thread take.
struct EventTimes {
  std::vector<ServiceLaw> compute{};  ///< one law a thread: between its last read and its first load
  std::string compute_words{};        ///< the laws in words, for the record; a resumed run must repeat them
  double read_spacing = 0;            ///< between the reads of two coordinates
  double write_time = 0;              ///< between a coordinate's load and its store
  double write_spacing = 0;           ///< between a coordinate's store and the load of the next
};

/// One coordinate's write: the load at `begin`, the store at `end`.
struct CoordinateWrite {
  std::size_t coordinate;
  std::uint32_t label;
  double begin, end;
};

struct SimulatedRun : StampedRun {
  std::vector<CoordinateWrite> writes;  ///< in the order of the stores; with `trace`, else empty
  double duration = 0;                  ///< simulated time at the last store
};

/// Runs the rule on one simulated thread for each law of `times`.
///
/// A thread reads the coordinates that it needs one after the other, computes, and writes coordinate after coordinate.
/// With the memory policy `wild` (Hogwild!, HW) a write is a load, and `write_time` later a store of the loaded number
/// plus its increment: a store that another thread makes in between is lost; with `write_time` 0 nothing is. With
/// `atomic_add` the addition takes effect as a whole at its end. With `locked` (ASSM) one lock, first come first
/// served, is held around all writes of an update, with `consistent` around all its reads too. Updates are labelled in
/// the order in which their writes begin. At the same moment stores come before loads and loads before reads, of the
/// same kind in the order of the threads: a write occupies [begin, end). Survival B_t, alpha, a(t) and inconsistent
/// reads are those of the ancestry, as on real stamped threads; numbers are in double precision. Times of computing
/// depend on (seed, replicate, thread, local count) alone.
///
/// For rules with one message an update and no epochs whose writes are additions. Curve, target and reasons to stop are
/// those of the options; all seconds but `Run::seconds` are simulated. `delays.label` holds t - a(t), the others count
/// updates begun. Records 8 bytes a coordinate and update, with `trace` 40; steps < 2^32 - 2. With `trace` the run can be replayed:
/// `replay` with its `recorded_schedule` gives the same bits, and the same curve. A checkpoint is taken when every
/// `checkpoint_every`-th update has begun, and when the run ends before its time, with the whole history; a run that
/// goes on from it is the uninterrupted one, bit for bit.
SimulatedRun simulate(const AnyRule& rule, const RunOptions& options, const EventTimes& times);

}  // namespace asyncert::solvers
