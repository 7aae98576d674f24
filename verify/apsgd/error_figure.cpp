// The squared error over time: what is proved, what is true, what is measured.
#include <algorithm>

#include "bounds/apsgd/rate.hpp"
#include "lib/statistics.hpp"
#include "solvers/algorithms/apsgd.hpp"
#include "solvers/executors/replay.hpp"
#include "verify/apsgd/figures.hpp"
#include "verify/apsgd/twin_system.hpp"

namespace asyncert::apsgd {

namespace {

FigureData error_over_time(const Context& context) {
  const TwinSystem s;
  const Rational theta(1, 2), omega(1);
  const long delay = 4, steps = 40, every = 4;
  const long runs = context.effort == Effort::quick ? 4000 : 40000;
  FigureData data;
  data.conditions.add("theta", theta).add("omega", omega).add("delay", delay).add("runs", runs);
  data.conditions.add("system", "rows (1,2), (3,1), (1,-1), B = diag(1,2)");

  const auto [least, largest] = s.exact.extremes();
  const Recursion k = recursion(RateParameters{theta, omega, Rational::from_double(least.lower()),
                                               Rational::from_double(largest.upper()), Rational(delay)});
  std::vector<Ball> q(static_cast<std::size_t>(delay + 1), Ball(1));
  while (static_cast<long>(q.size()) <= steps + delay)
    q.push_back(Ball(k.K1) * q.back() + Ball(k.K2) * q[q.size() - static_cast<std::size_t>(delay) - 1]);
  const std::vector<Ball> moments = exact_second_moments(s, theta, omega, {delay}, steps);
  Series bound{.name = "bound: recursion of Theorem 5"}, exact{.name = "exact second moment"};
  for (long t = 0; t <= steps; ++t) {
    bound.add(static_cast<double>(t), q[static_cast<std::size_t>(t + delay)]);
    exact.add(static_cast<double>(t), moments[static_cast<std::size_t>(t)]);
  }

  // No update moves an iterate away from x_* while omega <= 2: the ratio lies in [0, 1].
  std::vector<BoundedMean> means(steps / every, BoundedMean(0, 1));
  const solvers::Apsgd rule(s.measured, {.omega = omega.to_double(), .theta = theta.to_double(), .start = s.start});
  for (long r = 0; r < runs; ++r)
    solvers::replay(rule,
                    {.steps = static_cast<std::uint64_t>(steps),
                     .seed = context.seed,
                     .replicate = static_cast<std::uint64_t>(r),
                     .schedule = solvers::constant_delay(static_cast<std::uint64_t>(delay))},
                    [&](const solvers::ReplayStep& step) {
                      const auto t = static_cast<long>(step.job.step) + 1;
                      if (t % every == 0)
                        means[static_cast<std::size_t>(t / every - 1)].add(
                            std::min(1.0, s.measured.squared_error(step.after) / s.squared_start));
                    });
  Series measured{
      .name = "measured mean", .mark = Mark::points, .band = "99 % confidence, Hoeffding and empirical Bernstein"};
  for (std::size_t i = 0; i < means.size(); ++i)
    measured.add(static_cast<double>(every * static_cast<long>(i + 1)), means[i].interval(0.01));
  data.series = {std::move(bound), std::move(exact), std::move(measured)};
  return data;
}

}  // namespace

void add_error_figure(FigureRegistry& registry) {
  registry.add({.id = "apsgd.error_over_time",
                .source = "Theorem 5, (26)",
                .title = "Bound, exact and measured error over time",
                .caption = R"(The measured mean of $\|r_t\|^2/\|r_0\|^2$ lies on the exact second moment; the bound )"
                           R"(decays more slowly.)",
                .x = {.label = "update t"},
                .y = {.label = "squared error over its start", .logarithmic = true},
                .compute = error_over_time});
}

}  // namespace asyncert::apsgd
