// Claims of the paper on distributed asynchronous SGD with unbounded delays.
#include "verify/dasgd/claims.hpp"

namespace asyncert {

void register_dasgd_claims(ClaimRegistry& registry) {
  dasgd::register_assumption_claims(registry);
  dasgd::register_class_claims(registry);
  dasgd::register_identity_claims(registry);
  dasgd::register_energy_claims(registry);
  dasgd::register_projection_claims(registry);
  dasgd::register_coherence_claims(registry);
  dasgd::register_test_function_claims(registry);
  dasgd::register_experiment_claims(registry);
  dasgd::register_literal_claims(registry);
  dasgd::register_algorithm_claims(registry);
  dasgd::register_step_claims(registry);
  dasgd::register_window_claims(registry);
  dasgd::register_noise_claims(registry);
  dasgd::register_delay_claims(registry);
  dasgd::register_descent_claims(registry);
  dasgd::register_flow_claims(registry);
  dasgd::register_trajectory_claims(registry);
  dasgd::register_stochastic_claims(registry);
  dasgd::register_pseudotrajectory_claims(registry);
  dasgd::register_convergence_claims(registry);
}

}  // namespace asyncert
