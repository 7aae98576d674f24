// Theorem 1's step size: a fixed point, since B contains it, which only many updates make small enough for Lemma 2.
#include "bounds/hogwild/theorem1.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

Theorem1Problem<Ball> unit_problem(const Rational& updates) { return {1, Rational(9, 10), 1, 1, 9, updates}; }
Object unit_instance() {
  return Object().add("f0", 1).add("alpha", Fraction{Rational(9, 10)}).add("V", 1).add("L", 1).add("tau", 9);
}

/// An admissible step is at most cap(rho) <= eta_max, where T eta^2 B = A needs T >= A/(cap^2 B(cap)); and B(cap) = b_0
/// (1 + 4 tau L K cap) with K <= S and 9 (tau+1) L^2 S cap <= 1.
Evidence no_admissible_rho() {
  const Rational updates(270000000);
  Certificate e(
      "at every rho an admissible fixed point needs T >= A/(eta_max^2 b_0 (1 + 4 tau/(9 (tau+1) L))), since cap (1 + 9 "
      "(tau+1) L^2 S) = 1 - 1/rho bounds the delay term of B at the largest step of this rho: identities; and the "
      "number, enclosed");
  e.identity(
      "4 tau/(9 (tau+1) L) - 4 tau L S cap = 4 tau/(9 (tau+1) L) [1 - 9 (tau+1) L^2 S cap], times 9 (tau+1) L",
      {{"tau", 2}, {"L", 2}, {"S", 1}, {"cap", 1}},
      [](const Point& v) {
        return Rational(4) * v[0] - Rational(9) * (v[0] + 1) * v[1] * Rational(4) * v[0] * v[1] * v[2] * v[3];
      },
      [](const Point& v) { return Rational(4) * v[0] * (1 - Rational(9) * (v[0] + 1) * v[1] * v[1] * v[2] * v[3]); });
  e.identity(
      "B = b_0 (1 + 4 tau L K eta), K = S - 1, tau = 9", {{"V", 2}, {"L", 2}, {"eta", 1}, {"rho", 9}},
      [](const Point& v) {
        return B(Theorem1Problem<Rational>{1, Rational(9, 10), v[0], v[1], 9, 1}, v[2], v[3]);
      },
      [](const Point& v) {
        const Rational K = geometric_sum(v[3], 9) - 1;
        return v[0] * v[0] * v[1] * Rational(10, 9) * (1 + Rational(36) * v[1] * K * v[2]);
      });
  const Theorem1Problem<Ball> p = unit_problem(updates);
  const Ball largest = largest_step(Condition::printed, Ball(1), 9);
  e.compare({.label = "T < A/(eta_max^2 b_0 (1 + 4 tau/(9 (tau+1) L)))",
             .left = updates,
             .relation = Relation::less,
             .right = p.A() / (largest * largest * p.B0() * Ball(Rational(14, 10))),
             .instance = unit_instance()});
  return e;
}

/// A rho above the one with the largest step has a larger K and B, and so admits a fixed point somewhat earlier.
Evidence larger_rho() {
  const Rational updates(364300000), rho(11777, 10000);
  const Theorem1Problem<Ball> p = unit_problem(updates);
  Evidence e;
  e.method = "enclosed: the step size at rho = 1.1777 against the largest step that Lemma 2 admits there, and T_min";
  e.comparisons.push_back({.label = "eta <= the largest step at rho",
                           .left = fixed_point_step(p, Ball(rho)),
                           .right = step_cap(Condition::printed, Ball(1), 9, Ball(rho - Rational(1))),
                           .instance = unit_instance().add("T", updates).add("rho", Fraction{rho})});
  e.comparisons.push_back({.label = "T < T_min = A/(eta_max^2 B) at the rho of eta_max",
                           .left = updates,
                           .relation = Relation::less,
                           .right = coupled_step(p).T_min,
                           .instance = unit_instance().add("T", updates)});
  return e;
}

/// phi(x) = A/(xT) + x (b_0 + b_1 x) against phi(eta) where A = T eta^2 (b_0 + b_1 eta).
Evidence better_step() {
  Certificate e(
      "identity: phi(x) - phi(eta) = ((x - eta)/x) [(x - eta) b_0 + b_1 (x^2 + x eta - eta^2)], and the bracket is b_1 "
      "eta^2 > 0 at x = eta, so that phi(x) < phi(eta) for x somewhat below eta; and enclosed at the root of the "
      "derivative");
  e.identity(
      "x [phi(x) - phi(eta)] = (x - eta) [(x - eta) b_0 + b_1 (x^2 + x eta - eta^2)]",
      {{"b_0", 1}, {"b_1", 1}, {"x", 3}, {"eta", 3}},
      [](const Point& v) {
        const Rational &b0 = v[0], &b1 = v[1], &x = v[2], &eta = v[3], A_over_T = eta * eta * (b0 + b1 * eta);
        const auto phi = [&](const Rational& at) { return A_over_T / at + at * (b0 + b1 * at); };
        return x * (phi(x) - phi(eta));
      },
      [](const Point& v) {
        const Rational &b0 = v[0], &b1 = v[1], &x = v[2], &eta = v[3];
        return (x - eta) * ((x - eta) * b0 + b1 * (x * x + x * eta - eta * eta));
      });
  const Theorem1Problem<Ball> p{1, Rational(1, 2), 1, 1, 2, 1000000};
  const Ball rho(Rational(11, 10)), stated = fixed_point_step(p, rho), best = fixed_point_step(p, rho, 2);
  const auto bound = [&](const Ball& eta) { return p.A() / (eta * p.updates) + eta * B(p, eta, rho); };
  e.compare({.label = "bound(another step) < bound(stated step)",
             .left = bound(best),
             .relation = Relation::less,
             .right = bound(stated),
             .instance = Object()
                             .add("f0", 1)
                             .add("alpha", Fraction{Rational(1, 2)})
                             .add("V", 1)
                             .add("L", 1)
                             .add("tau", 2)
                             .add("rho", Fraction{Rational(11, 10)})
                             .add("T", 1000000)
                             .add("other_step", best)});
  return e;
}

}  // namespace

void register_theorem1_step_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.theorem1.positive_objective.printed",
      .source = "Theorem 1",
      .statement =
          R"(The step size $\sqrt{A/(\tilde TB)}$ exists: $A=2f(w_0)/\alpha\ge0$ without an assumption on the sign of $f$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            const Rational w0(1, 2), f0 = w0 * w0 / 2 - 1;
            return at_instance("exact: f = w^2/2 - 1 at w_0 = 1/2",
                               {.label = "0 <= A",
                                .left = 0,
                                .right = Rational(2) * f0,
                                .instance = Object().add("f", "w^2/2 - 1").add("w_0", Fraction{w0}).add("alpha", 1)});
          },
      .note = "The proof drops E f(w_T) >= 0; in general A = 2 (f(w_0) - inf f)/alpha.",
      .instead = "hogwild.theorem1.direct_bound",
  });
  registry.add({
      .id = "hogwild.theorem1.smallest_horizon",
      .source = "Theorem 1 with Lemma 2",
      .statement =
          R"(At $f(w_0)=V=L=1$, $\alpha=9/10$, $\tau=9$ no $\rho$ gives $D>0$ and $\rho D\ge1$ at the stated step size for $\tilde T\le2.7\cdot10^8$)",
      .procedure = [](const Context&) { return no_admissible_rho(); },
      .uses = {"hogwild.lemma2.admissible_rho"},
      .note =
          "The step size is a fixed point, since B contains eta and rho; where rho is the smallest one that admits the "
          "step, T > T_min is needed, here 3.644e8.",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.theorem1.horizon_at_larger_rho",
      .source = "Theorem 1 with Lemma 2",
      .statement =
          R"(At $f(w_0)=V=L=1$, $\alpha=9/10$, $\tau=9$ and $\rho=1.1777$ the stated step size meets $D>0$, $\rho D\ge1$ at $\tilde T=3.643\cdot10^8$, fewer updates than $T_{\min}=A/(\eta_{\max}^2B)$ at the $\rho$ of the largest step $\eta_{\max}$)",
      .procedure = [](const Context&) { return larger_rho(); },
  });
  registry.add({
      .id = "hogwild.theorem1.better_step",
      .source = "Theorem 1",
      .statement =
          R"(For every $\rho\ge1$ and $\tau\ge1$ the stated step size does not minimise $A/(\eta\tilde T)+\eta B(\eta)$, $A,V,L>0$: somewhat smaller steps make it smaller)",
      .procedure = [](const Context&) { return better_step(); },
      .note = "The stated step would be the best if B were constant; B contains eta.",
      .revision = 2,
  });
}

}  // namespace asyncert::hogwild
