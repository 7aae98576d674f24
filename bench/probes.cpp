// What recording costs: updates a second of Hogwild! on logistic regression through the executor `openmp` with one
// thread, without probes, with delay stamps, with a trace of every message, and with every number stamped, for each
// memory policy.
//   bench_probes [repeats] [part of "title: loop"]
#include <cstdlib>

#include "bench/harness.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/instances/data_problems.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

int main(int argc, char** argv) {
  const bench::Arguments arguments(argc, argv, 15);
  const auto problem = instances::data_problem("connect4-logistic");
  const Hogwild rule(*problem, {.step = 0.001});
  const std::uint64_t steps = 4000;
  for (const MemoryPolicy memory : {MemoryPolicy::wild, MemoryPolicy::atomic_add, MemoryPolicy::locked}) {
    bench::Comparison table(
        std::string("Hogwild! through the executor, connect-4, 42 of 126 coordinates an update, ") + to_string(memory),
        "million updates/s", 1e6);
    for (const int level : {0, 1, 2, 3}) {
      if (level == 3 && memory == MemoryPolicy::locked) continue;  // stamps are for threads without locks
      const char* names[] = {"no probes", "probes: delays and lock waits", "probes and trace",
                             "stamps: survival, labels, inconsistent reads and the gap"};
      table.add(
          names[level], static_cast<double>(steps),
          [&, memory, level](int, int) {
            const Run run = openmp(rule, {.steps = steps,
                                          .trace = level == 2,
                                          .memory = memory,
                                          .probes = level == 1 || level == 2,
                                          .stamps = level == 3});
            bench::keep(run.steps);
          },
          1);
    }
    table.report(arguments);
  }
}
