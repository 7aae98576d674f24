// The constants (6)-(9) and the conditions (a)-(c).
#include "bounds/pasgd/constants.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

const Rational one(1);

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

Evidence infeasible_at(const Rational& w) {
  EscapeSetting s = feasible_settings().front();
  s.w = w;
  return single({.label = "1 < 32 T^2 Tmax/w^2",
                 .left = Rational(1),
                 .relation = Relation::less,
                 .right = s.constants().lhs_b,
                 .instance = s.instance()},
                "enclosed, u the larger root of (7)");
}

/// (c) at w = C sqrt d: Tmax >= u kappa w and sigma >= r, so that its left side over p is at least of order u^{3/2}
/// d^{1/4}/sqrt C.
Evidence order_of_w() {
  Evidence e;
  e.method =
      "enclosed, u the larger root of (7): eta M Tmax rho S >= sqrt(60) rho (u kappa)^{3/2} r/(L^2 sqrt w), which "
      "grows like "
      "d^{1/4} at w = C sqrt d while p does not, for every C; shown for C = 1, 1e6, 1e12";
  for (const auto& [C, root] : {std::pair{1L, 10L}, {1000000L, 1000000L}, {1000000000000L, 1000000000L}}) {
    EscapeSetting s = feasible_settings().front();
    s.s = 1;
    s.d = root * root;
    s.w = Rational(C) * Rational(root);
    const EscapeConstants<Ball> k = s.constants();
    e.comparisons.push_back({.label = "(c): eta M Tmax rho S <= p at w = C sqrt d",
                             .left = k.lhs_c,
                             .right = k.p,
                             .instance = s.instance().add("C", C)});
  }
  return e;
}

/// w = T + 1 in w^2 - 3w/2 - 2T^2 = -(T^2 - T/2 + 1/2): negative for every T, since its discriminant 1/4 - 2 is.
Evidence step_of_section6() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "exact: eta = 1/(M L (T+1)) is w = T + 1; polynomials of degree 2 in T compared at 4 points, and the "
      "discriminant of the second";
  for (long T : {0L, 1L, 10L, 1000000L})
    e.comparisons.push_back({.label = "w^2 - 3w/2 - 2T^2 = -(T^2 - T/2 + 1/2) at w = T + 1",
                             .left = condition_a(Rational(T + 1), Rational(T)),
                             .relation = Relation::equal,
                             .right = -(Rational(T) * Rational(T) - Rational(T, 2) + Rational(1, 2)),
                             .instance = Object().add("T", T).add("w", T + 1)});
  e.comparisons.push_back({.label = "discriminant of T^2 - T/2 + 1/2 < 0",
                           .left = Rational(1, 4) - Rational(2),
                           .relation = Relation::less,
                           .right = Rational(0)});
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
void add_display(Certificate& e, const EscapeSetting& s, const Ball& u) {
  const EscapeConstants<Ball> k = s.constants();
  e.compare({.label = "12 sqrt(30 c d (u + qT)) sigma/r <= 2^u",
             .left = Ball(12) * sqrt(Ball(30 * noise_constant) * Ball(s.d) * (u + k.q * Ball(s.T)) * k.sigma2) / k.r,
             .right = exp(u * log(Ball(2))),
             .instance = s.instance()});
}

Evidence equation7_printed() {
  Certificate e(
      "enclosed, 2^u at the smallest u against 12 sqrt(30 c d (u + q T)) sigma/r, which S with its 15 c Tmax needs");
  for (const EscapeSetting& s : feasible_settings()) add_display(e, s, s.constants().u);
  Evidence at_settings = e;
  at_settings.coverage = Coverage::instance;
  return at_settings;
}

/// The smallest u solves 4^u = c A^2 (u + T/w), A^2 = 4320 d sigma^2/r^2, and q T <= T/w.
Evidence equation7() {
  Certificate e(
      "the square of the display is 4^u >= c A^2 (u + qT), identity in u + qT; q <= a = 1/(kappa w) <= 1/w, so that "
      "the u "
      "with 4^u = c A^2 (u + T/w), or a larger one, is enough; and enclosed at the feasible settings");
  e.identity(
      "144 x 30 c d v y = c (4320 d v) y, v = sigma^2/r^2, y = u + qT", {{"c", 1}, {"d", 1}, {"v", 1}, {"y", 1}},
      [](const Point& v) { return Rational(144 * 30) * v[0] * v[1] * v[2] * v[3]; },
      [](const Point& v) { return v[0] * (Rational(4320) * v[1] * v[2]) * v[3]; });
  for (const EscapeSetting& s : feasible_settings()) add_display(e, s, s.constants().u_with_c);
  return e;
}

/// d = M = L = rho = eps2 = T = 1, s = 1e-6, w = 1e6, u = 1e-5: (7), (8), (a)-(c) hold with a Tmax between 11 and 12
/// steps, in which f(x) = -x^2/2 moves from 0 by noise alone: of 12 steps sum_k x_k^2 has expectation at most
/// (eta r)^2 66 (1 + a)^22.
Evidence small_branch() {
  const Rational w(1000000), u(1, 100000), tiny(1, 1000000);
  const EscapeConstants<Ball> k =
      escape_constants<Ball>({1, 1, 1, 1, Ball(Rational(1, 10)), 1, Ball(tiny), 1, 1, Ball(Rational(1, 20)), Ball(w)});
  const Ball length = Ball(1) + Ball(u) * exp(k.f) / k.a, S = sqrt(k.sigma2 * Ball(60) * length) / Ball(w);
  const Object at =
      Object().add("u", u).add("w", w).add("Tmax", "11 to 12").add("f", "-x^2/2 from x = 0, delays at most 1");
  Evidence e = single({.label = "P(sum |grad f|^2 >= F2), by Markov at most E sum / F2, < 1/24",
                       .left = Rational(66, 2) * pow(tiny, 2) * pow(Rational(1) + tiny, 22),
                       .relation = Relation::less,
                       .right = Rational(1, 24),
                       .instance = at},
                      "exact second moments of 12 steps: Var x_k <= k (eta r)^2 (1+a)^{2k}, F2 = 2 r^2");
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
  e.comparisons.push_back(
      {.label = "u < the larger root of (7)", .left = u, .relation = Relation::less, .right = k.u, .instance = at});
  return e;
}

/// (a), (b), (c) and (9) at eta = 1/(wML), as the library decides them.
Evidence conditions_in_w() {
  Certificate e("identities at eta = 1/(wML), c = 4");
  e.identity(
      "2 M^2 L w^3 [eta^2 (3L/4 + L^2 M T^2 eta) - eta/(2M)] = -w (w^2 - 3w/2 - 2T^2)",
      {{"w", 3, one, one}, {"T", 2}, {"M", 2, one, one}, {"L", 2, one, one}},
      [](const Point& v) {
        const Rational &w = v[0], &T = v[1], &M = v[2], &L = v[3], eta = one / (w * M * L);
        return Rational(2) * M * M * L * w * w * w *
               (eta * eta * (Rational(3, 4) * L + L * L * M * T * T * eta) - eta / (Rational(2) * M));
      },
      [](const Point& v) { return -condition_a(v[0], v[1]); });
  e.identity(
      "w^2 (2 Tmax) 4c L^2 M^2 eta^2 T^2 = 32 T^2 Tmax, and w^2 2 L^2 eta^2 M^2 T^3 = 2 T^3, the second times x",
      {{"w", 2, one, one}, {"T", 3}, {"M", 2, one, one}, {"L", 2, one, one}, {"Tmax", 1}, {"x", 1}},
      [](const Point& v) {
        const Rational &w = v[0], &T = v[1], gain = one / (w * v[2] * v[3]) * v[2] * v[3];
        return w * w *
               (Rational(8 * noise_constant) * v[4] * gain * gain * T * T +
                v[5] * Rational(2) * gain * gain * T * T * T);
      },
      [](const Point& v) { return Rational(32) * v[1] * v[1] * v[4] + v[5] * Rational(2) * v[1] * v[1] * v[1]; });
  return e;
}

/// L^2 eta^2 M^2 T^3 at w = T + 1.
Evidence history_weight() {
  Certificate e("T^3 - (T-2)(T+1)^2 = 3T + 2, an identity, at eta = 1/(ML(T+1))");
  e.identity(
      "T^3 - (T-2)(T+1)^2 = 3T + 2", {{"T", 3}},
      [](const Point& v) { return v[0] * v[0] * v[0] - (v[0] - Rational(2)) * (v[0] + one) * (v[0] + one); },
      [](const Point& v) { return Rational(3) * v[0] + Rational(2); });
  return e;
}

/// What (b) leaves of the noises in (39): each of the Tmax + T steps lies in at most T windows.
Evidence lemma9_noises() {
  Certificate e(
      "Lemma 3 for the Tmax + T noises with iota = Tmax - T bounds their sum by c M^2 sigma^2 2 Tmax; times T windows "
      "and 2 L^2 eta^2 T it is (2 Tmax) 2 c L^2 M^2 eta^2 T^2 sigma^2 <= sigma^2/2 under (b), and sigma^2 <= 2 r^2: "
      "identity, and enclosed at d = 1, where s/r = 1/(c1 sqrt d) is largest");
  e.identity(
      "2 L^2 eta^2 T T c M^2 (Tmax + T + (Tmax - T)) = (2 Tmax) 4c L^2 M^2 eta^2 T^2/2",
      {{"L", 2}, {"eta", 2}, {"T", 3}, {"M", 2}, {"Tmax", 1}, {"c", 1}},
      [](const Point& v) {
        const Rational gain = v[0] * v[1] * v[2] * v[3];
        return Rational(2) * gain * gain * v[5] * (v[4] + v[2] + (v[4] - v[2]));
      },
      [](const Point& v) {
        const Rational gain = v[0] * v[1] * v[2] * v[3];
        return Rational(2) * v[4] * Rational(4) * v[5] * gain * gain / 2;
      });
  e.compare({.label = "sigma^2 = r^2 (1 + 1/c1^2) <= 2 r^2 at d = 1",
             .left = Ball(1) + Ball(1) / (noise_factor(Ball(1)) * noise_factor(Ball(1))),
             .right = Rational(2)});
  return e;
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

/// p = 1/(1+C) and C = 12 sqrt(8bc): the sums p + p^2 + ... = p/(1-p) of Lemma 15, and Corollary 16's factor at iota =
/// b.
Evidence equation6() {
  Certificate e("identities in C and in the root s = sqrt(8bc); and the library's constants at the feasible settings");
  e.identity(
      "C p = 1 - p at p = 1/(1+C), times 1+C", {{"C", 2, 1, 1}},
      [](const Point& v) { return v[0] / (Rational(1) + v[0]) * (Rational(1) + v[0]); },
      [](const Point& v) { return (Rational(1) - Rational(1) / (Rational(1) + v[0])) * (Rational(1) + v[0]); });
  e.identity(
      "12 s = C gives s/C = 1/12", {{"s", 2, 1, 1}}, [](const Point& v) { return v[0] / (Rational(12) * v[0]); },
      [](const Point&) { return Rational(1, 12); });
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    const auto close = [&](const char* label, const Ball& x, const Ball& y) {
      e.compare({.label = label,
                 .left = abs(x - y),
                 .relation = Relation::less,
                 .right = pow(Rational(10), -50),
                 .instance = s.instance()});
    };
    close("|p/(1-p) - 1/C| < 1e-50", k.p / (Ball(1) - k.p), Ball(1) / k.C);
    close("|sqrt(8 b c)/C - 1/12| < 1e-50", sqrt(Ball(8 * noise_constant) * k.b) / k.C, Ball(1) / 12);
  }
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
                .statement = R"((a)-(c), (8) and (9) hold at $d=2$, $T=\kappa=1$, $s=10^{-6}$, $w=259.5$)",
                .procedure = [](const Context&) { return feasible_at(Rational(2595, 10)); }});
  registry.add({.id = "pasgd.conditions.below_smallest_w",
                .source = "(a)-(c)",
                .statement = R"((b) fails at $d=2$, $T=\kappa=1$, $s=10^{-6}$, $w=259$)",
                .procedure = [](const Context&) { return infeasible_at(259); }});
  registry.add({.id = "pasgd.conditions.order_of_w.printed",
                .source = "Section 4.1, before (a); Remark 2.1",
                .statement = R"($w=C\sqrt d$ with a large enough $C$ meets (c) for every $d$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return order_of_w(); },
                .note = "(c) needs w of the order of d, times powers of log d: a step of order 1/sqrt d is not enough.",
                .no_correction = "The smallest w that meets (c) has no closed form; pasgd.conditions.feasible gives "
                                 "four settings that meet it."});
  registry.add(
      {.id = "pasgd.conditions.in_w",
       .source = "(a), (b), (9)",
       .statement =
           R"(At $\eta=1/(wML)$ (a) is $w^2-\frac32w-2T^2>0$, (b) $32T^2T_{\max}\le w^2$ and (9) $2T^3\le w^2$)",
       .procedure = [](const Context&) { return conditions_in_w(); }});
  registry.add(
      {.id = "pasgd.lemma9.noises",
       .source = "Lemma 9, (39), (a)",
       .statement =
           R"(Under (b) $2L^2\eta^2T\sum_{k}\sum_{j=k-T}^{k-1}\|\sum_m\zeta_{j,m}\|^2\le cM^2\sigma^2\cdot2T_{\max}\cdot2L^2\eta^2T^2\le r^2$ where the $T_{\max}+T$ noises have the sum of squares that Lemma 3 gives them at $\iota=T_{\max}-T$)",
       .procedure = [](const Context&) { return lemma9_noises(); },
       .uses = {"pasgd.conditions.in_w"},
       .note = "With probability 1 - e^{T-Tmax}, if the constant of Lemma 3 is 4.123 (s+r)^2 (pasgd.equation35), not 4 "
               "sigma^2; the T noises before step k are among them, so that it is no statement given the past.",
       .bound = true});
  registry.add(
      {.id = "pasgd.section6.history_weight",
       .source = "Section 6, after (31)",
       .statement = R"(At $\eta=1/(ML(T+1))$ the weight $L^2\eta^2M^2T^3$ of (31) exceeds $T-2$: it can be large)",
       .procedure = [](const Context&) { return history_weight(); }});
  registry.add({.id = "pasgd.section6.step_size",
                .source = "Section 6, condition (a)",
                .statement = R"($\eta=1/(ML(T+1))$ violates (a) for every $T$)",
                .procedure = [](const Context&) { return step_of_section6(); },
                .note = "So Section 6 speaks of step sizes to which the theorems do not apply."});
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
       .procedure = [](const Context&) { return equation7_printed(); },
       .note = "S contains 15 c Tmax; the c is missing in (7).",
       .instead = "pasgd.equation7"});
  registry.add(
      {.id = "pasgd.equation7",
       .source = "(7), corrected",
       .statement =
           R"(With $c$ under the root of (7) its smallest $u$ gives $\beta(T_{\max})M\eta r/(6\sqrt d)\ge 2S$ by way of $2^u$ for every $\kappa\ge1$)",
       .procedure = [](const Context&) { return equation7(); }});
  registry.add(
      {.id = "pasgd.theorem7.small_u",
       .source = "(7), (8), Theorem 7",
       .statement =
           R"((7), (8) and (a)-(c) also hold at $u=10^{-5}$, $w=10^6$, $d=M=L=\rho=T=1$, where on $f=-x^2/2$ Theorem 7's probability is below $\frac1{24}$)",
       .procedure = [](const Context&) { return small_branch(); },
       .note = "(7) holds below its smaller root, too. That u \"should be large enough\" has to mean: at least the "
               "larger root."});
  registry.add({.id = "pasgd.equation6",
                .source = "(6), Lemma 15, Corollary 16",
                .statement = R"($\frac p{1-p}=\frac1C$ and $\frac{\sqrt{8bc}}C=\frac1{12}$)",
                .procedure = [](const Context&) { return equation6(); }});
}

}  // namespace asyncert::pasgd
