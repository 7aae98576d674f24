// Threads that run Hogwild's inner loop on each memory policy; with ASYNCERT_PLANTED_RACE on plain doubles, which is a
// race.
#include <omp.h>

#include <cstdio>
#include <span>
#include <vector>

#include "solvers/memory.hpp"

namespace {

constexpr std::size_t dimension = 16;
constexpr int steps = 2000;

template <class Memory>
double run() {
  Memory memory(std::vector<double>(dimension, 0.0));
#pragma omp parallel num_threads(4)
  {
    std::vector<double> view(dimension);
    for (int t = 0; t < steps; ++t) {
      {
        memory.read_lock.lock();
        memory.read(view);
        memory.read_lock.unlock();
      }
      memory.write_lock.lock();
      for (std::size_t j = 0; j < dimension; ++j) memory.add(j, 1e-3 * (1 - view[j]));
      memory.transform(0, [](double x) { return 0.5 * x; });
      memory.write_lock.unlock();
    }
  }
  return memory.quiescent()[0];
}

}  // namespace

int main() {
  using namespace asyncert::solvers;
  double sum = run<Wild>() + run<AtomicAdd>() + run<Locked>() + run<Consistent>();
#ifdef ASYNCERT_PLANTED_RACE
  std::vector<double> plain(dimension, 0.0);
#pragma omp parallel num_threads(4)
  for (int t = 0; t < steps; ++t)
    for (double& x : plain) x += 1e-3 * (1 - x);
  sum += plain[0];
#endif
  std::printf("%g\n", sum);
  return 0;
}
