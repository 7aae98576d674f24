// The registered quantities of the paper on asynchronous subgradient methods with momentum.
#include "bounds/assm/quantities.hpp"

namespace asyncert {

void register_assm_quantities(QuantityRegistry& registry) {
  assm::register_step_quantities(registry);
  assm::register_model_quantities(registry);
  assm::register_iterate_quantities(registry);
  assm::register_inclusion_quantities(registry);
  assm::register_clarke_quantities(registry);
}

}  // namespace asyncert
