// The messages of a run in a few numbers, for documents and people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/value.hpp"
#include "solvers/probes/histogram.hpp"

namespace asyncert::solvers {

struct Trace;

/// Of finitely many numbers; all 0 where there are none.
struct Distribution {
  std::uint64_t count = 0;
  double mean = 0, p50 = 0, p99 = 0, max = 0;
  static Distribution of(std::vector<double> numbers);
};

/// Where a rule has several blocks, the classes are the blocks written; otherwise the workers.
struct TraceSummary {
  bool blocks = false;                        ///< the classes are blocks
  std::vector<double> worker_shares;          ///< of the updates, by worker
  std::vector<double> frequencies;            ///< of the updates, by class
  std::vector<double> conditional;            ///< row b: frequencies of the next class given that the last one was b
  double least_conditional = 0;               ///< the least entry: an upper bound for p_min
  std::vector<Distribution> updates_between;  ///< from an update of a class to its next, in updates
  // In seconds, or units of simulated time; absent where the executor has no clock.
  std::vector<Distribution> time_between;  ///< as `updates_between`
  std::optional<Distribution> lock_wait;
  double lock_wait_total = 0;
  std::optional<Histogram> own_block_ages;  ///< absent where blocks are not labelled
};

/// `blocks` is the number of the rule's blocks; `timed` says that the messages carry seconds.
TraceSummary summarise(const Trace& trace, std::size_t blocks, bool timed);
Object to_document(const TraceSummary& summary);
/// Messages, mean, quantiles, maximum and counts.
Object to_document(const Histogram& histogram);

}  // namespace asyncert::solvers
