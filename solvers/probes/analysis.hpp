// What a recorded trace says: block frequencies, their dependence on the past, inter-update times, lock waits, ages of
// blocks.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Relative frequency of each block among the updates. Blocks are those written; where every update writes all of them,
/// workers take their place. `blocks` is the number of either.
std::vector<double> block_frequencies(const Trace& trace, std::size_t blocks);

/// Row b: the frequencies of the next block given that the last one was b (row-major, blocks x blocks); a row of zeros
/// where b never came before another. The least entry is an upper bound for p_min.
std::vector<double> conditional_block_frequencies(const Trace& trace, std::size_t blocks);

/// Times between successive updates of each block, in the trace's seconds (openmp), or in updates (`in_updates`).
std::vector<std::vector<double>> inter_update_times(const Trace& trace, std::size_t blocks, bool in_updates);

/// Seconds that each message waited for the write lock.
std::vector<double> lock_waits(const Trace& trace);

/// nu(c, k) / k at the end: the share of the updates that each worker made.
std::vector<double> worker_shares(const Trace& trace);

/// Age, in the block's own updates, at which each message saw the block that it writes; 0 throughout where a block has
/// one writer that sees its own writes. Needs `Trace::block_labels`.
Histogram own_block_ages(const Trace& trace);

}  // namespace asyncert::solvers
