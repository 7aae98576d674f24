// Claims of the paper on perturbed asynchronous SGD, by theme.
#pragma once

#include "lib/claim.hpp"

namespace asyncert::pasgd {

void register_lemma12_claims(ClaimRegistry& registry);        ///< Lemma 12, (46)
void register_growth_claims(ClaimRegistry& registry);         ///< Lemmas 18, 19, Theorem 20, Corollary 21
void register_slowdown_claims(ClaimRegistry& registry);       ///< Section 6, the slowdown by delays
void register_concentration_claims(ClaimRegistry& registry);  ///< Definition 1, Lemmas 2-4
void register_coupling_claims(ClaimRegistry& registry);       ///< Theorem 13, Lemmas 15, 17, Corollary 16
void register_trace_claims(ClaimRegistry& registry);          ///< Lemma 14
void register_constants_claims(ClaimRegistry& registry);      ///< (6)-(9), (a)-(c)
void register_theorem1_claims(ClaimRegistry& registry);       ///< Definition 2, Lemma 11, (20)-(29)
void register_order_claims(ClaimRegistry& registry);          ///< orders of K, the step and u in Theorem 1
void register_descent_claims(ClaimRegistry& registry);        ///< Lemma 6, Theorem 5, Lemma 8, (10)-(37)
void register_theorem5_claims(ClaimRegistry& registry);       ///< Theorem 5 for every objective, union counts
void register_cubic_claims(ClaimRegistry& registry);          ///< Lemma 8 with T^3
void register_mean_descent_claims(ClaimRegistry& registry);   ///< (11)
void register_escape_claims(ClaimRegistry& registry);         ///< Theorems 7 and 10, Lemma 9, (17)-(19)
void register_difference_claims(ClaimRegistry& registry);     ///< Theorems 13 and 10, Lemmas 15, 17 for every objective
void register_repaired_claims(ClaimRegistry& registry);       ///< Lemma 9, Theorems 7 and 1 for every objective
void register_saddle_claims(ClaimRegistry& registry);         ///< Section 5
void register_measured_claims(ClaimRegistry& registry);       ///< Theorem 7 and Section 5 by runs
void register_section6_claims(ClaimRegistry& registry);       ///< escape and return under delay, (16), by runs
void register_canaries(ClaimRegistry& registry);              ///< planted falsehoods

/// Evidence of one comparison.
inline Evidence single(Comparison comparison, std::string method, Coverage coverage = Coverage::instance) {
  Evidence e;
  e.comparisons.push_back(std::move(comparison));
  e.method = std::move(method);
  e.coverage = coverage;
  return e;
}

}  // namespace asyncert::pasgd
