// What `asyncert verify` prints: the evidence for one claim, and the verdicts counted.
#pragma once

#include <map>
#include <string>

#include "lib/claim.hpp"

namespace asyncert {

/// A claim with everything that a reader needs in order to believe its verdict, and to find it again: both sides of its
/// comparisons with their intervals and error probabilities, hypotheses, method, what it rests on, the smallest
/// violation that a measurement would have seen, the seed, and the command that repeats it. `instead` is the claim that
/// holds in place of a refuted form, or null.
std::string evidence_text(const LedgerEntry& entry, const Claim* instead, const Context& context);

/// The counts by paper and verdict, a paper a line.
std::string counts_text(const std::map<std::string, std::map<std::string, long>>& counts);

}  // namespace asyncert
