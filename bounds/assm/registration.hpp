// The groups of this paper's quantities, each registered by the file of its topic.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert::assm {

void register_step_quantities(QuantityRegistry& registry);
void register_model_quantities(QuantityRegistry& registry);
void register_iterate_quantities(QuantityRegistry& registry);
void register_di_quantities(QuantityRegistry& registry);
void register_clarke_quantities(QuantityRegistry& registry);

}  // namespace asyncert::assm
