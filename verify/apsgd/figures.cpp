// Figures of the paper on linear systems.
#include "verify/apsgd/figures.hpp"

#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/figure.hpp"

namespace asyncert {

namespace {

using namespace apsgd;

/// 1, 2, 3, ..., thinned out to some ten a decade.
std::vector<long> thinned(long last) {
  std::vector<long> list;
  for (long n = 1; n <= last; n += 1 + n / 8) list.push_back(n);
  return list;
}

/// The growth factor of E|r_t|^2 over `delta` updates, worst of the coordinates lambda_min and lambda_max.
Ball exact_factor(const Spectrum& s, const Rational& theta, const Rational& omega, long delta) {
  const Ball low = second_moment_log_rate(bernoulli_coordinate(s.l), theta, omega, delta);
  const Ball high = second_moment_log_rate(bernoulli_coordinate(s.L), theta, omega, delta);
  return exp(-(Ball(delta) * min(low, high)));
}

/// The bound's best damping at omega, as the double next to it.
Rational bound_theta(const Spectrum& s, const Rational& omega, long delta) {
  return Rational::from_double(best_theta(s, omega, Rational(delta)).midpoint());
}

/// Complexities per unit of time over the number of processors, at the first row of Table 2.
FigureData complexity_over_processors(const Context&) {
  const Spectrum s{Rational(1, 10), Rational(9, 10)};
  const Rational per_l = Rational(1) / s.l;
  FigureData data;
  data.conditions.add("lambda_min", s.l).add("lambda_max", s.L).add("c", 1);
  Series synchronous{.name = "synchronous, bound (11)"}, tight{.name = "synchronous, exact step"};
  Series printed{.name = "asynchronous, printed (56)"}, bound{.name = "asynchronous, minimum of U"};
  Series rate{.name = "asynchronous, exact root of (26)"};
  for (const long tau : thinned(400)) {
    const double at = static_cast<double>(tau);
    const Rational delta(tau);
    synchronous.add(at, per_l * xi(s, delta));
    tight.add(at, per_l * scaled_tight_synchronous(s, delta));
    printed.add(at, (per_l * scaled_printed_56(s, delta)).enclosure());
    bound.add(at, (per_l * scaled_minimum_bound(s, best_omega(s, delta), delta)).enclosure());
    rate.add(at, best_rate_complexity(s, delta));
  }
  data.series = {std::move(synchronous), std::move(tight), std::move(printed), std::move(bound), std::move(rate)};
  return data;
}

/// Factors of one unit of time over the number of processors: what is proved, and what holds for two commuting
/// coordinates.
FigureData factors_over_processors(const Context&) {
  const Spectrum s{Rational(1, 10), Rational(9, 10)};
  const Rational one(1);
  FigureData data;
  data.conditions.add("lambda_min", s.l)
      .add("lambda_max", s.L)
      .add("c", 1)
      .add("omega", s.omega_star())
      .add("theta", "best for U");
  Series synchronous{.name = "synchronous, bound (10)"}, tight{.name = "synchronous, exact"};
  Series bound{.name = "asynchronous, bound u^delta"}, rate{.name = "asynchronous, rho^delta"};
  Series exact{.name = "asynchronous, exact second moment"};
  for (const long tau : thinned(300)) {
    const double at = static_cast<double>(tau);
    const Rational delta(tau), omega = s.omega_star(), theta = bound_theta(s, omega, tau);
    const Recursion r = recursion(RateParameters{theta, omega, s.l, s.L, delta});
    synchronous.add(at, one - s.l / xi(s, delta));
    tight.add(at, one - s.l / scaled_tight_synchronous(s, delta));
    bound.add(at, (r.K2 + one / delta) / (r.one_minus_K1 + one / delta));
    rate.add(at, exp(-(Ball(delta) * negative_log_root(r, delta))));
    exact.add(at, exact_factor(s, theta, omega, tau));
  }
  data.series = {std::move(synchronous), std::move(tight), std::move(bound), std::move(rate), std::move(exact)};
  return data;
}

/// Smallest number of processors over lambda_max, by the closed form (61), the minimum of U and the exact root.
FigureData minimum_processors_over_spectrum(const Context&) {
  const Rational l(1, 100), c(1);
  FigureData data;
  data.conditions.add("lambda_min", l).add("c", c).add("count", "smallest tau >= 2");
  Series closed{.name = "closed form (61), as in Table 3"}, bound{.name = "minimum of U"},
      rate{.name = "exact root of (26)"};
  for (long percent = 26; percent <= 60; ++percent) {
    const Spectrum s{l, Rational(percent, 100)};
    const double at = s.L.to_double();
    const auto add = [&](Series& series, Definition definition) {
      const MinimumProcessors m = minimum_processors(s, c, definition);
      if (m.first_ge2) series.add(at, *m.first_ge2);
    };
    add(closed, Definition::equation_61);
    add(bound, Definition::bound);
    add(rate, Definition::rate);
  }
  data.series = {std::move(closed), std::move(bound), std::move(rate)};
  return data;
}

/// Iterations per unit of accuracy over the delay: how much the two bounds lose against the exact second moment.
FigureData slack_over_delay(const Context&) {
  const Spectrum s{Rational(1, 10), Rational(9, 10)};
  FigureData data;
  data.conditions.add("lambda_min", s.l).add("lambda_max", s.L).add("omega", 2).add("theta", "best for U");
  Series root{.name = "ln rho / ln z"}, bound{.name = "ln u / ln z"};
  const Rational omega(2), one(1);
  for (long delta = 1; delta <= 1'000'000; delta += 1 + delta / 3) {
    const Rational theta = bound_theta(s, omega, delta), d(delta);
    const Recursion r = recursion(RateParameters{theta, omega, s.l, s.L, d});
    const Ball exact = -log(exact_factor(s, theta, omega, delta));
    root.add(static_cast<double>(delta), Ball(d) * negative_log_root(r, d) / exact);
    bound.add(static_cast<double>(delta), -log(Ball((r.K2 + one / d) / (r.one_minus_K1 + one / d))) / exact);
  }
  data.series = {std::move(root), std::move(bound)};
  return data;
}

}  // namespace

void register_apsgd_figures(FigureRegistry& registry) {
  apsgd::add_region_figures(registry);
  apsgd::add_error_figure(registry);
  registry.add({
      .id = "apsgd.complexity",
      .source = "Section 4, Table 2",
      .title = "Complexity per unit of time over the number of processors",
      .caption = "The asynchronous method wins where its curve falls below the synchronous one: by the exact root of "
                 "(26) earlier than the printed (56) says, and here nowhere below the exact synchronous step.",
      .x = {.label = "processors tau", .logarithmic = true},
      .y = {.label = "complexity", .unit = "units of time", .logarithmic = true},
      .compute = complexity_over_processors,
  });
  registry.add({
      .id = "apsgd.unit_factors",
      .source = "(10), (32), (15)",
      .title = "What one unit of time leaves of the squared error",
      .caption =
          "Both bounds lie above the exact second moments of the same iterations (commuting sketches, two "
          "eigenvalues). The synchronous one is looser, and only that lets the asynchronous bound fall below it.",
      .x = {.label = "processors tau", .logarithmic = true},
      .y = {.label = "factor of one unit of time"},
      .compute = factors_over_processors,
  });
  registry.add({
      .id = "apsgd.minimum_processors",
      .source = "Table 3",
      .title = "Smallest number of processors with which the asynchronous bound wins",
      .caption =
          R"(Where $\lambda_{\max}$ comes near $\frac14$ the closed form at $\omega=2$ is far from the minimum, at $\omega_*$.)",
      .x = {.label = "lambda_max"},
      .y = {.label = "processors", .logarithmic = true},
      .compute = minimum_processors_over_spectrum,
  });
  registry.add({
      .id = "apsgd.slack",
      .source = "Theorem 5, Lemma 7",
      .title = "How much of the true exponent the bounds prove",
      .caption = "Exponents of the growth factor of (26) and of its bound u, as shares of the exact second moment's: 1 "
                 "would be sharp.",
      .x = {.label = "delay delta", .unit = "updates", .logarithmic = true},
      .y = {.label = "share of the exact exponent"},
      .compute = slack_over_delay,
  });
}

}  // namespace asyncert
