// The registered quantities of the paper on asynchronous parallel SGD for linear systems.
#include <cmath>

#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/optimum.hpp"
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/spectral_quantities.hpp"
#include "lib/errors.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

using namespace apsgd;

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

void check_spectrum(const Inputs& in) {
  const Rational &l = in.rational("lambda_min"), &L = in.rational("lambda_max");
  if (L < l) throw DomainError("lambda_min", l.to_decimal(17), "lambda_min <= lambda_max = " + L.to_decimal(17));
}

Object optimum(const Inputs& in) {
  const Spectrum s{in.rational("lambda_min"), in.rational("lambda_max")};
  const Rational tau = in.rational("tau"), delta = in.rational("c") * tau, one(1), two(2);
  const Rational k = s.sum(), star = s.omega_star(), per_l = one / s.l;
  const auto U = [&](const Rational& omega) { return (per_l * scaled_minimum_bound(s, omega, delta)).enclosure(); };
  Object o;
  o.add("delta_a", delta).add("theta1", best_theta(s, one, delta)).add("U_theta1_1", U(one));
  const Rational q1 = one + two * delta * (one - s.l);
  o.add("U_theta1_1_printed53",
        (per_l * Surd{Rational(3, 4) + one / (Rational(4) * delta), one / (Rational(4) * delta), q1}).enclosure());
  if (k >= one) {
    const Rational q = one + delta * (two - k);
    const Ball root = sqrt(Ball(q)), theta = Ball(k) / (Ball(1) + root);
    o.add("theta_omegastar", best_theta(s, star, delta))
        .add("U_omegastar", U(star))
        .add("theta_omegastar_printed54", theta);
    o.add("U_omegastar_printed56", (per_l * scaled_printed_56(s, delta)).enclosure());
    const Ball numerator = root + Ball(delta + one + delta * (one - k) * s.l);
    o.add("U_at_printed_theta",
          (Ball((Rational(3) * s.l + s.L) / Rational(4)) + numerator / (Ball(two * delta) * root)) * Ball(per_l));
  }
  if (k <= one) o.add("theta2", best_theta(s, two, delta)).add("U_theta2_2", U(two));
  const Rational omega = best_omega(s, delta), sync = xi(s, tau);
  o.add("U_min_region", U(omega)).add("U_min_omega", omega);
  o.add("xi_s", sync).add("chi_sync", sync / s.l).add("rho_sync", one - s.l / sync);
  o.add("chi_sync_tight", scaled_tight_synchronous(s, tau) / s.l);
  return o.add("chi_rho_min_region", best_rate_complexity(s, delta));
}

/// The same closed forms in double. Which omega is best is compared in double, too, and may differ at a tie.
Object optimum_double(const Inputs& in) {
  const double l = in.number<double>("lambda_min"), L = in.number<double>("lambda_max"), tau = in.number<double>("tau"),
               delta = in.number<double>("c") * tau, k = l + L;
  const Relaxation unit{1, 0, -1}, twice{2, 1, 0}, star = best_relaxation(l, L);
  // 2 - k without cancellation where both eigenvalues are close to 1.
  const double below_two = (1 - l) + (1 - L);
  Object o;
  const ClosedForm at_one = closed_form(l, L, unit, delta);
  o.add("delta_a", delta).add("theta1", at_one.theta).add("U_theta1_1", at_one.bound);
  o.add("U_theta1_1_printed53", (0.75 + (1 + std::sqrt(1 + 2 * delta * (1 - l))) / (4 * delta)) / l);
  if (k >= 1) {
    const ClosedForm at_star = closed_form(l, L, star, delta);
    const double root = std::sqrt(1 + delta * below_two), numerator = delta + 1 + delta * ((1 - L) - l) * l;
    o.add("theta_omegastar", at_star.theta).add("U_omegastar", at_star.bound);
    o.add("theta_omegastar_printed54", k / (1 + root));
    o.add("U_omegastar_printed56", ((3 * l + L) / 4 + 1 / (2 * delta) + numerator / (delta * root)) / l);
    o.add("U_at_printed_theta", ((3 * l + L) / 4 + (root + numerator) / (2 * delta * root)) / l);
  }
  if (k <= 1) {
    const ClosedForm at_two = closed_form(l, L, twice, delta);
    o.add("theta2", at_two.theta).add("U_theta2_2", at_two.bound);
  }
  double omega = star.omega, least = closed_form(l, L, star, delta).bound;
  if (star.minus_two > 0)
    if (const double near = closed_form(l, L, twice, delta).bound; near <= least) omega = 2, least = near;
  const double sync = (1 + (tau - 1) * L) / tau, rest = (tau - 1) / tau, x = 1 / tau + rest * k;
  const double tight = (tau - 1) * (L - l) <= 1 ? l + (1 - l) / tau : x * x / (4 * L * rest);
  o.add("U_min_region", least).add("U_min_omega", omega).add("xi_s", sync).add("chi_sync", sync / l);
  o.add("rho_sync", ((1 - L) / tau + (L - l)) / sync);
  return o.add("chi_sync_tight", tight / l).add("chi_rho_min_region", best_rate_complexity(l, L, delta));
}

Value or_null(const std::optional<Rational>& x) { return x ? Value(*x) : Value(); }

Object shown(const MinimumProcessors& m) {
  Object o;
  o.add("first", or_null(m.first)).add("first_ge2", or_null(m.first_ge2)).add("always_from", or_null(m.always_from));
  List ties;
  for (const Rational& tie : m.ties) ties.emplace_back(tie);
  o.add("ties", std::move(ties));
  if (m.scanned_to) o.add("scanned_to", Rational(*m.scanned_to));
  return o;
}

Object min_tau(const Inputs& in) {
  const Spectrum s{in.rational("lambda_min"), in.rational("lambda_max")};
  const Rational c = in.rational("c"), one(1);
  Object o;
  const auto add = [&](const char* name, Definition d) {
    if (applies(d, s)) o.add(name, shown(minimum_processors(s, c, d)));
  };
  add("printed", Definition::printed);
  add("equation_61", Definition::equation_61);
  const MinimumProcessors bound = minimum_processors(s, c, Definition::bound);
  o.add("bound", shown(bound));
  add("rate", Definition::rate);
  add("rate_one_less", Definition::rate_one_less);
  add("bound_vs_tight", Definition::bound_vs_tight);
  if (!bound.first_ge2) return o;
  const auto margin_value = [&](const Rational& tau) {
    const Surd m = margin(s, c, tau, Definition::bound);
    return m.sign() == 0 ? Value(0) : Value(m.enclosure());
  };
  return o.add("margin_at", margin_value(*bound.first_ge2)).add("margin_before", margin_value(*bound.first_ge2 - one));
}

}  // namespace

void register_apsgd_quantities(QuantityRegistry& registry) {
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

  const Parameter lambda_min =
      real("lambda_min", "\\lambda_{\\min}^+", "smallest nonzero eigenvalue of W").above(0).at_most(1);
  const Parameter lambda_max = real("lambda_max", "\\lambda_{\\max}", "largest eigenvalue of W").above(0).at_most(1);
  const Parameter speed = real("c", "c", "updates of one unit of time over the number of processors").at_least(1);
  registry.add({
      .name = "apsgd.optimum",
      .summary =
          "Best damping and relaxation under each printed and corrected form, and the complexities per unit of time.",
      .source = "Lemmas 9-13, (39)-(69), Table 1, (10)-(12)",
      .parameters = {lambda_min, lambda_max, speed, integer("tau", "\\tau", "number of processors").at_least(1)},
      .outputs = {"delta_a: delay c tau", "theta1: minimiser of U(theta, 1)", "U_theta1_1: its value",
                  "U_theta1_1_printed53: the printed value (53)",
                  "theta_omegastar: minimiser of U(theta, omega*) (where lambda_min + lambda_max >= 1)",
                  "U_omegastar: its value", "theta_omegastar_printed54: the printed minimiser (54)",
                  "U_omegastar_printed56: the printed value (56)", "U_at_printed_theta: U at the printed minimiser",
                  "theta2: minimiser of U(theta, 2) (where lambda_min + lambda_max <= 1)", "U_theta2_2: its value (61)",
                  "U_min_region: minimum of U over theta in [0,1], omega in [1, omega*]",
                  "U_min_omega: where it is taken", "xi_s: lambda_min chi_sync", "chi_sync: the synchronous bound (11)",
                  "rho_sync: its rate 1 - 1/chi_sync",
                  "chi_sync_tight: exact best one-step complexity of the synchronous method",
                  "chi_rho_min_region: minimum of 1/(1 - rho^delta) over the same region"},
      .validate = check_spectrum,
      .enclosed = optimum,
      .floating = optimum_double,
  });

  registry.add({
      .name = "apsgd.min_tau",
      .summary =
          "Smallest number of processors with which the asynchronous method beats the synchronous one, by definition.",
      .source = "Section 4, Tables 2 and 3",
      .parameters = {lambda_min, lambda_max, speed},
      .outputs = {"printed: {first, first_ge2, always_from, ties} by (56); where lambda_min + lambda_max >= 1",
                  "equation_61: the same by (61); where lambda_min + lambda_max <= 1",
                  "bound: by the exact minimum of U", "rate: by the exact minimum of 1/(1 - rho^delta)",
                  "rate_one_less: by the same with a delay of delta - 1 updates",
                  "bound_vs_tight: the minimum of U against the exact one-step rate of the synchronous method",
                  "margin_at: lambda_min (chi_sync - U) at bound.first_ge2",
                  "margin_before: the same with one processor less"},
      .validate = check_spectrum,
      .enclosed = min_tau,
  });
  register_spectral_quantities(registry);
}

}  // namespace asyncert
