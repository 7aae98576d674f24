// Proposition 3.2, step 1, and the repaired proofs: the steps between a read and its write vanish, and are summable.
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/step_laws.hpp"

namespace asyncert::dasgd {

namespace {

const Rational one(1), two(2);

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

/// With t = isqrt(n) >= 3 the window is at least the integral from t+1 to t^2+1, log(log(t^2+1)/log(t+1)): (t^2+1)^20
/// exceeds (t+1)^33 from t = 3 on, as the logarithm of their quotient increases, and sqrt(e) < 33/20.
Evidence windows_stay_large(const Rational& power) {
  Evidence e = with_search(
      Certificate(
          "decreasing steps: with t = isqrt(n) the window exceeds the integral from t+1 to t^2+1, which is the log of "
          "log(t^2+1)/log(t+1) > 33/20 > sqrt(e): (t+1)^33 < (t^2+1)^20 at t = 3, and the derivative of the logarithm "
          "of the quotient, ((t-1)(7t+47) + 14)/((t^2+1)(t+1)), is positive for t >= 1")
          .identity(
              "40t(t+1) - 33(t^2+1) = (t-1)(7t+47) + 14", {{"t", 2}},
              [](const Point& p) { return Rational(40) * p[0] * (p[0] + one) - Rational(33) * (p[0] * p[0] + one); },
              [](const Point& p) { return (p[0] - one) * (Rational(7) * p[0] + Rational(47)) + Rational(14); })
          .compare({.label = "4^33 < 10^20",
                    .left = pow(Rational(4), 33),
                    .relation = Relation::less,
                    .right = pow(Rational(10), 20)})
          .compare({.label = "sqrt(e) < 33/20",
                    .left = exp(Ball(power)),
                    .relation = Relation::less,
                    .right = Rational(33, 20)}),
      window_under_polynomial_delay(StepLaw::log, Side::above, power));
  add_monotonicity(e, StepLaw::log);
  return e;
}

/// Windows at powers of ten against c = 1: 2 log(1+K)/log n for s = n/(1+K), 2 log(2q)/loglog n for s = n^{1/q}.
Evidence windows_of_any_growth(StepLaw polynomial_law) {
  Evidence e =
      evidence(Coverage::sample, "enclosed windows for K = 1, 9, 99 and q = 2, 3, 5 at n = 1e60, 1e120, 1e600");
  for (const long exponent : {60L, 120L, 600L}) {
    const Rational n = Rational::parse("1e" + std::to_string(exponent));
    const PrecisionScope scope(128 + 4 * exponent);
    const Ball l = log(Ball(n));
    for (const long K : {1L, 9L, 99L})
      compare(e, "W_n <= 2 log(1+K)/log n", step_sum(StepLaw::log, n / Rational(1 + K), n), Relation::less_equal,
              Ball(2) * log(Ball(1 + K)) / l, Object().add("K", K).add("n", n));
    for (const long q : {2L, 3L, 5L})
      compare(e, "W_n <= 2 log(2q)/loglog n",
              step_sum(polynomial_law, Rational::parse("1e" + std::to_string(exponent / q)), n), Relation::less_equal,
              Ball(2) * log(Ball(2 * q)) / log(l), Object().add("q", q).add("n", n));
  }
  return e;
}

/// s + K s >= n gives log s >= l - k with l = log n, k = log(1+K); s + K s^q >= n gives log s >= (l-k)/q >= l/(2q) once
/// l >= 2k, so that loglog s >= u - log(2q) with u = loglog n. A window is below its integral, log(l/log s) or
/// log(u/loglog s) up to the factor c.
Certificate windows_below_their_integrals(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "v (v-k) (2k/v - k/(v-k)) = k (v-2k)", {{"v", 2, 3, 1}, {"k", 2, 1, Rational(1, 2)}},
          [](const Point& p) { return p[0] * (p[0] - p[1]) * (two * p[1] / p[0] - p[1] / (p[0] - p[1])); },
          [](const Point& p) { return p[1] * (p[0] - two * p[1]); });
}

Evidence summable_windows_of_any_growth() {
  return with_search(
      windows_below_their_integrals(
          "decreasing steps: W_n is at most the integral from s to n, c log(v/(v-k)) with v = log n, k = log(1+K), or "
          "v = loglog n, k = log(2q); log(1 + t) <= t and an identity of degree 2 bound it by 2ck/v where v >= 2k, so "
          "that the terms are at most 2k c^2/(n log^2 n) or 2k c^2/(n log n loglog^2 n), which -1/v integrates"),
      windows_of_any_growth(StepLaw::loglog));
}

/// d steps of at most the largest of them, where the delays are at most d.
Evidence vanishing_windows() {
  Evidence e = with_search(
      windows_below_their_integrals(
          "bounded delays leave at most d steps in a window, which tend to 0 as their squares are summable; else the "
          "steps decrease and W_n is at most the integral from s to n, c log(v/(v-k)) with v = log n, k = log(1+K), or "
          "v = loglog n, k = log(2q); log(1 + t) <= t and an identity of degree 2 bound it by 2ck/v where v >= 2k"),
      windows_of_any_growth(StepLaw::loglog));
  for (const long d : {2L, 10L})
    for (const long n : {20L, 1000L, 1'000'000L})
      compare(e, "W_n <= d alpha_{n-d+1} for 1/k", step_sum(StepLaw::harmonic, n - d, n), Relation::less_equal,
              Rational(d, n - d + 1), Object().add("d", d).add("n", n));
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

void register_window_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
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
           R"($1/(n\log n)$ does not make the windows vanish under polynomial delays: $W_n>1/2$ for $s(n)=\lfloor\sqrt n\rfloor$ at every $n\ge9$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return windows_stay_large(Rational(1, 2)); },
       .note = "W_n tends to log 2; the additional loglog is needed."});
  add({.id = "dasgd.proposition3.2.vanishing_error",
       .source = "Proposition 3.2, step 1",
       .statement =
           R"($\|b_n\|\le LMW_n\to0$, $W_n=\sum_{r=s(n)}^{n-1}\alpha_{r+1}$, in each of the three regimes: $W_n\le d\max_{n-d<k\le n}\alpha_k$ with delays of at most $d$, and at large indices $W_n\le2c\log(1+K)/\log n$ for $\alpha_n=c/(n\log n)$, $d_m\le Km$, and $W_n\le2c\log(2q)/\log\log n$ for $\alpha_n=c/(n\log n\log\log n)$, $d_m\le Km^q$, whatever $c,K>0$ and $q\ge1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return vanishing_windows(); },
       .uses = {"dasgd.proposition3.2.gradient_error"},
       .note = "As the paper says, in all of its regimes."});
  add({.id = "dasgd.theorem3.3.summable_windows",
       .source = "Theorem 3.3, repaired proof, regimes 2 and 3",
       .statement =
           R"($\sum\alpha_{n+1}W_n<\infty$ for $\alpha_n=c/(n\log n)$, $d_m\le Km$, and for $\alpha_n=c/(n\log n\log\log n)$, $d_m\le Km^q$, at large indices, whatever $c,K>0$ and $q\ge1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return summable_windows_of_any_growth(); },
       .uses = {"dasgd.assumption3.divergence"}});
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
  add({.id = "dasgd.canary.window_too_small",
       .source = "planted",
       .statement = R"($W_n<1/10$ for $1/(n\log n\log\log n)$ and $s(n)=\sqrt n$ at $n=10^{12}$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) { return window_under_polynomial_delay(StepLaw::loglog, Side::below, Rational(1, 10)); },
       .canary = true});
  add({.id = "dasgd.canary.window_above_three_quarters",
       .source = "planted",
       .statement = R"(The windows of $1/(n\log n)$ under $s(n)=\lfloor\sqrt n\rfloor$ are above $\frac34$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return windows_stay_large(Rational(3, 4)); },
       .canary = true});
  add({.id = "dasgd.canary.windows_without_loglog",
       .source = "planted",
       .statement = R"(The windows of $1/(n\log n)$ vanish under polynomial delays as those with $\log\log$ do)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return windows_of_any_growth(StepLaw::log); },
       .canary = true});
}

}  // namespace asyncert::dasgd
