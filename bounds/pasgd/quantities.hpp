// The quantities of this paper by topic; `register_pasgd_quantities` calls all of them. Parameters that they share.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert::pasgd {

void register_growth_quantities(QuantityRegistry& registry);  ///< pasgd.growth
void register_fundamental_quantities(
    QuantityRegistry& registry);  ///< pasgd.fundamental_solution, pasgd.fundamental_solution_large
void register_constants_quantities(QuantityRegistry& registry);  ///< pasgd.constants
void register_saddle_quantities(QuantityRegistry& registry);     ///< pasgd.quartic_saddle
void register_probabilities_quantities(
    QuantityRegistry& registry);  ///< pasgd.clopper_pearson, lemma3_failure, lemma3_smallest_c, theorem5_counterexample

/// T, a = M eta gamma and t, as several quantities take them.
inline Parameter delay_bound(long largest) {
  return integer("T", "T", "largest delay in steps").at_least(0).at_most(largest);
}
inline Parameter gain() { return real("a", "a", "M eta gamma: growth of one step without delay").above(0); }
inline Parameter horizon(long largest) { return integer("t", "t", "number of steps").at_least(0).at_most(largest); }
inline Parameter workers(long largest) {
  return integer("M", "M", "gradients in one step").at_least(1).at_most(largest);
}

}  // namespace asyncert::pasgd
