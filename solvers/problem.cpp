#include "solvers/problem.hpp"

#include <algorithm>

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
