#include "solvers/algorithms/pasgd.hpp"

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

Pasgd::Pasgd(const Problem& problem, Options options) : problem_(&problem), options_(std::move(options)) {
  detail::require_positive("step", options_.step);
  options_.start = detail::start_of(problem, std::move(options_.start));
  if (options_.workers == 0) throw DomainError("workers", "0", "1 or more");
  for (const auto& [name, value] :
       {std::pair("perturbation", options_.perturbation), std::pair("gradient_noise", options_.gradient_noise)})
    if (!(value >= 0 && std::isfinite(value))) throw DomainError(name, shortest(value), "[0, inf)");
  if (!options_.mirror.empty()) {
    if (options_.mirror.size() != problem.dimension())
      throw DomainError("mirror: it has " + std::to_string(options_.mirror.size()) + " coordinates, the problem " +
                        std::to_string(problem.dimension()));
    const double norm = squared_norm(options_.mirror);
    if (!(std::abs(norm - 1) <= 1e-12)) throw DomainError("squared norm of mirror", shortest(norm), "1");
  }
}

std::vector<double> Pasgd::perturbation(RandomStream& stream, std::size_t dimension) const {
  std::vector<double> zeta(dimension);
  const double deviation = options_.perturbation / std::sqrt(static_cast<double>(dimension));
  for (double& z : zeta) z = deviation * stream.normal();
  double along = 0;
  for (std::size_t j = 0; j < options_.mirror.size(); ++j) along += options_.mirror[j] * zeta[j];
  for (std::size_t j = 0; j < options_.mirror.size(); ++j) zeta[j] -= 2 * along * options_.mirror[j];
  return zeta;
}

}  // namespace asyncert::solvers
