// The claims of this paper by theme, and what they share.
#pragma once

#include "lib/claim.hpp"

namespace asyncert::assm {

void register_momentum_claims(ClaimRegistry& registry);
void register_step_claims(ClaimRegistry& registry);
void register_scheduling_claims(ClaimRegistry& registry);
void register_counter_claims(ClaimRegistry& registry);
void register_subgradient_claims(ClaimRegistry& registry);
void register_stationarity_claims(ClaimRegistry& registry);
void register_inclusion_claims(ClaimRegistry& registry);
void register_integration_claims(ClaimRegistry& registry);
void register_convergence_claims(ClaimRegistry& registry);
void register_delay_limit_claims(ClaimRegistry& registry);
void register_experiment_claims(ClaimRegistry& registry);
void register_micro_dynamics_claims(ClaimRegistry& registry);
void register_measured_claims(ClaimRegistry& registry);
void register_trace_claims(ClaimRegistry& registry);
void register_blockwise_claims(ClaimRegistry& registry);
void register_thread_claims(ClaimRegistry& registry);

/// How many samples a search takes: ten times as many at standard effort, a hundred times at deep.
inline long widened(const Context& context, long quick) {
  return context.effort == Effort::quick ? quick : context.effort == Effort::standard ? 10 * quick : 100 * quick;
}

/// Evidence without comparisons yet.
inline Evidence evidence(Coverage coverage, std::string method) {
  Evidence e;
  e.coverage = coverage;
  e.method = std::move(method);
  return e;
}

/// Appends a comparison.
inline void compare(Evidence& e, std::string label, Measure left, Relation relation, Measure right,
                    Object instance = {}) {
  e.comparisons.push_back({std::move(label), std::move(left), relation, std::move(right), std::move(instance)});
}

}  // namespace asyncert::assm
