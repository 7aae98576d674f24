// Claims of Section 3.3.2: what the steps must be for convergence with probability one.
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

using At = asyncert::Point;

/// |x| as the mean of f_1 = |x| + 2x and f_2 = |x| - 2x, one of which is drawn: g = s + 2 or s - 2, s in d|x|. A run of
/// n draws of f_2 has g <= -1: with m = 1/2 the r-th of its steps has (1-m) u <= -1 + 4 m^r whatever was before, so
/// that x rises by n gamma_min - 4 gamma_max or more. Where that is at least 1, |x| >= 1/2 at one of its ends.
Evidence excursions(bool slow_steps) {
  Evidence e =
      evidence(Coverage::instance,
               "one core, f = |x| = (f_1 + f_2)/2, f_1 = |x| + 2x, f_2 = |x| - 2x, batches of one, |g| <= 3, m = 1/2, "
               "dtau = 1, the law gamma(s) = 1/log(s+3), which satisfies (5): in each of the disjoint blocks of n = "
               "ceil(7(i+2)/10) + 6 steps between 2^i and 2^{i+1} only f_2 is drawn with the probability 2^-n, "
               "independently, and such a block has an end with |x_k| >= 1/2; enclosed. The expected number of such "
               "blocks grows with i, so that almost surely infinitely many occur");
  for (const long i : {60L, 100L, 400L}) {
    const Rational start = pow(Rational(2), i), n = (Rational(7, 10) * Rational(i + 2)).ceil() + Rational(6);
    const auto gamma = [&](const Rational& s) { return Ball(1) / (slow_steps ? log(Ball(s)) : sqrt(Ball(s))); };
    const Ball rise = Ball(n) * gamma(two * start + Rational(4)) - Ball(4) * gamma(start + Rational(3));
    e.hypotheses.push_back(
        {"a block of draws of f_2 raises x by 1 or more", certainly_less(1, rise), rise.to_string(6)});
    const Ball none = exp(Ball((start / n).floor()) * log1p(-Ball(pow(Rational(1, 2), n.to_long()))));
    compare(e, "P(|x_k| >= 1/2 for some 2^i <= k <= 2^{i+1}), at least, <= 1/2", Ball(1) - none, Relation::less_equal,
            Rational(1, 2),
            Object().add("f", "|x|").add("m", Rational(1, 2)).add("gamma(s)", "1/log(s+3)").add("i", i).add("n", n));
  }
  return e;
}

/// A stretch begins at x_j, at most G gamma_{j-1} beyond 0, G = 1 + B, and keeps its sign s; there z moves by -gamma (s
/// + xi). With Gamma = gamma_{j-1} the mean of exp(lambda s z) changes at a step by a factor of at most exp(-lambda
/// gamma + (lambda gamma B)^2/2): 1 at lambda = 2/(B^2 Gamma), and exp(-gamma/(2 B^2 Gamma)) at half of it.
Certificate excursions_end() {
  return momentum_as_displacement(
             "momentum only displaces: z moves by -gamma_k g_k and is within c G gamma of x, c = m/(1-m), G = 1 + B. "
             "While x keeps its sign s after a change at j, exp(lambda s z), lambda = 2/(B^2 gamma_{j-1}), is a "
             "supermartingale by Hoeffding's lemma, cosh v <= exp(v^2/2) term by term: s x reaches eps with a "
             "probability of at most exp(2(1+2c)G/B^2 - 2 eps/(B^2 gamma_{j-1})), whose sum over j is finite, so that "
             "almost surely finitely many such stretches reach eps. At half of that lambda the mean over the runs "
             "whose stretch goes on falls by the factor exp(-gamma_k/(2 B^2 gamma_{j-1})) or more a step, to 0 as the "
             "steps have an infinite sum, although exp(lambda s z) stays above a positive number there: each stretch, "
             "the first too, ends almost surely. Solutions of |x| from elsewhere have been arbitrarily far away: {0} "
             "is the bounded invariant set")
      .identity(
          "-l + l^2/(2b) = -2 b r (1-r) at l = 2 b r, r = gamma_k/gamma_{j-1}, b = 1/B^2", {{"b", 1}, {"r", 2}},
          [](const At& v) {
            const Rational l = two * v[0] * v[1];
            return l * l / (two * v[0]) - l;
          },
          [](const At& v) { return -(two * v[0] * v[1] * (one - v[1])); })
      .identity(
          "-l + l^2/(2b) = -b r/2 - b r (1-r)/2 at l = b r", {{"b", 1}, {"r", 2}},
          [](const At& v) {
            const Rational l = v[0] * v[1];
            return l * l / (two * v[0]) - l;
          },
          [](const At& v) { return -(v[0] * v[1] / two) - v[0] * v[1] * (one - v[1]) / two; })
      .nonnegative("0 <= 1 - r for decreasing steps", {{"r", 0, 1}}, [](const At& v) { return one - v[0]; })
      .identity(
          "(2n+2)(2n+1) = 2(n+1)(2n+1): (2n)! >= 2^n n! by induction", {{"n", 2}},
          [](const At& v) { return (two * v[0] + two) * (two * v[0] + one); },
          [](const At& v) { return two * (v[0] + one) * (two * v[0] + one); });
}

/// Constant steps, noise of +-2 with equal probabilities and no momentum: above 0 the position over gamma moves by +1
/// or -3. The probability a_h of reaching n before 0 or below from h has a_h = (a_{h+1} + a_{h-3})/2.
Evidence gamblers_ruin(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact probabilities that a stretch from 3 gamma reaches n gamma, fair noise of +-2, constant "
                        "steps, n = 4..200");
  std::vector<Rational> a{0, 0, 0, 1};  // a_{-2}, a_{-1}, a_0, a_1 up to a common factor
  while (a.size() < 204) a.push_back(two * a.back() - a[a.size() - 4]);
  const auto reach = [&](long h) { return a[static_cast<std::size_t>(h + 2)]; };
  for (long n = 4; n <= 200; ++n)
    compare(e, "P(reach n) <= exp(-2 (n-3)/B^2)", reach(3) / reach(n), Relation::less_equal,
            exp(-Ball(factor * Rational(n - 3, 2))), Object().add("n", n).add("B", 2));
  return e;
}

/// F(s) = -(2/c^2)(1 + c r) e^{-c r}, r = sqrt(s), has F' = e^{-c r}, by the chain rule with r' = 1/(2r), w = e^{-c r},
/// dw/dr = -c w; F(0) = -2/c^2.
Certificate exponential_sum() {
  return Certificate(
             "with c/gamma_0 as c, e^{-c sqrt k} <= int_{k-1}^k e^{-c sqrt s} ds, and the integral from 0 to infinity "
             "is 2/c^2 by an antiderivative, an identity of degree 2")
      .identity(
          "-(2/c^2)(c w - c (1 + c r) w)/(2r) c^2 r = w c^2 r", {{"c", 2}, {"r", 1}, {"w", 1}},
          [](const At& v) {
            const Rational &c = v[0], &r = v[1], &w = v[2];
            return -(two / (c * c)) * (c * w - c * (one + c * r) * w) / (two * r) * c * c * r;
          },
          [](const At& v) { return v[2] * v[0] * v[0] * v[1]; });
}

Evidence exponential_partial_sums(const Rational& factor) {
  Evidence e = evidence(Coverage::sample, "enclosed sums of 4000 terms at c = 1/20, 1/4, 1, 3");
  for (const Rational& c : {Rational(1, 20), Rational(1, 4), Rational(1), Rational(3)}) {
    Ball sum;
    for (long k = 1; k <= 4000; ++k) sum += exp(-Ball(c) * sqrt(Ball(k)));
    compare(e, "sum_k e^{-c sqrt k} <= 2/c^2", sum, Relation::less_equal, factor * two / (c * c), Object().add("c", c));
  }
  return e;
}

}  // namespace

void register_almost_sure_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section3_3_2.printed",
       .source = "Section 3.3.2, Section 1, \"convergent, with probability 1\", and the end of Section 3.3.3",
       .statement =
           R"(Under Assumptions 3.1-3.4 and (5) $x^\sigma$ converges with probability one to the bounded invariant set of (8), on $|x|$ to $0$: $P(\sup_{2^i\le k\le2^{i+1}}|x_k|\ge\frac12)\le\frac12$ at late $i$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return excursions(true); },
       .uses = {"assm.equation5.logarithmic_laws"},
       .note =
           "(5) admits steps that fall as 1/log k. Then runs of draws of one sample that carry the iterate by 1 "
           "never cease, although the weak limit is that of (8). The cited large deviations need sum "
           "exp(-c/gamma_k) < infinity, which the paper does not ask for. Without \"bounded\", as in Theorem 3.2, the "
           "statement is empty: the whole space is an invariant set. The set meant is one of (8), not of (1).",
       .instead = "assm.section3_3_2"});
  registry.add(
      {.id = "assm.section3_3_2",
       .source = "Section 3.3.2, corrected, on |x|",
       .statement =
           R"(On $|x|$, read without delay, with $0\le m<1$, decreasing steps, $\sum_k\gamma_k=\infty$, $\sum_ke^{-c/\gamma_k}<\infty$ for every $c>0$ and martingale differences bounded by $B$ the iterates converge with probability one to the bounded invariant set $\{0\}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(excursions_end(), gamblers_ruin(1)); },
       .uses = {"assm.own_block_age", "assm.section4.exponentially_summable"},
       .note = "The steps of Section 4 are of this kind, and a core that alone writes its block reads it without "
               "delay. For blocks that share a kink there is no such statement about stationary points: see "
               "assm.section3_3_3.blockwise_convergence.printed."});
  registry.add(
      {.id = "assm.section4.exponentially_summable",
       .source = "Section 4, the step size, with the large deviations of Section 3.3.2",
       .statement = R"($\sum_ke^{-c/\gamma_k}\le2\gamma_0^2/c^2$ for $\gamma_k=\gamma_0/\sqrt k$ and every $c>0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(exponential_sum(), exponential_partial_sums(1)); },
       .bound = true});

  registry.add({.id = "assm.canary.square_root_excursions",
                .source = "planted",
                .statement = R"(The same blocks carry $|x|$ by $1$ with the steps $1/\sqrt{s+3}$)",
                .expected = Verdict::vacuous,
                .procedure = [](const Context&) { return excursions(false); },
                .canary = true});
  registry.add(
      {.id = "assm.canary.excursions_rarer",
       .source = "planted",
       .statement = R"(A stretch from $3\gamma$ reaches $n\gamma$ with a probability of at most $e^{-4(n-3)/B^2}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return gamblers_ruin(2); },
       .canary = true});
  registry.add({.id = "assm.canary.exponential_sum_half",
                .source = "planted",
                .statement = R"($\sum_ke^{-c\sqrt k}\le1/c^2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return exponential_partial_sums(Rational(1, 2)); },
                .canary = true});
}

}  // namespace asyncert::assm
