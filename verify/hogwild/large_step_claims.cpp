// Lemmas 5 to 7 and (7) with their condition as printed, which a large step meets with D < 0, and Theorem 2 there.
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/descent_proofs.hpp"

namespace asyncert::hogwild {

namespace {

/// w^2/2 with n = 1, where the direction of AsySVRG is the gradient at the read, from u_0 = 1 with the step 1: u_1 = 0,
/// and where a read misses the last update u_hat_1 = 1.
struct LargeStep {
  long tau;
  Rational L = 1, eta = 1, rho = 2;
  Moments<Rational> moments() const {
    Walk<Rational> walk;
    walk.start = {Rational(1)};
    walk.eta = eta;
    walk.steps = 2;
    walk.tau = tau;
    walk.seen = [](long, long, long) { return Seen::no; };
    walk.variance_reduced = true;
    return enumerate(noisy_quadratic<Rational>(L, Rational(0), false), walk);
  }
  Evidence refute(const std::string& label, const Rational& left, const Rational& right) const {
    const Rational D = lemma2_denominator(L, tau, eta, rho);
    Evidence e = at_instance(
        "exact: f = w^2/2, n = 1, from u_0 = 1, reads that miss the last tau updates",
        {.label = label,
         .left = left,
         .right = right,
         .instance =
             Object().add("f", "w^2/2").add("u_0", 1).add("eta", eta).add("rho", rho).add("tau", tau).add("alpha", 1)});
    e.hypotheses.push_back({"1/D <= rho", D.sign() != 0 && Rational(1) / D <= rho, "D = " + D.to_decimal(12)});
    return e;
  }
};

Evidence lemma5_printed() {
  const LargeStep s{.tau = 0};
  const auto m = s.moments();
  return s.refute("E q(u_hat_0) <= rho E q(u_hat_1)", m.q_read[0], s.rho * m.q_read[1]);
}

Evidence lemma7_printed() {
  const LargeStep s{.tau = 1};
  const auto m = s.moments();
  return s.refute("E q(u_hat_1) <= rho E q(u_1)", m.q_read[1], s.rho * m.q_written[1]);
}

Evidence eq7_printed() {
  const LargeStep s{.tau = 1};
  const auto m = s.moments();
  return s.refute("E|u_hat_1 - u_1|^2 <= 4 eta^2 tau rho K E q(u_1)", m.gap[1],
                  s.rho * lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_written[1]);
}

/// u_2 = u_1 - u_hat_1 = -1 is far from u_hat_2 = 0, which misses the last of both updates only.
Evidence lemma6_printed() {
  const LargeStep s{.tau = 1};
  const auto m = s.moments();
  return s.refute("E|u_hat_2 - u_2|^2 <= 4 eta^2 tau K E q(u_hat_2)", m.gap[2],
                  lemma3_coefficient(s.eta, s.tau, s.rho) * m.q_read[2]);
}

/// One inner step of gradient descent on w^2/2 with the step 10 at rho = 1/100, where D = -99: gamma = alpha eta/2 -
/// eta^2 L rho = 4, and f grows.
Evidence theorem2_without_positive_denominator() {
  const Rational L(1), eta(10), rho(1, 100), beta(20), alpha(1), D = lemma2_denominator(L, 0, eta, rho);
  const RecursionStep step = recursion_step(Sequences::printed, {L, rho, eta, beta, alpha, 0}, 0, 0);
  const Rational w0(1), w1 = w0 - eta * L * w0;
  Evidence e = at_instance("exact: f = w^2/2, n = 1, one thread, one inner step in one outer loop, no delay",
                           {.label = "(f(w_0) - f(w_1))/gamma < E|grad f(w_0)|^2",
                            .left = L * (w0 * w0 - w1 * w1) / 2 / step.Gamma,
                            .relation = Relation::less,
                            .right = L * L * w0 * w0,
                            .instance = Object()
                                            .add("f", "w^2/2")
                                            .add("w_0", w0)
                                            .add("eta", eta)
                                            .add("rho", Fraction{rho})
                                            .add("beta", beta)
                                            .add("tau", 0)
                                            .add("alpha", alpha)
                                            .add("M", 1)
                                            .add("T", 1)
                                            .add("c_0", step.c)
                                            .add("gamma", step.Gamma)});
  e.hypotheses.push_back({"1/D <= rho", D.sign() != 0 && Rational(1) / D <= rho, "D = " + D.to_decimal(12)});
  e.hypotheses.push_back({"gamma > 0", step.Gamma.sign() > 0, "gamma = " + step.Gamma.to_string()});
  e.hypotheses.push_back({"c_0 > 0, eta < beta", step.c.sign() > 0 && eta < beta, ""});
  return e;
}

}  // namespace

void register_large_step_claims(ClaimRegistry& registry) {
  const std::string condition = "For a large step D < 0, and 1/D <= rho holds by its sign alone, here at rho = 2.",
                    D = R"(, $D=1-\eta-9\eta(\tau+1)L^2\sum_{k\le\tau}\rho^k$)", K = R"(, $K=\sum_{k=1}^\tau\rho^k$)";
  registry.add({
      .id = "hogwild.lemma5.printed",
      .source = "Lemma 5",
      .statement = R"($1/D\le\rho$ implies $Eq(\hat u_m)\le\rho\,Eq(\hat u_{m+1})$)" + D,
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma5_printed(); },
      .note = condition,
      .instead = "hogwild.lemma5",
  });
  registry.add({
      .id = "hogwild.lemma6.printed",
      .source = "Lemma 6, (6)",
      .statement = R"($1/D\le\rho$ implies $E\|u_m-\hat u_m\|^2\le4\eta^2\tau K\,Eq(\hat u_m)$)" + D + K,
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma6_printed(); },
      .note = condition,
      .instead = "hogwild.lemma6",
  });
  registry.add({
      .id = "hogwild.lemma7.printed",
      .source = "Lemma 7",
      .statement = R"($1/D\le\rho$ implies $Eq(\hat u_m)\le\rho\,Eq(u_m)$)" + D,
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma7_printed(); },
      .note = condition,
      .instead = "hogwild.lemma7",
  });
  registry.add({
      .id = "hogwild.eq7.printed",
      .source = "(7)",
      .statement = R"($1/D\le\rho$ implies $E\|\hat u_m-u_m\|^2\le4\eta^2\tau\rho K\,Eq(u_m)$)" + D + K,
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return eq7_printed(); },
      .note = condition,
      .instead = "hogwild.eq7",
  });
  registry.add({
      .id = "hogwild.theorem2.needs_positive_denominator",
      .source = "Theorem 2 with Lemma 5",
      .statement =
          R"(Theorem 2 needs $D>0$: at $\tau=0$, $T=\tilde M=1$, $\eta=10$, $\rho=\frac1{100}$, $\beta=20$, $\alpha=1$, where $D=-99$, $1/D\le\rho$, $c_0=1$ and $\gamma=4$, $\|\nabla f(w_0)\|^2=1$ exceeds its bound $-10$ for $f=\frac12w^2$ from $w_0=1$)",
      .procedure = [](const Context&) { return theorem2_without_positive_denominator(); },
      .note =
          "Theorem 2 takes its rho from Lemma 5, whose condition as printed allows D < 0, and then also rho below 1, "
          "which makes gamma positive at a step that diverges. With D > 0, which gives rho > 1, the theorem holds: "
          "hogwild.theorem2.conclusion.printed.",
  });
}

}  // namespace asyncert::hogwild
