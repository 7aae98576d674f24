#include "solvers/executors/serial.hpp"

#include <utility>

#include "lib/errors.hpp"

namespace asyncert::solvers {

Run serial(AnyRule rule, const RunOptions& options, const ReplayObserver& observer) {
  if (options.schedule || options.overwrite || options.inconsistent_read)
    throw DomainError("serial has neither delays nor lost writes: schedules and overwrite models belong to replay");
  return replay(std::move(rule), options, observer);
}

}  // namespace asyncert::solvers
