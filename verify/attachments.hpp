// What a results document carries beside the claims: figures, and the tables of the paper on linear systems.
#pragma once

#include <iosfwd>
#include <string>

#include "lib/claim.hpp"
#include "lib/value.hpp"
#include "verify/commands.hpp"

namespace asyncert {

/// Whether the paper and the globs of the options select this id (of a claim, a figure or a table).
bool selects(const VerifyOptions& options, const std::string& id);

/// The selected figures, computed in parallel, in the order of their ids. A figure that failed carries "error".
List selected_figures(const VerifyOptions& options, const Context& context, std::ostream& err);

/// The selected ones of Tables 1 to 3, printed beside recomputed; none in a build without their paper.
List selected_tables(const VerifyOptions& options);

}  // namespace asyncert
