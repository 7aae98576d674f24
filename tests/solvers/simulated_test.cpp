#include "solvers/executors/simulated.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "lib/errors.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/analytic.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

namespace {

const std::vector<ServiceLaw> five{exponential_service(1), exponential_service(1), uniform_service(0.5, 1.5),
                                   uniform_service(0.5, 3), fixed_service(1)};

/// Which writes survive, from the times alone: the last store does, and then always the last store up to the load of
/// the write that survived before.
std::vector<std::uint8_t> survivors_by_time(const SimulatedRun& run, std::size_t d, std::size_t steps) {
  std::vector<std::uint8_t> alive(steps * d, 0);
  std::vector<double> until(d, 1e300);
  for (auto w = run.writes.rbegin(); w != run.writes.rend(); ++w) {
    if (w->end > until[w->coordinate]) continue;
    alive[w->label * d + w->coordinate] = 1;
    until[w->coordinate] = w->begin;
  }
  return alive;
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("two simulated threads by hand: the overlapping write is lost, and no other") {
    // Thread 0 writes during [1, 2), thread 1 during [1.5, 2.5): the store at 2 is overwritten from the number of 1.5.
    // Then [3, 4) and, from the very moment of that store, [4, 5).
    const auto problem = linear({1.0});
    const EventTimes times{.compute = {fixed_service(1), fixed_service(1.5)}, .write_time = 1};
    const SimulatedRun run = simulate(Hogwild(*problem, {.step = 1, .start = {0}}), {.steps = 4}, times);
    CHECK(run.ancestry.worker == std::vector<std::uint32_t>{0, 1, 0, 1});
    CHECK(run.ancestry.survivors() == std::vector<std::uint8_t>{0, 1, 1, 1});
    CHECK(run.run.x[0] == -3);
    CHECK(*run.run.alpha() == 0.75);
    CHECK(run.duration == 5);
    REQUIRE(run.writes.size() == 4);
    CHECK(run.writes[1].begin == 1.5);
    CHECK(run.writes[1].end == 2.5);
    // Update 2 read at 2, when update 0 was there and would not survive; update 3 read before update 2.
    CHECK(run.ancestry.read_labels() == std::vector<std::int64_t>{0, 1, 0, 2});
  }

  TEST_CASE("a write of zero length loses nothing, a longer one what its times say") {
    constexpr std::size_t d = 6;
    const auto problem = linear(Vector(d, 1.0));
    const Hogwild rule(*problem, {.step = 1, .start = Vector(d, 0.0)});
    double before = 1;
    for (const double write_time : {0.0, 0.01, 0.1}) {
      CAPTURE(write_time);
      const EventTimes times{
          .compute = five, .read_spacing = 0.02, .write_time = write_time, .write_spacing = write_time / 2};
      const SimulatedRun run = simulate(rule, {.steps = 3000, .seed = 5}, times);
      const auto alive = run.ancestry.survivors();
      CHECK(alive == survivors_by_time(run, d, 3000));
      for (std::size_t j = 0; j < d; ++j) {
        long survived = 0;
        for (std::size_t t = 0; t < 3000; ++t) survived += alive[t * d + j];
        CHECK(run.run.x[j] == -static_cast<double>(survived));  // f = sum x_j counts what arrived
        CHECK(run.run.survival[j] == doctest::Approx(static_cast<double>(survived) / 3000).epsilon(1e-14));
      }
      if (write_time == 0) {
        CHECK(*run.run.alpha() == 1);
      } else {
        CHECK(*run.run.alpha() < before);
      }
      before = *run.run.alpha();
      for (std::size_t t = 0; t < 3000; ++t)
        for (std::size_t j = 0; j < d; ++j) CHECK_UNARY(run.ancestry.read[t * d + j] <= t);
      const SimulatedRun again = simulate(rule, {.steps = 3000, .seed = 5}, times);
      CHECK(again.run.memory == run.run.memory);
      CHECK(again.ancestry.read == run.ancestry.read);
    }
  }

  TEST_CASE("the rate of lost stores against its exact value for two threads in lock step") {
    // Both load at the same moments and store at the same moments: the first of every pair is lost.
    const auto problem = linear({1.0, 1.0});
    const EventTimes times{.compute = {fixed_service(1), fixed_service(1)}, .write_time = 0.25};
    const SimulatedRun run = simulate(Hogwild(*problem, {.step = 1, .start = {0, 0}}), {.steps = 400}, times);
    CHECK(*run.run.alpha() == 0.5);
    CHECK(run.run.x == std::vector<double>{-200, -200});
  }

  TEST_CASE("without times of its own a simulated run is the replay of the event queue, bit for bit") {
    const auto problem = with_noise(quadratic(1, 0.5, 8), 0.3);
    const Hogwild rule(*problem, {.step = 0.05});
    const std::vector<ServiceLaw> laws{exponential_service(1), exponential_service(0.5), exponential_service(2)};
    const SimulatedRun run = simulate(rule, {.steps = 2000, .seed = 9}, {.compute = laws});
    const Run same = replay(rule, {.steps = 2000, .seed = 9, .schedule = event_workers({.service = laws})});
    CHECK(run.run.memory == same.memory);
    CHECK(run.run.delays.before_read.counts() == same.delays.before_read.counts());
  }

  TEST_CASE("HW loses stores; under ASSM's lock writes exclude each other and nothing is lost") {
    const auto problem = linear(Vector(4, 1.0));
    const Subgradient rule(*problem, {.step = {.c = 0.5, .exponent = 0}, .start = Vector(4, 0.0)});
    const EventTimes times{.compute = five, .read_spacing = 0.05, .write_time = 0.1};
    RunOptions options{.steps = 1000, .seed = 2};
    const SimulatedRun hw = simulate(rule, options, times);
    CHECK(*hw.run.alpha() < 1);
    options.memory = MemoryPolicy::locked;
    const SimulatedRun assm = simulate(rule, options, times);
    CHECK(*assm.run.alpha() == 1);
    for (const double x : assm.run.x) CHECK(x == -500);
    for (std::size_t w = 1; w < assm.writes.size(); ++w) CHECK_UNARY(assm.writes[w].begin >= assm.writes[w - 1].end);
    CHECK(assm.duration > hw.duration);  // waiting costs time
  }

  TEST_CASE("what simulated threads refuse") {
    const auto problem = quadratic(1, 0, 4);
    const EventTimes times{.compute = {fixed_service(1)}};
    const Hogwild rule(*problem, {.step = 0.1});
    CHECK_THROWS_AS(simulate(rule, {.steps = 10}, {}), DomainError);
    CHECK_THROWS_AS(simulate(rule, {.steps = 10}, {.compute = {fixed_service(1)}, .write_time = -1}), DomainError);
    CHECK_THROWS_AS(simulate(rule, {.steps = 10, .memory = MemoryPolicy::consistent}, times), DomainError);
    CHECK_THROWS_AS(simulate(rule, {.steps = 10, .schedule = constant_delay(1)}, times), DomainError);
    const Subgradient shared(*problem, {.step = {.c = 0.1}, .momentum = 0.5});
    CHECK_THROWS_WITH_AS(simulate(shared, {.steps = 10}, times), doctest::Contains("additions"), DomainError);
  }

  TEST_CASE("a simulated run obeys targets and reports divergence") {
    const auto problem = quadratic(1, 0, 4);
    const Evaluate value = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
    const EventTimes times{.compute = {fixed_service(1), fixed_service(1.5)}, .write_time = 0.1};
    RunOptions options{.steps = 5000, .evaluate = value, .record_every = 10};
    options.target = 1e-3;
    const SimulatedRun reached = simulate(Hogwild(*problem, {.step = 0.05}), options, times);
    CHECK(reached.run.stop == Stop::target_reached);
    CHECK(reached.run.curve.back().seconds > 0);
    CHECK(reached.ancestry.steps() == reached.run.steps);
    CHECK(simulate(Hogwild(*problem, {.step = 5}), {.steps = 5000}, times).run.stop == Stop::diverged);
  }
}
