#pragma once

#include "lib/quantity.hpp"

namespace asyncert::apsgd {

/// Spectra of sketches, exact second moments, and products over varying delays.
void register_spectral_quantities(QuantityRegistry& registry);

}  // namespace asyncert::apsgd
