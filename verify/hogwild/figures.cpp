// Figures of the paper on lock-free Hogwild! and AsySVRG.
#include "verify/hogwild/figures.hpp"

#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/figure.hpp"
#include "verify/hogwild/theorem1_adversary.hpp"

namespace asyncert {

namespace {

using namespace hogwild;

const std::pair<Condition, const char*> forms[] = {{Condition::printed, "as printed (factor 9)"},
                                                   {Condition::one, "as the proof gives it (factor 1)"},
                                                   {Condition::sharp, "scale-free form"}};

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
  for (const auto& [condition, name] : forms) {
    Series s{.name = name};
    for (const long tau : delays(1000)) s.add(static_cast<double>(tau), largest_step(condition, Ball(L), tau));
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData admissible_rho(const Context&) {
  const Ball L(1);
  const long tau = 4;
  FigureData data;
  data.conditions.add("L", 1).add("tau", tau);
  for (const auto& [condition, name] : forms) {
    Series s{.name = name, .mark = Mark::band};
    const Ball largest = largest_step(condition, L, tau);
    // The interval closes at the largest step: up to 0.999 of it, in equal ratios from 1e-5.
    for (int k = 0; k <= 60; ++k) {
      const Ball eta = exp(log(Ball(Rational(1, 100000))) * Ball(Rational(60 - k, 60)) +
                           log(largest * Ball(Rational(999, 1000))) * Ball(Rational(k, 60)));
      const auto interval = rho_interval(condition, L, tau, eta);
      const Ball low = interval->t_min + 1, high = *interval->t_max + 1;
      const bool root = condition == Condition::sharp;
      s.add_range(eta.midpoint(), root ? low * low : low, root ? high * high : high);
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData forms_of_theorem1(const Context&) {
  FigureData data;
  data.conditions.add("f0", 1).add("alpha", Fraction{Rational(9, 10)}).add("V", 1).add("L", 1).add("T", "10^12");
  Series corrected{.name = "2 sqrt(A B/T), which the proof gives"}, direct{.name = "direct bound at the same step"},
      best{.name = "direct bound at its best step"}, provable{.name = "8/7 sqrt(A B/T), provable"};
  for (const long tau : delays(32)) {
    const Theorem1Problem<Ball> p{1, Rational(9, 10), 1, 1, tau, Rational::parse("1e12")};
    const CoupledStep<Ball> step = coupled_step(p);
    if (!step.eta) break;
    const Ball printed = sqrt(p.A() * B(p, *step.eta, *step.rho) / p.updates), own = best_direct_step(p);
    const auto at = [&](const Ball& eta) { return (p.A() / (eta * p.updates) + eta * B_direct(p, eta)) / printed; };
    corrected.add(static_cast<double>(tau), Rational(2));
    provable.add(static_cast<double>(tau), Rational(8, 7));
    direct.add(static_cast<double>(tau), at(*step.eta));
    best.add(static_cast<double>(tau), at(own));
  }
  data.series = {corrected, direct, best, provable};
  return data;
}

FigureData adversary_over_delay(const Context&) {
  FigureData data;
  data.conditions.add("eta L tau^2", Fraction{Rational(16, 10000)}).add("T eta L", 1000);
  Series certified{.name = "certified lower bound of the average"}, printed{.name = "printed bound"};
  for (const double exponent : {2.5, 2.75, 3.0, 3.25, 3.5, 3.75, 4.0, 4.5, 5.0, 5.5, 6.0}) {
    const long tau = std::lround(std::pow(10.0, exponent));
    const AdversaryBound b = certify(adversary_at(tau));
    certified.add(static_cast<double>(tau), b.average / b.printed);
    printed.add(static_cast<double>(tau), Rational(1));
  }
  data.series = {certified, printed};
  return data;
}

FigureData gamma_over_smoothness(const Context&) {
  const long tau = 4, M = 1000;
  const Ball rho(Rational(11, 10)), alpha(Rational(9, 10));
  FigureData data;
  data.conditions.add("tau", tau)
      .add("M", M)
      .add("rho", Fraction{Rational(11, 10)})
      .add("alpha", Fraction{Rational(9, 10)})
      .add("beta", "L/50")
      .add("eta", "the largest that Lemma 5 admits at rho");
  const std::pair<Sequences, const char*> variants[] = {{Sequences::printed, "printed"},
                                                        {Sequences::corrected, "with the missing L^2"},
                                                        {Sequences::absorbed, "dropped terms absorbed"},
                                                        {Sequences::sharpened, "sharpened"}};
  for (const auto& [which, name] : variants) {
    Series s{.name = name};
    for (int k = 0; k <= 40; ++k) {
      const double x = std::pow(10.0, -0.6 + k / 20.0);
      const Ball L = Ball::from_double(x), eta = step_cap(Condition::printed, L, tau, rho - 1);
      const Ball gap = which == Sequences::sharpened ? scale_free_gap(tau, rho) : printed_gap(tau, rho);
      s.add(x,
            Ball(2) * inner_loop(which, gap, L, rho, eta, L / 50, alpha, Ball(M)).gamma(Ball(M - 1)) / (alpha * eta));
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

}  // namespace

void register_hogwild_figures(FigureRegistry& registry) {
  hogwild::add_training_figures(registry);
  hogwild::add_thread_figures(registry);
  registry.add({
      .id = "hogwild.largest_step",
      .source = "Lemma 2",
      .title = "The largest step size that Lemma 2 admits",
      .caption =
          R"(Below a curve some $\rho$ meets Lemma 2's condition at delay $\tau$; the printed one loses a factor that grows like $\tau$.)",
      .x = {.label = "delay tau", .unit = "updates", .logarithmic = true},
      .y = {.label = "largest step size eta", .logarithmic = true},
      .compute = largest_step_over_delay,
  });
  registry.add({
      .id = "hogwild.admissible_rho",
      .source = "Lemmas 2 and 5",
      .title = "The factors that Lemma 2 admits at a step size",
      .caption =
          R"(At delay 4 and $L=1$: each band holds the $\rho$ that meet the condition; it closes at the largest step size.)",
      .x = {.label = "step size eta", .logarithmic = true},
      .y = {.label = "rho", .logarithmic = true},
      .compute = admissible_rho,
  });
  registry.add({
      .id = "hogwild.theorem1_forms",
      .source = "Theorem 1",
      .title = "Bounds of Theorem 1 over the printed one",
      .caption =
          R"(At the paper's own step size: what the proof gives is twice the printed $\sqrt{AB/\tilde T}$, and 8/7 of it is provable.)",
      .x = {.label = "delay tau", .unit = "updates"},
      .y = {.label = "bound over sqrt(A B/T)"},
      .compute = forms_of_theorem1,
  });
  registry.add({
      .id = "hogwild.theorem1_counterexample",
      .source = "Theorem 1",
      .title = "A run whose average exceeds the printed bound of Theorem 1",
      .caption =
          R"(Adversarial reads with $\eta L\tau^2=0.0016$: for long delays the certified average exceeds the printed bound.)",
      .x = {.label = "delay tau", .unit = "updates", .logarithmic = true},
      .y = {.label = "average over sqrt(A B/T)"},
      .compute = adversary_over_delay,
  });
  registry.add({
      .id = "hogwild.theorem2_gamma",
      .source = "Theorem 2",
      .title = "Theorem 2's rate in its four forms",
      .caption =
          R"($\gamma$ over its ceiling $\alpha\eta/2$: the missing $L^2$ matters away from $L=1$; the absorbed forms lose least.)",
      .x = {.label = "smoothness L", .logarithmic = true},
      .y = {.label = "gamma over alpha eta/2"},
      .compute = gamma_over_smoothness,
  });
}

}  // namespace asyncert
