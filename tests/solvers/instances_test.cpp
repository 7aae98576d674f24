#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/instances/constrained.hpp"
#include "solvers/instances/data_problems.hpp"
#include "solvers/instances/nonsmooth.hpp"
#include "solvers/instances/ridge.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

namespace {

/// Central differences at random points; kinks have measure zero.
void check_gradients(const Problem& problem, double low, double high) {
  CAPTURE(problem.name());
  RandomStream stream(1, stream_key(problem.name()));
  const std::size_t d = problem.dimension();
  for (int trial = 0; trial < 20; ++trial) {
    Vector x(d), full(d), mean(d, 0.0), part(d);
    for (double& v : x) v = stream.uniform(low, high);
    problem.gradient(x, full);
    for (std::size_t i = 0; i < problem.terms(); ++i) {
      const auto columns = problem.support(i);
      problem.term_gradient(i, x, std::span(part).first(columns.empty() ? d : columns.size()));
      for (std::size_t k = 0; k < (columns.empty() ? d : columns.size()); ++k) {
        const std::size_t j = columns.empty() ? k : columns[k];
        mean[j] += part[k] / static_cast<double>(problem.terms());
        const double h = 1e-6 * std::max(1.0, std::abs(x[j]));
        Vector right = x, left = x;
        right[j] += h;
        left[j] -= h;
        const double slope = (problem.term(i, right) - problem.term(i, left)) / (2 * h);
        CHECK(part[k] == doctest::Approx(slope).epsilon(1e-6).scale(1 + std::abs(slope)));
      }
    }
    for (std::size_t j = 0; j < d; ++j) CHECK(full[j] == doctest::Approx(mean[j]).epsilon(1e-12).scale(1));
    const Constants c = problem.constants();
    if (c.minimum && c.domain == "R^d") CHECK(problem.value(x) >= *c.minimum - 1e-12);
    if (c.gradient_bound && c.domain == "R^d")
      for (std::size_t i = 0; i < problem.terms(); ++i) {
        const auto columns = problem.support(i);
        const auto g = std::span(part).first(columns.empty() ? d : columns.size());
        problem.term_gradient(i, x, g);
        CHECK(std::sqrt(squared_norm(g)) <= *c.gradient_bound * (1 + 1e-12));
      }
  }
}

/// |grad f_i(x) - grad f_i(y)| <= L |x - y| on random pairs, and the bound is attained up to `attained`.
void check_smoothness(const Problem& problem, double low, double high, double attained) {
  CAPTURE(problem.name());
  RandomStream stream(2, stream_key(problem.name()));
  const std::size_t d = problem.dimension();
  const double bound = *problem.constants().smoothness;
  double largest = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    Vector x(d), y(d), gx(d), gy(d);
    for (std::size_t j = 0; j < d; ++j) {
      x[j] = stream.uniform(low, high);
      y[j] = x[j] + stream.uniform(-0.05, 0.05);
    }
    for (std::size_t i = 0; i < problem.terms(); ++i) {
      problem.term_gradient(i, x, gx);
      problem.term_gradient(i, y, gy);
      largest = std::max(largest, std::sqrt(squared_distance(gx, gy) / squared_distance(x, y)));
    }
  }
  CHECK(largest <= bound * (1 + 1e-9));
  CHECK(largest >= attained * bound);
}

Ridge ridge(Loss loss) {
  return Ridge::interpolating(loss, RowMatrix::dense(3, 2, Vector{0.6, 0.8, 1, 0.25, -0.5, 0.5}), {0.4, -0.3}, 1.5);
}

}  // namespace

TEST_CASE("gradients of all instances against finite differences") {
  for (const Loss loss : {Loss::cosine, Loss::welsch, Loss::geman_mcclure, Loss::square, Loss::logistic})
    check_gradients(ridge(loss), -3, 3);
  check_gradients(Ridge(Loss::cosine, RowMatrix::dense(2, 3, Vector{1, 0, 2, 0, 1, 0}), {0, 1}), -3, 3);
  check_gradients(*quadratic(3, 0.5, 2), -3, 3);
  check_gradients(*linear({1, -2, 3}), -3, 3);
  check_gradients(*with_noise(quadratic(3, 0.5, 2), 0.25), -3, 3);
  check_gradients(*with_noise(nonsmooth(1), 0.5), -3, 3);
  check_gradients(*quartic_saddle({1, -2}, 2), -2, 2);
  check_gradients(*quadratic_saddle({-1, 1, 0}), -2, 2);
  check_gradients(*rosenbrock(5), 0, 2);
  for (int p = 1; p <= 14; ++p) check_gradients(*nonsmooth(p), -3, 3);
  for (const std::string& name : coherent_names()) check_gradients(*coherent(name).problem, -0.7, 0.7);
}

TEST_CASE("smoothness constants hold and are not loose") {
  for (const Loss loss : {Loss::cosine, Loss::welsch, Loss::geman_mcclure, Loss::square, Loss::logistic})
    check_smoothness(ridge(loss), -2, 2, 0.9);
  check_smoothness(*quadratic(3, 0.5, 2), -2, 2, 0.99);
  check_smoothness(*quartic_saddle({1, -2}, 2), -1.38, 1.38, 0.8);
}

TEST_CASE("a row without entries has the gradient 0, whatever was there before") {
  const Ridge problem(Loss::square, RowMatrix::dense(3, 2, Vector{1, 2, 0, 0, 0, 1}), {1, 2, 3});
  check_gradients(problem, -3, 3);
  data::SparseDataset rows{
      .columns = 2, .row_start = {0, 2, 2, 3}, .column = {0, 1, 1}, .value = {1, 2, 1}, .label = {1, -1, 1}};
  for (const auto loss : {LinearProblem::Loss::logistic, LinearProblem::Loss::hinge})
    for (const double penalty : {0.0, 0.1}) check_gradients(LinearProblem("rows", rows, loss, penalty), -3, 3);
}

TEST_CASE("noise has the stated size") {
  const auto problem = with_noise(quadratic(2, 0.3, 3), 0.4);
  const Vector x{1, -2, 0.5};
  Vector g(3);
  problem->gradient(x, g);
  CHECK(mean_squared_term_gradient(*problem, x) - squared_norm(g) == doctest::Approx(0.25).epsilon(1e-12));
  CHECK(*problem->constants().sigma == doctest::Approx(0.5));
}

TEST_CASE("minima and stationary points are what they are said to be") {
  const auto saddle = quartic_saddle({1, -2}, 2);
  CHECK(saddle->value(Vector{0, std::sqrt(2.0)}) == doctest::Approx(-1));
  CHECK(*saddle->constants().minimum == -1);
  CHECK(*saddle->stationary_distance(Vector{0, -std::sqrt(2.0)}) == 0);
  CHECK(rosenbrock(101)->value(Vector(101, 0.25)) == doctest::Approx(6525.0 / 16));
  CHECK(nonsmooth(14)->value(Vector{0, 0}) == 0.5);
  CHECK(nonsmooth(8)->value(Vector{-1, -2}) == 0);
  // P10: the stationary points of the smooth pieces.
  const auto p10 = nonsmooth(10);
  int found = 0;
  for (double x = 0.01; x < 1.2; x += 0.01) {
    Vector left(1), right(1);
    p10->gradient(Vector{x}, left);
    p10->gradient(Vector{x + 0.01}, right);
    if (left[0] * right[0] > 0) continue;
    ++found;
    CHECK(*p10->stationary_distance(Vector{x + 0.005}) <= 0.0051);
  }
  CHECK(found == 2);
  CHECK(std::isinf(*nonsmooth(12)->stationary_distance(Vector{0})));
  // The minimisers of the coherent instances: no point of a grid in the set is better.
  for (const std::string& name : coherent_names()) {
    const Constrained instance = coherent(name);
    CAPTURE(name);
    const double best = instance.problem->value(instance.minimiser);
    for (double a = -1.5; a <= 1.5; a += 0.05)
      for (double b = -1.5; b <= 1.5; b += 0.05) {
        Vector x{a, b};
        instance.set->project(x);
        CHECK(instance.problem->value(x) >= best - 1e-12);
        Vector g(2);
        instance.problem->gradient(x, g);
        CHECK(g[0] * (x[0] - instance.minimiser[0]) + g[1] * (x[1] - instance.minimiser[1]) >= -1e-12);
      }
  }
  CHECK_THROWS_WITH_AS(nonsmooth(15), doctest::Contains("1 .. 14"), DomainError);
  CHECK_THROWS_WITH_AS(coherent("none"), doctest::Contains("polar"), DomainError);
}

TEST_CASE("projections satisfy the variational inequality") {
  RandomStream stream(3, stream_key("projections"));
  const Vector a{1, -2, 0.5};
  for (const ConvexSetPtr& set :
       {box(-1, 0.5), ball(1.5), ball(0.5, {1, 1, 1}), simplex(2), l1_ball(1), box_and_halfspace(-1, 1, a, 0.3)}) {
    CAPTURE(set->name());
    for (int trial = 0; trial < 300; ++trial) {
      Vector y(3), z(3);
      for (double& v : y) v = stream.uniform(-4, 4);
      for (double& v : z) v = stream.uniform(-4, 4);
      Vector x = y, again(3);
      set->project(x);
      set->project(z);
      again = x;
      set->project(again);
      double product = 0;
      for (std::size_t j = 0; j < 3; ++j) {
        CHECK(again[j] == doctest::Approx(x[j]).epsilon(1e-12).scale(1));
        product += (y[j] - x[j]) * (z[j] - x[j]);
      }
      CHECK(product <= 1e-10);
    }
  }
}
