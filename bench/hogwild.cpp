// The double versions of the Hogwild!/AsySVRG quantities: evaluations a second. `--benchmark_filter=closed_form` etc.
// picks.
#include <benchmark/benchmark.h>

#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"

namespace {

using namespace asyncert::hogwild;

/// Step sizes that differ from call to call, so that nothing is hoisted out of the loop.
class Steps {
 public:
  double operator()() { return eta_ = eta_ > 2e-4 ? 1e-4 : eta_ * 1.0001; }

 private:
  double eta_ = 1e-4;
};

void closed_form_lemma2_condition(benchmark::State& state) {
  Steps eta;
  for (auto _ : state) benchmark::DoNotOptimize(1 <= 1.1 * lemma2_denominator(1.0, state.range(0), eta(), 1.1));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(closed_form_lemma2_condition)->Arg(4)->Arg(1000);

void closed_form_lemma3_coefficient(benchmark::State& state) {
  Steps eta;
  for (auto _ : state) benchmark::DoNotOptimize(lemma3_coefficient(eta(), state.range(0), 1.01));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(closed_form_lemma3_coefficient)->Arg(4)->Arg(1000);

void closed_form_direct_bound(benchmark::State& state) {
  Steps eta;
  const Theorem1Problem<double> p{1, 0.9, 1, 1, 9, 1e8};
  for (auto _ : state) {
    const double step = eta();
    benchmark::DoNotOptimize(p.A() / (step * p.updates) + step * B_direct(p, step));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(closed_form_direct_bound);

void closed_form_theorem2_gamma(benchmark::State& state) {
  Steps eta;
  const double M = static_cast<double>(state.range(0)), gap = printed_gap(4, 1.05);
  for (auto _ : state) {
    const auto s = inner_loop(Sequences::corrected, gap, 1.0, 1.05, eta(), 0.05, 0.9, M);
    benchmark::DoNotOptimize(s.gamma(M - 1));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(closed_form_theorem2_gamma)->Arg(1000)->Arg(1000000);

/// The recursion that the closed form replaces, for comparison.
void recursion_theorem2_gamma(benchmark::State& state) {
  const long M = state.range(0);
  const auto s =
      inner_loop(Sequences::corrected, printed_gap(4, 1.05), 1.0, 1.05, 1e-4, 0.05, 0.9, static_cast<double>(M));
  for (auto _ : state) {
    double c = 0;
    for (long m = 1; m < M; ++m) c = c * (1 + s.a) + 2 * s.L * s.L * s.eta * s.eta * s.f;
    benchmark::DoNotOptimize(c);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(recursion_theorem2_gamma)->Arg(1000000)->Unit(benchmark::kMillisecond);

void root_lemma2_largest_step(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(largest_step(Condition::printed, 1.0, state.range(0)));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(root_lemma2_largest_step)->Arg(4)->Arg(1000);

void root_lemma2_interval_of_rho(benchmark::State& state) {
  Steps eta;
  for (auto _ : state) benchmark::DoNotOptimize(rho_interval(Condition::printed, 1.0, 4, eta()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(root_lemma2_interval_of_rho);

void root_theorem1_step(benchmark::State& state) {
  const Theorem1Problem<double> p{1, 0.9, 1, 1, 9, 1e8};
  for (auto _ : state) benchmark::DoNotOptimize(fixed_point_step(p, 1.01));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(root_theorem1_step);

}  // namespace
