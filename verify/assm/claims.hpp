// The claims of this paper by theme, each with its planted falsehoods; `register_assm_claims` calls all of them.
#pragma once

#include "verify/evidence.hpp"

namespace asyncert::assm {

void register_momentum_claims(ClaimRegistry& registry);  ///< (4), Algorithm 1, Lemma 3.1
void register_step_claims(ClaimRegistry& registry);      ///< (5), Lemma 3.2
void register_clock_claims(ClaimRegistry& registry);     ///< steps of Section 4, local counters, progress by gradients
void register_scheduling_claims(ClaimRegistry& registry);      ///< Assumption 3.1, (3), delays
void register_interval_claims(ClaimRegistry& registry);        ///< Assumptions 3.3 and 3.4, times between updates
void register_counter_claims(ClaimRegistry& registry);         ///< local counters against the global one, (8)
void register_subgradient_claims(ClaimRegistry& registry);     ///< Assumption 3.2, Clarke subdifferentials
void register_stationarity_claims(ClaimRegistry& registry);    ///< Section 3.3.3, block-wise stationarity
void register_inclusion_claims(ClaimRegistry& registry);       ///< (6)-(8), the differential inclusions
void register_integration_claims(ClaimRegistry& registry);     ///< certified solutions of the inclusions
void register_convergence_claims(ClaimRegistry& registry);     ///< Theorems 3.1 and 3.2
void register_delay_limit_claims(ClaimRegistry& registry);     ///< delays in the limit, block-separable functions
void register_experiment_claims(ClaimRegistry& registry);      ///< Section 4, Figures 1 to 4
void register_micro_dynamics_claims(ClaimRegistry& registry);  ///< two cores event by event
void register_measured_claims(ClaimRegistry& registry);        ///< simulated runs
void register_trace_claims(ClaimRegistry& registry);           ///< interpolations of a trace, martingale terms
void register_blockwise_claims(ClaimRegistry& registry);       ///< limits of block-wise runs
void register_thread_claims(ClaimRegistry& registry);          ///< runs of threads
void register_almost_sure_claims(ClaimRegistry& registry);     ///< Section 3.3.2, convergence with probability one
void register_cycle_claims(ClaimRegistry& registry);           ///< a cycle of the block-wise inclusion
void register_weak_limit_claims(ClaimRegistry& registry);      ///< proof of Theorem 3.2: tightness and the limit
void register_averaging_claims(ClaimRegistry& registry);       ///< what momentum averages: noise, stale subgradients
void register_training_claims(ClaimRegistry& registry);        ///< Figures 1 and 2 on a stand-in

}  // namespace asyncert::assm
