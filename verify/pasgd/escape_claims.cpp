// Escape from a saddle: Lemma 9, Theorems 7 and 10, (17)-(19).
#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/certificate.hpp"
#include "lib/subdivision.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

/// beta^2(k) = sum_{i=0}^k f(i,k)^2, exact.
Rational beta_squared(const DelaySchedule& schedule, const Rational& a, long k) {
  Rational sum;
  for (long i = 0; i <= k; ++i) {
    const Rational f = fundamental_solution(schedule, a, i, k).back();
    sum += f * f;
  }
  return sum;
}

/// beta^2(k) >= T + (1+q)^{k-T}/(2q) as printed.
Evidence theorem10_beta_printed() {
  Evidence e;
  e.method = "exact sums of squares under the constant delay T against the enclosed right side, q = a e^{-(T+1)a}";
  for (const auto& [T, a, k] : {std::tuple{1L, Rational(1, 300), 1L}, std::tuple{10L, Rational(1, 500), 10L},
                                std::tuple{10L, Rational(1, 500), 60L}}) {
    const Ball q = corollary21_rate(Ball(a), Ball(T));
    e.comparisons.push_back({.label = "T + (1+q)^{k-T}/(2q) <= beta^2(k)",
                             .left = Ball(T) + exp(Ball(k - T) * log1p(q)) / (Ball(2) * q),
                             .right = beta_squared({"constant_T", T, 1}, a, k),
                             .instance = Object().add("T", T).add("a", a).add("k", k).add("delays", "constant_T")});
  }
  return e;
}

/// T + 1 + (1+q)^2 ((1+q)^{2(k-T)} - 1)/(q(2+q)): the terms i = k-T, ..., k are at least 1, the others at least
/// (1+q)^{2(k-i-T)}.
///
/// With P = (1+q)^{2n}, n = k - T: one more term (1+q)^{2(n+1)} = (1+q)^2 P is what the closed form gains.
Evidence theorem10_beta() {
  Certificate e(
      "f(i,k) >= 1 for the last T + 1 terms, f(i,k) >= (1+q)^{k-i-T} before (pasgd.corollary21), and the geometric sum "
      "by induction, an identity in q and the power; and exact sums of squares under four schedules of delays, T up to "
      "10, k up to 40");
  e.identity(
      "(1+q)^2 [(1+q)^2 P - 1] - (1+q)^2 [P - 1] = q (2+q) (1+q)^2 P", {{"q", 4}, {"P", 1}},
      [](const Point& v) {
        const Rational square = (v[0] + Rational(1)) * (v[0] + Rational(1));
        return square * (square * v[1] - 1) - square * (v[1] - 1);
      },
      [](const Point& v) {
        const Rational square = (v[0] + Rational(1)) * (v[0] + Rational(1));
        return v[0] * (v[0] + Rational(2)) * square * v[1];
      });
  for (const char* word : {"constant_T", "zero_then_max", "arith", "saw"})
    for (long T : {1L, 3L, 10L})
      for (const Rational& a : {Rational(1, 500), Rational(1, 10), Rational(1)})
        for (long k : {T, T + 1, T + 5, 40L}) {
          const Ball q = corollary21_rate(Ball(a), Ball(T)), growth = exp(Ball(k - T) * log1p(q)), one_more = q + 1;
          e.compare({.label = "safe form <= beta^2(k)",
                     .left = k == T
                                 ? Measure(Rational(T + 1))
                                 : Measure(Ball(T + 1) + one_more * one_more * (growth * growth - 1) / (q * (q + 2))),
                     .right = beta_squared({word, T, 2}, a, k),
                     .instance = Object().add("delays", word).add("T", T).add("a", a).add("k", k)});
        }
  return e;
}

/// At k = 0 the coupled runs have not parted yet: the second alternative of Theorem 10 is impossible there.
Evidence theorem10_start() {
  return single({.label = "P(|x(0)| >= beta(0) M eta r/(6 sqrt d)) < 1/6",
                 .left = Rational(0),
                 .relation = Relation::less,
                 .right = Rational(1, 6),
                 .instance = Object().add("k", 0).add("beta(0)", 1).add("x(0)", 0)},
                "exact: the difference of two runs with a common past is zero at k = 0");
}

/// On a quadratic the difference of the coupled runs along e_1 is Gaussian with variance (2 M eta r)^2/d sum_{i=1}^k
/// f(i,k)^2; beta^2 as printed also counts i = 0, and f(0,k) <= (1 + (T+1)a) f(1,k): f(0,1) <= 1 + a, and of the later
/// steps at most T read x(0), each adding a f(n+1,k) <= a f(1,k).
Evidence theorem10_quadratic() {
  Certificate e(
      "P(|x(k)| >= beta M eta r/(6 sqrt d)) = 2 Q(beta/(12 beta_1)) with beta^2 <= (1 + (1 + (T+1)a)^2) beta_1^2, at "
      "(T+1)a = 1, where the bound of the tail is least; and the exact sums under four schedules");
  e.compare(
      {.label = "1/6 <= 2 Q(sqrt(5)/12)", .left = Rational(1, 6), .right = Ball(2) * normal_tail(sqrt(Ball(5)) / 12)});
  for (const char* word : {"constant_T", "zero_then_max", "arith", "saw"})
    for (long T : {1L, 3L, 10L})
      for (const Rational& a : {Rational(1, 500), Rational(1, T + 1)})
        for (long k : {1L, 2L, T + 1, 25L}) {
          const DelaySchedule schedule{word, T, 2};
          const Rational printed = beta_squared(schedule, a, k), f0 = fundamental_solution(schedule, a, 0, k).back(),
                         rest = printed - f0 * f0;
          const Object at = Object().add("delays", word).add("T", T).add("a", a).add("k", k);
          const Rational factor = Rational(1) + Rational(T + 1) * a;
          e.compare({.label = "f(0,k) <= (1 + (T+1)a) f(1,k)",
                     .left = f0,
                     .right = factor * fundamental_solution(schedule, a, 1, k).back(),
                     .instance = at});
          e.compare({.label = "1/6 <= P(|x(k)| >= beta(k) M eta r/(6 sqrt d))",
                     .left = Rational(1, 6),
                     .right = Ball(2) * normal_tail(sqrt(Ball(printed / rest)) / 12),
                     .instance = at});
        }
  return e;
}

/// beta >= (1+q)^{k-T}/sqrt(2q), used in the proof of Theorem 7, is not what the printed bound of beta^2 gives.
Evidence theorem7_display() {
  const EscapeConstants<Ball> k = feasible_settings().front().constants();
  const Ball log_growth = k.lhs_8 * log1p(k.q);
  return single({.label = "(1+q)^{k-T}/sqrt(2q) <= sqrt(T + (1+q)^{k-T}/(2q)) at k = Tmax",
                 .left = exp(log_growth) / sqrt(Ball(2) * k.q),
                 .right = sqrt(Ball(1) + exp(log_growth) / (Ball(2) * k.q)),
                 .instance = feasible_settings().front().instance()},
                "enclosed at a feasible setting: squaring the left side doubles the exponent");
}

/// The square of beta(Tmax) M eta r/(6 sqrt d) >= 2S is beta^2 >= 2 A^2 (T + u/q), A^2 = 4320 d sigma^2/r^2, Tmax = T +
/// u/q; the safe form of beta^2 is at least (E - 1)/(q(2+q)), E = (1+q)^{2(u/q - 1)}, and 4^u = A^2 (u + T/w) >= A^2 (u
/// + qT).
Evidence theorem7_distance() {
  const Ball q(Rational(1, 100)), u = smallest_u(Ball(4320), Ball(0));
  Certificate e(
      "with beta^2 >= (E-1)/(q(2+q)), E = (1+q)^{2(u/q-1)} >= exp(2(u-q)(1-q/2)), one step less than Tmax - T for its "
      "rounding, it remains that E - 1 >= 2(2+q) 4^u, as 4^u >= A^2 (u + qT) by (7) and q <= a <= 1/w where kappa >= "
      "1: "
      "enclosed at q = 1/100 and the least u, since (E - 1)/4^u grows with u and falls with q; an identity for the "
      "squares; and the constants at the feasible settings");
  e.compare({.label = "2(2+q) 4^u + 1 <= E",
             .left = Ball(2) * (q + 2) * exp(u * log(Ball(4))) + 1,
             .right = exp(Ball(2) * (u - q) * (Ball(1) - q / 2))});
  e.compare({.label = "it grows with u: ln 4 <= 2 (1 - q/2)", .left = log(Ball(4)), .right = Rational(199, 100)});
  // S^2 = (M eta)^2 15 c Tmax sigma^2, so that (2S)^2/(M eta r/(6 sqrt d))^2 = 8640 d Tmax sigma^2/r^2.
  e.identity(
      "4 15 c 36 d n v = 2 (4320 d v) n, v = sigma^2/r^2", {{"d", 1}, {"n", 1}, {"v", 1}},
      [](const Point& v) { return Rational(4 * 15 * noise_constant * 36) * v[0] * v[1] * v[2]; },
      [](const Point& v) { return Rational(2) * Rational(4320) * v[0] * v[2] * v[1]; });
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    const Ball growth = exp(Ball(2) * (k.lhs_8 - 1) * log1p(k.q));
    const Ball beta = sqrt(Ball(s.T) + (growth - 1) / (k.q * (k.q + 2)));
    const Ball gain = Ball(Rational(1) / (s.w * s.L));
    e.compare({.label = "2S <= beta(Tmax) M eta r/(6 sqrt d)",
               .left = Ball(2) * k.S,
               .right = beta * gain * k.r / (Ball(6) * sqrt(Ball(s.d))),
               .instance = s.instance()});
  }
  return e;
}

/// Along e_1 a sum of N = [1/q] iterates is Gaussian with a variance of at least N^2 (M eta r)^2/d B, B the safe sum of
/// f(j,n-N)^2, whatever its mean; so F2 = 2 r^2 is exceeded with probability 2 Q(sqrt R) or more, R = 2d/(a^2 N B).
Evidence theorem7_quadratic() {
  const Ball u = smallest_u(Ball(4320), Ball(0)), q(Rational(1, 100));
  // B >= (E-1)/(q(2+q)), E = (1+q)^{2(u/q - 2 - 1/q)}, ln(1+q) >= q - q^2/2, N >= (1-q)/q, q <= a, d <= 4^u/(4320 u).
  const Ball E = exp(Ball(2) * (u - 1 - Ball(2) * q) * (Ball(1) - q / 2));
  const Ball R = Ball(2) * (Ball(2) + q) / (Ball(1) - q) * exp(u * log(Ball(4))) / (Ball(4320) * u * (E - 1));
  Certificate e(
      "sum |grad f|^2 >= gamma^2 (sum of the last N values of x_1)^2/N; given delays and gradient noises the sum is "
      "Gaussian with the variance above (f(j,.) nondecreasing, pasgd.lemma12.2; >= (1+q)^{n-j-T}, pasgd.corollary21), "
      "and a mean makes it leave an interval around 0 more often; gamma = sqrt(rho eps2) is the worst, as f(j,.) and "
      "gamma^2 grow with it; F2 N/(gamma^2 Var) <= R = 2d q^2 (2+q)/(a^2 (1-q) (E-1)) with E = exp(2(u-1-2q)(1-q/2)), "
      "q <= a and d <= 4^u/(4320 u) by (7). R increases with q, q <= a <= 1/w, "
      "and falls with u: enclosed at q = 1/100 and the least u");
  e.compare({.label = "99/100 <= 2 Q(sqrt R)", .left = Rational(99, 100), .right = Ball(2) * normal_tail(sqrt(R))});
  e.compare({.label = "d ln R/du < 0: ln 4 <= 2 (1 - q/2)", .left = log(Ball(4)), .right = Rational(199, 100)});
  e.identity(
      "(1+q)^2 - 1 = q (2+q)", {{"q", 2}},
      [](const Point& v) { return (v[0] + Rational(1)) * (v[0] + Rational(1)) - Rational(1); },
      [](const Point& v) { return v[0] * (v[0] + Rational(2)); });
  return e;
}

/// (1+q)^{1/q} >= 2 for q <= 1/e, the largest q = a e^{-(T+1)a} there is: ln(1+q)/q falls with q.
Evidence two_to_u() {
  const Ball q = exp(Ball(-1));
  return single({.label = "ln 2 <= ln(1+q)/q at q = 1/e", .left = log(Ball(2)), .right = log1p(q) / q},
                "ln(1+q)/q decreases, and a e^{-(T+1)a} <= e^{-1}/(T+1)", Coverage::domain);
}

Evidence accounting() {
  Certificate e(
      "(17) from |a - b|^2 <= 2 (|a|^2 + |b|^2), an identity, a and b the ways of the two runs; exact: two runs of one "
      "law share an event of probability 1/6; Lemma 9 fails with probability 1/24");
  e.identity(
      "2 (a^2 + b^2) - (a - b)^2 = (a + b)^2", {{"a", 2}, {"b", 2}},
      [](const Point& v) { return Rational(2) * (v[0] * v[0] + v[1] * v[1]) - (v[0] - v[1]) * (v[0] - v[1]); },
      [](const Point& v) { return (v[0] + v[1]) * (v[0] + v[1]); });
  e.compare({.label = "(18): 1/6 x 1/2 = 1/12",
             .left = Rational(1, 6) * Rational(1, 2),
             .relation = Relation::equal,
             .right = Rational(1, 12)});
  e.compare({.label = "(19): 1/12 + 23/24 - 1 = 1/24",
             .left = Rational(1, 12) + Rational(23, 24) - Rational(1),
             .relation = Relation::equal,
             .right = Rational(1, 24)});
  e.compare({.label = "(8): 2 e^{-ln 48} = 1/24",
             .left = Rational(2, 48),
             .relation = Relation::equal,
             .right = Rational(1, 24)});
  return e;
}

/// Lemma 9's proof: 3 eta^2 |sum Z|^2 <= 3 eta^2 M^2 c sigma^2 2 Tmax with probability 1 - e^{-Tmax}; here the Gaussian
/// noise alone, d = 1.
Evidence lemma9_square_of_sum(bool printed) {
  const EscapeSetting s = feasible_settings()[2];
  const EscapeConstants<Ball> k = s.constants();
  const Ball excess = k.sigma2 / (k.r * k.r);
  const Ball fails = Ball(2) * normal_tail(sqrt(Ball(8) * excess));
  return single({.label = printed ? "P(|sum Z|^2 > 8 M^2 sigma^2 Tmax) <= e^{-Tmax}"
                                  : "2 P(|sum Z|^2 > 8 M^2 sigma^2 Tmax) <= 1/24",
                 .left = printed ? fails : Ball(2) * fails,
                 .right = printed ? Measure(exp(-k.Tmax)) : Measure(Rational(1, 24)),
                 .instance = s.instance()},
                printed ? "exact law: the sum of Tmax Gaussian steps is Gaussian; Lemma 3 bounds the sum of squares, "
                          "not the square of the sum"
                        : "reflection: the running maximum exceeds with at most twice the probability of the end");
}

/// 11.5 r^2 of the chain (39) over 1 + 2 L^2 eta^2 M^2 T^3 <= 2 exceeds F2 = 2 r^2.
Evidence lemma9_margin() {
  // S^2/(3 eta^2 M^2 Tmax) = 5 c sigma^2; minus 2 c sigma^2, minus r^2 for the noises, minus the history's 2 L^2 eta^2
  // T^3 F <= F. (b) with Tmax >= u kappa w >= u w is w >= 32 u T^2, and F = 50 c sigma^2 T/w.
  const Ball u = smallest_u(Ball(4320), Ball(0));
  Certificate e(
      "[5 c sigma^2 - 2 c sigma^2 - r^2 - F]/2 against F2 = 2 r^2 with sigma^2 >= r^2 and F <= 50 c sigma^2/(32 u), "
      "since (b) and Tmax >= u kappa w give w >= 32 u T^2: enclosed at the least u; and at the feasible settings");
  e.compare({.label = "2 <= (3c - 1 - 50c/(32 u))/2",
             .left = Rational(2),
             .right = (Ball(3 * noise_constant - 1) - Ball(50 * noise_constant) / (Ball(32) * u)) / 2});
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    e.compare({.label = "F2 <= (3 c sigma^2 - r^2 - F)/2",
               .left = k.F2,
               .right = (Ball(3 * noise_constant) * k.sigma2 - k.r * k.r - k.F) / 2,
               .instance = s.instance()});
  }
  return e;
}

}  // namespace

void register_escape_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.theorem10.beta.printed",
                .source = "Theorem 10",
                .statement = R"($\beta^2(k)\ge T+(1+q)^{k-T}/(2q)$ for all $k\ge T$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem10_beta_printed(); },
                .note = "At k = T the left side is T + 1, the right one of order 1/a. T = 1, a = 1/300 is the feasible "
                        "w = 300 at kappa = 1.",
                .instead = "pasgd.theorem10.beta"});
  registry.add({.id = "pasgd.theorem10.beta",
                .source = "Theorem 10, corrected",
                .statement = R"($\beta^2(k)\ge T+1+(1+q)^2\frac{(1+q)^{2(k-T)}-1}{q(2+q)}$ for $k\ge T$)",
                .procedure = [](const Context&) { return theorem10_beta(); },
                .uses = {"pasgd.corollary21"},
                .bound = true});
  registry.add({.id = "pasgd.theorem10.start",
                .source = "Theorem 10",
                .statement = R"(At $k=0$ the second alternative of Theorem 10 has a probability below $\frac16$)",
                .procedure = [](const Context&) { return theorem10_start(); },
                .note = "Theorem 10 does not say for which k it holds; its proof by Lemma 17 needs k >= 1, and Theorem "
                        "7 uses it at k = Tmax."});
  registry.add(
      {.id = "pasgd.theorem10.quadratic",
       .source = "Theorem 10, quadratic objectives",
       .statement =
           R"(On a quadratic with exact gradients, $k\ge1$ and $(T+1)a\le1$: $\|x(k)\|\ge\beta(k)M\eta r/(6\sqrt d)$ with probability at least $\frac16$)",
       .procedure = [](const Context&) { return theorem10_quadratic(); },
       .uses = {"pasgd.lemma12.1", "pasgd.lemma12.2"},
       .note = "With 0.85 where the theorem has 1/6.",
       .bound = true});
  registry.add({.id = "pasgd.theorem7.display.printed",
                .source = "Theorem 7, proof",
                .statement = R"($\beta^2\ge T+(1+q)^{k-T}/(2q)$ gives $\beta\ge(1+q)^{k-T}/\sqrt{2q}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem7_display(); },
                .instead = "pasgd.theorem7.distance"});
  registry.add(
      {.id = "pasgd.theorem7.distance",
       .source = "Theorem 7, proof, corrected",
       .statement =
           R"($\beta(T_{\max})M\eta r/(6\sqrt d)\ge 2S$ for every $\kappa\ge1$, $w\ge100$ and $u$ no less than the larger root of (7))",
       .procedure = [](const Context&) { return theorem7_distance(); },
       .uses = {"pasgd.theorem10.beta"},
       .note = "Survives the missing c of (7): (1+q)^{u/q} is close to e^u, not 2^u."});
  registry.add(
      {.id = "pasgd.theorem7.quadratic",
       .source = "Theorem 7, (14), quadratic objectives",
       .statement =
           R"(On quadratics, with delays and gradient noises independent of $\zeta$, $w\ge100$ and $u$ no less than the larger root of (7), (14) holds with $\frac{99}{100}$ in place of $\frac1{24}$, whatever the past)",
       .procedure = [](const Context&) { return theorem7_quadratic(); },
       .uses = {"pasgd.corollary21", "pasgd.lemma12.2", "pasgd.growth.extremes"},
       .note = "(b) needs w >= 100 anyhow. The condition on the block before is not used.",
       .bound = true});
  registry.add({.id = "pasgd.theorem7.two_to_u",
                .source = "Theorem 7, proof",
                .statement = R"($(1+q)^{u/q}\ge 2^u$ for $q=ae^{-(T+1)a}$)",
                .procedure = [](const Context&) { return two_to_u(); }});
  registry.add(
      {.id = "pasgd.equations17_19",
       .source = "(8), (17)-(19)",
       .statement =
           R"(The larger way of two runs is half their distance or more; $\frac16\cdot\frac12=\frac1{12}$, $\frac1{12}+\frac{23}{24}-1=\frac1{24}$)",
       .procedure = [](const Context&) { return accounting(); }});
  registry.add(
      {.id = "pasgd.lemma9.square_of_sum.printed",
       .source = "Lemma 9, proof",
       .statement = R"($\|\sum\zeta\|^2\le 8M^2\sigma^2T_{\max}$ with probability $1-e^{-T_{\max}}$, by Lemma 3)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return lemma9_square_of_sum(true); },
       .instead = "pasgd.lemma9.square_of_sum"});
  registry.add(
      {.id = "pasgd.lemma9.square_of_sum",
       .source = "Lemma 9, proof, Gaussian noise, d = 1",
       .statement =
           R"($\max_t\|\sum\zeta\|^2>8M^2\sigma^2T_{\max}$ with probability at most $1/24$ for Gaussian noise in one dimension)",
       .procedure = [](const Context&) { return lemma9_square_of_sum(false); },
       .bound = true});
  registry.add(
      {.id = "pasgd.lemma9.margin",
       .source = "Lemma 9, (39)-(40)",
       .statement =
           R"(What (39) leaves, $(5c\sigma^2-2c\sigma^2-r^2-F)/2$, is at least $F_2$ under (b), $\kappa\ge1$ and $T\ge1$)",
       .procedure = [](const Context&) { return lemma9_margin(); }});
}

}  // namespace asyncert::pasgd
