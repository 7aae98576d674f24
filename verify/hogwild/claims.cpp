// Claims of the paper on lock-free Hogwild! and AsySVRG.
#include "bounds/hogwild/lemma2.hpp"
#include "lib/claim.hpp"

namespace asyncert {

namespace {

/// One step of w <- w - eta L w without delay on f(w) = L w^2/2, n = 1: the two sides of Lemma 2's conclusion q(w_0) <= rho q(w_1).
Comparison lemma2_on_quadratic(const Rational& L, const Rational& eta, const Rational& rho) {
  const Rational w0(1), w1 = w0 - eta * L * w0;
  const auto q = [&](const Rational& w) { return L * w * (L * w); };
  return {.label = "q(w_0) <= rho q(w_1)", .left = q(w0), .relation = Relation::less_equal, .right = rho * q(w1),
          .instance = Object().add("L", L).add("eta", eta).add("rho", rho).add("tau", 0).add("w_0", w0)};
}

/// The hypothesis 1/D <= rho as printed, or with D > 0 as it must be.
Hypothesis condition(const Rational& L, const Rational& eta, const Rational& rho, bool positive_denominator) {
  const Rational D = hogwild::lemma2_denominator(L, 0, eta, rho);
  const bool holds = D.sign() != 0 && Rational(1) / D <= rho && (!positive_denominator || D.sign() > 0);
  return {positive_denominator ? "D > 0 and 1/D <= rho" : "1/D <= rho", holds, "D = " + D.to_decimal(12)};
}

Evidence lemma2(const Rational& L, const Rational& eta, const Rational& rho, bool positive_denominator) {
  Evidence e;
  e.method = "exact: one update of plain gradient descent on L w^2/2, n = 1, without delay";
  e.hypotheses.push_back(condition(L, eta, rho, positive_denominator));
  e.comparisons.push_back(lemma2_on_quadratic(L, eta, rho));
  return e;
}

}  // namespace

void register_hogwild_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.lemma2.printed",
      .source = "Lemma 2",
      .statement = R"($1/D \le \rho$ implies $E q(\hat w_t) \le \rho\, E q(\hat w_{t+1})$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma2(1, 1, 2, false); },
      .note = "For a large step the denominator D is negative and the printed condition holds by its sign alone.",
  });
  registry.add({
      .id = "hogwild.lemma2.large_step_excluded",
      .source = "Lemma 2, corrected",
      .statement = R"(With $D>0$ required, the large step that breaks the printed form no longer meets the condition)",
      .expected = Verdict::vacuous,
      .procedure = [](const Context&) { return lemma2(1, 1, 2, true); },
      .note = "The corrected condition is not realised at the counterexample of hogwild.lemma2.printed.",
  });
  registry.add({
      .id = "hogwild.lemma2.admissible_step",
      .source = "Lemma 2, corrected",
      .statement = R"($D>0$ and $\rho D\ge 1$: $q(w_0)\le\rho q(w_1)$ at $L=1$, $\eta=1/20$, $\rho=2$, $\tau=0$ on a quadratic)",
      .expected = Verdict::proved,
      .procedure = [](const Context&) { return lemma2(1, Rational(1, 20), 2, true); },
  });
  registry.add({
      .id = "hogwild.canary.lemma2_rho_too_small",
      .source = "planted",
      .statement = R"(The conclusion of Lemma 2 with $\rho$ below what the quadratic needs)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            Evidence e;
            e.method = "a planted falsehood: rho = 1.1 where 1/(1 - eta)^2 is needed";
            e.comparisons.push_back(lemma2_on_quadratic(1, Rational(1, 20), Rational(11, 10)));
            return e;
          },
      .canary = true,
  });
}

}  // namespace asyncert
