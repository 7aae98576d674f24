#include "solvers/algorithms/apsgd.hpp"

#include <cmath>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

Apsgd::Apsgd(const LinearSystem& system, Options options) : system_(&system), options_(std::move(options)) {
  if (!std::isfinite(options_.omega)) throw DomainError("omega", shortest(options_.omega), "finite numbers");
  if (!std::isfinite(options_.theta)) throw DomainError("theta", shortest(options_.theta), "finite numbers");
  if (options_.messages == 0) throw DomainError("messages", "0", "1 or more");
  if (options_.start.empty()) options_.start.assign(system.dimension(), 0.0);
  if (options_.start.size() != system.dimension())
    throw DomainError("start: it has " + std::to_string(options_.start.size()) + " coordinates, the system has " +
                      std::to_string(system.dimension()));
}

}  // namespace asyncert::solvers
