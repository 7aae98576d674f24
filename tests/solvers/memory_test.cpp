// What memory policies and probes promise, with reads and writes so slow that threads meet inside them on any machine.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include "solvers/executors/openmp.hpp"
#include "solvers/executors/stamped.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

void wait_a_little() { std::this_thread::sleep_for(std::chrono::microseconds(20)); }

/// Counts updates in both coordinates. Between load and store, between the coordinates, and before a read, time passes.
struct SlowCounter : RuleBase {
  struct Sample {};
  std::atomic<int>* torn;  ///< reads that saw an update in one coordinate only

  std::string name() const { return "slow counter"; }
  std::vector<double> initial() const { return {0, 0}; }
  Sample draw(RandomStream&, const Job&) const {
    wait_a_little();
    return {};
  }
  void compute(std::span<const double> view, const Sample&, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    *torn += view[0] != view[1] ? 1 : 0;
    update.reset_dense(2);
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t j = 0; j < update.value.size(); ++j)
      memory.transform(j, [](double x) {
        wait_a_little();
        return x + 1;
      });
  }
};

/// Two workers, each with a block so long that reading and writing it takes a while; every write adds 1 to all of it.
struct LongBlocks : RuleBase {
  struct Sample {};
  static constexpr std::size_t length = 20000;
  std::atomic<int>* torn;  ///< reads of a block whose coordinates differ

  std::string name() const { return "long blocks"; }
  std::vector<double> initial() const { return std::vector<double>(2 * length, 0.0); }
  std::uint32_t workers() const { return 2; }
  std::size_t blocks() const { return 2; }
  std::size_t block_of(std::size_t j) const { return j / length; }
  std::pair<std::uint32_t, std::uint32_t> written_blocks(const Sample&, const Job& job) const {
    return {job.worker, 1};
  }
  Sample draw(RandomStream&, const Job&) const { return {}; }
  void compute(std::span<const double> view, const Sample&, RandomStream&, const Job& job, std::span<double>,
               Update& update) const {
    for (const auto block : {view.first(length), view.last(length)})
      *torn += std::count(block.begin(), block.end(), block[0]) == length ? 0 : 1;
    std::vector<std::uint32_t> own(length);
    std::iota(own.begin(), own.end(), static_cast<std::uint32_t>(job.worker * length));
    update.reset_sparse(own);
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t e = 0; e < update.value.size(); ++e) memory.add(update.coordinate(e), 1);
  }
};

/// What is missing from one coordinate after two threads have added 1 to it, in batches that both begin together, so
/// that they meet whenever the machine has a core for each.
template <class Memory>
long missing_additions() {
  constexpr long batches = 2000, batch = 200;
  Memory memory(std::vector<double>{0});
  std::atomic<long> begun{0};
  const auto add = [&] {
    for (long k = 1; k <= batches; ++k) {
      ++begun;
      for (int spins = 0; begun < 2 * k; ++spins)
        if (spins > 1000) std::this_thread::yield();
      for (long i = 0; i < batch; ++i) memory.add(0, 1);
    }
  };
  std::thread other(add);
  add();
  other.join();
  return 2 * batches * batch - static_cast<long>(memory.load(0));
}

constexpr std::uint64_t steps = 300;
struct Outcome {
  double lost;
  int torn;
};
double lost(const Run& run) { return static_cast<double>(2 * steps) - run.memory[0] - run.memory[1]; }

Outcome count(MemoryPolicy policy) {
  std::atomic<int> torn{0};
  SlowCounter rule;
  rule.torn = &torn;
  const Run run = openmp(rule, {.steps = steps, .threads = 3, .memory = policy, .equal_shares = true});
  return {lost(run), torn};
}

}  // namespace

TEST_SUITE("openmp") {
  TEST_CASE("slow writes: wild memory loses, the others do not; only consistent reads are whole") {
    const Outcome wild = count(MemoryPolicy::wild), atomic = count(MemoryPolicy::atomic_add),
                  locked = count(MemoryPolicy::locked), consistent = count(MemoryPolicy::consistent);
    CHECK(wild.lost > 0);  // the threads do meet
    CHECK(atomic.lost == 0);
    CHECK(locked.lost == 0);
    CHECK(locked.torn > 0);
    CHECK(consistent.lost == 0);
    CHECK(consistent.torn == 0);
  }

  TEST_CASE("fast additions: as long as wild memory loses some, atomic_add loses none") {
    // On a busy machine two threads rarely run at once; what wild memory loses before and after tells whether they did.
    int met = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (met < 3 && std::chrono::steady_clock::now() < until) {
      const bool before = missing_additions<Wild>() > 0;
      CHECK(missing_additions<AtomicAdd>() == 0);
      met += before && missing_additions<Wild>() > 0 ? 1 : 0;
    }
    WARN(met == 3);
  }

  TEST_CASE("slow writes with stamps: wild memory loses, atomic_add does not") {
    std::atomic<int> torn{0};
    SlowCounter rule;
    rule.torn = &torn;
    RunOptions options{.steps = steps, .threads = 3, .equal_shares = true};
    const StampedRun wild = openmp_stamped(rule, options);
    CHECK(lost(wild.run) > 0);
    CHECK(*wild.run.alpha() < 1);
    options.memory = MemoryPolicy::atomic_add;
    const StampedRun kept = openmp_stamped(rule, options);
    CHECK(lost(kept.run) == 0);
    CHECK(*kept.run.alpha() == 1);
  }

  TEST_CASE("a bound on delays is kept to the update where threads meet, and what breaks it is dropped") {
    std::atomic<int> torn{0};
    SlowCounter rule;
    rule.torn = &torn;
    for (const std::uint64_t bound : {0, 1}) {
      const Run run = openmp(rule, {.steps = steps,
                                    .threads = 3,
                                    .memory = MemoryPolicy::locked,
                                    .probes = true,
                                    .max_delay = bound,
                                    .work = [](std::uint32_t, std::uint64_t) {
                                      wait_a_little();
                                      return 0.0;
                                    }});
      CHECK(run.delays.before_read.max() <= bound);
      if (bound == 0) CHECK(run.dropped > 0);
      CHECK(run.memory[0] == steps);
    }
  }

  TEST_CASE("with probes a block is read in one version, however long that takes") {
    std::atomic<int> torn{0};
    LongBlocks rule;
    rule.torn = &torn;
    RunOptions options{.steps = 4000, .threads = 2, .equal_shares = true};
    openmp(rule, options);
    CHECK(torn > 0);  // without probes the threads do meet
    torn = 0;
    options.probes = true;
    const Run run = openmp(rule, options);
    CHECK(torn == 0);
    CHECK(run.torn_reads > 0);
    CHECK(run.memory[0] + run.memory[LongBlocks::length] == static_cast<double>(options.steps));
  }

  TEST_CASE("consistent memory is read under its lock from the first coordinate to the last") {
    std::atomic<int> torn{0};
    LongBlocks rule;
    rule.torn = &torn;
    RunOptions options{.steps = 2000, .threads = 2, .memory = MemoryPolicy::locked, .equal_shares = true};
    openmp(rule, options);
    CHECK(torn > 0);  // without that lock the threads do meet
    torn = 0;
    options.memory = MemoryPolicy::consistent;
    openmp(rule, options);
    CHECK(torn == 0);
  }
}
