// The stochastic analysis: noise, moments, and the ergodic average (5.2).
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

/// f = E (x-w)^2/2 with w = +-1 with equal probability: U = -w. With s = floor(n/2) the steps 0 and 1 both use w_1.
Evidence increments_uncorrelated(bool fresh_samples) {
  Evidence e = evidence(Coverage::instance, "exact expectation over both signs of both samples; s(0) = s(1) = 0");
  Rational correlation;
  for (const long w1 : {-1L, 1L})
    for (const long w2 : {-1L, 1L}) correlation += Rational(1, 4) * Rational(w1) * Rational(fresh_samples ? w2 : w1);
  compare(e, "E U_1 U_2 = 0", correlation, Relation::equal, 0,
          Object()
              .add("F", "(x-w)^2/2, w = +-1")
              .add("read", "floor(n/2)")
              .add("sample of step n", fresh_samples ? "w_{n+1}" : "w_{s(n)+1}"));
  return e;
}

/// Two steps in any finite space: U_j takes the values a and b after outcomes of weights p and 1-p, and after each of
/// them a fresh sample with weights q and 1-q gives U_k the values c and -qc/(1-q), or d and -qd/(1-q), of mean 0.
Evidence fresh_increments_uncorrelated() {
  return with_search(
      Certificate(
          "given the past, which decides U_j, the read and the law of the delays, a fresh sample has E U_k = 0: the "
          "inner sum of every outcome of the past vanishes, here for two outcomes each; more outcomes and coordinates "
          "add such terms")
          .identity(
              "(1-q) sum over outcomes of U_j U_k = 0", {{"p", 1}, {"q", 2}, {"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}},
              [](const Point& v) {
                const Rational one(1), &p = v[0], &q = v[1];
                Rational sum;
                for (const long j : {0L, 1L}) {
                  const Rational weight = j == 0 ? p : one - p, first = v[j == 0 ? 2 : 3], second = v[j == 0 ? 4 : 5];
                  sum += weight * first * (q * second * (one - q) + (one - q) * (-q * second));
                }
                return sum;
              },
              [](const Point&) { return Rational(0); }),
      increments_uncorrelated(true));
}

/// Density 1/(|u|^3 log^2|u|) for |u| >= e, up to a factor: with v = log|u| the moment p is the integral of
/// e^{(p-2)v}/v^2 from 1.
Evidence moments(const Rational& p) {
  Evidence e = evidence(Coverage::instance,
                        "an explicit lower bound of the truncated moment: half of the range of v = log|u| times the "
                        "least integrand on it");
  const Rational excess = p - Rational(2), V(100000);
  const Ball half(V / Rational(2));
  const Ball lower = half * exp(Ball(excess) * half) / Ball(V * V);
  compare(e, "E|U|^p < 1e9, truncated at log|u| = 1e5", lower, Relation::less, Rational(1'000'000'000),
          Object().add("p", p).add("density", "1/(|u|^3 log^2|u|), |u| >= e"));
  return e;
}

/// p = 2: the integral of 1/v^2 from 1 is 1.
Evidence second_moment() {
  Evidence e = evidence(Coverage::instance, "exact: the integral of 1/v^2 over [1, V] is 1 - 1/V");
  const Rational V = Rational::parse("1e30");
  compare(e, "E|U|^2 truncated at log|u| = V is below 1", Rational(1) - Rational(1) / V, Relation::less, 1,
          Object().add("V", "1e30"));
  return e;
}

/// x^2/2, convex, without delay and noise: x_n = 2/(n+1) from y_0 = 3/2, and its average with weights 1/(k+1).
Evidence average_is_worse(const char* rule) {
  Evidence e = evidence(Coverage::sample,
                        "exact run of Algorithm 3 on the convex function x^2/2 with alpha_n = 1/(n+1), y_0 = 3/2");
  for (const long N : {12L, 100L}) {
    const auto r = dagd_run(Rational(1), Rational(3, 2), read_rule(rule), N);
    compare(e, "f(X_N) < f(Xbar_N)", r.x * r.x / Rational(2), Relation::less, r.ergodic * r.ergodic / Rational(2),
            Object().add("read", rule).add("N", N));
  }
  return e;
}

/// f(Xbar) <= sum alpha f(X_k)/sum alpha for convex f, in runs.
Evidence jensen(const Rational& factor) {
  Evidence e =
      Certificate(
          "induction over the steps: the mean with the weights W and a moves from S to (W S + a x)/(W+a), between S "
          "and x in the shares W/(W+a) and a/(W+a), so that convexity of f is enough; and exact runs on x^2/2 under "
          "four read rules and three step factors, after each of 40 steps")
          .identity(
              "W (M - S) = a (x - M) times W+a, with (W+a) M = W S + a x", {{"W", 2}, {"a", 2}, {"S", 1}, {"x", 1}},
              [](const Point& v) { return v[0] * (v[0] * v[2] + v[1] * v[3] - (v[0] + v[1]) * v[2]); },
              [](const Point& v) { return v[1] * ((v[0] + v[1]) * v[3] - v[0] * v[2] - v[1] * v[3]); });
  for (const char* rule : {"n", "floor(n/2)", "isqrt(n)", "max(0,n-3)"})
    for (const long c : {1L, 3L, 8L}) {
      Rational weights, weighted, values, y(3, 2);
      std::vector<Rational> x;
      const ReadRule read = read_rule(rule);
      for (long n = 0; n < 40; ++n) {
        x.push_back(max(Rational(-1), min(Rational(1), y)));
        const Rational alpha(c, n + 2);
        y = y - alpha * x[static_cast<std::size_t>(read(n))];
        const Rational next = max(Rational(-1), min(Rational(1), y));
        weights += alpha;
        weighted += alpha * next;
        values += alpha * next * next / Rational(2);
        const Rational mean = weighted / weights;
        compare(e, "f(Xbar_n) <= sum alpha f(X_k)/sum alpha", factor * mean * mean / Rational(2), Relation::less_equal,
                values / weights, Object().add("read", rule).add("c", c).add("n", n + 1));
      }
    }
  return e;
}

/// (n+2) x_{n+1} = (n+1) x_n: the iterates 2/(n+1) decrease, so that a mean of x_1, ..., x_N exceeds x_N for N >= 2.
Evidence average_is_always_worse() {
  return with_search(
      Certificate("x_n = 2/(n+1) from x_1 = 1, by an identity of the recursion, decreases, so that a mean of x_1, ..., "
                  "x_N with positive weights exceeds x_N for N >= 2")
          .identity(
              "(n+2)(x - x/(n+2)) = (n+1) x", {{"n", 1}, {"x", 1}},
              [](const Point& v) { return (v[0] + Rational(2)) * (v[1] - v[1] / (v[0] + Rational(2))); },
              [](const Point& v) { return (v[0] + Rational(1)) * v[1]; }),
      average_is_worse("n"));
}

/// The share of the first iterate X_2 in (5.2) at n for the law 1/(k log k) from k = 2.
Evidence first_share(const char* text, const Rational& bound) {
  Evidence e = evidence(Coverage::instance, "certified sum of the steps");
  const Ball share = step(StepLaw::log, Ball(2)) / step_sum(StepLaw::log, 1, Rational::parse(text));
  compare(e, "the first weight's share exceeds the bound", bound, Relation::less, share,
          Object().add("law", "1/(k log k), k >= 2").add("n", text));
  return e;
}

}  // namespace

void register_stochastic_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.proposition4.1.martingale.printed",
       .source = "Proposition 4.1, step 1",
       .statement =
           R"(With the samples $\omega_{s(n)+1}$ the increments $U_{n+1}$ are martingale differences, so uncorrelated)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return increments_uncorrelated(false); },
       .uses = {"dasgd.section2.one_gradient_an_iterate"},
       .note = "Two workers that start from X_0 have s(0) = s(1) = 0 and would share its sample. The heading of the "
               "proposition says DAGD for DASGD.",
       .instead = "dasgd.proposition4.1.martingale"});
  add({.id = "dasgd.proposition4.1.martingale",
       .source = "Proposition 4.1, step 1, corrected",
       .statement =
           R"(With a fresh sample for every receipt, independent of the past and of the read, increments of finite variance are uncorrelated: $E\langle U_j,U_k\rangle=0$ for $j<k$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return fresh_increments_uncorrelated(); }});
  add({.id = "dasgd.corollary4.5.printed",
       .source = "Theorem 4.4, condition 3, and Corollary 4.5",
       .statement = R"(Assumption 1 gives $\sup_nE\|U_{n+1}\|^p<\infty$ for some $p>2$, here $p=2.01$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return moments(Rational(201, 100)); },
       .uses = {"dasgd.theorem4.4.second_moment"},
       .note = "The corollary sets p = 2, which the theorem excludes; its conclusion holds with p = 2. The same "
               "computation refutes every p > 2.",
       .instead = "dasgd.corollary4.5"});
  add({.id = "dasgd.theorem4.4.second_moment",
       .source = "Theorem 4.4, condition 3",
       .statement = R"(The density $\propto1/(|u|^3\log^2|u|)$ has a finite second moment, as Assumption 1 asks)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return second_moment(); }});
  add({.id = "dasgd.section5.average.convex",
       .source = "Section 5, on (5.2)",
       .statement =
           R"(The ergodic average is worse than the last iterate on the convex $x^2/2$, too, at every $N\ge2$: $\alpha_n=1/(n+1)$, $y_0=3/2$, no delay)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return average_is_always_worse(); },
       .note = "So the lack of convexity does not explain that the average is worse in the experiment; see "
               "dasgd.section5.average.memory."});
  add({.id = "dasgd.section5.average.jensen",
       .source = "Section 5, on (5.2)",
       .statement = R"(For convex $f$: $f(\bar X_n)\le\sum\alpha_kf(X_k)/\sum\alpha_k$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return jensen(1); },
       .note = "That is all that Jensen's inequality gives: no comparison with f(X_n).",
       .bound = true});
  add({.id = "dasgd.section5.average.memory",
       .source = "Section 5, on (5.2)",
       .statement = R"(At $n=10^6$ the first iterate still has more than a fifth of the weight of $\bar X_n$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return first_share("1e6", Rational(1, 5)); },
       .note = "The weights' sum grows like loglog n, so that the average hardly forgets."});
  registry.add({.id = "dasgd.canary.jensen_doubled",
                .source = "planted",
                .statement = R"($2f(\bar X_n)\le\sum\alpha_kf(X_k)/\sum\alpha_k$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return jensen(2); },
                .canary = true});
  registry.add({.id = "dasgd.canary.first_share_quarter",
                .source = "planted",
                .statement = R"(At $n=10^6$ the first iterate still has a quarter of the weight)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return first_share("1e6", Rational(1, 4)); },
                .canary = true});
}

}  // namespace asyncert::dasgd
