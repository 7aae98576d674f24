// Claims on the comparisons with the basic and the synchronous method, (64)-(69) and Table 1.
#include "bounds/apsgd/min_tau.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "bounds/apsgd/weak.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/tables.hpp"
#include "verify/apsgd/themes.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), three(3), four(4);

Object at(const Spectrum& s) { return Object().add("lambda_min", s.l).add("lambda_max", s.L); }

/// 1 - lambda_min U(theta_1, 1) = (1-l)(s-3)/(2(s-1)) with s^2 = 1 + 2 delta(1-l): nonnegative exactly from s = 3 on.
Evidence basic_case1() {
  Certificate e("with 1/delta = 2(1-l)/(s^2-1): 2(s-1)[1 - lambda_min U(theta_1,1)] = (1-l)(s-3), and s >= 3 is delta >= 4/(1-l)");
  e.identity("2(s-1)[1 - (1+l)/2 - (1+s)/(2 delta)] = (1-l)(s-3)", {{"s", 6, two, one}, {"l", 2, Rational(1, 8), Rational(1, 8)}},
             [](const Point& v) { return two * (v[0] - one) * (one - (one + v[1]) / two - (one + v[0]) * (one - v[1]) / (v[0] * v[0] - one)); },
             [](const Point& v) { return (one - v[1]) * (v[0] - three); });
  return e;
}

/// 4(s-1)[1 - lambda_min U(theta_2, 2)] = (3-2l)(s-1) - 2 with s^2 = 1 + delta; at s = 2 it is 1 - 2l >= 0, and it grows with s.
Evidence basic_case2() {
  Certificate e("with delta = s^2-1: 4(s-1)[1 - lambda_min U(theta_2,2)] = (3-2l)(s-1) - 2, affine in s and in l; lambda_min <= 1/2 where lambda_min + lambda_max <= 1");
  e.identity("4(s-1)[1 - 1/4 - l/2 - (1+s)/(2 delta)] = (3-2l)(s-1) - 2", {{"s", 6, two, one}, {"l", 2, Rational(1, 8), Rational(1, 8)}},
             [](const Point& v) { return four * (v[0] - one) * (Rational(3, 4) - v[1] / two - (one + v[0]) / (two * (v[0] * v[0] - one))); },
             [](const Point& v) { return (three - two * v[1]) * (v[0] - one) - two; });
  e.nonnegative("(3-2l)(s-1) - 2 at s = 2", {{"l", zero, Rational(1, 2)}}, [](const Point& v) { return (three - two * v[0]) - two; });
  e.nonnegative("its slope 3 - 2l", {{"l", zero, Rational(1, 2)}}, [](const Point& v) { return three - two * v[0]; });
  return e;
}

/// The exact growth factor against the basic method at delay 4: lambda_min min 1/(1 - rho^4) <= 1.
Evidence basic_case1_rate() {
  Evidence e;
  e.method = "certified minimum of 1/(1 - rho^delta) over theta and omega";
  const Spectrum s{Rational(4, 5), one};
  e.comparisons.push_back({.label = "lambda_min min 1/(1 - rho^4) <= 1", .left = Ball(s.l) * best_rate_complexity(s, four), .relation = Relation::less_equal,
                           .right = 1, .instance = at(s).add("delta", 4)});
  return e;
}

/// |lambda_min U - limit| < 1e-9 at delta = 1e20.
Evidence limit(const std::vector<Spectrum>& spectra, const std::function<Rational(const Spectrum&)>& omega, const std::function<Rational(const Spectrum&)>& value) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "enclosures at delta = 1e20; the rest is (1+s)/(2 delta), of order delta^{-1/2} (apsgd.best_damping)";
  const PrecisionScope precision(256);
  for (const Spectrum& s : spectra)
    e.comparisons.push_back({.label = "|lambda_min U - limit| < 1e-9", .left = abs(scaled_minimum_bound(s, omega(s), pow(Rational(10), 20)).enclosure() - Ball(value(s))),
                             .relation = Relation::less, .right = pow(Rational(10), -9), .instance = at(s).add("omega", omega(s))});
  return e;
}

const std::vector<Spectrum> case1 = {{Rational(1, 10), Rational(9, 10)}, {Rational(1, 5), one}, {Rational(2, 3), Rational(3, 4)}};
const std::vector<Spectrum> case2 = {{Rational(1, 1000), Rational(2, 5)}, {Rational(1, 10), Rational(3, 10)}, {Rational(1, 3), Rational(1, 2)}};

/// From which tau on the closed form (61) wins for good: 0 for never.
Comparison wins_eventually(const Spectrum& s, const Rational& c, long expected) {
  const MinimumProcessors m = minimum_processors(s, c, Definition::equation_61);
  return {.label = "whether (61) wins for all large tau", .left = m.always_from ? 1 : 0, .relation = Relation::equal, .right = expected, .instance = at(s).add("c", c)};
}

/// The best one-step factor 1 - l/S of the synchronous method against max(phi(l), phi(L)) at many omega.
Evidence tight_synchronous() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact factors at 6 spectra, 5 tau, 120 omega; the closed form's minimiser is tried as well";
  for (const Spectrum& s : {Spectrum{Rational(1, 10), Rational(9, 10)}, {Rational(1, 100), Rational(3, 10)}, {Rational(1, 5), one}, {Rational(1, 2), Rational(1, 2)},
                            {Rational(1, 1000), Rational(999, 1000)}, {Rational(2, 5), Rational(3, 5)}})
    for (const long t : {1L, 2L, 3L, 10L, 1000L}) {
      const Rational tau(t), best = one - s.l / scaled_tight_synchronous(s, tau);
      const auto worst = [&](const Rational& w) { return max(synchronous_step(s.l, w, tau), synchronous_step(s.L, w, tau)); };
      for (long i = 1; i <= 120; ++i) {
        const Rational w(i, 20);
        e.comparisons.push_back({.label = "best factor <= max(phi(l), phi(L))", .left = best, .relation = Relation::less_equal, .right = worst(w),
                                 .instance = at(s).add("tau", t).add("omega", w)});
      }
      const bool interior = (tau - one) * (s.L - s.l) <= one;
      const Rational share = one / tau, w = interior ? one / (share + (one - share) * s.l) : two / (share + (one - share) * s.sum());
      e.comparisons.push_back({.label = "attained at its minimiser", .left = worst(w), .relation = Relation::equal, .right = best, .instance = at(s).add("tau", t).add("omega", w)});
    }
  return e;
}

/// Commuting coordinates lambda_min and lambda_max: exact growth of E|r|^2 over c tau updates of delay tau against the synchronous best.
Evidence exact_asynchronous(const Context& context) {
  Evidence e;
  const long grid = context.effort == Effort::quick ? 6 : 16;
  e.coverage = Coverage::sample;
  e.method = "enclosures of exact second moments on a " + std::to_string(grid) + " x " + std::to_string(grid) + " grid of theta in (0,1], omega in (0, 2 omega_star], c = 1, delay tau";
  const Spectrum s{Rational(1, 10), Rational(9, 10)};
  const Reformulation low = bernoulli_coordinate(s.l), high = bernoulli_coordinate(s.L);
  const PrecisionScope precision(64);
  for (const long tau : {2L, 5L, 20L}) {
    const Ball synchronous = -log(Ball(one - s.l / scaled_tight_synchronous(s, Rational(tau))));
    for (long i = 1; i <= grid; ++i)
      for (long j = 1; j <= grid; ++j) {
        const Rational theta(i, grid), omega = Rational(j, grid) * two * s.omega_star();
        const Ball y = min(second_moment_log_rate(low, theta, omega, tau), second_moment_log_rate(high, theta, omega, tau));
        e.comparisons.push_back({.label = "-ln of the asynchronous factor a unit <= -ln of the synchronous best", .left = Ball(tau) * y, .relation = Relation::less_equal,
                                 .right = synchronous, .instance = at(s).add("tau", tau).add("theta", theta).add("omega", omega)});
      }
  }
  return e;
}

/// The exact second moment with delay 4 against the basic method's factor 1 - lambda_min, coordinates 19/20 and 1.
Evidence basic_case1_second_moment(const Context& context) {
  Evidence e;
  const long grid = context.effort == Effort::quick ? 10 : 40;
  e.coverage = Coverage::sample;
  e.method = "enclosures of z^4 on a " + std::to_string(grid) + " x " + std::to_string(grid) + " grid of theta in (0,1], omega in (0, 2]";
  const Spectrum s{Rational(19, 20), one};
  const Reformulation low = bernoulli_coordinate(s.l), high = bernoulli_coordinate(s.L);
  const PrecisionScope precision(64);
  for (long i = 1; i <= grid; ++i)
    for (long j = 1; j <= grid; ++j) {
      const Rational theta(i, grid), omega(2 * j, grid);
      const Ball y = min(second_moment_log_rate(low, theta, omega, 4), second_moment_log_rate(high, theta, omega, 4));
      e.comparisons.push_back({.label = "1 - lambda_min <= z^4", .left = one - s.l, .relation = Relation::less_equal, .right = exp(Ball(-4) * y),
                               .instance = at(s).add("theta", theta).add("omega", omega)});
    }
  return e;
}

/// How the closed form's count moves along one parameter of Tables 2 and 3, all other things equal.
Evidence effect(const std::function<bool(const PrintedRow&, const PrintedRow&)>& neighbours, Definition (*definition)(const PrintedRow&)) {
  Evidence e;
  e.method = "exact counts (smallest tau >= 2, ties count) of all pairs of printed rows that differ in this parameter alone";
  for (const PrintedRow& a : printed_rows())
    for (const PrintedRow& b : printed_rows()) {
      if (a.table != b.table || !neighbours(a, b)) continue;
      const auto count = [&](const PrintedRow& row) { return *minimum_processors(row.spectrum(), row.speed(), definition(row)).first_weak_ge2(); };
      e.comparisons.push_back({.label = "count of the second row <= count of the first", .left = count(b), .relation = Relation::less_equal, .right = count(a),
                               .instance = Object().add("lambda_min", a.lambda_min).add("lambda_max", a.lambda_max).add("c", a.c).add("lambda_min'", b.lambda_min)
                                               .add("lambda_max'", b.lambda_max).add("c'", b.c)});
    }
  return e;
}

Definition closed_form(const PrintedRow& row) { return row.printed_definition(); }
Definition minimum_of_U(const PrintedRow&) { return Definition::bound; }

bool smaller_lambda_min(const PrintedRow& a, const PrintedRow& b) {
  return a.table == 3 && std::string(a.lambda_max) == b.lambda_max && std::string(a.c) == b.c && b.spectrum().l < a.spectrum().l;
}

}  // namespace

void register_comparison_claims(ClaimRegistry& registry) {
  const auto add = [&](const char* id, const char* source, const char* statement, Verdict expected, std::function<Evidence()> procedure, const char* note = "") {
    registry.add({.id = id, .source = source, .statement = statement, .expected = expected,
                  .procedure = [procedure](const Context&) { return procedure(); }, .note = note});
  };
  add("apsgd.basic.case1", "after (53), corrected", R"($U(\theta_1,1)\le1/\lambda_{\min}\iff\delta\ge4/(1-\lambda_{\min})$)", Verdict::proved, basic_case1);
  add("apsgd.basic.case1.rate", "abstract, after (53), with the exact growth factor", R"($\delta\ge4\Rightarrow\min_{\theta,\omega}\frac1{1-\rho^\delta}\le1/\lambda_{\min}$)", Verdict::refuted,
      basic_case1_rate, "Even the exact growth factor does not beat the basic method at delay 4 where lambda_min is large.");
  registry.add({.id = "apsgd.basic.case1.second_moment", .source = "abstract, after (53), exact second moments",
                .statement = R"(at $\delta=4$ no $\theta,\omega$ beats the basic method on coordinates with $\lambda=0.95$ and $1$)", .expected = Verdict::supported,
                .procedure = basic_case1_second_moment, .note = "So the abstract's threshold tau > 4 fails in Case 1 for the method itself, not only for its bound."});
  add("apsgd.table1.synchronous", "Table 1, omega = 1", R"($1-\rho_s(1)=(2-\xi)\lambda_{\min}$)", Verdict::proved, [] {
    Certificate e("identity for (10) at omega = 1");
    e.identity("1 - rho_s(1) = (2 - xi) l", {{"tau", 1}, {"l", 1}, {"L", 1}},
               [](const Point& v) { return v[0] * (one - synchronous_bound(v[1], v[2], one, v[0])); },
               [](const Point& v) { return (two * v[0] - (one + (v[0] - one) * v[2])) * v[1]; });
    return Evidence(e);
  });
  add("apsgd.equation54.printed", "(54) at lambda_min + lambda_max = 2", R"($\delta(2-k)>0$ for all $k\in[1,2]$)", Verdict::refuted, [] {
    Evidence e;
    e.method = "the denominator of (54) at k = 2";
    e.comparisons.push_back({.label = "0 < delta (2 - k)", .left = 0, .relation = Relation::less, .right = Rational(10) * (two - (one + one)), .instance = Object().add("k", 2).add("delta", 10)});
    return e;
  }, "lambda_min = lambda_max = 1 is a system that one step solves; the corrected root is 1 + delta (k + 2 l (1-k)).");
  add("apsgd.basic.case2", "after (61)", R"($\delta\ge3\Rightarrow U(\theta_2,2)\le1/\lambda_{\min}$)", Verdict::proved, basic_case2, "Sharp is delta >= (4-2l)/(3/2-l)^2.");
  add("apsgd.equation65", "(65), Table 1", R"($\lambda_{\min}\chi_s(\tau)=\xi\to\lambda_{\max}$, from above)", Verdict::proved, [] {
    Certificate e("identity xi - L = (1-L)/tau, which is nonnegative and tends to 0");
    e.identity("xi - L = t (1-L), t = 1/tau", {{"t", 1}, {"L", 1}}, [](const Point& v) { return v[0] + (one - v[0]) * v[1] - v[1]; }, [](const Point& v) { return v[0] * (one - v[1]); });
    e.nonnegative("1 - L", {{"L", zero, one}}, [](const Point& v) { return one - v[0]; });
    return Evidence(e);
  });
  add("apsgd.equation67", "(67), Table 1", R"($\lambda_{\min}U(\theta_{\omega_*},\omega_*)\to(3\lambda_{\min}+\lambda_{\max})/4$)", Verdict::supported, [] {
    return limit(case1, [](const Spectrum& s) { return s.omega_star(); }, [](const Spectrum& s) { return (three * s.l + s.L) / four; });
  });
  add("apsgd.equation69", "(69), Table 1", R"($\lambda_{\min}U(\theta_2,2)\to(1+2\lambda_{\min})/4$)", Verdict::supported, [] {
    return limit(case2, [](const Spectrum&) { return two; }, [](const Spectrum& s) { return (one + two * s.l) / four; });
  });
  add("apsgd.table1.limit_omega1", "Table 1, omega = 1, corrected", R"($\lambda_{\min}U(\theta_1,1)\to(1+\lambda_{\min})/2$)", Verdict::supported, [] {
    return limit(case1, [](const Spectrum&) { return one; }, [](const Spectrum& s) { return (one + s.l) / two; });
  });
  add("apsgd.table1.limit_omega1.printed", "Table 1, omega = 1", R"($\lambda_{\min}U(\theta_1,1)\to3/4$)", Verdict::refuted, [] {
    return limit(case1, [](const Spectrum&) { return one; }, [](const Spectrum&) { return Rational(3, 4); });
  }, "Follows the wrong (53); right only for lambda_min = 1/2.");
  add("apsgd.asymptotic.case1", "after (67)", R"($(67)<(65)\iff\lambda_{\min}<\lambda_{\max}$)", Verdict::proved, [] {
    Certificate e("identity L - (3l+L)/4 = 3(L-l)/4");
    e.identity("4[L - (3l+L)/4] = 3(L-l)", {{"l", 1}, {"L", 1}}, [](const Point& v) { return four * (v[1] - (three * v[0] + v[1]) / four); },
               [](const Point& v) { return three * (v[1] - v[0]); });
    return Evidence(e);
  }, "A comparison of two upper bounds: the synchronous one is loose (apsgd.exact_synchronous.limit).");
  add("apsgd.asymptotic.case2.printed", "after (69)", R"($\frac14+\frac{\lambda_{\min}}2\le\lambda_{\max}\Rightarrow(61)$ wins for large $\tau$)", Verdict::refuted, [] {
    Evidence e;
    e.method = "exact decision for all tau";
    e.comparisons.push_back(wins_eventually({Rational(1, 10), Rational(3, 10)}, one, 1));
    return e;
  }, "At equality the asynchronous bound stays above the synchronous one by terms of order tau^{-1/2}.");
  add("apsgd.asymptotic.case2", "after (69), strict", R"($\frac14+\frac{\lambda_{\min}}2<\lambda_{\max}\Rightarrow(61)$ wins for large $\tau$)", Verdict::supported, [] {
    Evidence e;
    e.coverage = Coverage::sample;
    e.method = "exact decisions for all tau, at 12 spectra from just above the border on, c = 1, 3/2, 2";
    for (const Rational& l : {Rational(1, 10), Rational(1, 100), Rational(1, 5)})
      for (const Rational& excess : {Rational(1, 10000), Rational(1, 100), Rational(1, 20), Rational(1, 10)})
        for (const Rational& c : {one, Rational(3, 2), two}) e.comparisons.push_back(wins_eventually({l, Rational(1, 4) + l / two + excess}, c, 1));
    return e;
  });
  add("apsgd.sync.always.equation61.printed", "after (69), with (61) itself", R"($\frac14+\frac{\lambda_{\min}}2>\lambda_{\max}$: the synchronous bound is smaller than (61) for every $\tau$)", Verdict::refuted, [] {
    const Spectrum s{Rational(1, 10000), Rational(1, 4)};
    Evidence e;
    e.method = "exact sign of a surd at c = 3, tau = 2";
    const Surd margin_here = margin(s, three, two, Definition::equation_61);
    const PrecisionScope precision(128);
    e.comparisons.push_back({.label = "sign of lambda_min [chi_sync - (61)] <= 0", .left = margin_here.sign(), .relation = Relation::less_equal, .right = 0,
                             .instance = at(s).add("c", 3).add("tau", 2).add("margin", margin_here.enclosure())});
    return e;
  }, "The comparison of limits says nothing about small tau.");
  add("apsgd.exact_synchronous.one_step", "against (8)", R"(the best factor of a synchronous step over the whole spectrum is $1-1/\chi$ with the closed form of $\chi$)", Verdict::supported, tight_synchronous);
  add("apsgd.exact_synchronous.limit", "against (65), (67)", R"($(\lambda_{\min}+\lambda_{\max})^2/(4\lambda_{\max})\le(3\lambda_{\min}+\lambda_{\max})/4$)", Verdict::proved, [] {
    Certificate e("identity L(3l+L) - (l+L)^2 = l(L-l)");
    e.identity("L(3l+L) - (l+L)^2 = l(L-l)", {{"l", 2}, {"L", 2}}, [](const Point& v) { return v[1] * (three * v[0] + v[1]) - (v[0] + v[1]) * (v[0] + v[1]); },
               [](const Point& v) { return v[0] * (v[1] - v[0]); });
    return Evidence(e);
  }, "The synchronous method's exact one-step limit lies below the asynchronous bound's limit.");
  add("apsgd.abstract.asymptotic.printed", "abstract, with the exact synchronous step", R"($\lim\lambda_{\min}U<\lim$ of the exact synchronous complexity)", Verdict::refuted, [] {
    Evidence e;
    e.method = "both limits, exact";
    const Spectrum s{Rational(1, 10), Rational(9, 10)};
    e.comparisons.push_back({.label = "(3l+L)/4 < (l+L)^2/(4L)", .left = (three * s.l + s.L) / four, .relation = Relation::less, .right = s.sum() * s.sum() / (four * s.L), .instance = at(s)});
    return e;
  }, "The paper compares the asynchronous bound with a loose synchronous bound.");
  registry.add({.id = "apsgd.exact_asynchronous", .source = "abstract, exact second moments on both sides", .statement = R"(with $c=1$ the exact asynchronous factor a unit of time is never below the synchronous best)",
                .expected = Verdict::supported, .procedure = exact_asynchronous, .note = "Two commuting coordinates, lambda = 1/10 and 9/10."});
  add("apsgd.effect.lambda_max", "Tables 2 and 3", R"(a larger $\lambda_{\max}$ needs no more processors)", Verdict::proved, [] {
    return effect([](const PrintedRow& a, const PrintedRow& b) {
      return a.table == 3 && std::string(a.lambda_min) == b.lambda_min && std::string(a.c) == b.c && a.spectrum().L < b.spectrum().L;
    }, closed_form);
  });
  add("apsgd.effect.c", "Tables 2 and 3", R"(a larger $c$ needs no more processors)", Verdict::proved, [] {
    return effect([](const PrintedRow& a, const PrintedRow& b) {
      return std::string(a.lambda_min) == b.lambda_min && std::string(a.lambda_max) == b.lambda_max && a.speed() < b.speed();
    }, closed_form);
  });
  add("apsgd.effect.lambda_min", "Table 3, by (61)", R"(a smaller $\lambda_{\min}$ needs no more processors)", Verdict::proved, [] { return effect(smaller_lambda_min, closed_form); });
  add("apsgd.effect.lambda_min.minimum.printed", "Table 3, by the minimum of U", R"(a smaller $\lambda_{\min}$ needs no more processors)", Verdict::refuted,
      [] { return effect(smaller_lambda_min, minimum_of_U); }, "By the minimum that (34) defines the counts first rise: 67, 659, 1163, 1152 at lambda_max = 0.26, c = 2.");
  registry.add({.id = "apsgd.canary.exact_without_noise", .source = "planted", .statement = R"(the second moment falls as fast as the squared mean)", .expected = Verdict::refuted,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.method = "one coordinate, lambda = 1/2, theta = 1/2, omega = 1, delay 2";
                  const Rational half(1, 2);
                  // The mean's step is b = theta (1 - omega lambda) = 1/4.
                  e.comparisons.push_back({.label = "z <= z of the mean", .left = exp(-second_moment_log_rate(bernoulli_coordinate(half), half, one, 2)),
                                           .relation = Relation::less_equal, .right = exp(Ball(-2) * weak_log_rate(half, Rational(1, 4), 2))});
                  return e;
                },
                .canary = true});
}

}  // namespace asyncert::apsgd
