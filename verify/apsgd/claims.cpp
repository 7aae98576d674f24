// Claims of the paper on asynchronous parallel SGD for linear systems.
#include "bounds/apsgd/rate.hpp"
#include "lib/claim.hpp"
#include "verify/apsgd/table_claims.hpp"

namespace asyncert {

namespace {

/// Exact E|x_1|^2 of the basic method (omega = 1, x_* = 0) on the rows e_1, e_2, each drawn with probability 1/2: a step
/// on row i clears coordinate i. W = I/2, so lambda_min = lambda_max = 1/2, and rho_s = 1 - omega(2 - omega xi) lambda_min.
Evidence theorem1(const Rational& factor, long exponent_at_first_step) {
  const Rational x[2] = {Rational(3), Rational(4)};
  const Rational lambda(1, 2), xi(1), omega(1);
  const Rational norm = x[0] * x[0] + x[1] * x[1];
  Rational expectation;
  for (int row = 0; row < 2; ++row) expectation += Rational(1, 2) * (norm - x[row] * x[row]);
  const Rational rho_s = Rational(1) - omega * (Rational(2) - omega * xi) * lambda;
  Evidence e;
  e.method = "exact expectation over both rows of the identity, x_0 = (3, 4), omega = 1, tau = 1";
  e.comparisons.push_back({.label = "E|x_1|^2 <= factor rho_s^exponent |x_0|^2", .left = expectation,
                           .relation = Relation::less_equal, .right = factor * pow(rho_s, exponent_at_first_step) * norm,
                           .instance = Object().add("lambda_min", lambda).add("lambda_max", lambda).add("omega", omega)
                                           .add("tau", 1).add("x_0", List{x[0], x[1]})});
  return e;
}

/// Where omega <= min(2, omega_star), alpha = 1 - omega lambda_min and both sides are polynomials of degree at most 2 in each
/// of theta, omega and lambda_min; so agreement on a grid of 4 x 4 x 4 points of that region proves the identity.
Evidence factored_gap(const Rational& planted_factor) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = "polynomial identity of degree at most 2 in each of three variables, checked on a 4 x 4 x 4 grid";
  for (long i = 0; i < 4; ++i)
    for (long j = 0; j < 4; ++j)
      for (long k = 1; k <= 4; ++k) {
        // omega <= 1 < omega_star, since lambda_min = lambda_max <= 1/4 here.
        const Rational theta(i, 3), omega(j, 3), l(k, 16);
        const auto r = apsgd::recursion(apsgd::RateParameters{theta, omega, l, l, 1});
        e.comparisons.push_back({.label = "1 - K1 - K2 = theta omega lambda_min (2 - theta omega)", .left = Rational(1) - r.K1 - r.K2,
                                 .relation = Relation::equal,
                                 .right = planted_factor * theta * omega * l * (Rational(2) - theta * omega),
                                 .instance = Object().add("theta", theta).add("omega", omega).add("lambda_min", l)});
      }
  return e;
}

/// u^delta >= rho^delta at delay delta (Lemma 7), for a grid of parameters: a search, since delta and theta range over a continuum.
Evidence lemma7() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "certified at 5 dampings, 4 relaxations and 6 delays from 1 to 1e9, lambda_min = 1/10, lambda_max = 9/10";
  for (const Rational& delta : {Rational(1), Rational(2), Rational(15, 2), Rational(100), Rational(1000000), Rational(1000000000)})
    for (long i = 1; i <= 5; ++i)
      for (long j = 1; j <= 4; ++j) {
        const Rational theta(i, 6), omega(j, 2);
        const auto r = apsgd::recursion(apsgd::RateParameters{theta, omega, Rational(1, 10), Rational(9, 10), delta});
        const Rational u_pow = (r.K2 + Rational(1) / delta) / (r.one_minus_K1 + Rational(1) / delta);
        e.comparisons.push_back({.label = "rho^delta <= u^delta",
                                 .left = exp(-(Ball(delta) * apsgd::negative_log_root(r, delta))),
                                 .relation = Relation::less_equal, .right = u_pow,
                                 .instance = Object().add("theta", theta).add("omega", omega).add("delta", delta)});
      }
  return e;
}

}  // namespace

void register_apsgd_claims(ClaimRegistry& registry) {
  apsgd::register_table_claims(registry);
  registry.add({
      .id = "apsgd.theorem1.printed",
      .source = "Theorem 1, (9)",
      .statement = R"($E\|x_{k+1}-x_*\|^2 \le \rho_s^k \frac{\lambda_{\max}}{2}\|x_0-x_*\|^2$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return theorem1(Rational(1, 4), 0); },
      .note = "The factor lambda_max/2 and the exponent k belong to the bound of E f(x_k).",
  });
  registry.add({
      .id = "apsgd.theorem1.instance",
      .source = "Theorem 1, corrected",
      .statement = R"($E\|x_{k+1}-x_*\|^2 \le \rho_s^{k+1}\|x_0-x_*\|^2$ at $k=0$ on the identity with two rows)",
      .expected = Verdict::proved,
      .procedure = [](const Context&) { return theorem1(1, 1); },
      .note = "Attained with equality.",
  });
  registry.add({
      .id = "apsgd.equation24.factored",
      .source = "after (24), omega <= min(2, omega_star)",
      .statement = R"($1-K_1-K_2=\theta\omega\lambda_{\min}(2-\theta\omega)$)",
      .expected = Verdict::proved,
      .procedure = [](const Context&) { return factored_gap(1); },
  });
  registry.add({
      .id = "apsgd.lemma7",
      .source = "Lemma 7, (29)-(30)",
      .statement = R"($\rho(\delta)\le u(\delta)=\left(\frac{K_2+1/\delta}{1-K_1+1/\delta}\right)^{1/\delta}$)",
      .expected = Verdict::supported,
      .procedure = [](const Context&) { return lemma7(); },
  });
  registry.add({
      .id = "apsgd.canary.gap_dropped_factor",
      .source = "planted",
      .statement = R"($1-K_1-K_2=\frac12\theta\omega\lambda_{\min}(2-\theta\omega)$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return factored_gap(Rational(1, 2)); },
      .canary = true,
  });
}

}  // namespace asyncert
