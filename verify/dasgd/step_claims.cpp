// Assumption 3: the sums of the step laws, their first indices, and steps that are too large for linear delays.
#include "bounds/dasgd/characteristic.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/step_laws.hpp"

namespace asyncert::dasgd {

namespace {

Evidence squares_summable(const Rational& log_bound, const Rational& loglog_bound) {
  Evidence e = evidence(
      Coverage::domain,
      "the infinite sums enclosed: direct terms, Euler-Maclaurin with its remainder, and an enclosed integral");
  compare(e, "sum of 1/(k log k)^2 from k = 2", step_square_sum(StepLaw::log), Relation::less, log_bound,
          Object().add("law", law_name(StepLaw::log)));
  compare(e, "sum of 1/(k log k loglog k)^2 from k = 3", step_square_sum(StepLaw::loglog), Relation::less, loglog_bound,
          Object().add("law", law_name(StepLaw::loglog)));
  return e;
}

const Rational one(1), two(2);

/// Blocks of steps that all have at least a fixed sum: k from N+1 to N^2, and for loglog from N+1 to N^{log N}, rounded
/// up.
Evidence sums_diverge() {
  Evidence e =
      evidence(Coverage::domain,
               "integral test: the steps decrease by the sign of a derivative that increases, and their "
               "antiderivatives loglog and logloglog are unbounded; and enclosed sums over disjoint blocks from "
               "N+1 to N^2 and from N+1 to N^8, N up to 1e200");
  add_monotonicity(e, StepLaw::log);
  add_monotonicity(e, StepLaw::loglog);
  for (const char* text : {"10", "1e3", "1e12", "1e50", "1e200"}) {
    const Rational N = Rational::parse(text);
    compare(e, "1/2 < sum of 1/(k log k), N < k <= N^2", Rational(1, 2), Relation::less,
            step_sum(StepLaw::log, N, N * N), Object().add("N", text));
    // logloglog grows by log(1 + log 8/loglog N) over such a block.
    const Ball l = log(log(Ball(N)));
    compare(e, "log(1 + log 8/loglog N) < 2 * sum of 1/(k log k loglog k), N < k <= N^8", log1p(log(Ball(8)) / l),
            Relation::less, Ball(2) * step_sum(StepLaw::loglog, N, pow(N, 8)), Object().add("N", text));
  }
  return e;
}

/// 1/(k log k loglog k) changes its sign between k = 2 and k = 3, where log k passes 1.
Evidence first_index() {
  Evidence e = evidence(Coverage::instance, "enclosed: the steps at k = 2 and k = 3");
  const auto at = [](long k) { return Object().add("law", law_name(StepLaw::loglog)).add("k", k); };
  compare(e, "alpha_2 < 0", step(StepLaw::loglog, Ball(2)), Relation::less, 0, at(2));
  compare(e, "0 < alpha_3", 0, Relation::less, step(StepLaw::loglog, Ball(3)), at(3));
  return e;
}

/// 1/(1 log 1): the denominator is not positive.
Evidence no_weight_at_one() {
  Evidence e = evidence(Coverage::instance, "enclosed: k log k at k = 1 and k = 2");
  const auto denominator = [](long k) { return Ball(k) * log(Ball(k)); };
  compare(e, "k log k <= 0 at k = 1", denominator(1), Relation::less_equal, 0, Object().add("k", 1));
  compare(e, "0 < k log k at k = 2", 0, Relation::less, denominator(2), Object().add("k", 2));
  return e;
}

/// The recursion in the time log n has the characteristic equation lambda = -c exp(-lambda log k).
Evidence harmonic_steps(long k, bool stable) {
  Evidence e =
      evidence(Coverage::instance,
               "certified principal root of lambda = -c exp(-lambda log k) by Lambert's W; x_n behaves as n^lambda");
  const auto r = characteristic_root(1, k);
  compare(e, stable ? "Re lambda < 0" : "0 < Re lambda", stable ? Measure(r.real) : Measure(0), Relation::less,
          stable ? Measure(0) : Measure(r.real),
          Object().add("c", 1).add("k", k).add("f", "x^2/2").add("read", "ceil(n/k)"));
  return e;
}

/// The run itself, with alpha_n = 1/n and s(n) = ceil(n/10) from y_0 = 3/2: every swing is wider than the one before,
/// until the projection cuts it off.
Evidence harmonic_run() {
  Evidence e = evidence(Coverage::instance, "enclosed run of Algorithm 3 on x^2/2 over [-1,1], 2000 steps");
  std::vector<Ball> x;
  Ball y(Rational(3, 2));
  for (long n = 0; n <= 2000; ++n) {
    x.push_back(max(Ball(-1), min(Ball(1), y)));
    y -= x[static_cast<std::size_t>((n + 9) / 10)] / Ball(n + 1);
  }
  const auto at = [](long n) {
    return Object().add("y_0", Fraction{Rational(3, 2)}).add("read", "ceil(n/10)").add("n", n);
  };
  compare(e, "x_30 < -3/5", x[30], Relation::less, Rational(-3, 5), at(30));
  compare(e, "99/100 < x_2000", Rational(99, 100), Relation::less, x[2000], at(2000));
  return e;
}

/// The root crosses the axis where c log k = pi/2: Re lambda and c log k - pi/2 have the same sign.
Evidence stability_boundary() {
  Evidence e = evidence(Coverage::sample, "certified roots at c from 1/10 to 20 and k from 2 to 1e6, signs compared");
  for (const Rational& c : {Rational(1, 10), Rational(1, 2), Rational(1), Rational(2), Rational(20)})
    for (const long k : {2L, 4L, 5L, 10L, 100L, 1'000'000L}) {
      const auto r = characteristic_root(c, k);
      const Ball sign = r.stable ? -r.real : r.real;
      compare(e, "Re lambda has the sign of c log k - pi/2", 0, Relation::less, sign, Object().add("c", c).add("k", k));
    }
  return e;
}

/// On the branch of W_0 with imaginary part v in (0, pi): lambda log k = -v cot v + i v and c log k = a(v) = v/sin v
/// exp(-v cot v). With q = cot v: v d log a/dv = 1 - 2vq + v^2 (1 + q^2), so that a increases; a(pi/2) = pi/2, where
/// the real part -v cot v changes its sign. For c log k <= 1/e the root is real and negative.
Evidence stability_by_monotonicity() {
  return Certificate(
             "the real part of lambda log k is -v cot v at c log k = a(v), v in (0, pi); a increases by the "
             "identity of its logarithmic derivative with q = cot v, and a(pi/2) = pi/2")
      .identity(
          "1 - 2vq + v^2(1+q^2) = (1-vq)^2 + v^2", {{"v", 2}, {"q", 2}},
          [](const Point& p) { return one - two * p[0] * p[1] + p[0] * p[0] * (one + p[1] * p[1]); },
          [](const Point& p) {
            const Rational rest = one - p[0] * p[1];
            return rest * rest + p[0] * p[0];
          });
}

/// With s = 0 always, x^2/2 and x_0 = 1: y_n = 1 - sum of the steps, so that x_n = -1 once the sum is at least 2.
Evidence receipt_indexed_delay() {
  Evidence e =
      evidence(Coverage::instance,
               "exact recursion: every gradient is that of x_0 = 1, so y_n = 1 - tau_n; tau_n certified at n = 1e12");
  const Rational n = Rational::parse("1e12");
  const Ball y = Ball(1) - step_sum(StepLaw::log, 1, n);
  compare(e, "x_n = -1 at n = 1e12: y_n <= -1", y, Relation::less_equal, -1,
          Object()
              .add("f", "x^2/2 on [-1,1]")
              .add("read", "s(n) = 0, so that n - s(n) <= n")
              .add("law", law_name(StepLaw::log)));
  return e;
}

}  // namespace

void register_step_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.assumption3.squares",
       .source = "Assumption 3",
       .statement = R"($\sum_{k\ge2}(k\log k)^{-2}<0.69261$ and $\sum_{k\ge3}(k\log k\log\log k)^{-2}<10.8418$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return squares_summable(Rational(69261, 100000), Rational(108418, 10000)); },
       .bound = true});
  add({.id = "dasgd.assumption3.divergence",
       .source = "Assumption 3",
       .statement = R"(The steps $1/(n\log n)$ and $1/(n\log n\log\log n)$ have infinite sums)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return sums_diverge(); }});
  add({.id = "dasgd.assumption3.first_step",
       .source = "Assumption 3, \"for large n\"",
       .statement = R"($1/(n\log n\log\log n)$ is negative at $n=2$ and positive at $n=3$, its first index as a step)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return first_index(); },
       .note = "It is -1.97 at 2 and undefined at 1."});
  add({.id = "dasgd.equation5.2.first_weight",
       .source = "(5.2), the sum from k = 1 with the steps of Section 5",
       .statement =
           R"($1/(k\log k)$ gives (5.2) no weight at $k=1$, where its sum starts: it is positive from $k=2$ on)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return no_weight_at_one(); },
       .note = "The text gives the law up to a factor and does not say from where on; a shifted law is needed."});
  add({.id = "dasgd.assumption3.harmonic_steps",
       .source = "Assumption 3, regime 2",
       .statement =
           R"(With $\alpha_n=1/n$, $s(n)=\lceil n/5\rceil$ on $x^2/2$ the solutions $n^\lambda$ of the linearised recursion, $\lambda=-5^{-\lambda}$, grow: $\mathrm{Re}\,\lambda>0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return harmonic_steps(5, false); },
       .note = "Stable exactly where c log k < pi/2: the logarithm in the step is needed, and how soon it helps "
               "depends on c and L. A start in [-1,1] is the exception: with c = 1 it is at 0 after one step."});
  add({.id = "dasgd.assumption3.harmonic_run",
       .source = "Assumption 3, regime 2",
       .statement =
           R"(With $\alpha_n=1/n$, $s(n)=\lceil n/10\rceil$ and $y_0=\frac32$ the swings of Algorithm 3 on $x^2/2$ over $[-1,1]$ grow: $x_{30}<-\frac35$ and $x_{2000}>\frac{99}{100}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return harmonic_run(); },
       .uses = {"dasgd.assumption3.harmonic_steps"},
       .note = "So the steps 1/n do not go with linear delays, as the paper's choice of 1/(n log n) suggests."});
  add({.id = "dasgd.assumption3.harmonic_steps_short_delay",
       .source = "Assumption 3, regime 2",
       .statement =
           R"(Under $s(n)=\lceil n/4\rceil$ the solutions $n^\lambda$ for $\alpha_n=1/n$ decay: the principal root of $\lambda=-4^{-\lambda}$ has $\mathrm{Re}\,\lambda<0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return harmonic_steps(4, true); }});
  add({.id = "dasgd.assumption3.stability_boundary",
       .source = "Assumption 3, regime 2",
       .statement =
           R"(For $\alpha_n=c/n$, $s(n)=\lceil n/k\rceil$ on $x^2/2$, $c>0$, $k>1$: the principal root of $\lambda=-ck^{-\lambda}$ has $\mathrm{Re}\,\lambda<0$ exactly where $c\log k<\pi/2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(stability_by_monotonicity(), stability_boundary()); }});
  add({.id = "dasgd.assumption3.receipt_index",
       .source = "Assumption 3, against the delay of the gradient that arrives at n",
       .statement =
           R"($n-s(n)\le n$ does not suffice: on $x^2/2$ over $[-1,1]$ with $s(n)=0$, $x_0=1$ and $\alpha_n=1/(n\log n)$, $x_n=-1$ at $n=10^{12}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return receipt_indexed_delay(); },
       .note = "The bound on delays must be read with the index of the request; with that of the receipt it says "
               "nothing."});
  registry.add({.id = "dasgd.canary.square_sum_too_small",
                .source = "planted",
                .statement = R"($\sum(k\log k)^{-2}<0.6926$, below its certified value)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return squares_summable(Rational(6926, 10000), Rational(11)); },
                .canary = true});
}

}  // namespace asyncert::dasgd
