// Lemmas 2, 3, 5, 6 and 7: what a delayed read does to q and to the gap.
#include <array>

#include "bounds/hogwild/region.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_lemma_proofs.hpp"
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

/// The largest ratio of two moments over all patterns of reads, on the quadratic.
struct Worst {
  Rational ratio;
  Comparison comparison = {.label = "nothing was searched", .left = 1, .right = 0};
  long patterns = 0;
};

/// Searches all patterns of whole-update reads for the largest left(m, t)/right(m, t).
template <class Left, class Right>
Evidence search(const Setting& s, bool noisy, long steps, const std::string& label, Left left, Right right) {
  const auto f = noisy_quadratic<Rational>(s.L, Rational(1, 2) * s.L, noisy);
  Walk<Rational> walk;
  walk.start = {Rational(1)};
  walk.eta = s.eta;
  walk.steps = steps;
  walk.tau = s.tau;
  Worst worst;
  for_each_pattern(s.tau, steps, [&](const std::vector<long>& missed) {
    walk.seen = reads_of(missed);
    const auto m = enumerate(f, walk);
    ++worst.patterns;
    for (std::size_t t = 0; t < static_cast<std::size_t>(steps); ++t) {
      const Rational a = left(m, t), b = right(m, t);
      if (b.sign() <= 0 || a <= worst.ratio * b) continue;
      worst.ratio = a / b;
      List pattern;
      for (const long mask : missed) pattern.push_back(mask);
      worst.comparison = {.label = label,
                          .left = a,
                          .right = b,
                          .instance = Object()
                                          .add("f_i", noisy ? "L w^2/2 +- L w/2" : "L w^2/2")
                                          .add("L", Fraction{s.L})
                                          .add("eta", Fraction{s.eta})
                                          .add("rho", Fraction{s.rho})
                                          .add("tau", s.tau)
                                          .add("t", static_cast<long>(t))
                                          .add("missed_updates_by_read", pattern)};
    }
  });
  worst.comparison.instance.add("patterns_searched", worst.patterns);
  Evidence e = at_instance(
      "exact expectations on quadratics for every pattern of reads that see or miss whole updates; the worst pattern "
      "of each setting is shown",
      std::move(worst.comparison));
  e.coverage = Coverage::sample;
  e.hypotheses.push_back({"the condition holds at eta and rho", admissible(s), ""});
  return e;
}

Evidence lemma2(const Setting& s, bool noisy, long steps) {
  return search(
      s, noisy, steps, "E q(w_hat_t) <= rho E q(w_hat_{t+1})", [](const auto& m, std::size_t t) { return m.q_read[t]; },
      [&](const auto& m, std::size_t t) { return s.rho * m.q_read[t + 1]; });
}

/// Lemma 3's coefficient, or the certified upper end of the scale-free one as a rational.
Rational gap_coefficient(const Setting& s) {
  if (s.condition == Condition::sharp)
    return Rational::from_double(scale_free_gap_coefficient(Ball(s.eta), s.tau, Ball(s.rho)).upper());
  return lemma3_coefficient(s.eta, s.tau, s.rho) / Rational(s.condition == Condition::one ? 4 : 1);
}

Evidence lemma3(const Setting& s, bool noisy, long steps) {
  const Rational coefficient = gap_coefficient(s);
  return search(
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

Evidence over(std::vector<Evidence> parts) {
  Evidence all = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    all.comparisons.insert(all.comparisons.end(), parts[i].comparisons.begin(), parts[i].comparisons.end());
    all.hypotheses.insert(all.hypotheses.end(), parts[i].hypotheses.begin(), parts[i].hypotheses.end());
  }
  return all;
}

/// Delay 1 to 3, without noise over many updates and with noise over a few.
Evidence every_delay(Condition condition, Evidence (*lemma)(const Setting&, bool, long)) {
  return over({lemma(setting(condition, 1, 1), false, 7), lemma(setting(condition, 2, 1), false, 5),
               lemma(setting(condition, 3, Rational(1, 10)), false, 4), lemma(setting(condition, 1, 1), true, 4),
               lemma(setting(condition, 2, Rational(5)), true, 3)});
}

}  // namespace

void register_delay_lemma_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.lemma2.printed",
      .source = "Lemma 2",
      .statement = R"($1/D\le\rho$ implies $Eq(\hat w_t)\le\rho\,Eq(\hat w_{t+1})$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            return over({undelayed_quadratic(1, 1, 2, false),
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
      .uses = {"hogwild.eq10", "hogwild.lemma2.read_difference"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma2.constant_one",
      .source = "Lemma 2, sharpened",
      .statement =
          R"($D_1=1-\eta-\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k>0$ and $\rho D_1\ge1$, with the constant 1 instead of 9, give Lemma 2's conclusion)",
      .procedure =
          [](const Context&) { return with_search(lemma2_proof(Condition::one), every_delay(Condition::one, lemma2)); },
      .uses = {"hogwild.eq10", "hogwild.lemma2.read_difference"},
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
      .uses = {"hogwild.lemma2.read_difference"},
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
