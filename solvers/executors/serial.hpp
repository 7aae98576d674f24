// One worker that always reads the current state.
#pragma once

#include "solvers/executors/replay.hpp"

namespace asyncert::solvers {

/// The method without asynchrony: `replay` without delays and without lost writes, and refusing to be asked for them.
Run serial(AnyRule rule, const RunOptions& options, const ReplayObserver& observer = {});

}  // namespace asyncert::solvers
