// Figures of the paper on perturbed asynchronous SGD.
#include <algorithm>

#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "lib/figure.hpp"
#include "lib/statistics.hpp"
#include "verify/pasgd/escape_runs.hpp"

namespace asyncert {

namespace {

using namespace pasgd;

/// Median escape time over the initial distance, perturbed and not.
FigureData escape_over_distance(const Context& context) {
  const long runs = context.effort == Effort::quick ? 24 : 400;
  constexpr double alpha = 0.01;
  FigureData data;
  data.conditions.add("A", "diag(1, -2)")
      .add("M", 5)
      .add("eta", Rational(1, 5000))
      .add("T", 10)
      .add("r", Rational(1, 20))
      .add("runs a point", runs);
  for (const double r : {0.05, 0.0}) {
    Series s{.name = r > 0 ? "perturbed" : "not perturbed",
             .mark = Mark::points,
             .band = "99 % confidence of the median, order statistics"};
    for (const double distance : {1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 5e-2})
      s.add(distance, quantile_interval(escape_times(distance, r, runs, 12000, context.seed).steps, 0.5, alpha));
    data.series.push_back(std::move(s));
  }
  return data;
}

/// Share of runs that have not escaped after so many steps, from within 1e-6 of the saddle: what Figure 1 shows.
FigureData survival(const Context& context) {
  const long runs = context.effort == Effort::quick ? 60 : 400;
  FigureData data;
  data.conditions.add("initial distance", Rational(1, 1000000))
      .add("M", 5)
      .add("eta", Rational(1, 5000))
      .add("T", 10)
      .add("r", Rational(1, 20))
      .add("runs", runs);
  for (const double r : {0.05, 0.0}) {
    std::vector<double> steps = escape_times(1e-6, r, runs, 12000, context.seed).steps;
    Series s{.name = r > 0 ? "perturbed" : "not perturbed", .band = "99 % confidence, Clopper-Pearson"};
    for (double at = 2000; at <= 10000; at += 200) {
      const auto left = std::count_if(steps.begin(), steps.end(), [&](double t) { return t > at; });
      s.add(at, proportion_interval(static_cast<long>(left), runs, 0.01));
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

/// The rates that bound the growth under delay, over the delay, relative to the rate a without delay.
FigureData growth_rates(const Context&) {
  const Rational a(1, 10);
  FigureData data;
  data.conditions.add("a", a);
  Series paper{.name = "Corollary 21, exp(-(T+1)a)"}, one_step{.name = "sharp for one step"},
      razumikhin{.name = "Theorem 20, best q"}, exact{.name = "exact, r"};
  for (long T = 0; T <= 200; T += 1 + T / 10) {
    const double at = static_cast<double>(T);
    paper.add(at, corollary21_rate(Ball(a), Ball(T)) / Ball(a));
    one_step.add(at, one_step_rate(Ball(a), Ball(T)) / Ball(a));
    razumikhin.add(at, exp(-negative_log_rate(a, T + 1)) / Ball(a));
    exact.add(at, exp(-negative_log_rate(a, T)) / Ball(a));
  }
  data.series = {std::move(paper), std::move(one_step), std::move(razumikhin), std::move(exact)};
  return data;
}

}  // namespace

void register_pasgd_figures(FigureRegistry& registry) {
  registry.add(
      {.id = "pasgd.figure1",
       .source = "Figure 1",
       .title = "Runs that are still at the saddle",
       .caption =
           R"(Started within $10^{-6}$ of the saddle, perturbed runs escape after about 4000 steps, the others after about 7000.)",
       .x = {.label = "steps"},
       .y = {.label = "share of runs not escaped"},
       .compute = survival});
  registry.add(
      {.id = "pasgd.escape_over_distance",
       .source = "Section 5",
       .title = "Escape time over the initial distance",
       .caption =
           R"(The perturbation helps only where the start is closer to the saddle than the noise floor, about $5.6\cdot10^{-4}$.)",
       .x = {.label = "initial distance", .logarithmic = true},
       .y = {.label = "median escape time", .unit = "steps"},
       .compute = escape_over_distance});
  registry.add(
      {.id = "pasgd.growth_rates",
       .source = "Corollary 21, Section 6",
       .title = "Growth rates under delay",
       .caption =
           R"(Against the rate without delay: Corollary 21's $e^{-(T+1)a}$ falls exponentially, the exact $r/a$ only like $W(aT)/(aT)$.)",
       .x = {.label = "delay T", .unit = "updates"},
       .y = {.label = "growth rate over a", .logarithmic = true},
       .compute = growth_rates});
}

}  // namespace asyncert
