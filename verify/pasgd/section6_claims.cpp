// Section 6 by runs: escape times over the kinds of delays, and the return to the saddle; Lemma 9's event as a whole.
#include <algorithm>
#include <optional>

#include "lib/certificate.hpp"
#include "lib/statistics.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/escape_runs.hpp"

namespace asyncert::pasgd {

namespace {

/// Median escape times from the saddle itself under delays of up to 10 of several kinds, against none. What a
/// comparison detects: for some m less than 1/2 - v of the delayed runs take at most factor m steps, and more than 1/2
/// + v of the others at most m.
Evidence delay_kinds(const Context& context, const Rational& factor) {
  const long runs = context.effort == Effort::quick ? 60 : context.effort == Effort::standard ? 1000 : 5000;
  constexpr std::uint64_t T = 10, limit = 12000;
  const struct {
    const char* name;
    solvers::SchedulePtr schedule;
  } kinds[] = {{"uniform on 0..10", solvers::uniform_delay(T)},
               {"saw-tooth t mod 11", solvers::saw_tooth_delay(T)},
               {"alternating 0, 10", solvers::periodic_delay({0, T})},
               {"constant 10", solvers::constant_delay(T)}};
  const double alpha = context.false_alarm / 5;
  const auto median = [&](const EscapeTimes& times) { return quantile_interval(times.steps, 0.5, alpha); };
  const Measure none = median(escape_times(0, 0.05, runs, limit, context.seed, solvers::no_delay()));
  const Measure allowed = Measure::confidence(factor.to_double() * none.value.lower(),
                                              factor.to_double() * none.value.upper(), alpha, none.rigor);
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method = std::to_string(runs) +
             " replays of Section 5's experiment for each kind of delays and for none, all from the saddle itself; "
             "order-statistics intervals of the medians";
  for (const auto& [name, schedule] : kinds) {
    const EscapeTimes times = escape_times(0, 0.05, runs, limit, context.seed, schedule);
    e.hypotheses.push_back({std::string("delays of 10 occurred: ") + name, times.largest_delay == T,
                            "largest delay " + std::to_string(times.largest_delay)});
    e.comparisons.push_back({.label = "median escape time <= factor times the median without delay",
                             .left = median(times),
                             .right = allowed,
                             .instance = Object().add("delays", name).add("factor", factor)});
  }
  e.smallest_detectable_violation = detectable_shortfall(runs, 0.5, alpha, (1 + detection_probability) / 2);
  return e;
}

/// How much the law of the escape time depends on the start: the largest difference, over all numbers of steps, between
/// the shares of the runs from N(0, distance^2 I) and from the saddle itself that have escaped by then. At M eta =
/// 0.001 one number of steps bounds it from below, at 0.04 the empirical laws bound it from above.
Evidence sensitivity(const Context& context, double distance, const Rational& bound) {
  const long runs = context.effort == Effort::quick ? 400 : context.effort == Effort::standard ? 2000 : 10000;
  constexpr std::uint64_t steps = 3300;
  const double alpha = context.false_alarm / 4;
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method =
      std::to_string(runs) +
      " replays of Section 5's experiment from each start, twenty times as many at M eta = 0.04, where they are short; "
      "uniform delays of up to 10; Clopper-Pearson limits of the shares that have escaped after " +
      std::to_string(steps) + " steps at 0.001, and the band of Dvoretzky, Kiefer and Wolfowitz at 0.04";
  const auto sample = [&](double rate, double start, long count, std::uint64_t limit) {
    EscapeTimes times{.limit = limit, .rate = rate};
    for (long i = 0; i < count; ++i) add_escape_time(times, start, 0.05, context.seed, static_cast<std::uint64_t>(i));
    e.hypotheses.push_back({"delays of 10 occurred", times.largest_delay == 10, std::to_string(times.largest_delay)});
    return times.steps;
  };
  const auto share = [&](double start) {
    const std::vector<double> times = sample(0.001, start, runs, steps);
    return proportion_interval(
        std::count_if(times.begin(), times.end(), [&](double t) { return t < static_cast<double>(steps); }), runs,
        alpha);
  };
  const Measure near = share(0), far = share(distance);
  e.comparisons.push_back({.label = "M eta = 0.001: bound <= difference of the shares that have escaped",
                           .left = bound,
                           .right = Measure::confidence(far.value.lower() - near.value.upper(),
                                                        far.value.upper() - near.value.lower(), 2 * alpha, near.rigor),
                           .instance = Object().add("distance", distance).add("steps", static_cast<long>(steps))});
  // Where all runs have escaped by the limit, the band leaves no larger difference beyond it.
  const std::vector<double> close = sample(0.04, 0, 20 * runs, 1000), away = sample(0.04, distance, 20 * runs, 1000);
  const double longest =
      std::max(*std::max_element(close.begin(), close.end()), *std::max_element(away.begin(), away.end()));
  e.hypotheses.push_back({"every run at M eta = 0.04 escaped within 1000 steps", longest < 1000, ""});
  e.comparisons.push_back({.label = "M eta = 0.04: largest difference of the shares that have escaped <= bound",
                           .left = distance_of_laws(close, away, 2 * alpha),
                           .right = bound,
                           .instance = Object().add("distance", distance)});
  // Of the first comparison, the worse one: each limit is no farther from its share than Hoeffding's.
  e.smallest_detectable_violation =
      2 * (hoeffding_half_width(1, runs, alpha) + hoeffding_half_width(1, runs, 1 - detection_probability));
  return e;
}

/// P(f > -1/4 again after f <= -1/2), below or above a bound.
Evidence return_to_saddle(const Context& context, double rate, const Rational& bound, bool often) {
  const long first = context.effort == Effort::quick ? 240 : context.effort == Effort::standard ? 2000 : 20000;
  long escaped = 0;
  std::uint64_t largest = 0;
  const ProportionTest test = test_proportion(
      [&](long i) {
        const Return run = return_run(rate, context.seed, static_cast<std::uint64_t>(i));
        escaped += run.escaped ? 1 : 0;
        largest = std::max(largest, run.largest_delay);
        return run.returned;
      },
      bound.to_double(), context.false_alarm, first, 4 * first);
  Evidence e =
      single({.label = often ? "bound <= P(return)" : "P(return) <= bound",
              .left = often ? Measure(bound) : test.probability,
              .right = often ? test.probability : Measure(bound),
              .instance = Object().add("M eta", rate).add("delays", "constant 10").add("returned", test.successes)},
             "replays of Section 5's objective with r = 0.05 from the saddle, 30/(M eta) steps; a run returns "
             "when f > -1/4 after f <= -1/2; Clopper-Pearson interval");
  e.hypotheses.push_back({"every run escaped", escaped == test.trials, std::to_string(escaped)});
  e.hypotheses.push_back({"the delay 10 occurred", largest == 10, ""});
  e.seed = context.seed;
  e.smallest_detectable_violation = often ? test.shortfall : test.excess;
  return e;
}

/// Shares of the start, of variance D^2, and of the noise, of variance (M eta r)^2/d a step, in the variance of the
/// escaping coordinate of Section 5, whose curvature is -2: D^2 g(k)^2 over (M eta r)^2/d sum_{j=1}^k f(j,k)^2, where g
/// is the solution that was 1 up to step 0. Without delay they are (1+a)^{2k} and the sum of (1+a)^{2(k-j)}, a = 2 M
/// eta.
Evidence start_share() {
  const auto ratio = [](long T, const Rational& rate, long k) {
    const Rational a = Rational(2) * rate;
    std::vector<Rational> g(static_cast<std::size_t>(T) + 1, Rational(1)), f(static_cast<std::size_t>(T), Rational(0));
    f.emplace_back(1);  // f(0,0); the constant delay makes f(j,k) = f(0,k-j)
    Rational noise(1);
    for (long n = 0; n < k; ++n) {
      g.push_back(g.back() + a * g[g.size() - 1 - static_cast<std::size_t>(T)]);
      f.push_back(f.back() + a * f[f.size() - 1 - static_cast<std::size_t>(T)]);
      if (n + 1 < k) noise += f.back() * f.back();
    }
    return g.back() * g.back() / (rate * rate * noise);
  };
  Certificate e(
      "without delay sum_{j=1}^k (1+a)^{2(k-j)} = ((1+a)^{2k} - 1)/(a(2+a)), so that the ratio is D^2 d a(2+a)/((M eta "
      "r)^2 (1 - (1+a)^{-2k})), a = 2 M eta, which falls with M eta: 4 (1/x + 1) at x = M eta, and so does (1 - "
      "(1+a)^{-2k})^{-1}: identities; and exact recursions over 60 steps at T = 0 and 10, in units of D^2 d/r^2");
  e.identity(
      "[(1+a)^2 P - 1] = [P - 1] + a(2+a) P", {{"a", 2}, {"P", 1}},
      [](const Point& v) { return (Rational(1) + v[0]) * (Rational(1) + v[0]) * v[1] - Rational(1); },
      [](const Point& v) { return v[1] - Rational(1) + v[0] * (Rational(2) + v[0]) * v[1]; });
  e.identity(
      "x a(2+a)/x^2 = 4 (1 + x) at a = 2x", {{"x", 2, Rational(1), Rational(1)}},
      [](const Point& v) {
        const Rational a = Rational(2) * v[0];
        return v[0] * a * (Rational(2) + a) / (v[0] * v[0]);
      },
      [](const Point& v) { return Rational(4) * (Rational(1) + v[0]); });
  for (const long T : {0L, 10L}) {
    std::optional<Rational> before;
    for (const char* rate : {"0.001", "0.01", "0.02", "0.04", "0.08", "0.16"}) {
      const Rational share = ratio(T, Rational::parse(rate), 60);
      if (before)
        e.compare({.label = "share of the start over that of the noise, against the next smaller M eta",
                   .left = share,
                   .relation = Relation::less,
                   .right = *before,
                   .instance = Object().add("T", T).add("M eta", rate)});
      before = share;
    }
  }
  return e;
}

/// x(n+1) = x(n) - a x(n-10) with a = 4 M eta, the linearisation at the minimisers, where the Hessian's largest
/// eigenvalue along the axis is 4.
Evidence minimum_under_delay() {
  const auto largest = [](const Rational& a) {
    constexpr long steps = 400, T = 10;
    std::vector<Rational> x(T + 1, Rational(1));
    Rational most;
    for (long n = 0; n < steps; ++n) {
      x.push_back(x.back() - a * x[x.size() - 1 - T]);
      if (n >= steps - 50) most = max(most, abs(x.back()));
    }
    return most;
  };
  Evidence e;
  e.method = "exact recursions with the constant delay 10 from x = 1: the largest of the steps 350 to 400";
  e.comparisons.push_back({.label = "M eta = 0.02: largest |x(n)| < 1/100",
                           .left = largest(Rational(2, 25)),
                           .relation = Relation::less,
                           .right = Rational(1, 100),
                           .instance = Object().add("a", Rational(2, 25))});
  e.comparisons.push_back({.label = "M eta = 0.08: 1000 < largest |x(n)|",
                           .left = Rational(1000),
                           .relation = Relation::less,
                           .right = largest(Rational(8, 25)),
                           .instance = Object().add("a", Rational(8, 25))});
  return e;
}

/// (16) at feasible constants for saddles that leave S before the gradients add up to F2 and later, all from rest; with
/// more effort also for a flat objective, a minimum and the fastest saddle.
Evidence lemma9(const Context& context) {
  const long runs = context.effort == Effort::quick ? 560 : context.effort == Effort::standard ? 4000 : 20000;
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method = std::to_string(runs) +
             " replays or more of Tmax steps each at d = 2, M = 3, T = 1, s = 1e-6, w = 300, exact gradients and "
             "uniform delays, "
             "from a point with a history of zero gradients; Clopper-Pearson intervals";
  std::vector<std::vector<double>> objectives = {{-0.5, 0.25}, {-0.125, 0}};
  if (context.effort != Effort::quick) objectives.insert(objectives.end(), {{0, 0}, {1, 1}, {-1, 1}});
  const double alpha = context.false_alarm / static_cast<double>(objectives.size());
  for (const std::vector<double>& h : objectives) {
    long large = 0, stayed = 0;
    std::uint64_t largest = 0;
    const ProportionTest test = test_proportion(
        [&](long i) {
          const FeasibleRun run = feasible_run(h, context.seed, static_cast<std::uint64_t>(i));
          large += run.large ? 1 : 0, stayed += run.stayed ? 1 : 0;
          largest = std::max(largest, run.largest_delay);
          return run.large || run.stayed;
        },
        23.0 / 24, alpha, runs, 4 * runs);
    e.hypotheses.push_back({"delays of T occurred", largest == 1, ""});
    e.comparisons.push_back(
        {.label = "23/24 <= P(sum of |grad f|^2 >= F2, or all within S)",
         .left = Rational(23, 24),
         .right = test.probability,
         .instance = Object().add("H", Value(List{h[0], h[1]})).add("sum large", large).add("all within S", stayed)});
    e.smallest_detectable_violation = test.shortfall;
  }
  return e;
}

}  // namespace

void register_section6_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "pasgd.section6.delay_kinds",
       .source = "Sections 5 and 6, T = 10",
       .statement =
           R"(Delays of up to 10, uniform, saw-tooth, alternating or constant, lengthen the median escape from the saddle at most by the factor 2)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return delay_kinds(c, 2); },
       .note = "e^f is 1.022 here: the delay hardly matters at the experiment's step size."});
  registry.add(
      {.id = "pasgd.section6.sensitivity",
       .source = "Section 6",
       .statement =
           R"(The shares of the runs from $N(0,\delta^2I)$, $\delta=\frac1{200}$, and from the saddle itself that have escaped within $k$ steps differ by at most $\frac9{20}$ for every $k$ at $M\eta=0.04>0.02$, and by $\frac9{20}$ or more for some $k$ at $0.001$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return sensitivity(c, 0.005, Rational(9, 20)); },
       .note =
           "The paper finds a sensitive escape for eta > 0.02/M, without a measure of it; this is the distance of "
           "Kolmogorov between the two laws, for one distance of the start. The noise floor grows like the root of the "
           "step, and what lies below it does not matter (pasgd.section6.start_share).",
       .revision = 2});
  registry.add(
      {.id = "pasgd.section6.start_share",
       .source = "Section 6",
       .statement =
           R"(On $f=-x^2$ the variance that the start leaves in $x(k)$ over the one that the noise does falls as $M\eta$ grows: without delay for every $M\eta$ and $k\ge1$, at the constant delay 10 and $k=60$ over the six values 0.001, 0.01, 0.02, 0.04, 0.08, 0.16)",
       .procedure = [](const Context&) { return start_share(); },
       .note = "So a larger step makes the way out of the saddle less sensitive to the start, not more."});
  registry.add(
      {.id = "pasgd.section6.return.small_step",
       .source = "Section 6, the return to the saddle",
       .statement =
           R"(At $M\eta=0.02$ and the constant delay 10 a run that left the saddle returns to $f>-\frac14$ with probability at most $\frac1{10}$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return return_to_saddle(c, 0.02, Rational(1, 10), false); },
       .uses = {"pasgd.section6.minimum_under_delay"}});
  registry.add(
      {.id = "pasgd.section6.return.large_step",
       .source = "Section 6, the return to the saddle",
       .statement = R"(At $M\eta=0.08$ and the constant delay 10 it returns with probability at least $\frac9{10}$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return return_to_saddle(c, 0.08, Rational(9, 10), true); },
       .uses = {"pasgd.section6.minimum_under_delay"},
       .note = "It returns since the delay makes the minimum itself unstable, not because of the saddle."});
  registry.add(
      {.id = "pasgd.section6.minimum_under_delay",
       .source = "Section 6, the return to the saddle",
       .statement =
           R"(At curvature 4 and the constant delay 10 the linearised iteration dies out at $M\eta=0.02$ and grows beyond 1000 at $M\eta=0.08$)",
       .procedure = [](const Context&) { return minimum_under_delay(); },
       .note = "The border is M eta = sin(pi/42)/2 = 0.0374."});
  registry.add(
      {.id = "pasgd.lemma9",
       .source = "Lemma 9, (16)",
       .statement =
           R"((16) holds with probability at least $\frac{23}{24}$ at feasible constants, on quadratic objectives from rest)",
       .expected = Verdict::supported,
       .procedure = lemma9,
       .uses = {"pasgd.lemma8"},
       .bound = true});
  registry.add({.id = "pasgd.canary.delay_without_effect",
                .source = "planted",
                .statement = R"(Delays make the escape twice as fast)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return delay_kinds(c, Rational(1, 2)); },
                .canary = true});
}

}  // namespace asyncert::pasgd
