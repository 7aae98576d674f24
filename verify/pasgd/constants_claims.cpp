// The constants (6)-(9), the conditions (a)-(c), Definition 2, Lemma 11, and the rates that Theorem 1 states.
#include "bounds/pasgd/constants.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

/// Appends (a), (b), (c), (8), (9) at one setting.
void add_conditions(Evidence& e, const EscapeSetting& s) {
  const EscapeConstants<Ball> k = s.constants();
  const Object at = s.instance();
  e.comparisons.push_back({.label = "(a): 0 < w^2 - 3w/2 - 2T^2",
                           .left = Rational(0),
                           .relation = Relation::less,
                           .right = condition_a(s.w, Rational(s.T)),
                           .instance = at});
  e.comparisons.push_back(
      {.label = "(b): 32 T^2 Tmax/w^2 <= 1", .left = k.lhs_b, .right = Rational(1), .instance = at});
  e.comparisons.push_back({.label = "(c): eta M Tmax rho S <= p", .left = k.lhs_c, .right = k.p, .instance = at});
  e.comparisons.push_back({.label = "(8): ln 48 <= u e^f/a", .left = log(Ball(48)), .right = k.lhs_8, .instance = at});
  e.comparisons.push_back(
      {.label = "(9): 2 T^3 <= w^2", .left = Rational(2) * pow(Rational(s.T), 3), .right = s.w * s.w, .instance = at});
}

Evidence feasible() {
  Evidence e;
  e.method = "enclosed at four settings with small noise, u the larger root of (7)";
  for (const EscapeSetting& s : feasible_settings()) add_conditions(e, s);
  return e;
}

Evidence feasible_at(const Rational& w) {
  Evidence e;
  e.method = "enclosed, u the larger root of (7)";
  EscapeSetting s = feasible_settings().front();
  s.w = w;
  add_conditions(e, s);
  return e;
}

/// w = T + 1 in w^2 - 3w/2 - 2T^2 = -(T^2 - T/2 + 1/2): negative for every T, since its discriminant 1/4 - 2 is.
Evidence step_of_section6() {
  Evidence e;
  e.method = "exact: eta = 1/(M L (T+1)) is w = T + 1";
  for (long T : {1L, 2L, 10L, 1000000L})
    e.comparisons.push_back({.label = "(a): 0 < w^2 - 3w/2 - 2T^2",
                             .left = Rational(0),
                             .relation = Relation::less,
                             .right = condition_a(Rational(T + 1), Rational(T)),
                             .instance = Object().add("T", T).add("w", T + 1)});
  return e;
}

/// (b) with Tmax >= T: 32 T^3 <= w^2, sixteen times (9).
Evidence equation9() {
  return single({.label = "2 T^3 x 16 <= 32 T^2 Tmax, by Tmax >= T: 32 <= 32",
                 .left = Rational(2 * 16),
                 .right = Rational(8 * noise_constant)},
                "the coefficients of T^3/w^2 in (9) and of T^2 Tmax/w^2 in (b) at c = 4", Coverage::domain);
}

/// The requirement of the display in the proof of Theorem 7: 2^u >= 12 sqrt(30 c d (u + qT)) sigma/r.
Evidence equation7(bool with_c) {
  Evidence e;
  e.method =
      "enclosed, 2^u at the smallest u against 12 sqrt(30 c d (u + q T)) sigma/r, which S with its 15 c Tmax needs";
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    const Ball u = with_c ? k.u_with_c : k.u;
    e.comparisons.push_back(
        {.label = "12 sqrt(30 c d (u + qT)) sigma/r <= 2^u",
         .left = Ball(12) * sqrt(Ball(30 * noise_constant) * Ball(s.d) * (u + k.q * Ball(s.T)) * k.sigma2) / k.r,
         .right = exp(u * log(Ball(2))),
         .instance = s.instance()});
  }
  return e;
}

/// d = M = L = rho = eps2 = T = 1, s = 1e-6, w = 1e6, u = 1e-5: (7), (8), (a)-(c) hold with a Tmax of 11 steps, in
/// which f(x) = -x^2/2 moves from 0 by noise alone: sum_k x_k^2 has expectation at most (eta r)^2 55 (1 + a)^20.
Evidence small_branch(bool larger_root_required) {
  const Rational w(1000000), u(1, 100000), tiny(1, 1000000);
  const EscapeConstants<Ball> k =
      escape_constants<Ball>({1, 1, 1, 1, Ball(Rational(1, 10)), 1, Ball(tiny), 1, 1, Ball(Rational(1, 20)), Ball(w)});
  const Ball length = Ball(1) + Ball(u) * exp(k.f) / k.a, S = sqrt(k.sigma2 * Ball(60) * length) / Ball(w);
  Evidence e = single(
      {.label = "1/24 <= P(sum |grad f|^2 >= F2), by Markov at most E sum / F2",
       .left = Rational(1, 24),
       .right = Rational(55, 2) * pow(tiny, 2) * pow(Rational(1) + tiny, 20),
       .instance = Object().add("u", u).add("w", w).add("Tmax", 11).add("f", "-x^2/2 from x = 0, delays at most 1")},
      "exact second moments of 11 steps: Var x_k <= k (eta r)^2 (1+a)^{2k}, F2 = 2 r^2");
  const auto require = [&](const char* what, bool holds) {
    e.hypotheses.push_back({.statement = what, .realised = holds});
  };
  require("(7) as printed", certainly_less_equal(Ball(12) * sqrt(Ball(30) * Ball(u + Rational(1) / w) * k.sigma2) / k.r,
                                                 exp(Ball(u) * log(Ball(2)))));
  require("(8)", certainly_less_equal(log(Ball(48)), Ball(u) * exp(k.f) / k.a));
  require("(a)", condition_a(w, Rational(1)).sign() > 0);
  require("(b)", certainly_less_equal(Ball(32) * length / Ball(w * w), 1));
  require("(c)", certainly_less_equal(length * S / Ball(w), k.p));
  require("Tmax is between 11 and 12", certainly_less(11, length) && certainly_less(length, 12));
  if (larger_root_required) require("u is at least the larger root of (7)", certainly_less_equal(k.u, Ball(u)));
  return e;
}

/// Noise over descent in (25) is at least 1536 kappa u e^f >= 1536 u, u at least its value at d = 1 without noise of
/// the samples.
Evidence equation25(bool printed) {
  Evidence e;
  if (printed) {
    e.method = "enclosed at the feasible settings, K = 4 Tmax N steps with N good windows";
    for (const EscapeSetting& s : feasible_settings())
      e.comparisons.push_back({.label = "noise / descent < 1",
                               .left = s.constants().noise_over_descent,
                               .relation = Relation::less,
                               .right = Rational(1),
                               .instance = s.instance()});
    return e;
  }
  // ratio = 1024 Tmax (sigma/r)^2 (3/(2w) + T^2/w^2) >= 1536 (Tmax/w), and Tmax/w >= kappa u e^f; u rises with A^2 >=
  // 4320 and T/w.
  return single(
      {.label = "11000 <= 1536 u_min", .left = Rational(11000), .right = Ball(1536) * smallest_u(Ball(4320), Ball(0))},
      "noise/descent = 1024 Tmax (sigma/r)^2 (3/(2w) + T^2/w^2) >= 1536 kappa u e^f with kappa >= 1, and u >= its "
      "least value",
      Coverage::domain);
}

/// With F2' = 1536 c sigma^2 eta M L Tmax the same ratio is (1/2)(1 + 2T^2/(3w)), whatever u: an identity in w and T.
Evidence equation25_repaired() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "the common factor c sigma^2 Tmax M eta cancels; rational functions of degree 2, compared at 4 x 4 points; at "
      "most 1 under (a) and (b)";
  for (long T = 1; T <= 4; ++T)
    for (long i = 1; i <= 4; ++i) {
      const Rational w(10 * i), t(T), noise = Rational(3, 2) / w + t * t / (w * w),
                                      descent = Rational(1536) / w / Rational(128);
      e.comparisons.push_back({.label = "noise/descent = (1 + 2T^2/(3w))/2",
                               .left = Rational(4) * noise / descent,
                               .relation = Relation::equal,
                               .right = (Rational(1) + Rational(2) * t * t / (Rational(3) * w)) / Rational(2),
                               .instance = Object().add("T", T).add("w", w)});
    }
  return e;
}

/// (20): (3 eta^2 L/2) M^2 c sigma^2 K = (K/8T)(3 M eta/8) x c sigma^2 with x = 32 eta M L T.
Evidence equation20(const Rational& coefficient) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = "both sides are monomials in eta, M, L, T: compared at two points";
  for (long i = 1; i <= 2; ++i) {
    const Rational eta(1, 10 * i), M(3), L(2), T(5 * i);
    e.comparisons.push_back({.label = "3 eta^2 L M^2/2 = (3 M eta/(64 T)) x, x = coefficient eta M L T",
                             .left = Rational(3, 2) * eta * eta * L * M * M,
                             .relation = Relation::equal,
                             .right = Rational(3) * M * eta / (Rational(64) * T) * coefficient * eta * M * L * T,
                             .instance = Object().add("coefficient", coefficient)});
  }
  return e;
}

/// Definition 2: K2/K1 = 100 (sigma/r)^2 Tmax/w >= 100 kappa u e^f.
Evidence k1_below_k2() {
  Evidence e = single(
      {.label = "1 <= 100 u_min", .left = Rational(1), .right = Ball(100) * smallest_u(Ball(4320), Ball(0))},
      "K2/K1 = 100 (sigma/r)^2 Tmax/w >= 100 kappa u e^f, kappa >= 1; and the settings evaluated", Coverage::domain);
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    e.comparisons.push_back({.label = "100 kappa u e^f <= K2/K1",
                             .left = Ball(100) * k.kappa * k.u * exp(k.f),
                             .right = k.K2 / k.K1,
                             .instance = s.instance()});
  }
  return e;
}

/// N/24 - sqrt(2 N iota) >= N/48 means N >= 4608 iota; N = K/(4 Tmax) = 25 iota Delta/(M eta F2).
Evidence equation24(const Rational& Delta) {
  EscapeSetting s = feasible_settings().front();
  s.Delta_f = Delta;
  const EscapeConstants<Ball> k = s.constants();
  return single({.label = "4608 iota <= K2/(4 Tmax)",
                 .left = Ball(4608) * k.iota,
                 .right = k.K2 / (Ball(4) * k.Tmax),
                 .instance = s.instance()},
                "enclosed at a feasible setting; the initial gap Delta_f is free");
}

/// Without delay F = 0 and Definition 2 divides by it.
Evidence without_delay() {
  EscapeSetting s = feasible_settings().front();
  s.T = 0;
  const EscapeConstants<Ball> k = s.constants();
  return single(
      {.label = "0 < F", .left = Rational(0), .relation = Relation::less, .right = k.F, .instance = s.instance()},
      "F = 50 c sigma^2 eta M L T at T = 0");
}

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

/// ln(K(eps/16)/K(eps)) / ln 16 with w = w0/eps^2, eps1 = eps2 = eps: what 3F <= eps^2 forces on the step.
Evidence theorem1_exponent() {
  const auto steps = [](const Rational& eps) {
    EscapeSetting s = feasible_settings().front();
    s.eps2 = eps;
    s.w = Rational(1000) / (eps * eps);
    return s.constants().K2;
  };
  const Rational eps(1, 256);
  return single({.label = "ln(K(eps/16)/K(eps))/ln 16 <= 4",
                 .left = log(steps(eps / Rational(16)) / steps(eps)) / log(Ball(16)),
                 .right = Rational(4),
                 .instance = Object().add("eps", eps).add("w eps^2", 1000)},
                "enclosed local exponent of K in 1/eps where eta is proportional to eps^2, as 3F <= eps^2 demands");
}

/// e^f at w = T+1 is e^{1/kappa} <= e.
Evidence slowdown_at_small_step() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = "f = (T+1)/(kappa w) = 1/kappa at w = T+1, exact at 4 x 3 points (homogeneous); kappa >= 1";
  for (long T : {0L, 1L, 10L, 1000L})
    for (long kappa : {1L, 2L, 50L})
      e.comparisons.push_back({.label = "f = 1/kappa",
                               .left = Rational(T + 1) / (Rational(kappa) * Rational(T + 1)),
                               .relation = Relation::equal,
                               .right = Rational(1, kappa)});
  return e;
}

}  // namespace

void register_constants_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.conditions.feasible",
                .source = "(6)-(9), (a)-(c)",
                .statement = R"((7)-(9) and (a)-(c) hold together at four settings)",
                .procedure = [](const Context&) { return feasible(); }});
  registry.add({.id = "pasgd.conditions.smallest_w",
                .source = "(a)-(c)",
                .statement = R"(At $d=2$, $T=\kappa=1$, $s=10^{-6}$ they hold at $w=259.5$)",
                .procedure = [](const Context&) { return feasible_at(Rational(2595, 10)); }});
  registry.add({.id = "pasgd.conditions.below_smallest_w",
                .source = "(a)-(c)",
                .statement = R"(They also hold at $w=259$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return feasible_at(259); }});
  registry.add({.id = "pasgd.section6.step_size.printed",
                .source = "Section 6, condition (a)",
                .statement = R"($\eta=1/(ML(T+1))$ satisfies (a))",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return step_of_section6(); },
                .note = "(a) fails at this step size for every T >= 1."});
  registry.add({.id = "pasgd.section6.slowdown_at_that_step",
                .source = "Section 6",
                .statement = R"(At $\eta=1/(ML(T+1))$, $f=1/\kappa$, so that $e^f\le e$)",
                .procedure = [](const Context&) { return slowdown_at_small_step(); }});
  registry.add({.id = "pasgd.equation9",
                .source = "(9)",
                .statement = R"((b) and $T_{\max}\ge T$ give $2L^2\eta^2M^2T^3\le 1$)",
                .procedure = [](const Context&) { return equation9(); },
                .note = "With a factor 16 to spare."});
  registry.add(
      {.id = "pasgd.equation7.printed",
       .source = "(7), proof of Theorem 7",
       .statement = R"(The smallest $u$ of (7) gives $\beta(T_{\max})M\eta r/(6\sqrt d)\ge 2S$ by way of $2^u$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return equation7(false); },
       .note = "S contains 15 c Tmax; the c is missing in (7)."});
  registry.add({.id = "pasgd.equation7",
                .source = "(7), corrected",
                .statement = R"(With $c$ under the root the display holds)",
                .procedure = [](const Context&) { return equation7(true); }});
  registry.add({.id = "pasgd.theorem7.small_u.printed",
                .source = "(7), (8), Theorem 7",
                .statement = R"(Every $u$ that satisfies (7), (8), (a)-(c) gives the probability $1/24$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return small_branch(false); },
                .note = "(7) also holds below its smaller root."});
  registry.add(
      {.id = "pasgd.theorem7.small_u_excluded",
       .source = "(7), corrected",
       .statement = R"(With $u$ at least the larger root of (7), that counterexample no longer meets the conditions)",
       .expected = Verdict::vacuous,
       .procedure = [](const Context&) { return small_branch(true); }});
  registry.add({.id = "pasgd.equation25.printed",
                .source = "Lemma 11.2, (25)",
                .statement = R"(The descent of $N$ good windows exceeds the noise of $K=4T_{\max}N$ steps)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation25(true); }});
  registry.add({.id = "pasgd.equation25.never",
                .source = "Lemma 11.2, (25)",
                .statement = R"(The noise is at least 11000 times the descent for every admissible parameter)",
                .procedure = [](const Context&) { return equation25(false); },
                .note = "The proof of Lemma 11.2 never reaches its contradiction."});
  registry.add({.id = "pasgd.equation25",
                .source = "Lemma 11.2, corrected",
                .statement = R"(With $F_2'=1536c\sigma^2\eta MLT_{\max}$ noise/descent is $(1+2T^2/3w)/2$)",
                .procedure = [](const Context&) { return equation25_repaired(); }});
  registry.add({.id = "pasgd.equation20.printed",
                .source = "(20)",
                .statement = R"(The noise term of (20) has the coefficient $32/3$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation20(Rational(32, 3)); }});
  registry.add({.id = "pasgd.equation20",
                .source = "(20), corrected",
                .statement = R"(It has the coefficient 32)",
                .procedure = [](const Context&) { return equation20(32); },
                .note = "40 c sigma^2 eta M L T still covers it where M eta L T^2 <= 3/8."});
  registry.add({.id = "pasgd.definition2.maximum",
                .source = "Definition 2",
                .statement = R"($K_1<K_2$ always: $K_2/K_1\ge 100\kappa ue^f$)",
                .procedure = [](const Context&) { return k1_below_k2(); }});
  registry.add({.id = "pasgd.definition2.without_delay",
                .source = "Definition 2",
                .statement = R"($K$ is defined at $T=0$: $F>0$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return without_delay(); }});
  registry.add(
      {.id = "pasgd.equation24.printed",
       .source = "(24)",
       .statement = R"($N\ge K/4T_{\max}$ gives $N/24-\sqrt{2N\iota}\ge N/48$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return equation24(Rational::parse("1e-12")); },
       .note = "It needs N >= 4608 iota, that is M eta F2 <= 25 (f(x0)-f*)/4608: a large iota alone is not enough."});
  registry.add({.id = "pasgd.equation24",
                .source = "(24)",
                .statement = R"(It does at $f(x_0)-f_*=1$ in a feasible setting)",
                .procedure = [](const Context&) { return equation24(1); }});
  registry.add({.id = "pasgd.theorem1.step_size.printed",
                .source = "Theorem 1",
                .statement = R"(A step size of order $1/(\epsilon\max(T+1,\sqrt d))$ gives $3F\le\epsilon^2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem1_step(); },
                .note = "It grows as eps falls; 3F <= eps^2 needs a step of order eps^2."});
  registry.add({.id = "pasgd.theorem1.exponent.printed",
                .source = "Theorem 1",
                .statement = R"($K=O(\epsilon^{-4})$ with the constants (6))",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem1_exponent(); },
                .note = "The exponent is 4.5: kappa contributes eps^{-1/2}."});
  registry.add({.id = "pasgd.remark2_1",
                .source = "Remark 2.1",
                .statement = R"(With $g(x,\cdot)$ Lipschitz, $r\sim O(s)$ and $\eta\sim O(1/L)$ are enough)",
                .expected = Verdict::not_testable,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.not_testable = "the paper states neither the condition on g nor any constant, and omits the proof";
                  return e;
                }});
}

}  // namespace asyncert::pasgd
