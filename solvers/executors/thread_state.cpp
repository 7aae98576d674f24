#include "solvers/executors/thread_state.hpp"

#include <algorithm>
#include <utility>

namespace asyncert::solvers::detail {

void collect_messages(Run& run, std::vector<ThreadState>& threads, std::size_t blocks, bool keep_trace) {
  struct Source {
    TraceMessage message;
    const std::uint32_t* versions;
  };
  std::vector<Source> all;
  for (const ThreadState& state : threads) {
    const bool versioned = blocks > 1 && state.versions.size() == state.messages.size() * blocks;
    for (std::size_t i = 0; i < state.messages.size(); ++i)
      all.push_back({state.messages[i], versioned ? state.versions.data() + i * blocks : nullptr});
  }
  std::stable_sort(all.begin(), all.end(), [](const Source& a, const Source& b) {
    return std::pair(a.message.step, a.message.part) < std::pair(b.message.step, b.message.part);
  });
  // writes[b][v] is the label of the state in which block b has version v + 1.
  std::vector<std::vector<std::int64_t>> writes(blocks);
  for (const Source& source : all) {
    const TraceMessage& m = source.message;
    run.delays.add(m);
    const std::size_t count = m.block_count == 0 ? blocks : m.block_count;
    for (std::size_t b = m.block; b < m.block + count && b < blocks; ++b)
      writes[b].push_back(static_cast<std::int64_t>(m.step) + 1);
  }
  for (const Source& source : all) {
    run.trace.messages.push_back(source.message);
    if (!source.versions) continue;
    run.trace.blocks = blocks;
    for (std::size_t b = 0; b < blocks; ++b) {
      const std::uint32_t version = source.versions[b];
      run.trace.block_labels.push_back(version == 0 ? 0 : writes[b].at(version - 1));
    }
  }
  run.probes = summarise(run.trace, blocks, true);
  if (!keep_trace) run.trace = {};
}

}  // namespace asyncert::solvers::detail
