// Theorems 3.3 and 4.6: what holds for every convex compact set, what a moment that is finite only at each point
// breaks.
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/steps.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

/// One of the regimes of Assumption 3 on x^2/2.
struct Regime {
  const char* name;
  const char* rule;
  std::function<Ball(long)> step;
};

/// sup |x_n| over the second half of 3000 steps in each regime, with laws shifted by 10 so that all steps are finite
/// and positive.
Evidence convergence(long sign) {
  Evidence e = evidence(Coverage::sample,
                        "enclosed runs of 3000 steps on x^2/2 over [-1,1] from 3/2 in the three regimes, alpha_n = "
                        "2/(m log m loglog m) and so on with m = n+10");
  const auto shifted = [sign](StepLaw law) {
    return [sign, law](long n) { return Ball(2 * sign) * step(law, Ball(n + 10)); };
  };
  for (const Regime& regime : {Regime{"bounded", "max(0,n-3)", shifted(StepLaw::harmonic)},
                               Regime{"linear", "floor(n/2)", shifted(StepLaw::log)},
                               Regime{"square", "isqrt(n)", shifted(StepLaw::loglog)}}) {
    const ReadRule read = read_rule(regime.rule);
    std::vector<Ball> x;
    Ball y(Rational(3, 2)), largest(0);
    for (long n = 0; n <= 3000; ++n) {
      x.push_back(max(Ball(-1), min(Ball(1), y)));
      if (n >= 1500) largest = max(largest, abs(x.back()));
      y -= regime.step(n + 1) * x[static_cast<std::size_t>(read(n))];
    }
    compare(e, "sup |x_n| < 1/5 over n = 1500..3000", largest, Relation::less, Rational(1, 5),
            Object().add("delays", regime.name).add("read", regime.rule));
  }
  return e;
}

/// The terms of Robbins and Siegmund's inequality: with the noise u of mean 0 the expectation drops the product with u.
Certificate noisy_step(std::string method) {
  return one_step(std::move(method))
      .identity(
          "2s<g+b+u,x-p> = 2s<g,x-p> + 2s<b,x-p> + 2s<u,x-p>",
          {{"s", 1}, {"g", 1}, {"b", 1}, {"u", 1}, {"x", 1}, {"p", 1}},
          [](const Point& v) { return two * v[0] * (v[1] + v[2] + v[3]) * (v[4] - v[5]); },
          [](const Point& v) {
            const Rational lever = two * v[0] * (v[4] - v[5]);
            return lever * v[1] + lever * v[2] + lever * v[3];
          })
      .identity(
          "|S+u|^2 = |S|^2 + 2<S,u> + |u|^2, S the sum of the earlier noise", {{"S", 2}, {"u", 2}},
          [](const Point& v) { return square(v[0] + v[1]); },
          [](const Point& v) { return square(v[0]) + two * v[0] * v[1] + square(v[1]); });
}

/// x^2/2 on [-1,1], alpha_n = 1/(n+1), no delay, Y_0 = 1. F(x;w) = x^2/2 + sum_n w_n b_n(x) with the bumps b_n(x) =
/// (x-x_n)(1 - ((x-x_n)/r_n)^2)^2 on |x-x_n| < r_n, so that b_n'(x_n) = 1, at the points x_n = 1/2 + 2^{-n-1}. The
/// independent w_n of mean 0 make the gradient at x_n the one that leads to x_{n+1}, but for a probability e_n.
Evidence converges_elsewhere(const std::string& conclusion) {
  const Rational half(1, 2), quarter(1, 4), bump(1, 256);
  Evidence e = evidence(
      Coverage::instance,
      "exact: F(x;w) = x^2/2 + sum w_n b_n(x) on [-1,1], bumps b_n of radius r_n = 2^{-5n-8} about x_n = 1/2+2^{-n-1} "
      "with b_n'(x_n) = 1, independent w_n of mean 0 with the values g_n - x_n and, with probability e_n = 2^{-n-2}, "
      "(x_n - g_n)(1-e_n)/e_n, g_n = (n+2)2^{-n-2}. At 1/2 all F have the derivative 1/2, as |w_n b_n| <= r_n/e_n <= "
      "|x-1/2|^3; X_n = x_n for all n has the probability prod (1-e_n)");
  // For every n, with t = 2^{-n}: x_n = 1/2 + t/2, e_n = t/4, g_n = (n+2) t/4, r_n = t^5/256.
  const Evidence every_n =
      Certificate("")
          .identity(
              "(1-e) g + e (x + (x-g)(1-e)/e) = x", {{"e", 2}, {"g", 1}, {"x", 1}},
              [](const Point& v) { return (one - v[0]) * v[1] + v[0] * (v[2] + (v[2] - v[1]) * (one - v[0]) / v[0]); },
              [](const Point& v) { return v[2]; })
          .identity(
              "x_n - g_n/(n+2) = x_{n+1}", {{"n+2", 1}, {"t", 1}},
              [=](const Point& v) { return half + v[1] * half - v[0] * v[1] * quarter / v[0]; },
              [=](const Point& v) { return half + v[1] * quarter; })
          .nonnegative("127/256 <= (gap - r_n)/t = 1/2 - t^4/256", {{"t^4", 0, 1}},
                       [=](const Point& v) { return half - v[0] * bump - Rational(127, 256); })
          .compare({.label = "(r_n/e_n)/t^3 <= 1/64 <= (127/256)^3",
                    .left = Rational(1, 64),
                    .right = pow(Rational(127, 256), 3)})
          .nonnegative("2 r_n <= gap/2: the bumps are disjoint", {{"t^4", 0, 1}},
                       [=](const Point& v) { return quarter - two * v[0] * bump; });
  e.hypotheses.push_back({"all of this for every n, by identities in 2^{-n} and n",
                          judge(every_n).verdict == Verdict::proved, "see below for n < 40"});
  Rational y(1), stays(1);
  const long N = 40;
  bool mean_is_gradient = true, moments_finite = true, small = true, disjoint = true, follows = true;
  for (long n = 0; n < N; ++n) {
    const Rational gap = pow(half, n + 1), x = half + gap, rare = gap * half, g = rare * Rational(n + 2),
                   radius = pow(half, 5 * n + 8);
    // The gradient x + w b'(x) at x_n with its two values.
    const Rational usual = x + (g - x), seldom = x + (x - g) * (one - rare) / rare;
    const Rational mean = (one - rare) * usual + rare * seldom,
                   moment = (one - rare) * usual * usual + rare * seldom * seldom;
    mean_is_gradient = mean_is_gradient && mean == x;
    moments_finite = moments_finite && moment <= two / rare;
    // |w_n b_n| <= r_n/e_n, against the least |x-1/2|^3 under the bump.
    small = small && radius / rare <= pow(gap - radius, 3);
    disjoint = disjoint && radius < gap * half - radius;
    follows = follows && y == x && y - usual / Rational(n + 2) == half + gap * half;
    y = y - usual / Rational(n + 2);
    stays = stays * (one - rare);
  }
  e.hypotheses.push_back({"E grad F(x_n;w) = x_n", mean_is_gradient, "n < 40"});
  e.hypotheses.push_back({"E|grad F(x_n;w)|^2 <= 2/e_n, finite at each point", moments_finite, "n < 40"});
  e.hypotheses.push_back({"|w_n b_n(x)| <= |x-1/2|^3 and disjoint bumps", small && disjoint, "n < 40"});
  e.hypotheses.push_back({"X_{n+1} = x_{n+1} after X_n = x_n with the usual value", follows, "n < 40"});
  // prod over n >= 40 of (1 - 2^{-n-2}) >= 1 - 2^{-41}.
  stays = stays * (one - pow(half, N + 1));
  compare(e, conclusion + ": 1 <= 1 - P(X_n = 1/2 + 2^{-n-1} for all n)", one, Relation::less_equal, one - stays,
          Object()
              .add("f", "x^2/2 on [-1,1]")
              .add("alpha_n", "1/(n+1)")
              .add("delays", "none")
              .add("Y_0", 1)
              .add("limit", Fraction{half}));
  return e;
}

/// E_p is |p|^2 and an affine function of p: where it converges at points that span the solutions, it converges at all
/// of them; E_p(y_n) does by the quasi-Fejer inequality, as it rises by at most summable errors. With solutions that
/// span a hyperplane, e its normal, y_n is a part along it, which converges, plus c_n e. Two finite limit points
/// of c_n give limit points x, w of x_n with |x-w|^2 <= (c-c')<e,x-w> = 0. Where c_n tends to infinity, x_n tends to
/// the point with largest <e,x> that is nearest to the limit of the other part, as |x-y| <= |z-y|; all solutions have
/// then that largest value, so that it is also the limit at finite c. Were some limit points at -infinity, too, X would
/// lie in the hyperplane, and x_n would depend on the part along it alone.
Evidence single_limit(const Rational& curvature) {
  return firmly_nonexpansive(
             "identities of degree at most 2 in each variable of a coordinate: for a solution p the energy E_p(y_n) "
             "rises by at most summable errors, so that it converges, almost surely by Robbins and Siegmund's theorem; "
             "for finitely many p that span the solutions, and so for all of them. A limit point q of x_n is a "
             "solution, and E_q(y_n) has the limit 0, as it is |x_n-q|^2 along a subsequence where X is a cone near q, "
             "and |x_n-q|^2 <= E_q(y_n). Differences of energies are affine in y_n, which converges where solutions "
             "span the space, and with it x_n = P(y_n). Where they span a hyperplane with the normal e, y_n = v_n + "
             "c_n e with v_n convergent: P(v+ce) is the same solution for all limit points c, by firm "
             "nonexpansiveness; where c_n tends to infinity, x_n tends to the nearest to v of the points with largest "
             "<e,x>, so that all solutions have that largest value and P(v+ce) is this point at finite c, too; with "
             "both infinities X lies in the hyperplane and x_n = P(v_n)")
      .identity(
          "(z-c)^2 - (x-c)^2 = (x-z)(2c-x-z), of the components along e", {{"x", 2}, {"z", 2}, {"c", 2}},
          [](const Point& v) { return square(v[1] - v[2]) - square(v[0] - v[2]); },
          [](const Point& v) { return (v[0] - v[1]) * (two * v[2] - v[0] - v[1]); })
      .identity(
          "E_r = (1-s) E_p + s E_q - s(1-s)|p-q|^2 with r = (1-s)p + sq",
          {{"y", 1}, {"x", 2}, {"p", 2}, {"q", 2}, {"s", 2}},
          [](const Point& v) {
            return energy_printed(Point{v[0]}, Point{v[1]}, Point{(one - v[4]) * v[2] + v[4] * v[3]});
          },
          [curvature](const Point& v) {
            const auto at = [&](const Rational& p) { return energy_printed(Point{v[0]}, Point{v[1]}, Point{p}); };
            return (one - v[4]) * at(v[2]) + v[4] * at(v[3]) - curvature * v[4] * (one - v[4]) * square(v[2] - v[3]);
          })
      .identity(
          "E_p - E_q = |p|^2 - |q|^2 - 2<y,p-q>", {{"y", 1}, {"x", 2}, {"p", 2}, {"q", 2}},
          [](const Point& v) {
            return energy_printed(Point{v[0]}, Point{v[1]}, Point{v[2]}) -
                   energy_printed(Point{v[0]}, Point{v[1]}, Point{v[3]});
          },
          [](const Point& v) { return square(v[2]) - square(v[3]) - two * v[0] * (v[2] - v[3]); });
}

/// -x on [0,1], where x* = 1: Y_n = Y_0 + the sum of the steps.
Evidence state_stays_away() {
  Evidence e = evidence(Coverage::instance, "exact: Y_n = 3 + sum of the steps for -x on [0,1] from Y_0 = 3");
  compare(e, "|Y_n - x*| <= 1 for some n: Y_0 - 1 <= 1", Rational(2), Relation::less_equal, one,
          Object().add("f", "-x on [0,1]").add("Y_0", 3).add("x*", 1));
  return e;
}

}  // namespace

void register_convergence_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.theorem3.3",
       .source = "Theorem 3.3",
       .statement =
           R"(For every convex compact $X$, Lipschitz $\nabla f$ and (VC) the iterates of DAGD have $\mathrm{dist}(x_n,\mathcal X^*)\to0$ in each of the three regimes, with positive steps and delays counted from the request)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 one_step(
                     "one-step identities, summed: 2 sum alpha V(x_n) <= E(y_0) + 2 C_4 L M sum alpha W_n + M^2 sum "
                     "alpha^2 is finite in each regime. By (VC), continuity and compactness V >= a > 0 where "
                     "dist(x,X*) "
                     ">= eps, so that the iterates come within eps of X* again and again, sum alpha being infinite; "
                     "and "
                     "as |x_m-x_k| <= |y_m-y_k| <= M sum alpha and alpha tends to 0, each later way out to 2 eps takes "
                     "steps of sum eps/(2M) or more with V >= a, which a finite sum allows finitely often"),
                 convergence(1));
           },
       .uses = {"dasgd.theorem3.3.quasi_fejer", "dasgd.proposition3.2.gradient_error", "dasgd.projection.nonexpansive",
                "dasgd.theorem3.3.summable_windows", "dasgd.theorem3.3.summable_windows.bounded",
                "dasgd.assumption3.divergence", "dasgd.assumption3.squares"},
       .note = "The printed proof needs the false direction of Lemma 3.1, part 2; this one does not."});
  add({.id = "dasgd.theorem4.6",
       .source = "Theorem 4.6, corrected; the main result of Section 1 and the Abstract",
       .statement =
           R"(For every convex compact $X$, Lipschitz $\nabla f=E\nabla F$, (VC), $\sup_xE\|\nabla F(x;\omega)\|^2=G^2<\infty$ and for each receipt a fresh sample, independent of the past, the read and the delays: $\mathrm{dist}(X_n,\mathcal X^*)\to0$ almost surely in each of the three regimes, with positive steps and delays counted from the request)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return noisy_step(
                 "identities of one step: given the past, E(Y) changes in the mean by at most -2 alpha V + 2 alpha C_4 "
                 "|B_n| + alpha^2 G^2, where E|B_n| <= L G W_n, so that Robbins and Siegmund's theorem makes sum alpha "
                 "V(X_n) finite almost surely; sum alpha U converges as a martingale of variance sum alpha^2 E|U|^2 or "
                 "less. Then as in dasgd.theorem3.3, since |X_m-X_k| <= M sum alpha + |sum alpha U| and late sums of "
                 "alpha U are small: ways out from eps to 2 eps would make sum alpha V infinite");
           },
       .uses = {"dasgd.theorem3.3", "dasgd.proposition4.1", "dasgd.proposition4.1.martingale",
                "dasgd.projection.nonexpansive", "dasgd.assumption3.squares"},
       .note = "Without asymptotic pseudotrajectories and Lemma 3.1, part 2. The bound over the whole set is needed: "
               "dasgd.theorem4.6.printed. With the samples of Algorithm 2: dasgd.theorem4.6.shared_samples."});
  add({.id = "dasgd.proposition4.1",
       .source = "Proposition 4.1, corrected",
       .statement =
           R"(For convex compact $X$, Lipschitz $\nabla f=E\nabla F$, (VC), $\sup_xE\|\nabla F(x;\omega)\|^2=G^2<\infty$, fresh samples independent of the past, the reads and the delays, positive steps and the delays of the three regimes: $\sum\alpha_{n+1}\langle\nabla f(X_n),X_n-x^*\rangle<\infty$ almost surely, so that a subsequence of $X_n$ converges to $\mathcal X^*$ almost surely)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return noisy_step(
                 "identities of one step: given the past, E(Y) changes in the mean by at most -2 alpha V + 2 alpha C_4 "
                 "|B_n| + alpha^2 G^2, where E|B_n| <= L G W_n is summable against alpha, so that Robbins and "
                 "Siegmund's "
                 "theorem makes sum alpha V(X_n) finite almost surely; as sum alpha is infinite, V(X_n) tends to 0 "
                 "along a "
                 "subsequence, and V >= a > 0 away from X* by (VC) and compactness");
           },
       .uses = {"dasgd.theorem3.3.summable_windows", "dasgd.theorem3.3.summable_windows.bounded",
                "dasgd.proposition4.1.martingale", "dasgd.projection.nonexpansive", "dasgd.assumption3.divergence",
                "dasgd.assumption3.squares"}});
  add({.id = "dasgd.theorem4.6.printed",
       .source = "Theorem 4.6 with Assumption 1, part 2: \"that is\", finite second moments for all x",
       .statement =
           R"(With $E\|\nabla F(x;\omega)\|^2<\infty$ at each $x\in\mathcal X$: $X_n\to\mathcal X^*$ almost surely)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return converges_elsewhere("X_n -> X* almost surely"); },
       .uses = {"dasgd.corollary4.5.uniform_moment.printed"},
       .note =
           "With probability 0.57 or more the state converges to 1/2, where nothing is stationary: the moments grow "
           "along its path. A bound over the whole set repairs it: dasgd.theorem4.6.",
       .instead = "dasgd.theorem4.6"});
  add({.id = "dasgd.proposition4.1.printed",
       .source = "Proposition 4.1 with Assumption 1, part 2: \"that is\", finite second moments for all x",
       .statement =
           R"(With $E\|\nabla F(x;\omega)\|^2<\infty$ at each $x\in\mathcal X$: a subsequence of $X_n$ converges to $\mathcal X^*$ almost surely)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return converges_elsewhere("a subsequence of X_n -> X* almost surely"); },
       .uses = {"dasgd.theorem4.6.printed"},
       .instead = "dasgd.proposition4.1"});
  add({.id = "dasgd.introduction.single_limit",
       .source = "Section 1, \"converges to a global minimizer\"; Theorems 3.3 and 4.6",
       .statement =
           R"(Under the conditions of the corrected theorems $x_n$ of DAGD converges to one solution, and $X_n$ of DASGD does almost surely, where $X$ is a cone near each solution, as polytopes are, or the solutions have the dimension $0$, $d-1$ or $d$, so always for $d\le2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return single_limit(1); },
       .uses = {"dasgd.theorem3.3", "dasgd.theorem3.3.quasi_fejer", "dasgd.theorem4.6",
                "dasgd.lemma3.1.part2.locally_conical", "dasgd.assumption2.solutions_convex",
                "dasgd.projection.nonexpansive"},
       .note =
           "The theorems speak of the set of solutions, the introduction of one. On curved sets this is not decided "
           "here where the solutions have a dimension between 1 and d-2."});
  add({.id = "dasgd.theorem4.6.state.printed",
       .source = "Theorem 4.6, proof",
       .statement = R"($Y_n$ gets arbitrarily close to $\mathcal X^*$ infinitely often)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return state_stays_away(); },
       .note = "Its projection does.",
       .instead = "dasgd.proposition4.1"});
  add({.id = "dasgd.canary.energy_affine_in_the_base_point",
       .source = "planted",
       .statement = R"($E_r=(1-s)E_p+sE_q$ at $r=(1-s)p+sq$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return single_limit(0); },
       .canary = true});
  add({.id = "dasgd.canary.ascent",
       .source = "planted",
       .statement = R"(DAGD with the sign of the step flipped converges)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return convergence(-1); },
       .canary = true});
}

}  // namespace asyncert::dasgd
