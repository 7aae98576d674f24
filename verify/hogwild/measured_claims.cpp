// Theorems 1 and 2 and Lemmas 2 and 3 against measured averages of replayed runs: finite-sample confidence, realised
// hypotheses.
#include <algorithm>
#include <cmath>

#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/statistics.hpp"
#include "solvers/algorithms/asysvrg.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/executors/replay.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/cosines.hpp"

namespace asyncert::hogwild {

namespace {

/// A replayed run with uniform delays, inconsistent reads and overwrites. The settings make the bounds large parts of
/// V^2 and the runs short, so that what would be detected is a small part of the bound.
struct Plan {
  std::uint64_t delay, updates;
  double survival;
  std::vector<double> start;
  solvers::RunOptions options(const Context& context, std::uint64_t replicate) const {
    solvers::RunOptions o;
    o.steps = updates;
    o.seed = context.seed;
    o.replicate = replicate;
    o.schedule = solvers::uniform_delay(delay);
    o.overwrite = solvers::bernoulli_overwrite({survival});
    o.inconsistent_read = 0.5;
    return o;
  }
};

long replicates(const Context& context) {
  return context.effort == Effort::quick ? 5000 : context.effort == Effort::standard ? 30000 : 300000;
}

/// The average over t of |grad f(w_t)|^2, in [0, V^2], against the bounds of Theorem 1 at its coupled step size, times
/// a factor.
Evidence theorem1_measured(const Context& context, double factor, std::uint64_t realised_delay, long R) {
  const Cosines f;
  const Plan plan{.delay = realised_delay, .updates = 80, .survival = 0.5, .start = {0.6, 0.2}};
  const double V = Cosines::s, f0 = f.value(plan.start);
  const Theorem1Problem<double> p{f0, plan.survival, V, Cosines::s, 1, static_cast<double>(plan.updates)};
  const CoupledStep<double> step = coupled_step(p);
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.hypotheses.push_back({"T > T_min, so that some rho admits the step size", step.eta.has_value(),
                          "T_min = " + std::to_string(step.T_min)});
  if (!step.eta) return e;
  const double eta = *step.eta;
  BoundedMean average(0, V * V);
  std::uint64_t largest = 0;
  std::vector<double> survived(2, 0);
  for (long r = 0; r < R; ++r) {
    double sum = 0;
    const solvers::Run run = solvers::replay(
        solvers::Hogwild(f, {.step = eta, .start = plan.start}), plan.options(context, static_cast<std::uint64_t>(r)),
        [&](const solvers::ReplayStep& s) { sum += squared_gradient(f, s.before); });
    average.add(sum / static_cast<double>(plan.updates));
    largest = std::max(largest, run.delays.before_read.max());
    for (std::size_t k = 0; k < 2; ++k) survived[k] += run.survival[k] / static_cast<double>(R);
  }
  e.hypotheses.push_back({"the largest delay 1 occurred", largest == 1, "realised " + std::to_string(largest)});
  const double corrected = 2 * std::sqrt(p.A() * B(p, eta, *step.rho) / p.updates);
  const double direct = p.A() / (eta * p.updates) + eta * B_direct(p, eta);
  // |grad f| <= V always: a bound above V^2 would say nothing.
  e.trivially_true = corrected >= V * V;
  e.method = "mean of " + std::to_string(R) + " replayed runs of " + std::to_string(plan.updates) +
             " updates: uniform delays, inconsistent reads, overwrites; Hoeffding and empirical Bernstein intervals";
  const Measure measured = average.interval(context.false_alarm);
  const Object instance = Object()
                              .add("problem", "four cosines")
                              .add("L", V)
                              .add("V", V)
                              .add("f0", f0)
                              .add("tau", 1)
                              .add("alpha", plan.survival)
                              .add("T", static_cast<long>(plan.updates))
                              .add("eta", eta)
                              .add("realised_delay", static_cast<long>(largest))
                              .add("realised_survival", List{survived[0], survived[1]});
  e.comparisons.push_back({.label = "(1/T) sum E|grad f(w_t)|^2 <= factor 2 sqrt(A B/T)",
                           .left = measured,
                           .right = Ball::from_double(factor * corrected),
                           .instance = instance});
  e.comparisons.push_back({.label = "(1/T) sum E|grad f(w_t)|^2 <= factor times the direct bound",
                           .left = measured,
                           .right = Ball::from_double(factor * direct),
                           .instance = instance});
  e.smallest_detectable_violation = detectable_in_mean(V * V, R, context.false_alarm);
  e.hypotheses.push_back(detects_violations(*e.smallest_detectable_violation, std::min(corrected, direct)));
  e.data.add("mean", average.mean()).add("bound_over_mean", corrected / average.mean());
  return e;
}

/// Means of gap - coefficient q(w_hat_t), or of q(w_hat_t) - rho q(w_hat_{t+1}), over a run: not positive when the
/// lemma holds.
Evidence lemma_measured(const Context& context, bool gap) {
  const Cosines f;
  const Plan plan{.delay = 2, .updates = 10, .survival = 0.9, .start = {2.5, 0.8}};
  const double L = Cosines::s, V2 = L * L, eta = 0.12, rho = 1 + rho_interval(Condition::printed, L, 2, eta)->t_min;
  const double coefficient = lemma3_coefficient(eta, 2, rho);
  const double least = gap ? -coefficient * V2 : -rho * V2, most = gap ? eta * eta * 4 * V2 : V2;
  BoundedMean difference(least, most);
  const long R = 8 * replicates(context);
  std::uint64_t largest = 0;
  double bound = 0;
  for (long r = 0; r < R; ++r) {
    double sum = 0, right = 0, last = 0;
    const solvers::Run run =
        solvers::replay(solvers::Hogwild(f, {.step = eta, .start = plan.start}),
                        plan.options(context, static_cast<std::uint64_t>(r)), [&](const solvers::ReplayStep& s) {
                          const double q = solvers::mean_squared_term_gradient(f, s.views[0]);
                          if (gap || s.job.step > 0) {
                            sum += gap ? solvers::squared_distance(s.before, s.views[0]) : last;
                            right += (gap ? coefficient : rho) * q;
                          }
                          last = q;
                        });
    const auto terms = static_cast<double>(gap ? plan.updates : plan.updates - 1);
    difference.add((sum - right) / terms);
    bound += right / terms / static_cast<double>(R);
    largest = std::max(largest, run.delays.before_read.max());
  }
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method =
      "mean over " + std::to_string(R) + " replayed runs of 10 updates at the smallest rho that admits the step size";
  e.hypotheses.push_back({"the largest delay 2 occurred", largest == 2, "realised " + std::to_string(largest)});
  e.comparisons.push_back({.label = gap ? "mean of E|w_t - w_hat_t|^2 - 4 eta^2 tau K E q(w_hat_t) <= 0"
                                        : "mean of E q(w_hat_t) - rho E q(w_hat_{t+1}) <= 0",
                           .left = difference.interval(context.false_alarm),
                           .right = 0,
                           .instance = Object()
                                           .add("problem", "four cosines")
                                           .add("eta", eta)
                                           .add("rho", rho)
                                           .add("tau", 2)
                                           .add("alpha", plan.survival)
                                           .add("mean_right_side", bound)});
  e.smallest_detectable_violation = detectable_in_mean(most - least, R, context.false_alarm);
  e.hypotheses.push_back(detects_violations(*e.smallest_detectable_violation, bound));
  return e;
}

/// Theorem 2's rate at a step size, with the smallest rho that its condition admits.
InnerLoop<double> rate(Sequences which, double eta, double alpha, double M) {
  const double L = Cosines::s, beta = 0.2;
  const bool sharp = which == Sequences::sharpened;
  const double r = 1 + rho_interval(sharp ? Condition::sharp : Condition::printed, L, 1, eta)->t_min,
               rho = sharp ? r * r : r;
  return inner_loop(which, sharp ? scale_free_gap(1, rho) : printed_gap(1, rho), L, rho, eta, beta, alpha, M);
}

/// The average over both loops of |grad f(u_{t,m})|^2 less (f(w_0) - f(w_T))/(T M gamma), for AsySVRG: its mean is not
/// positive.
Evidence theorem2_measured(const Context& context) {
  const Cosines f;
  const Plan plan{.delay = 1, .updates = 100, .survival = 0.9, .start = {2.5, 0.8}};
  const double inner = 10, eta = 0.35, V2 = Cosines::s * Cosines::s, f0 = f.value(plan.start),
               largest_value = 2 * Cosines::s;
  const long R = 2 * replicates(context);
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method = "mean of " + std::to_string(R) +
             " replayed runs of AsySVRG, 10 outer loops of 10 updates: uniform delays, inconsistent reads, overwrites";
  std::vector<double> averages, decreases;
  std::uint64_t largest = 0;
  for (long r = 0; r < R; ++r) {
    double sum = 0;
    const solvers::Run run =
        solvers::replay(solvers::AsySvrg(f, {.step = eta, .inner_steps = 10, .start = plan.start}),
                        plan.options(context, static_cast<std::uint64_t>(r)),
                        [&](const solvers::ReplayStep& s) { sum += squared_gradient(f, s.before); });
    averages.push_back(sum / static_cast<double>(plan.updates));
    decreases.push_back(f0 - f.value(run.x));
    largest = std::max(largest, run.delays.before_read.max());
  }
  e.hypotheses.push_back({"the largest delay 1 occurred", largest == 1, "realised " + std::to_string(largest)});
  for (const auto& [which, name] : {std::pair{Sequences::corrected, "corrected"},
                                    {Sequences::absorbed, "absorbed"},
                                    {Sequences::sharpened, "sharpened"}}) {
    const InnerLoop<double> s = rate(which, eta, plan.survival, inner);
    const double gamma = s.gamma(inner - 1), weight = static_cast<double>(plan.updates) * gamma;
    e.hypotheses.push_back({std::string("gamma > 0, ") + name, gamma > 0, std::to_string(gamma)});
    if (s.absorbed) e.hypotheses.push_back({std::string("c_1 <= beta/2, ") + name, s.c(inner - 1) <= s.beta / 2, ""});
    if (!(gamma > 0)) return e;
    const double least = -f0 / weight, most = V2 + (largest_value - f0) / weight;
    BoundedMean difference(least, most);
    double mean = 0, bound = 0;
    for (std::size_t r = 0; r < averages.size(); ++r) {
      difference.add(averages[r] - decreases[r] / weight);
      mean += averages[r] / static_cast<double>(R);
      bound += decreases[r] / weight / static_cast<double>(R);
    }
    e.comparisons.push_back({.label = "(1/(T M)) sum E|grad f|^2 - (f(w_0) - E f(w_T))/(T M gamma) <= 0",
                             .left = difference.interval(context.false_alarm / 3),
                             .right = 0,
                             .instance = Object()
                                             .add("problem", "four cosines")
                                             .add("variant", name)
                                             .add("eta", eta)
                                             .add("beta", s.beta)
                                             .add("tau", 1)
                                             .add("alpha", plan.survival)
                                             .add("M", 10)
                                             .add("T", 10)
                                             .add("gamma", gamma)
                                             .add("mean", mean)
                                             .add("bound", bound)});
    const double detectable = detectable_in_mean(most - least, R, context.false_alarm / 3);
    e.hypotheses.push_back(detects_violations(detectable, bound));
    e.smallest_detectable_violation = std::max(e.smallest_detectable_violation.value_or(0), detectable);
  }
  return e;
}

}  // namespace

void register_measured_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.theorem1.measured",
      .source = "Theorem 1, corrected",
      .statement =
          R"(Measured $\frac1T\sum_tE\|\nabla f(w_t)\|^2\le2\sqrt{AB/T}$ and the direct bound, with delays and overwrites)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return theorem1_measured(c, 1, 1, 6 * replicates(c)); },
      .bound = true,
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.theorem2.measured",
      .source = "Theorem 2, Algorithm 2 as it runs",
      .statement =
          R"(Measured $\frac1{TM}\sum\sum E\|\nabla f(u_{t,m})\|^2\le\frac{f(w_0)-Ef(w_T)}{TM\gamma}$, with delays and overwrites)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return theorem2_measured(c); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.lemma2.measured",
      .source = "Lemma 2, corrected",
      .statement = R"(Measured $Eq(\hat w_t)\le\rho\,Eq(\hat w_{t+1})$ on average over a run)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return lemma_measured(c, false); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.lemma3.measured",
      .source = "Lemma 3, (4)",
      .statement = R"(Measured $E\|w_t-\hat w_t\|^2\le4\eta^2\tau K\,Eq(\hat w_t)$ on average over a run)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return lemma_measured(c, true); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.canary.theorem1_fiftieth",
      .source = "planted",
      .statement = R"(The measured average is at most a fiftieth of the bound)",
      .expected = Verdict::refuted,
      .procedure = [](const Context& c) { return theorem1_measured(c, 0.02, 1, 2 * replicates(c)); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.theorem1_few_runs",
      .source = "planted",
      .statement = R"(Theorem 1 on a hundred runs, which would miss a violation of half the bound)",
      .expected = Verdict::vacuous,
      .procedure = [](const Context& c) { return theorem1_measured(c, 1, 1, 100); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.theorem1_without_delay",
      .source = "planted",
      .statement = R"(Theorem 1 for delay 1, tested on runs whose reads miss nothing)",
      .expected = Verdict::vacuous,
      .procedure = [](const Context& c) { return theorem1_measured(c, 1, 0, 10); },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
