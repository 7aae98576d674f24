// Figures of the paper on distributed asynchronous SGD with unbounded delays.
#include <algorithm>
#include <cmath>

#include "bounds/dasgd/apt.hpp"
#include "bounds/dasgd/characteristic.hpp"
#include "bounds/dasgd/flow.hpp"
#include "bounds/dasgd/min_coherence.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/figure.hpp"
#include "verify/dasgd/experiment.hpp"

namespace asyncert {

namespace {

using dasgd::StepLaw;

/// 10^k.
Rational power_of_ten(long k) { return Rational::parse("1e" + std::to_string(k)); }

FigureData staleness_windows(const Context&) {
  struct Regime {
    const char* name;
    StepLaw law;
    std::function<Rational(long)> read;  // of n = 10^k, k even
  };
  const auto half = [](long k) { return power_of_ten(k) / Rational(2); };
  const auto root = [](long k) { return power_of_ten(k / 2); };
  const Regime regimes[] = {
      {"bounded delay 10, steps 1/n", StepLaw::harmonic, [](long k) { return power_of_ten(k) - Rational(10); }},
      {"linear delay n/2, steps 1/(n log n)", StepLaw::log, half},
      {"read sqrt(n), steps 1/(n log n loglog n)", StepLaw::loglog, root},
      {"read sqrt(n), steps 1/(n log n): too large", StepLaw::log, root}};
  FigureData data;
  for (const Regime& r : regimes) {
    Series s{.name = r.name};
    for (long k = 2; k <= 100; k += k < 20 ? 2 : 10) {
      const PrecisionScope scope(128 + 4 * k);
      s.add(std::pow(10.0, static_cast<double>(k)), dasgd::step_sum(r.law, r.read(k), power_of_ten(k)));
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData energy_on_the_disc(const Context&) {
  FigureData data;
  data.conditions.add("f", "-x_1 - x_2^2/4").add("set", "unit disc").add("y_0", List{3, 4});
  Series energy{.name = "energy E(y(t))"}, distance{.name = "squared distance |x(t)-x*|^2"},
      limit{.name = "limit of the energy"};
  for (long k = -4; k <= 24; ++k) {
    const Rational t = k < 0 ? Rational(1, 1L << -k) : Rational(1L << k);
    const auto flow = dasgd::tilted_flow_on_disc(3, 4, t);
    const double at = t.to_double();
    const Ball across = flow.point.x[1].ball(), missing = Ball(1) - flow.point.x[0].ball();
    energy.add(at, flow.point.energy.ball());
    distance.add(at, missing * missing + across * across);
    limit.add(at, flow.limit_energy.ball());
  }
  data.series = {energy, limit, distance};
  return data;
}

FigureData pseudotrajectory(const Context&) {
  FigureData data;
  data.conditions.add("f", "x^2/2").add("alpha_n", "1/(n+1)");
  for (const Rational& T : {Rational(1, 10), Rational(1, 2), Rational(5)}) {
    Series s{.name = "window T = " + T.to_decimal(3)};
    for (long k = 0; k <= 30; ++k) {
      Ball d;
      escalate_precision("the distance", [&] {
        d = dasgd::apt_distance(1L << k, T);
        return d.accuracy_bits() > 30;
      });
      s.add(static_cast<double>(1L << k), d);
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData growth_under_linear_delay(const Context&) {
  FigureData data;
  data.conditions.add("f", "x^2/2").add("alpha_n", "c/n").add("read", "ceil(n/k)");
  for (const Rational& c : {Rational(1, 2), Rational(1), Rational(2)}) {
    Series s{.name = "c = " + c.to_decimal(2)};
    for (long k = 2; k <= 200; k += 1 + k / 8) s.add(static_cast<double>(k), dasgd::characteristic_root(c, k).real);
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData coherence_of_the_test_function(const Context&) {
  FigureData data;
  data.conditions.add("function", "one pair of (5.1)");
  Series diagonal{.name = "x_1 = x_2"}, best{.name = "the least over x_2"};
  for (long k = 0; k <= 160; ++k) {
    const Rational x(k, 80), one(1);
    const Rational z = (Rational(3) * x * x - Rational(2) * x + one) / Rational(2);
    diagonal.add(x.to_double(), dasgd::rosenbrock_coherence(x, x));
    best.add(x.to_double(), dasgd::rosenbrock_coherence(x, max(Rational(0), min(Rational(2), z))));
  }
  data.series = {diagonal, best};
  return data;
}

/// The median over realisations with the range from the least to the largest, one realisation, and its ergodic average.
void add_experiment(FigureData& data, const dasgd::ExperimentResult& r, const std::string& name) {
  Series middle{.name = name + ": median", .band = "least and largest realisation", .rigor = Rigor::floating};
  Series sample{.name = name + ": one realisation"}, average{.name = name + ": its ergodic average"};
  for (std::size_t k = 0; k < r.recorded.size(); ++k) {
    const auto n = static_cast<double>(r.recorded[k]);
    std::vector<double> values;
    for (const auto& curve : r.last) values.push_back(curve[k]);
    std::sort(values.begin(), values.end());
    middle.x.push_back(n);
    middle.y.push_back(values[values.size() / 2]);
    middle.lower.push_back(values.front());
    middle.upper.push_back(values.back());
    sample.add_float(n, r.last.front()[k]);
    average.add_float(n, r.average.front()[k]);
  }
  data.series.insert(data.series.end(), {middle, sample, average});
}

FigureData figure1(const Context& context) {
  FigureData data;
  dasgd::Experiment x{.c = 0.5, .n0 = 200, .steps = 3000, .realisations = 20};
  if (context.effort != Effort::quick) x.steps = 20000, x.realisations = 100;
  data.conditions.add("d", 101).add("alpha_n", "c/((n+n0) log(n+n0))").add("c", x.c).add("n0", x.n0);
  data.conditions.add("realisations", static_cast<long>(x.realisations)).add("noise", "N(0,I)");
  add_experiment(data, dasgd::run_experiment(x, context.seed), "no delay");
  x.linear_delay = true;
  add_experiment(data, dasgd::run_experiment(x, context.seed), "linear delays");
  return data;
}

}  // namespace

void register_dasgd_figures(FigureRegistry& registry) {
  registry.add(
      {.id = "dasgd.figure1",
       .source = "Figure 1",
       .title = "The test function with and without linear delays",
       .caption =
           "With steps that converge without delay the delayed iterates first become unstable, and the ergodic average "
           "of the delayed run is then better than the run itself.",
       .x = {.label = "step n", .logarithmic = true},
       .y = {.label = "value f", .logarithmic = true},
       .compute = figure1});
  registry.add(
      {.id = "dasgd.staleness_windows",
       .source = "Assumption 3",
       .title = "The steps between a read and its write",
       .caption =
           R"(The window $W_n$ must vanish: it does in the three regimes, and tends to $\log 2$ where the steps are too large for the delay.)",
       .x = {.label = "step n", .logarithmic = true},
       .y = {.label = "staleness window W", .logarithmic = true},
       .compute = staleness_windows});
  registry.add(
      {.id = "dasgd.energy_on_the_disc",
       .source = "Lemma 3.1, Lemma 4.2",
       .title = "An energy that does not vanish although the iterate converges",
       .caption =
           R"(Along the flow of a coherent function on the disc $x(t)\to x^*$, while $E$ tends to $(256/7)^{1/3}$.)",
       .x = {.label = "time t", .logarithmic = true},
       .y = {.label = "energy and squared distance", .logarithmic = true},
       .compute = energy_on_the_disc});
  registry.add(
      {.id = "dasgd.pseudotrajectory",
       .source = "Definition 4.3",
       .title = "Iterates and flow over a window of time",
       .caption =
           R"(The largest distance per unit of $|y_n|$ falls as $1/n$, and no longer depends on the window once $T>\log 2$.)",
       .x = {.label = "start n", .logarithmic = true},
       .y = {.label = "distance", .logarithmic = true},
       .compute = pseudotrajectory});
  registry.add(
      {.id = "dasgd.growth_under_linear_delay",
       .source = "Assumption 3, regime 2",
       .title = "Growth exponent of 1/n steps under linear delay",
       .caption =
           R"(Iterates behave as $n^\lambda$; the exponent is positive, and the method unstable, where $c\log k>\pi/2$.)",
       .x = {.label = "n over the step that is read, k", .logarithmic = true},
       .y = {.label = "real part of the exponent"},
       .compute = growth_under_linear_delay});
  registry.add(
      {.id = "dasgd.coherence_of_the_test_function",
       .source = "Section 5",
       .title = "The coherence product of the test function",
       .caption =
           R"(Variational coherence needs values that are not negative; the test function fails left of the minimum at 1.)",
       .x = {.label = "x_1"},
       .y = {.label = "coherence product of a pair"},
       .compute = coherence_of_the_test_function});
}

}  // namespace asyncert
