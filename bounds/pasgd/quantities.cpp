// The registered quantities of the paper on perturbed asynchronous SGD.
#include "bounds/pasgd/quantities.hpp"

namespace asyncert {

void register_pasgd_quantities(QuantityRegistry& registry) {
  pasgd::register_growth(registry);
  pasgd::register_fundamental(registry);
  pasgd::register_constants(registry);
  pasgd::register_saddle(registry);
  pasgd::register_probabilities(registry);
}

}  // namespace asyncert
