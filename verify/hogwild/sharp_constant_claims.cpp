// Theorem 1 with the constant 8/7, which needs neither Lemma 2 nor Lemma 3.
#include "bounds/hogwild/theorem1.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// With R = A/eta = eta T B, Y = sum E|B^{1/2} g|^2 and D = L^2 eta^2 tau^2 V^2 T, at a step size that solves A = eta^2
/// T B: smoothness gives sum E g'B g_hat <= f_0/eta + T L eta V^2/2 = alpha R - 2 V^2 L^2 eta^2 tau K T <= alpha R -
/// 2D, and Cauchy and Schwarz with |g_hat - g| <= L eta tau V give Y - (Y D)^{1/2} or more.
Certificate by_completed_square(const Rational& factor) {
  Certificate e(
      "sum over the updates with f >= 0: E g'B grad f(w_hat) adds up to f_0/eta + T L eta V^2/2 at most, which is "
      "alpha R - "
      "2 V^2 L^2 eta^2 tau K T at the fixed point, R = A/eta, and by |grad f(w_hat) - g| <= L eta tau V to Y - (Y "
      "D)^{1/2} "
      "at least, Y = sum E|B^{1/2} g|^2 >= alpha sum E|g|^2, D = L^2 eta^2 tau^2 V^2 T, K >= tau: so that (7/8) Y <= "
      "alpha "
      "R by a completed square; identities");
  e.identity(
      "y^2 - y d + 2 d^2 = (7/8) y^2 + 2 (d - y/4)^2", {{"y", 2}, {"d", 2}},
      [](const Point& v) { return v[0] * v[0] - v[0] * v[1] + Rational(2) * v[1] * v[1]; },
      [&](const Point& v) {
        const Rational rest = v[1] - v[0] / 4;
        return v[0] * v[0] / factor + Rational(2) * rest * rest;
      });
  e.identity(
      "T L eta V^2/2 = eta T (alpha B)/2 - 2 V^2 L^2 eta^2 tau K T with alpha B = 2 V^2 (2 tau L^2 eta K + L/2)",
      {{"V", 2}, {"L", 2}, {"eta", 2}, {"tau", 1}, {"K", 1}, {"T", 1}},
      [](const Point& v) { return v[5] * v[1] * v[2] * v[0] * v[0] / 2; },
      [](const Point& v) {
        const Rational &V = v[0], &L = v[1], &eta = v[2], &tau = v[3], &K = v[4], &T = v[5];
        const Rational B = Rational(2) * V * V * (Rational(2) * tau * L * L * eta * K + L / 2);
        return eta * T * B / 2 - Rational(2) * V * V * L * L * eta * eta * tau * K * T;
      });
  for (long tau = 0; tau <= 6; ++tau)
    e.identity(
        "the library's alpha B, tau = " + std::to_string(tau),
        {{"V", 2}, {"L", 2}, {"eta", 1}, {"rho", tau, 1, Rational(1, 4)}},
        [&](const Point& v) {
          const Rational alpha(4, 5);
          return alpha * B(Theorem1Problem<Rational>{1, alpha, v[0], v[1], tau, 1}, v[2], v[3]);
        },
        [&](const Point& v) {
          Rational K;
          for (long k = 1; k <= tau; ++k) K += pow(v[3], k);
          return Rational(2) * v[0] * v[0] * (Rational(2 * tau) * v[1] * v[1] * v[2] * K + v[1] / 2);
        });
  return e;
}

/// The enclosed run at the fixed points of rho = 1 and 11/10.
Evidence on_runs(const Rational& factor) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method =
      "expectations enclosed over all sample and overwrite paths at the fixed points of rho = 1 and 11/10, for reads "
      "that "
      "miss all, see all, or miss every second update";
  const EnclosedRun run;
  const FiniteSum<Ball> f = run.problem();
  for (const Rational& rho : {Rational(1), Rational(11, 10)})
    for (int pattern = 0; pattern < 3; ++pattern) {
      Walk<Ball> walk = run.walk();
      const Theorem1Problem<Ball> p{f.mean_value(walk.start), run.alpha, run.s, run.s, run.tau, run.steps};
      walk.eta = fixed_point_step(p, Ball(rho));
      walk.seen = [pattern](long t, long j, long) {
        return pattern == 0 || (pattern == 2 && (t + j) % 2) ? Seen::no : Seen::yes;
      };
      const Moments<Ball> m = enumerate(f, walk);
      Ball average(0);
      for (long t = 0; t < run.steps; ++t) average += m.squared_gradient[static_cast<std::size_t>(t)] / run.steps;
      e.comparisons.push_back({.label = "(1/T) sum E|grad f(w_t)|^2 <= (8/7) (A B/T)^{1/2}",
                               .left = average,
                               .right = Ball(factor) * sqrt(p.A() * B(p, walk.eta, Ball(rho)) / p.updates),
                               .instance = Object()
                                               .add("problem", "s (1 - cos(x_i w - y_i)), n = 2")
                                               .add("rho", Fraction{rho})
                                               .add("eta", walk.eta)
                                               .add("read_pattern", pattern)});
    }
  return e;
}

}  // namespace

void register_sharp_constant_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.theorem1.eight_sevenths",
      .source = "Theorem 1, sharpened",
      .statement =
          R"(For $f\ge0$, every $\rho\ge1$ and a step size with $\eta^2\tilde TB=A$: $\frac1{\tilde T}\sum_tE\|\nabla f(w_t)\|^2\le\frac87\sqrt{AB/\tilde T}$)",
      .procedure =
          [](const Context&) { return with_search(by_completed_square(Rational(8, 7)), on_runs(Rational(8, 7))); },
      .uses = {"hogwild.assumption4.independence", "hogwild.theorem1"},
      .note = "The printed constant 1 is false, hogwild.theorem1.printed; the proof gives 2.",
      .bound = true,
  });
  registry.add({
      .id = "hogwild.canary.completed_square",
      .source = "planted",
      .statement = R"(The same square gives the constant $\frac{16}{15}$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return by_completed_square(Rational(16, 15)); },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
