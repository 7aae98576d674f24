// Lemmas 5, 6 and 7: the delay lemmas on an inner loop of AsySVRG.
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_lemma_proofs.hpp"
#include "verify/hogwild/delay_setting.hpp"
#include "verify/hogwild/descent_proofs.hpp"

namespace asyncert::hogwild {

namespace {

/// 9 (tau+1) S - 4 tau K = 9 (tau+1) + (5 tau + 9) K, as S = 1 + K.
Evidence lemma7_coefficients() {
  return prove(
      {.label = "9 (tau+1)(1+K) - 4 tau K = 9 (tau+1) + (5 tau + 9) K",
       .variables = {"tau", "K"},
       .degree = 1,
       .left =
           [](const std::vector<Rational>& p) {
             return Rational(9) * (p[0] + 1) * (p[1] + 1) - Rational(4) * p[0] * p[1];
           },
       .right =
           [](const std::vector<Rational>& p) { return Rational(9) * (p[0] + 1) + (Rational(5) * p[0] + 9) * p[1]; }},
      "polynomial identity; the right side is positive for tau, K >= 0, so that the condition of Lemma 5 gives that of "
      "Lemma 7");
}

/// n = 1 and a start at a stationary point: q vanishes everywhere.
Evidence strict_inequality() {
  return at_instance("exact: f = w^2/2, n = 1, u_0 = 0: the variance-reduced direction is grad f(u) = 0 at every step",
                     {.label = "E q(u_hat_m) < rho E q(u_{m})",
                      .left = 0,
                      .relation = Relation::less,
                      .right = Rational(11, 10) * Rational(0),
                      .instance = Object().add("f", "w^2/2").add("u_0", 0).add("rho", Fraction{Rational(11, 10)})});
}

/// What an inequality of the inner loop compares after m updates.
using Sides = std::function<Comparison(const Setting&, const Moments<Rational>&, std::size_t)>;

/// An inequality on an inner loop of AsySVRG, noisy quadratics with different curvature, all reads missing every recent
/// update.
Evidence enumerated(Condition condition, const Sides& sides) {
  FiniteSum<Rational> f;
  f.n = 2;
  const auto curvature = [](long i) { return i == 0 ? Rational(1) : Rational(1, 2); };
  const auto slope = [](long i) { return i == 0 ? Rational(-1) : Rational(1); };
  f.value = [=](long i, const std::vector<Rational>& w) { return curvature(i) * w[0] * w[0] / 2 + slope(i) * w[0]; };
  f.gradient = [=](long i, const std::vector<Rational>& w) {
    return std::vector<Rational>{curvature(i) * w[0] + slope(i)};
  };
  const Setting s = setting(condition, 2, 1);
  Walk<Rational> walk;
  walk.start = {Rational(2)};
  walk.eta = s.eta;
  walk.steps = 4;
  walk.tau = s.tau;
  walk.seen = [](long, long, long) { return Seen::no; };
  walk.survival = {Rational(9, 10)};
  walk.variance_reduced = true;
  const auto m = enumerate(f, walk);
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact expectations over all " + std::to_string(m.paths) +
             " sample and overwrite paths of one inner loop with overwrites, two quadratics, tau = 2";
  e.hypotheses.push_back({"the condition of Lemma 5 holds", admissible(s), ""});
  for (std::size_t t = 0; t + 1 < m.q_read.size(); ++t) {
    Comparison c = sides(s, m, t);
    c.instance = Object()
                     .add("f_i", "w^2/2 - w, w^2/4 + w")
                     .add("eta", Fraction{s.eta})
                     .add("rho", Fraction{s.rho})
                     .add("tau", s.tau)
                     .add("alpha", Fraction{Rational(9, 10)})
                     .add("m", static_cast<long>(t));
    e.comparisons.push_back(std::move(c));
  }
  return e;
}

Comparison lemma5(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E q(u_hat_m) <= rho E q(u_hat_{m+1})", .left = m.q_read[t], .right = s.rho * m.q_read[t + 1]};
}

Comparison lemma6(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E|u - u_hat|^2 <= 4 eta^2 tau K E q(u_hat)",
          .left = m.gap[t],
          .right = lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_read[t]};
}

Comparison lemma6_constant_one(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E|u - u_hat|^2 <= eta^2 tau K E q(u_hat)",
          .left = m.gap[t],
          .right = lemma3_coefficient(s.eta, s.tau, s.rho) / 4 * m.q_read[t]};
}

Comparison scale_free_lemma6(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E|u - u_hat|^2 <= eta^2 (sum of rho^{k/2})^2 E q(u_hat)",
          .left = m.gap[t],
          .right = scale_free_gap_coefficient(Ball(s.eta), s.tau, Ball(s.rho)) * Ball(m.q_read[t])};
}

Comparison lemma7(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E q(u_hat_m) <= rho E q(u_m)", .left = m.q_read[t], .right = s.rho * m.q_written[t]};
}

Comparison eq7(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E|u - u_hat|^2 <= 4 eta^2 tau rho K E q(u)",
          .left = m.gap[t],
          .right = s.rho * lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_written[t]};
}

Comparison eq9(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E f(u_{m+1}) <= E f(u_m) - alpha eta/2 E|grad f(u_m)|^2 + eta L^2/2 gap + L eta^2/2 E q(u_hat_m)",
          .left = m.value[t + 1],
          .right = m.value[t] - Rational(9, 20) * s.eta * m.squared_gradient[t] + s.eta / 2 * m.gap[t] +
                   s.eta * s.eta / 2 * m.q_read[t]};
}

Comparison eq8(const Setting& s, const Moments<Rational>& m, std::size_t t) {
  const Rational beta(1);  // L = 1
  return {.label =
              "E|u_{m+1}-u_0|^2 <= eta^2 E q(u_hat) + (1+beta eta) E|u_m-u_0|^2 + (2 eta/beta)(E|grad f(u_m)|^2 + "
              "L^2 gap), beta = 1",
          .left = m.drift[t + 1],
          .right = s.eta * s.eta * m.q_read[t] + (Rational(1) + beta * s.eta) * m.drift[t] +
                   Rational(2) * s.eta / beta * (m.squared_gradient[t] + m.gap[t])};
}

Comparison inner_q(const Setting&, const Moments<Rational>& m, std::size_t t) {
  return {.label = "E q(u_hat_m) = E|v_m|^2", .left = m.q_read[t], .relation = Relation::equal, .right = m.step[t]};
}

/// A proof of a lemma of Hogwild! that only uses what the directions of AsySVRG share with its gradients.
Evidence for_variance_reduction(Evidence proof) {
  proof.method =
      "as for Hogwild!, since p_i(x) - p_i(y) = grad f_i(x) - grad f_i(y) is L-Lipschitz, a fresh index gives "
      "E|p_i(u_hat)|^2 = E q(u_hat), and an update moves u by -eta B p_i(u_hat): " +
      proof.method;
  return proof;
}

}  // namespace

void register_inner_loop_claims(ClaimRegistry& registry) {
  constexpr Condition printed = Condition::printed, one = Condition::one, sharp = Condition::sharp;
  registry.add({
      .id = "hogwild.inner_q",
      .source = "Before Lemma 4",
      .statement = R"($Eq(\hat u_m)=E\|\hat v_m\|^2$ for a uniform index independent of $(u_0,\hat u_m)$)",
      .procedure = [](const Context&) { return with_search(variance_reduced_mean(), enumerated(printed, inner_q)); },
  });
  registry.add({
      .id = "hogwild.lemma5",
      .source = "Lemma 5, corrected",
      .statement = R"($D>0$ and $\rho D\ge1$ give $Eq(\hat u_m)\le\rho\,Eq(\hat u_{m+1})$)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma2_proof(printed)), enumerated(printed, lemma5));
          },
      .uses = {"hogwild.lemma2", "hogwild.inner_q"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma5.constant_one",
      .source = "Lemma 5, sharpened",
      .statement =
          R"($D_1=1-\eta-\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k>0$ and $\rho D_1\ge1$, with the constant 1 instead of 9, give $Eq(\hat u_m)\le\rho\,Eq(\hat u_{m+1})$)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma2_proof(one)), enumerated(one, lemma5));
          },
      .uses = {"hogwild.lemma2.constant_one", "hogwild.inner_q"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma5.scale_free",
      .source = "Lemma 5, sharpened",
      .statement = R"(The scale-free condition of Lemma 2 gives $Eq(\hat u_m)\le\rho\,Eq(\hat u_{m+1})$)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma2_proof(sharp)), enumerated(sharp, lemma5));
          },
      .uses = {"hogwild.lemma2.scale_free", "hogwild.inner_q"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma6",
      .source = "Lemma 6, (6), (12), corrected",
      .statement =
          R"($D>0$ and $\rho D\ge1$ give $E\|u_m-\hat u_m\|^2\le4\eta^2\tau K\,Eq(\hat u_m)$, $K=\sum_{k=1}^\tau\rho^k$)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma3_proof(printed)), enumerated(printed, lemma6));
          },
      .uses = {"hogwild.lemma3", "hogwild.lemma5"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma6.constant_one",
      .source = "Lemma 6, (6), sharpened",
      .statement =
          R"($D_1=1-\eta-\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k>0$ and $\rho D_1\ge1$, with 1 instead of 9, give $E\|u_m-\hat u_m\|^2\le\eta^2\tau K\,Eq(\hat u_m)$, with 1 instead of 4)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma3_proof(one)), enumerated(one, lemma6_constant_one));
          },
      .uses = {"hogwild.lemma3.constant_one", "hogwild.lemma5.constant_one"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma6.scale_free",
      .source = "Lemma 6, sharpened",
      .statement =
          R"($E\|u_m-\hat u_m\|^2\le\eta^2(\sum_{k=1}^\tau\rho^{k/2})^2\,Eq(\hat u_m)$ under the scale-free condition)",
      .procedure =
          [](const Context&) {
            return with_search(for_variance_reduction(lemma3_proof(sharp)), enumerated(sharp, scale_free_lemma6));
          },
      .uses = {"hogwild.lemma3.scale_free", "hogwild.lemma5.scale_free"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma7",
      .source = "Lemma 7, corrected",
      .statement = R"($D>0$ and $\rho D\ge1$ give $Eq(\hat u_m)\le\rho\,Eq(u_m)$)",
      .procedure = [](const Context&) { return with_search(lemma7_proof(), enumerated(printed, lemma7)); },
      .uses = {"hogwild.eq10", "hogwild.lemma6", "hogwild.lemma7.coefficients"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma7.scale_free",
      .source = "Lemma 7, sharpened",
      .statement = R"($Eq(\hat u_m)\le\rho\,Eq(u_m)$ under the scale-free condition)",
      .procedure = [](const Context&) { return with_search(scale_free_lemma7_proof(), enumerated(sharp, lemma7)); },
      .uses = {"hogwild.lemma6.scale_free"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.eq7",
      .source = "(7), corrected",
      .statement = R"($D>0$ and $\rho D\ge1$ give $E\|u_m-\hat u_m\|^2\le4\eta^2\tau\rho K\,Eq(u_m)$)",
      .procedure = [](const Context&) { return with_search(eq7_proof(), enumerated(printed, eq7)); },
      .uses = {"hogwild.lemma6", "hogwild.lemma7"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.eq8",
      .source = "(8)",
      .statement =
          R"($E\|u_{m+1}-u_0\|^2\le\eta^2E\|\hat v\|^2+(1+\beta\eta)E\|u_m-u_0\|^2+\frac{2\eta}\beta(E\|\nabla f(u_m)\|^2+L^2E\|\hat u_m-u_m\|^2)$ for $\beta>0$)",
      .procedure = [](const Context&) { return with_search(drift_proof(), enumerated(printed, eq8)); },
      .uses = {"hogwild.assumption4.independence"},
      .bound = true,
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.eq9",
      .source = "(9)",
      .statement =
          R"($Ef(u_{m+1})\le Ef(u_m)-\frac{\alpha\eta}2E\|\nabla f(u_m)\|^2+\frac{\eta L}2(L\,E\|u_m-\hat u_m\|^2+\eta E\|\hat v\|^2)$)",
      .procedure =
          [](const Context&) {
            return with_search(
                descent_proof(
                    "smoothness, E[B v | u, u_hat] = B grad f(u_hat) as the directions have the mean grad "
                    "f(u_hat), and Lemma 1: the difference of both sides is eta [(L^2/2) gap - (alpha/2)|g|^2 + "
                    "g'B grad f(u_hat)] plus (L eta^2/2)(|v|^2 - |Bv|^2), for diagonal B"),
                enumerated(printed, eq9));
          },
      .uses = {"hogwild.lemma1", "hogwild.assumption4.independence"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.lemma5.strict.printed",
      .source = "Lemmas 5 and 7",
      .statement = R"(The inequalities of Lemmas 5 and 7 are strict)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return strict_inequality(); },
      .note = "At a stationary u_0 with n = 1 both sides vanish; the proof gives <=.",
      .instead = "hogwild.lemma5",
  });
  registry.add({
      .id = "hogwild.lemma7.coefficients",
      .source = "Lemma 7, proof",
      .statement = R"($4\tau K\le9(\tau+1)S$: the condition of Lemma 5 is enough for Lemma 7)",
      .procedure = [](const Context&) { return lemma7_coefficients(); },
  });
}

}  // namespace asyncert::hogwild
