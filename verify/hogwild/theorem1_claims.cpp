// Theorem 1: its constant, its hidden assumptions, and the forms that hold.
#include "bounds/hogwild/theorem1.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/descent_proofs.hpp"
#include "verify/hogwild/theorem1_adversary.hpp"

namespace asyncert::hogwild {

namespace {

Evidence against_adversary(const Rational& factor) {
  const Theorem1Adversary a = adversary_at(10000);
  const AdversaryBound b = certify(a);
  Evidence e;
  e.method =
      "certified lower bound of the exact average for an adversarial choice of the reads, by the energy identity of "
      "the quadratic";
  e.hypotheses.push_back({"Lemma 2: rho D >= 1 at the paper's step size", certainly_less_equal(1, b.condition),
                          "rho D = " + b.condition.to_string(15)});
  e.hypotheses.push_back(
      {"the start lies inside the quadratic part", certainly_less(b.w0 * 2, Ball(a.W)), "w_0 = " + b.w0.to_string(12)});
  e.hypotheses.push_back({"the noise outweighs the slope", certainly_less(Ball(a.L * a.W), Ball(a.sigma)), ""});
  e.comparisons.push_back(
      {.label = "lower bound of (1/T) sum E|grad f(w_t)|^2 <= factor sqrt(A B/T)",
       .left = b.average,
       .right = Ball(factor) * b.printed,
       .instance =
           Object()
               .add("f_i", "Phi(w) +- sigma w, Phi' = L clamp(w, -W, W)")
               .add("L", Fraction{a.L})
               .add("sigma", a.sigma)
               .add("W", a.W)
               .add("tau", a.tau)
               .add("eta", Fraction{a.eta})
               .add("rho", Fraction{a.rho})
               .add("T", a.updates)
               .add("alpha", 1)
               .add("w_0", b.w0)
               .add("f_0", b.A / 2)
               .add("factor", Fraction{factor})
               .add("reads", "a(t) = t - tau, without those of the last tau gradients whose noise pushed w from 0")});
  e.data.add("average_over_printed_at_least", b.average / b.printed);
  return e;
}

/// A/(eta T) + eta B at eta = sqrt(A/(T B)), where A, B and T are squares.
Evidence last_line_printed() {
  const Rational A(4), B(9), T(10000), eta(1, 150);
  Evidence e = at_instance("exact: A = 4, B = 9, T = 10^4, where the step size is 1/150",
                           {.label = "A/(eta T) + eta B = sqrt(A B/T)",
                            .left = A / (eta * T) + eta * B,
                            .relation = Relation::equal,
                            .right = Rational(6, 100),
                            .instance = Object().add("A", A).add("B", B).add("T", T).add("eta", Fraction{eta})});
  e.hypotheses.push_back({"eta = sqrt(A/(T B))", eta * eta * T * B == A, ""});
  return e;
}

/// With A = eta^2 T B, A B/T is the square of eta B.
Evidence last_line() {
  Certificate e("identities at A = eta^2 T B, which is what the step size says");
  const std::vector<Variable> variables = {{"eta", 2}, {"T", 1}, {"B", 2}};
  const auto A = [](const Point& v) { return v[0] * v[0] * v[1] * v[2]; };
  e.identity(
      "A/(eta T) + eta B = 2 eta B", variables, [&](const Point& v) { return A(v) / (v[0] * v[1]) + v[0] * v[2]; },
      [](const Point& v) { return Rational(2) * v[0] * v[2]; });
  e.identity(
      "A B/T = (eta B)^2", variables, [&](const Point& v) { return A(v) * v[2] / v[1]; },
      [](const Point& v) { return v[0] * v[2] * v[0] * v[2]; });
  return e;
}

/// 2 sqrt(A B/T) at the fixed point, and the direct bound, against the exact averages of the enclosed run.
Evidence direct_bound_on_runs(const Rational& factor) {
  Certificate proof(
      "sum of the descent inequality over t with E f(w_T) >= 0, |w - w_hat| <= eta tau V and E q <= V^2: identity of "
      "the right sides; and expectations enclosed over all sample and overwrite paths, for reads that miss all, see "
      "all, or miss every second update");
  proof.identity(
      "(2/(alpha eta T)) [f_0 + T (L^2 eta (eta tau V)^2/2 + L eta^2 V^2/2)] = A/(eta T) + eta B_direct",
      {{"f_0", 1}, {"V", 2}, {"L", 2}, {"tau", 2}, {"eta", 4, 1, 1}, {"T", 2, 1, 1}},
      [](const Point& v) {
        const Rational &V = v[1], &L = v[2], &tau = v[3], &eta = v[4], &T = v[5], gap = eta * tau * V, alpha(4, 5);
        return Rational(2) / (alpha * eta * T) *
               (v[0] + T * (L * L * eta * gap * gap / 2 + L * eta * eta * V * V / 2)) * eta * T;
      },
      [&](const Point& v) {
        const Rational &eta = v[4], &T = v[5];
        const Theorem1Problem<Rational> p{v[0], Rational(4, 5), v[1], v[2], v[3].floor().to_long(), T};
        return factor * (p.A() / (eta * T) + eta * B_direct(p, eta)) * eta * T;
      });
  Evidence e = proof;
  const EnclosedRun run;
  const FiniteSum<Ball> f = run.problem();
  for (int pattern = 0; pattern < 3; ++pattern) {
    Walk<Ball> walk = run.walk();
    walk.seen = [pattern](long t, long j, long) {
      return pattern == 0 || (pattern == 2 && (t + j) % 2) ? Seen::no : Seen::yes;
    };
    const Moments<Ball> m = enumerate(f, walk);
    Ball average(0);
    for (long t = 0; t < run.steps; ++t) average += m.squared_gradient[static_cast<std::size_t>(t)] / run.steps;
    const Theorem1Problem<Ball> p{m.value[0], run.alpha, run.s, run.s, run.tau, run.steps};
    Object instance = run.instance();
    e.comparisons.push_back(
        {.label = "(1/T) sum E|grad f(w_t)|^2 <= A/(eta T) + eta V^2 (L + tau^2 L^2 eta)/alpha",
         .left = average,
         .right = Ball(factor) * (p.A() / (walk.eta * p.updates) + walk.eta * B_direct(p, walk.eta)),
         .instance = instance.add("read_pattern", pattern).add("paths", m.paths)});
  }
  return e;
}

/// B - B_direct = V^2 L^2 eta (4 tau K - tau^2)/alpha, and K - tau is a polynomial in rho - 1 without negative
/// coefficients.
Evidence direct_below_corrected() {
  Evidence e =
      Certificate(
          "K - tau is the sum of rho^k - 1 over k <= tau, which are not negative by induction over k, so that the "
          "difference of B and the direct one is not either; and K - tau = sum_k C(tau+1, k+1) (rho-1)^k over k >= 1 "
          "for "
          "the library's K, tau = 1..40")
          .identity(
              "rho P - 1 = rho (P - 1) + (rho - 1), P = rho^k", {{"rho", 1}, {"P", 1}},
              [](const Point& v) { return v[0] * v[1] - 1; },
              [](const Point& v) { return v[0] * (v[1] - 1) + (v[0] - 1); })
          .identity(
              "4 tau K - tau^2 = tau (4 (K - tau) + 3 tau)", {{"tau", 2}, {"K", 1}},
              [](const Point& v) { return Rational(4) * v[0] * v[1] - v[0] * v[0]; },
              [](const Point& v) { return v[0] * (Rational(4) * (v[1] - v[0]) + Rational(3) * v[0]); });
  for (long tau = 1; tau <= 40; ++tau) {
    Rational binomial(tau + 1);
    for (long k = 1; k <= tau; ++k) {
      binomial *= Rational(tau + 1 - k, k + 1);
      e.comparisons.push_back({.label = "0 <= coefficient of (rho-1)^k in K - tau",
                               .left = 0,
                               .right = binomial,
                               .instance = Object().add("tau", tau).add("k", k)});
    }
    // The expansion itself, at tau + 1 points.
    for (long point = 1; point <= tau + 1; ++point) {
      const Rational t(point, 4);
      Rational sum, term(tau + 1);
      for (long k = 1; k <= tau; ++k) {
        term *= Rational(tau + 1 - k, k + 1) * t;
        sum += term;
      }
      e.comparisons.push_back({.label = "K - tau = the expansion",
                               .left = delayed_sum(Rational(1) + t, tau) - Rational(tau),
                               .relation = Relation::equal,
                               .right = sum,
                               .instance = Object().add("tau", tau).add("rho", Fraction{Rational(1) + t})});
    }
  }
  return e;
}

/// One descent inequality of the proof, on the enclosed run.
Evidence descent() {
  const EnclosedRun run;
  const Walk<Ball> walk = run.walk();
  const Moments<Ball> m = enumerate(run.problem(), walk);
  Evidence e = descent_proof(
      "smoothness, Assumption 4 and Lemma 1: the difference of both sides is eta [(L^2/2) gap - (alpha/2)|g|^2 + g'B "
      "grad f(w_hat)] plus (L eta^2/2)(|v|^2 - |Bv|^2), for diagonal B; and expectations enclosed over all " +
      std::to_string(m.paths) + " sample and overwrite paths");
  const Ball L(run.s), eta(run.eta), alpha(run.alpha);
  for (std::size_t t = 0; t + 1 < m.value.size(); ++t) {
    Object instance = run.instance();
    e.comparisons.push_back(
        {.label = "E f(w_{t+1}) <= E f(w_t) - alpha eta/2 E|g|^2 + L^2 eta/2 gap + L eta^2/2 E q(w_hat)",
         .left = m.value[t + 1],
         .right = m.value[t] - alpha * eta / 2 * m.squared_gradient[t] + L * L * eta / 2 * m.gap[t] +
                  L * eta * eta / 2 * m.q_read[t],
         .instance = instance.add("t", static_cast<long>(t))});
  }
  return e;
}

/// The descent inequality with the gap 4 eta^2 V^2 tau K and E q <= V^2.
Evidence bounded_descent() {
  Certificate e("the descent inequality with E q <= V^2 and the gap of Assumption 5: identity");
  e.identity(
      "(L^2 eta/2) 4 eta^2 V^2 tau K + (L eta^2/2) V^2 = eta^2 V^2 (2 tau L^2 eta K + L/2)",
      {{"L", 2}, {"eta", 3}, {"V", 2}, {"tau", 1}, {"K", 1}},
      [](const Point& v) {
        const Rational &L = v[0], &eta = v[1], V2 = v[2] * v[2];
        return L * L * eta / 2 * Rational(4) * eta * eta * V2 * v[3] * v[4] + L * eta * eta / 2 * V2;
      },
      [](const Point& v) {
        const Rational &L = v[0], &eta = v[1];
        return eta * eta * v[2] * v[2] * (Rational(2) * v[3] * L * L * eta * v[4] + L / 2);
      });
  return e;
}

/// The bound times sqrt(T) is 2 sqrt(A B) at the coupled step. A larger step leaves fewer admissible rho, so that the
/// least one, K and B grow with the step, and the step falls as T grows: the value at `first` is the largest for all
/// T >= first, and B >= B_0 bounds all of them from below.
Evidence order_of_the_bound(const Rational& first, const Rational& least, const Rational& largest) {
  Certificate e(
      "D falls and B grows with the step, by identities, so that the least admissible rho, K and B do, and so does "
      "eta^2 B = A/T: over all T >= 10^10 the step, and with it 2 sqrt(A B), is largest at T = 10^10; B >= V^2 "
      "L/alpha; "
      "enclosed there, and at 10^14 and 10^18");
  e.identity(
      "D(eta) - D(eta + h) = h (1 + 9 (tau+1) L^2 S), tau = 9", {{"eta", 1}, {"h", 1}, {"L", 2}, {"rho", 9}},
      [](const Point& v) {
        return lemma2_denominator(v[2], 9, v[0], v[3]) - lemma2_denominator(v[2], 9, v[0] + v[1], v[3]);
      },
      [](const Point& v) { return v[1] * (1 + Rational(90) * v[2] * v[2] * geometric_sum(v[3], 9)); });
  e.identity(
      "B = V^2 L/alpha + 4 tau V^2 L^2 (rho + ... + rho^tau) eta/alpha, tau = 9, alpha = 9/10",
      {{"V", 2}, {"L", 2}, {"eta", 1}, {"rho", 9}},
      [](const Point& v) {
        return B(Theorem1Problem<Rational>{1, Rational(9, 10), v[0], v[1], 9, 1}, v[2], v[3]);
      },
      [](const Point& v) {
        Rational K;
        for (long k = 1; k <= 9; ++k) K += pow(v[3], k);
        return v[0] * v[0] * v[1] * Rational(10, 9) * (1 + Rational(36) * v[1] * K * v[2]);
      });
  const auto problem = [](const Rational& T) { return Theorem1Problem<Ball>{1, Rational(9, 10), 1, 1, 9, T}; };
  e.compare({.label = "the least constant <= 2 sqrt(A V^2 L/alpha)",
             .left = least,
             .right = Ball(2) * sqrt(problem(first).A() * problem(first).B0())});
  for (const Rational& T : {first, Rational::parse("1e14"), Rational::parse("1e18")}) {
    const auto p = problem(T);
    const CoupledStep<Ball> step = coupled_step(p);
    e.compare({.label = "bound sqrt(T) <= the largest constant",
               .left = Ball(2) * sqrt(p.A() * B(p, *step.eta, *step.rho)),
               .right = largest,
               .instance = Object().add("T", T).add("tau", 9)});
  }
  return e;
}

}  // namespace

void register_theorem1_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.theorem1.printed",
      .source = "Theorem 1",
      .statement =
          R"($\frac1{\tilde T}\sum_t E\|\nabla f(w_t)\|^2\le\sqrt{AB/\tilde T}$ at $\eta=\sqrt{A/(\tilde TB)}$ under Assumptions 1-5)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return against_adversary(1); },
      .note = "Not only does the proof give twice the printed bound: the printed bound is false. Reads that leave out "
              "the updates that pushed w away from the minimum weaken the descent by a term of order tau sqrt(eta L), "
              "which for small steps outweighs the tau^2 eta L that B allows for.",
      .instead = "hogwild.theorem1.eight_sevenths",
  });
  registry.add({
      .id = "hogwild.theorem1.adversary_within_eight_sevenths",
      .source = "Theorem 1, corrected",
      .statement =
          R"(The certified lower bound of the run that refutes the printed bound is smaller than $\frac87\sqrt{AB/\tilde T}$)",
      .procedure = [](const Context&) { return against_adversary(Rational(8, 7)); },
      .uses = {"hogwild.theorem1.printed"},
  });
  registry.add({
      .id = "hogwild.theorem1.last_step.printed",
      .source = "Theorem 1, end of the proof",
      .statement = R"($A/(\eta\tilde T)+\eta B=\sqrt{AB/\tilde T}$ at $\eta=\sqrt{A/(\tilde TB)}$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return last_line_printed(); },
      .note = "Both terms equal sqrt(A B/T), so that the sum is twice as large.",
      .instead = "hogwild.theorem1.last_step",
  });
  registry.add({
      .id = "hogwild.theorem1.last_step",
      .source = "Theorem 1, end of the proof, corrected",
      .statement = R"($A/(\eta\tilde T)+\eta B=2\sqrt{AB/\tilde T}$ at $\eta=\sqrt{A/(\tilde TB)}$)",
      .procedure = [](const Context&) { return last_line(); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.theorem1.descent",
      .source = "Theorem 1, proof",
      .statement =
          R"($Ef(w_{t+1})\le Ef(w_t)-\frac{\alpha\eta}2E\|\nabla f(w_t)\|^2+\frac{L\eta}2(L\,E\|w_t-\hat w_t\|^2+\eta\,Eq(\hat w_t))$)",
      .procedure = [](const Context&) { return descent(); },
      .uses = {"hogwild.lemma1", "hogwild.assumption4.independence"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.theorem1.bounded_descent",
      .source = "Theorem 1, proof, with Assumption 5",
      .statement =
          R"(Assumption 5 gives $Ef(w_{t+1})\le Ef(w_t)-\frac{\alpha\eta}2E\|\nabla f(w_t)\|^2+\eta^2V^2(2\tau L^2\eta K+\frac L2)$ for every $\eta>0$ and $\rho\ge1$)",
      .procedure = [](const Context&) { return bounded_descent(); },
      .uses = {"hogwild.theorem1.descent", "hogwild.lemma3.gap_bound"},
  });
  registry.add({
      .id = "hogwild.theorem1.direct_bound",
      .source = "Theorem 1, without Lemmas 2 and 3",
      .statement =
          R"(For $f\ge0$ and every $\eta>0$: $\frac1T\sum_tE\|\nabla f(w_t)\|^2\le\frac{2f(w_0)}{\alpha\eta T}+\frac{\eta V^2}\alpha(L+\tau^2L^2\eta)$)",
      .procedure = [](const Context&) { return direct_bound_on_runs(1); },
      .uses = {"hogwild.lemma1", "hogwild.theorem1.descent"},
      .note = "Assumption 5 bounds the gap by eta tau V directly; no rho, no condition and no smallest number of "
              "updates are needed.",
      .bound = true,
  });
  registry.add({
      .id = "hogwild.theorem1",
      .source = "Theorem 1, corrected",
      .statement =
          R"(For $f\ge0$ and every $\rho\ge1$: $\frac1{\tilde T}\sum_tE\|\nabla f(w_t)\|^2\le\frac A{\eta\tilde T}+\eta B$ for every $\eta>0$, which is $2\sqrt{AB/\tilde T}$ at $\eta=\sqrt{A/(\tilde TB)}$)",
      .procedure = [](const Context&) { return direct_below_corrected(); },
      .uses = {"hogwild.theorem1.direct_bound", "hogwild.theorem1.last_step"},
      .note = "B - B_direct = V^2 L^2 eta (4 tau K - tau^2)/alpha >= 0 since K >= tau; so the corrected bound follows "
              "from the direct one even where Lemma 2's condition fails.",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.theorem1.rate",
      .source = "After Theorem 1",
      .statement =
          R"(At $f(w_0)=V=L=1$, $\alpha=9/10$, $\tau=9$ and the step of the least admissible $\rho$, $\frac{314}{100\sqrt{\tilde T}}\le2\sqrt{AB/\tilde T}\le\frac{316}{100\sqrt{\tilde T}}$ for all $\tilde T\ge10^{10}$)",
      .procedure =
          [](const Context&) {
            return order_of_the_bound(Rational::parse("1e10"), Rational(314, 100), Rational(316, 100));
          },
      .uses = {"hogwild.theorem1"},
  });
}

}  // namespace asyncert::hogwild
