// Claims on the comparison with the basic method: from how many updates in a unit of time on the bound is better.
#include "bounds/apsgd/optimum.hpp"
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

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

/// The printed threshold after (53) and (59) where the root is rational: 1 + 2 delta (1-l) = (5/2)^2 at delta = 4. With
/// k = 1 the instance belongs to both cases.
Evidence printed_threshold() {
  Evidence e;
  e.method = "both sides exact, where the root s = 5/2 is rational";
  const Spectrum s{Rational(11, 32), Rational(21, 32)};
  const Rational root(5, 2);
  e.comparisons.push_back({.label = "lambda_min U(theta_1, 1) <= 1",
                           .left = (one + s.l) / two + (one + root) / (two * four),
                           .relation = Relation::less_equal,
                           .right = 1,
                           .instance = at(s).add("delta", 4).add("theta_1", two / (one + root))});
  return e;
}

/// 4(s-1)[1 - lambda_min U(theta_2, 2)] = (3-2l)(s-1) - 2 with s^2 = 1 + delta; at s = 2 it is 1 - 2l >= 0, and it
/// grows with s. It vanishes at s = 1 + 2/(3-2l).
Evidence basic_case2() {
  Certificate e(
      "with delta = s^2-1: 4(s-1)[1 - lambda_min U(theta_2,2)] = (3-2l)(s-1) - 2, affine in s and in l; lambda_min <= "
      "1/2 where lambda_min + lambda_max <= 1; s >= 1 + 2/(3-2l) is delta >= (4-2l)/(3/2-l)^2");
  e.identity(
      "(3-2l)^2 (s^2-1) at s = 1 + 2/(3-2l) is 4 (4-2l)", {{"l", 4, zero, Rational(1, 8)}},
      [](const Point& v) {
        const Rational rest = three - two * v[0], root = one + two / rest;
        return rest * rest * (root * root - one);
      },
      [](const Point& v) { return four * (four - two * v[0]); });
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

/// U < 1/l gives rho^delta <= u^delta = 1 - 1/U < 1 - l. At the threshold U is 1/l exactly.
Evidence enough_updates(const Rational& planted) {
  Certificate e(
      "identity U [(1-l) - (1-1/U)] = 1 - l U, so that U < 1/lambda_min (apsgd.basic.case1.omega_star, "
      "apsgd.basic.case2.sharp, whose left sides grow with s) gives rho^delta <= u^delta = 1 - 1/U < 1 - lambda_min; "
      "and for nine spectra the exact bound at the threshold, and the growth factor just beyond it at the named omega "
      "and theta, the latter rounded");
  e.identity(
      "U [(1-l) - (1-1/U)] = 1 - l U", {{"U", 1, one, one}, {"l", 1}},
      [](const Point& v) { return v[0] * ((one - v[1]) - (one - one / v[0])); },
      [](const Point& v) { return one - v[1] * v[0]; });
  for (const Spectrum& s : {Spectrum{Rational(1, 2), Rational(9, 10)},
                            {Rational(4, 5), one},
                            {Rational(9, 10), Rational(9, 10)},
                            {Rational(99, 100), one},
                            {Rational(1, 10), one},
                            {Rational(1, 100), Rational(1, 2)},
                            {Rational(1, 1000), Rational(2, 5)},
                            {Rational(1, 2), Rational(1, 2)},
                            {Rational(1, 3), Rational(1, 3)}}) {
    const Rational k = s.sum(), g = k + two * s.l * (one - k), m = one - (three * s.l + s.L) / four,
                   slack = Rational(3, 2) - s.l;
    const Rational threshold =
                       planted * (one <= k ? (g + four * m) / (four * m * m) : (four - two * s.l) / (slack * slack)),
                   omega = min(two, s.omega_star()), delta = threshold + Rational(1, 100),
                   theta = Rational::from_double(best_theta(s, omega, delta).midpoint());
    e.compare({.label = "sign of lambda_min U - 1 at the threshold",
               .left = compare(scaled_minimum_bound(s, omega, threshold), {one, 0, one}),
               .relation = Relation::equal,
               .right = 0,
               .instance = at(s).add("threshold", threshold)});
    e.compare({.label = "rho^delta < 1 - lambda_min",
               .left = exp(
                   -(Ball(delta) * negative_log_root(recursion(RateParameters{theta, omega, s.l, s.L, delta}), delta))),
               .relation = Relation::less,
               .right = one - s.l,
               .instance = at(s).add("delta", delta).add("theta", theta).add("omega", omega)});
  }
  return e;
}

/// One coordinate of a round robin of tau workers: tau updates of delay tau - 1 at theta = 1 are tau steps of the basic
/// method, one on each of tau chains.
Evidence round_robin() {
  Certificate e(
      "at theta = 1 (15) with delta = tau - 1 is x_{t+1} - x_* = (I - omega B^{-1} Z)(x_{t+1-tau} - x_*): identity; so "
      "tau independent chains make one step of the basic method each in a unit of time; and exact second moments of "
      "coordinates of seven spectra, tau = 1..6, three units");
  e.identity(
      "(1-theta) x + theta (y - omega z y) = (1 - omega z) y at theta = 1",
      {{"x", 1}, {"y", 1}, {"omega", 1}, {"z", 1}},
      [](const Point& v) { return (one - one) * v[0] + one * (v[1] - v[2] * v[3] * v[1]); },
      [](const Point& v) { return (one - v[2] * v[3]) * v[1]; });
  for (long tau = 1; tau <= 6; ++tau)
    for (const Rational& lambda : {Rational(1, 10), Rational(1, 3), Rational(1, 2), Rational(97, 100)})
      for (const Rational& omega : {one, Rational(3, 2)}) {
        RationalMatrix C = equal_moments(tau);
        for (long unit = 1; unit <= 3; ++unit) {
          for (long update = 0; update < tau; ++update)
            C = updated_moments(bernoulli_coordinate(lambda), one, omega, tau - 1, C);
          e.compare({.label = "E|r|^2 after n units = (1 - omega(2-omega) lambda)^n",
                     .left = C(0, 0),
                     .relation = Relation::equal,
                     .right = pow(one - omega * (two - omega) * lambda, unit),
                     .instance = Object().add("tau", tau).add("lambda", lambda).add("omega", omega).add("n", unit)});
        }
      }
  return e;
}

/// Let z^delta < eps = x^{2 delta}, x = 1/(2 delta + 2), so that z < x^2, on the coordinates 1 and 1 - eps.
///
/// The coordinate 1 has no noise: all delta + 1 roots of g^{delta+1} - (1-theta) g^delta - theta(1-omega) are smaller
/// than x in modulus, their sum is 1 - theta and their product theta(1-omega) up to its sign. So 1 - theta < (delta+1)
/// x = 1/2 and theta |1-omega| < x^{delta+1} <= x^2 <= 1/16, hence theta omega > 7/16. On the coordinate 1 - eps, E
/// r_{t+1}^2 >= (theta omega)^2 eps (1-eps) E r_{t-delta}^2, so that z^{delta+1} >= (7/16)^2 (1-eps) eps. But
/// z^{delta+1} < x^{2 delta+2} = eps x^2, and x^2 <= (7/16)^2 (1-x^2).
Evidence no_number(const Rational& least) {
  Certificate e(
      "z^delta < eps = x^(2 delta), x = 1/(2 delta + 2), is refuted: the roots of the coordinate 1 are below x in "
      "modulus, so that their sum 1 - theta is below (delta+1) x = 1/2, their product below x^2 <= 1/16, and theta "
      "omega above 7/16; the noise of the coordinate 1 - eps then keeps z^(delta+1) >= (7/16)^2 (1-eps) eps > x^2 eps; "
      "identities, and signs at the ends of x^2 in [0, 1/16]; and exact second moments at 24 pairs of theta and omega "
      "each for delta = 1, 2, 4, 7");
  e.identity(
      "(delta+1) x = 1/2", {{"delta", 1}}, [](const Point& v) { return (v[0] + one) / (two * v[0] + two); },
      [](const Point&) { return one / two; });
  e.identity(
      "theta omega = 1 - (1-theta) - theta (1-omega)", {{"theta", 1}, {"omega", 1}},
      [](const Point& v) { return v[0] * v[1]; },
      [](const Point& v) { return one - (one - v[0]) - v[0] * (one - v[1]); });
  e.identity(
      "E(u - theta omega P s)^2 = (u - theta omega lambda s)^2 + (theta omega)^2 lambda (1-lambda) s^2",
      {{"u", 2}, {"theta omega", 2}, {"lambda", 2}, {"s", 2}},
      [](const Point& v) {
        const Rational moved = v[0] - v[1] * v[3];
        return v[2] * moved * moved + (one - v[2]) * v[0] * v[0];
      },
      [](const Point& v) {
        const Rational mean = v[0] - v[1] * v[2] * v[3];
        return mean * mean + v[1] * v[1] * v[2] * (one - v[2]) * v[3] * v[3];
      });
  const Side square{"x^2", zero, Rational(1, 16)};
  e.nonnegative("1 - 1/2 - x^2 - 7/16", {square}, [](const Point& v) { return one / two - v[0] - Rational(7, 16); });
  e.nonnegative("(7/16)^2 (1 - x^2) - x^2", {square},
                [&](const Point& v) { return least * least * (one - v[0]) - v[0]; });
  for (const long delta : {1L, 2L, 4L, 7L}) {
    const Rational eps = pow(Rational(1, 2 * delta + 2), 2 * delta);
    for (const Rational& theta :
         {Rational(1, 4), Rational(1, 2), Rational(3, 4), Rational(9, 10), Rational(99, 100), one})
      for (const Rational& omega : {Rational(9, 10), one, Rational(11, 10), two}) {
        const Ball slowest = min(second_moment_log_rate(bernoulli_coordinate(one), theta, omega, delta),
                                 second_moment_log_rate(bernoulli_coordinate(one - eps), theta, omega, delta));
        e.compare({.label = "1 - lambda_min < factor of E|r|^2 in delta updates",
                   .left = eps,
                   .relation = Relation::less,
                   .right = exp(-(Ball(delta) * slowest)),
                   .instance = Object().add("delta", delta).add("theta", theta).add("omega", omega)});
      }
  }
  return e;
}

}  // namespace

void register_basic_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.basic.case1", "after (53), corrected",
      R"($U(\theta_1,1)\le1/\lambda_{\min}\iff\delta\ge4/(1-\lambda_{\min})$ for $\lambda_{\min}<1$)", Verdict::proved,
      basic_case1);
  add("apsgd.basic.case1.omega_star", "after (56), corrected",
      R"($U(\theta_{\omega_*},\omega_*)\le1/\lambda_{\min}\iff\delta\ge(g+4m)/(4m^2)$ in Case 1, $m=1-\frac{3\lambda_{\min}+\lambda_{\max}}4>0$, $g=k+2\lambda_{\min}(1-k)$)",
      Verdict::proved, basic_case1_star,
      "4.06 at (0.5, 0.9), 12.4 at (0.8, 1), 19 at (0.9, 0.9): no fixed number of updates suffices. At lambda_min = "
      "lambda_max = 1, where m = 0, the basic method needs one step.");
  add("apsgd.basic.case1.rate", "against the abstract and after (53), with the growth factor of (25)",
      R"($\min_{\theta,\omega}\frac1{1-\rho^\delta}>1/\lambda_{\min}$ at $\lambda_{\min}=4/5$, $\lambda_{\max}=1$, $\delta=4$)",
      Verdict::proved, basic_case1_rate,
      "Even the exact growth factor does not beat the basic method at delay 4 where lambda_min is large.");
  add("apsgd.basic.case1.printed", "after (53), after (59)",
      R"($\delta\ge4\Rightarrow U(\theta_1,1)\le1/\lambda_{\min}$)", Verdict::refuted, printed_threshold,
      {.note = "The threshold is 4/(1-lambda_min).", .instead = "apsgd.basic.case1"});
  add("apsgd.basic.case2", "after (61)", R"($\delta\ge3\Rightarrow U(\theta_2,2)\le1/\lambda_{\min}$ in Case 2)",
      Verdict::proved, basic_case2);
  add("apsgd.basic.case2.sharp", "after (61), sharp",
      R"(in Case 2 $U(\theta_2,2)\le1/\lambda_{\min}\iff\delta\ge(4-2\lambda_{\min})/(\frac32-\lambda_{\min})^2$)",
      Verdict::proved, basic_case2, "This lies between 16/9 and 3.");
  registry.add(
      {.id = "apsgd.basic.enough_updates",
       .source = "abstract, after (56), after (61), corrected",
       .statement =
           R"(with $\delta>(g+4m)/(4m^2)$ updates in Case 1 ($\omega_*$, $\theta_{\omega_*}$) and $\delta>(4-2\lambda_{\min})/(\frac32-\lambda_{\min})^2$ in Case 2 ($\omega=2$, $\theta_2$) of delay at most $\delta$ in a unit of time, the bound $\rho(\delta)^\delta$ of its factor of $E\|r_t\|^2$ is below $1-\lambda_{\min}$, the basic method's bound at its best $\omega=1$; $m=1-\frac{3\lambda_{\min}+\lambda_{\max}}4>0$, $g=k+2\lambda_{\min}(1-k)$)",
       .procedure = [](const Context&) { return enough_updates(one); },
       .uses = {"apsgd.basic.case1.omega_star", "apsgd.basic.case2.sharp", "apsgd.lemma8",
                "apsgd.lemma6.second_moment"},
       .note =
           "How many updates are enough depends on the spectrum in Case 1 (apsgd.basic.no_number). The basic method "
           "itself can be faster than its bound (apsgd.remark2.exact.printed)."});
  add.canary("apsgd.canary.few_updates", "apsgd.basic.enough_updates with thresholds lower by a tenth",
             Verdict::refuted, [] { return enough_updates(Rational(9, 10)); });
  add(
      "apsgd.basic.no_number", "against the abstract and after (53), for every number of processors",
      R"(for every integer $\delta\ge1$, on commuting coordinates with $\lambda=1-(2\delta+2)^{-2\delta}$ and $1$, no $\theta\in[0,1]$ and $\omega\ge0$ make $\delta$ updates of delay $\delta$ faster than the basic method: $z^\delta\ge1-\lambda_{\min}$ for the growth factor $z$ of $E\|r_t\|^2$ in an update)",
      Verdict::proved, [] { return no_number(Rational(7, 16)); },
      "So no number of processors in the place of four makes the abstract's statement true in Case 1 with the delay "
      "that Section 4 assumes, c = 1.");
  add("apsgd.basic.round_robin", "abstract, with the delays of a round robin",
      R"($\tau$ workers in turn, hence delay $\tau-1$, are exactly as fast as the basic method with the same $\omega$ at $\theta=1$, every system and $\tau$)",
      Verdict::proved, round_robin,
      "So with the delays as they are no number of processors is worse, and apsgd.basic.more_than_four is an instance "
      "where another damping is better.");
  add.canary("apsgd.canary.no_number_noise", "apsgd.basic.no_number with 1/4 as the least theta omega",
             Verdict::refuted, [] { return no_number(Rational(1, 4)); });
}

}  // namespace asyncert::apsgd
