// The double versions of the dasgd quantities: projections, coherence products, step sums and runs.
#include <benchmark/benchmark.h>

#include "bounds/dasgd/apt.hpp"
#include "bounds/dasgd/characteristic.hpp"
#include "bounds/dasgd/coherence.hpp"
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/projections.hpp"
#include "bounds/dasgd/rosenbrock.hpp"
#include "bounds/dasgd/steps.hpp"

using namespace asyncert;

namespace {

std::vector<double> ramp(std::size_t d) {
  std::vector<double> y;
  for (std::size_t i = 0; i < d; ++i) y.push_back(std::sin(static_cast<double>(7 * i)));
  return y;
}

void project_simplex(benchmark::State& state) {
  const std::vector<double> y = ramp(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::project_simplex(y));
}
BENCHMARK(project_simplex)->Arg(3)->Arg(101);

void coherence_polar(benchmark::State& state) {
  std::vector<double> x{0.5, 0.25};
  for (auto _ : state) {
    benchmark::DoNotOptimize(dasgd::coherence_polar(x, std::sqrt(x[0] * x[0] + x[1] * x[1])));
    x[0] += 1e-9;
  }
}
BENCHMARK(coherence_polar);

void rosenbrock_gradient(benchmark::State& state) {
  const std::vector<double> x = ramp(101);
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::rosenbrock_gradient(x));
}
BENCHMARK(rosenbrock_gradient);

void staleness_window(benchmark::State& state) {
  const Rational s = Rational::parse("1e6"), n = Rational::parse("1e12");
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::step_sum_double(dasgd::StepLaw::loglog, s, n));
}
BENCHMARK(staleness_window);

void staleness_window_certified(benchmark::State& state) {
  const Rational s = Rational::parse("1e6"), n = Rational::parse("1e12");
  const PrecisionScope scope(128);
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::step_sum(dasgd::StepLaw::loglog, s, n));
}
BENCHMARK(staleness_window_certified);

void apt_distance_double(benchmark::State& state) {
  double n = 1e6;
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::apt_distance(n += 1, 0.5));
}
BENCHMARK(apt_distance_double);

void characteristic_root_double(benchmark::State& state) {
  const Rational c(3, 2), k(4);
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::characteristic_root_double(c, k));
}
BENCHMARK(characteristic_root_double);

void run_of_10000_steps(benchmark::State& state) {
  const auto read = dasgd::read_rule("floor(n/2)");
  for (auto _ : state) benchmark::DoNotOptimize(dasgd::dagd_run(1.0, 1.5, read, 10000));
}
BENCHMARK(run_of_10000_steps)->Unit(benchmark::kMicrosecond);

}  // namespace
