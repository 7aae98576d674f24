// Measured claims: Figure 1, the ergodic average (5.2), and Theorem 4.6 on coherent instances.
#include <algorithm>
#include <cmath>

#include "lib/statistics.hpp"
#include "solvers/algorithms/dasgd.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/constrained.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/experiment.hpp"

namespace asyncert::dasgd {

namespace {

Experiment settings(const Context& context, double c, double n0, bool linear_delay, Start start) {
  Experiment x{.c = c, .n0 = n0, .start = start, .linear_delay = linear_delay, .realisations = 1};
  if (context.effort == Effort::deep) x.steps = 20000;
  return x;
}

/// Realisations before the first look; at most eight times as many.
long first_look(const Context& context) {
  return context.effort == Effort::quick ? 40 : context.effort == Effort::standard ? 150 : 1000;
}

Object conditions(const Experiment& x) {
  Object o;
  o.add("d", 101)
      .add("c", x.c)
      .add("n0", x.n0)
      .add("delays", x.linear_delay ? "linear, xi uniform on [1/2, 3/2]" : "none");
  o.add("y_0", x.start == Start::three_halves ? "(3/2, ..., 3/2)" : "uniform on the box");
  o.add("realisations_a_start", static_cast<long>(x.realisations_a_start));
  return o.add("steps", static_cast<long>(x.steps));
}

Evidence measured(const Context& context, const Experiment& x, std::uint64_t largest_delay, std::string method) {
  Evidence e = evidence(Coverage::sample, std::move(method));
  e.seed = context.seed;
  e.data = conditions(x).add("largest_delay", static_cast<long>(largest_delay));
  if (x.linear_delay)
    e.hypotheses.push_back(
        {"delays of a fifth of the steps occur", 5 * largest_delay >= x.steps, std::to_string(largest_delay)});
  return e;
}

/// An event of probability above 1/2, of one realisation or of those from one start, drawn again and again.
template <class Event>
Evidence more_than_half(const Context& context, Experiment x, const std::string& label, Object at, long first,
                        Event event) {
  std::uint64_t largest_delay = 0;
  const ProportionTest test = test_proportion(
      [&](long r) {
        x.first_realisation = static_cast<std::uint64_t>(r) * x.realisations;
        const ExperimentResult result = run_experiment(x, context.seed);
        largest_delay = std::max(largest_delay, result.largest_delay);
        return event(result);
      },
      0.5, context.false_alarm, first, 8 * first);
  Evidence e = measured(context, x, largest_delay,
                        "independent trials; exact binomial limits, looked at after more and more trials until they "
                        "exclude 1/2");
  compare(e, "1/2 < P(" + label + ")", Rational(1, 2), Relation::less, test.probability,
          at.add("trials", test.trials).add("with it", test.successes));
  e.smallest_detectable_violation = test.shortfall;
  return e;
}

/// f of the best and of the worst realisation at a recorded step.
std::pair<double, double> best_and_worst(const ExperimentResult& r, std::size_t k) {
  double best = r.last.front().at(k), worst = best;
  for (const std::vector<double>& curve : r.last)
    best = std::min(best, curve.at(k)), worst = std::max(worst, curve.at(k));
  return {best, worst};
}

/// What Figure 1 shows, with the literal steps: of the realisations from one uniform start even the best stays above
/// the bound, and the ergodic average of the first is worse than the worst.
Evidence one_start_many_realisations(const Context& context, bool linear_delay, const Rational& bound) {
  Experiment x = settings(context, 1, 1, linear_delay, Start::random_each);
  x.steps = context.effort == Effort::deep ? 2000 : 300;
  x.realisations = x.realisations_a_start = context.effort == Effort::quick ? 8 : 100;
  const double limit = bound.to_double();
  return more_than_half(context, x, "min f(X_N) > bound and f(Xbar_N) > max f(X_N)", conditions(x).add("bound", bound),
                        40, [&](const ExperimentResult& r) {
                          const std::size_t k = r.place(x.steps);
                          const auto [best, worst] = best_and_worst(r, k);
                          return best > limit && r.average.front().at(k) > worst;
                        });
}

/// Jensen's inequality f(Xbar_n) <= sum alpha f(X_k)/sum alpha holds, although Xbar_n is worse than X_n.
Evidence jensen_holds(const Context& context, double c, double n0, bool linear_delay, std::uint64_t at) {
  Experiment x = settings(context, c, n0, linear_delay, Start::random_each);
  x.steps = at;
  return more_than_half(context, x, "f(X_n) < f(Xbar_n) <= sum alpha f(X_k)/sum alpha",
                        conditions(x).add("n", static_cast<long>(at)), first_look(context),
                        [&](const ExperimentResult& r) {
                          const std::size_t k = r.place(at);
                          const double average = r.average.front().at(k);
                          return r.last.front().at(k) < average && average <= r.mean.front().at(k);
                        });
}

enum class Side { below, above };

/// The median of f(X_N) lies on that side of the bound.
Evidence median_of_last(const Context& context, double c, double n0, bool linear_delay, Start start, Side side,
                        const Rational& bound) {
  const Experiment x = settings(context, c, n0, linear_delay, start);
  const double limit = bound.to_double();
  return more_than_half(context, x, side == Side::below ? "f(X_N) < bound" : "f(X_N) > bound",
                        conditions(x).add("bound", bound), first_look(context), [&](const ExperimentResult& r) {
                          const double last = r.last_at_end().front();
                          return side == Side::below ? last < limit : last > limit;
                        });
}

/// The probabilities that f(X_N) stays above 50 and that it falls below 10, over the starts and the noise; and that two
/// realisations from one start end within 1 of each other, both below the ergodic average.
Evidence depends_on_the_start(const Context& context, const Rational& stays, const Rational& falls) {
  Experiment x = settings(context, 0.5, 200, false, Start::random_each);
  x.realisations_a_start = 2;
  const long first = context.effort == Effort::quick ? 130 : context.effort == Effort::standard ? 400 : 4000;
  const long most = 24 * first;  // enough to tell a probability near 0 from the smaller bound
  struct End {
    double last, average;
  };
  std::vector<End> ends;
  const auto end = [&](std::uint64_t realisation) {
    x.first_realisation = realisation;
    const ExperimentResult r = run_experiment(x, context.seed);
    return End{r.last.front().back(), r.average.front().back()};
  };
  const auto first_end = [&](long r) {
    while (static_cast<long>(ends.size()) <= r) ends.push_back(end(2 * ends.size()));
    return ends[static_cast<std::size_t>(r)];
  };
  const double alpha = context.false_alarm / 3;
  const ProportionTest above =
      test_proportion([&](long r) { return first_end(r).last > 50; }, stays.to_double(), alpha, first, most);
  const ProportionTest below =
      test_proportion([&](long r) { return first_end(r).last < 10; }, falls.to_double(), alpha, first, most);
  const ProportionTest agree = test_proportion(
      [&](long r) {
        const End a = first_end(r), b = end(2 * static_cast<std::uint64_t>(r) + 1);
        return std::abs(a.last - b.last) < 1 && std::max(a.last, b.last) < a.average;
      },
      0.5, alpha, first_look(context), 8 * first_look(context));
  Evidence e = evidence(Coverage::sample,
                        "independent realisations, each from its own uniform start, and pairs of them from one; exact "
                        "binomial limits for the shares, looked at after more and more until they exclude the bounds");
  e.seed = context.seed;
  compare(e, "bound <= P(f(X_N) > 50)", stays, Relation::less_equal, above.probability,
          conditions(x).add("realisations", above.trials).add("above", above.successes));
  compare(e, "bound <= P(f(X_N) < 10)", falls, Relation::less_equal, below.probability,
          conditions(x).add("realisations", below.trials).add("below", below.successes));
  compare(e, "1/2 < P(two realisations end within 1 of each other, below f(Xbar_N))", Rational(1, 2), Relation::less,
          agree.probability, conditions(x).add("pairs", agree.trials).add("agree", agree.successes));
  if (above.shortfall && below.shortfall && agree.shortfall)
    e.smallest_detectable_violation = std::max({*above.shortfall, *below.shortfall, *agree.shortfall});
  return e;
}

/// f(Xbar_n) <= f(X_n) at the recorded step `at`.
Evidence average_is_better(const Context& context, double c, double n0, bool linear_delay, std::uint64_t at) {
  Experiment x = settings(context, c, n0, linear_delay, Start::random_each);
  x.steps = at;
  return more_than_half(context, x, "f(Xbar_n) <= f(X_n)", conditions(x).add("n", static_cast<long>(at)),
                        first_look(context), [&](const ExperimentResult& r) {
                          const std::size_t k = r.place(at);
                          return r.average.front().at(k) <= r.last.front().at(k);
                        });
}

double distance(const std::vector<double>& x, const std::vector<double>& y) {
  double squared = 0;
  for (std::size_t j = 0; j < x.size(); ++j) squared += (x[j] - y[j]) * (x[j] - y[j]);
  return std::sqrt(squared);
}

/// |X_N-x*| below the bound in more than half of the realisations on the coherent instances, noise 1/2 a coordinate.
Evidence coherent_instances(const Context& context, bool delayed, double bound, std::vector<std::string> names) {
  Evidence e = evidence(Coverage::sample,
                        "independent realisations, alpha_n = 5/((n+10) log(n+10)); exact binomial limits, looked at "
                        "after more and more realisations until they exclude 1/2");
  e.seed = context.seed;
  const std::uint64_t steps = context.effort == Effort::quick ? 4000 : 20000;
  for (const std::string& name : names) {
    const auto instance = solvers::instances::coherent(name);
    const solvers::Dasgd rule(
        *instance.problem,
        {.step = {.kind = solvers::StepSize::Kind::n_log_n, .c = 5, .n0 = 10}, .set = instance.set, .noise = 0.5});
    std::uint64_t largest_delay = 0;
    const ProportionTest test = test_proportion(
        [&](long r) {
          const auto run = solvers::replay(
              rule, {.steps = steps,
                     .seed = context.seed,
                     .replicate = static_cast<std::uint64_t>(r),
                     .schedule = delayed ? solvers::random_linear_growth(0.5, 1.5) : solvers::no_delay()});
          largest_delay = std::max(largest_delay, run.delays.before_read.max());
          return distance(run.x, instance.minimiser) < bound;
        },
        0.5, context.false_alarm / static_cast<double>(names.size()), first_look(context), 8 * first_look(context));
    if (delayed)
      e.hypotheses.push_back({"delays of a fifth of the steps occur on " + name, 5 * largest_delay >= steps,
                              std::to_string(largest_delay)});
    compare(e, "1/2 < P(|X_N-x*| < bound)", Rational(1, 2), Relation::less, test.probability,
            Object()
                .add("instance", name)
                .add("bound", bound)
                .add("steps", static_cast<long>(steps))
                .add("delays", delayed ? "linear" : "none")
                .add("realisations", test.trials));
    e.smallest_detectable_violation = test.shortfall;
  }
  return e;
}

/// The probability that a realisation with linear delays comes within 1/20 of the solution at some step up to N.
Evidence recurrence(const Context& context) {
  Evidence e = evidence(Coverage::sample,
                        "independent realisations of 4000 steps on log(1+|x-c|^2) over a box, linear delays, noise 1/2 "
                        "a coordinate; exact binomial limits, looked at until they exclude 1/2");
  e.seed = context.seed;
  const auto instance = solvers::instances::coherent("log");
  const solvers::Dasgd rule(
      *instance.problem,
      {.step = {.kind = solvers::StepSize::Kind::n_log_n, .c = 5, .n0 = 10}, .set = instance.set, .noise = 0.5});
  const ProportionTest test = test_proportion(
      [&](long r) {
        double nearest = 10;
        solvers::replay(rule,
                        {.steps = 4000,
                         .seed = context.seed,
                         .replicate = static_cast<std::uint64_t>(r),
                         .schedule = solvers::random_linear_growth(0.5, 1.5)},
                        [&](const solvers::ReplayStep& s) {
                          nearest = std::min(nearest, distance(rule.output(s.after), instance.minimiser));
                        });
        return nearest < 0.05;
      },
      0.5, context.false_alarm, first_look(context), 8 * first_look(context));
  e.smallest_detectable_violation = test.shortfall;
  compare(e, "1/2 < P(min over n <= N of |X_n-x*| < 1/20)", Rational(1, 2), Relation::less, test.probability,
          Object().add("instance", "log").add("realisations", test.trials).add("reached", test.successes));
  return e;
}

}  // namespace

void register_experiment_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.figure1.literal",
       .source = "Section 5, Figure 1",
       .statement =
           R"(With $\alpha_n=1/(n\log n)$, shifted by one to be finite, DASGD without delay leaves even the best of the realisations from one start above $f=50$, and the ergodic average is worse than the worst, for more than half of the uniform starts)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return one_start_many_realisations(c, false, 50); },
       .note = "The first steps throw the state far outside; X = 0, where f = 100, is left only after a time that "
               "loglog n does not reach. The paper gives neither the factor of its steps nor its start. 100 "
               "realisations of 300 steps from each start; 8 at the quick effort, of 2000 steps at the deep one."});
  add({.id = "dasgd.figure1.literal.linear_delay",
       .source = "Section 5, Figure 1",
       .statement =
           R"(The same with linear delays: from more than half of the uniform starts even the best of the realisations stays above $f=50$, and the ergodic average is worse than the worst)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return one_start_many_realisations(c, true, 50); }});
  add({.id = "dasgd.figure1.shifted",
       .source = "Section 5, Figure 1, with steps that are small from the start",
       .statement =
           R"(With $\alpha_n=\frac12/((n+200)\log(n+200))$ and no delay the median of $f(X_N)$ is below $1/2$ from $y_0=(\frac32,\dots,\frac32)$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) {
         return median_of_last(c, 0.5, 200, false, Start::three_halves, Side::below, Rational(1, 2));
       }});
  add({.id = "dasgd.figure1.shifted.starts",
       .source = "Section 5, Figure 1, with steps that are small from the start",
       .statement =
           R"(With the same steps and no delay the start decides: from a uniform start $f(X_N)$ stays above 50 with probability at least $\frac1{100}$ and falls below 10 with probability at least $\frac12$, while two realisations from one start end within 1 of each other, below the ergodic average, with probability above $\frac12$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return depends_on_the_start(c, Rational(1, 100), Rational(1, 2)); },
       .note = "Where a coordinate is thrown to 0 its neighbours follow, and f stays near 70: the gradient there is "
               "small. The paper does not give its random start, on which such curves depend."});
  add({.id = "dasgd.figure1.shifted.linear_delay",
       .source = "Section 5, Figure 1, with steps that are small from the start",
       .statement = R"(With the same steps, linear delays and uniform starts the median of $f(X_N)$ stays above 50)",
       .expected = Verdict::supported,
       .procedure =
           [](const Context& c) { return median_of_last(c, 0.5, 200, true, Start::random_each, Side::above, 50); },
       .uses = {"dasgd.section5.curvature"},
       .note = "The stiff modes are unstable under these delays: the two curves of Figure 1 are not reproduced by one "
               "step law."});
  add({.id = "dasgd.section5.average.literal",
       .source = "Section 5, on (5.2), \"Jensen's inequality fails dramatically to produce an improvement\"",
       .statement =
           R"(With the literal steps the ergodic average is worse than the iterate at $n=300$ although Jensen's inequality $f(\bar X_n)\le\sum\alpha_kf(X_k)/\sum\alpha_k$ holds, in more than half of the realisations)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return jensen_holds(c, 1, 1, false, 300); },
       .uses = {"dasgd.section5.average.memory", "dasgd.section5.average.jensen"},
       .note = "So it is not Jensen's inequality that fails, which compares with the mean of the values: the first are "
               "large, and the average keeps them."});
  add({.id = "dasgd.section5.average.linear_delay",
       .source = "Section 5, on (5.2)",
       .statement =
           R"(With linear delays and shifted steps the ergodic average is better than the iterate at $n=100$ in more than half of the realisations)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return average_is_better(c, 0.5, 200, true, 100); },
       .note = "So the average is not worse in general: averaging damps an unstable iteration."});
  add({.id = "dasgd.proposition4.1.measured",
       .source = "Proposition 4.1, measured",
       .statement =
           R"(DASGD with linear delays comes close to the solution at some step, with probability above $1/2$ within 4000 steps)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return recurrence(c); }});
  add({.id = "dasgd.theorem4.6.no_delay",
       .source = "Theorem 4.6",
       .statement =
           R"(DASGD without delay comes within $1/10$ of the solution of two coherent instances, one of them not convex, in more than half of the realisations)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) {
         return coherent_instances(c, false, 0.1, {"log", "linear-simplex"});
       }});
  add({.id = "dasgd.theorem4.6.linear_delay",
       .source = "Theorem 4.6",
       .statement =
           R"(DASGD with linear delays comes within $1/10$ of the solution of two coherent instances, one of them not convex, in more than half of the realisations)",
       .expected = Verdict::supported,
       .procedure =
           [](const Context& c) {
             return coherent_instances(c, true, 0.1, {"log", "linear-simplex"});
           },
       .uses = {"dasgd.theorem3.3.quasi_fejer"},
       .note = "The flat wells 1-exp(-s/2) and s/(1+s) are coherent too, but far from the solution they need a flow "
               "time that the sum of the steps, about 5 loglog n, does not reach."});
  add({.id = "dasgd.canary.figure1_too_low",
       .source = "planted",
       .statement = "The median of f(X_N) is below a thousandth with the shifted steps from (3/2, ..., 3/2)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context& c) {
             return median_of_last(c, 0.5, 200, false, Start::three_halves, Side::below, Rational(1, 1000));
           },
       .canary = true});
  add({.id = "dasgd.canary.literal_far_above",
       .source = "planted",
       .statement = "The best realisation with the literal steps stays above f = 101",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return one_start_many_realisations(c, false, 101); },
       .canary = true});
  add({.id = "dasgd.canary.jensen_under_linear_delays",
       .source = "planted",
       .statement = "With shifted steps and linear delays the ergodic average is worse than the iterate at n = 100",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return jensen_holds(c, 0.5, 200, true, 100); },
       .canary = true});
  add({.id = "dasgd.canary.no_delay_occurred",
       .source = "planted",
       .statement = "Linear delays do no harm, shown by a run without any",
       .expected = Verdict::vacuous,
       .procedure =
           [](const Context& context) {
             Experiment x = settings(context, 0.5, 200, false, Start::three_halves);
             x.realisations = 5;
             const ExperimentResult r = run_experiment(x, context.seed);
             x.linear_delay = true;
             Evidence e =
                 measured(context, x, r.largest_delay, "a planted falsehood: the runs were made without delays");
             compare(e, "f(X_N) < 10 in the first realisation", Rational::from_double(r.last.front().back()),
                     Relation::less, 10);
             return e;
           },
       .canary = true});
}

}  // namespace asyncert::dasgd
