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

/// f and x in units t times smaller, so that gradients, and with them s and the accuracies, keep their numbers: the gap
/// becomes t times larger, L t times and rho t^2 times smaller, and eta = 1/(wML) t times larger. K of Definition 2
/// counts steps and stays, while L (f(x_0)-f_*)/eta^2 falls by t^2.
Evidence theorem1_units() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "in units of f and x that are t times smaller gradients, s, eps1 and eps2 keep their numbers, as d, M, T, w and "
      "the K of Definition 2 do, while the gap is t times larger, L and rho are t and t^2 times smaller and eta is t "
      "times larger: L Delta/eta^2 is then t^2 times smaller, so that no C will do that depends on the others; "
      "enclosed at a feasible setting for t = 1e6 and 1e12";
  const EscapeSetting base = feasible_settings().front();
  const EscapeConstants<Ball> before = base.constants();
  const Ball steps = max(before.K1, before.K2);
  for (const long power : {6L, 12L}) {
    EscapeSetting s = base;
    const Rational t = pow(Rational(10), power);
    s.L = s.L / t, s.rho = s.rho / (t * t), s.Delta_f = s.Delta_f * t;
    const EscapeConstants<Ball> k = s.constants();
    const Ball K = max(k.K1, k.K2);
    e.comparisons.push_back({.label = "K <= C L (f(x_0)-f_*)/eta^2",
                             .left = K,
                             .right = Ball(t * s.L * s.Delta_f * pow(s.w * Rational(s.M) * s.L, 2)),
                             .instance = s.instance().add("C", t)});
    e.hypotheses.push_back({"K is what it is at t = 1, to 1e-20 of it",
                            certainly_less(abs(K - steps), steps * Ball(Rational::parse("1e-20"))), ""});
    e.hypotheses.push_back({"(b), (c) and (8)", certainly_less(k.lhs_b, 1) && certainly_less(k.lhs_c, k.p) &&
                                                    certainly_less(log(Ball(48)), k.lhs_8)});
  }
  return e;
}

/// K/d at fixed accuracies, s, M, L, T, rho and gap: 3F <= eps1^2 is w >= 600 sigma^2 T/eps1^2, sigma^2 >= c1^2 d s^2,
/// and K2
/// >= 50 iota Delta u kappa w^2 L/r^2 is at least a multiple of u c1^2 d, where c1^2 = 576 ln(6 (d+1)) and u grow with
/// d.
Evidence theorem1_dimension() {
  Certificate e(
      "K >= 50 iota Delta u kappa L w^2/r^2 with w >= 600 sigma^2 T/eps1^2 and sigma^2 >= r^2 = c1^2 d s^2 is at least "
      "a "
      "multiple of u c1^2 d, and both c1^2 = 576 ln(6 (d+1)) and u, 4^u >= 4320 d u, exceed every bound as d grows: "
      "K/d "
      "against its value at d = 1, enclosed at the least w, for d = 1e6, 1e100 and 1e1000");
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
    e.compare({.label = "C K(1) < K/d",
               .left = Ball(factor) * start,
               .relation = Relation::less,
               .right = share(pow(Rational(10), power)),
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
      "(1 + 1/c1^2) (10 + ln d) at most, c1 at d = 1, both linear in ln d. 4^u is convex and the other side exceeds it "
      "at u = 1, so that v > 1 does not lie below the smaller root");
  const Ball A2 = Ball(4320) * (Ball(1) + Ball(1) / (noise_factor(Ball(1)) * noise_factor(Ball(1)))), scale(262144);
  e.compare({.label = "at u = 1: 4 < 4320 <= A^2 (1 + th)",
             .left = Rational(4),
             .relation = Relation::less,
             .right = Rational(4320)});
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
           R"($K=O(\epsilon^{-4})$ with the constants (6): $K\epsilon^4\le C$ for some $C$ that does not depend on $\epsilon$, every $\epsilon=\epsilon_1=\epsilon_2\le1$ and some $w$ with $3F\le\epsilon^2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return theorem1_exponent(); },
       .note = "The exponent is 4.5: kappa contributes eps^{-1/2}.",
       .instead = "pasgd.theorem1.order"});
  registry.add(
      {.id = "pasgd.theorem1.units.printed",
       .source = "Theorem 1",
       .statement =
           R"(The number of steps is $O(L(f(x_0)-f_*)/\eta^2)$: $K\le CL(f(x_0)-f_*)/\eta^2$ for some $C$ that depends on $d$, $M$, $T$, $s$, $\delta$, $\epsilon_1$ and $\epsilon_2$ only)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return theorem1_units(); },
       .uses = {"pasgd.definition2.maximum"},
       .note = "The two sides have different units: sigma^2 L^2 is missing under the fraction, see pasgd.theorem1.",
       .instead = "pasgd.theorem1"});
  registry.add(
      {.id = "pasgd.theorem1.dimension",
       .source = "Theorem 1",
       .statement =
           R"(With the constants (6) $K/d$ exceeds every bound as $d$ grows, whatever $w$ with $3F\le\epsilon_1^2$, at fixed $M,T,L,\rho,s,\delta,\epsilon_1,\epsilon_2$ and $f(x_0)-f_*$)",
       .procedure = [](const Context&) { return theorem1_dimension(); },
       .uses = {"pasgd.definition2.maximum"},
       .note = "By the factor u c1^2 at least, of order log^2 d. So the O(d/eps^4) of the theorem leaves logarithms "
               "out; the "
               "paper does not say so, but its r ~ O(sqrt(d) s) leaves out the root of log d in c1 as well."});
  registry.add({.id = "pasgd.equation7.order",
                .source = "Section 4.1, after (8)",
                .statement = R"(The larger root of (7) is at most $9+\ln d$ for $T\le w$)",
                .procedure = [](const Context&) { return order_of_u(); },
                .bound = true});
}

}  // namespace asyncert::pasgd
