// Lemma 2: what a delayed read does to q.
#include <array>

#include "bounds/hogwild/region.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_lemma_proofs.hpp"
#include "verify/hogwild/delay_lemma_search.hpp"
#include "verify/hogwild/delay_setting.hpp"

namespace asyncert::hogwild {

namespace {

/// One step of w <- w - eta L w without delay on L w^2/2, n = 1: the two sides of Lemma 2's conclusion.
Evidence undelayed_quadratic(const Rational& L, const Rational& eta, const Rational& rho, bool positive_denominator) {
  const Rational D = lemma2_denominator(L, 0, eta, rho), w1 = Rational(1) - eta * L;
  const bool holds = D.sign() != 0 && Rational(1) / D <= rho && (!positive_denominator || D.sign() > 0);
  Evidence e =
      at_instance("exact: one update of plain gradient descent on L w^2/2 from w_0 = 1, n = 1, without delay",
                  {.label = "q(w_0) <= rho q(w_1)",
                   .left = L * L,
                   .right = rho * L * L * w1 * w1,
                   .instance = Object().add("L", L).add("eta", eta).add("rho", rho).add("tau", 0).add("w_0", 1)});
  e.hypotheses.push_back(
      {positive_denominator ? "D > 0 and 1/D <= rho" : "1/D <= rho", holds, "D = " + D.to_decimal(12)});
  return e;
}

/// The steps of the counterexamples of the printed form.
Evidence large_steps_excluded() {
  Evidence e;
  e.method = "exact: D at the parameters that refute the printed form";
  for (const auto& [L, eta, rho] :
       {std::array<Rational, 3>{1, 1, 2}, {Rational(1, 10), Rational(3, 2), Rational(101, 100)}})
    e.comparisons.push_back({.label = "D < 0",
                             .left = lemma2_denominator(L, 0, eta, rho),
                             .relation = Relation::less,
                             .right = 0,
                             .instance = Object().add("L", L).add("eta", eta).add("rho", rho).add("tau", 0)});
  return e;
}

Evidence lemma2(const Setting& s, bool noisy, long steps) {
  return worst_over_reads(
      s, noisy, steps, "E q(w_hat_t) <= rho E q(w_hat_{t+1})", [](const auto& m, std::size_t t) { return m.q_read[t]; },
      [&](const auto& m, std::size_t t) { return s.rho * m.q_read[t + 1]; });
}

/// rho D - 1 as a polynomial in rho: -1 at 0, all coefficients from rho^2 on negative.
Evidence admissible_rho() {
  Certificate e(
      "identities for the library's D, tau = 0..6: rho D - 1 = rho - 1 - eta rho - w (rho + ... + rho^{tau+1}) with w "
      "= "
      "9 eta (tau+1) L^2 > 0 is concave for rho > 0, so that its superlevel set is an interval, at most rho - 1 - w "
      "rho, so that rho > 1, and for tau >= 1 at most rho - 1 - w rho^2, so that the interval is bounded");
  for (long tau = 0; tau <= 6; ++tau)
    e.identity(
        "rho D - 1, tau = " + std::to_string(tau),
        {{"L", 2}, {"eta", 1}, {"rho", tau + 1, Rational(1, 2), Rational(1, 4)}},
        [&](const Point& v) { return v[2] * lemma2_denominator(v[0], tau, v[1], v[2]) - 1; },
        [&](const Point& v) {
          const Rational w = Rational(9 * (tau + 1)) * v[1] * v[0] * v[0];
          Rational powers;
          for (long k = 1; k <= tau + 1; ++k) powers += pow(v[2], k);
          return v[2] - 1 - v[1] * v[2] - w * powers;
        });
  return e;
}

/// Coefficients of past gradients in w_hat_t - w_hat_{t+1}: each read has B_j for j < a and P_j for j >= a.
Evidence read_difference(long claimed) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "a read carries a coordinate of each past gradient once or not at all, by B_j where j < a and by P_j else, so "
      "that "
      "two reads differ by -1, 0 or 1, and not before t - tau, where both carry B_j; and every a(t), a(t+1) (also "
      "decreasing ones), P_t, P_{t+1} and B for one coordinate, tau = 1, 2, 3";
  for (long tau = 1; tau <= 3; ++tau) {
    const long t = tau + 1, updates = t + 1;
    long largest = 0, cases = 0, earliest = t;
    for (long a = t - tau; a <= t; ++a)
      for (long next_a = t + 1 - tau; next_a <= t + 1; ++next_a)
        for (long bits = 0; bits < 1L << (3 * updates); ++bits) {
          ++cases;
          for (long j = 0; j <= t; ++j) {
            const long B = bits >> j & 1, P = bits >> (updates + j) & 1, Q = bits >> (2 * updates + j) & 1;
            const long first = j == t ? 0 : j < a ? B : P, second = j < next_a ? B : Q;
            if (first != second) earliest = std::min(earliest, j);
            largest = std::max(largest, std::abs(first - second));
          }
        }
    const Object instance = Object().add("tau", tau).add("cases", cases);
    e.comparisons.push_back({.label = "largest coefficient in (w_hat_t - w_hat_{t+1})/eta",
                             .left = largest,
                             .right = claimed,
                             .instance = instance});
    e.comparisons.push_back({.label = "t - tau <= earliest update in the difference",
                             .left = t - tau,
                             .right = earliest,
                             .instance = instance});
  }
  return e;
}

/// f with step eta and s f with step eta/s have the same iterates: Lemma 2's condition tells them apart, the scale-free
/// one does not.
Evidence units(bool scale_free) {
  const Rational rho(117, 100), eta(1, 10000), L(1), s(3, 10);
  const long tau = 9;
  const Object instance =
      Object().add("L", L).add("eta", Fraction{eta}).add("tau", tau).add("rho", Fraction{rho}).add("s", Fraction{s});
  Evidence e;
  e.method = "exact: f and (3/10) f with the step sizes 10^-4 and (10/3) 10^-4 have the same iterates";
  if (scale_free) {
    e.comparisons.push_back({.label = "eta L for f = eta L for s f",
                             .left = eta * L,
                             .relation = Relation::equal,
                             .right = eta / s * (s * L),
                             .instance = instance});
    return e;
  }
  e.comparisons.push_back({.label = "rho D < 1 for f",
                           .left = rho * lemma2_denominator(L, tau, eta, rho),
                           .relation = Relation::less,
                           .right = 1,
                           .instance = instance});
  e.comparisons.push_back({.label = "1 <= rho D for s f",
                           .left = 1,
                           .right = rho * lemma2_denominator(Rational(s * L), tau, Rational(eta / s), rho),
                           .instance = instance});
  return e;
}

}  // namespace

void register_lemma2_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.lemma2.printed",
      .source = "Lemma 2",
      .statement = R"($1/D\le\rho$ implies $Eq(\hat w_t)\le\rho\,Eq(\hat w_{t+1})$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            return together({undelayed_quadratic(1, 1, 2, false),
                             undelayed_quadratic(Rational(1, 10), Rational(3, 2), Rational(101, 100), false)});
          },
      .note = "For a large step the denominator D is negative and the printed condition holds by its sign alone.",
      .instead = "hogwild.lemma2",
  });
  registry.add({
      .id = "hogwild.lemma2.large_step_excluded",
      .source = "Lemma 2, corrected",
      .statement =
          R"(With $D>0$ required, the large steps that break the printed form no longer meet the condition: $D<0$ there)",
      .procedure = [](const Context&) { return large_steps_excluded(); },
      .uses = {"hogwild.lemma2.printed"},
  });
  registry.add({
      .id = "hogwild.lemma2.admissible_step",
      .source = "Lemma 2, corrected",
      .statement =
          R"($D>0$ and $\rho D\ge1$: $q(w_0)\le\rho q(w_1)$ at $L=1$, $\eta=1/20$, $\rho=2$, $\tau=0$ on a quadratic)",
      .procedure = [](const Context&) { return undelayed_quadratic(1, Rational(1, 20), 2, true); },
  });
  registry.add({
      .id = "hogwild.lemma2",
      .source = "Lemma 2, corrected",
      .statement = R"($D>0$ and $\rho D\ge1$ give $Eq(\hat w_t)\le\rho\,Eq(\hat w_{t+1})$)",
      .procedure =
          [](const Context&) {
            return with_search(lemma2_proof(Condition::printed), every_delay(Condition::printed, lemma2));
          },
      .uses = {"hogwild.eq10", "hogwild.q", "hogwild.lemma2.read_difference"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma2.admissible_rho",
      .source = "Lemma 2, corrected",
      .statement =
          R"($\rho D\ge1$ with $\rho,\eta,L>0$ gives $\rho>1$ and $D>0$, and for a step $\eta$ such $\rho$ form an interval, which is bounded where $\tau\ge1$)",
      .procedure = [](const Context&) { return admissible_rho(); },
      .note = "The interval is empty for large steps: the quantity hogwild.lemma2_region has the largest one.",
  });
  registry.add({
      .id = "hogwild.lemma2.constant_one",
      .source = "Lemma 2, sharpened",
      .statement =
          R"($D_1=1-\eta-\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k>0$ and $\rho D_1\ge1$, with the constant 1 instead of 9, give Lemma 2's conclusion)",
      .procedure =
          [](const Context&) { return with_search(lemma2_proof(Condition::one), every_delay(Condition::one, lemma2)); },
      .uses = {"hogwild.eq10", "hogwild.q", "hogwild.lemma2.read_difference"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma2.scale_free",
      .source = "Lemma 2, sharpened",
      .statement =
          R"($\eta L\sum_{k\le\tau}s^k<1$ and $1/(1-\eta L\sum_{k\le\tau}s^k)\le s=\sqrt\rho$ give Lemma 2's conclusion)",
      .procedure =
          [](const Context&) {
            return with_search(lemma2_proof(Condition::sharp), every_delay(Condition::sharp, lemma2));
          },
      .uses = {"hogwild.q", "hogwild.lemma2.read_difference"},
      .note = "By Minkowski's inequality for the norm (E q)^(1/2). Without the first condition a step with eta L > 1 "
              "would do at tau = 0, whatever it makes of q.",
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma2.read_difference",
      .source = "Lemma 2, proof",
      .statement =
          R"(Past gradients enter $\hat w_t-\hat w_{t+1}$ with coefficients in $\{-1,0,1\}\eta$, none before $t-\tau$)",
      .procedure = [](const Context&) { return read_difference(1); },
      .note = "The proof's 3 can be 1, and its 9 as well; a(t+1) < a(t), which the proof leaves out, is covered.",
  });
  registry.add({
      .id = "hogwild.lemma2.units_of_condition",
      .source = "Lemma 2",
      .statement =
          R"(Lemma 2's condition holds for $sf$ with step $\eta/s$ and fails for $f$ with step $\eta$, whose iterates agree ($s=3/10$))",
      .procedure = [](const Context&) { return units(false); },
      .note = "The choice r = 1/eta gives a step size the unit of a number; sound, but artificial.",
  });
  registry.add({
      .id = "hogwild.lemma2.units",
      .source = "Lemma 2, scale-free form",
      .statement =
          R"(The scale-free condition contains $\eta L$ alone, which is the same for $f$ with step $\eta$ and for $sf$ with step $\eta/s$)",
      .procedure = [](const Context&) { return units(true); },
  });
  // Planted falsehoods.
  registry.add({
      .id = "hogwild.canary.lemma2_rho_too_small",
      .source = "planted",
      .statement = R"(The conclusion of Lemma 2 with $\rho=1.1$ where $1/(1-\eta)^2$ is needed)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            Evidence e = undelayed_quadratic(1, Rational(1, 20), Rational(11, 10), true);
            e.hypotheses.clear();
            return e;
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.lemma2_hypothesis_ignored",
      .source = "planted",
      .statement = R"(Lemma 2 at a step three times as large as its condition allows)",
      .expected = Verdict::vacuous,
      .procedure =
          [](const Context&) {
            Setting s = setting(Condition::printed, 1, 1);
            s.eta *= 3;
            return lemma2(s, false, 3);
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.lemma2_reads_without_delay_factor",
      .source = "planted",
      .statement = R"(Lemma 2 with the scale-free condition's sum cut after $k=0$: the adversarial reads break it)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            // 1/(1 - eta L) <= s alone: eta L = 1 - 1/s.
            Setting s = setting(Condition::sharp, 3, 1);
            const Ball root = sqrt(Ball(s.rho));
            s.eta = Rational::from_double(((root - 1) / root).midpoint()) * Rational(99, 100);
            Evidence e = lemma2(s, false, 5);
            e.hypotheses.clear();
            return e;
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.read_difference_zero",
      .source = "planted",
      .statement = R"(Consecutive reads differ in no past gradient)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return read_difference(0); },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
