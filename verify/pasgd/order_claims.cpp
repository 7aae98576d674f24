// Orders of growth that the paper states: of Theorem 1's step size and number of steps, and of u.
#include "bounds/pasgd/constants.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

/// 3F <= eps^2 at the printed step size eta = C/(eps (T+1)), M = L = 1: F = 200 sigma^2 eta T.
Evidence theorem1_step() {
  Evidence e;
  e.method =
      "exact in eps, T = 1, d = 1: 600 sigma^2 eta T <= eps^2 fails for every C once eps^3 < 300 C sigma^2; shown for "
      "C = 1, 1e-6, 1e-12";
  for (const Rational& C : {Rational(1), Rational::parse("1e-6"), Rational::parse("1e-12")}) {
    const Rational sigma2(1), eps = Rational::parse("1e-4");
    e.comparisons.push_back(
        {.label = "3F <= eps^2",
         .left = Rational(600) * sigma2 * C / (eps * Rational(2)),
         .right = eps * eps,
         .instance = Object().add("C", C).add("eps", eps).add("T", 1).add("sigma^2 at least", sigma2)});
  }
  return e;
}

/// K eps^4 with eps1 = eps2 = eps. 3F <= eps^2 is w >= 600 sigma^2 T/eps^2; K2 = 50 iota Delta Tmax/(M eta r^2) with
/// Tmax >= u kappa w, u >= u_min, kappa = L/sqrt(rho eps) and 1/(M eta) = w L is then at least B eps^{-9/2},
/// B = 50 iota Delta u_min L^2 (600 sigma^2 T)^2/(r^2 sqrt rho).
Evidence theorem1_exponent() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "K >= B eps^{-9/2} for every w with 3F <= eps^2, as K rises with w, so that K eps^4 > C for every C where eps < "
      "min(1, (B/C)^2): exponents of eps in 1/(M eta), Tmax and kappa, exact; and K2 enclosed at the least such w for "
      "C "
      "= 1e6, 1e12, 1e24";
  const EscapeSetting base = feasible_settings().front();
  const EscapeConstants<Ball> k = base.constants();
  const Ball least = Ball(50) * k.iota * Ball(base.Delta_f) * smallest_u(Ball(4320), Ball(0)) *
                     Ball(base.L * base.L * pow(Rational(600 * base.T), 2)) * k.sigma2 * k.sigma2 /
                     (k.r * k.r * sqrt(Ball(base.rho)));
  e.comparisons.push_back({.label = "exponent of 1/eps in w L, w and kappa together <= 4",
                           .left = Rational(2) + Rational(2) + Rational(1, 2),
                           .right = Rational(4),
                           .instance = Object().add("w", "600 sigma^2 T/eps^2, or more")});
  for (const long power : {6L, 12L, 24L}) {
    EscapeSetting s = base;
    const Rational C = pow(Rational(10), power);
    // (B/C)^2 from below, as a power of ten.
    s.eps2 = Rational(1, 10);
    while (!certainly_less(Ball(s.eps2), least * least / Ball(C * C))) s.eps2 = s.eps2 / Rational(10);
    const Ball w = Ball(Rational(600 * s.T) / (s.eps2 * s.eps2)) * k.sigma2;
    const EscapeConstants<Ball> at =
        escape_constants<Ball>({Ball(s.d), Ball(s.M), Ball(s.L), Ball(s.rho), Ball(s.eps2), Ball(s.eps2), Ball(s.s),
                                Ball(s.T), Ball(s.Delta_f), Ball(Rational(1, 20)), w});
    e.comparisons.push_back({.label = "K eps^4 <= C at the least w with 3F <= eps^2",
                             .left = at.K2 * Ball(pow(s.eps2, 4)),
                             .right = C,
                             .instance = Object().add("C", C).add("eps", s.eps2).add("d", s.d).add("T", s.T)});
    e.hypotheses.push_back({"(b), (c) and (8)", certainly_less(at.lhs_b, 1) && certainly_less(at.lhs_c, at.p) &&
                                                    certainly_less(log(Ball(48)), at.lhs_8)});
  }
  return e;
}

/// f times 1/t, and with it L, rho, s, the accuracies and the gap: eta times t leaves the iterates what they are, and K
/// of Definition 2 with them, while L (f(x_0)-f_*)/eta^2 falls by t^4.
Evidence theorem1_units() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "K of Definition 2 does not change when f and all that has its unit (L, rho, s, sqrt(rho eps2), the gap) are "
      "divided by t, which multiplies eta = 1/(wML) by t: L Delta/eta^2 is then t^4 times smaller, so that no C will "
      "do; "
      "enclosed at a feasible setting for t = 1e6 and 1e12";
  for (const long power : {6L, 12L}) {
    EscapeSetting s = feasible_settings().front();
    const Rational t = pow(Rational(10), power);
    for (Rational* x : {&s.L, &s.rho, &s.eps2, &s.s, &s.Delta_f}) *x = *x / t;
    const EscapeConstants<Ball> k = s.constants();
    e.comparisons.push_back({.label = "K <= C L (f(x_0)-f_*)/eta^2",
                             .left = max(k.K1, k.K2),
                             .right = Ball(pow(t, 2) * s.L * s.Delta_f * pow(s.w * Rational(s.M) * s.L, 2)),
                             .instance = s.instance().add("C", pow(t, 2))});
    e.hypotheses.push_back({"(b), (c) and (8)", certainly_less(k.lhs_b, 1) && certainly_less(k.lhs_c, k.p) &&
                                                    certainly_less(log(Ball(48)), k.lhs_8)});
  }
  return e;
}

/// K/d at fixed accuracies, scale s and gap: 3F <= eps1^2 is w >= 600 sigma^2 T/eps1^2, sigma^2 >= c1^2 d s^2, and K2
/// >= 50 iota Delta u kappa w^2 L/r^2 is at least a multiple of u c1^2 d, where c1^2 = 576 ln(6 (d+1)) and u grow with
/// d.
Evidence theorem1_dimension() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "K >= 50 iota Delta u kappa L w^2/r^2 with w >= 600 sigma^2 T/eps1^2 and sigma^2 >= r^2 = c1^2 d s^2 is at least "
      "a "
      "multiple of u c1^2 d, and both c1^2 = 576 ln(6 (d+1)) and u, 4^u >= 4320 d u, exceed every bound as d grows: "
      "K/d "
      "against its value at d = 1, enclosed at the least w, for d = 1e6, 1e100 and 1e1000";
  const auto share = [&](const Rational& d) {
    const EscapeSetting base = feasible_settings().front();
    const auto at = [&](const Ball& w) {
      return escape_constants<Ball>({Ball(d), Ball(base.M), Ball(base.L), Ball(base.rho), Ball(Rational(1, 10)),
                                     Ball(base.eps2), Ball(Rational(1)), Ball(base.T), Ball(base.Delta_f),
                                     Ball(Rational(1, 20)), w});
    };
    return at(Ball(Rational(60000 * base.T)) * at(Ball(1000000)).sigma2).K2 / Ball(d);
  };
  const Ball start = share(1);
  for (const auto& [power, factor] : {std::pair{6L, 10L}, {100L, 1000L}, {1000L, 100000L}})
    e.comparisons.push_back({.label = "K/d <= C K(1)",
                             .left = share(pow(Rational(10), power)),
                             .right = Ball(factor) * start,
                             .instance = Object().add("d", pow(Rational(10), power)).add("C", factor)});
  return e;
}

/// 4^{9 + ln d} = 4^9 d^{ln 4} against A^2 (u + T/w), A^2 = 4320 d (1 + 1/(c1^2 d)): over d it falls behind first at d
/// = 1, since d^{ln 4 - 1} grows faster than (10 + ln d)/10 = 1 + (ln d)/10.
Evidence order_of_u() {
  Certificate e(
      "4^v >= A^2 (v + th) at v = 9 + ln d with A^2 = 4320 d (1 + 1/(c1^2 d)) and th = T/w <= 1, so that the larger "
      "root "
      "is at most v: over d the left side is 4^9 e^{(ln 4 - 1) ln d} >= 4^9 (1 + (ln 4 - 1) ln d), the right one 4320 "
      "(1 + 1/c1^2) (10 + ln d) at most, c1 at d = 1, both linear in ln d; and beyond the larger root 4^u exceeds the "
      "other side");
  const Ball A2 = Ball(4320) * (Ball(1) + Ball(1) / (noise_factor(Ball(1)) * noise_factor(Ball(1)))), scale(262144);
  e.compare({.label = "constant terms: 4320 (1 + 1/c1^2) 10 <= 4^9", .left = Ball(10) * A2, .right = scale});
  e.compare(
      {.label = "terms of ln d: 4320 (1 + 1/c1^2) <= 4^9 (ln 4 - 1)", .left = A2, .right = scale * (log(Ball(4)) - 1)});
  for (const EscapeSetting& s : feasible_settings())
    e.compare({.label = "u <= 9 + ln d",
               .left = s.constants().u,
               .right = Ball(9) + log(Ball(s.d)),
               .instance = s.instance()});
  return e;
}

}  // namespace

void register_order_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.theorem1.step_size.printed",
                .source = "Theorem 1",
                .statement = R"(A step size of order $1/(\epsilon\max(T+1,\sqrt d))$ gives $3F\le\epsilon^2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem1_step(); },
                .note = "It grows as eps falls; 3F <= eps^2 needs a step of order eps^2.",
                .instead = "pasgd.theorem1"});
  registry.add(
      {.id = "pasgd.theorem1.exponent.printed",
       .source = "Theorem 1",
       .statement =
           R"($K=O(\epsilon^{-4})$ with the constants (6): $K\epsilon^4\le C$ for some $C$ and every $\epsilon=\epsilon_1=\epsilon_2\le1$ with $3F\le\epsilon^2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return theorem1_exponent(); },
       .note = "The exponent is 4.5: kappa contributes eps^{-1/2}.",
       .instead = "pasgd.theorem1.order"});
  registry.add(
      {.id = "pasgd.theorem1.units.printed",
       .source = "Theorem 1",
       .statement = R"(The number of steps is $O(L(f(x_0)-f_*)/\eta^2)$: $K\le CL(f(x_0)-f_*)/\eta^2$ for some $C$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return theorem1_units(); },
       .uses = {"pasgd.definition2.maximum"},
       .note = "The two sides have different units: sigma^2 L^2 is missing under the fraction, see pasgd.theorem1.",
       .instead = "pasgd.theorem1"});
  registry.add(
      {.id = "pasgd.theorem1.dimension.printed",
       .source = "Theorem 1",
       .statement = R"($K=O(d)$ with the constants (6), for $3F\le\epsilon_1^2$: $K\le Cd$ for some $C$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return theorem1_dimension(); },
       .uses = {"pasgd.definition2.maximum"},
       .note = "By the factor u c1^2, of order log^2 d.",
       .no_correction = "The order is d log^2 d with these constants, which have no proof (pasgd.equation25.never)."});
  registry.add({.id = "pasgd.equation7.order",
                .source = "Section 4.1, after (8)",
                .statement = R"(The larger root of (7) is at most $9+\ln d$ for $T\le w$)",
                .procedure = [](const Context&) { return order_of_u(); },
                .bound = true});
}

}  // namespace asyncert::pasgd
