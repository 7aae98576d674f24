// Double versions of the quantities of the paper on perturbed asynchronous SGD; items are evaluations.
#include <benchmark/benchmark.h>

#include <array>

#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/theorem5.hpp"

namespace {

using namespace asyncert::pasgd;

/// Inputs that differ from call to call, so that nothing is hoisted out of the loop.
constexpr std::array<double, 8> gains = {1e-6, 1e-5, 3e-4, 1e-3, 0.01, 0.05, 0.2, 1.0};

template <class F>
void run(benchmark::State& state, F&& f) {
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(f(gains[i++ & 7]));
  state.SetItemsProcessed(state.iterations());
}

void corollary21(benchmark::State& state) {
  run(state, [](double a) { return corollary21_rate(a, 100.0); });
}
void one_step(benchmark::State& state) {
  run(state, [](double a) { return one_step_rate(a, 100.0); });
}
void lemma19(benchmark::State& state) {
  run(state, [](double a) { return lemma19_rate(a, 100.0); });
}
void lambert(benchmark::State& state) {
  run(state, [](double a) { return lambert_w(101 * a); });
}
void exact_root(benchmark::State& state) {
  run(state, [](double a) { return growth_rate(a, 100.0); });
}
void constants(benchmark::State& state) {
  run(state, [](double a) { return escape_constants<double>({2, 1, 1, 1, 0.1, 1, 1e-6, 1, 1, 0.05, 300 + a}); });
}
void linear_failure(benchmark::State& state) {
  run(state, [](double a) { return linear_failure_probability(10.0, 100.0, 5 + a, 1.0); });
}

BENCHMARK(corollary21);
BENCHMARK(one_step);
BENCHMARK(lemma19);
BENCHMARK(lambert);
BENCHMARK(exact_root);
BENCHMARK(constants);
BENCHMARK(linear_failure);

}  // namespace
