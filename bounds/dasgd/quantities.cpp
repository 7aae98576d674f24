// The registered quantities of the paper on distributed asynchronous SGD with unbounded delays.
#include "bounds/dasgd/quantities.hpp"

namespace asyncert {

void register_dasgd_quantities(QuantityRegistry& registry) {
  dasgd::register_energy_quantities(registry);
  dasgd::register_coherence_quantities(registry);
  dasgd::register_step_quantities(registry);
  dasgd::register_dynamics_quantities(registry);
}

}  // namespace asyncert
