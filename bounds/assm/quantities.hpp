// The quantities of this paper by topic; `register_assm_quantities` calls all of them.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert::assm {

void register_step_quantities(QuantityRegistry& registry);
void register_model_quantities(QuantityRegistry& registry);
void register_iterate_quantities(QuantityRegistry& registry);
void register_inclusion_quantities(QuantityRegistry& registry);
void register_clarke_quantities(QuantityRegistry& registry);

}  // namespace asyncert::assm
