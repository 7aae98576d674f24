// Claims of the paper on asynchronous parallel SGD for linear systems.
#include "verify/apsgd/claims.hpp"

namespace asyncert {

void register_apsgd_claims(ClaimRegistry& registry) {
  apsgd::register_setup_claims(registry);
  apsgd::register_exactness_claims(registry);
  apsgd::register_method_claims(registry);
  apsgd::register_weak_claims(registry);
  apsgd::register_recursion_claims(registry);
  apsgd::register_delay_claims(registry);
  apsgd::register_bound_claims(registry);
  apsgd::register_optimum_claims(registry);
  apsgd::register_closed_form_claims(registry);
  apsgd::register_beyond_two_claims(registry);
  apsgd::register_basic_claims(registry);
  apsgd::register_comparison_claims(registry);
  apsgd::register_exact_claims(registry);
  apsgd::register_table_claims(registry);
  apsgd::register_measured_claims(registry);
}

}  // namespace asyncert
