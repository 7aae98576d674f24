#include <doctest/doctest.h>
#include <omp.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "solvers/algorithms/asysvrg.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/pasgd.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/event_workers.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/serial.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/instances/nonsmooth.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

TEST_CASE("nothing is lost where nothing may be: f = sum x_j is a deterministic oracle") {
  const auto problem = linear(Vector(32, 1.0));
  const std::uint64_t steps = 100000;
  const double step = 0x1p-10;
  for (const MemoryPolicy policy : {MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent})
    for (const bool probes : {false, true}) {
      CAPTURE(to_string(policy));
      const Run run =
          openmp(Hogwild(*problem, {.step = step}), {.steps = steps, .threads = 4, .memory = policy, .probes = probes});
      for (const double x : run.x) CHECK(x == -step * static_cast<double>(steps));
    }
  // Every block has one writer: wild memory loses nothing either.
  const Subgradient passm(*problem, {.step = {.c = step}, .blocks = 4, .workers = 4, .all_owned_blocks = true});
  const Run run = openmp(passm, {.steps = steps, .threads = 4, .memory = MemoryPolicy::wild, .equal_shares = true});
  for (const double x : run.x) CHECK(x == -step * static_cast<double>(steps) / 4);
  // Wild memory never gains: each coordinate has moved at most as far.
  for (const double x : openmp(Hogwild(*problem, {.step = step}), {.steps = steps, .threads = 4}).x)
    CHECK(x >= -step * static_cast<double>(steps));
}

TEST_CASE("schedules keep their promises") {
  const auto problem = quadratic(1, 0.1);
  const auto ages = [&](SchedulePtr schedule) {
    std::vector<std::int64_t> result;
    replay(Hogwild(*problem, {.step = 0.01}), {.steps = 12, .schedule = std::move(schedule)},
           [&](const ReplayStep& s) { result.push_back(static_cast<std::int64_t>(s.job.step) - s.plan.label[0]); });
    return result;
  };
  using Ages = std::vector<std::int64_t>;
  CHECK(ages(no_delay()) == Ages(12, 0));
  CHECK(ages(constant_delay(3)) == Ages{0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3});
  CHECK(ages(saw_tooth_delay(2)) == Ages{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2});
  CHECK(ages(periodic_delay({0, 2})) == Ages{0, 1, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2});
  CHECK(ages(linear_growth(1)) == Ages{0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5});
  CHECK(ages(polynomial_growth(0, 2)) == Ages{0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 6, 7});
  for (const std::int64_t age : ages(uniform_delay(4))) CHECK(age <= 4);
  // Two workers with periods 2 and 3: updates at times 2, 3, 4, 6 (worker 0, then 1), 8, ...
  CHECK(ages(event_workers({.service = {fixed_service(2), fixed_service(3)}})) ==
        Ages{0, 1, 1, 0, 2, 0, 1, 1, 0, 2, 0, 1});
  // Worker 1 waits for the lock until 2 and holds it until 3, worker 0 has it again from 3 on: each misses the other.
  CHECK(ages(event_workers({.service = {fixed_service(1), fixed_service(1)}, .lock_hold = 1})) ==
        Ages{0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  CHECK(ages(independent_workers({1}, 4)) == Ages(12, 0));  // a worker does not miss its own writes
  CHECK_THROWS_AS(periodic_delay({}), DomainError);
  CHECK_THROWS_AS(linear_growth(-1), DomainError);
  CHECK_THROWS_AS(fixed_service(0), DomainError);
  // A label outside the past is refused.
  CHECK_THROWS_WITH_AS(
      ages(custom_labels([](std::uint64_t t, std::uint32_t) { return static_cast<std::int64_t>(t) + 1; },
                         [](std::uint64_t) { return std::int64_t{0}; }, "future")),
      doctest::Contains("label 1 of update 0"), DomainError);
}

TEST_CASE("the number of other updates during a computation is bounded by the service times") {
  // P workers with service in [a, b]: delay <= (P - 1) (floor(b/a) + 1).
  const auto problem = quadratic(1, 0.1);
  const Run run = replay(
      Hogwild(*problem, {.step = 0.01}),
      {.steps = 5000,
       .schedule = event_workers({.service = {uniform_service(1, 2), uniform_service(1, 2), uniform_service(1, 2)}})});
  CHECK(run.delays.before_read.max() <= 2 * 3);
  // With K workers the mean delay is at most K - 1.
  CHECK(run.delays.before_read.mean() <= 2);
}

TEST_CASE("the overwrite model and inconsistent reads act as defined") {
  const auto problem = linear({1, 1});
  const Run run = replay(Hogwild(*problem, {.step = 0.5}),
                         {.steps = 2000, .schedule = constant_delay(2), .overwrite = bernoulli_overwrite({1.0, 0.25})});
  CHECK(run.x[0] == -1000);
  CHECK(run.x[1] == -0.5 * run.survival[1] * 2000);
  CHECK(*run.alpha() == doctest::Approx(0.25).epsilon(0.2));
  // Constant gradient, nothing lost, consistent reads of age 2: the gap is exactly eta 2 |c|.
  const Run gap = replay(Hogwild(*problem, {.step = 0.5}), {.steps = 100, .schedule = constant_delay(2)});
  CHECK(gap.max_gap == doctest::Approx(0.5 * 2 * std::sqrt(2.0)));
  CHECK(gap.delays.before_read.max() == 2);
  CHECK(gap.delays.after_read.max() == 2);
  CHECK(gap.delays.after_write.max() == 3);
  // Reads that see every later update are reads of the present.
  const Run fresh =
      replay(Hogwild(*problem, {.step = 0.5}), {.steps = 100, .schedule = constant_delay(2), .inconsistent_read = 1.0});
  CHECK(fresh.max_gap == 0);
}

TEST_CASE("the observer sees w_t, w_hat_t, B_t and w_{t+1}") {
  const auto problem = quadratic(1, 0.5, 2);
  std::vector<Vector> states;
  replay(Hogwild(*problem, {.step = 0.1}),
         {.steps = 50, .schedule = uniform_delay(3), .overwrite = bernoulli_overwrite({0.5})},
         [&](const ReplayStep& s) {
           if (states.empty()) states.emplace_back(s.before.begin(), s.before.end());
           CHECK(Vector(s.before.begin(), s.before.end()) == states.back());
           CHECK(s.views[0] == states[static_cast<std::size_t>(s.plan.label[0])]);
           for (std::size_t j = 0; j < 2; ++j)
             CHECK(s.after[j] == (s.survives[j] ? s.before[j] - 0.1 * s.update.value[j] : s.before[j]));
           states.emplace_back(s.after.begin(), s.after.end());
         });
  CHECK(states.size() == 51);
}

TEST_CASE("runs are repeatable, and replicates differ") {
  const auto problem = quadratic(1, 0.5, 2);
  const Hogwild rule(*problem, {.step = 0.1});
  const auto run = [&](std::uint64_t seed, std::uint64_t replicate) {
    return replay(rule, {.steps = 50, .seed = seed, .replicate = replicate, .schedule = uniform_delay(3)}).x;
  };
  CHECK(run(1, 0) == run(1, 0));
  CHECK(run(1, 0) != run(1, 1));
  CHECK(run(1, 0) != run(2, 0));
  CHECK(replay(rule, {.steps = 50, .schedule = no_delay()}).x == serial(rule, {.steps = 50}).x);
  // One thread is the serial method, whatever the memory.
  for (const MemoryPolicy policy :
       {MemoryPolicy::wild, MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent})
    CHECK(openmp(rule, {.steps = 50, .memory = policy}).x == serial(rule, {.steps = 50}).x);
}

TEST_CASE("recorded threads replay to the same bits") {
  const auto noisy = with_noise(quadratic(1, 0.5, 8), 0.3);
  const RunOptions threads{.steps = 4000, .seed = 9, .trace = true, .threads = 2, .memory = MemoryPolicy::consistent};
  const auto check = [&](const auto& rule, const RunOptions& options) {
    const Run run = openmp(rule, options);
    RunOptions again{
        .steps = options.steps, .seed = options.seed, .trace = true, .schedule = recorded_schedule(run.trace)};
    const Run replayed = replay(rule, again);
    CHECK(run.memory == replayed.memory);
    CHECK(run.trace.block_labels == replayed.trace.block_labels);
  };
  SUBCASE("ASSM with consistent reads, shared momentum, global clock") {
    check(Subgradient(*noisy, {.step = {.kind = StepSize::Kind::power, .c = 0.2},
                               .momentum = 0.4,
                               .clock = Subgradient::Clock::global}),
          threads);
  }
  SUBCASE("PASSM, lock-free") {
    RunOptions wild = threads;
    wild.memory = MemoryPolicy::wild;
    wild.steps = 2000;
    check(Subgradient(*noisy,
                      {.step = {.kind = StepSize::Kind::power, .c = 0.2}, .momentum = 0.4, .blocks = 4, .workers = 2}),
          wild);
    check(Subgradient(*noisy, {.step = {.c = 0.02}, .blocks = 4, .workers = 2, .all_owned_blocks = true}), wild);
  }
  SUBCASE("PASGD, three gradients an update") {
    check(Pasgd(*noisy, {.step = 0.01, .workers = 3, .perturbation = 0.2, .gradient_noise = 0.1}), threads);
  }
}

TEST_CASE("delays of locked threads are bounded when asked, and a lonely thread has none") {
  const auto problem = with_noise(quadratic(1, 0.5, 64), 0.3);
  const Hogwild rule(*problem, {.step = 0.01});
  const Run alone = openmp(rule, {.steps = 1000, .probes = true});
  CHECK(alone.delays.before_read.max() == 0);
  CHECK(alone.delays.after_read.max() == 0);
  CHECK(alone.delays.after_write.max() == 1);
  const Run bounded =
      openmp(rule, {.steps = 5000, .threads = 4, .memory = MemoryPolicy::consistent, .probes = true, .max_delay = 1});
  CHECK(bounded.delays.before_read.max() <= 1);
  CHECK(bounded.delays.before_read.total() == 5000);
}

TEST_CASE("a run stops for the reason that it gives") {
  const auto problem = quadratic(1, 0, 2);
  const Evaluate evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
  const Hogwild rule(*problem, {.step = 0.1});
  const Run reached = serial(rule, {.steps = 10000, .evaluate = evaluate, .record_every = 10, .target = 1e-6});
  CHECK(reached.stop == Stop::target_reached);
  CHECK(reached.steps < 10000);
  CHECK(reached.curve.back().value <= 1e-6);
  const std::atomic<bool> interrupt{true};
  CHECK(serial(rule, {.steps = 1000, .interrupt = &interrupt}).stop == Stop::interrupted);
  CHECK(openmp(rule, {.steps = 100000, .interrupt = &interrupt, .threads = 2}).stop == Stop::interrupted);
  CHECK(
      openmp(Hogwild(*problem, {.step = 3}), {.steps = 100000, .evaluate = evaluate, .record_every = 100, .threads = 2})
          .stop == Stop::diverged);
  CHECK_THROWS_AS(serial(rule, {}), DomainError);
  CHECK_THROWS_AS(serial(rule, {.steps = 1, .schedule = no_delay()}), DomainError);
  CHECK_THROWS_AS(openmp(rule, {.steps = 1, .schedule = no_delay()}), DomainError);
  CHECK_THROWS_AS(replay(rule, {.steps = 1, .threads = 2}), DomainError);
  CHECK_THROWS_AS(Hogwild(*problem, {.step = -1}), DomainError);
}

TEST_CASE("a resumed run gives the bits of an uninterrupted one") {
  const auto noisy = with_noise(quadratic(1, 0.5, 3), 0.3);
  const Evaluate evaluate = [&](std::span<const double> x) { return Evaluation{noisy->value(x)}; };
  const auto check = [&](const auto& rule, RunOptions options) {
    options.steps = 200;
    options.evaluate = evaluate;
    options.record_every = 10;
    options.trace = true;
    const Run whole = replay(rule, options);
    std::string saved;
    RunOptions first = options;
    first.steps = 77;
    first.checkpoint_every = 77;
    first.checkpoint = [&](const Checkpoint& c) { saved = to_json(to_document(c)); };
    replay(rule, first);
    options.resume = std::make_shared<Checkpoint>(checkpoint_from(parse_json(saved)));
    const Run resumed = replay(rule, options);
    CHECK(resumed.memory == whole.memory);
    CHECK(resumed.steps == whole.steps);
    CHECK(resumed.mean_squared_gap == whole.mean_squared_gap);
    CHECK(resumed.survival == whole.survival);
    CHECK(resumed.curve.size() == whole.curve.size());
    CHECK(resumed.curve.back().value == whole.curve.back().value);
    CHECK(resumed.delays.before_read.counts() == whole.delays.before_read.counts());
    CHECK(resumed.trace.messages.size() == whole.trace.messages.size());
    options.seed = 12345;
    CHECK_THROWS_WITH_AS(replay(rule, options), doctest::Contains("its seed is"), DomainError);
  };
  check(Hogwild(*noisy, {.step = 0.1}),
        {.schedule = uniform_delay(5), .overwrite = bernoulli_overwrite({0.7}), .inconsistent_read = 0.4});
  check(Hogwild(*noisy, {.step = 0.1}), {});
  check(AsySvrg(*noisy, {.step = 0.1, .inner_steps = 30}), {.schedule = constant_delay(3)});
  check(Subgradient(*noisy, {.step = {.kind = StepSize::Kind::power}, .momentum = 0.5, .shared_momentum = false}),
        {.schedule = event_workers({.service = {exponential_service(1), uniform_service(1, 2)}})});
  CHECK_THROWS_AS(checkpoint_from(parse_json("{\"kind\": \"checkpoint\", \"schema\": 1}")), ParseError);
}

TEST_CASE("a stalled thread ends the run with a reason and a partial result") {
  const auto problem = quadratic(1, 0, 4);
  const Hogwild rule(*problem, {.step = 0.01});
  RunOptions options{.steps = 1'000'000'000, .threads = 2, .stall_limit = 0.4};
  options.work = [](std::uint32_t worker, std::uint64_t local) { return worker == 1 && local == 50 ? 1e4 : 0.0; };
  const Run run = openmp(rule, options);
  CHECK(run.stop == Stop::stalled);
  CHECK_MESSAGE(run.reason.find("thread 1 finished no message for") == 0, run.reason);
  CHECK_MESSAGE(run.reason.find("after 50 of its own") != std::string::npos, run.reason);
  CHECK(run.steps > 50);
  CHECK(run.x.size() == 4);
  CHECK(std::abs(run.x[0]) < 10);
  options.steps = 2000;
  options.work = {};
  options.stall_limit = 100;
  CHECK(openmp(rule, options).stop == Stop::finished);
  options.stall_limit = 0;
  CHECK_THROWS_AS(openmp(rule, options), DomainError);
}

TEST_CASE("the last point of the curve of threads is f of the iterate that the run returns") {
  const auto problem = with_noise(quadratic(1, 0.5, 8), 0.3);
  const Evaluate evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
  for (const std::uint64_t record_every : {100, 999}) {
    const Run run = openmp(Hogwild(*problem, {.step = 0.05}),
                           {.steps = 20000, .evaluate = evaluate, .record_every = record_every, .threads = 2});
    CHECK(run.curve.front().step == 0);
    CHECK(run.curve.back().step == 20000);
    CHECK(run.curve.back().value == problem->value(run.x));
    for (std::size_t i = 1; i < run.curve.size(); ++i) CHECK(run.curve[i - 1].step < run.curve[i].step);
    CHECK(run.unevaluated == 0);
  }
}

TEST_CASE("the clock ends a run of threads whose messages take long") {
  const auto problem = quadratic(1, 0.5, 2);
  RunOptions options{.steps = 1000, .time_limit = 0.1, .threads = 2};
  options.work = [](std::uint32_t, std::uint64_t) { return 0.02; };
  std::atomic<int> looks{0};
  options.progress = [&](const Position&) { ++looks; };
  const auto begin = std::chrono::steady_clock::now();
  const Run run = openmp(Hogwild(*problem, {.step = 0.05}), options);
  CHECK(run.stop == Stop::time_limit);
  CHECK(run.steps < 100);
  CHECK(looks > 1);
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() < 2);
}

TEST_CASE("Ctrl-C and the time limit end the evaluation of a curve, which then spans the run") {
  const auto problem = quadratic(1, 0.5, 2);
  std::atomic<bool> interrupt{false};
  RunOptions options{.steps = 2000, .threads = 2};
  options.evaluate = [&](std::span<const double> x) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return Evaluation{problem->value(x)};
  };
  options.record_every = 10;
  options.interrupt = &interrupt;
  options.progress = [&](const Position& p) { interrupt = p.evaluated >= 8; };
  const auto check = [&](const Run& run) {
    CHECK(run.steps == 2000);
    CHECK(run.unevaluated > 150);
    CHECK(run.curve.size() + run.unevaluated == 201);
    REQUIRE(run.curve.size() > 4);
    CHECK(run.curve.back().step == 2000);
    CHECK(run.curve.back().value == problem->value(run.x));
    CHECK(run.curve[run.curve.size() / 2].step > 500);
    CHECK(run.curve[run.curve.size() / 2].step < 1500);
    CHECK_MESSAGE(run.reason.find("while the curve was evaluated") != std::string::npos, run.reason);
    CHECK(run.curve_seconds > 0.02);
  };
  const Run interrupted = openmp(Hogwild(*problem, {.step = 0.05}), options);
  CHECK(interrupted.stop == Stop::interrupted);
  check(interrupted);
  options.progress = {};
  interrupt = false;
  options.time_limit = 0.3;
  const Run limited = openmp(Hogwild(*problem, {.step = 0.05}), options);
  CHECK(limited.stop == Stop::time_limit);
  check(limited);
  // Out of time already when the updates end: the curve has a second.
  options.steps = 1'000'000'000;
  options.record_every = 1'000'000;
  options.time_limit = 0.2;
  const Run late = openmp(Hogwild(*problem, {.step = 0.05}), options);
  CHECK(late.stop == Stop::time_limit);
  CHECK(late.steps < options.steps);
  CHECK(late.curve.size() >= 2);
}

TEST_CASE("what a thread throws reaches the caller, and a team that is too small is refused") {
  const auto problem = quadratic(1, 0.5, 2);
  const Hogwild rule(*problem, {.step = 0.05});
  RunOptions options{.steps = 1'000'000'000, .threads = 2};
  options.work = [](std::uint32_t worker, std::uint64_t local) -> double {
    if (worker == 1 && local == 30) throw std::domain_error("message 30");
    return 0;
  };
  CHECK_THROWS_WITH_AS(openmp(rule, options), "message 30", std::domain_error);
  options.work = {};
  options.steps = 100;
  options.record_every = 10;
  options.evaluate = [](std::span<const double> x) -> Evaluation {
    if (x[0] != 1) throw std::domain_error("a value");
    return {};
  };
  CHECK_THROWS_WITH_AS(openmp(rule, options), "a value", std::domain_error);
  options.record_every = 0;
  options.progress = [](const Position& p) {
    if (p.steps > 0) throw std::domain_error("progress");
  };
  options.steps = 1'000'000'000;
  CHECK_THROWS_WITH_AS(openmp(rule, options), "progress", std::domain_error);
  options.progress = {};
  options.steps = 100;
  std::atomic<int> messages{0};
  options.work = [&](std::uint32_t, std::uint64_t) { return ++messages, 0.0; };
  std::string refusal;
#pragma omp parallel num_threads(2)
#pragma omp single
  try {
    openmp(rule, options);  // a team inside a team has one thread
  } catch (const std::runtime_error& error) {
    refusal = error.what();
  }
  CHECK_MESSAGE(refusal.find("2 were asked for, the OpenMP runtime gives 1") != std::string::npos, refusal);
  CHECK(messages == 0);
}

TEST_CASE("threads go on from a checkpoint: nothing is lost or made twice, and one thread gives the same bits") {
  const auto noisy = with_noise(quadratic(1, 0.5, 3), 0.3);
  const auto counting = linear(Vector(8, 1.0));
  const auto resumed = [](const AnyRule& rule, RunOptions options, std::uint64_t first) {
    RunOptions part = options;
    part.steps = first;
    part.checkpoint_every = first / 3;
    std::string saved;
    part.checkpoint = [&](const Checkpoint& c) { saved = to_json(to_document(c)); };
    openmp(rule, part);
    options.resume = std::make_shared<Checkpoint>(checkpoint_from(parse_json(saved)));
    CHECK(options.resume->step == first);
    return openmp(rule, options);
  };
  RunOptions options{.steps = 500};
  options.evaluate = [&](std::span<const double> x) { return Evaluation{noisy->value(x)}; };
  options.record_every = 50;
  const auto same = [&](const AnyRule& rule) {
    const Run whole = openmp(rule, options), run = resumed(rule, options, 210);
    CHECK(run.memory == whole.memory);
    REQUIRE(run.curve.size() == whole.curve.size());
    for (std::size_t i = 0; i < run.curve.size(); ++i) CHECK(run.curve[i].value == whole.curve[i].value);
  };
  same(Hogwild(*noisy, {.step = 0.1}));
  same(AsySvrg(*noisy, {.step = 0.1, .inner_steps = 40}));
  same(Subgradient(
      *noisy, {.step = {.c = 0.1}, .momentum = 0.5, .clock = Subgradient::Clock::global, .shared_momentum = false}));
  const StepSize falling{.kind = StepSize::Kind::power, .c = 0.1};
  same(Subgradient(*noisy, {.step = falling, .clock = Subgradient::Clock::global}));
  same(Pasgd(*noisy, {.step = 0.01, .workers = 3, .perturbation = 0.2}));
  options = {.steps = 9000, .threads = 3, .memory = MemoryPolicy::atomic_add};
  const Hogwild sum(*counting, {.step = 0x1p-10});
  for (const double x : resumed(sum, options, 6000).x) CHECK(x == -9000 * 0x1p-10);
  options.probes = true;
  CHECK_THROWS_WITH_AS(resumed(sum, options, 6000), doctest::Contains("no records of messages"), DomainError);
  // A run that is cut short leaves a state from which the rest is made.
  options = {.steps = 4000, .time_limit = 0.05, .threads = 2, .memory = MemoryPolicy::atomic_add};
  options.work = [](std::uint32_t, std::uint64_t) { return 1e-3; };
  options.checkpoint_every = 4000;
  std::shared_ptr<Checkpoint> state;
  options.checkpoint = [&](const Checkpoint& c) { state = std::make_shared<Checkpoint>(c); };
  CHECK(openmp(sum, options).stop == Stop::time_limit);
  REQUIRE(state);
  CHECK(state->step < 4000);
  options.resume = state;
  options.time_limit = 1e9;
  options.work = {};
  for (const double x : openmp(sum, options).x) CHECK(x == -4000 * 0x1p-10);
  options.threads = 3;
  CHECK_THROWS_WITH_AS(openmp(sum, options), doctest::Contains("its threads is 2, the run's is 3"), DomainError);
  options.threads = 2;
  options.steps = options.resume->step - 1;
  CHECK_THROWS_WITH_AS(openmp(sum, options), doctest::Contains("or more, which checkpoint has made"), DomainError);
}

TEST_CASE("a checkpoint is refused by a run that would mix two records") {
  const auto noisy = with_noise(quadratic(1, 0.5, 3), 0.3);
  const Hogwild rule(*noisy, {.step = 0.1});
  RunOptions options{.steps = 100};
  options.evaluate = [&](std::span<const double> x) { return Evaluation{noisy->value(x)}; };
  options.record_every = 10;
  options.checkpoint_every = 100;
  std::shared_ptr<Checkpoint> state;
  options.checkpoint = [&](const Checkpoint& c) { state = std::make_shared<Checkpoint>(c); };
  serial(rule, options);
  options.resume = state;
  options.steps = 200;
  CHECK(serial(rule, options).curve.size() == 21);
  const auto refused = [&](auto change, const char* reason) {
    RunOptions other = options;
    change(other);
    CHECK_THROWS_WITH_AS(serial(rule, other), doctest::Contains(reason), DomainError);
  };
  refused([](RunOptions& o) { o.trace = true; }, "belongs to a run without one");
  refused([](RunOptions& o) { o.record_every = 5; }, "its record_every is 10, the run's is 5");
  refused([](RunOptions& o) { o.record_every = 0; }, "its record_every is 10, the run's is absent");
  refused([](RunOptions& o) { o.steps = 99; }, "steps = 99 is outside its domain: 100 or more");
}
