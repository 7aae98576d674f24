#include "solvers/instances/data_problems.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/random.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

namespace {

Vector moved(const Problem& problem, double scale) {
  RandomStream random(4, stream_key("test point"));
  Vector w = problem.start();
  for (double& x : w) x += scale * random.normal();
  return w;
}

/// The term's gradient in full, and central differences in some coordinates, must agree.
void check_gradient(const Problem& problem, std::size_t i, Vector w) {
  const auto support = problem.support(i);
  Vector compact(support.empty() ? w.size() : support.size()), full(w.size());
  problem.term_gradient(i, w, compact);
  for (std::size_t e = 0; e < compact.size(); ++e) full[support.empty() ? e : support[e]] = compact[e];
  for (std::size_t j = i % 7; j < w.size(); j += 1 + w.size() / 150) {
    const double h = 1e-5, here = w[j];
    w[j] = here + h;
    const double right = problem.term(i, w);
    w[j] = here - h;
    const double left = problem.term(i, w);
    w[j] = here;
    CHECK(full[j] == doctest::Approx((right - left) / (2 * h)).epsilon(1e-6).scale(1));
  }
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("gradients of the problems on connect-4") {
    for (const std::string name : {"connect4-network", "connect4-logistic", "connect4-svm"}) {
      CAPTURE(name);
      const auto problem = data_problem(name);
      CHECK(problem->name() == name);
      CHECK(problem->terms() == 67557);
      CHECK(problem->dimension() == (name == "connect4-network" ? 13003 : 126));
      const Vector w = moved(*problem, 0.02);
      for (const std::size_t i : {std::size_t{0}, std::size_t{7}, std::size_t{40000}, std::size_t{67556}})
        check_gradient(*problem, i, w);
    }
  }

  TEST_CASE("value and gradient of the network are the means of the terms'") {
    auto data = std::make_shared<data::ClassificationData>();
    const data::SparseDataset all = data::load("connect-4").training;
    data->classes = 3;
    data->training.columns = all.columns;
    for (std::size_t r = 0; r < all.rows(); r += 6007) {
      const auto columns = all.row_columns(r);
      data->training.column.insert(data->training.column.end(), columns.begin(), columns.end());
      data->training.value.insert(data->training.value.end(), columns.size(), 1.0);
      data->training.row_start.push_back(data->training.column.size());
      data->training.label.push_back(all.label[r]);
    }
    const NetworkProblem problem("part", data, 100, 0.05);
    const Vector w = moved(problem, 0.1);
    Vector gradient(w.size()), term(w.size()), mean(w.size());
    double value = 0;
    for (std::size_t i = 0; i < problem.terms(); ++i) {
      value += problem.term(i, w) / static_cast<double>(problem.terms());
      problem.term_gradient(i, w, term);
      for (std::size_t j = 0; j < w.size(); ++j) mean[j] += term[j] / static_cast<double>(problem.terms());
    }
    problem.gradient(w, gradient);
    CHECK(problem.value(w) == doctest::Approx(value).epsilon(1e-13));
    for (std::size_t j = 0; j < w.size(); ++j)
      CHECK(gradient[j] == doctest::Approx(mean[j]).epsilon(1e-10).scale(1e-3));
  }

  TEST_CASE("the constants of the linear problems bound what is seen") {
    const auto problem = data_problem("connect4-logistic");
    const Constants constants = problem->constants();
    REQUIRE(constants.smoothness.has_value());
    CHECK_FALSE(constants.gradient_bound.has_value());
    Vector w = moved(*problem, 0.1), v = moved(*problem, 0.3), g(42), h(42);
    for (std::size_t i = 0; i < 67557; i += 997) {
      problem->term_gradient(i, w, g);
      problem->term_gradient(i, v, h);
      double change = 0, distance = 0;
      for (std::size_t e = 0; e < 42; ++e) {
        const std::size_t j = problem->support(i)[e];
        change += (g[e] - h[e]) * (g[e] - h[e]);
        distance += (w[j] - v[j]) * (w[j] - v[j]);
      }
      CHECK(change <= *constants.smoothness * *constants.smoothness * distance);
    }
  }

  TEST_CASE("unknown instances and unsuitable data are refused") {
    CHECK_THROWS_WITH_AS(data_problem("connect4-tree"), doctest::Contains("instance = connect4-tree"), DomainError);
    data::SparseDataset d;
    d.columns = 1;
    d.row_start = {0, 0};
    d.label = {2};
    CHECK_THROWS_WITH_AS(LinearProblem("bad", d, LinearProblem::Loss::hinge), doctest::Contains("label"), DomainError);
    CHECK_THROWS_AS(LinearProblem("bad", data::SparseDataset{}, LinearProblem::Loss::hinge, -1), DomainError);
    const auto names = data_problem_names();
    CHECK(std::count(names.begin(), names.end(), "fashion-mnist-network") == 1);
  }
}
