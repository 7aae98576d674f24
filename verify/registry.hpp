// All claims of the papers that were built.
#pragma once

#include "lib/claim.hpp"

namespace asyncert {

/// Every paper registers its claims through one explicit function, register_PAPER_claims, in verify/PAPER/claims.cpp.
ClaimRegistry all_claims();

}  // namespace asyncert
