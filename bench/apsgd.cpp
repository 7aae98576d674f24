// Speeds of the linear-systems paper's quantities: build with the preset `bench`, run bin/bench_apsgd on an idle
// machine.
#include <benchmark/benchmark.h>

#include "bounds/apsgd/optimum.hpp"
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "verify/apsgd/tables.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

/// Spectral radius in double, coefficients included, for a delay of 10^n updates; theta varies so that nothing is
/// reused.
void rate_double(benchmark::State& state) {
  double delta = 1;
  for (long i = 0; i < state.range(0); ++i) delta *= 10;
  double theta = 0.1;
  for (auto _ : state) {
    theta = theta > 0.9 ? 0.1 : theta + 1e-3;
    const RateInput<double> p{theta, 1.5, 0.01, 0.8, delta};
    benchmark::DoNotOptimize(negative_log_root(recursion(p), delta));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(rate_double)->DenseRange(1, 9, 2);

/// The certified enclosure, coefficients included, at the precision of 30 digits.
void rate_certified(benchmark::State& state) {
  const PrecisionScope precision(128);
  const Rational delta = pow(Rational(10), state.range(0));
  const RateParameters p{Rational(3, 10), Rational(3, 2), Rational(1, 100), Rational(4, 5), delta};
  for (auto _ : state) benchmark::DoNotOptimize(negative_log_root(recursion(p), delta));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(rate_certified)->DenseRange(1, 9, 2);

/// One row of Tables 2 and 3 under one definition.
void table_row(benchmark::State& state) {
  const PrintedRow& row = printed_rows()[static_cast<std::size_t>(state.range(0))];
  const auto definition = static_cast<Definition>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(minimum_processors(row.spectrum(), row.speed(), definition));
}
BENCHMARK(table_row)
    ->ArgNames({"row", "definition"})
    ->ArgsProduct({{0, 18}, {static_cast<long>(Definition::bound), static_cast<long>(Definition::rate)}})
    ->Unit(benchmark::kMicrosecond);

/// Minimum of 1/(1 - rho^delta) over theta and omega, certified.
void best_rate(benchmark::State& state) {
  const PrecisionScope precision(128);
  const Spectrum s{Rational(1, 100), Rational(4, 5)};
  for (auto _ : state) benchmark::DoNotOptimize(best_rate_complexity(s, Rational(state.range(0))));
}
BENCHMARK(best_rate)->Arg(10)->Arg(1'000'000'000)->Unit(benchmark::kMicrosecond);

/// The best damping and its bound at omega_star, in double.
void optimum_double(benchmark::State& state) {
  double l = 0.01;
  for (auto _ : state) {
    l = l > 0.5 ? 0.01 : l + 1e-4;
    benchmark::DoNotOptimize(closed_form(l, 0.8, best_relaxation(l, 0.8), 1000));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(optimum_double);

/// Minimum of 1/(1 - rho^delta) in double.
void best_rate_double(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(best_rate_complexity(0.01, 0.8, static_cast<double>(state.range(0))));
}
BENCHMARK(best_rate_double)->Arg(10)->Arg(1'000'000'000);

/// Certified second-moment rate of one coordinate with a delay of 10^n updates.
void second_moment_coordinate(benchmark::State& state) {
  const PrecisionScope precision(128);
  long delta = 1;
  for (long i = 0; i < state.range(0); ++i) delta *= 10;
  const Reformulation system = bernoulli_coordinate(Rational(1, 10));
  for (auto _ : state) benchmark::DoNotOptimize(second_moment_log_rate(system, Rational(1, 4), Rational(3, 2), delta));
}
BENCHMARK(second_moment_coordinate)->DenseRange(0, 9, 3)->Unit(benchmark::kMicrosecond);

/// The same for randomized Kaczmarz on 2n rows in n columns, delay 1000.
void second_moment_kaczmarz(benchmark::State& state) {
  const PrecisionScope precision(128);
  const long n = state.range(0);
  RationalMatrix A(2 * n, n);
  for (long i = 0; i < 2 * n; ++i)
    for (long j = 0; j < n; ++j) A.set(i, j, Rational((7 * i + 3 * j * j + i * j) % 11 - 5));
  const Reformulation system = row_sketch(A, std::vector<Rational>(static_cast<std::size_t>(n), Rational(1)));
  for (auto _ : state) benchmark::DoNotOptimize(second_moment_log_rate(system, Rational(1, 4), Rational(3, 2), 1000));
}
BENCHMARK(second_moment_kaczmarz)->Arg(2)->Arg(3)->Arg(5)->Unit(benchmark::kMillisecond);

}  // namespace
