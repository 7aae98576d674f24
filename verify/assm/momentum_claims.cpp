// Claims about the momentum recursion, (4), Lemma 3.1, and the noise that momentum correlates.
#include "bounds/assm/momentum.hpp"
#include "bounds/assm/root_field.hpp"
#include "bounds/assm/step_sums.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

Ball enclosure(const Value& v) { return v.get<Rational>() ? Ball(*v.get<Rational>()) : *v.get<Ball>(); }

/// x_K of x_{k+1} = x_k + direction (1-m) gamma_k sum_{j=first}^k m^{k-j} sign(x_j), gamma_k = gamma0/sqrt(k+1).
RootSum run_on_absolute_value(const Rational& direction, long first, const Rational& m, const Rational& gamma0,
                              long K) {
  RootSum x = Rational(1);
  Rational sum;
  for (long k = 0; k < K; ++k) {
    sum = m * sum + (k >= first ? Rational(x.sign()) : Rational(0));
    x += RootSum(direction * (Rational(1) - m) * gamma0 * sum).over_root(k + 1);
  }
  return x;
}

Evidence descends(const Rational& direction) {
  const Rational m(9, 10), gamma0(1, 2);
  const long K = 300;
  Evidence e = evidence(Coverage::instance, "the recursion on |x| with exact signs, enclosed steps gamma0/sqrt(k+1)");
  compare(e, "|x_K| < |x_0|", abs(enclosure(run_on_absolute_value(direction, 0, m, gamma0, K).value())), Relation::less,
          1, Object().add("f", "|x|").add("x_0", 1).add("m", m).add("gamma_0", gamma0).add("K", K));
  return e;
}

/// x_1 of the sum from `first` against the first step of Algorithm 1, u = g, x_1 = x_0 - (1-m) gamma_0 g.
Evidence first_step(long first) {
  const Rational m(9, 10), gamma0(1, 2);
  Evidence e = evidence(Coverage::instance, "the first step of both forms on |x| from x_0 = 1, exactly");
  compare(e, "x_1", *run_on_absolute_value(Rational(-1), first, m, gamma0, 1).value().get<Rational>(), Relation::equal,
          Rational(1) - (Rational(1) - m) * gamma0,
          Object().add("x_0", 1).add("m", m).add("gamma_0", gamma0).add("k", 0));
  return e;
}

/// Both sides are polynomials in m of degree at most k + 1, linear in the subgradients: agreement at k + 2 values of m
/// for each unit subgradient proves them equal for that k.
Evidence unrolled_recursion() {
  Evidence e =
      evidence(Coverage::instance,
               "polynomials in m of degree at most k+1, compared at k+2 points for every unit subgradient, k = 0..8");
  for (long k = 0; k <= 8; ++k)
    for (long point = 0; point <= k + 1; ++point) {
      const Rational m(point, k + 2);
      const std::vector<Rational> weights = momentum_weights(m, k);
      for (long j = 0; j <= k; ++j) {
        Rational u;
        for (long step = 0; step <= k; ++step) u = m * u + Rational(step == j ? 1 : 0);
        compare(e, "(1-m) u^k", (Rational(1) - m) * u, Relation::equal, weights[static_cast<std::size_t>(j)],
                Object().add("m", m).add("k", k).add("j", j));
      }
    }
  return e;
}

/// (1-m) sum_{j=0}^k m^j = 1 - m^{k+shift} for every k, by induction with q = m^{k+shift}: the next term is (1-m)
/// m^{k+1} = (1-m) q m^{1-shift}.
Evidence geometric_sum(long shift) {
  return Certificate("induction over k: the sum at k = 0, and the step as an identity in m and q = m^{k+1}")
      .identity(
          "k = 0: (1-m) = 1 - m^shift", {{"m", std::max(1L, shift)}}, [](const Point& p) { return one - p[0]; },
          [shift](const Point& p) { return one - pow(p[0], shift); })
      .identity(
          "(1 - q) + (1-m) q = 1 - m q", {{"m", 1}, {"q", 1}},
          [](const Point& p) { return (one - p[1]) + (one - p[0]) * p[1]; },
          [](const Point& p) { return one - p[0] * p[1]; });
}

/// The displacement that the sum from j = 1 loses up to step k with a constant step 1: sum_{i<=k} (1-m) m^i = 1 -
/// m^{k+1}.
Evidence lost_displacement() {
  Evidence e = evidence(Coverage::instance,
                        "polynomials in m, compared at k+2 points, k = 0..12, constant step, first subgradient 1");
  for (long k = 0; k <= 12; ++k)
    for (long point = 0; point <= k + 1; ++point) {
      const Rational m(point, k + 2);
      Rational lost;
      for (long i = 0; i <= k; ++i) lost += momentum_weights(m, i).front();
      compare(e, "sum over i <= k of the weight of Y_0 at step i", lost, Relation::equal, Rational(1) - pow(m, k + 1),
              Object().add("m", m).add("k", k));
    }
  return e;
}

/// sup of |(1-m) sum m^{k-j} Y_j| over |Y_j| <= 1 is the sum of the weights, since they are nonnegative.
Evidence lemma31(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "the supremum over |Y_j| <= 1 is attained at Y_j = 1; exact for k = 0..40 and 9 values of m");
  for (long k = 0; k <= 40; ++k)
    for (long point = 1; point <= 9; ++point) {
      const Rational m(point, 10);
      Rational supremum;
      for (const Rational& w : momentum_weights(m, k)) supremum += w;
      compare(e, "sup |(1-m) sum m^{k-j} Y_j| <= 1", supremum, Relation::less_equal, factor,
              Object().add("m", m).add("k", k));
    }
  return e;
}

/// With gamma_k = 1/sqrt(k): 0 <= 1 - C_l/gamma_l <= m/(2 l (1-m)), since 1 - sqrt(l/(l+j)) <= j/(2l).
Evidence effective_step_limit(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "certified Lerch integrals at l = 1, 10^2, ..., 10^12 and four momenta up to 0.999");
  for (const char* text : {"0.1", "0.5", "0.9", "0.999"})
    for (long exponent = 0; exponent <= 12; exponent += 2) {
      const Rational m = Rational::parse(text), l = pow(Rational(10), exponent);
      const Ball ratio = Ball(Rational(1) - m) * geometric_inverse_root_tail(m, l.to_long()) * sqrt(Ball(l));
      compare(e, "1 - C_l/gamma_l <= m/(2l(1-m))", Ball(1) - ratio, Relation::less_equal,
              factor * m / (Rational(2) * l * (Rational(1) - m)), Object().add("m", m).add("l", l));
      compare(e, "C_l <= gamma_l", ratio, Relation::less_equal, 1, Object().add("m", m).add("l", l));
    }
  return e;
}

/// 1 - C_l/gamma_l is the mean of 1 - 1/sqrt(1+j/l) under the weights (1-m) m^j. With u = j/l it is at most u/2: where
/// u
/// <= 2 by (1+u)(1-u/2)^2 <= 1, and else since the right side is at least 1. The mean of j is at most m/(1-m).
Certificate effective_step_certificate() {
  return Certificate(
             "1 - 1/sqrt(1+u) <= u/2 by an identity of degree 3, and (1-m) sum_{j<=J} j m^j <= m/(1-m) by "
             "induction over J with q = m^J")
      .identity(
          "1 - (1+u)(1-u/2)^2 = u^2 (3-u)/4", {{"u", 3}},
          [](const Point& p) { return one - (one + p[0]) * (one - p[0] / two) * (one - p[0] / two); },
          [](const Point& p) { return p[0] * p[0] * (Rational(3) - p[0]) / Rational(4); })
      .nonnegative("0 <= 3 - u for u <= 2", {{"u", 0, 2}}, [](const Point& p) { return Rational(3) - p[0]; })
      .identity(
          "m(1-q) - J m q(1-m) + (1-m)^2 (J+1) m q = m(1-m q) - (J+1) m^2 q (1-m)", {{"m", 3}, {"q", 1}, {"J", 1}},
          [](const Point& p) {
            const Rational m = p[0], q = p[1], J = p[2], n = one - m;
            return m * (one - q) - J * m * q * n + n * n * (J + one) * m * q;
          },
          [](const Point& p) {
            const Rational m = p[0], q = p[1], J = p[2];
            return m * (one - m * q) - (J + one) * m * m * q * (one - m);
          });
}

/// E[M_{n1} - M_{n0} | past] when all noise before n0 was +1, gamma_k = 1/sqrt(k+1).
Ball conditional_mean(const Rational& m, long n0, long n1) {
  return (Ball(1) - pow(Ball(m), n0)) * Ball(m) * geometric_inverse_root_sum(m, n0 + 1, n1);
}

Evidence martingale_printed() {
  const Rational m(9, 10);
  Evidence e =
      evidence(Coverage::instance, "closed form of the conditional mean: past noise keeps acting through the momentum");
  compare(e, "E[M_6 - M_3 | noise +1 before step 3] = 0", conditional_mean(m, 3, 6), Relation::equal, 0,
          Object().add("m", m).add("n_0", 3).add("n_1", 6).add("gamma_k", "1/sqrt(k+1)"));
  return e;
}

Evidence martingale_bound(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "certified sums at 4 momenta, 5 starts and 4 window lengths up to 10^12, noise +1 before the start");
  for (const char* text : {"0.1", "0.5", "0.9", "0.99"})
    for (const long n0 : {1L, 3L, 100L, 10000L, 100000000L})
      for (const long length : {1L, 3L, 1000L, 1000000000000L}) {
        const Rational m = Rational::parse(text);
        compare(e, "|E[M_{n1}-M_{n0} | past]| <= gamma_{n0} m/(1-m)", conditional_mean(m, n0, n0 + length),
                Relation::less_equal, Ball(factor * m / (Rational(1) - m)) / sqrt(Ball(n0 + 1)),
                Object().add("m", m).add("n_0", n0).add("n_1", n0 + length));
      }
  return e;
}

/// E[dM_k dM_j] for independent fair signs, by enumeration of both.
Evidence increments(bool same_index) {
  Rational mean;
  for (const long a : {-1L, 1L})
    for (const long b : {-1L, 1L}) mean += Rational(1, 4) * Rational(a * (same_index ? a : b));
  Evidence e = evidence(Coverage::instance, "enumeration of the four sign patterns of two fair increments");
  compare(e, "E[dM_k dM_j]", mean, Relation::equal, 0,
          Object().add("k", 1).add("j", same_index ? 1 : 2).add("noise", "fair signs"));
  return e;
}

/// On |x| along x_k = (-1)^k/k the unique subgradients alternate, although x_k tends to 0: x_k is the stale view,
/// x_{k+1} the iterate.
Evidence selection_converges() {
  const long k = 1000000;
  Evidence e = evidence(Coverage::instance, "unique subgradients of |x| at two neighbouring terms of x_k = (-1)^k/k");
  const Rational here(k % 2 == 0 ? 1 : -1), next(k % 2 == 0 ? -1 : 1);
  compare(e, "|g(x_k) - g(x_{k+1})| <= 1/2 for large k", abs(here - next), Relation::less_equal, Rational(1, 2),
          Object().add("f", "|x|").add("k", k).add("x_k", here / Rational(k)).add("x_{k+1}", next / Rational(k + 1)));
  return e;
}

/// dist of the averaged subgradient from the Goldstein subdifferential of |x| with radius sum of the last J steps; B_g
/// = 1.
Evidence averaged_selection(const Rational& factor) {
  const Rational m(9, 10);
  Evidence e =
      evidence(Coverage::sample, "exact run on |x|, m = 0.9, gamma_k = 1/sqrt(k+1), 150 steps, J = 0, 3, 10, 30");
  RootSum x = Rational(1);
  std::vector<Ball> steps;
  Rational average;
  for (long k = 0; k < 150; ++k) {
    average = m * average + (Rational(1) - m) * Rational(x.sign());
    for (const long J : {0L, 3L, 10L, 30L}) {
      if (J > k) continue;
      Ball radius;
      for (long l = k - J; l < k; ++l) radius += steps[static_cast<std::size_t>(l)];
      // Within the radius of 0 the hull is [-1, 1], which holds every average of signs.
      const Ball position = enclosure(x.value());
      const bool near = !certainly_less(radius, abs(position));
      const Rational distance =
          near ? max(Rational(0), Rational(abs(average) - Rational(1))) : abs(average - Rational(x.sign()));
      compare(e, "dist <= 2 m^{J+1} B_g", distance, Relation::less_equal, factor * Rational(2) * pow(m, J + 1),
              Object().add("k", k).add("J", J).add("m", m));
    }
    steps.push_back(Ball(1) / sqrt(Ball(k + 1)));
    x += RootSum(-average).over_root(k + 1);
  }
  return e;
}

}  // namespace

void register_momentum_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.equation4.sign.printed",
       .source = "(4), with the plus sign",
       .statement = R"(The recursion (4) with $+(1-m)\gamma\sum m^{k-j}Y_j$, $Y\in\partial f$, decreases $|x|$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return descends(1); },
       .note = "With the plus sign the method ascends; Algorithm 1 has the minus sign.",
       .instead = "assm.equation4.sign"});
  registry.add(
      {.id = "assm.equation4.sign",
       .source = "(4), corrected",
       .statement =
           R"(The recursion with $-(1-m)\gamma\sum m^{k-j}Y_j$ decreases $|x|$ from $x_0=1$ ($m=\frac9{10}$, $\gamma_k=1/(2\sqrt{k+1})$, 300 steps))",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return descends(-1); }});
  registry.add({.id = "assm.equation4.range.printed",
                .source = "(4), the range of the sum",
                .statement = R"(The sum over $j=1..k$ gives the first step of Algorithm 1)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return first_step(1); },
                .note = "Local indices start at 0, so that the first step is null and Y_0 is never used.",
                .instead = "assm.equation4.range"});
  registry.add(
      {.id = "assm.equation4.range",
       .source = "(4), corrected",
       .statement =
           R"(The sum over $j=0..k$ gives the first step of Algorithm 1, on $|x|$ from $x_0=1$ with $m=\frac9{10}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return first_step(0); }});
  registry.add({.id = "assm.algorithm1.unrolled",
                .source = "Algorithm 1 and (4)",
                .statement = R"($u^k=\sum_{j=0}^k m^{k-j}g^j$ for all $m$ and $k\le 8$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return unrolled_recursion(); }});
  registry.add(
      {.id = "assm.equation4.lost_displacement",
       .source = "(4), the missing term j = 0",
       .statement = R"(Up to step $k$ the printed range loses $(1-m^{k+1})\gamma Y_0$ with a constant step, $k\le 12$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return lost_displacement(); }});
  registry.add(
      {.id = "assm.geometric_sum.printed",
       .source = "proof of Theorem 3.2, the limit of the momentum weights",
       .statement =
           R"(The factor of the display is the sum of the weights: $\sum_{j=0}^k m^j=\frac{1-m^k}{1-m}$, at $k=0$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             Evidence e = evidence(Coverage::instance, "exact: both sides at k = 0, m = 9/10");
             const Rational m(9, 10);
             compare(e, "sum_{j=0}^{0} m^j = (1 - m^0)/(1 - m)", one, Relation::equal, (one - pow(m, 0)) / (one - m),
                     Object().add("m", m).add("k", 0));
             return e;
           },
       .note = "The exponent should be k+1. Harmless where it stands: the display has a limit in place of the "
               "equality, in which both powers vanish.",
       .instead = "assm.geometric_sum"});
  registry.add({.id = "assm.geometric_sum",
                .source = "proof of Theorem 3.2, the limit of the momentum weights",
                .statement = R"($(1-m)\sum_{j=0}^k m^j=1-m^{k+1}$ for all $m$ and $k\ge0$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return geometric_sum(1); },
                .note = "The proof writes m^k."});
  registry.add({.id = "assm.lemma3_1",
                .source = "Lemma 3.1",
                .statement = R"($|(1-m)\sum_{j\le k}m^{k-j}Y_j|\le B_g$, so that the family is uniformly integrable)",
                .expected = Verdict::proved,
                .procedure =
                    [](const Context&) {
                      return with_search(
                          geometric_weights("the weights are not negative and add up to 1 - m^{k+1} <= 1, by "
                                            "induction over k"),
                          lemma31(1));
                    },
                .note = "A family with a common bound is uniformly integrable; the bound is 1 - m^{k+1} times B_g.",
                .bound = true});
  registry.add(
      {.id = "assm.effective_step",
       .source = "(4), the factor 1-m",
       .statement =
           R"(The total weight $C_l$ of a subgradient satisfies $0\le 1-C_l/\gamma_l\le\frac{m}{2l(1-m)}$ for $\gamma_k=\gamma_0/\sqrt k$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(effective_step_certificate(), effective_step_limit(1)); },
       .note = "Hence the differential inclusion does not depend on m.",
       .bound = true});
  registry.add(
      {.id = "assm.momentum_noise.printed",
       .source = "proof of Theorem 3.2, the term with M",
       .statement = R"($E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]=0$ by the martingale property, at $m=\frac9{10}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return martingale_printed(); },
       .note =
           "Momentum makes the noise of a block correlated; the conditional mean vanishes only in the limit. The sum "
           "is taken from n_0 to n_1: with the upper limit p(sigma) as printed the difference would be empty.",
       .instead = "assm.momentum_noise"});
  registry.add(
      {.id = "assm.momentum_noise",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"($|E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]|\le\gamma_{n_0}\frac{m}{1-m}\sup|\delta M|$ for decreasing steps)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 geometric_weights("at step n_0 + i - 1, i >= 1, the noise before n_0 has the weights (1-m) m^{i+j}, "
                                   "j >= 0, which add up to at most m^i, and these to at most m/(1-m), by induction"),
                 martingale_bound(1));
           },
       .bound = true});
  registry.add({.id = "assm.increments.printed",
                .source = "Section 3.2, the martingale differences",
                .statement = R"($E[\delta M_k\,\delta M_j']=0$ for all $k,j$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return increments(true); },
                .note = "False for k = j.",
                .instead = "assm.increments"});
  registry.add({.id = "assm.increments",
                .source = "Section 3.2, corrected",
                .statement = R"($E[\delta M_k\,\delta M_j']=0$ for $k\ne j$, independent fair signs)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return increments(false); }});
  registry.add(
      {.id = "assm.selection.printed",
       .source = "proof of Theorem 3.2, upper semicontinuity",
       .statement =
           R"(If the stale $x'$ and $\hat x$ approach each other, some $g\in\partial f(\hat x)$ is within $\frac12$ of $g(x')$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return selection_converges(); },
       .note = "On |x| with x' and xhat on different sides of 0 the unique subgradients are 1 and -1. Upper "
               "semicontinuity gives dist(g(x'), df(x)) -> 0 at the limit x of both, not convergence of a "
               "selection.",
       .instead = "assm.selection"});
  registry.add(
      {.id = "assm.selection",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"(Without delays, $g_j\in\partial f(x_j)$, $|g_j|\le B_g$: $\operatorname{dist}((1-m)\sum_{j\le k}m^jg_{k-j},\partial_\varepsilon f(x_k))\le 2m^{J+1}B_g$ with $\varepsilon=B_g\sum_{l=k-J}^{k-1}\gamma_l$, $J\le k$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 geometric_weights(
                     "with q = m^{J+1}, r = m^{k+1} the average is (1-q) A + (q-r) R, A of the Goldstein "
                     "subdifferential, which is convex, and |A|, |R| <= B_g: it differs from A by at most "
                     "(q-r) B_g + q B_g <= 2q B_g")
                     .identity(
                         "(1-q) A + (q-r) R - A = (q-r) R - q A", {{"q", 1}, {"r", 1}, {"A", 1}, {"R", 1}},
                         [](const Point& p) { return (one - p[0]) * p[2] + (p[0] - p[1]) * p[3] - p[2]; },
                         [](const Point& p) { return (p[0] - p[1]) * p[3] - p[0] * p[2]; }),
                 averaged_selection(1));
           },
       .note = "The Goldstein subdifferential is convex, which is what the limit needs.",
       .bound = true});

  registry.add({.id = "assm.canary.lemma3_1_half",
                .source = "planted",
                .statement = R"($|(1-m)\sum m^{k-j}Y_j|\le B_g/2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma31(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.effective_step_quarter",
                .source = "planted",
                .statement = R"($1-C_l/\gamma_l\le\frac{m}{8l(1-m)}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return effective_step_limit(Rational(1, 4)); },
                .canary = true});
  registry.add({.id = "assm.canary.momentum_noise_half",
                .source = "planted",
                .statement = R"($|E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]|\le\frac12\gamma_{n_0}\frac{m}{1-m}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return martingale_bound(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.geometric_sum_shifted",
                .source = "planted",
                .statement = R"($\sum_{j=0}^k m^j=\frac{1-m^{k+2}}{1-m}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return geometric_sum(2); },
                .canary = true});
  registry.add({.id = "assm.canary.selection_tenth",
                .source = "planted",
                .statement = R"(The averaged subgradient is within $m^{J+1}B_g/5$ of the Goldstein subdifferential)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return averaged_selection(Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
