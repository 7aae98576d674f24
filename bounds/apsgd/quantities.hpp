// The quantities of this paper by topic; `register_apsgd_quantities` calls all of them.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert::apsgd {

void register_rate_quantities(QuantityRegistry& registry);      ///< the recursion, its growth factor and bounds
void register_optimum_quantities(QuantityRegistry& registry);   ///< the best parameters, the fewest processors
void register_spectral_quantities(QuantityRegistry& registry);  ///< sketches, exact moments, varying delays

/// Throws `DomainError` unless lambda_min <= lambda_max.
void check_spectrum(const Inputs& in);

}  // namespace asyncert::apsgd
