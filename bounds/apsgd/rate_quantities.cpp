// The delayed recursion, its growth factor and their bounds as a quantity.
#include <cmath>

#include "bounds/apsgd/quantities.hpp"
#include "bounds/apsgd/rate.hpp"

namespace asyncert::apsgd {

namespace {

bool is_finite(const Ball& x) { return x.is_finite(); }
bool is_finite(double x) { return std::isfinite(x); }

/// With coefficients in `Exact` and roots in `Real`: Rational and Ball, or double twice.
template <class Exact, class Real>
Object rate(const Inputs& in) {
  using std::exp, std::expm1, std::log;
  const RateInput<Exact> p{in.number<Exact>("theta"), in.number<Exact>("omega"), in.number<Exact>("lambda_min"),
                           in.number<Exact>("lambda_max"), in.number<Exact>("delta")};
  const RecursionOf<Exact> r = recursion(p);
  const Exact one(1), zero(0);
  const bool delayed = zero < p.delta, stable = zero < r.one_minus_K1_K2;
  Object o;
  o.add("omega_star", r.omega_star).add("case", r.case_name).add("alpha", r.alpha).add("K1", r.K1).add("K2", r.K2);
  o.add("one_minus_K1_K2", r.one_minus_K1_K2);
  const Real y = negative_log_root(r, p.delta);
  o.add("neg_log_rho", y);
  if (is_finite(y)) {
    o.add("rho", exp(Real(-y)))
        .add("one_minus_rho", Real(-expm1(Real(-y))))
        .add("rho_pow_delta", exp(Real(-(Real(p.delta) * y))));
  } else {  // K1 = K2 = 0: one update solves the system
    o.add("rho", 0).add("one_minus_rho", 1).add("rho_pow_delta", delayed ? 0 : 1);
  }
  if (!delayed) return o.add("chi_rho", {}).add("U", {});
  const Exact numerator = r.K2 + one / p.delta, denominator = r.one_minus_K1 + one / p.delta;
  if (zero < denominator) {
    const Exact u_pow = numerator / denominator;
    o.add("u_pow_delta", u_pow).add("u", exp(Real(log(Real(u_pow)) / Real(p.delta))));
  }
  if (!stable) return o.add("chi_rho", {}).add("U", {});
  o.add("chi_rho", is_finite(y) ? Value(Real(Real(-1) / expm1(Real(-(Real(p.delta) * y))))) : Value(1));
  return o.add("U", Exact(denominator / r.one_minus_K1_K2));
}

}  // namespace

void register_rate_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "apsgd.rate",
      .summary = "Coefficients of the delayed two-term recursion, its growth factor rho, the bound u, and unit-time "
                 "complexities.",
      .source = "Definition 1, Theorems 5-6, Lemmas 7-8, (21)-(38)",
      .parameters =
          {
              real("theta", "\\theta", "damping of the master's update").at_least(0).at_most(1),
              real("omega", "\\omega", "relaxation of the workers' step").at_least(0),
              real("lambda_min", "\\lambda_{\\min}^+", "smallest nonzero eigenvalue of W").above(0).at_most(1),
              real("lambda_max", "\\lambda_{\\max}", "largest eigenvalue of W").above(0).at_most(1),
              real("delta", "\\delta", "delay in updates").at_least(0),
          },
      .outputs = {"omega_star: 2/(lambda_min + lambda_max)", "case: which of the six cases of Theorem 5 applies",
                  "alpha: norm of I - omega W over the nonzero spectrum", "K1: weight of the newest term",
                  "K2: weight of the delayed term", "one_minus_K1_K2: positive exactly when rho < 1",
                  "neg_log_rho: -ln rho", "rho: positive root of g^(delta+1) = K1 g^delta + K2",
                  "one_minus_rho: 1 - rho, to full relative accuracy", "rho_pow_delta: rate of one unit of time",
                  "u_pow_delta: Lemma 7's bound of rho^delta (delta > 0)", "u: Lemma 7's bound of rho (delta > 0)",
                  "chi_rho: 1/(1 - rho^delta), where rho < 1 and delta > 0",
                  "U: Lemma 8's bound of chi_rho, where rho < 1 and delta > 0"},
      .validate = check_spectrum,
      .enclosed = rate<Rational, Ball>,
      .floating = rate<double, double>,
  });
}

}  // namespace asyncert::apsgd
