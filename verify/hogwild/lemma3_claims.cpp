// Lemma 3 and (4): how far what is read lies from what is written.
#include <algorithm>

#include "bounds/hogwild/region.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_lemma_proofs.hpp"
#include "verify/hogwild/delay_lemma_search.hpp"
#include "verify/hogwild/delay_setting.hpp"

namespace asyncert::hogwild {

namespace {

/// Lemma 3's coefficient, or the certified upper end of the scale-free one as a rational.
Rational gap_coefficient(const Setting& s) {
  if (s.condition == Condition::sharp)
    return Rational::from_double(scale_free_gap_coefficient(Ball(s.eta), s.tau, Ball(s.rho)).upper());
  return lemma3_coefficient(s.eta, s.tau, s.rho) / Rational(s.condition == Condition::one ? 4 : 1);
}

Evidence lemma3(const Setting& s, bool noisy, long steps) {
  const Rational coefficient = gap_coefficient(s);
  return worst_over_reads(
      s, noisy, steps, "E|w_t - w_hat_t|^2 <= coefficient E q(w_hat_t)",
      [](const auto& m, std::size_t t) { return m.gap[t]; },
      [&](const auto& m, std::size_t t) { return coefficient * m.q_read[t]; });
}

/// w^2/2 with the step 9/10, far beyond D > 0: read 1 misses update 0, and read 2 sees it but misses update 1, so that
/// it is close to the minimum while w_2 has overshot.
Evidence overshooting_reads() {
  const long tau = 1;
  const Rational L(1), eta(9, 10), rho(2), D = lemma2_denominator(L, tau, eta, rho);
  Walk<Rational> walk;
  walk.start = {Rational(1)};
  walk.eta = eta;
  walk.steps = 3;
  walk.tau = tau;
  walk.seen = [](long t, long j, long) { return j == t - 1 ? Seen::no : Seen::yes; };
  const auto m = enumerate(noisy_quadratic<Rational>(L, Rational(0), false), walk);
  Evidence e = at_instance("exact: three updates of w^2/2 from w_0 = 1, every read misses the last update, t = 2",
                           {.label = "|w_t - w_hat_t|^2 <= 4 eta^2 tau K q(w_hat_t)",
                            .left = m.gap[2],
                            .right = lemma3_coefficient(eta, tau, rho) * m.q_read[2],
                            .instance = Object()
                                            .add("f", "w^2/2")
                                            .add("w_0", 1)
                                            .add("eta", Fraction{eta})
                                            .add("rho", rho)
                                            .add("tau", tau)
                                            .add("t", 2)});
  e.hypotheses.push_back({"1/D <= rho", D.sign() != 0 && Rational(1) / D <= rho, "D = " + D.to_decimal(12)});
  return e;
}

/// One coordinate of w_t carries the gradient of update j with B_j, that of w_hat_t with B_j for j < a and P_j for j >=
/// a: at most tau differences in {-1, 0, 1}, each times eta V; and tau^2 <= 4 tau K as K >= tau.
Evidence gap_by_gradients() {
  Certificate e(
      "w_t and w_hat_t differ by -1, 0 or 1 in each of at most tau past gradients, so that |w_t - w_hat_t| <= eta tau "
      "V "
      "(every a(t), P and B for one coordinate, tau = 1, 2, 3); K - tau is the sum of rho^k - 1, which are not "
      "negative "
      "by induction; identities");
  for (long tau = 1; tau <= 3; ++tau) {
    const long t = tau + 1;
    long largest = 0, most = 0, cases = 0;
    for (long a = t - tau; a <= t; ++a)
      for (long bits = 0; bits < 1L << (2 * t); ++bits) {
        ++cases;
        long different = 0;
        for (long j = 0; j < t; ++j) {
          const long B = bits >> j & 1, P = bits >> (t + j) & 1, difference = std::abs(B - (j < a ? B : P));
          largest = std::max(largest, difference);
          different += difference;
        }
        most = std::max(most, different);
      }
    const Object instance = Object().add("tau", tau).add("cases", cases);
    e.compare({.label = "largest coefficient in (w_t - w_hat_t)/eta <= 1",
               .left = largest,
               .right = 1,
               .instance = instance});
    e.compare({.label = "gradients in the difference <= tau", .left = most, .right = tau, .instance = instance});
  }
  e.identity(
      "rho P - 1 = rho (P - 1) + (rho - 1), P = rho^k", {{"rho", 1}, {"P", 1}},
      [](const Point& v) { return v[0] * v[1] - 1; }, [](const Point& v) { return v[0] * (v[1] - 1) + (v[0] - 1); });
  e.identity(
      "4 eta^2 V^2 tau K - eta^2 tau^2 V^2 = eta^2 V^2 tau (4 (K - tau) + 3 tau)",
      {{"eta", 2}, {"V", 2}, {"tau", 2}, {"K", 1}},
      [](const Point& v) {
        const Rational step = v[0] * v[0] * v[1] * v[1];
        return Rational(4) * step * v[2] * v[3] - step * v[2] * v[2];
      },
      [](const Point& v) {
        return v[0] * v[0] * v[1] * v[1] * v[2] * (Rational(4) * (v[3] - v[2]) + Rational(3) * v[2]);
      });
  return e;
}

/// Constant gradient, every read misses all tau updates: the gap is (eta tau V)^2 exactly, as the sharp coefficient
/// says at rho -> 1.
Evidence constant_gradient(
    const std::function<Rational(long tau, const Rational& eta, const Rational& rho)>& coefficient,
    const std::string& label) {
  const long tau = 3;
  const Rational eta(1, 100), rho(1001, 1000);
  FiniteSum<Rational> f;
  f.value = [](long, const std::vector<Rational>& w) { return w[0]; };
  f.gradient = [](long, const std::vector<Rational>&) { return std::vector<Rational>{Rational(1)}; };
  Walk<Rational> walk;
  walk.start = {Rational(0)};
  walk.eta = eta;
  walk.steps = 5;
  walk.tau = tau;
  walk.seen = [](long, long, long) { return Seen::no; };
  const auto m = enumerate(f, walk);
  return at_instance(
      "exact: f = w, reads that miss the last 3 updates, t = 4",
      {.label = label,
       .left = m.gap[4],
       .right = coefficient(tau, eta, rho) * m.q_read[4],
       .instance =
           Object().add("f", "w").add("tau", tau).add("eta", Fraction{eta}).add("rho", Fraction{rho}).add("t", 4)});
}

}  // namespace

void register_lemma3_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.lemma3.printed",
      .source = "Lemma 3, (4)",
      .statement = R"($1/D\le\rho$ implies $E\|w_t-\hat w_t\|^2\le4\eta^2\tau K\,Eq(\hat w_t)$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return overshooting_reads(); },
      .uses = {"hogwild.lemma2.printed"},
      .note = "Lemma 3 takes over Lemma 2's condition, which a large step meets with D < 0.",
      .instead = "hogwild.lemma3",
  });
  registry.add({
      .id = "hogwild.lemma3",
      .source = "Lemma 3, (4), corrected",
      .statement =
          R"($D>0$ and $\rho D\ge1$ give $E\|w_t-\hat w_t\|^2\le4\eta^2\tau K\,Eq(\hat w_t)$, $K=\sum_{k=1}^\tau\rho^k$)",
      .procedure =
          [](const Context&) {
            return with_search(lemma3_proof(Condition::printed), every_delay(Condition::printed, lemma3));
          },
      .uses = {"hogwild.lemma2"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma3.scale_free",
      .source = "Lemma 3, sharpened",
      .statement =
          R"($E\|w_t-\hat w_t\|^2\le\eta^2(\sum_{k=1}^\tau\rho^{k/2})^2\,Eq(\hat w_t)$ under the scale-free condition)",
      .procedure =
          [](const Context&) {
            return with_search(lemma3_proof(Condition::sharp), every_delay(Condition::sharp, lemma3));
          },
      .uses = {"hogwild.lemma2.scale_free"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma3.constant_one",
      .source = "Lemma 3, (4), sharpened",
      .statement =
          R"($D_1=1-\eta-\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k>0$ and $\rho D_1\ge1$, with 1 instead of 9, give $E\|w_t-\hat w_t\|^2\le\eta^2\tau K\,Eq(\hat w_t)$, with 1 instead of 4)",
      .procedure =
          [](const Context&) { return with_search(lemma3_proof(Condition::one), every_delay(Condition::one, lemma3)); },
      .uses = {"hogwild.lemma2.constant_one"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma3.gap_bound",
      .source = "After Lemma 3",
      .statement =
          R"(Assumption 5 gives $\|w_t-\hat w_t\|^2\le\eta^2\tau^2V^2\le4\eta^2V^2\tau K$ for every $\eta>0$ and $\rho\ge1$, without Lemma 2's condition)",
      .procedure = [](const Context&) { return gap_by_gradients(); },
      .uses = {"hogwild.eq3"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma3.constant_gap",
      .source = "After Lemma 3",
      .statement =
          R"(A constant gradient of length $V=1$ has the gap $(\eta\tau V)^2\le4\eta^2\tau K V^2$ at $\tau=3$, $\eta=1/100$)",
      .procedure =
          [](const Context&) {
            return constant_gradient(
                [](long tau, const Rational& eta, const Rational& rho) { return lemma3_coefficient(eta, tau, rho); },
                "gap <= 4 eta^2 tau K V^2");
          },
  });
  registry.add({
      .id = "hogwild.lemma3.gap_is_attained",
      .source = "After Lemma 3, without rho",
      .statement =
          R"($\|w_t-\hat w_t\|=\eta\tau V$, the most that Assumption 5 admits, for the constant gradient of $f=w$ at $\tau=3$)",
      .procedure =
          [](const Context&) {
            Evidence e = constant_gradient(
                [](long tau, const Rational& eta, const Rational&) { return eta * eta * Rational(tau * tau); },
                "gap = (eta tau V)^2");
            e.comparisons[0].relation = Relation::equal;
            return e;
          },
  });
  registry.add({
      .id = "hogwild.canary.lemma3_shifted_sum",
      .source = "planted",
      .statement = R"(Lemma 3's sharp coefficient with the sum over $k=1..\tau-1$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            return constant_gradient(
                [](long tau, const Rational& eta, const Rational& rho) {
                  return eta * eta * Rational(tau - 1) * delayed_sum(rho, tau - 1);
                },
                "gap <= eta^2 (tau-1) (rho + ... + rho^(tau-1)) q");
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.lemma3_without_tau",
      .source = "planted",
      .statement = R"(Lemma 3 without the factor $\tau$ of Cauchy and Schwarz: $\eta^2K\,Eq$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            return constant_gradient(
                [](long tau, const Rational& eta, const Rational& rho) { return eta * eta * delayed_sum(rho, tau); },
                "gap <= eta^2 K q");
          },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
