// The registered quantities of the paper on perturbed asynchronous SGD.
#include "bounds/pasgd/quantities.hpp"

namespace asyncert {

void register_pasgd_quantities(QuantityRegistry& registry) {
  pasgd::register_growth_quantities(registry);
  pasgd::register_fundamental_quantities(registry);
  pasgd::register_constants_quantities(registry);
  pasgd::register_saddle_quantities(registry);
  pasgd::register_probabilities_quantities(registry);
}

}  // namespace asyncert
