// Figure 1: the region of interest in both cases, and where the bound U is feasible.
#include "bounds/apsgd/optimum.hpp"
#include "bounds/apsgd/rate.hpp"
#include "verify/apsgd/figures.hpp"

namespace asyncert::apsgd {

namespace {

/// The supremum of the theta in [0,1] with K1 + K2 < 1: (1 - K1 - K2)/theta is linear in theta, so that two values of
/// it give its root.
Rational feasible_theta(const Spectrum& s, const Rational& omega) {
  const Rational one(1), half(1, 2);
  const auto gap = [&](const Rational& theta) {
    return recursion(RateParameters{theta, omega, s.l, s.L, Rational(1)}).one_minus_K1_K2 / theta;
  };
  const Rational at_one = gap(one), slope = (at_one - gap(half)) * Rational(2), at_zero = at_one - slope;
  if (at_zero <= Rational(0)) return Rational(0);
  return at_one > Rational(0) ? one : -at_zero / slope;
}

FigureData region(const Spectrum& s) {
  const Rational star = s.omega_star(), delta(10);
  FigureData data;
  data.conditions.add("lambda_min", s.l).add("lambda_max", s.L).add("omega*", Fraction{star}).add("delta", delta);
  Series feasible{.name = "feasible: K1 + K2 < 1", .mark = Mark::band},
      interest{.name = "region of interest", .mark = Mark::band}, best{.name = "best theta for U"};
  // Both ends of the region of interest are among the points.
  for (long k = 0; k <= 100; ++k) {
    const Rational omega = Rational(k, 40) * star;
    if (omega == Rational(0)) continue;
    const Rational theta = feasible_theta(s, omega);
    feasible.add_range(omega.to_double(), Rational(0), theta);
    if (theta == Rational(0) && omega > star) break;
  }
  for (long k = 0; k <= 40; ++k) {
    const Rational omega = Rational(1) + Rational(k, 40) * (star - Rational(1));
    interest.add_range(omega.to_double(), Rational(0), Rational(1));
    best.add(omega.to_double(), best_theta(s, omega, delta));
  }
  data.series = {std::move(interest), std::move(feasible), std::move(best)};
  return data;
}

}  // namespace

void add_region_figures(FigureRegistry& registry) {
  const auto add = [&](const char* id, const char* source, const char* title, const char* caption, Spectrum s) {
    registry.add({.id = id,
                  .source = source,
                  .title = title,
                  .caption = caption,
                  .x = {.label = "omega"},
                  .y = {.label = "theta"},
                  .compute = [s](const Context&) { return region(s); }});
  };
  add("apsgd.region_case1", "Figure 1(a), Lemma 10", "Where the optimum lies: case 1",
      R"($\lambda_{\min}+\lambda_{\max}\ge1$, so that $\omega_*\le2$: every $\theta$ of the region of interest is )"
      R"(feasible, and the best one at $\delta=10$ lies inside.)",
      {Rational(2, 5), Rational(9, 10)});
  add("apsgd.region_case2", "Figure 1(b), Lemma 10", "Where the optimum lies: case 2",
      R"($\lambda_{\min}+\lambda_{\max}\le1$, so that $\omega_*\ge2$: beyond $\omega=2$ the feasible $\theta$ shrink, )"
      R"(and a part of the region of interest is not feasible.)",
      {Rational(1, 10), Rational(1, 2)});
}

}  // namespace asyncert::apsgd
