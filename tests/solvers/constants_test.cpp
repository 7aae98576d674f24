// The constants of every instance in the catalogue: searched for a point that breaks them, and for one that comes near,
// so that a constant that is too small or far too large is found.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>

#include "lib/random.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/instances/constrained.hpp"
#include "solvers/instances/nonsmooth.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

/// The set that the constants' domain names.
ConvexSetPtr domain_of(const std::string& words) {
  if (words == "R^d") return whole_space();
  if (words == "the simplex") return simplex();
  if (words.rfind("|x| <= ", 0) == 0) return ball(std::stod(words.substr(7)));
  REQUIRE(words.front() == '[');
  return box(std::stod(words.substr(1)), std::stod(words.substr(words.find(',') + 1)));
}

/// The largest value that a random search with shrinking steps finds on the set.
double largest(const std::function<double(std::span<const double>)>& value, std::size_t d, const ConvexSet& set,
               const std::string& name) {
  RandomStream stream(7, stream_key(name));
  double best = 0;
  const int steps = d > 20 ? 60 : 300;
  for (const double scale : {0.3, 1.0, 3.0, 10.0})
    for (int start = 0; start < 6; ++start) {
      Vector x(d), y(d);
      for (double& v : x) v = scale * stream.normal();
      set.project(x);
      double here = value(x), step = scale;
      for (int k = 0; k < steps; ++k) {
        for (std::size_t j = 0; j < d; ++j) y[j] = x[j] + step * stream.normal();
        set.project(y);
        if (const double there = value(y); there > here) {
          x = y;
          here = there;
          step *= 1.3;
        } else {
          step = std::max(step * 0.9, 1e-6 * scale);
        }
      }
      best = std::max(best, here);
    }
  return best;
}

/// The gradient of term i on all coordinates.
Vector term_gradient(const Problem& problem, std::size_t i, std::span<const double> x) {
  const auto columns = problem.support(i);
  Vector full(problem.dimension()), part(columns.empty() ? full.size() : columns.size());
  problem.term_gradient(i, x, part);
  if (columns.empty()) return part;
  for (std::size_t k = 0; k < columns.size(); ++k) full[columns[k]] = part[k];
  return full;
}

double variance(const Problem& problem, std::span<const double> x) {
  Vector mean(problem.dimension());
  problem.gradient(x, mean);
  double sum = 0;
  for (std::size_t i = 0; i < problem.terms(); ++i) sum += squared_distance(term_gradient(problem, i, x), mean);
  return sum / static_cast<double>(problem.terms());
}

/// The change of a term's gradient between two points over their distance, or its second difference over the square of
/// half of it: around the point, along the direction in the second half of `pair`, cut off at the set.
double over_pairs(const Problem& problem, std::span<const double> pair, const ConvexSet& set, bool second_difference) {
  const std::size_t d = problem.dimension();
  constexpr double length = 1e-3;
  const auto x = pair.first(d), direction = pair.subspan(d);
  const double norm = std::sqrt(squared_norm(direction));
  if (norm == 0) return 0;
  Vector right(d), left(d);
  for (std::size_t j = 0; j < d; ++j) right[j] = x[j] + length * direction[j] / norm;
  for (std::size_t j = 0; j < d; ++j) left[j] = x[j] - length * direction[j] / norm;
  set.project(right);
  set.project(left);
  const double apart = std::sqrt(squared_distance(right, left));
  if (apart < length / 10) return 0;
  Vector middle(d);
  for (std::size_t j = 0; j < d; ++j) middle[j] = (left[j] + right[j]) / 2;
  double most = 0;
  for (std::size_t i = 0; i < problem.terms(); ++i) {
    const Vector a = term_gradient(problem, i, left), b = term_gradient(problem, i, middle),
                 c = term_gradient(problem, i, right);
    double sum = 0;
    for (std::size_t j = 0; j < d; ++j) {
      const double difference = second_difference ? c[j] - 2 * b[j] + a[j] : c[j] - a[j];
      sum += difference * difference;
    }
    most = std::max(most, std::sqrt(sum) / (second_difference ? apart * apart / 4 : apart));
  }
  return most;
}

/// The set for points and free directions.
class PairSet final : public ConvexSet {
 public:
  PairSet(ConvexSetPtr set, std::size_t d) : set_(std::move(set)), d_(d) {}
  void project(std::span<double> y) const override { set_->project(y.first(d_)); }
  std::string name() const override { return set_->name(); }

 private:
  ConvexSetPtr set_;
  std::size_t d_;
};

/// Where f is least; the last root of P10 by hand.
std::map<std::string, Vector> minimisers() {
  std::map<std::string, Vector> points{{"quadratic", Vector(8, 0.0)},
                                       {"quartic-saddle", {0, std::sqrt(2.0)}},
                                       {"rosenbrock", Vector(101, 1.0)},
                                       {"P01", {0}},
                                       {"P02", {0}},
                                       {"P03", {1}},
                                       {"P04", {0, 0}},
                                       {"P07", {1, 1}},
                                       {"P08", {1, 2}},
                                       {"P09", {1, 1}},
                                       {"P13", {1, 0}},
                                       {"P14", {0, 0}},
                                       {"log", {1.5, 0.5}},
                                       {"bell", {1.5, 0.5}},
                                       {"ratio", {1.5, 0.5}},
                                       {"linear-simplex", {1, 0}},
                                       {"polar", {0, 0}},
                                       {"stress", {1, 0}},
                                       {"flat", {0, 0.3}},
                                       {"rosenbrock-near", {1, 1}}};
  // Newton for x^3 - x + 0.1 = 0 from the right.
  double x = 1;
  for (int k = 0; k < 50; ++k) x -= (x * x * x - x + 0.1) / (3 * x * x - 1);
  points["P10"] = {x};
  // The rows of the ridge instances have one common minimiser: the square's, by gradient steps.
  const auto square = catalog::make_instance("square").problem;
  Vector w(square->dimension(), 0.0), g(w.size());
  for (int k = 0; k < 3000; ++k) {
    square->gradient(w, g);
    for (std::size_t j = 0; j < w.size(); ++j) w[j] -= 2 * g[j];
  }
  for (const char* name : {"cosine", "welsch", "geman-mcclure", "square"}) points[name] = w;
  return points;
}

/// How near the search must come, where a constant is a bound that need not be attained.
double nearness(const std::string& name, const std::string& constant) {
  if (constant == "sigma" && (name == "cosine" || name == "welsch" || name == "geman-mcclure" || name == "logistic"))
    return 0.3;
  if (name == "polar") return constant == "L" ? 0.4 : 0.7;
  if (name.rfind("rosenbrock", 0) == 0) return constant == "V" ? 0.05 : 0.2;
  if (constant == "V" && name.find("+noise") != std::string::npos) return 0.7;
  return 0.85;
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("no search breaks a constant of an instance, and one comes near") {
    const auto least_points = minimisers();
    std::size_t checked = 0;
    for (const auto& described : catalog::instance_list()) {
      if (described.on_data) continue;
      const catalog::Instance instance = catalog::make_instance(described.name);
      if (!instance.problem) continue;
      const Problem& problem = *instance.problem;
      const std::string& name = described.name;
      CAPTURE(name);
      const Constants c = problem.constants();
      const ConvexSetPtr set = domain_of(c.domain);
      const std::size_t d = problem.dimension();
      const auto holds = [&](const char* constant, double found, double bound, double slack) {
        CAPTURE(std::string(constant));
        // Differences of gradients over a distance of 1e-3, or its square, carry their rounding.
        CHECK(found <= bound * (1 + slack) + (std::string(constant) == "rho" ? 1e-5 : 1e-9));
        CHECK(found >= nearness(name, constant) * bound);
        ++checked;
      };
      const auto any = [&](const auto& value) { return largest(value, d, *set, name); };
      const PairSet pairs(set, d);
      const auto of_pairs = [&](bool second) {
        return largest([&](std::span<const double> p) { return over_pairs(problem, p, *set, second); }, 2 * d, pairs,
                       name);
      };
      if (c.gradient_bound)
        holds("V", any([&](std::span<const double> x) {
                double most = 0;
                for (std::size_t i = 0; i < problem.terms(); ++i)
                  most = std::max(most, std::sqrt(squared_norm(term_gradient(problem, i, x))));
                return most;
              }),
              *c.gradient_bound, 1e-12);
      if (c.sigma)
        holds("sigma", std::sqrt(any([&](std::span<const double> x) { return variance(problem, x); })), *c.sigma,
              1e-12);
      if (c.smoothness) holds("L", of_pairs(false), *c.smoothness, 1e-6);
      if (c.hessian_lipschitz) holds("rho", of_pairs(true), *c.hessian_lipschitz, 1e-4);
      if (c.minimum) {
        const std::string base = name.substr(0, name.find('+'));
        REQUIRE(least_points.count(base) == 1);
        CHECK(problem.value(least_points.at(base)) == doctest::Approx(*c.minimum).epsilon(1e-12).scale(1));
        CHECK(any([&](std::span<const double> x) { return *c.minimum - problem.value(x) + 1e-9; }) <= 2e-9);
        ++checked;
      }
    }
    CHECK(checked > 100);
  }

  TEST_CASE("the stationary points of the nonsmooth problems are those where gradients nearby cancel") {
    for (int number = 1; number <= 14; ++number) {
      const auto problem = instances::nonsmooth(number);
      const std::size_t d = problem->dimension();
      CAPTURE(number);
      RandomStream stream(3, stream_key(problem->name()));
      // The least norm in the convex hull of the gradients around x, by Frank and Wolfe's method.
      const auto least_norm = [&](const Vector& x) {
        std::vector<Vector> gradients;
        for (int k = 0; k < 64; ++k) {
          Vector y = x, g(d);
          for (double& v : y) v += 1e-5 * stream.normal();
          problem->gradient(y, g);
          gradients.push_back(g);
        }
        Vector mean = gradients.front();
        for (int k = 0; k < 5000; ++k) {
          const auto dot = [&](const Vector& g) {
            double sum = 0;
            for (std::size_t j = 0; j < d; ++j) sum += g[j] * mean[j];
            return sum;
          };
          const Vector& g = *std::min_element(gradients.begin(), gradients.end(),
                                              [&](const Vector& a, const Vector& b) { return dot(a) < dot(b); });
          const double gain = squared_norm(mean) - dot(g), square = squared_distance(mean, g);
          if (gain <= 1e-14 || square == 0) break;
          for (std::size_t j = 0; j < d; ++j) mean[j] += std::min(1.0, gain / square) * (g[j] - mean[j]);
        }
        return std::sqrt(squared_norm(mean));
      };
      int stationary = 0;
      for (int a = -30; a <= 30; ++a)
        for (int b = -30; b <= (d == 1 ? -30 : 30); ++b) {
          const Vector x = d == 1 ? Vector{a / 10.0} : Vector{a / 10.0, b / 10.0};
          const double distance = problem->stationary_distance(x).value();
          CAPTURE(x[0]);
          CAPTURE(x.back());
          if (distance > 0.04) CHECK(least_norm(x) > 2e-3);
          if (distance < 1e-12) CHECK_UNARY(least_norm(x) < 0.03);
          stationary += distance < 1e-12 ? 1 : 0;
        }
      CHECK((stationary > 0) == (number != 12));
    }
  }

  TEST_CASE("P09: the distance to its curve is that of the nearest of many points") {
    const auto problem = instances::nonsmooth(9);
    RandomStream stream(5, stream_key("P09"));
    for (int trial = 0; trial < 200; ++trial) {
      const Vector x{stream.uniform(0, 4), stream.uniform(-3, 6)};
      double least = x[0];
      for (int k = 1; k < 20000; ++k) {
        const double t = k / 2000.0;
        least = std::min(least, std::hypot(t - x[0], 1 / t - x[1]));
      }
      CHECK(*problem->stationary_distance(x) == doctest::Approx(least).epsilon(1e-2));
      CHECK(*problem->stationary_distance(x) <= least + 1e-12);
    }
    CHECK(*problem->stationary_distance(Vector{-1, 5}) == 0);
    CHECK(*problem->stationary_distance(Vector{2, 0.5}) == 0);
  }
}
