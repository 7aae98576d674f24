// Event-driven schedules of cores with deterministic periods: who writes when, and how old its view is.
#pragma once

#include <vector>

#include "lib/rational.hpp"

namespace asyncert::assm {

/// One write: core c writes block c at a multiple of its period.
struct Write {
  long core = 0;
  long global_age = 0;           ///< writes of all cores between its read and this write
  std::vector<long> block_ages;  ///< the same a block; its own entry is 0 because it re-reads right after its own write
};

/// The first K writes, in order of time, of cores that compute for `periods[c]` > 0 and read everything immediately
/// after each own write. Of several writes at one time the lowest core is first, and its read comes before the others'
/// writes. Times are exact. Cost O(K (P + log P)).
std::vector<Write> deterministic_schedule(const std::vector<Rational>& periods, long K);

}  // namespace asyncert::assm
