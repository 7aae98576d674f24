// Tails: Definition 1 and Lemmas 2-4.
#include "bounds/pasgd/lemma3.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/certificate.hpp"
#include "lib/subdivision.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

/// X = +-1 with sigma = 1 meets the tail of (4), since 2 exp(-1/2) > 1, but not the bound on E e^{s|X|}.
Evidence mgf_of_norm() {
  const Rational s(1, 100);
  Evidence e = single({.label = "E e^{s|X|} <= e^{4 s^2}",
                       .left = exp(Ball(s)),
                       .right = exp(Ball(Rational(4) * s * s)),
                       .instance = Object().add("X", "+-1, each with probability 1/2").add("sigma", 1).add("s", s)},
                      "exact law: |X| = 1, so that the left side is e^s; its slope at s = 0 is E|X| > 0");
  e.hypotheses.push_back({.statement = "P(|X| >= t) <= 2 exp(-t^2/2), that is 1 <= 2 exp(-1/2) at t = 1",
                          .realised = certainly_less(1, Ball(2) * exp(-(Ball(1) / 2)))});
  return e;
}

/// 1 + E[e^{theta R} - 1 - theta R] for the largest R with P(R >= t) <= 2 exp(-t^2/2): the dilation of a vector of mean
/// zero and norm at most R has this as its largest eigenvalue at most, since Y^k <= |X|^k I and E Y = 0.
Ball extremal_dilation(const Ball& theta) {
  const Ball r0 = sqrt(Ball(2) * log(Ball(2))), root = sqrt(Ball(2) * Ball::pi());
  const Ball mean = r0 + Ball(2) * root * normal_tail(r0);
  return exp(theta * r0) + Ball(2) * theta * root * exp(theta * theta / 2) * normal_tail(r0 - theta) - theta * mean;
}

Evidence dilation_mgf() {
  const Rational near(1, 64), far(8);
  const auto predicate = [](const std::vector<Ball>& x) {
    return compare_less(extremal_dilation(x[0]), exp(Ball(4) * x[0] * x[0]));
  };
  Evidence e = certify_on_box(
      {{"theta sigma", near, far}}, predicate,
      [](const std::vector<Rational>& x) {
        return Comparison{.label = "E e^{theta Y} <= e^{4 theta^2}",
                          .left = extremal_dilation(Ball(x[0])),
                          .right = exp(Ball(Rational(4) * x[0] * x[0]))};
      },
      "closed form for the extremal law P(R >= t) = min(1, 2 exp(-t^2/2)), by subdivision over theta sigma in [1/64, "
      "8]; below, (e^x - 1 - x)/x^2 increases; above, both terms of the closed form fall against e^{4 theta^2}");
  e.comparisons.push_back({.label = "theta <= 1/64: (E e^{theta Y} - 1)/theta^2 at 1/64 <= 4",
                           .left = (extremal_dilation(Ball(near)) - 1) / Ball(near * near),
                           .right = Rational(4)});
  // ln of each term minus 4 theta^2 has the derivative r0 - 8 theta < 0 or 1/theta - 7 theta < 0 there.
  const Ball r0 = sqrt(Ball(2) * log(Ball(2))), theta(far);
  e.comparisons.push_back(
      {.label = "theta >= 8: the two terms over e^{4 theta^2} at 8 <= 1",
       .left = (exp(theta * r0) + Ball(2) * theta * sqrt(Ball(2) * Ball::pi()) * exp(theta * theta / 2)) /
               exp(Ball(4) * theta * theta),
       .right = Rational(1)});
  return e;
}

/// X = 2 with probability 1/3, -1 with 2/3: mean zero, E X^3 = 2. Its dilation has E Y^3 = [[0,2],[2,0]]: trace 0,
/// eigenvalue 2.
Evidence trace_argument() {
  const Rational third_moment = Rational(1, 3) * Rational(8) - Rational(2, 3);
  return single(
      {.label = "0 < largest eigenvalue of E Y^3",
       .left = Rational(0),
       .relation = Relation::less,
       .right = third_moment,
       .instance = Object().add("X", "2 with probability 1/3, -1 with probability 2/3").add("trace of E Y^3", 0)},
      "exact third moment; the odd moments of the dilation have trace zero and eigenvalues +-E X^3");
}

/// t = 4 sqrt(sum sigma_i^2 iota) in (d+1) exp(-t^2 / (16 sum sigma_i^2)): both sides are linear in iota and in the
/// sum.
Evidence lemma2_exponent() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "E tr e^{A + theta Y} <= E tr e^A e^{theta Y} (Golden and Thompson) step by step with E e^{theta Y} <= e^{4 "
      "theta^2 "
      "sigma^2} I given the past, from the trace d + 1; Chernoff's bound: least exponent -t^2/(16 sum), linear in "
      "iota, "
      "checked at 4 points";
  for (long i = 1; i <= 4; ++i) {
    const Rational sum(3, 7), iota(i), t_squared = Rational(16) * sum * iota,
                                       theta_times_t = t_squared / (Rational(8) * sum);
    const Rational exponent = Rational(4) * theta_times_t * theta_times_t / t_squared * sum - theta_times_t;
    e.comparisons.push_back({.label = "4 theta^2 sum - theta t = -iota at theta = t/(8 sum)",
                             .left = exponent,
                             .relation = Relation::equal,
                             .right = -iota,
                             .instance = Object().add("iota", iota)});
  }
  return e;
}

/// Standard normal X_i with sigma_i = 1 up to the first k <= K with |S_n| > c sqrt(iota n) at n = 100^k, and then X_i =
/// sigma_i = 0: given the past the sum over (100^{k-1}, 100^k] has the sign of S and takes |S| there with probability
/// Q(c sqrt(iota/0.99)) or more, so that none of K does with (1 - Q)^K <= e^{-KQ}.
Evidence lemma2_stopped() {
  Evidence e;
  e.method =
      "enclosed for d = 1, iota = 2, K = 1/Q rounded up, Q = Q(c sqrt(iota/0.99)): P >= 1 - e^{-KQ} >= 1 - 1/e, "
      "whatever "
      "c is; shown for c = 4 and 40; the law of the iterated logarithm in numbers";
  for (const long c : {4L, 40L}) {
    const Rational iota(2);
    const Ball Q = normal_tail(Ball(c) * sqrt(Ball(iota / Rational(99, 100))));
    e.comparisons.push_back(
        {.label = "P(|sum X_i| > c sqrt(iota sum sigma_i^2)) <= 2(d+1) e^{-iota}",
         .left = Ball(1) - exp(Ball(-1)),
         .right = Ball(4) * exp(-Ball(iota)),
         .instance = Object()
                         .add("d", 1)
                         .add("c", c)
                         .add("iota", iota)
                         .add("X_i", "standard normal until |S_n| > c sqrt(iota n) at some n = 100^k")
                         .add("K", (Ball(1) / Q).to_string(6))});
  }
  return e;
}

Comparison lemma3_comparison(long n, const Rational& iota) {
  return {.label = "P(sum |X_i|^2 >= 4 (n + iota)) <= e^{-iota}",
          .left = lemma3_failure_probability(n, iota),
          .right = exp(-Ball(iota)),
          .instance = Object().add("n", n).add("iota", iota).add("law", "P(|X| >= t) = min(1, 2 exp(-t^2/2))")};
}

/// P(Gamma(n) >= n y) <= exp(-n (y - 1 - ln y)) with y = c(1+v)/2 - ln 2 and v = iota/n: y - 1 - ln y >= v is needed.
/// The margin is convex in v, with the slope (c/2)(1 - 1/y) - 1.
Evidence lemma3_repaired(const Rational& c) {
  const auto level = [c](const Ball& v) { return Ball(c / Rational(2)) * (v + 1) - log(Ball(2)); };
  const auto margin = [level](const Ball& v) {
    const Ball y = level(v);
    return y - 1 - log(y) - v;
  };
  const Ball end = 100;
  Evidence e = certify_on_box(
      {{"iota/n", 0, 100}}, [margin](const std::vector<Ball>& x) { return compare_less(0, margin(x[0])); },
      [margin](const std::vector<Rational>& x) {
        return Comparison{.label = "0 < y - 1 - ln y - v",
                          .left = Rational(0),
                          .relation = Relation::less,
                          .right = margin(Ball(x[0]))};
      },
      "Chernoff's bound of the Erlang tail of the extremal law, which dominates every admitted law; by subdivision "
      "over iota/n in [0, 100]; the margin is convex and increases from there on");
  e.comparisons.push_back({.label = "0 < slope of the margin at iota/n = 100",
                           .left = Rational(0),
                           .relation = Relation::less,
                           .right = Ball(c / Rational(2)) * (Ball(1) - Ball(1) / level(end)) - 1});
  return e;
}

/// At n = 77 no iota in [0, 200] breaks c = 4: both probabilities fall with iota, so that the ends of a box decide it.
Evidence lemma3_up_to_77() {
  const auto predicate = [](const std::vector<Ball>& x) {
    const Ball from = x[0].lower_end(), to = x[0].upper_end();
    Rational start;
    arf_get_fmpq(start.raw(), arb_midref(from.raw()));
    return compare_less_equal(lemma3_failure_probability(77, start), exp(-to));
  };
  return certify_on_box(
      {{"iota", 0, 64}}, predicate, [](const std::vector<Rational>& x) { return lemma3_comparison(77, x[0]); },
      "monotone in iota: P at the lower end of a box against e^{-iota} at its upper end");
}

Evidence lemma3_at_78() {
  Comparison c = lemma3_comparison(78, Rational(2496, 100));
  std::swap(c.left, c.right);
  c.relation = Relation::less;
  c.label = "e^{-iota} < P(sum |X_i|^2 >= 4 (n + iota))";
  return single(std::move(c), "enclosed Erlang tail at the iota that is worst for n = 78");
}

/// Two independent symmetric variables of the extremal law have the same sign with probability 1/2, and then |A + B| >=
/// 2 r0; with opposite signs it happens too, where |A| >= 3 r0 + 1 and |B| <= r0 + 1.
Evidence sum_of_tails() {
  const Ball r0 = sqrt(Ball(2) * log(Ball(2)));
  const auto tail = [](const Ball& t) { return Ball(2) * exp(-(t * t) / 2); };
  const Ball least = Ball(1) / 2 + tail(Ball(3) * r0 + 1) * (Ball(1) - tail(r0 + 1)) / 2;
  return single(
      {.label = "2 exp(-(2 r0)^2 / (2 (1+1))) < P(|A+B| >= 2 r0)",
       .left = Rational(1, 2),
       .relation = Relation::less,
       .right = least,
       .instance = Object().add("A, B", "symmetric, P(|A| >= t) = min(1, 2 exp(-t^2/2)), independent").add("r0", r0)},
      "lower bound of the probability from two disjoint events");
}

/// S_1 = +-1; after +1 every step is +1, after -1 every step is 0: a submartingale with steps at most 1, and E S_N =
/// (N-1)/2.
Evidence azuma_printed() {
  const long N = 100;
  const Rational mean(N - 1, 2), lambda = mean + Rational(1);
  return single(
      {.label = "P(S_N <= E S_N - lambda) <= exp(-lambda^2/(2N))",
       .left = Rational(1, 2),
       .right = exp(-Ball(lambda * lambda / Rational(2 * N))),
       .instance =
           Object().add("N", N).add("lambda", lambda).add("law", "fair first step +-1, then constant steps +1 or 0")},
      "exact law: S_N = -1 with probability 1/2 and E S_N = 99/2");
}

/// Hoeffding: D = Y - E[Y|F] lies in an interval of length 2c and has mean zero; by the chord E e^{theta D} <= e^{L(h)}
/// with h = 2 c theta, L(h) = ln(1-p+p e^h) - p h, L(0) = L'(0) = 0 and L'' = u(1-u) <= 1/4, u = p e^h/(1-p+p e^h).
Evidence azuma(const Rational& planted) {
  Certificate proof(
      "Hoeffding's lemma for D_i = Y_i - E[Y_i|F_{i-1}], which lies in an interval of length 2c: E e^{theta D} <= "
      "e^{c^2 theta^2/2} from L'' = u(1-u) <= 1/4, identities with w = e^h free; the product over i given the past; "
      "Chernoff's exponent at theta = lambda/(N c^2); and exact tails of the fair walk for N = 1, 8, ..., 57, all "
      "lambda");
  const Rational one(1), two(2);
  proof.identity(
      "(1-p+pw)^2 w du/dw = (1-p+pw)^2 u (1-u)", {{"p", 3}, {"w", 3}},
      [&](const Point& v) { return v[1] * (v[0] * (one - v[0] + v[0] * v[1]) - v[0] * v[1] * v[0]); },
      [&](const Point& v) { return v[0] * v[1] * (one - v[0]); });
  proof.identity(
      "1/4 - u(1-u) = (u - 1/2)^2", {{"u", 2}}, [&](const Point& v) { return Rational(1, 4) - v[0] * (one - v[0]); },
      [](const Point& v) { return (v[0] - Rational(1, 2)) * (v[0] - Rational(1, 2)); });
  proof.identity(
      "h^2/8 = c^2 theta^2/2 at h = 2 c theta", {{"c", 2}, {"theta", 2}},
      [&](const Point& v) { return (two * v[0] * v[1]) * (two * v[0] * v[1]) / 8; },
      [](const Point& v) { return v[0] * v[0] * v[1] * v[1] / 2; });
  proof.identity(
      "2 c^2 N (N c^2 theta^2/2 - theta lambda) = -lambda^2 at theta = lambda/(N c^2)",
      {{"N", 4, 1, 1}, {"c", 6, 1, 1}, {"lambda", 2}},
      [&](const Point& v) {
        const Rational scale = v[0] * v[1] * v[1], theta = v[2] / scale;
        return two * scale * (scale * theta * theta / 2 - theta * v[2]);
      },
      [&](const Point& v) { return -planted * v[2] * v[2]; });
  for (long n = 1; n <= 60; n += 7) {
    // P(S_n <= -k) = sum of C(n, i) 2^-n over i up-steps with 2i - n <= -k.
    Rational tail, binomial = pow(Rational(1, 2), n);
    for (long i = 0; 2 * i - n < 0; ++i) {
      tail += binomial;
      const long k = n - 2 * i;
      proof.compare({.label = "P(S_N <= -lambda) <= exp(-lambda^2/(2N))",
                     .left = tail,
                     .right = exp(-Ball(Rational(k * k, 2 * n))),
                     .instance = Object().add("N", n).add("lambda", k)});
      binomial *= Rational(n - i, i + 1);
    }
  }
  return proof;
}

/// A normal variable of standard deviation s has the tail (4): 2 Q(t) <= 2 exp(-t^2/2), both sides falling with t; and
/// beyond t = 20, Q(t) <= exp(-t^2/2)/(t sqrt(2 pi)).
Evidence gaussian_tail() {
  const auto predicate = [](const std::vector<Ball>& x) {
    const Ball far = x[0].upper_end();
    return compare_less_equal(Ball(2) * normal_tail(x[0].lower_end()), Ball(2) * exp(-(far * far) / 2));
  };
  Evidence e = certify_on_box(
      {{"t/s", 0, 20}}, predicate,
      [](const std::vector<Rational>& x) {
        return Comparison{.label = "P(|X| >= t) <= 2 exp(-t^2/2)",
                          .left = Ball(2) * normal_tail(Ball(x[0])),
                          .right = Ball(2) * exp(-Ball(x[0] * x[0]) / 2)};
      },
      "the left side at the lower end of a box against the right one at its upper end, by subdivision of [0, 20]; "
      "beyond, "
      "Q(t) <= phi(t)/t by Mills");
  e.comparisons.push_back({.label = "1/(t sqrt(2 pi)) <= 1 from t = 20 on",
                           .left = Ball(1) / (Ball(20) * sqrt(Ball(2) * Ball::pi())),
                           .right = Rational(1)});
  return e;
}

}  // namespace

void register_concentration_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.definition1.printed",
                .source = "Definition 1; Section 4.1",
                .statement = R"($P(\|X\|\ge t)\le 2e^{-t^2/2\sigma^2}$ gives $Ee^{s\|X\|}\le e^{4s^2\sigma^2}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return mgf_of_norm(); },
                .note = "As s falls to 0 the inequality forces E|X| = 0: only X = 0 meets Definition 1.",
                .instead = "pasgd.lemma2.dilation"});
  registry.add(
      {.id = "pasgd.lemma2.dilation",
       .source = "Lemma 2, proof, corrected",
       .statement =
           R"($Ee^{\theta Y}\preceq e^{4\theta^2\sigma^2}I$ for the dilation $Y$ of a mean-zero vector with the tail (4), every $\theta$)",
       .procedure = [](const Context&) { return dilation_mgf(); },
       .bound = true});
  registry.add(
      {.id = "pasgd.lemma2.trace_argument",
       .source = "Lemma 2, proof",
       .statement =
           R"(For $X=2$ or $-1$ with probabilities $\frac13$, $\frac23$ the odd moment $EY^3$ of the dilation $Y$ has trace zero and yet a positive eigenvalue)",
       .procedure = [](const Context&) { return trace_argument(); },
       .note =
           "The proof names the trace alone, which does not let the odd part go; pasgd.lemma2.dilation bounds it."});
  registry.add(
      {.id = "pasgd.lemma2.printed",
       .source = "Definition 1, Lemma 2",
       .statement =
           R"(Lemma 2 with $\sigma_i$ that depend on the past, as Definition 1 has them: $\|\sum X_i\|\le c\sqrt{\iota\sum\sigma_i^2}$ with probability at least $1-2(d+1)e^{-\iota}$ for mean-zero $X_i$ with the tail (4) at $\sigma_i\in F_{i-1}$, one $c$ for all $n$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return lemma2_stopped(); },
       .note = "Who may choose sigma_i = 0 once the sum is large stops at a moment of his choice. The paper uses the "
               "lemma with fixed sigma_i only. (4) stands for Definition 1's own bound, which leaves X = 0 alone "
               "(pasgd.definition1.printed).",
       .instead = "pasgd.lemma2"});
  registry.add(
      {.id = "pasgd.lemma2",
       .source = "Lemma 2",
       .statement =
           R"(With probability at least $1-(d+1)e^{-\iota}$: $\|\sum X_i\|\le 4\sqrt{\iota\sum\sigma_i^2}$ for mean-zero $X_i$ with the tail (4) at fixed $\sigma_i$, given the past)",
       .procedure = [](const Context&) { return lemma2_exponent(); },
       .uses = {"pasgd.lemma2.dilation"},
       .note = "Stronger than printed, which allows 2(d+1)e^{-iota}."});
  registry.add(
      {.id = "pasgd.lemma3.printed",
       .source = "Lemma 3, c = 4",
       .statement =
           R"($\sum\|X_i\|^2\le 4\sigma^2(n+\iota)$ with probability $1-e^{-\iota}$ for mean-zero $X_i$ with the tail (4) at $\sigma$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             return single(lemma3_comparison(100, 33),
                           "enclosed: the sum of squares of the extremal law is a shifted Erlang variable");
           },
       .instead = "pasgd.lemma3"});
  registry.add(
      {.id = "pasgd.lemma3",
       .source = "Lemma 3, corrected",
       .statement =
           R"($\sum\|X_i\|^2\le 4.123\,\sigma^2(n+\iota)$ with probability $1-e^{-\iota}$, all $n$ and $\iota\ge0$)",
       .procedure = [](const Context&) { return lemma3_repaired(Rational(4123, 1000)); }});
  registry.add({.id = "pasgd.lemma3.holds_at_77",
                .source = "Lemma 3, c = 4, extremal law",
                .statement = R"(The extremal law does not break $c=4$ at $n=77$, $\iota\le 64$)",
                .procedure = [](const Context&) { return lemma3_up_to_77(); }});
  registry.add({.id = "pasgd.lemma3.fails_at_78",
                .source = "Lemma 3, c = 4, extremal law",
                .statement = R"(The extremal law breaks $c=4$ at $n=78$, $\iota=24.96$)",
                .procedure = [](const Context&) { return lemma3_at_78(); }});
  registry.add(
      {.id = "pasgd.sum_of_noises",
       .source = "Section 4.1",
       .statement =
           R"(Two independent variables with the tail (4) at $s=r=1$ can have a sum without the tail at $\sqrt{s^2+r^2}$)",
       .procedure = [](const Context&) { return sum_of_tails(); },
       .note = "That the sum is sub-Gaussian with s^2 + r^2 does not follow from independence and the tails; the "
               "bounds of the moment generating functions do add up."});
  registry.add(
      {.id = "pasgd.lemma4.printed",
       .source = "Lemma 4, (5)",
       .statement =
           R"(A submartingale with $|Y_i|\le c$ has $P(\sum Y_i\le E\sum Y_i-\lambda)\le e^{-\lambda^2/2c^2N}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return azuma_printed(); },
       .note = "The drift of a submartingale is random, so that the deviation from the mean is not controlled; from "
               "the sum of the conditional means, or from a constant below them, it is. (24) needs only the latter.",
       .instead = "pasgd.lemma4"});
  registry.add(
      {.id = "pasgd.lemma4",
       .source = "Lemma 4, corrected",
       .statement =
           R"($P(\sum_{i\le N}(Y_i-E[Y_i|F_{i-1}])\le-\lambda)\le e^{-\lambda^2/2c^2N}$ for all adapted $|Y_i|\le c$)",
       .procedure = [](const Context&) { return azuma(1); },
       .bound = true});
  registry.add({.id = "pasgd.canary.azuma_exponent",
                .source = "planted",
                .statement = "Lemma 4, corrected, with twice the exponent",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return azuma(2); },
                .canary = true});
  registry.add({.id = "pasgd.assumption3.gaussian",
                .source = "Assumption 3, (4)",
                .statement = R"(Gaussian noise of standard deviation $s$ in one dimension meets (4))",
                .procedure = [](const Context&) { return gaussian_tail(); }});
}

}  // namespace asyncert::pasgd
