// The registered quantities of the paper on lock-free Hogwild! and AsySVRG.
#include "bounds/hogwild/quantities.hpp"

namespace asyncert {

void register_hogwild_quantities(QuantityRegistry& registry) {
  hogwild::register_lemma_quantities(registry);
  hogwild::register_theorem1_quantities(registry);
  hogwild::register_theorem2_quantities(registry);
  hogwild::register_complexity_quantities(registry);
}

}  // namespace asyncert
