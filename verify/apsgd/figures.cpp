// Figures of the paper on linear systems.
#include "bounds/apsgd/min_tau.hpp"
#include "lib/figure.hpp"

namespace asyncert {

namespace {

/// Complexities per unit of time over the number of processors, at the first row of Table 2.
FigureData complexity_over_processors(const Context&) {
  using namespace apsgd;
  const Spectrum s{Rational(1, 10), Rational(9, 10)};
  const Rational per_l = Rational(1) / s.l;
  FigureData data;
  data.conditions.add("lambda_min", s.l).add("lambda_max", s.L).add("c", 1);
  Series synchronous{.name = "synchronous, bound (11)"}, printed{.name = "asynchronous, printed (56)"};
  Series bound{.name = "asynchronous, minimum of U"}, rate{.name = "asynchronous, exact rate"};
  for (long tau = 1; tau <= 400; tau += 1 + tau / 8) {
    const double at = static_cast<double>(tau);
    const Rational delta(tau);
    synchronous.add(at, per_l * xi(s, delta));
    printed.add(at, (per_l * scaled_printed_56(s, delta)).enclosure());
    bound.add(at, (per_l * scaled_minimum_bound(s, best_omega(s, delta), delta)).enclosure());
    rate.add(at, best_rate_complexity(s, delta));
  }
  data.series = {std::move(synchronous), std::move(printed), std::move(bound), std::move(rate)};
  return data;
}

}  // namespace

void register_apsgd_figures(FigureRegistry& registry) {
  registry.add({
      .id = "apsgd.complexity",
      .source = "Section 4, Table 2",
      .title = "Complexity per unit of time over the number of processors",
      .caption =
          R"(The asynchronous method wins where its curve falls below the synchronous one; by its exact rate that is earlier than the printed (56) says.)",
      .x = {.label = "processors tau", .logarithmic = true},
      .y = {.label = "complexity", .unit = "units of time", .logarithmic = true},
      .compute = complexity_over_processors,
  });
}

}  // namespace asyncert
