// Figures of the paper on lock-free Hogwild! and AsySVRG.
#include "bounds/hogwild/region.hpp"
#include "lib/figure.hpp"

namespace asyncert {

namespace {

/// 1, 2, 3, ... thinned out to some twenty a decade.
std::vector<long> delays(long last) {
  std::vector<long> list;
  for (long tau = 1; tau <= last; tau += 1 + tau / 10) list.push_back(tau);
  return list;
}

FigureData largest_step_over_delay(const Context&) {
  const Rational L(1);
  FigureData data;
  data.conditions.add("L", L);
  const std::pair<hogwild::Condition, const char*> forms[] = {{hogwild::Condition::printed, "as printed (factor 9)"},
                                                              {hogwild::Condition::one, "as the proof gives it (factor 1)"},
                                                              {hogwild::Condition::sharp, "scale-free form"}};
  for (const auto& [condition, name] : forms) {
    Series s{.name = name};
    for (const long tau : delays(1000)) s.add(static_cast<double>(tau), hogwild::largest_step(condition, Ball(L), tau));
    data.series.push_back(std::move(s));
  }
  return data;
}

}  // namespace

void register_hogwild_figures(FigureRegistry& registry) {
  registry.add({
      .id = "hogwild.largest_step",
      .source = "Lemma 2",
      .title = "The largest step size that Lemma 2 admits",
      .caption =
          R"(Below a curve some $\rho$ meets the condition of Lemma 2 at delay $\tau$; the printed condition loses a factor that grows like $\tau$.)",
      .x = {.label = "delay tau", .unit = "updates", .logarithmic = true},
      .y = {.label = "largest step size eta", .logarithmic = true},
      .compute = largest_step_over_delay,
  });
}

}  // namespace asyncert
