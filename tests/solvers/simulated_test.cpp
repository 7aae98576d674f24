#include "solvers/executors/simulated.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/trace_document.hpp"

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
    const SimulatedRun run = simulate(Hogwild(*problem, {.step = 1, .start = {0}}), {.steps = 4, .trace = true}, times);
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
      const SimulatedRun run = simulate(rule, {.steps = 3000, .seed = 5, .trace = true}, times);
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
    options.trace = true;
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

  TEST_CASE("delays of simulated threads in each convention, by hand") {
    // Thread 0 reads its two coordinates at 0 and 1, thread 1 too; they write at 2 (a store at 2, another at 4) and at
    // 2.5 (2.5 and 4.5), and read again from the end of their writes on.
    const auto problem = linear({1.0, 1.0});
    const EventTimes times{
        .compute = {fixed_service(1), fixed_service(1.5)}, .read_spacing = 1, .write_time = 0, .write_spacing = 2};
    const Run run = simulate(Hogwild(*problem, {.step = 1, .start = {0, 0}}), {.steps = 4, .trace = true}, times).run;
    REQUIRE(run.trace.messages.size() == 4);
    const auto message = [&](std::size_t t) { return run.trace.messages[t]; };
    CHECK(message(0).read_begin == 0);
    CHECK(message(0).read_end == 0);
    CHECK(message(0).write_end == 2);  // update 1 began before its end at 4
    CHECK(message(0).time == 4);
    CHECK(message(1).worker == 1);
    CHECK(message(1).write_end == 2);
    CHECK(message(2).worker == 0);
    CHECK(message(2).read_begin == 2);  // at 4, when updates 0 and 1 had begun
    CHECK(message(2).read_end == 2);
    CHECK(message(2).write_end == 4);
    CHECK(message(3).read_begin == 2);
    CHECK(message(3).time == 9);  // reads at 4.5 and 5.5, writes at 7 and 9
    using Counts = std::map<std::uint64_t, std::uint64_t>;
    CHECK(run.delays.before_read.counts() == Counts{{0, 2}, {1, 2}});
    CHECK(run.delays.after_read.counts() == Counts{{0, 2}, {1, 2}});
    CHECK(run.delays.after_write.counts() == Counts{{2, 4}});
    // Update 2 read coordinate 0 at 4 and coordinate 1 at 5: after both stores of updates 0 and 1 in the first, and of
    // both in the second (4 and 4.5). Update 3 missed update 2, which began at 6.
    CHECK(run.delays.label.counts() == Counts{{0, 2}, {1, 2}});
    CHECK(*run.inconsistent_reads == 0);
  }

  TEST_CASE("an inconsistent read by hand") {
    // Thread 1 reads coordinate 0 at 0 and coordinate 1 at 3; thread 0 has stored both at 2 in between.
    const auto problem = linear({1.0, 1.0});
    const EventTimes times{.compute = {fixed_service(2), fixed_service(1)}, .read_spacing = 0};
    const Hogwild rule(*problem, {.step = 1, .start = {0, 0}});
    CHECK(*simulate(rule, {.steps = 6}, times).run.inconsistent_reads == 0);
    EventTimes slow = times;
    slow.read_spacing = 3;  // thread 0 stores at 5, 10; thread 1 reads at (0, 3), stores at 4, reads at (4, 7)
    const SimulatedRun run = simulate(rule, {.steps = 3, .trace = true}, slow);
    CHECK(run.ancestry.worker == std::vector<std::uint32_t>{1, 0, 1});
    CHECK(run.ancestry.read == std::vector<std::uint32_t>{0, 0, 0, 0, 1, 2});
    CHECK(run.ancestry.inconsistent_reads() == std::vector<std::uint8_t>{0, 0, 1});
    CHECK(run.run.trace.messages[2].read_begin == 1);
    CHECK(run.run.trace.messages[2].read_end == 2);
    CHECK(*run.run.inconsistent_reads == 1);
    using Counts = std::map<std::uint64_t, std::uint64_t>;
    CHECK(run.run.delays.before_read.counts() == Counts{{0, 1}, {1, 2}});
    CHECK(run.run.delays.after_read.counts() == Counts{{0, 2}, {1, 1}});
    CHECK(run.run.delays.after_write.counts() == Counts{{1, 1}, {2, 2}});
    // Under one lock around reads and writes no read is torn.
    CHECK(*simulate(rule, {.steps = 200, .memory = MemoryPolicy::consistent}, slow).run.inconsistent_reads == 0);
  }

  TEST_CASE("memory policies of simulated threads: what may be lost, who waits, what is read") {
    constexpr std::size_t d = 3;
    const auto problem = linear(Vector(d, 1.0));
    const Hogwild rule(*problem, {.step = 1, .start = Vector(d, 0.0)});
    const EventTimes times{.compute = five, .read_spacing = 0.2, .write_time = 0.1, .write_spacing = 0.02};
    const auto run = [&](MemoryPolicy policy) {
      return simulate(rule, {.steps = 1000, .seed = 3, .trace = true, .memory = policy}, times);
    };
    for (const MemoryPolicy policy : {MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent}) {
      CAPTURE(to_string(policy));
      const SimulatedRun kept = run(policy);
      CHECK(*kept.run.alpha() == 1);
      for (const double x : kept.run.x) CHECK(x == -1000);
    }
    CHECK(*run(MemoryPolicy::wild).run.alpha() < 1);
    double waited = 0;
    for (const TraceMessage& m : run(MemoryPolicy::wild).run.trace.messages) waited += m.lock_wait;
    CHECK(waited == 0);
    const SimulatedRun locked = run(MemoryPolicy::locked), consistent = run(MemoryPolicy::consistent);
    for (const TraceMessage& m : locked.run.trace.messages) waited += m.lock_wait;
    CHECK(waited > 0);
    CHECK(*locked.run.inconsistent_reads > 0);
    CHECK(*consistent.run.inconsistent_reads == 0);
    CHECK(consistent.run.delays.before_read.counts() == consistent.run.delays.after_read.counts());
    // An update holds the lock from its first load to its last store, 0.1 * 3 + 0.02 * 2.
    for (const SimulatedRun* r : {&locked, &consistent})
      for (std::size_t t = 1; t < 1000; ++t) {
        const double begin = r->writes[t * d].begin;
        CHECK(begin >= r->writes[t * d - 1].end);
        CHECK(r->run.trace.messages[t].time == doctest::Approx(begin + 0.34).epsilon(1e-12));
      }
  }

  TEST_CASE("the trace of a simulated run replays to the same bits, with its curve, from its document") {
    const auto problem = with_noise(quadratic(1, 0.5, 8), 0.3);
    const Evaluate evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
    const EventTimes times{.compute = five, .read_spacing = 0.02, .write_time = 0.05, .write_spacing = 0.01};
    const auto check = [&](const auto& rule, RunOptions options, const EventTimes& t) {
      options.seed = 11;
      options.evaluate = evaluate;
      options.record_every = 7;
      options.trace = true;
      const Run run = simulate(rule, options, t).run;
      const std::string document = to_json(to_document(run));
      RunOptions again{
          .steps = run.steps, .seed = 11, .evaluate = evaluate, .record_every = 7, .target = options.target};
      again.trace = true;
      again.schedule = recorded_schedule(trace_from(parse_json(document)));
      CHECK(again.schedule->length() == run.steps);
      const Run same = replay(rule, again);
      CHECK(same.memory == run.memory);
      CHECK(same.survival == run.survival);
      CHECK(same.stop == run.stop);
      CHECK(same.delays.before_read.counts() == run.delays.before_read.counts());
      CHECK(same.delays.label.counts() == run.delays.label.counts());
      CHECK(same.inconsistent_reads == run.inconsistent_reads);
      CHECK(same.trace.stores == run.trace.stores);
      REQUIRE(same.curve.size() == run.curve.size());
      for (std::size_t i = 0; i < run.curve.size(); ++i) {
        CHECK(same.curve[i].value == run.curve[i].value);
        CHECK(same.curve[i].seconds == run.curve[i].seconds);
      }
      again.seed = 12;
      if (rule.blocks() == 1)
        CHECK(replay(rule, again).memory != run.memory);
      else
        CHECK_THROWS_WITH_AS(replay(rule, again), doctest::Contains("seed"), DomainError);  // other blocks are drawn
      again.steps -= 1;
      CHECK_THROWS_WITH_AS(replay(rule, again), doctest::Contains("the updates of the trace"), DomainError);
    };
    for (const MemoryPolicy policy :
         {MemoryPolicy::wild, MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent})
      check(Hogwild(*problem, {.step = 0.05}), {.steps = 500, .memory = policy}, times);
    check(Hogwild(*problem, {.step = 0.05}), {.steps = 500, .target = 1.0}, times);
    check(Subgradient(*problem, {.step = {.c = 0.2}, .momentum = 0.5, .blocks = 4, .workers = 2}), {.steps = 300},
          {.compute = {fixed_service(1), exponential_service(2)}, .read_spacing = 0.1, .write_time = 0.3});
    check(Subgradient(*problem, {.step = {.c = 0.2}, .momentum = 0.5, .shared_momentum = false}), {.steps = 300},
          times);
  }

  TEST_CASE("the gap that the replay of a trace adds is that of the states of the sequence") {
    // f = sum x_j counts: w_t is minus the number of survivors before t, and nothing is lost.
    const auto problem = linear({1.0});
    const Hogwild rule(*problem, {.step = 1, .start = {0}});
    const RunOptions options{.steps = 400, .seed = 4, .trace = true};
    const Run run = simulate(rule, options, {.compute = five}).run;
    const Run same = replay(rule, {.steps = 400, .seed = 4, .schedule = recorded_schedule(run.trace)});
    CHECK(same.max_gap == static_cast<double>(run.delays.label.max()));
    double squares = 0;
    for (const auto& [delay, count] : run.delays.label.counts())
      squares += static_cast<double>(delay * delay * count) / 400;
    CHECK(same.mean_squared_gap == doctest::Approx(squares).epsilon(1e-13));
  }

  TEST_CASE("a simulated run resumed between two events gives the bits of an uninterrupted one") {
    const auto problem = with_noise(quadratic(1, 0.5, 8), 0.3);
    const Evaluate evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
    const EventTimes times{.compute = five, .compute_words = "five", .read_spacing = 0.02, .write_time = 0.05};
    const auto check = [&](const auto& rule, RunOptions options, const EventTimes& t) {
      options.seed = 5;
      options.steps = 400;
      options.evaluate = evaluate;
      options.record_every = 9;
      options.trace = true;
      const SimulatedRun whole = simulate(rule, options, t);
      for (const std::uint64_t steps : {60, 240, 400}) {
        CAPTURE(steps);
        std::string saved;
        RunOptions first = options;
        first.steps = steps;
        first.checkpoint_every = 60;
        first.checkpoint = [&](const Checkpoint& c) { saved = to_json(to_document(c)); };
        simulate(rule, first, t);
        RunOptions rest = options;
        rest.resume = std::make_shared<Checkpoint>(checkpoint_from(parse_json(saved)));
        const SimulatedRun resumed = simulate(rule, rest, t);
        CHECK(resumed.run.memory == whole.run.memory);
        CHECK(resumed.run.steps == whole.run.steps);
        CHECK(resumed.ancestry.read == whole.ancestry.read);
        CHECK(resumed.ancestry.base == whole.ancestry.base);
        CHECK(resumed.run.trace.stores == whole.run.trace.stores);
        CHECK(resumed.run.survival == whole.run.survival);
        CHECK(resumed.run.delays.after_write.counts() == whole.run.delays.after_write.counts());
        CHECK(resumed.run.probes->lock_wait_total == whole.run.probes->lock_wait_total);
        CHECK(resumed.duration == whole.duration);
        REQUIRE(resumed.run.curve.size() == whole.run.curve.size());
        for (std::size_t i = 0; i < whole.run.curve.size(); ++i) {
          CHECK(resumed.run.curve[i].value == whole.run.curve[i].value);
          CHECK(resumed.run.curve[i].seconds == whole.run.curve[i].seconds);
        }
        rest.seed = 6;
        CHECK_THROWS_WITH_AS(simulate(rule, rest, t), doctest::Contains("seed"), DomainError);
        rest.seed = 5;
        EventTimes other = t;
        other.write_time += 0.5;
        CHECK_THROWS_WITH_AS(simulate(rule, rest, other), doctest::Contains("write_time"), DomainError);
        CHECK_THROWS_AS(replay(rule, {.steps = 400, .seed = 5, .resume = rest.resume}), DomainError);
      }
    };
    for (const MemoryPolicy policy :
         {MemoryPolicy::wild, MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent})
      check(Hogwild(*problem, {.step = 0.05}), {.memory = policy}, times);
    check(Subgradient(*problem, {.step = {.c = 0.2}, .momentum = 0.5, .blocks = 4, .workers = 2}), {},
          {.compute = {fixed_service(1), exponential_service(2)}, .read_spacing = 0.1, .write_time = 0.3});
    check(Hogwild(*problem, {.step = 0.05}), {}, {.compute = {fixed_service(1)}});
  }

  TEST_CASE("a simulated run that is interrupted leaves a checkpoint from which it goes on") {
    const auto problem = quadratic(1, 0, 4);
    const Hogwild rule(*problem, {.step = 0.01});
    const EventTimes times{.compute = five, .write_time = 0.2};
    std::atomic<bool> interrupt{false};
    RunOptions options{.steps = 1000, .interrupt = &interrupt};
    options.progress = [&](const Position& p) { interrupt = p.steps >= 304; };
    options.checkpoint_every = 1'000'000;
    std::string saved;
    options.checkpoint = [&](const Checkpoint& c) { saved = to_json(to_document(c)); };
    const SimulatedRun part = simulate(rule, options, times);
    CHECK(part.run.stop == Stop::interrupted);
    CHECK(part.run.steps < 1000);
    const SimulatedRun rest = simulate(
        rule, {.steps = 1000, .resume = std::make_shared<Checkpoint>(checkpoint_from(parse_json(saved)))}, times);
    CHECK(rest.run.memory == simulate(rule, {.steps = 1000}, times).run.memory);
  }

  TEST_CASE("a spoilt trace is refused") {
    const auto problem = linear({1.0, 1.0});
    const Hogwild rule(*problem, {.step = 1, .start = {0, 0}});
    const std::string good =
        to_json(to_document(simulate(rule, {.steps = 3, .trace = true}, {.compute = {fixed_service(1)}}).run), -1);
    CHECK(trace_from(parse_json(good)).ancestry.dimension == 2);
    const auto refused = [&](const std::string& from, const std::string& to, const char* reason) {
      std::string text = good;
      REQUIRE(text.find(from) != std::string::npos);
      text.replace(text.find(from), from.size(), to);
      CAPTURE(to);
      CHECK_THROWS_WITH_AS(trace_from(parse_json(text)), doctest::Contains(reason), ParseError);
    };
    refused("\"trace\"", "\"traces\"", "--trace");
    refused("\"0 0\"", "\"0 x\"", "the stamp 'x'");
    refused("\"0 0\"", "\"0\"", "1 stamps");
    refused("\"0 0\"", "\"0 1\"", "the stamp '1'");  // update 0 cannot read its own number
    refused("\"read_begin\"", "\"read\"", "columns");
    refused("\"stores\":[0,0", "\"stores\":[9,0", "update 9");
    refused("\"stores\":[0,0", "\"stores\":[0,1", "coordinate 1");
    CHECK_THROWS_AS(trace_from(parse_json("[1]")), ParseError);
    const auto larger = linear({1.0, 1.0, 1.0});
    CHECK_THROWS_WITH_AS(replay(Hogwild(*larger, {.step = 1}),
                                {.steps = 3, .schedule = recorded_schedule(trace_from(parse_json(good)))}),
                         doctest::Contains("2 coordinates"), DomainError);
  }
}
