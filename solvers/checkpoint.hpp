// The state of a serial or replayed run between two updates, of a simulated one between two events, or of threads at
// rest. But for threads, resuming gives the same bits as not having stopped.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "solvers/run.hpp"

namespace asyncert::solvers {

struct Checkpoint {
  /// What it is the state of. All but the first keep it in `state`.
  enum class Kind { replay, simulation, threads, training };
  Kind kind = Kind::replay;
  std::uint64_t step = 0;  ///< updates made
  std::vector<double> memory, epoch_memory;
  std::int64_t oldest_label = 0;               ///< label of history.front()
  std::deque<std::vector<double>> history;     ///< past states, the current one last
  std::deque<std::vector<double>> increments;  ///< past updates before masking, where inconsistent reads need them
  std::vector<std::vector<double>> local;      ///< one a worker
  std::vector<std::uint64_t> local_count;
  Run partial;  ///< curve, delays, gaps and trace so far
  std::vector<std::uint64_t> survived;
  double squared_gap_sum = 0;
  std::uint64_t messages = 0;
  Object state;                      ///< of the other kinds, whose `partial` holds what was requested only; else empty
  std::string source{"checkpoint"};  ///< what errors call it: the file that it was read from
};

/// As a JSON tree with a checksum; doubles as the hexadecimal of their bits, so that nothing is rounded.
Object to_document(const Checkpoint& checkpoint);
/// `source`, the file's name, begins every error. Throws `ParseError` saying what is missing, malformed, not finite or
/// in contradiction to the rest, and where the checksum is another: numbers that changed are never gone on from.
Checkpoint checkpoint_from(const Value& document, const std::string& source = "checkpoint");

}  // namespace asyncert::solvers
