// What a results document carries beside the claims: figures, and the tables of the paper on linear systems.
#pragma once

#include <iosfwd>

#include "lib/claim.hpp"
#include "lib/value.hpp"
#include "verify/selection.hpp"

namespace asyncert {

/// Whether a figure or a table is selected.
bool attaches(const Selection& selection);

/// The selected figures, computed by that many threads (0: one a core), in the order of their ids. A figure that failed
/// carries "error".
List selected_figures(const Selection& selection, int threads, const Context& context, std::ostream& err);

/// The selected ones of Tables 1 to 3, printed beside recomputed; none in a build without their paper.
List selected_tables(const Selection& selection);

}  // namespace asyncert
