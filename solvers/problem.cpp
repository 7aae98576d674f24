#include "solvers/problem.hpp"

#include <algorithm>

#include "solvers/executors/team.hpp"

namespace asyncert::solvers {

double Problem::value(std::span<const double> x) const {
  double sum = 0;
  for (std::size_t i = 0; i < terms(); ++i) sum += term(i, x);
  return sum / static_cast<double>(terms());
}

void Problem::gradient(std::span<const double> x, std::span<double> out) const {
  std::fill(out.begin(), out.end(), 0.0);
  Vector part(dimension());
  for (std::size_t i = 0; i < terms(); ++i) {
    const auto columns = support(i);
    const std::size_t entries = columns.empty() ? dimension() : columns.size();
    term_gradient(i, x, std::span(part).first(entries));
    for (std::size_t k = 0; k < entries; ++k) out[columns.empty() ? k : columns[k]] += part[k];
  }
  for (double& g : out) g /= static_cast<double>(terms());
}

void dense_term_gradient(const Problem& problem, std::size_t i, std::span<const double> x, std::span<double> gradient) {
  const auto support = problem.support(i);
  if (support.empty()) return problem.term_gradient(i, x, gradient);
  thread_local Vector part;
  part.resize(support.size());
  problem.term_gradient(i, x, part);
  for (std::size_t e = 0; e < part.size(); ++e) gradient[support[e]] = part[e];
}

void shared_gradient(const Problem& problem, std::span<const double> x, std::span<double> out, int threads) {
  constexpr std::size_t shares = 16;
  const std::size_t d = problem.dimension(), n = problem.terms();
  std::vector<Vector> sum(shares, Vector(d, 0.0));
  detail::FirstException failure;
#pragma omp parallel for num_threads(threads) schedule(static, 1)
  for (std::size_t share = 0; share < shares; ++share)
    failure.guard([&] {
      Vector part(d);
      for (std::size_t i = share * n / shares; i < (share + 1) * n / shares; ++i) {
        const auto columns = problem.support(i);
        const std::size_t entries = columns.empty() ? d : columns.size();
        problem.term_gradient(i, x, std::span(part).first(entries));
        for (std::size_t k = 0; k < entries; ++k) sum[share][columns.empty() ? k : columns[k]] += part[k];
      }
    });
  failure.rethrow();
  for (std::size_t j = 0; j < d; ++j) {
    out[j] = 0;
    for (const Vector& s : sum) out[j] += s[j];
    out[j] /= static_cast<double>(n);
  }
}

double mean_squared_term_gradient(const Problem& problem, std::span<const double> x) {
  Vector part(problem.dimension());
  double sum = 0;
  for (std::size_t i = 0; i < problem.terms(); ++i) {
    const auto columns = problem.support(i);
    const auto entries = std::span(part).first(columns.empty() ? problem.dimension() : columns.size());
    problem.term_gradient(i, x, entries);
    sum += squared_norm(entries);
  }
  return sum / static_cast<double>(problem.terms());
}

double squared_norm(std::span<const double> x) {
  double sum = 0;
  for (const double v : x) sum += v * v;
  return sum;
}

double squared_distance(std::span<const double> x, std::span<const double> y) {
  double sum = 0;
  for (std::size_t j = 0; j < x.size(); ++j) sum += (x[j] - y[j]) * (x[j] - y[j]);
  return sum;
}

}  // namespace asyncert::solvers
