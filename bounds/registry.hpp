// All quantities of the papers that were built.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert {

/// Every paper registers its quantities through one explicit function, register_PAPER_quantities, in
/// bounds/PAPER/quantities.cpp; this calls them in the order of the build's list of papers.
QuantityRegistry all_quantities();

}  // namespace asyncert
