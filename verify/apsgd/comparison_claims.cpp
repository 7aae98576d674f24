// Claims on the comparisons with the basic and the synchronous method, (64)-(69), Table 1, and what the counts depend
// on.
#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/tables.hpp"
#include "verify/apsgd/claims.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), three(3), four(4);

Object at(const Spectrum& s) { return Object().add("lambda_min", s.l).add("lambda_max", s.L); }

/// 1 - lambda_min U(theta_1, 1) = (1-l)(s-3)/(2(s-1)) with s^2 = 1 + 2 delta(1-l): nonnegative exactly from s = 3 on.
Evidence basic_case1() {
  Certificate e(
      "with 1/delta = 2(1-l)/(s^2-1): 2(s-1)[1 - lambda_min U(theta_1,1)] = (1-l)(s-3), and s >= 3 is delta >= "
      "4/(1-l)");
  e.identity(
      "2(s-1)[1 - (1+l)/2 - (1+s)/(2 delta)] = (1-l)(s-3)",
      {{"s", 6, two, one}, {"l", 2, Rational(1, 8), Rational(1, 8)}},
      [](const Point& v) {
        return two * (v[0] - one) * (one - (one + v[1]) / two - (one + v[0]) * (one - v[1]) / (v[0] * v[0] - one));
      },
      [](const Point& v) { return (one - v[1]) * (v[0] - three); });
  return e;
}

/// 4(s-1)[1 - lambda_min U(theta_2, 2)] = (3-2l)(s-1) - 2 with s^2 = 1 + delta; at s = 2 it is 1 - 2l >= 0, and it
/// grows with s.
Evidence basic_case2() {
  Certificate e(
      "with delta = s^2-1: 4(s-1)[1 - lambda_min U(theta_2,2)] = (3-2l)(s-1) - 2, affine in s and in l; lambda_min <= "
      "1/2 where lambda_min + lambda_max <= 1");
  e.identity(
      "4(s-1)[1 - 1/4 - l/2 - (1+s)/(2 delta)] = (3-2l)(s-1) - 2",
      {{"s", 6, two, one}, {"l", 2, Rational(1, 8), Rational(1, 8)}},
      [](const Point& v) {
        return four * (v[0] - one) * (Rational(3, 4) - v[1] / two - (one + v[0]) / (two * (v[0] * v[0] - one)));
      },
      [](const Point& v) { return (three - two * v[1]) * (v[0] - one) - two; });
  e.nonnegative("(3-2l)(s-1) - 2 at s = 2", {{"l", zero, Rational(1, 2)}},
                [](const Point& v) { return (three - two * v[0]) - two; });
  e.nonnegative("its slope 3 - 2l", {{"l", zero, Rational(1, 2)}}, [](const Point& v) { return three - two * v[0]; });
  return e;
}

/// 2(s-1)[1 - lambda_min U(theta, omega_star)] = 2 m (s-1) - g with m = 1 - (3l+L)/4, g = k + 2l(1-k) and s^2 = 1 +
/// delta g.
Evidence basic_case1_star() {
  Certificate e(
      "with delta = (s^2-1)/g and free m, g: 2(s-1)[m - (1+s)/(2 delta)] = 2m(s-1) - g, and s - 1 >= g/(2m) is delta "
      ">= (g+4m)/(4m^2)");
  e.identity(
      "2(s-1)[m - (1+s)/(2 delta)] = 2m(s-1) - g", {{"s", 6, two, one}, {"m", 1}, {"g", 2}},
      [](const Point& v) { return two * (v[0] - one) * (v[1] - (one + v[0]) * v[2] / (two * (v[0] * v[0] - one))); },
      [](const Point& v) { return two * v[1] * (v[0] - one) - v[2]; });
  e.identity(
      "4m^2 (s^2-1) at s = 1 + g/(2m) is g (g+4m)", {{"m", 2}, {"g", 2}},
      [](const Point& v) {
        const Rational s = one + v[1] / (two * v[0]);
        return four * v[0] * v[0] * (s * s - one);
      },
      [](const Point& v) { return v[1] * (v[1] + four * v[0]); });
  return e;
}

/// The exact growth factor of (25) against the basic method at delay 4: lambda_min min 1/(1 - rho^4) > 1.
Evidence basic_case1_rate() {
  Evidence e;
  e.method = "certified minimum of 1/(1 - rho^delta) over theta and omega";
  const Spectrum s{Rational(4, 5), one};
  e.comparisons.push_back({.label = "1 < lambda_min min 1/(1 - rho^4)",
                           .left = 1,
                           .relation = Relation::less,
                           .right = Ball(s.l) * best_rate_complexity(s, four),
                           .instance = at(s).add("delta", 4)});
  return e;
}

/// For omega <= 2, lambda_min U = limit + (1+s)/(2 delta) with s^2 = 1 + 2 delta q, q = (1 + (omega-2)l)/omega <= 1
/// (apsgd.best_damping). With t = sqrt(delta) >= 1: s <= 3t - 1, so that the rest is at most 3/(2t). And enclosures.
Evidence limit(const std::vector<Spectrum>& spectra, const std::function<Rational(const Spectrum&)>& omega,
               const std::function<Rational(const Spectrum&)>& value) {
  Certificate e(
      "0 <= (1+s)/(2 delta) <= 3/(2 sqrt delta) for delta = t^2 >= 1: (3t-1)^2 - s^2 = t(3t-6+2t(3-q)) >= 0 as q <= 1; "
      "and enclosures at delta = 1e20 of the closed form that the library computes");
  e.identity(
      "(3t-1)^2 - (1 + 2 t^2 q) = t [6(t-1) + t + 2t(1-q)]", {{"t", 2}, {"q", 1}},
      [](const Point& v) { return (three * v[0] - one) * (three * v[0] - one) - (one + two * v[0] * v[0] * v[1]); },
      [](const Point& v) { return v[0] * (Rational(6) * (v[0] - one) + v[0] + two * v[0] * (one - v[1])); });
  // omega (1-q) = omega - 1 - (omega-2) l
  e.nonnegative("omega - 1 + (2-omega) l", {{"omega", one, two}, {"l", zero, one}},
                [](const Point& v) { return v[0] - one + (two - v[0]) * v[1]; });
  const PrecisionScope precision(256);
  for (const Spectrum& s : spectra) {
    const Rational w = omega(s);
    e.compare({.label = "l/2 + 1/(2 omega) = limit",
               .left = s.l / two + one / (two * w),
               .relation = Relation::equal,
               .right = value(s),
               .instance = at(s).add("omega", w)});
    e.compare({.label = "|lambda_min U - limit| <= 3/(2 sqrt delta)",
               .left = abs(scaled_minimum_bound(s, w, pow(Rational(10), 20)).enclosure() - Ball(value(s))),
               .right = Rational(3, 2) * pow(Rational(10), -10),
               .instance = at(s).add("omega", w)});
  }
  return e;
}

/// |lambda_min U - 3/4| at omega = 1 and a large delay, against what a limit leaves.
Evidence printed_limit() {
  Evidence e;
  e.method = "enclosure at delta = 1e20";
  const Spectrum s = {Rational(1, 10), Rational(9, 10)};
  e.comparisons.push_back(
      {.label = "|lambda_min U - limit| <= 3/(2 sqrt delta)",
       .left = abs(scaled_minimum_bound(s, one, pow(Rational(10), 20)).enclosure() - Ball(Rational(3, 4))),
       .right = Rational(3, 2) * pow(Rational(10), -10),
       .instance = at(s).add("omega", 1)});
  return e;
}

/// The limits as functions of the spectrum: l/2 + 1/(2 omega) with 1/omega_star = (l+L)/2.
Evidence limit_of(Evidence e, const Polynomial& inverse_omega, const Polynomial& value) {
  Certificate c("");
  c.identity(
      "l/2 + 1/(2 omega) = limit, every spectrum", {{"l", 1}, {"L", 1}},
      [&](const Point& v) { return v[0] / two + inverse_omega(v) / two; }, value);
  for (const Comparison& comparison : c.evidence().comparisons) e.comparisons.push_back(comparison);
  return e;
}

const std::vector<Spectrum> case1 = {
    {Rational(1, 10), Rational(9, 10)}, {Rational(1, 5), one}, {Rational(2, 3), Rational(3, 4)}};
const std::vector<Spectrum> case2 = {
    {Rational(1, 1000), Rational(2, 5)}, {Rational(1, 10), Rational(3, 10)}, {Rational(1, 3), Rational(1, 2)}};

/// From which tau on the closed form (61) wins for good: 0 for never.
Comparison wins_eventually(const Spectrum& s, const Rational& c, long expected) {
  const MinimumProcessors m = minimum_processors(s, c, Definition::equation_61);
  return {.label = "whether (61) wins for all large tau",
          .left = m.always_from ? 1 : 0,
          .relation = Relation::equal,
          .right = expected,
          .instance = at(s).add("c", c)};
}

/// lambda_min [chi_s - (61)] = e + (1-L)/tau - (1+s)/(2(s^2-1)) with c tau = s^2 - 1, that is e + (1-L)/tau -
/// 1/(2(s-1)).
Evidence asymptotic_case2() {
  Certificate c(
      "with c tau = s^2 - 1: 2(s-1)[e - (1+s)/(2 c tau)] = 2e(s-1) - 1, which is positive for s > 1 + 1/(2e); chi_s "
      "exceeds its limit by (1-L)/tau (apsgd.equation65); and exact decisions for all tau at 12 spectra from just "
      "above the border on, c = 1, 3/2, 2");
  c.identity(
      "2(s-1)[e - (1+s)/(2(s^2-1))] = 2e(s-1) - 1", {{"s", 6, two, one}, {"e", 1}},
      [](const Point& v) { return two * (v[0] - one) * (v[1] - (one + v[0]) / (two * (v[0] * v[0] - one))); },
      [](const Point& v) { return two * v[1] * (v[0] - one) - one; });
  for (const Rational& l : {Rational(1, 10), Rational(1, 100), Rational(1, 5)})
    for (const Rational& excess : {Rational(1, 10000), Rational(1, 100), Rational(1, 20), Rational(1, 10)})
      for (const Rational& speed : {one, Rational(3, 2), two})
        c.compare(wins_eventually({l, Rational(1, 4) + l / two + excess}, speed, 1));
  return c;
}

/// How the closed form's count moves along one parameter of Tables 2 and 3, all other things equal.
Evidence effect(const std::function<bool(const PrintedRow&, const PrintedRow&)>& neighbours,
                Definition (*definition)(const PrintedRow&)) {
  Evidence e;
  e.method =
      "exact counts (smallest tau >= 2, ties count) of all pairs of printed rows that differ in this parameter alone";
  for (const PrintedRow& a : printed_rows())
    for (const PrintedRow& b : printed_rows()) {
      if (a.table != b.table || !neighbours(a, b)) continue;
      const auto count = [&](const PrintedRow& row) {
        return *minimum_processors(row.spectrum(), row.speed(), definition(row)).first_weak_ge2();
      };
      e.comparisons.push_back({.label = "count of the second row <= count of the first",
                               .left = count(b),
                               .relation = Relation::less_equal,
                               .right = count(a),
                               .instance = Object()
                                               .add("lambda_min", a.lambda_min)
                                               .add("lambda_max", a.lambda_max)
                                               .add("c", a.c)
                                               .add("lambda_min'", b.lambda_min)
                                               .add("lambda_max'", b.lambda_max)
                                               .add("c'", b.c)});
    }
  return e;
}

Definition closed_form(const PrintedRow& row) { return row.printed_definition(); }
Definition minimum_of_U(const PrintedRow&) { return Definition::bound; }

bool smaller_lambda_min(const PrintedRow& a, const PrintedRow& b) {
  return a.table == 3 && std::string(a.lambda_max) == b.lambda_max && std::string(a.c) == b.c &&
         b.spectrum().l < a.spectrum().l;
}

}  // namespace

void register_comparison_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.basic.case1", "after (53), corrected",
      R"($U(\theta_1,1)\le1/\lambda_{\min}\iff\delta\ge4/(1-\lambda_{\min})$)", Verdict::proved, basic_case1);
  add("apsgd.basic.case1.omega_star", "after (56), corrected",
      R"($U(\theta_{\omega_*},\omega_*)\le1/\lambda_{\min}\iff\delta\ge(g+4m)/(4m^2)$, $m=1-\frac{3\lambda_{\min}+\lambda_{\max}}4$)",
      Verdict::proved, basic_case1_star,
      "4.06 at (0.5, 0.9), 12.4 at (0.8, 1), 19 at (0.9, 0.9): no fixed number of updates suffices.");
  add("apsgd.basic.case1.rate", "against the abstract and after (53), with the growth factor of (25)",
      R"($\min_{\theta,\omega}\frac1{1-\rho^\delta}>1/\lambda_{\min}$ at $\lambda_{\min}=4/5$, $\lambda_{\max}=1$, $\delta=4$)",
      Verdict::proved, basic_case1_rate,
      "Even the exact growth factor does not beat the basic method at delay 4 where lambda_min is large.");
  add("apsgd.table1.synchronous", "Table 1, omega = 1", R"($1-\rho_s(1)=(2-\xi)\lambda_{\min}$)", Verdict::proved, [] {
    Certificate e("identity for (10) at omega = 1");
    e.identity(
        "1 - rho_s(1) = (2 - xi) l", {{"tau", 1}, {"l", 1}, {"L", 1}},
        [](const Point& v) { return v[0] * (one - synchronous_bound(v[1], v[2], one, v[0])); },
        [](const Point& v) { return (two * v[0] - (one + (v[0] - one) * v[2])) * v[1]; });
    return Evidence(e);
  });
  add("apsgd.equation54.printed", "(54) at lambda_min + lambda_max = 2",
      R"((54) gives $\theta_{\omega_*}$ in all of Case 1: its denominator $\delta(2-k)$ is positive for $k\in[1,2]$)",
      Verdict::refuted,
      [] {
        Evidence e;
        e.method = "the denominator of (54) at k = 2";
        e.comparisons.push_back({.label = "0 < delta (2 - k)",
                                 .left = 0,
                                 .relation = Relation::less,
                                 .right = Rational(10) * (two - (one + one)),
                                 .instance = Object().add("k", 2).add("delta", 10)});
        return e;
      },
      {.note = "lambda_min = lambda_max = 1 is a system that one step solves; the corrected root is 1 + delta (k + 2 l "
               "(1-k)).",
       .instead = "apsgd.best_damping"});
  add("apsgd.basic.case2", "after (61)", R"($\delta\ge3\Rightarrow U(\theta_2,2)\le1/\lambda_{\min}$)", Verdict::proved,
      basic_case2, "Sharp is delta >= (4-2l)/(3/2-l)^2.");
  add("apsgd.equation65", "(65), Table 1", R"($\lambda_{\min}\chi_s(\tau)=\xi\to\lambda_{\max}$, from above)",
      Verdict::proved, [] {
        Certificate e("identity xi - L = (1-L)/tau, which is nonnegative and tends to 0");
        e.identity(
            "xi - L = t (1-L), t = 1/tau", {{"t", 1}, {"L", 1}},
            [](const Point& v) { return v[0] + (one - v[0]) * v[1] - v[1]; },
            [](const Point& v) { return v[0] * (one - v[1]); });
        e.nonnegative("1 - L", {{"L", zero, one}}, [](const Point& v) { return one - v[0]; });
        return Evidence(e);
      });
  add("apsgd.equation67", "(67), Table 1",
      R"(in Case 1 $\lambda_{\min}U(\theta_{\omega_*},\omega_*)\to(3\lambda_{\min}+\lambda_{\max})/4$, from above, within $\frac3{2\sqrt\delta}$ for $\delta\ge1$)",
      Verdict::proved,
      [] {
        return limit_of(
            limit(
                case1, [](const Spectrum& s) { return s.omega_star(); },
                [](const Spectrum& s) { return (three * s.l + s.L) / four; }),
            [](const Point& v) { return (v[0] + v[1]) / two; },
            [](const Point& v) { return (three * v[0] + v[1]) / four; });
      },
      {.bound = true});
  add("apsgd.equation69", "(69), Table 1",
      R"(in Case 2 $\lambda_{\min}U(\theta_2,2)\to(1+2\lambda_{\min})/4$, from above, within $\frac3{2\sqrt\delta}$ for $\delta\ge1$)",
      Verdict::proved,
      [] {
        return limit_of(
            limit(
                case2, [](const Spectrum&) { return two; }, [](const Spectrum& s) { return (one + two * s.l) / four; }),
            [](const Point&) { return one / two; }, [](const Point& v) { return (one + two * v[0]) / four; });
      },
      {.bound = true});
  add("apsgd.table1.limit_omega1", "Table 1, omega = 1, corrected",
      R"($\lambda_{\min}U(\theta_1,1)\to(1+\lambda_{\min})/2$, from above, within $\frac3{2\sqrt\delta}$ for $\delta\ge1$)",
      Verdict::proved,
      [] {
        return limit_of(
            limit(
                case1, [](const Spectrum&) { return one; }, [](const Spectrum& s) { return (one + s.l) / two; }),
            [](const Point&) { return one; }, [](const Point& v) { return (one + v[0]) / two; });
      },
      {.bound = true});
  add("apsgd.table1.limit_omega1.printed", "Table 1, omega = 1", R"($\lambda_{\min}U(\theta_1,1)\to3/4$)",
      Verdict::refuted, printed_limit,
      {.note = "Follows the wrong (53); right only for lambda_min = 1/2.", .instead = "apsgd.table1.limit_omega1"});
  add(
      "apsgd.asymptotic.case1", "after (67)", R"($(67)<(65)\iff\lambda_{\min}<\lambda_{\max}$)", Verdict::proved,
      [] {
        Certificate e("identity L - (3l+L)/4 = 3(L-l)/4");
        e.identity(
            "4[L - (3l+L)/4] = 3(L-l)", {{"l", 1}, {"L", 1}},
            [](const Point& v) { return four * (v[1] - (three * v[0] + v[1]) / four); },
            [](const Point& v) { return three * (v[1] - v[0]); });
        return Evidence(e);
      },
      "A comparison of two upper bounds: the synchronous one is loose (apsgd.exact_synchronous.limit).");
  add("apsgd.asymptotic.case1.printed", "after (67)",
      R"($(67)<(65)$ in all of Case 1, $\lambda_{\min}+\lambda_{\max}\in[1,2]$)", Verdict::refuted,
      [] {
        Evidence e;
        e.method = "both limits, exact, at a system whose nonzero eigenvalues are equal";
        const Spectrum s{Rational(1, 2), Rational(1, 2)};
        e.comparisons.push_back({.label = "(3l+L)/4 < L",
                                 .left = (three * s.l + s.L) / four,
                                 .relation = Relation::less,
                                 .right = s.L,
                                 .instance = at(s)});
        return e;
      },
      {.note = "At lambda_min = lambda_max both limits agree.", .instead = "apsgd.asymptotic.case1"});
  add("apsgd.asymptotic.case2.printed", "after (69)",
      R"($\frac14+\frac{\lambda_{\min}}2\le\lambda_{\max}\Rightarrow(61)$ wins for large $\tau$)", Verdict::refuted,
      [] {
        Evidence e;
        e.method = "exact decision for all tau";
        e.comparisons.push_back(wins_eventually({Rational(1, 10), Rational(3, 10)}, one, 1));
        return e;
      },
      {.note = "At equality the asynchronous bound stays above the synchronous one by terms of order tau^{-1/2}.",
       .instead = "apsgd.asymptotic.case2"});
  add("apsgd.asymptotic.case2", "after (69), strict",
      R"($e=\lambda_{\max}-\frac14-\frac{\lambda_{\min}}2>0$: (61) is below the synchronous bound for every $\tau>((1+\frac1{2e})^2-1)/c$)",
      Verdict::proved, asymptotic_case2);
  add("apsgd.sync.always.equation61.printed", "after (69), with (61) itself",
      R"($\frac14+\frac{\lambda_{\min}}2>\lambda_{\max}$: the synchronous bound is smaller than (61) for every $\tau$)",
      Verdict::refuted,
      [] {
        const Spectrum s{Rational(1, 10000), Rational(1, 4)};
        Evidence e;
        e.method = "exact sign of a surd at c = 3, tau = 2";
        const Surd margin_here = margin(s, three, two, Definition::equation_61);
        const PrecisionScope precision(128);
        e.comparisons.push_back({.label = "sign of lambda_min [chi_sync - (61)] <= 0",
                                 .left = margin_here.sign(),
                                 .relation = Relation::less_equal,
                                 .right = 0,
                                 .instance = at(s).add("c", 3).add("tau", 2).add("margin", margin_here.enclosure())});
        return e;
      },
      {.note = "The comparison of limits says nothing about small tau.",
       .no_correction = "Which side is smaller at a given tau has to be computed, as `asyncert tables 3` does; the "
                        "comparison of the limits stands."});
  add("apsgd.effect.lambda_max", "Table 3",
      R"(in the rows of Table 3 a larger $\lambda_{\max}$ needs no more processors, by (61))", Verdict::proved, [] {
        return effect(
            [](const PrintedRow& a, const PrintedRow& b) {
              return a.table == 3 && std::string(a.lambda_min) == b.lambda_min && std::string(a.c) == b.c &&
                     a.spectrum().L < b.spectrum().L;
            },
            closed_form);
      });
  add("apsgd.effect.c", "Tables 2 and 3",
      R"(in the rows of Tables 2 and 3 a larger $c$ needs no more processors, by (56) and (61))", Verdict::proved, [] {
        return effect(
            [](const PrintedRow& a, const PrintedRow& b) {
              return std::string(a.lambda_min) == b.lambda_min && std::string(a.lambda_max) == b.lambda_max &&
                     a.speed() < b.speed();
            },
            closed_form);
      });
  add("apsgd.effect.lambda_min", "Table 3, by (61)",
      R"(in the rows of Table 3 a smaller $\lambda_{\min}$ needs no more processors, by (61))", Verdict::proved,
      [] { return effect(smaller_lambda_min, closed_form); });
  add("apsgd.effect.lambda_min.minimum.printed", "Table 3 by (38)",
      R"(in the rows of Table 3 a smaller $\lambda_{\min}$ needs no more processors, by the minimum of $U$ in (38))",
      Verdict::refuted, [] { return effect(smaller_lambda_min, minimum_of_U); },
      {.note = "By the minimum in (38) the counts first rise: 67, 659, 1163, 1152 at lambda_max = 0.26, c = 2.",
       .instead = "apsgd.effect.lambda_min"});
}

}  // namespace asyncert::apsgd
