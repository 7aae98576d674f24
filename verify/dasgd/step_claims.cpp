// Assumption 3: step laws and delays.
#include "bounds/dasgd/characteristic.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

const char* law_name(StepLaw law) {
  return law == StepLaw::harmonic ? "1/k" : law == StepLaw::log ? "1/(k log k)" : "1/(k log k loglog k)";
}

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

/// k log k and k log k loglog k increase from k = 2 and k = 3 on: their derivatives 1 + log k and 1 + loglog k + log k
/// loglog k are positive there and increase. So a sum of steps lies between two integrals, of which loglog and
/// logloglog are the antiderivatives.
void add_monotonicity(Evidence& e, StepLaw law) {
  const Ball k(law == StepLaw::log ? 2 : 3),
      l = log(k), slope = law == StepLaw::log ? Ball(1) + l : Ball(1) + log(l) * (Ball(1) + l);
  compare(e, "0 < the derivative of the denominator at its first index", 0, Relation::less, slope,
          Object().add("law", law_name(law)));
}

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

/// W_n <= the integral of the law from s to n, which is log(1 + log(n/s)/log s), and its iterate.
Evidence windows_vanish(StepLaw law, const std::function<Rational(const Rational&)>& read,
                        const std::function<Ball(const Rational&)>& bound, const std::string& what) {
  Evidence e =
      evidence(Coverage::domain,
               "the steps decrease, by the sign of a derivative that increases, so that the window is below its "
               "integral, which is the bound; and enclosed windows at n = 1e2 to 1e400");
  add_monotonicity(e, law);
  for (const char* text : {"1e2", "1e4", "1e6", "1e12", "1e30", "1e100", "1e400"}) {
    const Rational n = Rational::parse(text);
    // The bound is an integral that exceeds the sum by less than a step, 1/n of it.
    const PrecisionScope scope(128 + static_cast<long>(fmpz_bits(fmpq_numref(n.raw()))));
    compare(e, what, step_sum(law, read(n), n), Relation::less, bound(n),
            Object().add("law", law_name(law)).add("n", text));
  }
  return e;
}

Rational root_of_power_of_ten(const Rational& n) {
  // n = 10^{2k}: sqrt(n) is the power of ten with half as many zeros.
  return Rational::parse("1e" + std::to_string((n.to_string().size() - 1) / 2));
}

enum class Side { below, above };

/// The window under s(n) = sqrt(n) lies on that side of the bound.
Evidence window_under_polynomial_delay(StepLaw law, Side side, const Rational& bound) {
  Evidence e = evidence(Coverage::instance, "certified window from s = sqrt(n) to n, for n up to 1e1000");
  for (const char* text : {"1e12", "1e100", "1e1000"}) {
    const Rational n = Rational::parse(text);
    const Measure window = step_sum(law, root_of_power_of_ten(n), n), limit = bound;
    compare(e, side == Side::below ? "W_n < bound" : "bound < W_n", side == Side::below ? window : limit,
            Relation::less, side == Side::below ? limit : window,
            Object().add("law", law_name(law)).add("n", text).add("s", "sqrt(n)"));
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

/// sum of alpha_{n+1} W_n for s(n) = floor(n/2): enclosed terms up to N, and beyond it W_n <= log(n/s)/log s <=
/// (3/4)/log(n/3), since log(n/s) <= log(2n/(n-1)) < 3/4, so that the integral of (3/4)/(x log(x/3)^2) from N bounds
/// the rest.
Evidence summable_windows() {
  Evidence e =
      evidence(Coverage::domain,
               "the terms to n = 20000 enclosed one by one, and an explicit bound of the rest of the infinite sum");
  const long N = 20000;
  const PrecisionScope scope(96);
  std::vector<Ball> prefix{Ball(0), Ball(0)};
  for (long k = 2; k <= N + 1; ++k) prefix.push_back(prefix.back() + step(StepLaw::log, Ball(k)));
  Ball sum(0);
  for (long n = 2; n <= N; ++n)
    sum += step(StepLaw::log, Ball(n + 1)) *
           (prefix[static_cast<std::size_t>(n)] - prefix[static_cast<std::size_t>(std::max(1L, n / 2))]);
  const Ball tail = Ball(Rational(3, 4)) / log(Ball(Rational(N, 3)));
  e.data = Object().add("terms_to_20000", sum).add("tail_bound", tail);
  compare(e, "sum of alpha_{n+1} W_n < 1", sum + tail, Relation::less, 1,
          Object().add("read", "floor(n/2)").add("law", law_name(StepLaw::log)));
  return e;
}

/// sum of alpha_{n+1} W_n for s(n) = isqrt(n) and the steps with loglog, from n = 9 on: enclosed terms up to N, and
/// beyond it, with u = loglog n, loglog s >= u - 7/10 since log s >= log(n)/2 + log(1 - 1/sqrt(n)): W_n <= loglog
/// n/loglog s as a logarithm is at most (7/10)/(u - 7/10), and the integral over du/u is -log(1 - 7/(10 U)).
Evidence summable_windows_square() {
  Evidence e =
      evidence(Coverage::domain,
               "the terms to n = 20000 enclosed one by one, and an explicit bound of the rest of the infinite sum");
  const long N = 20000;
  const PrecisionScope scope(96);
  std::vector<Ball> prefix(3);
  for (long k = 3; k <= N + 1; ++k) prefix.push_back(prefix.back() + step(StepLaw::loglog, Ball(k)));
  Ball sum(0);
  long s = 3;
  for (long n = 9; n <= N; ++n) {
    if ((s + 1) * (s + 1) <= n) ++s;
    sum += step(StepLaw::loglog, Ball(n + 1)) *
           (prefix[static_cast<std::size_t>(n)] - prefix[static_cast<std::size_t>(s)]);
  }
  const Ball log_n = log(Ball(N)), U = log(log_n), root_gap = log1p(-Ball(1) / sqrt(Ball(N)));
  compare(e, "loglog n - loglog s <= 7/10 beyond N: log 2 - log(1 + 2 log(1 - 1/sqrt(N))/log N)",
          log(Ball(2)) - log1p(Ball(2) * root_gap / log_n), Relation::less_equal, Rational(7, 10));
  const Ball tail = -log1p(-Ball(Rational(7, 10)) / U);
  e.data = Object().add("terms_to_20000", sum).add("tail_bound", tail);
  compare(e, "sum of alpha_{n+1} W_n < 6/5", sum + tail, Relation::less, Rational(6, 5),
          Object().add("read", "isqrt(n)").add("law", law_name(StepLaw::loglog)));
  return e;
}

/// sum_n alpha_{n+1} sum_{j=1}^{d} alpha_{n+1-j} <= d sum alpha^2 by 2ab <= a^2 + b^2.
Evidence summable_windows_bounded() {
  Evidence e =
      Certificate(
          "each of the d products of a term is at most the mean of the squares, an identity of degree 2, and no "
          "step is in more than 2d products; and exactly 1/k and 1/(k^2+1) over 200 steps, delays up to 7")
          .identity(
              "(a^2 + b^2)/2 - ab = (a-b)^2/2", {{"a", 2}, {"b", 2}},
              [](const Point& v) { return (v[0] * v[0] + v[1] * v[1]) / two - v[0] * v[1]; },
              [](const Point& v) { return (v[0] - v[1]) * (v[0] - v[1]) / two; });
  for (int law = 0; law < 2; ++law)
    for (const long d : {1L, 3L, 7L}) {
      const auto alpha = [&](long k) { return law == 0 ? Rational(1, k) : Rational(1, k * k + 1); };
      Rational windows, squares;
      for (long n = 1; n <= 200; ++n) {
        squares += alpha(n) * alpha(n);
        for (long j = 1; j <= d && n - j >= 1; ++j) windows += alpha(n) * alpha(n - j);
      }
      compare(e, "sum of alpha_{n+1} W_n <= d sum of alpha_n^2", windows, Relation::less_equal, Rational(d) * squares,
              Object().add("law", law == 0 ? "1/k" : "1/(k^2+1)").add("d", d));
    }
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
  add({.id = "dasgd.assumption3.linear_window",
       .source = "Proposition 3.2, step 1",
       .statement =
           R"($W_n\le\log(1+\log 2/\log(n/2))$ for $\alpha_n=1/(n\log n)$ and $s(n)=n/2\ge2$, so that $b_n\to0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return windows_vanish(
                 StepLaw::log, [](const Rational& n) { return n / Rational(2); },
                 [](const Rational& n) { return log1p(log(Ball(2)) / log(Ball(n / Rational(2)))); },
                 "W_n < log(1 + log 2/log(n/2))");
           },
       .bound = true});
  add({.id = "dasgd.assumption3.linear_window.tenth",
       .source = "Proposition 3.2, step 1",
       .statement =
           R"($W_n\le\log(1+\log 10/\log(n/10))$ for $\alpha_n=1/(n\log n)$ and $s(n)=n/10\ge2$, delays of nine times the request's index)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return windows_vanish(
                 StepLaw::log, [](const Rational& n) { return n / Rational(10); },
                 [](const Rational& n) { return log1p(log(Ball(10)) / log(Ball(n / Rational(10)))); },
                 "W_n < log(1 + log 10/log(n/10))");
           },
       .bound = true});
  add({.id = "dasgd.assumption3.polynomial_window",
       .source = "Proposition 3.2, step 1",
       .statement =
           R"($W_n\le\log(1+\log 2/\log\log\sqrt n)$ for $\alpha_n=1/(n\log n\log\log n)$ and $s(n)=\sqrt n\ge3$, so that $b_n\to0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return windows_vanish(
                 StepLaw::loglog, root_of_power_of_ten,
                 [](const Rational& n) { return log1p(log(Ball(2)) / log(log(Ball(root_of_power_of_ten(n))))); },
                 "W_n < log(1 + log 2/loglog sqrt(n))");
           },
       .bound = true});
  add({.id = "dasgd.assumption3.polynomial_without_loglog",
       .source = "Assumption 3, regime 3",
       .statement =
           R"($1/(n\log n)$ does not make the windows vanish under polynomial delays: $W_n>1/2$ for $s(n)=\sqrt n$ at $n=10^{12},10^{100},10^{1000}$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) { return window_under_polynomial_delay(StepLaw::log, Side::above, Rational(1, 2)); },
       .note = "W_n tends to log 2; the additional loglog is needed."});
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
  add({.id = "dasgd.theorem3.3.summable_windows.linear",
       .source = "Theorem 3.3, repaired proof",
       .statement = R"($\sum_{n\ge2}\alpha_{n+1}W_n<1$ for $\alpha_n=1/(n\log n)$ and $s(n)=\lfloor n/2\rfloor$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return summable_windows(); },
       .note = "Summable windows replace the false direction of Lemma 3.1 in the proofs of Theorems 3.3 and 4.6.",
       .bound = true});
  add({.id = "dasgd.theorem3.3.summable_windows.square",
       .source = "Theorem 3.3, repaired proof, regime 3",
       .statement =
           R"($\sum_{n\ge9}\alpha_{n+1}W_n<\frac65$ for $\alpha_n=1/(n\log n\log\log n)$ and $s(n)=\lfloor\sqrt n\rfloor$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return summable_windows_square(); },
       .bound = true});
  add({.id = "dasgd.theorem3.3.summable_windows.bounded",
       .source = "Theorem 3.3, repaired proof",
       .statement = R"($\sum_n\alpha_{n+1}W_n\le d_{\max}\sum_n\alpha_n^2$ under bounded delays)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return summable_windows_bounded(); },
       .bound = true});
  registry.add({.id = "dasgd.canary.square_sum_too_small",
                .source = "planted",
                .statement = R"($\sum(k\log k)^{-2}<0.6926$, below its certified value)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return squares_summable(Rational(6926, 10000), Rational(11)); },
                .canary = true});
  registry.add(
      {.id = "dasgd.canary.window_too_small",
       .source = "planted",
       .statement = R"($W_n<1/10$ for $1/(n\log n\log\log n)$ and $s(n)=\sqrt n$ at $n=10^{12}$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) { return window_under_polynomial_delay(StepLaw::loglog, Side::below, Rational(1, 10)); },
       .canary = true});
}

}  // namespace asyncert::dasgd
