#include "solvers/instances/ridge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers::instances {

namespace {

double phi(Loss loss, double r) {
  switch (loss) {
    case Loss::cosine:
      return 2 * std::pow(std::sin(r / 2), 2);  // 1 - cos r without cancellation
    case Loss::welsch:
      return -std::expm1(-r * r / 2);
    case Loss::geman_mcclure:
      return r * r / (1 + r * r);
    case Loss::square:
      return r * r / 2;
    case Loss::logistic:
      return r > 0 ? r + std::log1p(std::exp(-r)) : std::log1p(std::exp(r));
  }
  return 0;
}

double derivative(Loss loss, double r) {
  switch (loss) {
    case Loss::cosine:
      return std::sin(r);
    case Loss::welsch:
      return r * std::exp(-r * r / 2);
    case Loss::geman_mcclure:
      return 2 * r / ((1 + r * r) * (1 + r * r));
    case Loss::square:
      return r;
    case Loss::logistic:
      return r > 0 ? 1 / (1 + std::exp(-r)) : std::exp(r) / (1 + std::exp(r));
  }
  return 0;
}

double curvature_bound(Loss loss) {
  switch (loss) {
    case Loss::cosine:
    case Loss::welsch:
    case Loss::square:
      return 1;
    case Loss::geman_mcclure:
      return 2;
    case Loss::logistic:
      return 0.25;
  }
  return 1;
}

std::optional<double> slope_bound(Loss loss) {
  switch (loss) {
    case Loss::cosine:
    case Loss::logistic:
      return 1;
    case Loss::welsch:
      return std::exp(-0.5);
    case Loss::geman_mcclure:
      return 3 * std::numbers::sqrt3 / 8;
    case Loss::square:
      return std::nullopt;
  }
  return std::nullopt;
}

/// The largest modulus of the third derivative of phi.
double third_bound(Loss loss) {
  switch (loss) {
    case Loss::cosine:
      return 1;
    case Loss::welsch: {
      const double square = 3 - std::sqrt(6.0);  // |r^3 - 3 r| exp(-r^2 / 2) is largest at this r^2
      return std::sqrt(6 * square) * std::exp(-square / 2);
    }
    case Loss::geman_mcclure: {
      const double square = 1 - 2 / std::sqrt(5.0);  // 24 r (1 - r^2) / (1 + r^2)^4 is largest at this r^2
      return 24 * std::sqrt(square) * (1 - square) / std::pow(1 + square, 4);
    }
    case Loss::square:
      return 0;
    case Loss::logistic:
      return std::numbers::sqrt3 / 18;
  }
  return 0;
}

}  // namespace

Ridge::Ridge(Loss loss, RowMatrix rows, Vector targets, double scale, std::optional<double> minimum)
    : loss_(loss),
      rows_(std::move(rows)),
      targets_(std::move(targets)),
      scale_(scale),
      minimum_(minimum),
      full_(rows_.value.size() == rows_.rows * rows_.columns) {
  if (rows_.rows == 0) throw DomainError("rows", "0", "1 or more");
  if (targets_.size() != rows_.rows)
    throw DomainError("targets: there are " + std::to_string(targets_.size()) + " for " + std::to_string(rows_.rows) +
                      " rows");
  if (!(scale > 0 && std::isfinite(scale))) throw DomainError("scale", shortest(scale), "(0, inf)");
}

Ridge Ridge::interpolating(Loss loss, RowMatrix rows, const Vector& solution, double scale) {
  if (solution.size() != rows.columns)
    throw DomainError("solution: it has " + std::to_string(solution.size()) + " coordinates, the rows " +
                      std::to_string(rows.columns));
  Vector targets(rows.rows);
  for (std::size_t i = 0; i < rows.rows; ++i) targets[i] = rows.row_times(i, solution);
  return {loss, std::move(rows), std::move(targets), scale, loss == Loss::logistic ? std::nullopt : std::optional(0.0)};
}

std::string Ridge::name() const {
  constexpr const char* names[] = {"cosine", "welsch", "geman-mcclure", "square", "logistic"};
  return names[static_cast<int>(loss_)];
}

double Ridge::term(std::size_t i, std::span<const double> w) const {
  return scale_ * phi(loss_, rows_.row_times(i, w) - targets_[i]);
}

void Ridge::term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const {
  const double slope = scale_ * derivative(loss_, rows_.row_times(i, w) - targets_[i]);
  const auto values = rows_.row_values(i);
  if (values.empty()) std::fill(gradient.begin(), gradient.end(), 0.0);  // an empty support stands for all coordinates
  for (std::size_t k = 0; k < values.size(); ++k) gradient[k] = slope * values[k];
}

std::span<const std::uint32_t> Ridge::support(std::size_t i) const {
  return full_ ? std::span<const std::uint32_t>{} : rows_.row_columns(i);
}

Constants Ridge::constants() const {
  double largest = 0;
  for (std::size_t i = 0; i < rows_.rows; ++i) largest = std::max(largest, squared_norm(rows_.row_values(i)));
  Constants c;
  c.smoothness = scale_ * curvature_bound(loss_) * largest;
  if (const auto slope = slope_bound(loss_)) c.gradient_bound = scale_ * *slope * std::sqrt(largest);
  c.sigma = rows_.rows == 1 ? std::optional(0.0) : c.gradient_bound;  // the variance is at most the second moment
  c.minimum = minimum_;
  c.hessian_lipschitz = scale_ * third_bound(loss_) * std::pow(largest, 1.5);
  return c;
}

}  // namespace asyncert::solvers::instances
