// Lemmas 5, 6 and 7: the delay lemmas on an inner loop of AsySVRG.
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_setting.hpp"

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

/// Lemmas 5-7 on an inner loop of AsySVRG, noisy quadratics with different curvature, all reads missing every recent
/// update.
Evidence variance_reduced(const std::string& which) {
  FiniteSum<Rational> f;
  f.n = 2;
  const auto curvature = [](long i) { return i == 0 ? Rational(1) : Rational(1, 2); };
  const auto slope = [](long i) { return i == 0 ? Rational(-1) : Rational(1); };
  f.value = [=](long i, const std::vector<Rational>& w) { return curvature(i) * w[0] * w[0] / 2 + slope(i) * w[0]; };
  f.gradient = [=](long i, const std::vector<Rational>& w) {
    return std::vector<Rational>{curvature(i) * w[0] + slope(i)};
  };
  const Setting s = setting(Condition::printed, 2, 1);
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
  e.method = "exact expectations over all " + std::to_string(m.paths) + " sample and overwrite paths of one inner loop";
  e.hypotheses.push_back({"the condition of Lemma 5 holds", admissible(s), ""});
  for (std::size_t t = 0; t + 1 < m.q_read.size(); ++t) {
    Comparison c{.label = "", .left = 0, .right = 0};
    if (which == "lemma5")
      c = {.label = "E q(u_hat_m) <= rho E q(u_hat_{m+1})", .left = m.q_read[t], .right = s.rho * m.q_read[t + 1]};
    else if (which == "lemma6")
      c = {.label = "E|u - u_hat|^2 <= 4 eta^2 tau K E q(u_hat)",
           .left = m.gap[t],
           .right = lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_read[t]};
    else if (which == "lemma7")
      c = {.label = "E q(u_hat_m) <= rho E q(u_m)", .left = m.q_read[t], .right = s.rho * m.q_written[t]};
    else if (which == "eq9")
      c = {.label = "E f(u_{m+1}) <= E f(u_m) - alpha eta/2 E|grad f(u_m)|^2 + eta L^2/2 gap + L eta^2/2 E q(u_hat_m)",
           .left = m.value[t + 1],
           .right = m.value[t] - Rational(9, 20) * s.eta * m.squared_gradient[t] + s.eta / 2 * m.gap[t] +
                    s.eta * s.eta / 2 * m.q_read[t]};
    else if (which == "inner_q")
      c = {.label = "E q(u_hat_m) = E|v_m|^2", .left = m.q_read[t], .relation = Relation::equal, .right = m.step[t]};
    else
      c = {.label = "E|u - u_hat|^2 <= 4 eta^2 tau rho K E q(u)",
           .left = m.gap[t],
           .right = s.rho * lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_written[t]};
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

}  // namespace

void register_inner_loop_claims(ClaimRegistry& registry) {
  for (
      const auto& [name, source, statement] :
      {std::tuple{"lemma5", "Lemma 5", R"($Eq(\hat u_m)\le\rho\,Eq(\hat u_{m+1})$)"},
       std::tuple{"lemma6", "Lemma 6, (6)", R"($E\|u_m-\hat u_m\|^2\le4\eta^2\tau K\,Eq(\hat u_m)$)"},
       std::tuple{"lemma7", "Lemma 7", R"($Eq(\hat u_m)\le\rho\,Eq(u_m)$)"},
       std::tuple{
           "eq9", "(9)",
           R"($Ef(u_{m+1})\le Ef(u_m)-\frac{\alpha\eta}2E\|\nabla f(u_m)\|^2+\frac{\eta L}2(L\,E\|u_m-\hat u_m\|^2+\eta E\|\hat v\|^2)$)"},
       std::tuple{"inner_q", "Before Lemma 4", R"($Eq(\hat u_m)=E\|\hat v_m\|^2$)"},
       std::tuple{"eq7", "(7)", R"($E\|u_m-\hat u_m\|^2\le4\eta^2\tau\rho K\,Eq(u_m)$)"}})
    registry.add(
        {.id = std::string("hogwild.") + name,
         .source = source,
         .statement = std::string(statement) +
                      R"( on one enumerated inner loop with overwrites: two quadratics, $\tau=2$, four updates)",
         .procedure = [which = std::string(name)](const Context&) { return variance_reduced(which); }});
  registry.add({
      .id = "hogwild.lemma5.strict.printed",
      .source = "Lemmas 5 and 7",
      .statement = R"(The inequalities of Lemmas 5 and 7 are strict)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return strict_inequality(); },
      .note = "At a stationary u_0 with n = 1 both sides vanish; the proof gives <=.",
  });
  registry.add({
      .id = "hogwild.lemma7.coefficients",
      .source = "Lemma 7, proof",
      .statement = R"($4\tau K\le9(\tau+1)S$: the condition of Lemma 5 is enough for Lemma 7)",
      .procedure = [](const Context&) { return lemma7_coefficients(); },
  });
}

}  // namespace asyncert::hogwild
