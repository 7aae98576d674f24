// The executor `openmp` with every memory policy, method and probe that threads share; with ASYNCERT_PLANTED_RACE with
// a rule that counts its writes in a plain number, which is a race.
#include <atomic>
#include <cstdio>
#include <span>
#include <thread>

#include "solvers/algorithms/asysvrg.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/instances/analytic.hpp"

using namespace asyncert::solvers;

namespace {

#ifdef ASYNCERT_PLANTED_RACE
long writes = 0;
struct Counting : Hogwild {
  using Hogwild::Hogwild;
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job& job, std::span<double> local) const {
    ++writes;
    Hogwild::write(memory, update, job, local);
  }
};
#else
using Counting = Hogwild;
#endif

}  // namespace

int main() {
  const auto problem = instances::with_noise(instances::quadratic(1, 0.5, 8), 0.3);
  const std::atomic<bool> interrupt{false};
  double sum = 0;
  const auto run = [&](const AnyRule& rule, MemoryPolicy memory) {
    for (const int variant : {0, 1, 2, 3}) {
      if (variant == 2 &&
          (rule.epoch_length() > 0 || memory == MemoryPolicy::locked || memory == MemoryPolicy::consistent))
        continue;
      RunOptions options{.steps = 900, .record_every = 100, .interrupt = &interrupt, .threads = 3, .memory = memory};
      options.evaluate = [&](std::span<const double> x) { return Evaluation{problem->value(x)}; };
      options.progress = [](const Position&) {};
      // Every thread takes part, and is not alone when it does.
      options.equal_shares = true;
      options.work = [](std::uint32_t, std::uint64_t local) {
        if (local % 4 == 0) std::this_thread::yield();
        return 0.0;
      };
      if (variant == 1) options.trace = true;
      if (variant == 2) options.stamps = true;
      if (variant == 3) {
        options.stall_limit = 100;
        options.target = -1e9;
        options.checkpoint_every = 250;
        options.checkpoint = [](const Checkpoint&) {};
      }
      sum += openmp(rule, options).x[0];
    }
  };
  const Subgradient::Options step{.step = {.c = 0.02}, .momentum = 0.3};
  for (const MemoryPolicy memory : {MemoryPolicy::wild, MemoryPolicy::atomic_add}) {
    run(Counting(*problem, {.step = 0.05}), memory);
    run(AsySvrg(*problem, {.step = 0.05, .inner_steps = 200}), memory);
    run(Subgradient(*problem, step), memory);
    Subgradient::Options blocks = step;
    blocks.blocks = 6;
    blocks.workers = 3;
    run(Subgradient(*problem, blocks), memory);
  }
  for (const MemoryPolicy memory : {MemoryPolicy::locked, MemoryPolicy::consistent})
    run(Subgradient(*problem, step), memory);
  std::printf("%g\n", sum);
  return 0;
}
