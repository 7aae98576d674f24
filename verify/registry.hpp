// All claims and figures of the papers that were built.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/claim.hpp"
#include "lib/figure.hpp"

namespace asyncert {

/// Every paper registers its claims through one explicit function, register_PAPER_claims, in verify/PAPER/claims.cpp.
ClaimRegistry all_claims();

/// A paper that has figures registers them through register_PAPER_figures, in verify/PAPER/figures.cpp.
FigureRegistry all_figures();

/// Short name and subject of each paper, from the one line of verify/PAPER/title.txt (the short name where there is
/// none).
std::vector<std::pair<std::string, std::string>> paper_titles();

}  // namespace asyncert
