// The assm quantities: closed forms in double, certified sums, exact subdifferentials, trajectories.
#include <benchmark/benchmark.h>

#include "bounds/assm/clarke.hpp"
#include "bounds/assm/integrator.hpp"
#include "bounds/assm/step_laws.hpp"
#include "bounds/assm/step_sums.hpp"

using namespace asyncert;
using namespace asyncert::assm;

namespace {

void condition5(benchmark::State& state) {
  double s = 1e4;
  for (auto _ : state) {
    benchmark::DoNotOptimize(relative_step_change(StepLaw::power, 0.5, s, horizon(HorizonRule::sqrt_s, s)));
    s += 1;
  }
}
BENCHMARK(condition5);

void window_double(benchmark::State& state) {
  long k = 1'000'000;
  for (auto _ : state) {
    benchmark::DoNotOptimize(inverse_root_sum_double(k - 1000, k));
    ++k;
  }
}
BENCHMARK(window_double);

void window_certified(benchmark::State& state) {
  const PrecisionScope scope(128);
  for (auto _ : state) benchmark::DoNotOptimize(inverse_root_sum(999'000, 1'000'000));
}
BENCHMARK(window_certified)->Unit(benchmark::kMicrosecond);

void lerch_certified(benchmark::State& state) {
  const PrecisionScope scope(128);
  const Rational m(999, 1000);
  for (auto _ : state) benchmark::DoNotOptimize(geometric_inverse_root_tail(m, state.range(0)));
}
BENCHMARK(lerch_certified)->Arg(1)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

void least_element(benchmark::State& state) {
  const Point x = {1, 2};
  for (auto _ : state) benchmark::DoNotOptimize(min_norm_point(clarke_vertices(Problem::P08, x)));
}
BENCHMARK(least_element)->Unit(benchmark::kMicrosecond);

void sliding_trajectory(benchmark::State& state) {
  const PrecisionScope scope(128);
  const InitialValueProblem p{{3, 1}, {1, 2}, {Rational(1, 2), Rational(1), Rational(5)}};
  for (auto _ : state) benchmark::DoNotOptimize(diagonal_kink_flow(Problem::P04, p));
}
BENCHMARK(sliding_trajectory)->Unit(benchmark::kMicrosecond);

/// Robust phase retrieval from (5, -7/3): a crossing, a slide, a corner.
void integrated_trajectory(benchmark::State& state) {
  const PrecisionScope scope(state.range(0));
  const InitialValueProblem p{{5, Rational(-7, 3)}, {1, 2}, {Rational(1, 2), Rational(1), Rational(5)}};
  const IntegrationOptions options{true, Ball(Rational(1, 1'000'000))};
  for (auto _ : state) benchmark::DoNotOptimize(integrate(Problem::P08, p, options));
}
BENCHMARK(integrated_trajectory)->Arg(64)->Arg(128)->Unit(benchmark::kMillisecond);

}  // namespace
