#include "bounds/toy/rate.hpp"
#include "lib/figure.hpp"

namespace asyncert {

void register_toy_figures(FigureRegistry& registry) {
  registry.add({
      .id = "toy.growth_rate",
      .source = "Theorem 1",
      .title = "What one step of delay costs",
      .caption =
          R"(The delayed method is fastest at $\eta\lambda = 1/4$ and leaves the region of convergence at 1 instead of 2.)",
      .x = {.label = "eta lambda"},
      .y = {.label = "growth rate per step"},
      .compute =
          [](const Context&) {
            Series delayed{.name = "one step old"}, fresh{.name = "without delay"};
            for (long i = 1; i <= 220; ++i) {
              const Rational a(i, 100);
              delayed.add(a.to_double(), toy::growth_rate(Ball(a)));
              fresh.add(a.to_double(), abs(Rational(1) - a));
            }
            return FigureData{.series = {delayed, fresh}};
          },
  });
}

}  // namespace asyncert
