#include "solvers/kernels/network_training.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <memory>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/random.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/kernels/sampling.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

/// Sixty rows of twelve inputs; the class is the input with the largest value, modulo 3.
instances::NetworkProblem small_problem() {
  RandomStream random(3, stream_key("training test"));
  auto set = std::make_shared<data::ClassificationData>();
  set->classes = 3;
  set->training.columns = 12;
  for (std::size_t r = 0; r < 60; ++r) {
    double largest = 0;
    std::uint32_t best = 0;
    for (std::uint32_t c = 0; c < 12; ++c) {
      if (random.bernoulli(0.4)) continue;
      set->training.column.push_back(c);
      set->training.value.push_back(random.uniform() + 0.01);
      if (set->training.value.back() > largest) {
        largest = set->training.value.back();
        best = c;
      }
    }
    set->training.row_start.push_back(set->training.column.size());
    set->training.label.push_back(best % 3);
  }
  return {"small", std::move(set), 9};
}

const RunOptions one_pass{.steps = 60, .seed = 7};

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("the training curve starts at f and is made of the methods' own updates") {
    const auto problem = small_problem();
    const std::size_t d = problem.dimension(), n = problem.terms();
    const double step = 0.1;
    for (const bool reduced : {false, true}) {
      CAPTURE(reduced);
      Vector w = problem.start(), full(d), here(d), there(d);
      const Vector snapshot = w;
      problem.gradient(w, full);
      UniformSampling rows(n, one_pass.seed, 0);
      for (std::size_t s = 0; s < n; ++s) {
        const std::size_t i = rows.next();
        problem.term_gradient(i, w, here);
        problem.term_gradient(i, snapshot, there);
        for (std::size_t j = 0; j < d; ++j) w[j] -= step * (reduced ? here[j] - there[j] + full[j] : here[j]);
      }
      const Run run =
          train_network(problem, {.variance_reduced = reduced, .units = 1e9, .unit_seconds = 1}, step, one_pass);
      REQUIRE(run.curve.size() == 2);
      CHECK(run.curve[0].value == doctest::Approx(problem.value(snapshot)).epsilon(1e-12));
      CHECK(run.curve[1].value == doctest::Approx(problem.value(w)).epsilon(1e-9));
      problem.gradient(w, here);
      CHECK(run.curve[1].gradient_norm == doctest::Approx(std::sqrt(squared_norm(here))).epsilon(1e-9));
      CHECK(run.curve[1].passes == (reduced ? 3 : 1));
      CHECK(run.curve[1].units == run.curve[1].seconds);
      CHECK(run.steps == n);
    }
  }

  TEST_CASE("units are CPU time, end the run, and lie between the points of the curve") {
    const auto problem = small_problem();
    const double unit = training_unit(problem, {32, false}, 1);
    CHECK(unit > 0);
    const Run run = train_network(problem, {.units = 4, .unit_seconds = unit}, 0.1, {.threads = 2});
    REQUIRE(run.curve.size() >= 2);
    CHECK(run.stop == Stop::finished);
    CHECK(run.curve.back().units >= 4);
    CHECK(run.curve[run.curve.size() - 2].units < 4);
    const double middle = (run.curve[0].units + run.curve[1].units) / 2;
    CHECK(value_at(run.curve, middle) == doctest::Approx((run.curve[0].value + run.curve[1].value) / 2));
    CHECK(value_at(run.curve, 1e9) == run.curve.back().value);
  }

  TEST_CASE("the best step is that of the least value, and a target ends the search") {
    const auto problem = small_problem();
    RunOptions options = one_pass;
    options.steps = 600;
    const NetworkTraining method{.units = 1e9, .unit_seconds = 1};
    const Run best = train_network_best(problem, method, {1e-5, 0.2, 1e-4}, options);
    CHECK(to_document(best).find("realised") != nullptr);
    CHECK(to_text(*best.details.find("step"), 3) == "0.2");
    CHECK(best.details.find("steps_tried")->get<List>()->size() == 3);
    options.target = best.curve.back().value;
    const Run reached = train_network_best(problem, method, {1e-5, 0.2, 1e-4}, options);
    CHECK(reached.stop == Stop::target_reached);
    CHECK(reached.details.find("steps_tried")->get<List>()->size() == 2);
    const Run wild = train_network(problem, method, 500, {.steps = 600, .divergence = 5});
    CHECK(wild.stop == Stop::diverged);
  }

  TEST_CASE("steps bound the updates exactly, and replicates differ") {
    const auto problem = small_problem();
    for (const bool reduced : {false, true})
      for (const int threads : {1, 2}) {
        const NetworkTraining method{.variance_reduced = reduced, .units = 1e9, .unit_seconds = 1};
        RunOptions options{.steps = 75, .seed = 7, .threads = threads};
        const Run run = train_network(problem, method, 0.1, options);
        CHECK(run.steps == 75);
        CHECK(run.curve.size() == 3);
        CHECK(run.curve.back().passes == (reduced ? 2 + 2 * 75 / 60.0 : 75 / 60.0));
        options.replicate = 1;
        CHECK(train_network(problem, method, 0.1, options).x != run.x);
      }
  }

  TEST_CASE("a search that is cut keeps the best step before it, and goes on from its last pass") {
    const auto problem = small_problem();
    const std::vector<double> steps{0.05, 0.2, 1e-4};
    for (const bool reduced : {false, true}) {
      const NetworkTraining method{.variance_reduced = reduced, .units = 1e9, .unit_seconds = 1};
      RunOptions options{.steps = 600, .seed = 7};
      const Run whole = train_network_best(problem, method, steps, options);
      // Interrupted in the third step after three passes, then in the first.
      for (const std::size_t at : {2, 0}) {
        std::atomic<bool> interrupt{false};
        std::shared_ptr<Checkpoint> state;
        std::size_t saves = 0;
        RunOptions cut = options;
        cut.interrupt = &interrupt;
        cut.checkpoint_every = 60;
        cut.checkpoint = [&](const Checkpoint& c) {
          state = std::make_shared<Checkpoint>(checkpoint_from(parse_json(to_json(to_document(c)))));
          if (++saves == 10 * at + 3) interrupt = true;
        };
        const Run run = train_network_best(problem, method, steps, cut);
        CHECK(run.stop == Stop::interrupted);
        CHECK(to_text(*run.details.find("step"), 3) == (at == 0 ? "0.05" : "0.2"));
        if (at > 0) CHECK(run.x == whole.x);
        if (at > 0) CHECK_MESSAGE(run.reason.find("best of those before it is kept") != std::string::npos, run.reason);
        REQUIRE(state);
        CHECK(state->step == 180);
        RunOptions rest = options;
        rest.resume = state;
        const Run again = train_network_best(problem, method, steps, rest);
        CHECK(again.stop == Stop::finished);
        CHECK(again.x == whole.x);
        CHECK(again.details.find("steps_tried")->get<List>()->size() == 3);
        REQUIRE(again.curve.size() == whole.curve.size());
        CHECK(again.curve.back().value == whole.curve.back().value);
        rest.seed = 8;
        CHECK_THROWS_WITH_AS(train_network_best(problem, method, steps, rest), doctest::Contains("seed"), DomainError);
        rest.seed = 7;
        CHECK_THROWS_AS(train_network_best(problem, method, {0.05, 0.1}, rest), ParseError);
      }
    }
  }

  TEST_CASE("settings outside their domains are refused") {
    const auto problem = small_problem();
    CHECK_THROWS_AS(train_network(problem, {.units = 0, .unit_seconds = 1}, 0.1, {}), DomainError);
    CHECK_THROWS_AS(train_network(problem, {.units = 1}, 0.1, {}), DomainError);
    CHECK_THROWS_AS(train_network(problem, {.units = 1, .unit_seconds = 1}, 0, {}), DomainError);
    CHECK_THROWS_AS(train_network(problem, {.units = 1, .unit_seconds = 1}, 1000, {}),
                    DomainError);  // step penalty = 1
    CHECK_THROWS_AS(train_network(problem, {.units = 1, .unit_seconds = 1}, 0.1, {.threads = 0}), DomainError);
    CHECK_THROWS_AS(train_network_best(problem, {.units = 1, .unit_seconds = 1}, {}, {}), DomainError);
  }
}
