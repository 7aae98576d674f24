#include "solvers/executors/stamped.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "lib/errors.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/event_workers.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/serial.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/instances/nonsmooth.hpp"
#include "solvers/probes/analysis.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

TEST_CASE("a small ancestry by hand") {
  // One coordinate, four updates. Update 1 read the start and replaced it, update 0 then replaced the start too (1 is
  // lost), 2 read and replaced 1 before that, 3 builds on 0.
  Ancestry a;
  a.dimension = 1;
  a.worker = {0, 1, 1, 0};
  a.local = {0, 0, 1, 1};
  a.read = {0, 0, 2, 1};
  a.base = {0, 0, 2, 1};
  a.final_stamp = {4};
  CHECK(a.survivors() == std::vector<std::uint8_t>{1, 0, 0, 1});
  // Update 2 saw the dead update 1 and not the surviving update 0: its reads agree with survival only before label 0.
  CHECK(a.read_labels() == std::vector<std::int64_t>{0, 0, 0, 3});
}

TEST_CASE("a read label knows the oldest update of a dead branch") {
  // Update 1 built on update 0, update 2 read and built on update 1, and update 3 replaced the start: only it survives.
  Ancestry a;
  a.dimension = 1;
  a.worker = {0, 0, 0, 1};
  a.local = {0, 1, 2, 0};
  a.read = {0, 1, 2, 0};
  a.base = {0, 1, 2, 0};
  a.final_stamp = {4};
  CHECK(a.read_labels() == std::vector<std::int64_t>{0, 0, 0, 3});
  CHECK(a.inconsistent_reads() == std::vector<std::uint8_t>{0, 1, 1, 0});
  a.read[1] = 0;  // then nobody has read update 0 itself, and update 2 finds it by going back
  CHECK(a.read_labels() == std::vector<std::int64_t>{0, 1, 0, 3});
}

TEST_CASE("the labels of a long dead branch are found in time that grows with its length, not its square") {
  // A store that stalled at the start replaces what 200 000 updates, each on the one before it, had made of a number.
  constexpr std::uint32_t updates = 200'000;
  Ancestry a;
  a.dimension = 1;
  for (std::uint32_t t = 0; t <= updates; ++t) {
    a.worker.push_back(t == 0 ? 1 : 0);
    a.local.push_back(t);
    a.read.push_back(t <= 1 ? 0 : t);
    a.base.push_back(t <= 1 ? 0 : t);
  }
  a.final_stamp = {1};
  const auto start = std::chrono::steady_clock::now();
  const auto labels = a.read_labels();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  CHECK(labels[0] == 0);
  CHECK(labels[1] == 0);  // the stalled update survives, and was not seen
  CHECK(labels[updates] == 0);
  CHECK(seconds < 1);  // the square took minutes
}

TEST_CASE("stamped threads: exact survival, delays and replay") {
  const auto problem = with_noise(quadratic(1, 0.5, 16), 0.3);
  const Hogwild rule(*problem, {.step = 0.01});
  const RunOptions options{.steps = 5000, .seed = 7, .threads = 4, .equal_shares = true};
  const StampedRun wild = openmp_stamped(rule, options);
  CHECK(replay_stamped(rule, options, wild.ancestry) == wild.run.memory);
  CHECK(*wild.run.alpha() > 0);
  CHECK(*wild.run.alpha() <= 1);
  CHECK(wild.run.delays.label.total() == 5000);
  RunOptions lossless = options;
  lossless.memory = MemoryPolicy::atomic_add;
  const StampedRun kept = openmp_stamped(rule, lossless);
  CHECK(*kept.run.alpha() == 1);
  CHECK(replay_stamped(rule, lossless, kept.ancestry) == kept.run.memory);
  const StampedRun alone = openmp_stamped(rule, {.steps = 500});
  CHECK(*alone.run.alpha() == 1);
  CHECK(alone.run.delays.label.max() == 0);
  const Subgradient passm(*problem, {.step = {.c = 0.02}, .momentum = 0.5, .blocks = 4, .workers = 4});
  const StampedRun blocks = openmp_stamped(passm, options);
  CHECK(*blocks.run.alpha() == 1);
  CHECK(replay_stamped(passm, options, blocks.ancestry) == blocks.run.memory);
  CHECK_THROWS_AS(openmp_stamped(rule, {.steps = 10, .memory = MemoryPolicy::locked}), DomainError);
}

TEST_CASE("openmp with stamps: alpha, labels, inconsistent reads and the gap beside its own probes, and a replay") {
  const auto problem = with_noise(quadratic(1, 0.5, 16), 0.3);
  const Hogwild rule(*problem, {.step = 0.01});
  RunOptions options{.steps = 3000, .seed = 7};
  options.evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
  options.record_every = 1000;
  options.trace = options.stamps = true;
  options.equal_shares = true;
  // Thread 0 lets thread 1 make a few updates between a read and its write, and so misses them.
  std::atomic<bool> waits{false};
  std::atomic<std::uint64_t> others{0};
  options.work = [&](std::uint32_t worker, std::uint64_t local) {
    if (worker == 1) others = local;
    if (worker == 0 && local == 10) waits = true;
    while (options.threads == 2 && (worker == 0 ? local == 10 && others < 5 : local == 0 && !waits))
      std::this_thread::yield();
    return 0.0;
  };
  for (const int threads : {1, 2})
    for (const MemoryPolicy memory : {MemoryPolicy::wild, MemoryPolicy::atomic_add}) {
      options.threads = threads;
      options.memory = memory;
      others = 0;
      waits = false;
      const Run run = openmp(rule, options);
      CHECK(run.delays.label.total() == 3000);
      CHECK(run.delays.before_read.total() == 3000);
      CHECK(run.gaps == 3000);
      CHECK((run.max_gap == 0) == (threads == 1));
      CHECK(run.inconsistent_reads.has_value());
      if (threads == 1 || memory == MemoryPolicy::atomic_add) CHECK(*run.alpha() == 1);
      CHECK(run.curve.size() == 4);
      CHECK(run.curve.back().value == problem->value(run.x));
      const Run again =
          replay(rule, {.steps = 3000, .seed = 7, .trace = true, .schedule = recorded_schedule(run.trace)});
      CHECK(again.memory == run.memory);
      CHECK(again.survival == run.survival);
      CHECK(again.mean_squared_gap == run.mean_squared_gap);
    }
  // What ends early is stamped as far as it came; writes that are no additions have no gap.
  options.trace = false;
  options.record_every = 0;
  options.steps = 100000;
  options.time_limit = 0.05;
  options.work = [](std::uint32_t, std::uint64_t) { return 1e-3; };
  const Run cut = openmp(rule, options);
  CHECK(cut.stop == Stop::time_limit);
  CHECK(cut.delays.label.total() == cut.steps);
  options.time_limit = 1000;
  options.steps = 50;
  const Run shared =
      openmp(Subgradient(*problem, {.step = {.c = 0.02}, .momentum = 0.5, .shared_momentum = true}), options);
  CHECK(shared.gaps == 0);
  CHECK(shared.delays.label.total() == 50);
  options.steps = (1 << 23) + 1;
  CHECK_THROWS_WITH_AS(openmp(rule, options), doctest::Contains("2^27"), DomainError);
}

TEST_CASE("the theory's (3): a read is w_a(t) plus some of the later updates") {
  // f = sum x_j with step 1: the number of updates in a value is its negative, so that (3) can be checked with
  // integers.
  const auto problem = linear(Vector(4, 1.0));
  const Hogwild rule(*problem, {.step = 1});
  const StampedRun run = openmp_stamped(rule, {.steps = 4000, .threads = 4, .equal_shares = true});
  const Ancestry& a = run.ancestry;
  const auto survived = a.survivors();
  const auto labels = a.read_labels();
  for (std::size_t j = 0; j < 4; ++j) {
    std::vector<int> value(a.steps() + 1, 0), state(a.steps() + 1, 0);
    std::vector<std::uint8_t> done(a.steps() + 1, 0);
    for (std::size_t t = 0; t < a.steps(); ++t) state[t + 1] = state[t] + survived[t * 4 + j];
    CHECK(-run.run.memory[j] == state[a.steps()]);
    for (std::size_t t = 0; t < a.steps(); ++t) {
      int seen = 0;
      for (std::uint32_t s = a.read[t * 4 + j]; s != 0; s = a.base[(s - 1) * 4 + j]) ++seen;
      const auto label = static_cast<std::size_t>(labels[t]);
      CHECK(seen >= state[label]);
      CHECK(seen <= state[label] + static_cast<int>(t - label));
    }
  }
}

TEST_CASE("what a trace says about blocks and workers") {
  const auto problem = quadratic(1, 0.1, 4);
  const Subgradient rule(*problem, {.step = {.c = 0.01}, .blocks = 2, .workers = 2});
  const Run run = replay(
      rule, {.steps = 3000,
             .trace = true,
             .schedule =
                 event_workers({.service = {fixed_service(1), fixed_service(2)}, .read_spacing = 0.125, .blocks = 2})});
  const auto share = worker_shares(run.trace);
  CHECK(share[0] == doctest::Approx(2.125 / 3.25).epsilon(0.01));
  CHECK(block_frequencies(run.trace, 2)[0] == doctest::Approx(share[0]));
  const auto given = conditional_block_frequencies(run.trace, 2);
  CHECK(given[0] + given[1] == doctest::Approx(1));
  CHECK(given[3] == 0);  // the slow worker never writes twice in a row
  CHECK(own_block_ages(run.trace).max() == 0);
  const auto times = inter_update_times(run.trace, 2, true);
  CHECK(*std::max_element(times[1].begin(), times[1].end()) <= 3);
  const Run threads = openmp(rule, {.steps = 2000, .trace = true, .threads = 2, .equal_shares = true});
  CHECK(own_block_ages(threads.trace).max() == 0);
  CHECK(worker_shares(threads.trace)[0] == doctest::Approx(0.5));
  CHECK(lock_waits(threads.trace).size() == 2000);
}

TEST_CASE("the summary of a trace, by hand") {
  // Workers 0, 1, 0, 0 at the times 1, 2, 4, 7, with lock waits 0, 1, 0, 3.
  Trace trace;
  trace.workers = 2;
  const std::vector<std::uint32_t> workers{0, 1, 0, 0};
  const std::vector<double> times{1, 2, 4, 7}, waits{0, 1, 0, 3};
  for (std::size_t t = 0; t < 4; ++t)
    trace.messages.push_back({.step = t, .worker = workers[t], .time = times[t], .lock_wait = waits[t]});
  const TraceSummary s = summarise(trace, 1, true);
  CHECK_FALSE(s.blocks);
  CHECK(s.worker_shares == std::vector<double>{0.75, 0.25});
  CHECK(s.frequencies == std::vector<double>{0.75, 0.25});
  CHECK(s.conditional == std::vector<double>{0.5, 0.5, 1, 0});
  CHECK(s.least_conditional == 0);
  CHECK(s.updates_between[0].count == 2);
  CHECK(s.updates_between[0].mean == 1.5);
  CHECK(s.updates_between[0].max == 2);
  CHECK(s.updates_between[1].count == 0);
  CHECK(s.time_between[0].p50 == 3);
  CHECK(s.time_between[0].mean == 3);
  CHECK(s.lock_wait->count == 4);
  CHECK(s.lock_wait->p50 == 0);
  CHECK(s.lock_wait->p99 == 3);
  CHECK(s.lock_wait_total == 4);
  CHECK_FALSE(s.own_block_ages);
  CHECK_FALSE(summarise(trace, 1, false).lock_wait);
  trace.messages.resize(3);
  trace.messages[1].worker = 0;
  trace.messages[2].worker = 1;
  CHECK(conditional_block_frequencies(trace, 2) == std::vector<double>{0.5, 0.5, 0, 0});
}

TEST_CASE("the age of an own block counts the block's updates that its next writer had not seen") {
  // One block, written by updates 0, 1, 2; their writers saw the states with labels 0, 0, 2: none, one and none missed.
  Trace trace;
  trace.blocks = 1;
  for (std::size_t t = 0; t < 3; ++t) trace.messages.push_back({.step = t, .block = 0, .block_count = 1});
  trace.block_labels = {0, 0, 2};
  CHECK(own_block_ages(trace).counts() == std::map<std::uint64_t, std::uint64_t>{{0, 2}, {1, 1}});
}

TEST_CASE("probes measure the same whether the trace is kept or not") {
  const auto problem = quadratic(1, 0.1, 4);
  const Hogwild rule(*problem, {.step = 0.01});
  for (const bool trace : {false, true}) {
    const Run run = openmp(rule, {.steps = 2000,
                                  .trace = trace,
                                  .threads = 2,
                                  .memory = MemoryPolicy::locked,
                                  .equal_shares = true,
                                  .probes = true});
    REQUIRE(run.probes);
    CHECK(run.probes->worker_shares == std::vector<double>{0.5, 0.5});
    CHECK(run.probes->lock_wait->count == 2000);
    CHECK(run.trace.messages.size() == (trace ? 2000 : 0));
  }
  CHECK_FALSE(openmp(rule, {.steps = 100, .threads = 2}).probes);
}
