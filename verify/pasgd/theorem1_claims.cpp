// The way to Theorem 1: Definition 2, Lemma 11, (20)-(29).
#include <cmath>
#include <optional>

#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

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

/// The number of stopping times (21) for which a window of Tmax steps fits into K, for the given blocks of second kind,
/// in order; two of them are at least `spacing` = Tmax/2T blocks apart.
long windows_of(const std::vector<long>& blocks, const Rational& spacing, const Rational& last) {
  long count = 0;
  std::optional<long> z;
  for (const long j : blocks) {
    if (z && Rational(j - *z) < spacing) continue;
    z = j;
    count += Rational(j) <= last ? 1 : 0;
  }
  return count;
}

/// The first floor(K/8T) + 1 blocks, T = 1, K as in Definition 2: the stopping times are whole blocks apart, 0, s, 2s,
/// ..., s = ceil(Tmax/2T).
Evidence equation21_printed() {
  const EscapeSetting s = feasible_settings().front();
  const EscapeConstants<Ball> k = s.constants();
  const Ball spacing = k.Tmax / 2;
  const double whole = std::floor(spacing.lower());
  Evidence e = single({.label = "K/(4 Tmax) <= K/(8T ceil(Tmax/2T)) + 1, the most that N can be",
                       .left = k.K2 / (Ball(4) * k.Tmax),
                       .right = k.K2 / Ball(8 * (static_cast<long>(whole) + 1)) + 1,
                       .instance = s.instance().add("blocks of second kind", "the first floor(K/8T) + 1")},
                      "enclosed: the stopping times are the multiples of ceil(Tmax/2T) up to K/8T; noise that cancels "
                      "the motion keeps the iterates at a saddle for so long with a positive probability");
  e.hypotheses.push_back({"Tmax/2T lies between whole numbers", spacing.lower() > whole && spacing.upper() < whole + 1,
                          spacing.to_string(8)});
  return e;
}

/// Each block of second kind lies less than s = ceil(Tmax/2T) behind a stopping time, and of those, s apart, at most
/// the last one's window does not fit, whether it is taken from 2T z on, as N has it, or from F_z = 2T (z+1) on.
Evidence equation21() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "each of the B blocks lies less than s = ceil(Tmax/2T) blocks behind a stopping time, so that there are B/s of "
      "them or more; one that has a next one lies s blocks or more before a block, so that 2T z + Tmax <= K, and F_z + "
      "Tmax - 1 <= K where 2T divides K; and counted for all 2^12 sets of 12 blocks at T = 1, Tmax = 3/2, 2, 3, 7/2, 5";
  for (const Rational& Tmax : {Rational(3, 2), Rational(2), Rational(3), Rational(7, 2), Rational(5)}) {
    const Rational spacing = Tmax / 2, s = spacing.is_integer() ? spacing : spacing.floor() + 1;
    Rational least(1), least_from_F(1);
    for (long set = 1; set < (1L << 12); ++set) {
      std::vector<long> blocks;
      for (long j = 0; j < 12; ++j)
        if (set >> j & 1) blocks.push_back(j);
      const Rational claimed = Rational(static_cast<long>(blocks.size())) / s - Rational(1);
      least = min(least, Rational(windows_of(blocks, spacing, Rational(12) - spacing)) - claimed);
      least_from_F = min(least_from_F, Rational(windows_of(blocks, spacing, Rational(23, 2) - spacing)) - claimed);
    }
    e.comparisons.push_back({.label = "0 <= least N - (B/s - 1)",
                             .left = Rational(0),
                             .right = least,
                             .instance = Object().add("Tmax", Tmax).add("T", 1)});
    e.comparisons.push_back({.label = "0 <= least number of windows from F_z on, less B/s - 1",
                             .left = Rational(0),
                             .right = least_from_F,
                             .instance = Object().add("Tmax", Tmax).add("T", 1)});
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
      {.label = "F = 0", .left = k.F, .relation = Relation::equal, .right = Rational(0), .instance = s.instance()},
      "F = 50 c sigma^2 eta M L T at T = 0");
}

/// After a block with sum |grad f|^2 < F the noise of one step decides: 4 L^2 eta^2 |Z|^2 <= (1 - 4/w^2) F means
/// |Z|^2/M^2
/// <= 50 sigma^2 T w (1 - 4/w^2), and (s+r)^2 <= 2 sigma^2.
Evidence third_kind() {
  Certificate e(
      "|grad f|^2 <= (2 + 4/w^2) F + 4 L^2 eta^2 |Z|^2 as in pasgd.equation28; 4 L^2 eta^2 |Z|^2 <= (1 - 4/w^2) F is "
      "|Z|^2/M^2 <= y (s+r)^2 with y >= 25 T w (1 - 4/w^2), identities; P(|Z|^2 > M^2 y (s+r)^2) <= phi(1/4) e^{-y/4}, "
      "phi(mu) = 4^mu/(1-2mu) (pasgd.equation35), and y/4 >= 6 T w at w >= 10");
  e.identity(
      "4 L^2 eta^2 M^2 50 v T w (1 - 4/w^2) = (1 - 4/w^2) 200 v T/w at M eta L = 1/w, times w^4, v = sigma^2",
      {{"v", 1}, {"T", 1}, {"w", 5}},
      [](const Point& p) {
        const Rational &w = p[2], square = w * w;
        return Rational(4) * Rational(50) * p[0] * p[1] * w * (square - Rational(4));
      },
      [](const Point& p) {
        const Rational &w = p[2], square = w * w;
        return (square - Rational(4)) * Rational(200) * p[0] * p[1] * w;
      });
  e.identity(
      "2 (s^2 + r^2) - (s+r)^2 = (s-r)^2", {{"s", 2}, {"r", 2}},
      [](const Point& p) { return Rational(2) * (p[0] * p[0] + p[1] * p[1]) - (p[0] + p[1]) * (p[0] + p[1]); },
      [](const Point& p) { return (p[0] - p[1]) * (p[0] - p[1]); });
  e.compare({.label = "6 <= (25/4)(1 - 4/w^2) at w = 10",
             .left = Rational(6),
             .right = Rational(25, 4) * (Rational(1) - Rational(4, 100))});
  e.compare({.label = "phi(1/4)^2 = 8",
             .left = Rational(2) / ((Rational(1) - Rational(1, 2)) * (Rational(1) - Rational(1, 2))),
             .relation = Relation::equal,
             .right = Rational(8)});
  return e;
}

/// f = L x^2/2 from rest at 0, d = M = T = 1: a block with a small gradient, then a large noise. With |g_1|^2 <= F/100,
/// of probability 1/2 or more, L eta |zeta_1| > 2 sqrt F makes |g_2|^2 > 3F.
Evidence third_kind_printed() {
  const EscapeSetting s{1, 1, 1, 1000000, 1, Rational::parse("1e12"), Rational::parse("1e-6"), 1, 1000000};
  const EscapeConstants<Ball> k = s.constants();
  const Ball excess = k.sigma2 / (k.r * k.r);
  Evidence e = single({.label = "P(sum of the block < F and |grad f(x_2)|^2 > 3F) <= e^{-1/eta}",
                       .left = normal_tail(sqrt(Ball(800) * Ball(s.w) * excess)),
                       .right = exp(-Ball(s.w * s.L)),
                       .instance = s.instance().add("f", "L x^2/2, from rest at 0")},
                      "enclosed lower bound of the probability: Gaussian noise of the step after a block near 0");
  e.hypotheses.push_back({"P(|g_1|^2 <= F/100) >= 1/2",
                          certainly_less(normal_tail(sqrt(Ball(2) * Ball(s.w) * excess)), Ball(Rational(1, 4))), ""});
  e.hypotheses.push_back(
      {"(b), (c) and (8)",
       certainly_less(k.lhs_b, 1) && certainly_less(k.lhs_c, k.p) && certainly_less(log(Ball(48)), k.lhs_8), ""});
  e.hypotheses.push_back({"2 > sqrt 3 + (1 + 1/w)/10",
                          certainly_less(sqrt(Ball(3)) + Ball(Rational(1, 10) + Rational(1, 10) / s.w), 2), ""});
  return e;
}

/// The mean of (28) over blocks whose sums are below F.
Evidence equation29() {
  Certificate e("(28) with each block's sum S < F, added up: q (F - S) is not negative; the least is at most the mean");
  e.nonnegative("q D, D = F - S", {{"q", 0, 1000000}, {"D", 0, 1000000}}, [](const Point& v) { return v[0] * v[1]; });
  return e;
}

/// (20) with the corrected noise terms: 15 iota Delta/16 must exceed Delta and what does not grow with K.
Evidence lemma11_1() {
  Evidence e;
  e.method =
      "enclosed at the feasible settings; (K/8T)(3 M eta/8)(F/5) = 15 iota Delta/16 at K = K1, and T^2/w <= 3/8 leaves "
      "F/5";
  for (const EscapeSetting& s : feasible_settings()) {
    const EscapeConstants<Ball> k = s.constants();
    const Rational gain = Rational(1) / (s.w * s.L), T(s.T), c(noise_constant);
    const Ball constant_noise =
        k.sigma2 * (Ball(Rational(8) * c * gain) * k.iota +
                    Ball(c * gain * (Rational(3, 2) / s.w + T * T / (s.w * s.w))) * (k.iota + 1));
    e.comparisons.push_back({.label = "Delta + noise < 15 iota Delta/16",
                             .left = Ball(s.Delta_f) + constant_noise,
                             .relation = Relation::less,
                             .right = Ball(Rational(15, 16) * s.Delta_f) * k.iota,
                             .instance = s.instance()});
    e.comparisons.push_back(
        {.label = "T^2/w <= 3/8", .left = T * T / s.w, .right = Rational(3, 8), .instance = s.instance()});
  }
  return e;
}

/// The same for iota to infinity: 8 c M eta sigma^2 < 15 Delta/16 remains.
Evidence lemma11_1_small_gap() {
  EscapeSetting s = feasible_settings().front();
  s.Delta_f = Rational::parse("1e-12");
  return single({.label = "8 c M eta sigma^2 <= 15 Delta/16",
                 .left = Ball(Rational(32) / (s.w * s.L)) * s.constants().sigma2,
                 .right = Rational(15, 16) * s.Delta_f,
                 .instance = s.instance()},
                "enclosed: both sides divided by iota, iota to infinity");
}

}  // namespace

void register_theorem1_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.equation25.printed",
                .source = "Lemma 11, part 2, (22), (25)",
                .statement = R"(The descent of $N$ good windows exceeds the noise of $K=4T_{\max}N$ steps)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation25(true); },
                .instead = "pasgd.equation25"});
  registry.add({.id = "pasgd.equation25.never",
                .source = "Lemma 11, part 2, (22), (25)",
                .statement = R"(The noise is at least 11000 times the descent for every admissible parameter)",
                .procedure = [](const Context&) { return equation25(false); },
                .note = "The proof of part 2 of Lemma 11 never reaches its contradiction."});
  registry.add({.id = "pasgd.equation25",
                .source = "Lemma 11, part 2, corrected",
                .statement = R"(With $F_2'=1536c\sigma^2\eta MLT_{\max}$ noise/descent is $(1+2T^2/3w)/2$)",
                .procedure = [](const Context&) { return equation25_repaired(); }});
  registry.add({.id = "pasgd.equation20.printed",
                .source = "(20)",
                .statement = R"(The noise term of (20) has the coefficient $32/3$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation20(Rational(32, 3)); },
                .instead = "pasgd.equation20"});
  registry.add({.id = "pasgd.equation20",
                .source = "(20), corrected",
                .statement = R"(The noise term of (20) has the coefficient 32)",
                .procedure = [](const Context&) { return equation20(32); },
                .note = "40 c sigma^2 eta M L T still covers it where M eta L T^2 <= 3/8."});
  registry.add({.id = "pasgd.definition2.maximum",
                .source = "Definition 2",
                .statement = R"($K_1<K_2$ always: $K_2/K_1\ge 100\kappa ue^f$)",
                .procedure = [](const Context&) { return k1_below_k2(); }});
  registry.add({.id = "pasgd.definition2.without_delay",
                .source = "Definition 2",
                .statement = R"(At $d=2$, $T=0$, $w=300$ the first entry of $K$ is $0/0$: $F=0$)",
                .procedure = [](const Context&) { return without_delay(); }});
  registry.add({.id = "pasgd.equation21.printed",
                .source = "(21), after (24)",
                .statement = R"(More than $K/8T$ blocks of the second kind give $N\ge K/4T_{\max}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation21_printed(); },
                .note = "Stopping times are whole blocks apart, and Tmax/2T is not whole; the loss is small.",
                .instead = "pasgd.equation21"});
  registry.add(
      {.id = "pasgd.equation21",
       .source = "(21), corrected",
       .statement =
           R"($B$ blocks of the second kind give $N\ge B/\lceil T_{\max}/2T\rceil-1$, and as many whose windows $F_{z_i},\dots,F_{z_i}+T_{\max}-1$ end by $K$ where $2T$ divides $K$)",
       .procedure = [](const Context&) { return equation21(); }});
  registry.add(
      {.id = "pasgd.equation24.printed",
       .source = "Lemma 11, part 2, (23), (24)",
       .statement = R"($N\ge K/4T_{\max}$ gives $N/24-\sqrt{2N\iota}\ge N/48$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return equation24(Rational::parse("1e-12")); },
       .note = "It needs N >= 4608 iota, that is M eta F2 <= 25 (f(x0)-f*)/4608: a large iota alone is not enough.",
       .instead = "pasgd.equation24"});
  registry.add(
      {.id = "pasgd.equation24",
       .source = "Lemma 11, part 2, (23), (24)",
       .statement =
           R"($N\ge K/4T_{\max}$ gives $N/24-\sqrt{2N\iota}\ge N/48$ at $f(x_0)-f_*=1$, $d=2$, $T=1$, $w=300$)",
       .procedure = [](const Context&) { return equation24(1); }});
  registry.add({.id = "pasgd.remark2_1",
                .source = "Remark 2.1",
                .statement = R"(With $g(x,\cdot)$ Lipschitz, $r\sim O(s)$ and $\eta\sim O(1/L)$ are enough)",
                .expected = Verdict::not_testable,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.not_testable = "the paper states neither the condition on g nor any constant, and omits the proof";
                  return e;
                }});
  registry.add({.id = "pasgd.lemma11.1",
                .source = "Lemma 11, part 1, (20), corrected",
                .statement = R"((20) contradicts $f\ge f_*$ at four feasible settings)",
                .procedure = [](const Context&) { return lemma11_1(); },
                .uses = {"pasgd.equation20"}});
  registry.add({.id = "pasgd.lemma11.1.large_iota.printed",
                .source = "Lemma 11, part 1, after (20)",
                .statement = R"(A large $\iota$ alone makes (20) a contradiction)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma11_1_small_gap(); },
                .note = "The initial gap must exceed a multiple of M eta sigma^2, too.",
                .instead = "pasgd.lemma11.1"});
  registry.add(
      {.id = "pasgd.third_kind.probability.printed",
       .source = "after (28)",
       .statement =
           R"(The probability that a block is of the third kind and has $\|\nabla f(x_{F_k})\|^2>3F$ is at most $e^{-1/\eta}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return third_kind_printed(); },
       .note = "1/eta = wML has units and grows with M: another unit of f or number of workers changes it, but not the "
               "probability.",
       .instead = "pasgd.third_kind.probability"});
  registry.add(
      {.id = "pasgd.third_kind.probability",
       .source = "after (28), corrected",
       .statement =
           R"(The probability that a block is of the third kind and has $\|\nabla f(x_{F_k})\|^2>3F$ is at most $2\sqrt2\,e^{-6Tw}$, $T\ge1$, $w\ge10$, every $f$)",
       .procedure = [](const Context&) { return third_kind(); },
       .uses = {"pasgd.equation28", "pasgd.equation35"},
       .bound = true});
  registry.add(
      {.id = "pasgd.equation29",
       .source = "(29)",
       .statement =
           R"((29) as the mean of (28) over the $B$ blocks of the third kind, and $\min_{F_k}\|\nabla f\|^2\le\frac1B\sum$)",
       .procedure = [](const Context&) { return equation29(); },
       .uses = {"pasgd.equation28"},
       .note = "The line after (29) has N for B, and the one before (29) B <= K/4T where Lemma 11 has at least."});
  registry.add({.id = "pasgd.remark2_2",
                .source = "Remark 2.2",
                .statement = R"(The added noise need not be Gaussian, only isotropic enough)",
                .expected = Verdict::not_testable,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.not_testable = "'isotropic enough' is not defined";
                  return e;
                }});
}

}  // namespace asyncert::pasgd
