// Figures of the paper on asynchronous subgradient methods.
#include "verify/assm/figures.hpp"

#include "bounds/assm/differential_inclusion.hpp"
#include "lib/figure.hpp"
#include "verify/assm/two_core_run.hpp"

namespace asyncert {

namespace {

using namespace assm;

/// Late mean of (x+y)/2 against the ratio of the cores' periods, on the strongly convex function with minimiser 0.
FigureData limit_over_speed_ratio(const Context&) {
  FigureData data;
  const Rational gamma(1, 128);
  data.conditions.add("f", "max(x-y, 2(y-x)) + ((x-1)^2+(y+1)^2)/4")
      .add("step", gamma)
      .add("updates", 6000)
      .add("x_0", List{Rational(1, 2), Rational(1, 2)});
  Series blocks{.name = "own block (PASSM)", .mark = Mark::points},
      full{.name = "full vector (ASSM, HW)", .mark = Mark::points};
  for (const long numerator : {6L, 7L, 8L, 9L, 10L, 12L, 15L, 18L, 21L, 24L, 30L, 36L, 48L, 60L}) {
    const Rational ratio(numerator, 6);
    RunOptions o{strongly_convex, {1, ratio},     Update::own_block, Steps::constant,
                 gamma,           Rational(1, 2), Rational(1, 2),    6000};
    blocks.add(ratio.to_double(), two_core_run<Ball>(o).late_mean);
    o.update = Update::full_vector;
    full.add(ratio.to_double(), two_core_run<Ball>(o).late_mean);
  }
  data.series = {std::move(blocks), std::move(full)};
  return data;
}

/// x(tau) and y(tau) of the joint inclusion on P04 from (3, 1), sliding after the kink is reached.
FigureData sliding_solution(const Context&) {
  FigureData data;
  data.conditions.add("f", formula(Problem::P04)).add("x_0", List{3, 1}).add("ubar", List{1, 2});
  InitialValueProblem p{{3, 1}, {1, 2}, {}};
  for (long k = 0; k <= 60; ++k) p.times.emplace_back(k, 10);
  const Trajectory path = diagonal_kink_flow(Problem::P04, p);
  Series x{.name = "x"}, y{.name = "y"};
  for (std::size_t k = 0; k < path.x.size(); ++k) {
    x.add(p.times[k].to_double(), *path.x[k][0].get<Ball>());
    y.add(p.times[k].to_double(), *path.x[k][1].get<Ball>());
  }
  data.series = {std::move(x), std::move(y)};
  return data;
}

}  // namespace

void register_assm_figures(FigureRegistry& registry) {
  assm::add_training_figures(registry);
  registry.add({
      .id = "assm.limit_over_speed_ratio",
      .source = "Theorem 3.2, Section 3.3.3",
      .title = "Where two cores settle on a strongly convex function",
      .caption =
          R"(Block-wise updates settle at $(t,t)$ with $t\neq0$ that jumps with the ratio of the cores' speeds; full-vector updates reach the minimiser.)",
      .x = {.label = "period of core 2 over that of core 1"},
      .y = {.label = "mean of (x+y)/2 over the last half"},
      .compute = limit_over_speed_ratio,
  });
  registry.add({
      .id = "assm.sliding_solution",
      .source = "(8)",
      .title = "A solution of the differential inclusion that slides along a kink",
      .caption =
          R"(From $(3,1)$ both coordinates meet at the kink $x=y$ and then decay together as $e^{-\tau/(\bar u_1+\bar u_2)}$.)",
      .x = {.label = "scaled time tau"},
      .y = {.label = "coordinates"},
      .compute = sliding_solution,
  });
}

}  // namespace asyncert
