// Lemma 9 and Theorem 7 for every objective, with the constants (6) and with those at which Theorem 1 can be proved.
#include <cmath>

#include "bounds/pasgd/repaired.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

const Rational one(1), two(2);

/// sigma^2 + 2 s r over sigma^2 is at most 1 + 2/(c1 sqrt d), largest at d = 1: (s+r)^2 in units of sigma^2.
Ball mixed_scale() { return Ball(1) + Ball(2) / noise_factor(Ball(1)); }

/// With n = Tmax: (b) is 32 T^2 n <= w^2, so that 2T^2(T+1)/w^2 <= (T+1)/(16n) <= 1/16 and the noises of (15) count at
/// most 2T^2/w^2 <= 1/(16n) each; 7w <= n makes w >= 224 T^2 and F = 200 sigma^2 T/w <= (200/224) sigma^2.
Evidence lemma9() {
  Certificate e(
      "Lemma 8 for the first tau <= n = Tmax with |x(k+tau) - x(k)| > S, divided by 3 eta^2 M^2 n: S^2 leaves (17/16) "
      "F2 "
      "+ sigma^2 (16 l + 1), l = ln(48 (d+1)); max |sum Z|^2 <= 16 M^2 sigma^2 n l fails with probability (d+1) e^{-l} "
      "= 1/48 (the trace of pasgd.lemma2, step by step for the samples' noises and zeta, is a submartingale: Doob's "
      "inequality); sum |Z_j|^2 <= 4.123 M^2 (s+r)^2 (n + n) over the window fails with e^{-n} (pasgd.equation35), and "
      "the T steps before have 4.123 M^2 (s+r)^2 n; these 3n count 2T^2/w^2 <= 1/(16n) each, the history F as "
      "2T^2(T+1)/w^2 <= 1/16. What remains is at least (17/16) F2, and the left side at most 17/16 of the sum: "
      "enclosed, d = 1 and T = 1 being the worst");
  e.identity(
      "(17/16) F + v (16 l + 1) - 16 v l - v (1-e) = (17/16) F + v e", {{"F", 1}, {"v", 1}, {"l", 1}, {"e", 1}},
      [](const Point& x) {
        return Rational(17, 16) * x[0] + x[1] * (Rational(16) * x[2] + one) - Rational(16) * x[1] * x[2] -
               x[1] * (one - x[3]);
      },
      [](const Point& x) { return Rational(17, 16) * x[0] + x[1] * x[3]; });
  e.compare({.label = "noises and history over sigma^2: (3/16) 4.123 (s+r)^2/sigma^2 + (1/16) 200/224 <= 1",
             .left = Ball(Rational(3 * 4123, 16 * 1000)) * mixed_scale() + Ball(Rational(200, 16 * 224)),
             .right = one});
  e.identity(
      "w (w - 224 T^2) + 32 T^2 (7w - n) = w^2 - 32 T^2 n", {{"w", 2}, {"T", 2}, {"n", 1}},
      [](const Point& v) {
        return v[0] * (v[0] - Rational(224) * v[1] * v[1]) + Rational(32) * v[1] * v[1] * (Rational(7) * v[0] - v[2]);
      },
      [](const Point& v) { return v[0] * v[0] - Rational(32) * v[1] * v[1] * v[2]; });
  e.compare({.label = "e^{-n} <= 1/48 for n >= 7w >= 7 x 224", .left = exp(-Ball(7 * 224)), .right = Rational(1, 48)});
  e.compare({.label = "1/48 + 1/48 = 1/24",
             .left = Rational(1, 48) + Rational(1, 48),
             .relation = Relation::equal,
             .right = Rational(1, 24)});
  // Chernoff and Doob at theta = x/(8V): 4 theta^2 V - theta x = -x^2/(16V), V = n M^2 sigma^2.
  e.identity(
      "4 theta^2 V - theta x = -x^2/(16V) at theta = x/(8V), times 16 V", {{"x", 2}, {"V", 2, one, one}},
      [](const Point& v) {
        const Rational theta = v[0] / (Rational(8) * v[1]);
        return Rational(16) * v[1] * (Rational(4) * theta * theta * v[1] - theta * v[0]);
      },
      [](const Point& v) { return -v[0] * v[0]; });
  return e;
}

/// (16) with the constants (6): r = c1 sqrt d s makes the added noise the larger part by far, and the running maximum
/// of its sum is Gaussian.
Evidence lemma9_as_printed() {
  Certificate e(
      "Lemma 8 for the first tau <= n = floor(Tmax) with |x(k+tau) - x(k)| > S, S^2 >= 60 eta^2 M^2 n sigma^2, divided "
      "by 3 eta^2 M^2 n: 20 sigma^2 less |sum Z|^2/(M^2 n), the noises' and the history's terms of "
      "pasgd.lemma9.repaired, at "
      "most sigma^2, must be (17/16) 2r^2 or more. |sum Z| <= (3 + delta) M r sqrt n: the sum of the M zeta exceeds 3 "
      "M r "
      "sqrt n with probability 4 Q(3) for d = 1 (Levy's inequality) and (9 e^{-8})^{d/2} for d >= 2 (Doob's inequality "
      "for "
      "e^{lambda |sum|^2}), the samples' noises exceed delta M r sqrt n, delta^2 = 16 ln(96 (d+1))/(c1^2 d), with "
      "(d+1) "
      "e^{-ln(96 (d+1))} = 1/96 (pasgd.lemma2 and Doob's inequality), and the noises' squares with e^{-n}: enclosed, d "
      "= "
      "1 "
      "being the worst of delta");
  const Ball delta = sqrt(Ball(16) * log(Ball(192))) / noise_factor(Ball(1)), reach = Ball(3) + delta;
  e.compare({.label = "(17/16) 2 <= 20 - (3 + delta)^2 - 1, over r^2 <= sigma^2",
             .left = Rational(17, 8),
             .right = Ball(19) - reach * reach});
  e.compare({.label = "4 Q(3) + 1/96 + e^{-n} <= 1/24 at d = 1, n >= 7 x 224",
             .left = Ball(4) * normal_tail(Ball(3)) + Ball(Rational(1, 96)) + exp(-Ball(7 * 224)),
             .right = Rational(1, 24)});
  e.compare({.label = "9 e^{-8} + 1/96 + e^{-n} <= 1/24 at d >= 2",
             .left = Ball(9) * exp(Ball(-8)) + Ball(Rational(1, 96)) + exp(-Ball(7 * 224)),
             .right = Rational(1, 24)});
  e.compare({.label = "delta^2 falls with d: ln(96 (d+1))/ln(6 (d+1)) = 1 + ln 16/ln(6 (d+1)), 1 <= ln 12",
             .left = one,
             .right = log(Ball(12))});
  e.compare({.label = "7 <= u, so that Tmax >= u kappa w and (b) give the 7w <= Tmax of pasgd.lemma9.repaired",
             .left = Rational(7),
             .right = smallest_u(Ball(4320), Ball(0))});
  // E e^{lambda |B|^2} = (1 - 2 lambda v)^{-d/2}, v = M^2 r^2 n/d, at 2 lambda v = 1 - 1/y with |B|^2 = y d v.
  e.identity(
      "2 lambda v = 1 - 1/y: y (1 - 2 lambda v) = 1 and lambda y d v = (d/2)(y - 1), the second times x",
      {{"y", 2, one, one}, {"d", 1}, {"x", 1}},
      [](const Point& v) {
        const Rational twice = one - one / v[0];
        return v[0] * (one - twice) + v[2] * (twice / 2 * v[0] * v[1]);
      },
      [](const Point& v) { return one + v[2] * (v[1] / 2 * (v[0] - one)); });
  return e;
}

/// (18) and (19) with 5/12 for 1/6.
Evidence theorem7() {
  Certificate e(
      "way(Tmax) >= 2 S, also where gamma > sqrt(rho eps2), since the coefficients of f(i,k) in a are >= 0: one of the "
      "two runs is S away or more with probability 5/12 (pasgd.theorem10, (17)), which have the same law, and then the "
      "sum is F2 or more but for 1/24, as the argument of Lemma 9 takes |x(k+tau) - x(k)| >= S: exact sums; (b) and 7w "
      "<= Tmax give w >= 224 T^2 and with it M eta L (T+1) <= 1");
  e.compare(
      {.label = "1/6 <= (5/12)/2 - 1/24", .left = Rational(1, 6), .right = Rational(5, 12) / two - Rational(1, 24)});
  e.compare({.label = "100 <= 224 T^2, and so is T + 1 <= 2T", .left = Rational(100), .right = Rational(224)});
  return e;
}

/// The descent and the noise of K steps in the unit E = sigma^2 eta^2 M^2 L, where M eta sigma^2 = w E.
Evidence theorem1() {
  const Rational quarter_window = Rational(1, 4) / (one + Rational(1, 784));  // Tmax/(4 (Tmax + 2T)) at least
  const Ball noise = Ball(Rational(4123, 1000)) * mixed_scale() * Ball(Rational(3, 2) + Rational(1, 224));
  const Rational first(75, 8), window(repaired_descent_factor * noise_constant, 32), second = window * quarter_window,
                                                                                     steps(repaired_step_factor);
  Certificate e(
      "K a multiple of 2T, blocks as in Definition 2; n = Tmax >= 7w and (b) give w >= 224 T^2, (a) and 2T <= n/784. A "
      "block's last T noises exceed 4.123 M^2 (s+r)^2 n with probability e^{-(n-T)}, so that K/8T blocks or more do "
      "with "
      "4 e^{-(n-T)} (Markov); of the other second-kind blocks K/8T or more give N >= K/(4(n+2T)) - 1 windows "
      "(pasgd.equation21) whose sum exceeds F2 with probability 1/6 each given the past (pasgd.theorem7.repaired), "
      "N/12 "
      "of them but for e^{-iota} (pasgd.lemma4) as N >= 288 iota; K/8T first-kind blocks have F each. Theorem 5 from "
      "t0 = 0, where nothing "
      "moved before and the boundary term is absent, makes both impossible but for 2 e^{-iota}: per step, in the unit "
      "E = sigma^2 eta^2 M^2 L, they descend by 9.375 "
      "and "
      "11.98, the noise adds at most 6.54, and K E >= Delta/2 + 1200 iota n E covers what does not grow with K. So "
      "more "
      "than K/8T blocks are of the third kind; K/8T or more of them have |grad f(x_{F_k})|^2 > 3F with probability at "
      "most 8 sqrt 2 e^{-6Tw} (pasgd.third_kind.probability, Markov). 4 e^{-iota} in all");
  // (3 M eta/8) F (K/8T): 3/64 of 50 c; (3 M eta/8) F2 N/12 with N = K/(4(n+2T)) - 1.
  e.compare({.label = "first kind: (3/64) 50 c = 9.375 a step",
             .left = Rational(3 * 50 * noise_constant, 64),
             .relation = Relation::equal,
             .right = first});
  e.compare({.label = "second kind: (3/8)(1/12) of 384 c are 48 a window of n steps",
             .left = Rational(3, 96) * Rational(repaired_descent_factor * noise_constant),
             .relation = Relation::equal,
             .right = window});
  e.compare({.label = "2T <= n/784: 2T 784 <= 7 x 224 T^2", .left = Rational(2 * 784), .right = Rational(7 * 224)});
  e.compare({.label = "the noise leaves 1.42 x 2 of the first kind's descent",
             .left = noise + Ball(Rational(284, 100)),
             .right = first});
  e.compare({.label = "and more of the second kind's", .left = noise + Ball(Rational(540, 100)), .right = second});
  // 2.84 K >= 1.42 Delta/E + 2.84 x 1200 iota n against Delta/E + 32 w iota + noise (T + iota) + 48 n, 1 <= iota, w <=
  // n/7, T <= n.
  e.compare({.label = "Delta: 1 <= 2.84/2", .left = one, .right = Rational(284, 200)});
  e.compare({.label = "the rest over iota n: 32/7 + 2 x 6.54 + 48 < 2.84 x 1200",
             .left = Ball(Rational(32, 7) + Rational(48)) + Ball(2) * noise,
             .relation = Relation::less,
             .right = Rational(284, 100) * steps});
  e.compare({.label = "N >= 288 iota: (288 + 1) 4 (1 + 1/784) iota n <= 1200 iota n",
             .left = Rational(289) / quarter_window,
             .right = steps});
  e.compare({.label = "N/6 - sqrt(2 N iota) >= N/12 from N = 288 iota on: 2 x 12^2 = 288",
             .left = Rational(2 * 144),
             .relation = Relation::equal,
             .right = Rational(288)});
  e.compare({.label = "1 <= iota = ln(4/delta)", .left = one, .right = log(Ball(4))});
  e.compare({.label = "3/2 w + 2T^2 < w^2, that is (a), at w = 224 T^2, T = 1",
             .left = Rational(3, 2) * Rational(224) + two,
             .relation = Relation::less,
             .right = Rational(224 * 224)});
  // iota <= w: 4 e^{-(n-T)} + 8 sqrt 2 e^{-6Tw} <= e^{-w}, n - T >= 6w.
  e.compare({.label = "(4 + 8 sqrt 2) e^{-5w} <= 1 at w = 224",
             .left = (Ball(4) + Ball(8) * sqrt(Ball(2))) * exp(-Ball(5 * 224)),
             .right = one});
  e.compare({.label = "2 + 1 + 1 = 4 failures of e^{-iota}", .left = Rational(2 + 1 + 1), .right = Rational(4)});
  return e;
}

/// The conditions of pasgd.theorem1 but 3F <= eps1^2.
void add_repaired_conditions(Evidence& e, const EscapeSetting& s, const Ball& w, const Ball& Tmax, const Object& at) {
  const EscapeProblem<Ball> p{Ball(s.d),
                              Ball(s.M),
                              Ball(s.L),
                              Ball(s.rho),
                              Ball(Rational(1, 10)),
                              Ball(s.eps2),
                              Ball(s.s),
                              Ball(s.T),
                              Ball(s.Delta_f),
                              Ball(Rational(1, 20)),
                              w};
  const RepairedConstants<Ball> k = repaired_constants<Ball>(p, Tmax);
  e.comparisons.push_back({.label = "7w <= Tmax", .left = Ball(7) * w, .right = Tmax, .instance = at});
  e.comparisons.push_back(
      {.label = "(b): 8c L^2 M^2 eta^2 T^2 Tmax <= 1", .left = k.lhs_b, .right = one, .instance = at});
  e.comparisons.push_back(
      {.label = "(c): eta M Tmax rho S <= p", .left = k.lhs_c, .right = escape_constants<Ball>(p).p, .instance = at});
  e.comparisons.push_back(
      {.label = "2S <= beta M eta r/(6 sqrt d)", .left = Ball(2) * k.S, .right = k.way, .instance = at});
  e.comparisons.push_back({.label = "iota <= w at delta = 1/20", .left = k.iota, .right = w, .instance = at});
}

Evidence repaired_settings() {
  const Rational tiny = Rational::parse("1e-6");
  Evidence e;
  e.method = "enclosed at four settings, gamma = sqrt(rho eps2)";
  for (const auto& [setting, Tmax] :
       {std::pair{EscapeSetting{2, 1, 1, 1, 1, 1, tiny, 1, 2450}, "23800"},
        {EscapeSetting{2, 3, 5, 1, 1, 1, tiny, 1, 7800}, "75800"},
        {EscapeSetting{1, 1, 1, 1, 1, 1, tiny, 1, 810}, "7580"},
        {EscapeSetting{32, 8, 10, 1, 1, Rational(1, 100), 1, 5, Rational::parse("3.3e21")}, "4.13e23"}})
    add_repaired_conditions(e, setting, Ball(setting.w), Ball(Rational::parse(Tmax)),
                            setting.instance().add("Tmax", Tmax));
  return e;
}

/// eps1 = eps2 = eps at w = 1e16 eps^-2 l^4, l = 1 + ln(1/eps), and Tmax = T + u e^f/a, u = 12 + l/2, rounded up.
///
/// kappa = eps^{-1/2}, f = 2a <= 2e-16 and kappa w >= 1e16 leave u kappa w <= Tmax <= 1.002 u kappa w, so that F2 =
/// 1536 sigma^2 Tmax/w >= 1536 x 12 sigma^2 and S <= (Tmax/w) sqrt(4920 sigma^2/w).
Evidence repaired_order() {
  const EscapeSetting unit{2, 1, 1, 1, 1, 1, 1, 1, Rational::parse("1e16")};
  const EscapeConstants<Ball> at_one = unit.constants();
  const Ball sigma2 = at_one.sigma2, W(unit.w), u = Ball(Rational(25, 2));  // u/l is largest at l = 1
  Certificate e(
      "7w <= u kappa w <= Tmax <= 1.002 u kappa w; S <= (Tmax/w) sqrt(4920 sigma^2/w); kappa^2 = 1/eps and w = W "
      "eps^-2 l^4, "
      "W "
      "= 1e16, leave (b) 33 u eps^{3/2}/(W l^4), (c) 1.005 (u/l)^2 sqrt(4920 sigma^2/W), K at most w^2/(2 sigma^2) + "
      "1200 "
      "iota 1.002 u kappa w; beta^2 >= (E-1)/(q(2+q)) >= 0.498 kappa w e^{2u}, e^{2u} = e^{25}/eps, so that the way is "
      "0.498 "
      "e^{25}/72 >= 4 1.005 4920 (sigma/r)^2 u^2 eps^{1/2}: u/l, u/l^4 and u^2 eps^{1/2} = u^2 e^{(1-l)/2} fall with l "
      ">= 1 "
      "(of the last, the logarithm has the slope 1/u - 1/2), enclosed at l = 1; and the conditions enclosed at eps = "
      "10^-j, j = 1, ..., 12");
  e.compare({.label = "17/16 + (16 ln 144 + 1)/(1536 x 12) <= 4920/(3 x 1536)",
             .left = Ball(Rational(17, 16)) + (Ball(16) * log(Ball(144)) + 1) / Ball(1536 * 12),
             .right = Rational(4920, 3 * 1536)});
  e.compare({.label = "Tmax: u e^f kappa w + 2 <= 1.002 u kappa w",
             .left = exp(Ball(2) / W) + Ball(2) / (u * W),
             .right = Rational(1002, 1000)});
  e.compare({.label = "(b) at l = 1: 33 u/W <= 1", .left = Ball(33) * u / W, .right = one});
  e.compare({.label = "(c) at l = 1: 1.005 u^2 sqrt(4920 sigma^2/W) <= p",
             .left = Ball(Rational(1005, 1000)) * u * u * sqrt(Ball(4920) * sigma2 / W),
             .right = at_one.p});
  e.compare({.label = "0.498 <= (0.999 - e^{-2u})/(2 + 1/W), and u q <= u/W",
             .left = Rational(498, 1000),
             .right = (Ball(Rational(999, 1000)) - exp(-Ball(2) * u)) / (Ball(2) + Ball(1) / W)});
  e.compare({.label = "E >= e^{2u (1-q/2)} >= 0.999 e^{2u}: 0.999 <= e^{-u/W}",
             .left = Rational(999, 1000),
             .right = exp(-u / W)});
  e.compare({.label = "the way at l = 1: 4 x 1.005 x 4920 (sigma/r)^2 u^2 <= 0.498 e^25/72",
             .left = Ball(Rational(4 * 1005 * 4920, 1000)) * sigma2 / (at_one.r * at_one.r) * u * u,
             .right = Ball(Rational(498, 1000 * 72)) * exp(Ball(25))});
  e.compare({.label = "slope of ln(u^2 eps^{1/2}): 1/u <= 1/2", .left = Ball(1) / u, .right = Rational(1, 2)});
  e.compare({.label = "3F <= eps^2: 600 sigma^2 <= W", .left = Ball(600) * sigma2, .right = W});
  e.compare({.label = "iota <= w: ln 80 <= W", .left = log(Ball(80)), .right = W});
  e.compare({.label = "K/w^2 at l = 1: 1/(2 sigma^2) + 1200 iota 1.002 u/W <= 1",
             .left = Ball(1) / (Ball(2) * sigma2) + Ball(Rational(12024, 10)) * log(Ball(80)) * u / W,
             .right = one});
  for (long j = 1; j <= 12; ++j) {
    const Rational eps = pow(Rational(10), -j);
    const EscapeSetting s{2, 1, 1, 1, 1, eps, 1, 1, 1};
    const Ball l = Ball(1) - log(Ball(eps)), w = Ball(pow(Rational(10), 16) / (eps * eps)) * pow(l, 4);
    const EscapeProblem<Ball> p{Ball(s.d), Ball(s.M), Ball(s.L),       Ball(s.rho),           Ball(eps), Ball(s.eps2),
                                Ball(s.s), Ball(s.T), Ball(s.Delta_f), Ball(Rational(1, 20)), w};
    const EscapeConstants<Ball> k = escape_constants<Ball>(p);
    const Ball way = Ball(s.T) + (Ball(12) + l / 2) * exp(k.f) / k.a;
    const Rational Tmax = Rational::from_double(std::ceil(way.upper()));
    const Object at = Object().add("eps", eps).add("Tmax", Tmax);
    Evidence conditions;
    add_repaired_conditions(conditions, s, w, Ball(Tmax), at);
    for (Comparison& c : conditions.comparisons) e.compare(std::move(c));
    e.compare({.label = "3F <= eps^2", .left = Ball(3) * k.F, .right = eps * eps, .instance = at});
    e.compare({.label = "K <= 1e32 eps^-4 l^8",
               .left = repaired_constants<Ball>(p, Ball(Tmax)).K,
               .right = Ball(pow(Rational(10), 32) / pow(eps, 4)) * pow(l, 8),
               .instance = at});
  }
  return e;
}

}  // namespace

void register_repaired_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "pasgd.lemma9.repaired",
       .source = "Lemma 9, (16), corrected",
       .statement =
           R"(For every $f$, with $r$ and $F$ of (6), under (b), $T\ge1$, a whole $T_{\max}\ge7w$, gradient noises of mean zero with the tail (4) given the past, independent $\zeta$ and $\sum_{j=k-T}^{k-1}\|\sum_m\zeta_{j,m}\|^2\le4.123M^2(s+r)^2T_{\max}$: (16) for any $F_2\ge0$ with $S^2=3\eta^2M^2T_{\max}[\frac{17}{16}F_2+\sigma^2(16\ln(48(d+1))+1)]$)",
       .procedure = [](const Context&) { return lemma9(); },
       .uses = {"pasgd.lemma8", "pasgd.lemma2", "pasgd.equation35"},
       .note = "The noises before step k have happened: a statement given the past needs a bound on them. (8) is not "
               "needed.",
       .bound = true});
  add({.id = "pasgd.lemma9.every_objective",
       .source = "Lemma 9, (16)",
       .statement =
           R"((16) with the constants (6) for every $f$, under (b), $\kappa\ge1$, $T\ge1$, $u$ no less than the larger root of (7), gradient noises of mean zero with the tail (4) given the past, independent $\zeta$ and $\sum_{j=k-T}^{k-1}\|\sum_m\zeta_{j,m}\|^2\le4.123M^2(s+r)^2T_{\max}$)",
       .procedure = [](const Context&) { return lemma9_as_printed(); },
       .uses = {"pasgd.lemma9.repaired", "pasgd.lemma8", "pasgd.lemma2", "pasgd.equation35"},
       .note =
           "The printed proof takes Lemma 3 for the square of a sum (pasgd.lemma9.square_of_sum.printed); the lemma "
           "survives since r exceeds s by the factor c1 sqrt d >= 37.",
       .bound = true});
  add({.id = "pasgd.theorem7.every_objective",
       .source = "Theorem 7, (14)",
       .statement =
           R"((14) with the constants (6) for every $f$, and $\frac16$ for $\frac1{24}$, under (b), (c), the hypotheses of pasgd.lemma9.every_objective and delays independent of all noises)",
       .procedure = [](const Context&) { return theorem7(); },
       .uses = {"pasgd.theorem10", "pasgd.lemma9.every_objective", "pasgd.theorem7.distance", "pasgd.equations17_19"},
       .note =
           "So Theorem 7 survives the errors of its proof; that u is no less than the larger root, that the delays do "
           "not look at the noise and that the last T noises are not exceptional are hidden in it.",
       .bound = true});
  add({.id = "pasgd.theorem7.repaired",
       .source = "Theorem 7, (14), corrected",
       .statement =
           R"(For every $f$, under the hypotheses of pasgd.lemma9.repaired and pasgd.theorem13.samples, $\eta MT_{\max}\rho S\le p$ and $2S\le\beta M\eta r/(6\sqrt d)$, $\beta^2=T+((1+q)^{2(T_{\max}-T)}-1)/(q(2+q))$, $q=ae^{-(T+1)a}$, $a=M\eta\sqrt{\rho\epsilon_2}$: (14) with $\frac16$ for $\frac1{24}$)",
       .procedure = [](const Context&) { return theorem7(); },
       .uses = {"pasgd.theorem10", "pasgd.lemma9.repaired", "pasgd.corollary21", "pasgd.growth.extremes",
                "pasgd.equations17_19"},
       .bound = true});
  add({.id = "pasgd.theorem1",
       .source = "Theorem 1, Lemma 11, corrected",
       .statement =
           R"(For every $f$ with Assumptions 1-3 given the past, delays independent of the noises, $T\ge1$, the constants (6) but $F_2=384c\sigma^2\eta MLT_{\max}$ and $S$ as in pasgd.lemma9.repaired, a whole $T_{\max}\ge7w$, (b), (c), $2S\le\beta M\eta r/(6\sqrt d)$ as in pasgd.theorem7.repaired, $3F\le\epsilon_1^2$ and $\iota=\ln(4/\delta)\le w$: with probability at least $1-\delta$ one of the first $K$ iterates has $\|\nabla f\|^2\le\epsilon_1^2$ and $\lambda_{\min}(\nabla^2f)>-\sqrt{\rho\epsilon_2}$, for each multiple $K$ of $2T$ with $K\ge\frac{f(x_0)-f_*}{2\sigma^2\eta^2M^2L}+1200\,\iota T_{\max}$)",
       .procedure = [](const Context&) { return theorem1(); },
       .uses = {"pasgd.theorem5", "pasgd.theorem7.repaired", "pasgd.equation21", "pasgd.lemma4", "pasgd.equation35",
                "pasgd.third_kind.probability"},
       .note = "pasgd.theorem1.settings meets the conditions, pasgd.theorem1.order says how w and K grow."});
  add({.id = "pasgd.theorem1.settings",
       .source = "Theorem 1, corrected",
       .statement = R"(The conditions of pasgd.theorem1 hold together at four settings, for $\epsilon_1^2\ge3F$ each)",
       .procedure = [](const Context&) { return repaired_settings(); }});
  add({.id = "pasgd.theorem1.order",
       .source = "Theorem 1, corrected",
       .statement =
           R"(At $d=2$, $M=T=L=\rho=s=f(x_0)-f_*=1$, $\delta=\frac1{20}$ and every $\epsilon_1=\epsilon_2=\epsilon\le1$ the conditions of pasgd.theorem1 hold with $w=10^{16}\epsilon^{-2}\ell^4$, $\ell=1+\ln\frac1\epsilon$, and $K\le10^{32}\epsilon^{-4}\ell^8$)",
       .procedure = [](const Context&) { return repaired_order(); },
       .note = "So the step is of order eps^2 and K of order eps^{-4}, up to powers of ln(1/eps): the factor l^4 comes "
               "from (c), in which Tmax/w is of order kappa u."});
}

}  // namespace asyncert::pasgd
