// Claims on the comparisons with the synchronous method, (64)-(69), Table 1, and what the counts depend on.
#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/tables.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), three(3), four(4);

Object at(const Spectrum& s) { return Object().add("lambda_min", s.l).add("lambda_max", s.L); }

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

/// lambda_min min over theta of U at omega_star = 2/k =: w is (3l+L)/4 + (beta+S)/(2wl delta) with S^2 = beta^2 + 2 l
/// delta Q, and lambda_min chi_s is L + (1-L)/tau. With e = L - (3l+L)/4 and delta = (S^2-beta^2)/(2lQ) the rest is
/// Q/(w(S-beta)): below e exactly for S - beta > Q/(we).
Evidence wins_at_omega_star(const Rational& planted) {
  Certificate c(
      "with delta = (S^2-beta^2)/(2lQ): w (S-beta) [e - (beta+S)/(2wl delta)] = we(S-beta) - Q, and S - beta > Q/(we) "
      "is delta > k (Q k + 4 e beta)/(8 l e^2), w = 2/k: identities; l, e and beta are positive, and Q is by "
      "identities in both cases; chi_s is at "
      "least its limit (apsgd.equation65); and for nine spectra the exact bound at the threshold, which is the limit, "
      "and exact decisions for all tau, c = 1, 3/2, 2, none of which loses beyond");
  c.identity(
      "w (S-beta) [e - (beta+S)/(2wl delta)] = we(S-beta) - Q",
      {{"u", 3, one, one}, {"beta", 3}, {"Q", 2}, {"w", 2}, {"e", 1}, {"l", 2}},
      [](const Point& v) {
        const Rational &u = v[0], &beta = v[1], &Q = v[2], &w = v[3], &e = v[4], &l = v[5], S = beta + u,
                       delta = (S * S - beta * beta) / (two * l * Q);
        return w * u * (e - (beta + S) / (two * w * l * delta));
      },
      [](const Point& v) { return v[3] * v[4] * v[0] - v[2]; });
  c.identity(
      "delta at S - beta = Q/(we), w = 2/k, is k (Q k + 4 e beta)/(8 l e^2)",
      {{"beta", 3}, {"Q", 3}, {"k", 3}, {"e", 4}, {"l", 2}},
      [](const Point& v) {
        const Rational &beta = v[0], &Q = v[1], w = two / v[2], &e = v[3], &l = v[4], S = beta + Q / (w * e);
        return (S * S - beta * beta) / (two * l * Q);
      },
      [&](const Point& v) {
        return v[2] * (v[1] * v[2] + planted * v[3] * v[0]) / (Rational(8) * v[4] * v[3] * v[3]);
      });
  c.identity(
      "Case 1, beta = w l: Q = w l [(1-l) + (w-1) l]", {{"w", 2}, {"l", 3}},
      [](const Point& v) { return (one + v[0] * v[1]) * v[0] * v[1] - two * v[0] * v[1] * v[1]; },
      [](const Point& v) { return v[0] * v[1] * ((one - v[1]) + (v[0] - one) * v[1]); });
  c.identity(
      "Case 2, beta = 2l + (w-2) L: Q = beta + w l (w-2) L", {{"w", 2}, {"l", 2}, {"L", 1}},
      [](const Point& v) {
        return (one + v[0] * v[1]) * (two * v[1] + (v[0] - two) * v[2]) - two * v[0] * v[1] * v[1];
      },
      [](const Point& v) { return two * v[1] + (v[0] - two) * v[2] + v[0] * v[1] * (v[0] - two) * v[2]; });
  c.identity(
      "L - (3l+L)/4 = 3(L-l)/4", {{"l", 1}, {"L", 1}},
      [](const Point& v) { return v[1] - (three * v[0] + v[1]) / four; },
      [](const Point& v) { return three * (v[1] - v[0]) / four; });
  c.identity(
      "l/2 + 1/(2w) = (3l+L)/4, w = 2/(l+L)", {{"l", 1}, {"L", 1}},
      [](const Point& v) { return v[0] / two + (v[0] + v[1]) / four; },
      [](const Point& v) { return (three * v[0] + v[1]) / four; });
  for (const Spectrum& s : {Spectrum{Rational(1, 100), Rational(1, 5)},
                            {Rational(1, 10), Rational(3, 10)},
                            {Rational(1, 1000), Rational(1, 100)},
                            {Rational(1, 10), Rational(9, 10)},
                            {Rational(1, 5), one},
                            {Rational(49, 100), Rational(1, 2)},
                            {Rational(4, 5), Rational(9, 10)},
                            {Rational(1, 1000), one},
                            {Rational(1, 3), Rational(2, 3)}}) {
    const Rational k = s.sum(), w = s.omega_star(), e = three * (s.L - s.l) / four,
                   beta = w <= two ? w * s.l : two * s.l + (w - two) * s.L,
                   Q = (one + w * s.l) * beta - two * w * s.l * s.l,
                   threshold = k * (Q * k + four * e * beta) / (Rational(8) * s.l * e * e);
    c.compare({.label = "sign of lambda_min U - lambda_max at the threshold",
               .left = compare(scaled_minimum_bound(s, w, threshold), {s.L, 0, one}),
               .relation = Relation::equal,
               .right = 0,
               .instance = at(s).add("delta", threshold)});
    for (const Rational& speed : {one, Rational(3, 2), two}) {
      const MinimumProcessors m = minimum_processors(s, speed, Definition::bound);
      c.compare({.label = "from here on the bound always wins <= the first tau beyond the threshold",
                 .left = m.always_from ? *m.always_from : (threshold / speed).floor() + two,
                 .right = max((threshold / speed).floor() + one, one),
                 .instance = at(s).add("c", speed).add("threshold of delta", threshold)});
    }
  }
  return c;
}

/// With d = 1/4 + l/2 - L >= 0 and s^2 = 1 + c tau: 2 c tau lambda_min [(61) - chi_s] = 2 c tau d + 1 + s - 2c(1-L),
/// and s >= 2c(1-L) - 1 where c tau >= 4c(1-L)(c(1-L) - 1).
Evidence synchronous_wins() {
  Certificate e(
      "2 c tau lambda_min [(61) - chi_s] = 2 c tau d + (1+s) - 2c(1-L) with d = 1/4 + l/2 - L > 0, and (2c(1-L) - 1)^2 "
      "- 1 = 4c(1-L)(c(1-L) - 1): identities; so s >= 2c(1-L) - 1 for tau >= 4(1-L)(c(1-L) - 1), which at c = 1 is at "
      "most 0; and exact decisions at 5 spectra, 4 speeds, tau up to 40");
  e.identity(
      "2 c tau [1/4 + l/2 + (1+s)/(2 c tau) - L - (1-L)/tau] = 2 c tau (1/4 + l/2 - L) + (1+s) - 2c(1-L)",
      {{"c", 2}, {"tau", 2}, {"l", 1}, {"L", 1}, {"s", 1}},
      [](const Point& v) {
        const Rational &c = v[0], &tau = v[1], &l = v[2], &L = v[3], &s = v[4];
        return two * c * tau * (one / four + l / two + (one + s) / (two * c * tau) - L - (one - L) / tau);
      },
      [](const Point& v) {
        const Rational &c = v[0], &tau = v[1], &l = v[2], &L = v[3], &s = v[4];
        return two * c * tau * (one / four + l / two - L) + (one + s) - two * c * (one - L);
      });
  e.identity(
      "(2y - 1)^2 - 1 = 4y (y - 1), y = c(1-L)", {{"y", 2}},
      [](const Point& v) { return (two * v[0] - one) * (two * v[0] - one) - one; },
      [](const Point& v) { return four * v[0] * (v[0] - one); });
  e.nonnegative("-(1-L)((1-L) - 1) = (1-L) L", {{"1-L", zero, one}, {"L", zero, one}},
                [](const Point& v) { return v[0] * v[1]; });
  for (const Spectrum& s : {Spectrum{Rational(1, 10000), Rational(1, 4)},
                            {Rational(1, 100), Rational(1, 5)},
                            {Rational(1, 10), Rational(1, 10)},
                            {Rational(1, 5), Rational(17, 50)},
                            {Rational(2, 5), Rational(2, 5)}})
    for (const Rational& c : {one, Rational(3, 2), two, three})
      for (long t = 1; t <= 40; ++t) {
        const Rational tau(t), rest = one - s.L;
        if (tau < four * rest * (c * rest - one)) continue;
        e.compare({.label = "sign of lambda_min [chi_s - (61)] < 0",
                   .left = margin(s, c, tau, Definition::equation_61).sign(),
                   .relation = Relation::less,
                   .right = 0,
                   .instance = at(s).add("c", c).add("tau", tau)});
      }
  return e;
}

/// Two processors at the largest condition number of Table 3.
Evidence two_processors() {
  Evidence e;
  e.method = "exact signs of surds for all tau";
  const Spectrum s{Rational(1, 100000), Rational(2, 5)};
  const MinimumProcessors m = minimum_processors(s, two, Definition::equation_61);
  e.comparisons.push_back(
      {.label = "condition number", .left = s.L / s.l, .relation = Relation::equal, .right = 40000, .instance = at(s)});
  e.comparisons.push_back({.label = "smallest tau >= 2 at which (61) is below the synchronous bound",
                           .left = m.first_ge2 ? *m.first_ge2 : zero,
                           .relation = Relation::equal,
                           .right = 2,
                           .instance = at(s).add("c", 2)});
  return e;
}

/// lambda_min [chi_s - (61)] = L + (1-L) t - 1/4 - l/2 - 1/(2(s-1)) with t = 1/tau and s^2 = 1 + c tau, as (1+s)/(2 c
/// tau) = 1/(2(s-1)).
Evidence monotone() {
  Certificate e(
      "lambda_min [chi_s - (61)] = L + (1-L) t - 1/4 - l/2 - 1/(2(s-1)), s^2 = 1 + c tau, t = 1/tau: identities for "
      "its differences in l, in L and in s, which grows with c, each a product of factors with one sign for s > 1, t "
      "<= 1");
  const auto difference = [](const Rational& l, const Rational& L, const Rational& s, const Rational& t) {
    return L + (one - L) * t - one / four - l / two - one / (two * (s - one));
  };
  e.identity(
      "(1+s)/(2(s^2-1)) = 1/(2(s-1))", {{"s", 3, two, one}},
      [](const Point& v) { return (one + v[0]) / (two * (v[0] * v[0] - one)); },
      [](const Point& v) { return one / (two * (v[0] - one)); });
  e.identity(
      "in l and L: (l'-l)/2 + (L-L')(1-t)", {{"l", 1}, {"l'", 1}, {"L", 1}, {"L'", 1}, {"t", 1}, {"s", 2, two, one}},
      [&](const Point& v) { return difference(v[0], v[2], v[5], v[4]) - difference(v[1], v[3], v[5], v[4]); },
      [](const Point& v) { return (v[1] - v[0]) / two + (v[2] - v[3]) * (one - v[4]); });
  e.identity(
      "in s: (s-s')/(2(s-1)(s'-1))", {{"s", 3, two, one}, {"s'", 3, two, one}},
      [&](const Point& v) { return difference(zero, one, v[0], one) - difference(zero, one, v[1], one); },
      [](const Point& v) { return (v[0] - v[1]) / (two * (v[0] - one) * (v[1] - one)); });
  return e;
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
  add("apsgd.table1.synchronous", "Table 1, omega = 1", R"($1-\rho_s(1)=(2-\xi)\lambda_{\min}$)", Verdict::proved, [] {
    Certificate e("identity for (10) at omega = 1");
    e.identity(
        "1 - rho_s(1) = (2 - xi) l", {{"tau", 1}, {"l", 1}, {"L", 1}},
        [](const Point& v) { return v[0] * (one - synchronous_bound(v[1], v[2], one, v[0])); },
        [](const Point& v) { return (two * v[0] - (one + (v[0] - one) * v[2])) * v[1]; });
    return Evidence(e);
  });
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
      Verdict::proved, [] {
        return limit_of(
            limit(
                case1, [](const Spectrum& s) { return s.omega_star(); },
                [](const Spectrum& s) { return (three * s.l + s.L) / four; }),
            [](const Point& v) { return (v[0] + v[1]) / two; },
            [](const Point& v) { return (three * v[0] + v[1]) / four; });
      });
  add("apsgd.equation69", "(69), Table 1",
      R"(in Case 2 $\lambda_{\min}U(\theta_2,2)\to(1+2\lambda_{\min})/4$, from above, within $\frac3{2\sqrt\delta}$ for $\delta\ge1$)",
      Verdict::proved, [] {
        return limit_of(
            limit(
                case2, [](const Spectrum&) { return two; }, [](const Spectrum& s) { return (one + two * s.l) / four; }),
            [](const Point&) { return one / two; }, [](const Point& v) { return (one + two * v[0]) / four; });
      });
  add("apsgd.table1.limit_omega1", "Table 1, omega = 1, corrected",
      R"($\lambda_{\min}U(\theta_1,1)\to(1+\lambda_{\min})/2$, from above, within $\frac3{2\sqrt\delta}$ for $\delta\ge1$)",
      Verdict::proved, [] {
        return limit_of(
            limit(
                case1, [](const Spectrum&) { return one; }, [](const Spectrum& s) { return (one + s.l) / two; }),
            [](const Point&) { return one; }, [](const Point& v) { return (one + v[0]) / two; });
      });
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
  registry.add(
      {.id = "apsgd.asymptotic.omega_star",
       .source = "after (67), after (69), corrected",
       .statement =
           R"(for $\lambda_{\min}<\lambda_{\max}$ the asynchronous bound at $\omega_*$ with its best $\theta$ is below the synchronous one for every $\delta=c\tau>k(Qk+4e\beta)/(8\lambda_{\min}e^2)$; $e=\frac34(\lambda_{\max}-\lambda_{\min})$, $k=\lambda_{\min}+\lambda_{\max}$, $\beta=\omega_*\lambda_{\min}$ in Case 1, $2\lambda_{\min}+(\omega_*-2)\lambda_{\max}$ in Case 2, $Q=(1+\omega_*\lambda_{\min})\beta-2\omega_*\lambda_{\min}^2$)",
       .procedure = [](const Context&) { return wins_at_omega_star(four); },
       .uses = {"apsgd.best_damping", "apsgd.best_damping.beyond", "apsgd.equation65"},
       .note = "A comparison of two upper bounds: the synchronous one is loose (apsgd.exact_synchronous.limit)."});
  add.canary("apsgd.canary.omega_star_threshold", "the threshold's second term halved", Verdict::refuted,
             [] { return wins_at_omega_star(two); });
  add("apsgd.sync.always.equation61", "after (69), with (61) itself, corrected",
      R"($\frac14+\frac{\lambda_{\min}}2>\lambda_{\max}$: the synchronous bound is smaller than (61) for every $\tau\ge4(1-\lambda_{\max})(c(1-\lambda_{\max})-1)$, so at $c=1$ for every $\tau\ge1$)",
      Verdict::proved, synchronous_wins);
  add("apsgd.as_low_as_two", "abstract, Section 1.2, 4.4.2",
      R"(at $\lambda_{\min}=10^{-5}$, $\lambda_{\max}=0.4$, $\kappa=40000$ and $c=2$ two processors suffice for (61) to be below the synchronous bound)",
      Verdict::proved, two_processors,
      "One processor does as well: at tau = 1 and c = 2 the asynchronous method makes two updates in the time of one. "
      "Against the exact synchronous rate the bound wins nowhere (apsgd.tables.against_tight).");
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
      {.note = "The comparison of limits says nothing about small tau.", .instead = "apsgd.sync.always.equation61"});
  add("apsgd.effect.monotone", "4.4.2, effects of all three parameters, by (61)",
      R"(at every $\tau\ge1$ $\lambda_{\min}[\chi_s-(61)]$ does not rise with $\lambda_{\min}$ nor fall with $\lambda_{\max}$ or $c$: by (61) a smaller $\lambda_{\min}$, a larger $\lambda_{\max}$ or $c$ need no more processors, every spectrum of Case 2)",
      Verdict::proved, monotone);
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
