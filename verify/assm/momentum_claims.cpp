// Claims about the momentum recursion, (4) and Lemma 3.1.
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

/// The weight w = m^{k-j} of g^j becomes m w, and the new subgradient enters with the weight 1.
Certificate unrolled() {
  return Certificate(
             "induction over k: u = m u + g multiplies all weights by m and adds g with the weight 1, of two terms")
      .identity(
          "m (w g + v h) + n = (m w) g + (m v) h + n", {{"m", 1}, {"w", 1}, {"g", 1}, {"v", 1}, {"h", 1}, {"n", 1}},
          [](const Point& p) { return p[0] * (p[1] * p[2] + p[3] * p[4]) + p[5]; },
          [](const Point& p) { return p[0] * p[1] * p[2] + p[0] * p[3] * p[4] + p[5]; });
}

/// The total weight of a subgradient up to K later steps of constant length, without the factor 1-m.
Evidence library_weight(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "exact sums of m^i, i <= K, against those of (1-m) m^i, K = 1, 10, 200, four m");
  for (const char* text : {"0.1", "0.5", "0.9", "0.99"})
    for (const long K : {1L, 10L, 200L}) {
      const Rational m = Rational::parse(text);
      Rational without, with;
      for (long i = 0; i <= K; ++i) {
        without += pow(m, i);
        with += momentum_weights(m, i).front();
      }
      compare(e, "sum m^i over sum (1-m) m^i", without / with, Relation::equal, factor / (one - m),
              Object().add("m", m).add("K", K));
    }
  return e;
}

/// Phi convex with Phi(0) = 0: with weights w >= 0 that add up to W <= 1, Phi(sum w Y) <= sum w Phi(Y); here Phi(y) =
/// (y - L)_+, whose means over a uniformly integrable family are small for large L, for every member.
Certificate averages_stay_integrable() {
  return geometric_weights(
             "for L >= 0 (y - L)_+ is convex and 0 at 0, so that E(sum w_j |Y_j| - L)_+ <= sum w_j E(|Y_j| - L)_+ <= "
             "sup_j E(|Y_j| - L)_+ for weights w_j = (1-m) m^{k-j}, whose sum is at most 1; a family is uniformly "
             "integrable if this supremum tends to 0 as L grows; here of two terms")
      .identity(
          "w (y - L) + v (z - L) + (1 - w - v) (0 - L) = w y + v z - L",
          {{"w", 1}, {"y", 1}, {"v", 1}, {"z", 1}, {"L", 1}},
          [](const Point& p) {
            return p[0] * (p[1] - p[4]) + p[2] * (p[3] - p[4]) + (one - p[0] - p[2]) * (Rational(0) - p[4]);
          },
          [](const Point& p) { return p[0] * p[1] + p[2] * p[3] - p[4]; });
}

/// Independent Y_j, v_j with probability 1/v_j and else 0, v_j = 2, 4, 8, 2, ...: E(sum w Y - L)_+ against the largest
/// of the E(Y_j - L)_+.
Evidence averages_of_rare_values(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "all outcomes of eight independent Y_j that are 2, 4 or 8 with the probability 1/2, 1/4 or 1/8 "
                        "and else 0, m = 1/2, L = 0, 1/8, 1/2, 2, exactly");
  const Rational m(1, 2);
  const long K = 7;
  const auto value = [](long j) { return pow(two, j % 3 + 1); };
  for (const Rational& L : {Rational(0), Rational(1, 8), Rational(1, 2), Rational(2)}) {
    Rational mean, largest;
    for (long j = 0; j <= K; ++j) largest = max(largest, max(Rational(0), Rational(value(j) - L)) / value(j));
    for (unsigned outcome = 0; outcome < 1u << (K + 1); ++outcome) {
      Rational probability(1), sum;
      for (long j = 0; j <= K; ++j) {
        const bool occurs = outcome >> j & 1;
        probability *= occurs ? one / value(j) : one - one / value(j);
        if (occurs) sum += (one - m) * pow(m, K - j) * value(j);
      }
      mean += probability * max(Rational(0), Rational(sum - L));
    }
    compare(e, "E(sum w_j |Y_j| - L)_+ <= sup_j E(|Y_j| - L)_+", mean, Relation::less_equal, factor * largest,
            Object().add("m", m).add("k", K).add("L", L));
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
                .statement = R"($u^k=\sum_{j=0}^k m^{k-j}g^j$ for all $m$ and $k$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return with_search(unrolled(), unrolled_recursion()); }});
  registry.add({.id = "assm.equation4.lost_displacement",
                .source = "(4), the missing term j = 0",
                .statement = R"(Up to step $k$ the printed range loses $(1-m^{k+1})\gamma Y_0$ with a constant step)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) {
                  return with_search(
                      geometric_weights("the weights of Y_0 at the steps 0..k are (1-m) m^i, by induction "
                                        "over k"),
                      lost_displacement());
                }});
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
      {.id = "assm.lemma3_1.geometric_sum",
       .source = "Lemma 3.1, \"a geometric sum of a uniformly integrable sequence is uniformly integrable\"",
       .statement =
           R"(For $0\le m<1$ and $L\ge0$: $E((1-m)\sum_{j\le k}m^{k-j}|Y_j|-L)_+\le\sup_jE(|Y_j|-L)_+$, so that the averages of a uniformly integrable sequence, bounded or not, are uniformly integrable)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(averages_stay_integrable(), averages_of_rare_values(1)); },
       .bound = true});
  registry.add(
      {.id = "assm.section4.library_momentum",
       .source = "Section 4, the implementation, with the factor 1-m of Algorithm 1; Figure 2",
       .statement =
           R"(The rule $x\mathrel{-}=\gamma u$ without the factor $1-m$, which the library of Section 4 has, weighs every subgradient $\frac1{1-m}$ times as much: $10$ times at $m=\frac9{10}$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("each weight m^i against (1-m) m^i with q = m^i")
                     .identity(
                         "q (1-m) = (1-m) q, and 1/(1-9/10) = 10", {{"q", 1}, {"m", 1}},
                         [](const Point& p) { return p[0] * (one - p[1]) + one / (one - Rational(9, 10)); },
                         [](const Point& p) { return (one - p[1]) * p[0] + Rational(10); }),
                 library_weight(1));
           },
       .note = "The paper does not say which rule its Figure 2 has. By assm.effective_step momentum with the factor "
               "changes no step to leading order."});
  registry.add(
      {.id = "assm.effective_step",
       .source = "(4), the factor 1-m",
       .statement =
           R"(The total weight $C_l$ of a subgradient satisfies $0\le 1-C_l/\gamma_l\le\frac{m}{2l(1-m)}$ for $\gamma_k=\gamma_0/\sqrt k$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(effective_step_certificate(), effective_step_limit(1)); },
       .note = "Hence the differential inclusion does not depend on m.",
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
  registry.add({.id = "assm.canary.rare_values_half",
                .source = "planted",
                .statement = R"($E((1-m)\sum_{j\le k}m^{k-j}|Y_j|-L)_+\le\frac12\sup_jE(|Y_j|-L)_+$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return averages_of_rare_values(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.geometric_sum_shifted",
                .source = "planted",
                .statement = R"($\sum_{j=0}^k m^j=\frac{1-m^{k+2}}{1-m}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return geometric_sum(2); },
                .canary = true});
}

}  // namespace asyncert::assm
