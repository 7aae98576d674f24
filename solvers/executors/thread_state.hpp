// What one thread of `openmp` owns, and how the records of all threads become one trace.
#pragma once

#include <cstdint>
#include <vector>

#include "solvers/rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers::detail {

/// On cache lines of its own.
struct alignas(128) ThreadState {
  std::uint64_t local_count = 0, dropped = 0;
  std::vector<double> local, view;
  Update update;
  std::vector<TraceMessage> messages;
  std::vector<std::uint32_t> versions;  ///< versions of the blocks read, messages x blocks
  std::vector<std::uint32_t> seen;      ///< stamps that the message read, by coordinate; empty without stamps
};

/// Sorts all messages by label, fills `run.delays` and `run.probes`, and keeps the trace where `keep_trace`. Versions
/// of blocks become labels.
void collect_messages(Run& run, std::vector<ThreadState>& threads, std::size_t blocks, bool keep_trace);

}  // namespace asyncert::solvers::detail
