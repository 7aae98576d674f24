// Claims about step sizes: (5) and Lemma 3.2.
#include "bounds/assm/step_laws.hpp"
#include "bounds/assm/step_sums.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

Ball inverse_root(long k) { return Ball(1) / sqrt(Ball(k)); }

/// The printed bound delta gamma_{k-delta} at delays d = delta, for steps 1/sqrt(k).
Evidence lemma32_printed() {
  Evidence e = evidence(Coverage::instance, "window sums by Hurwitz zeta values, steps 1/sqrt(k), delay d = delta");
  for (const auto& [k, delta] : {std::pair{100L, 0L}, {102L, 2L}, {509L, 9L}})
    compare(e, "sum_{j=k-d}^k gamma_j <= delta gamma_{k-delta}", inverse_root_sum(k - delta, k), Relation::less_equal,
            Ball(delta) * inverse_root(k - delta),
            Object().add("k", k).add("d", delta).add("delta", delta).add("gamma_k", "1/sqrt(k)"));
  return e;
}

/// (d + extra) gamma_{k-d} bounds the window k-d..k-1+extra.
Evidence lemma32(long extra, const Rational& factor) {
  Evidence e = evidence(
      Coverage::sample,
      "certified window sums, steps 1/sqrt(k), k from 2 to 10^18, delays from 0 to k-1, windows of two terms and more");
  for (long exponent = 0; exponent <= 17; ++exponent) {
    const long k = pow(Rational(10), exponent).to_long() + 1;
    for (const long d : {0L, 1L, 5L, 1000L, k / 2, k - 1}) {
      if (d >= k || d + extra < 2) continue;  // a window of one term attains the bound
      compare(e, "window sum", inverse_root_sum(k - d, k - 1 + extra), Relation::less_equal,
              Ball(factor) * Ball(d + extra) * inverse_root(k - d), Object().add("k", k).add("d", d));
    }
  }
  return e;
}

/// A window of n terms with the sum S whose first term is G, and one more term g <= G.
Certificate longer_window(std::string method =
                              "induction over the number of terms: an identity of degree one, and each "
                              "further term is at most the first") {
  return Certificate(std::move(method))
      .identity(
          "(n+1) G - (S+g) = (n G - S) + (G - g)", {{"n", 1}, {"G", 1}, {"S", 1}, {"g", 1}},
          [](const Point& p) { return (p[0] + one) * p[1] - (p[2] + p[3]); },
          [](const Point& p) { return (p[0] * p[1] - p[2]) + (p[1] - p[3]); });
}

/// The law (1 + 0.9 sin(2 log(1+s)))/sqrt(1+s): positive, vanishing, slowly varying in the sense of (5), and not
/// monotone.
Ball oscillating_step(long s) {
  const Ball u(s + 1);
  return (Ball(1) + Ball(Rational(9, 10)) * sin(Ball(2) * log(u))) / sqrt(u);
}

Evidence lemma32_needs_monotone() {
  const long k = 22, d = 2;
  Ball window;
  for (long j = k - d; j <= k; ++j) window += oscillating_step(j);
  Evidence e = evidence(Coverage::instance, "direct enclosure of a window in which the law increases");
  compare(e, "(d+1) gamma_{k-d} < sum_{j=k-d}^k gamma_j", Ball(d + 1) * oscillating_step(k - d), Relation::less, window,
          Object().add("gamma(s)", "(1+0.9 sin(2 log(1+s)))/sqrt(1+s)").add("k", k).add("d", d));
  return e;
}

Evidence lemma32_limit() {
  Evidence e = evidence(Coverage::instance, "certified window sums at delay 1000, steps 1/sqrt(k)");
  for (const long exponent : {8L, 12L, 16L}) {
    const long k = pow(Rational(10), exponent).to_long(), d = 1000;
    compare(e, "window sum <= 1001/sqrt(k - 1000)", inverse_root_sum(k - d, k), Relation::less_equal,
            Ball(d + 1) / sqrt(Ball(k - d)), Object().add("k", k).add("d", d));
  }
  for (const long s : {100L, 10000L, 1000000L}) {
    Ball window, largest;
    for (long j = s; j <= s + 20; ++j) {
      window += oscillating_step(j);
      largest = max(largest, oscillating_step(j));
    }
    compare(e, "window sum of a law that is not monotone <= 21 sup", window, Relation::less_equal, Ball(21) * largest,
            Object().add("gamma(s)", "(1+0.9 sin(2 log(1+s)))/sqrt(1+s)").add("k", s + 20).add("d", 20));
  }
  compare(e, "window sum at k = 10^16", inverse_root_sum(9'999'999'999'999'000, 10'000'000'000'000'000),
          Relation::less_equal, Rational::parse("1.1e-5"));
  return e;
}

/// Power laws s^-a, 0 < a < 1 (a = 1 attains the bound), with T = sqrt(s): the supremum is at most a/sqrt(s).
Evidence power_law(const Rational& factor) {
  Evidence e = evidence(Coverage::sample, "closed form of the supremum at s = 10^2..10^40 and four exponents");
  for (const char* text : {"0.1", "0.5", "0.75", "0.99"})
    for (long exponent = 2; exponent <= 40; exponent += 2) {
      const Rational a = Rational::parse(text);
      const Ball s(pow(Rational(10), exponent)), T = horizon(HorizonRule::sqrt_s, s);
      compare(e, "sup <= a T/s", relative_step_change(StepLaw::power, Ball(a), s, T), Relation::less_equal,
              Ball(factor * a) * T / s, Object().add("a", a).add("s", pow(Rational(10), exponent)).add("T", "sqrt s"));
    }
  return e;
}

/// With T = s the supremum of s^-a does not vanish.
Evidence power_law_long_horizon() {
  Evidence e = evidence(Coverage::instance, "closed form of the supremum at s = 10^2, 10^10, 10^40, T(s) = s");
  for (const long exponent : {2L, 10L, 40L}) {
    const Rational s = pow(Rational(10), exponent);
    compare(e, "2/5 < sup", Rational(2, 5), Relation::less,
            relative_step_change(StepLaw::power, Ball(Rational(1, 2)), Ball(s), Ball(s)),
            Object().add("a", Rational(1, 2)).add("s", s).add("T", "s"));
  }
  return e;
}

/// exp(-a s): the supremum is e^{aT} - 1 >= a T, whatever s is.
Evidence exponential_law() {
  Evidence e = evidence(Coverage::sample, "closed form of the supremum for T = log s, s = 10..10^30, three rates");
  for (const char* text : {"0.01", "0.1", "2"})
    for (long exponent = 1; exponent <= 30; exponent += 3) {
      const Rational a = Rational::parse(text);
      const Ball s(pow(Rational(10), exponent)), T = horizon(HorizonRule::log_s, s);
      compare(e, "a T <= sup", Ball(a) * T, Relation::less_equal,
              relative_step_change(StepLaw::exponential, Ball(a), s, T),
              Object().add("a", a).add("s", pow(Rational(10), exponent)).add("T", "log s"));
    }
  return e;
}

Evidence logarithmic_laws(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "closed forms of the suprema at s = 3, 10, ..., 10^40, T = sqrt(s) and log(s)");
  for (const long exponent : {0L, 1L, 3L, 10L, 40L})
    for (const StepLaw law : {StepLaw::inverse_s_log_s, StepLaw::inverse_log_s})
      for (const HorizonRule rule : {HorizonRule::sqrt_s, HorizonRule::log_s}) {
        const Rational s = exponent == 0 ? Rational(3) : pow(Rational(10), exponent);
        const Ball T = horizon(rule, Ball(s)), u = T / Ball(s);
        const bool slow = law == StepLaw::inverse_log_s;
        compare(e, slow ? "sup for 1/log s <= u" : "sup for 1/(s log s) <= 2u + u^2",
                relative_step_change(law, Ball(0), Ball(s), T), Relation::less_equal,
                Ball(factor) * (slow ? u : Ball(2) * u + u * u),
                Object().add("s", s).add("T", rule == HorizonRule::sqrt_s ? "sqrt s" : "log s"));
      }
  return e;
}

/// gamma^{k,i} dtau_k summed over intervals whose ends 1 + T are squares a^2 < b^2 < ..: each term is 2 gamma0 (b - a).
Evidence telescoping() {
  Evidence e = evidence(Coverage::instance,
                        "exact: intervals between the squares 1, 4, 9, 25, 144 of 1+s, gamma(s) = 3/sqrt(1+s)");
  const std::vector<long> roots = {1, 2, 3, 5, 12};
  const Rational gamma0(3);
  Rational sum;
  for (std::size_t k = 1; k < roots.size(); ++k) {
    const Rational a(roots[k - 1]), b(roots[k]), dtau = b * b - a * a;
    const Rational gamma = Rational(2) * gamma0 / (a + b);  // the mean of the law over the interval
    sum += gamma * dtau;
    compare(e, "sum of gamma^{k,i} dtau_k", sum, Relation::equal, Rational(2) * gamma0 * (b - Rational(roots.front())),
            Object().add("intervals", static_cast<long>(k)));
  }
  return e;
}

}  // namespace

void register_step_claims(ClaimRegistry& registry) {
  registry.add({.id = "assm.lemma3_2.printed",
                .source = "Lemma 3.2, proof",
                .statement = R"($\sum_{j=k-d}^k\gamma_j\le\delta\,\gamma_{k-\delta}$ for $d\le\delta$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma32_printed(); },
                .note = "The window has d+1 terms; at delta = 0 the printed bound says gamma_k <= 0.",
                .instead = "assm.lemma3_2.inclusive"});
  registry.add({.id = "assm.lemma3_2.inclusive",
                .source = "Lemma 3.2, corrected",
                .statement = R"($\sum_{j=k-d}^k\gamma_j\le(d+1)\gamma_{k-d}$ for decreasing steps)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return with_search(longer_window(), lemma32(1, 1)); },
                .bound = true});
  registry.add({.id = "assm.lemma3_2.exclusive",
                .source = "Lemma 3.2, as the proof of Theorem 3.2 needs it",
                .statement = R"($\sum_{j=k-d}^{k-1}\gamma_j\le d\,\gamma_{k-d}$ for decreasing steps)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return with_search(longer_window(), lemma32(0, 1)); },
                .bound = true});
  registry.add(
      {.id = "assm.lemma3_2.needs_monotone",
       .source = "Lemma 3.2 under (5) alone",
       .statement =
           R"(For $\gamma(s)=(1+\frac9{10}\sin(2\log(1+s)))/\sqrt{1+s}$ even $\sum_{j=k-d}^k\gamma_j>(d+1)\gamma_{k-d}$ occurs, at $k=22$, $d=2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return lemma32_needs_monotone(); },
       .note = "Monotone steps are used but not assumed. The law has |d log gamma/ds| <= 19/(1+s), hence "
               "satisfies (5) with T = sqrt(s)."});
  registry.add(
      {.id = "assm.lemma3_2.limit",
       .source = "Lemma 3.2, the statement",
       .statement =
           R"(For every vanishing law, monotone or not, and delays of at most $\delta$: $\sum_{j=k-d}^k\gamma_j\le(\delta+1)\sup_{j\ge k-\delta}\gamma_j\to0$; at delay 1000 below $1.1\cdot10^{-5}$ at $k=10^{16}$ for $1/\sqrt k$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(longer_window("induction over the number of terms, with the supremum G over the window "
                                              "in place of the first term: an identity of degree one"),
                                lemma32_limit());
           },
       .bound = true});
  registry.add(
      {.id = "assm.equation5.power_law",
       .source = "(5)",
       .statement = R"($s^{-a}$, $0<a<1$, satisfies (5): with $T=\sqrt s$ the supremum is at most $a/\sqrt s$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("the supremum is (1+u)^a - 1 with u = T/s; 1 + au - (1+u)^a vanishes at u = 0 and has the "
                             "derivative a (1 - w), w = (1+u)^{a-1} in (0,1], affine in a and w")
                     .nonnegative("0 <= a (1 - w)", {{"a", 0, 1}, {"w", 0, 1}},
                                  [](const Point& p) { return p[0] * (one - p[1]); }),
                 power_law(1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.equation5.long_horizon",
       .source = "(5), the choice of T(s)",
       .statement =
           R"(For $\gamma=s^{-a}$ the supremum is at least $\frac{aT}{s+T}$: $T(s)=o(s)$ is needed, and with $T=s$ it exceeds $2/5$ for $a=\frac12$, here at $s=10^2,10^{10},10^{40}$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "the supremum is e^y - 1 >= y with y = a log(1+u), u = T/s, and log(1+u) - u/(1+u) vanishes "
                     "at u = 0 and has the derivative u/(1+u)^2")
                     .identity(
                         "(1/(1+u) - 1/(1+u)^2) (1+u)^2 = u", {{"u", 2}},
                         [](const Point& p) {
                           const Rational v = one + p[0];
                           return (one / v - one / (v * v)) * v * v;
                         },
                         [](const Point& p) { return p[0]; }),
                 power_law_long_horizon());
           },
       .note = "With T = s the supremum is 2^a - 1 for every s. For the laws T = o(s) suffices: "
               "assm.equation5.power_law.",
       .bound = true});
  registry.add(
      {.id = "assm.equation5.exponential_law",
       .source = "(5)",
       .statement =
           R"(For $\gamma=e^{-as}$ the supremum in (5) is at least $aT(s)$: geometric decay never satisfies (5))",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "the supremum is e^v - 1 with v = aT, whatever s is; 1 - (1+v) e^{-v} vanishes at v = 0 and "
                     "has the derivative v e^{-v}, by the product rule with w = e^{-v}, w' = -w")
                     .identity(
                         "-(w + (1+v) (-w)) = v w", {{"v", 1}, {"w", 1}},
                         [](const Point& p) { return -(p[1] + (one + p[0]) * -p[1]); },
                         [](const Point& p) { return p[0] * p[1]; }),
                 exponential_law());
           },
       .bound = true});
  registry.add(
      {.id = "assm.equation5.logarithmic_laws",
       .source = "(5)",
       .statement =
           R"($1/\log s$ and $1/(s\log s)$ have the limit in (5): for $s\ge e$ and $u=T/s$ the suprema are at most $u$ and $2u+u^2$, so that $T=o(s)$ suffices)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "they are v and (1+u)(1+v) - 1 with v = log(1+u)/log s, and log(1+u) <= u, 1 <= log s give 0 "
                     "<= v <= u")
                     .identity(
                         "2u + u^2 - ((1+u)(1+v) - 1) = (1+u)(u-v)", {{"u", 2}, {"v", 1}},
                         [](const Point& p) { return two * p[0] + p[0] * p[0] - ((one + p[0]) * (one + p[1]) - one); },
                         [](const Point& p) { return (one + p[0]) * (p[0] - p[1]); }),
                 logarithmic_laws(1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.equation5.telescoping",
       .source = "(5), the steps as averages",
       .statement =
           R"($\sum_k\gamma^{k,i}\delta\tau_k=\int\gamma$ over the union of the intervals, $\gamma(s)=3/\sqrt{1+s}$, intervals between squares of $1+s$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return telescoping(); }});

  registry.add({.id = "assm.canary.window_one_short",
                .source = "planted",
                .statement = R"($\sum_{j=k-d}^k\gamma_j\le\frac{d+1}{2}\gamma_{k-d}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma32(1, Rational(1, 2)); },
                .canary = true});
  registry.add(
      {.id = "assm.canary.logarithmic_laws_quarter",
       .source = "planted",
       .statement = R"(The suprema for $1/\log s$ and $1/(s\log s)$ are at most $\frac u4$ and $\frac{2u+u^2}4$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return logarithmic_laws(Rational(1, 4)); },
       .canary = true});
  registry.add({.id = "assm.canary.power_law_tenth",
                .source = "planted",
                .statement = R"(The supremum for $s^{-a}$ is at most $a/(10\sqrt s)$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return power_law(Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
