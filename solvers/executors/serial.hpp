// One worker that always reads the current state.
#pragma once

#include <utility>

#include "solvers/executors/replay.hpp"

namespace asyncert::solvers {

/// The method without asynchrony: `replay` without delays and without lost writes, and refusing to be asked for them.
template <UpdateRule Rule, class Observer>
Run serial(Rule rule, const RunOptions& options, Observer&& observer) {
  if (options.schedule || options.overwrite || options.inconsistent_read)
    throw DomainError("serial has neither delays nor lost writes: schedules and overwrite models belong to replay");
  return replay(std::move(rule), options, std::forward<Observer>(observer));
}

template <UpdateRule Rule>
Run serial(Rule rule, const RunOptions& options) {
  return serial(std::move(rule), options, [](const ReplayStep&) {});
}

}  // namespace asyncert::solvers
