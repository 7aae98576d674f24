#include "solvers/algorithms/subgradient.hpp"

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

Subgradient::Subgradient(const Problem& problem, Options options)
    : problem_(&problem), options_(std::move(options)), dimension_(problem.dimension()) {
  options_.step.validate();
  options_.start = detail::start_of(problem, std::move(options_.start));
  if (!(options_.momentum >= 0 && options_.momentum < 1))
    throw DomainError("momentum", shortest(options_.momentum), "[0, 1)");
  if (!(options_.l2 >= 0)) throw DomainError("l2", shortest(options_.l2), "[0, inf)");
  if (!(options_.l1 >= 0)) throw DomainError("l1", shortest(options_.l1), "[0, inf)");
  for (const double f : options_.factor) detail::require_positive("step factor of a worker", f);
  if (partitioned()) {
    if (options_.workers == 0 || options_.workers > options_.blocks)
      throw DomainError("workers", std::to_string(options_.workers),
                        "1 .. blocks = " + std::to_string(options_.blocks));
    if (options_.blocks > dimension_)
      throw DomainError("blocks", std::to_string(options_.blocks),
                        "at most the dimension, " + std::to_string(dimension_));
  }
}

}  // namespace asyncert::solvers
