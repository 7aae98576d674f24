// All claims and figures of the papers that were built.
#pragma once

#include "lib/claim.hpp"
#include "lib/figure.hpp"

namespace asyncert {

/// Every paper registers its claims through one explicit function, register_PAPER_claims, in verify/PAPER/claims.cpp.
ClaimRegistry all_claims();

/// A paper that has figures registers them through register_PAPER_figures, in verify/PAPER/figures.cpp.
FigureRegistry all_figures();

}  // namespace asyncert
