#include "solvers/instances/analytic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers::instances {

namespace {

using View = std::span<const double>;
using Out = std::span<double>;

void require(bool holds, const char* what, double value, const char* domain) {
  if (!holds) throw DomainError(what, shortest(value), domain);
}

}  // namespace

std::function<double(View)> distance_to(std::vector<Vector> points) {
  return [points = std::move(points)](View x) {
    double least = std::numeric_limits<double>::infinity();
    for (const Vector& p : points) least = std::min(least, squared_distance(x, p));
    return std::sqrt(least);
  };
}

ProblemPtr quadratic(double smoothness, double sigma, std::size_t dimension) {
  require(smoothness > 0, "smoothness", smoothness, "(0, inf)");
  require(sigma >= 0, "sigma", sigma, "[0, inf)");
  require(dimension > 0, "dimension", 0, "1 or more");
  return std::make_shared<Analytic>(Formula{
      .name = "quadratic",
      .dimension = dimension,
      .terms = 2,
      .term = [=](std::size_t i,
                  View w) { return smoothness * squared_norm(w) / 2 + (i == 0 ? sigma : -sigma) * w[0]; },
      .gradient =
          [=](std::size_t i, View w, Out g) {
            for (std::size_t j = 0; j < w.size(); ++j) g[j] = smoothness * w[j];
            g[0] += i == 0 ? sigma : -sigma;
          },
      .constants =
          {.smoothness = smoothness, .gradient_bound = {}, .sigma = sigma, .minimum = 0.0, .hessian_lipschitz = 0.0},
      .start = Vector(dimension, 1.0),
      .stationary_distance = [](View w) { return std::sqrt(squared_norm(w)); }});
}

ProblemPtr linear(Vector c) {
  if (c.empty()) throw DomainError("linear: no coefficients were given");
  const double norm = std::sqrt(squared_norm(c));
  return std::make_shared<Analytic>(Formula{
      .name = "linear",
      .dimension = c.size(),
      .term =
          [c](std::size_t, View w) {
            double sum = 0;
            for (std::size_t j = 0; j < w.size(); ++j) sum += c[j] * w[j];
            return sum;
          },
      .gradient = [c](std::size_t, View, Out g) { std::copy(c.begin(), c.end(), g.begin()); },
      .constants = {.smoothness = 0.0, .gradient_bound = norm, .sigma = 0.0, .minimum = {}, .hessian_lipschitz = 0.0}});
}

namespace {

/// The terms come in pairs f_i + n, f_i - n.
class WithNoise final : public Problem {
 public:
  WithNoise(ProblemPtr base, double sigma)
      : base_(std::move(base)), slope_(sigma / std::sqrt(static_cast<double>(base_->dimension()))), sigma_(sigma) {}
  std::string name() const override { return base_->name() + "+noise"; }
  std::size_t dimension() const override { return base_->dimension(); }
  std::size_t terms() const override { return 2 * base_->terms(); }
  double term(std::size_t i, View x) const override {
    double sum = 0;
    for (const double v : x) sum += v;
    return base_->term(i / 2, x) + (i % 2 == 0 ? slope_ : -slope_) * sum;
  }
  void term_gradient(std::size_t i, View x, Out g) const override {
    const auto columns = base_->support(i / 2);
    if (columns.empty()) {
      base_->term_gradient(i / 2, x, g);
    } else {
      Vector part(columns.size());
      base_->term_gradient(i / 2, x, part);
      std::fill(g.begin(), g.end(), 0.0);
      for (std::size_t k = 0; k < part.size(); ++k) g[columns[k]] = part[k];
    }
    for (double& v : g) v += i % 2 == 0 ? slope_ : -slope_;
  }
  double value(View x) const override { return base_->value(x); }
  void gradient(View x, Out g) const override { base_->gradient(x, g); }
  Constants constants() const override {
    Constants c = base_->constants();
    if (c.gradient_bound) c.gradient_bound = *c.gradient_bound + sigma_;
    if (base_->terms() == 1)
      c.sigma = sigma_;
    else if (c.sigma)
      c.sigma = std::hypot(*c.sigma, sigma_);
    return c;
  }
  Vector start() const override { return base_->start(); }
  std::optional<double> stationary_distance(View x) const override { return base_->stationary_distance(x); }

 private:
  ProblemPtr base_;
  double slope_, sigma_;
};

}  // namespace

ProblemPtr with_noise(ProblemPtr problem, double sigma) {
  require(sigma > 0 && std::isfinite(sigma), "sigma", sigma, "(0, inf)");
  return std::make_shared<WithNoise>(std::move(problem), sigma);
}

ProblemPtr quartic_saddle(Vector a, double radius) {
  if (a.empty()) throw DomainError("quartic saddle: no eigenvalues were given");
  require(radius > 0, "radius", radius, "(0, inf)");
  const double least = *std::min_element(a.begin(), a.end()), most = *std::max_element(a.begin(), a.end());
  // On the axis of the least eigenvalue f = a t^2/2 + t^4/4 is smallest at t^2 = -a.
  const double minimum = least < 0 ? -least * least / 4 : 0.0;
  // |grad f| <= |x| max_j |a_j + |x|^2|, with equality on the axes; inside the ball it is largest where 3 |x|^2 = -a_j.
  double bound = 0;
  for (const double v : a) {
    bound = std::max(bound, radius * std::abs(v + radius * radius));
    if (v < 0 && -v / 3 <= radius * radius) bound = std::max(bound, std::sqrt(-v / 3) * -v * 2 / 3);
  }
  std::vector<Vector> stationary{Vector(a.size(), 0.0)};
  bool simple = true;  // an eigenvalue met twice gives a sphere of stationary points
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[j] >= 0) continue;
    simple = simple && std::count(a.begin(), a.end(), a[j]) == 1;
    for (const double sign : {-1.0, 1.0}) {
      Vector point(a.size(), 0.0);
      point[j] = sign * std::sqrt(-a[j]);
      stationary.push_back(std::move(point));
    }
  }
  return std::make_shared<Analytic>(
      Formula{.name = "quartic-saddle",
              .dimension = a.size(),
              .term =
                  [a](std::size_t, View x) {
                    const double r = squared_norm(x);
                    double sum = r * r / 4;
                    for (std::size_t j = 0; j < x.size(); ++j) sum += a[j] * x[j] * x[j] / 2;
                    return sum;
                  },
              .gradient =
                  [a](std::size_t, View x, Out g) {
                    const double r = squared_norm(x);
                    for (std::size_t j = 0; j < x.size(); ++j) g[j] = (a[j] + r) * x[j];
                  },
              .constants = {.smoothness = std::max(most + 3 * radius * radius, -least),
                            .gradient_bound = bound,
                            .sigma = 0.0,
                            .minimum = minimum,
                            .hessian_lipschitz = 6 * radius,
                            .domain = "|x| <= " + shortest(radius)},
              .stationary_distance = simple ? distance_to(std::move(stationary)) : std::function<double(View)>{}});
}

ProblemPtr quadratic_saddle(Vector a) {
  if (a.empty()) throw DomainError("quadratic saddle: no eigenvalues were given");
  double largest = 0;
  for (const double v : a) largest = std::max(largest, std::abs(v));
  const bool bounded = *std::min_element(a.begin(), a.end()) >= 0;
  return std::make_shared<Analytic>(Formula{.name = "quadratic-saddle",
                                            .dimension = a.size(),
                                            .term =
                                                [a](std::size_t, View x) {
                                                  double sum = 0;
                                                  for (std::size_t j = 0; j < x.size(); ++j)
                                                    sum += a[j] * x[j] * x[j] / 2;
                                                  return sum;
                                                },
                                            .gradient =
                                                [a](std::size_t, View x, Out g) {
                                                  for (std::size_t j = 0; j < x.size(); ++j) g[j] = a[j] * x[j];
                                                },
                                            .constants = {.smoothness = largest,
                                                          .gradient_bound = {},
                                                          .sigma = 0.0,
                                                          .minimum = bounded ? std::optional(0.0) : std::nullopt,
                                                          .hessian_lipschitz = 0.0},
                                            .stationary_distance =
                                                [a](View x) {
                                                  double sum = 0;  // along zero eigenvalues every point is stationary
                                                  for (std::size_t j = 0; j < x.size(); ++j)
                                                    sum += a[j] == 0 ? 0 : x[j] * x[j];
                                                  return std::sqrt(sum);
                                                }});
}

ProblemPtr rosenbrock(std::size_t dimension, double lower, double upper) {
  require(dimension >= 2, "dimension", static_cast<double>(dimension), "2 or more");
  require(lower >= 0 && lower <= 1, "lower", lower, "[0, 1]");
  require(upper >= 1 && std::isfinite(upper), "upper", upper, "[1, inf)");
  // The Hessian has 1200 x_i^2 - 400 x_{i+1} + 2, or 202 beside a left neighbour, on the diagonal, -400 x_i beside it.
  const double high = 1200 * upper * upper - 400 * lower + 202 + 800 * upper,
               low = 1200 * lower * lower - 1200 * upper + 2,
               residual = std::max(upper * upper - lower, upper - lower * lower),
               partial = 400 * residual * upper + 2 * std::max(1 - lower, upper - 1) + 200 * residual;
  return std::make_shared<Analytic>(Formula{
      .name = "rosenbrock",
      .dimension = dimension,
      .term =
          [](std::size_t, View x) {
            double sum = 0;
            for (std::size_t i = 0; i + 1 < x.size(); ++i) {
              const double v = x[i + 1] - x[i] * x[i];
              sum += 100 * v * v + (1 - x[i]) * (1 - x[i]);
            }
            return sum;
          },
      .gradient =
          [](std::size_t, View x, Out g) {
            std::fill(g.begin(), g.end(), 0.0);
            for (std::size_t i = 0; i + 1 < x.size(); ++i) {
              const double v = x[i + 1] - x[i] * x[i];
              g[i] += -400 * v * x[i] - 2 * (1 - x[i]);
              g[i + 1] += 200 * v;
            }
          },
      .constants = {.smoothness = std::max(high, -low),
                    .gradient_bound = std::sqrt(static_cast<double>(dimension)) * partial,
                    .sigma = 0.0,
                    .minimum = 0.0,
                    // The derivative of the Hessian along v has 2400 x_i v_i - 400 v_{i+1} and, beside it, -400 v_i.
                    .hessian_lipschitz = 1200 * (2 * upper + 1),
                    .domain = "[" + shortest(lower) + ", " + shortest(upper) + "]^d"}});
}

}  // namespace asyncert::solvers::instances
