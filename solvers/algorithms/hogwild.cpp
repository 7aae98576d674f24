#include "solvers/algorithms/hogwild.hpp"

#include <cmath>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

Hogwild::Hogwild(const Problem& problem, Options options) : problem_(&problem), options_(std::move(options)) {
  detail::require_positive("step", options_.step);
  options_.start = detail::start_of(problem, std::move(options_.start));
}

namespace detail {

std::vector<double> start_of(const Problem& problem, std::vector<double> given) {
  if (given.empty()) return problem.start();
  if (given.size() != problem.dimension())
    throw DomainError("start: it has " + std::to_string(given.size()) + " coordinates, " + problem.name() + " has " +
                      std::to_string(problem.dimension()));
  return given;
}

void require_positive(const std::string& name, double value) {
  if (!(value > 0 && std::isfinite(value))) throw DomainError(name, shortest(value), "(0, inf)");
}

}  // namespace detail

}  // namespace asyncert::solvers
