#include "solvers/probes/analysis.hpp"

#include <algorithm>
#include <string>

#include "lib/errors.hpp"

namespace asyncert::solvers {

namespace {

std::size_t block_of(const TraceMessage& m, std::size_t blocks) {
  const std::size_t block = m.block_count == 0 ? m.worker : m.block;
  if (block >= blocks)
    throw DomainError("block of a trace", std::to_string(block), "fewer than " + std::to_string(blocks));
  return block;
}

}  // namespace

std::vector<double> block_frequencies(const Trace& trace, std::size_t blocks) {
  std::vector<double> share(blocks, 0.0);
  for (const TraceMessage& m : trace.messages) ++share[block_of(m, blocks)];
  for (double& s : share) s /= static_cast<double>(std::max<std::size_t>(1, trace.messages.size()));
  return share;
}

std::vector<double> conditional_block_frequencies(const Trace& trace, std::size_t blocks) {
  std::vector<double> counts(blocks * blocks, 0.0);
  for (std::size_t i = 1; i < trace.messages.size(); ++i)
    counts[block_of(trace.messages[i - 1], blocks) * blocks + block_of(trace.messages[i], blocks)] += 1;
  for (std::size_t b = 0; b < blocks; ++b) {
    double sum = 0;
    for (std::size_t c = 0; c < blocks; ++c) sum += counts[b * blocks + c];
    for (std::size_t c = 0; c < blocks && sum > 0; ++c) counts[b * blocks + c] /= sum;
  }
  return counts;
}

std::vector<std::vector<double>> inter_update_times(const Trace& trace, std::size_t blocks, bool in_updates) {
  std::vector<std::vector<double>> times(blocks);
  std::vector<double> last(blocks, -1);
  for (const TraceMessage& m : trace.messages) {
    const std::size_t block = block_of(m, blocks);
    const double now = in_updates ? static_cast<double>(m.step) : m.time;
    if (last[block] >= 0) times[block].push_back(now - last[block]);
    last[block] = now;
  }
  return times;
}

std::vector<double> lock_waits(const Trace& trace) {
  std::vector<double> waits;
  for (const TraceMessage& m : trace.messages) waits.push_back(m.lock_wait);
  return waits;
}

std::vector<double> worker_shares(const Trace& trace) {
  std::vector<double> share(trace.workers, 0.0);
  for (const TraceMessage& m : trace.messages) ++share.at(m.worker);
  for (double& s : share) s /= static_cast<double>(std::max<std::size_t>(1, trace.messages.size()));
  return share;
}

Histogram own_block_ages(const Trace& trace) {
  if (trace.block_labels.size() != trace.messages.size() * trace.blocks || trace.blocks == 0)
    throw DomainError("trace: it holds no block labels");
  std::vector<std::vector<std::uint64_t>> writes(trace.blocks);  // steps that wrote each block
  Histogram ages;
  for (std::size_t i = 0; i < trace.messages.size(); ++i) {
    const TraceMessage& m = trace.messages[i];
    for (std::size_t b = m.block; b < m.block + m.block_count; ++b) {
      const auto seen = static_cast<std::uint64_t>(std::max<std::int64_t>(0, trace.block_labels[i * trace.blocks + b]));
      ages.add(
          static_cast<std::uint64_t>(writes[b].end() - std::lower_bound(writes[b].begin(), writes[b].end(), seen)));
      writes[b].push_back(m.step);
    }
  }
  return ages;
}

}  // namespace asyncert::solvers
