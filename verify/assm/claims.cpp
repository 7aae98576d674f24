// Claims of the paper on asynchronous subgradient methods with momentum; the themes are in the files beside this one.
#include "verify/assm/claims.hpp"

namespace asyncert {

void register_assm_claims(ClaimRegistry& registry) {
  assm::register_momentum_claims(registry);
  assm::register_averaging_claims(registry);
  assm::register_training_claims(registry);
  assm::register_step_claims(registry);
  assm::register_clock_claims(registry);
  assm::register_scheduling_claims(registry);
  assm::register_interval_claims(registry);
  assm::register_counter_claims(registry);
  assm::register_subgradient_claims(registry);
  assm::register_stationarity_claims(registry);
  assm::register_inclusion_claims(registry);
  assm::register_integration_claims(registry);
  assm::register_convergence_claims(registry);
  assm::register_delay_limit_claims(registry);
  assm::register_experiment_claims(registry);
  assm::register_micro_dynamics_claims(registry);
  assm::register_measured_claims(registry);
  assm::register_trace_claims(registry);
  assm::register_blockwise_claims(registry);
  assm::register_thread_claims(registry);
  assm::register_almost_sure_claims(registry);
  assm::register_cycle_claims(registry);
  assm::register_weak_limit_claims(registry);
}

}  // namespace asyncert
