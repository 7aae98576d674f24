#include "verify/pasgd/claims.hpp"

namespace asyncert {

void register_pasgd_claims(ClaimRegistry& registry) {
  pasgd::register_lemma12_claims(registry);
  pasgd::register_growth_claims(registry);
  pasgd::register_slowdown_claims(registry);
  pasgd::register_concentration_claims(registry);
  pasgd::register_coupling_claims(registry);
  pasgd::register_trace_claims(registry);
  pasgd::register_constants_claims(registry);
  pasgd::register_theorem1_claims(registry);
  pasgd::register_order_claims(registry);
  pasgd::register_descent_claims(registry);
  pasgd::register_theorem5_claims(registry);
  pasgd::register_cubic_claims(registry);
  pasgd::register_mean_descent_claims(registry);
  pasgd::register_escape_claims(registry);
  pasgd::register_difference_claims(registry);
  pasgd::register_repaired_claims(registry);
  pasgd::register_saddle_claims(registry);
  pasgd::register_measured_claims(registry);
  pasgd::register_section6_claims(registry);
  pasgd::register_canaries(registry);
}

}  // namespace asyncert
