// The best damping and relaxation, and the smallest numbers of processors, as quantities.
#include <cmath>

#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/optimum.hpp"
#include "bounds/apsgd/quantities.hpp"

namespace asyncert::apsgd {

namespace {

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

void register_optimum_quantities(QuantityRegistry& registry) {
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
}

}  // namespace asyncert::apsgd
