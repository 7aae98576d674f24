// The coupled runs for every objective: the rest of Theorem 13, Lemmas 15 and 17, Theorem 10.
#include "bounds/pasgd/constants.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

const Rational one(1), two(2);

/// Each step adds 2M vectors f xi, with weights 1/(2M) and 2M theta eta in their place: 4 (2M theta eta f)^2 s^2.
Evidence theorem13_samples() {
  Certificate e(
      "given the delays, X_i = eta sum_m f(i+1,t,H) (xi_{1,i,m} - xi_{2,i,m}) has a norm bound f = f(i+1,t) on its "
      "matrices (pasgd.norm_of_fundamental_solution); tr e^{A + theta Y(X_i)} <= the mean over the 2M noises of tr "
      "e^{A "
      "+ 2M theta eta Y(+-f(i+1,t,H) xi)} (pasgd.lemma14.convexity), whose expectation given the past is at most e^{4 "
      "(2M theta eta f s)^2} tr e^A, by Golden and Thompson and pasgd.lemma2.dilation; from the last step to the "
      "first, "
      "from the trace d + 1, the exponents add up to c theta^2 beta^2(t) M^2 eta^2 4 s^2: identity");
  e.identity(
      "4 (2M theta eta)^2 g s = 4 theta^2 g M^2 eta^2 4 s, g = f^2, s = s^2",
      {{"M", 2}, {"theta", 2}, {"eta", 2}, {"g", 1}, {"s", 1}},
      [](const Point& v) {
        const Rational scale = two * v[0] * v[1] * v[2];
        return Rational(4) * scale * scale * v[3] * v[4];
      },
      [](const Point& v) {
        return Rational(noise_constant) * v[1] * v[1] * v[3] * v[0] * v[0] * v[2] * v[2] * Rational(4) * v[4];
      });
  return e;
}

/// Lemma 14 with the scales 2r/sqrt d and 2s, whose sum is at most 2 sqrt 2 r/sqrt d.
Evidence theorem13_sum() {
  Certificate e(
      "Lemma 14 for Y_p and Y_sg with sigma_1 = 2 beta M eta r/sqrt d, sigma_2 = 2 beta M eta s, whose sum is at most "
      "2 "
      "sqrt 2 beta M eta r/sqrt d (pasgd.theorem13.scales); the first line of (48) has the trace (d+1) e^{...}");
  e.compare(
      {.label = "(2 sqrt 2)^2 = 8", .left = Rational(4) * two, .relation = Relation::equal, .right = Rational(8)});
  return e;
}

/// tr e^{theta Y(v)} = d - 1 + 2 cosh(theta |v|) for the dilation of v: Jensen's inequality needs no sign of Y.
Evidence lemma15(const Rational& planted) {
  Certificate e(
      "tr e^{theta Y(v)} = d - 1 + 2 cosh(theta |v|) rises with |v| and is convex in it. |q_h(t+1)| is at most the "
      "mean "
      "over n <= t and m of eta M (t+1) rho S f(n+1,t+1) |x'(n-tau)|, where eta M (t+1) rho S <= p, and f(n+1,t+1) "
      "beta(n-tau) <= f(n+1,t+1) beta(n+1) <= beta(t+1) (pasgd.lemma12.2, pasgd.lemma12.3; x' = 0 before step 1): by "
      "Jensen's inequality the exponent of Y(n-tau), at most c theta^2 (1 + P)^2 s^2 with P = p + ... + p^t, becomes c "
      "theta^2 p^2 (1 + P)^2 s^2, and p (1 + P) = p + ... + p^{t+1} (pasgd.lemma15.recursion). Lemma 14 adds Y_p + "
      "Y_sg "
      "(pasgd.theorem13.sum): identities in the scales");
  e.identity(
      "(theta p)^2 (1+P)^2 = theta^2 [p (1+P)]^2", {{"theta", 2}, {"p", 2}, {"P", 2}},
      [](const Point& v) { return v[0] * v[0] * v[1] * v[1] * (one + v[2]) * (one + v[2]); },
      [&](const Point& v) {
        const Rational next = v[1] * (one + v[2]);
        return planted * v[0] * v[0] * next * next;
      });
  e.identity(
      "scales of Lemma 14: s + P s = (1 + P) s", {{"s", 1}, {"P", 1}},
      [](const Point& v) { return v[0] + v[1] * v[0]; }, [](const Point& v) { return (one + v[1]) * v[0]; });
  return e;
}

/// (d+1) exp(4 theta^2 V - theta x) with V = 4 beta^2 M^2 eta^2 s^2, x = beta M eta c1 s/3 (r = c1 sqrt d s) is (d+1)
/// exp(-c1^2/576) at its least.
Evidence lemma17_samples() {
  Certificate e(
      "Chernoff's bound with pasgd.theorem13.samples: (d+1) exp(4 theta^2 V - theta x), V = 4 beta^2 M^2 eta^2 s^2, x "
      "= beta M eta r/(3 sqrt d) = beta M eta c1 s/3, is (d+1) exp(-c1^2/576) at theta = x/(8V), and c1^2 = 576 ln(6 "
      "(d+1)): identities in the unit beta M eta s");
  e.identity(
      "16 [4 theta^2 V - theta x] = -c1^2/36 at V = 4, x = c1/3, theta = x/(8V)", {{"c1", 2}},
      [](const Point& v) {
        const Rational V(4), x = v[0] / 3, theta = x / (Rational(8) * V);
        return Rational(16) * (Rational(4) * theta * theta * V - theta * x);
      },
      [](const Point& v) { return -v[0] * v[0] / 36; });
  e.compare({.label = "(6c)^2 = 576, the factor of ln(6(d+1)) in c1^2",
             .left = Rational(36 * noise_constant * noise_constant),
             .relation = Relation::equal,
             .right = Rational(576)});
  return e;
}

/// Radii in units of beta M eta r/sqrt d: 2/3 for q_p, 1/3 for q_sg, 1/6 for q_h.
Evidence theorem10() {
  Certificate e(
      "x' = q_p + q_sg + q_h obeys the recursion of the difference with |Delta'| <= rho S and is the difference itself "
      "up to the first step at which a run is S away: |q_p| >= 2/3 fails with probability 1/3 at most (pasgd.lemma17), "
      "|q_sg| <= 1/3 with 1/6 (pasgd.lemma17.samples), |q_h| <= 1/6 with (d+1) e^{-b} = 1/12 "
      "(pasgd.lemma15, pasgd.corollary16 at iota = b), in the unit beta M eta r/sqrt d: exact sums");
  e.compare({.label = "1/6 <= 2/3 - 1/3 - 1/6",
             .left = Rational(1, 6),
             .right = Rational(2, 3) - Rational(1, 3) - Rational(1, 6)});
  e.compare({.label = "5/12 <= 1 - 1/3 - 1/6 - 1/12",
             .left = Rational(5, 12),
             .right = one - Rational(1, 3) - Rational(1, 6) - Rational(1, 12)});
  e.identity(
      "(d+1)/(12 (d+1)) = 1/12, b = ln(12 (d+1))", {{"d", 1}},
      [](const Point& v) { return (v[0] + one) / (Rational(12) * (v[0] + one)); },
      [](const Point&) { return Rational(1, 12); });
  // 2 sqrt(c iota) 2 sqrt 2/C at iota = b, where C = 12 sqrt(8bc).
  e.identity(
      "2 s/(12 s) = 1/6, s = sqrt(8 b c)", {{"s", 1}},
      [](const Point& v) { return two * v[0] / (Rational(12) * v[0]); }, [](const Point&) { return Rational(1, 6); });
  return e;
}

}  // namespace

void register_difference_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "pasgd.theorem13.samples",
       .source = "Theorem 13, (48), second line, for the trace",
       .statement =
           R"($E\,\mathrm{tr}\,e^{\theta Y_{sg}(t)}\le e^{c\theta^2\beta^2(t)M^2\eta^24s^2}(d+1)$ for gradient noises of mean zero with the tail (4) given the past, delays independent of them, $M\eta L(T+1)\le1$)",
       .procedure = [](const Context&) { return theorem13_samples(); },
       .uses = {"pasgd.lemma2.dilation", "pasgd.lemma14.convexity", "pasgd.norm_of_fundamental_solution"},
       .note = "Printed for the matrices themselves, an order that sums of matrices do not keep; only the trace is "
               "used. beta(t) sums f(i,t)^2 over i = 1, ..., t."});
  add({.id = "pasgd.theorem13.sum",
       .source = "Theorem 13, (48), third line",
       .statement =
           R"($E\,\mathrm{tr}\,e^{\theta(Y_p(t)+Y_{sg}(t))}\le e^{c\theta^2\beta^2(t)8M^2\eta^2r^2/d}(d+1)$, under the hypotheses of pasgd.theorem13.samples)",
       .procedure = [](const Context&) { return theorem13_sum(); },
       .uses = {"pasgd.theorem13", "pasgd.theorem13.samples", "pasgd.lemma14", "pasgd.theorem13.scales"}});
  add({.id = "pasgd.lemma15",
       .source = "Lemma 15, (52)-(54)",
       .statement =
           R"((52) for the $x'$ of (44) with any $\|\Delta'\|\le\rho S$ and every $t\le T_{\max}$ under (c), under the hypotheses of pasgd.theorem13.samples)",
       .procedure = [](const Context&) { return lemma15(1); },
       .uses = {"pasgd.lemma15.recursion", "pasgd.lemma12.2", "pasgd.lemma12.3", "pasgd.theorem13.sum", "pasgd.lemma14",
                "pasgd.equation45"},
       .note = "The proof needs no semidefinite matrices: the trace depends on the norm of the vector alone."});
  add({.id = "pasgd.lemma17.samples",
       .source = "Lemma 17, second line",
       .statement =
           R"($P(\|q_{sg}(k)\|\le\beta(k)M\eta r/(3\sqrt d))\ge\frac56$, under the hypotheses of pasgd.theorem13.samples)",
       .procedure = [](const Context&) { return lemma17_samples(); },
       .uses = {"pasgd.theorem13.samples"},
       .note = "5/6 where the lemma has 2/3."});
  add({.id = "pasgd.lemma17.sum",
       .source = "Lemma 17, third line",
       .statement =
           R"($P(\|q_p(k)+q_{sg}(k)\|\ge\beta(k)M\eta r/(3\sqrt d))\ge\frac12$ for $k\ge1$, under the hypotheses of pasgd.theorem13.samples)",
       .procedure =
           [](const Context&) {
             return single({.label = "1/2 <= 2/3 + 5/6 - 1, at the radius 2/3 - 1/3",
                            .left = Rational(1, 2),
                            .right = Rational(2, 3) + Rational(5, 6) - one},
                           "exact sum of the first two lines", Coverage::domain);
           },
       .uses = {"pasgd.lemma17", "pasgd.lemma17.samples"},
       .note = "1/2 where the lemma has 1/3.",
       .bound = true});
  add({.id = "pasgd.theorem10",
       .source = "Theorem 10, corrected",
       .statement =
           R"(For every $f$ and $1\le k\le T_{\max}$, $\eta MT_{\max}\rho S\le p$, under the hypotheses of pasgd.theorem13.samples: with probability at least $\frac5{12}$ given the past one of the coupled runs is $S$ away within $k$ steps or $\|x(k)\|\ge\beta(k)M\eta r/(6\sqrt d)$, $\beta^2(k)=\sum_{i=1}^kf^2(i,k)$)",
       .procedure = [](const Context&) { return theorem10(); },
       .uses = {"pasgd.lemma15", "pasgd.corollary16", "pasgd.lemma17", "pasgd.lemma17.samples", "pasgd.equation43",
                "pasgd.equation6"},
       .note = "5/12 where the theorem has 1/6, for the beta of pasgd.theorem10.beta without its term i = 0.",
       .bound = true});
  registry.add({.id = "pasgd.canary.lemma15_jensen",
                .source = "planted",
                .statement = "Lemma 15's step with half of p^2",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma15(Rational(1, 2)); },
                .canary = true});
}

}  // namespace asyncert::pasgd
