// The coupled runs' noise: Theorem 13, Lemmas 15, 17 and Corollary 16.
#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

/// q_p(2) = z_1 + (1 + a [z_0 > 0]) z_0, z_i standard normal, where step 1 reads x(1) after z_0 > 0 and x(0) = 0 else.
/// E q_p > 0 makes the largest eigenvalue of E e^{theta Y_p}, E e^{theta q_p}, exceed the bound for small theta.
Evidence delays_that_look() {
  const Rational a(1, 300), theta(1, 100000), grown = Rational(1) + a;
  const Ball half = Ball(theta * theta) / 2, b = Ball(grown * theta);
  const Ball left = exp(half) * (exp(half) * normal_tail(Ball(theta)) + exp(b * b / 2) * normal_tail(-b));
  // The largest beta^2(2) of all delays: no delay (pasgd.growth.extremes).
  const Rational beta2 = grown * grown * grown * grown + grown * grown + Rational(1);
  return single({.label = "E e^{theta q_p(2)} <= e^{c theta^2 beta^2(2)}, unit M^2 eta^2 4 r^2/d",
                 .left = left,
                 .right = exp(Ball(Rational(4) * theta * theta * beta2)),
                 .instance = Object()
                                 .add("d", 2)
                                 .add("M", 1)
                                 .add("T", 1)
                                 .add("a", a)
                                 .add("theta", theta)
                                 .add("delay of step 1", "0 after positive noise of step 0, 1 after negative")},
                "enclosed Gaussian integrals on a quadratic, two steps");
}

/// Without such delays q_p is Gaussian along e_1, with E cosh(theta q_p) = e^{theta^2 V/2}, V <= beta^2 M^2 eta^2 4
/// r^2/d.
Evidence delays_that_do_not_look() {
  Certificate e(
      "given the delays q_p is Gaussian along e_1 with mean 0 and the variance V = M^2 eta^2 (4 r^2/d) sum_{i=1}^k "
      "f(i,k)^2, whose sum beta^2 exceeds; E e^{theta Y_p} is e^{theta^2 V/2} on the plane of its two eigenvectors "
      "and 1 elsewhere, and 1/2 <= c = 4");
  e.compare({.label = "1/2 <= c", .left = Rational(1, 2), .right = Rational(noise_constant)});
  return e;
}

/// f = -gamma x^2/2 without delay: mirrored runs leave at step 1 with |x(1)| = 2S y, y > 1, after which x' grows by
/// M eta rho S less than x. So the noise of step 2 puts x' below 2S and not x with a higher probability than the other
/// way round, for each y.
Evidence equation43(bool printed) {
  Evidence e;
  if (printed) {
    const Rational a(1, 300), slower = Rational::parse("1e-9"), start(11, 5), noise = Rational(2) - (a + 1) * start;
    const auto below = [&](const Rational& growth) { return growth * start + noise < Rational(2) ? 1 : 0; };
    e.comparisons.push_back({.label = "[E or |x(2)| < 2S] = [E or |x'(2)| < 2S]",
                             .left = below(a + 1),
                             .relation = Relation::equal,
                             .right = below(a + 1 - slower),
                             .instance = Object()
                                             .add("f", "-gamma x^2/2")
                                             .add("d", 1)
                                             .add("delays", 0)
                                             .add("M eta gamma", a)
                                             .add("M eta rho S", slower)
                                             .add("x(1)/S", start)
                                             .add("noise of step 2 over S", noise)});
    e.method =
        "exact outcome; outcomes near it have a positive probability, and those the other way round a smaller one, "
        "since the noise is symmetric and unimodal and |x'| stays below |x|";
    return e;
  }
  e.coverage = Coverage::domain;
  e.method = "all truth values of 'E', '|x| < 2S', '|x'| < 2S' with x = x' on E";
  for (const bool inside : {false, true})
    for (const bool near : {false, true})
      for (const bool other : {false, true}) {
        if (inside && near != other) continue;
        e.comparisons.push_back({.label = "[E and |x| < 2S] = [E and |x'| < 2S]",
                                 .left = inside && near ? 1 : 0,
                                 .relation = Relation::equal,
                                 .right = inside && other ? 1 : 0});
      }
  return e;
}

/// A Gaussian of variance 2 c s^2 has E cosh(theta X) = e^{c theta^2 s^2} exactly: Lemma 15's bound with d = 1.
Evidence corollary16(const Rational& factor_squared) {
  Evidence e;
  e.method =
      "Gaussian with E tr e^{theta Y} = 2 e^{c theta^2 s^2}, which Lemma 15 admits (d = 1); P(|X| > factor s sqrt(c "
      "iota)), enclosed";
  for (long iota : {20L, 30L, 50L})
    e.comparisons.push_back({.label = "P(|X| > factor s sqrt(c iota)) <= 2 (d+1) e^{-iota}",
                             .left = Ball(2) * normal_tail(sqrt(Ball(factor_squared * Rational(iota) / Rational(2)))),
                             .right = Ball(4) * exp(-Ball(iota)),
                             .instance = Object().add("d", 1).add("iota", iota)});
  return e;
}

/// c theta^2 s^2 - theta t at theta = t/(2 c s^2), t^2 = 4 c s^2 iota.
Evidence corollary16_exponent() {
  Evidence e = corollary16(4);
  e.coverage = Coverage::domain;
  e.method =
      "Chernoff: the least exponent is -t^2/(4 c s^2), linear in iota, at 4 points; and the Gaussian that attains "
      "Lemma 15's bound";
  for (long i = 1; i <= 4; ++i) {
    const Rational c(4), s2(1, 3), iota(i), t2 = Rational(4) * c * s2 * iota;
    e.comparisons.push_back({.label = "-t^2/(4 c s^2) = -iota",
                             .left = -t2 / (Rational(4) * c * s2),
                             .relation = Relation::equal,
                             .right = -iota});
  }
  return e;
}

/// s sqrt(d) = r/c1: the two scales of (48) add to at most sqrt 2 times the first, already with the factor 2 of the
/// second line.
Evidence theorem13_scales() {
  return single({.label = "1 + 1/c1 <= sqrt 2 at d = 1",
                 .left = Ball(1) + Ball(1) / noise_factor(Ball(1)),
                 .right = sqrt(Ball(2))},
                "c1 increases in d, so that d = 1 is the worst", Coverage::domain);
}

/// P(|Z| <= x) <= x for all x >= 0: its derivative 2 phi <= 2/sqrt(2 pi) < 1.
Evidence small_ball() {
  Evidence e =
      single({.label = "2/sqrt(2 pi) <= 1", .left = Ball(2) / sqrt(Ball(2) * Ball::pi()), .right = Rational(1)},
             "the density of |Z| is largest at 0; and P(|Z| >= 1/3) against 2/3", Coverage::domain);
  e.comparisons.push_back(
      {.label = "2/3 <= P(|Z| >= 1/3)", .left = Rational(2, 3), .right = Ball(2) * normal_tail(Ball(1) / 3)});
  return e;
}

/// Lemma 17 as printed at k = 1, delay 1: q_p(1) = M eta zeta_0 has the standard deviation 2 M eta r/sqrt d, but beta^2
/// is 2 with the term i = 0.
Evidence lemma17_first_step() {
  return single({.label = "2/3 <= P(|q_p(1)| >= beta 2 M eta r / (3 sqrt d))",
                 .left = Rational(2, 3),
                 .right = Ball(2) * normal_tail(sqrt(Ball(2)) / 3),
                 .instance = Object().add("k", 1).add("delay", 1).add("beta^2", 2)},
                "q_p(1) is exactly Gaussian; f(0,1) = f(1,1) = 1");
}

/// With the sum from i = 1 the standard deviation of q_p(k) is 2 beta M eta r/sqrt d for every k >= 1.
Evidence lemma17_corrected() {
  return single(
      {.label = "2/3 <= P(|Z| >= 1/3)", .left = Rational(2, 3), .right = Ball(2) * normal_tail(Ball(1) / 3)},
      "q_p(k) = M eta sum f(i+1,k) (zeta_i - zeta'_i) lies along e_1 and is Gaussian with the standard deviation "
      "2 beta(k) M eta r/sqrt d, of which the threshold is a third, whatever k >= 1, d and the delays",
      Coverage::domain);
}

/// d = 1, delay 1, k = 2: f(1,2) = f(2,2) = 1, so that q_p(2) = 2 M eta (zeta_0 + zeta_1) in the coupled runs.
Evidence two_point_noise() {
  Evidence e;
  e.method = "all four signs of two steps: |q_p(2)| is 0 or 4 M eta r, against 2 beta(2) M eta r/3 with beta^2(2) = 2";
  long far = 0;
  for (const long first : {-1L, 1L})
    for (const long second : {-1L, 1L}) {
      const Rational q = Rational(2) * (Rational(first) + Rational(second));
      far += q * q >= Rational(4) * Rational(2) / Rational(9) ? 1 : 0;
    }
  e.comparisons.push_back({.label = "P(|q_p(2)| >= 2 beta(2) M eta r/3) < 2/3",
                           .left = Rational(far, 4),
                           .relation = Relation::less,
                           .right = Rational(2, 3),
                           .instance = Object().add("d", 1).add("k", 2).add("delay", 1).add("zeta", "+-r")});
  e.comparisons.push_back({.label = "variance of +-r = r^2/d, in units of r^2",
                           .left = Rational(1, 2) * (Rational(1) + Rational(1)),
                           .relation = Relation::equal,
                           .right = Rational(1)});
  return e;
}

/// The numbers by which Lemma 17, Corollary 16 and Theorem 10 fit together.
Evidence lemma17_accounting() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "exact accounting of radii (in units of beta M eta r / sqrt d) and of probabilities, with Corollary 16's missing "
      "factor 2";
  const Rational p = Rational(2, 3), sg = Rational(1, 3), h = Rational(2) * Rational(1, 12);
  e.comparisons.push_back({.label = "1/6 <= 2/3 - 1/3 - 2/12", .left = Rational(1, 6), .right = p - sg - h});
  e.comparisons.push_back({.label = "1/6 <= 2/3 + 2/3 + 5/6 - 2",
                           .left = Rational(1, 6),
                           .right = Rational(2) * Rational(2, 3) + Rational(5, 6) - Rational(2)});
  return e;
}

/// p + ... + p^{t+1} = p (1 + p + ... + p^t): the recursion of Lemma 15 under (c); and p/(1-p) = 1/C.
Evidence lemma15_recursion() {
  Certificate e(
      "induction over t: with S the sum up to t and q = p^{t+1}, p (1 + S + q) = p (1 + S) + p q, an identity; p/(1-p) "
      "= "
      "1/C for p = 1/(1+C); and geometric sums for t = 0, ..., 10 at 12 points");
  const Rational one(1);
  e.identity(
      "p (1 + S + q) = p (1 + S) + p q", {{"p", 1}, {"S", 1}, {"q", 1}},
      [&](const Point& v) { return v[0] * (one + v[1] + v[2]); },
      [&](const Point& v) { return v[0] * (one + v[1]) + v[0] * v[2]; });
  e.identity(
      "C p/(1-p) = 1 at p = 1/(1+C)", {{"C", 2, 1, 1}},
      [&](const Point& v) {
        const Rational p = one / (one + v[0]);
        return v[0] * p / (one - p);
      },
      [&](const Point&) { return one; });
  for (long i = 1; i <= 12; ++i) {
    const Rational p = one / Rational(1 + i);
    Rational sum, power = p;
    for (long t = 0; t <= 10; ++t) {
      const Rational next = p * (one + sum);
      sum += power;
      power *= p;
      e.compare({.label = "p (1 + sum_{j<=t} p^j) = sum_{j<=t+1} p^j",
                 .left = next,
                 .relation = Relation::equal,
                 .right = sum});
    }
  }
  return e;
}

/// The difference of two runs on f(x) = -x^2/2 without noise: x(1) = x(0) - eta H x(0) with H = -1.
Evidence difference_dynamics() {
  const Rational eta(1, 10), H(-1), first(3), second(2), x = first - second;
  const auto step = [&](const Rational& y) { return y - eta * H * y; };
  return single({.label = "x_1(1) - x_2(1) = x(0) + eta H x(0)",
                 .left = step(first) - step(second),
                 .relation = Relation::equal,
                 .right = x + eta * H * x,
                 .instance = Object().add("f", "-x^2/2").add("eta", eta).add("x_1(0)", first).add("x_2(0)", second)},
                "exact, one step without delay or noise");
}

/// grad f(x_1) - grad f(x_2) is the integral of the Hessian along the segment times x_1 - x_2.
Evidence difference_of_gradients() {
  Certificate e(
      "the update rule of both runs subtracted; grad f(x_1) - grad f(x_2) = int_0^1 Hess f(u x_1 + (1-u) x_2) du (x_1 "
      "- "
      "x_2) is the fundamental theorem of calculus along the segment: identities, the second for f = z^4/4, whose "
      "integral of 3 (u x_1 + (1-u) x_2)^2 is x_1^2 + x_1 x_2 + x_2^2");
  e.identity(
      "(x_1 - eta (G_1 + Z_1)) - (x_2 - eta (G_2 + Z_2)) = (x_1 - x_2) - eta (G_1 - G_2 + Z_1 - Z_2)",
      {{"eta", 1}, {"x_1", 1}, {"x_2", 1}, {"G_1", 1}, {"G_2", 1}, {"Z_1", 1}, {"Z_2", 1}},
      [](const Point& v) { return (v[1] - v[0] * (v[3] + v[5])) - (v[2] - v[0] * (v[4] + v[6])); },
      [](const Point& v) { return v[1] - v[2] - v[0] * (v[3] - v[4] + v[5] - v[6]); });
  e.identity(
      "x_1^3 - x_2^3 = (x_1^2 + x_1 x_2 + x_2^2)(x_1 - x_2)", {{"x_1", 3}, {"x_2", 3}},
      [](const Point& v) { return pow(v[0], 3) - pow(v[1], 3); },
      [](const Point& v) { return (v[0] * v[0] + v[0] * v[1] + v[1] * v[1]) * (v[0] - v[1]); });
  return e;
}

/// By superposition: f(i+1,.) starts with 1 at i+1, where zeta_i enters, and is 0 before.
Evidence superposition() {
  Certificate e(
      "induction over k for every T, M, a and delays: with F = f(i+1,n) and F' = f(i+1,n-tau), zeta_i's share F zeta_i "
      "of "
      "x(n) becomes (F + b F') zeta_i, an identity, and zeta_n enters with f(n+1,n+1) = 1");
  e.identity(
      "(F + b F') zeta = F zeta + b (F' zeta)", {{"F", 1}, {"F'", 1}, {"b", 1}, {"zeta", 1}},
      [](const Point& v) { return (v[0] + v[2] * v[1]) * v[3]; },
      [](const Point& v) { return v[0] * v[3] + v[2] * (v[1] * v[3]); });
  return e;
}

/// x(k) against sum_i f(i + shift, k) zeta_i for x(n+1) = x(n) + (a/M) sum_m x(n - tau_{n,m}) + zeta_n from x(0) = 0.
Evidence noise_response(long shift) {
  Evidence e;
  e.method =
      "exact recursions with unequal noises zeta_i = i + 1 under four schedules of delays, T = 3, M = 2, k = 1, ..., 8";
  const Rational a(1, 10), share = a / Rational(2);
  for (const char* word : {"zero", "constant_T", "arith", "saw"}) {
    const DelaySchedule schedule{word, 3, 2};
    std::vector<Rational> x = {0};
    for (long n = 0; n < 8; ++n) {
      Rational read;
      for (const auto& [delay, count] : schedule.reads(n, n))
        read += Rational(count) * x[static_cast<std::size_t>(n - delay)];
      x.push_back(x.back() + share * read + Rational(n + 1));
      Rational response;
      for (long i = 0; i <= n; ++i)
        response += fundamental_solution(schedule, a, i + shift, n + 1).back() * Rational(i + 1);
      e.comparisons.push_back(
          {.label = "x(k) = sum_i f(i + shift, k) zeta_i",
           .left = x.back(),
           .relation = Relation::equal,
           .right = response,
           .instance = Object().add("delays", word).add("k", n + 1).add("shift", shift).add("a", a)});
    }
  }
  return e;
}

}  // namespace

void register_coupling_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.theorem13.scales",
                .source = "Theorem 13, (48)",
                .statement = R"($2r/\sqrt d+2s\le 2\sqrt2\,r/\sqrt d$ for every $d$)",
                .procedure = [](const Context&) { return theorem13_scales(); }});
  registry.add(
      {.id = "pasgd.theorem13.adaptive.printed",
       .source = "Theorem 13, (48), for all delays of at most T",
       .statement =
           R"($Ee^{\theta Y_p(t)}\preceq e^{c\theta^2\beta^2(t)M^2\eta^24r^2/d}I$ for all delays $\tau\le T$, also those that depend on the noise, with their largest $\beta(t)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return delays_that_look(); },
       .note =
           "With such delays f(i,k) is random and q_p has a mean. That delays are chosen without regard to the noise "
           "is a hidden assumption of Appendix C; Theorem 1 has tau <= T alone. a = 1/300 is the feasible w = 300 at "
           "kappa = 1.",
       .instead = "pasgd.theorem13"});
  registry.add(
      {.id = "pasgd.theorem13",
       .source = "Theorem 13, (48), first line",
       .statement =
           R"($Ee^{\theta Y_p(t)}\preceq e^{c\theta^2\beta^2(t)M^2\eta^24r^2/d}I$ for delays independent of the noise)",
       .procedure = [](const Context&) { return delays_that_do_not_look(); },
       .bound = true});
  registry.add(
      {.id = "pasgd.equation43.printed",
       .source = "(43)",
       .statement =
           R"($P(E\text{ or }\|x\|<2S)=P(E\text{ or }\|x'\|<2S)$, $E=\{\max\le S^2\}$, for the $x'$ of (44), which is $x$ on $E$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return equation43(true); },
       .note = "'and' is meant: only so it is the complement of the event, too.",
       .instead = "pasgd.equation43"});
  registry.add({.id = "pasgd.equation43",
                .source = "(43), corrected",
                .statement = R"($P(E\text{ and }\|x\|<2S)=P(E\text{ and }\|x'\|<2S)$ where $x=x'$ on $E$)",
                .procedure = [](const Context&) { return equation43(false); }});
  registry.add({.id = "pasgd.lemma15.recursion",
                .source = "Lemma 15, (52)-(54)",
                .statement = R"($p(1+\sum_{j\le t}p^j)=\sum_{j\le t+1}p^j$, $p/(1-p)=1/C$)",
                .procedure = [](const Context&) { return lemma15_recursion(); }});
  registry.add(
      {.id = "pasgd.corollary16.printed",
       .source = "Corollary 16",
       .statement =
           R"(Lemma 15 gives $P(\|q_h\|>\sqrt{c}\,\beta M\eta 2\sqrt2\,r\sqrt\iota/(C\sqrt d))\le 2(d+1)e^{-\iota}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return corollary16(1); },
       .note = "A factor 2 is missing: Chernoff's exponent is t^2/(4 c s^2).",
       .instead = "pasgd.corollary16"});
  registry.add(
      {.id = "pasgd.corollary16",
       .source = "Corollary 16, corrected",
       .statement =
           R"(Lemma 15 gives $P(\|q_h\|>2\sqrt{c\iota}\,\beta M\eta 2\sqrt2\,r/(C\sqrt d))\le (d+1)e^{-\iota}$)",
       .procedure = [](const Context&) { return corollary16_exponent(); },
       .bound = true});
  registry.add({.id = "pasgd.lemma17.small_ball",
                .source = "Lemma 17, proof",
                .statement = R"($P(|X|\le\lambda\sigma)\le 2\lambda/\sqrt{2\pi}\le\lambda$)",
                .procedure = [](const Context&) { return small_ball(); },
                .bound = true});
  registry.add(
      {.id = "pasgd.lemma17.printed",
       .source = "Lemma 17, first line",
       .statement = R"($P(\|q_p(k)\|\ge 2\beta(k)M\eta r/(3\sqrt d))\ge 2/3$ with $\beta^2(k)=\sum_{i=0}^kf^2(i,k)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return lemma17_first_step(); },
       .note = "The noise of step i enters x(i+1): the variance is the sum from i = 1.",
       .instead = "pasgd.lemma17"});
  registry.add(
      {.id = "pasgd.lemma17",
       .source = "Lemma 17, first line, corrected",
       .statement =
           R"($P(\|q_p(k)\|\ge 2\beta(k)M\eta r/(3\sqrt d))\ge 2/3$ for every $k\ge1$ with $\beta^2(k)=\sum_{i=1}^kf^2(i,k)$)",
       .procedure = [](const Context&) { return lemma17_corrected(); },
       .uses = {"pasgd.lemma17.small_ball", "pasgd.equation45"},
       .bound = true});
  registry.add(
      {.id = "pasgd.remark2_2.two_point",
       .source = "Remark 2.2, Lemma 17",
       .statement =
           R"(For added noise $\pm r$ in one dimension, isotropic and of the Gaussian's variance, $P(\|q_p(2)\|\ge 2\beta(2)M\eta r/3)=\frac12<\frac23$ at delay 1)",
       .procedure = [](const Context&) { return two_point_noise(); },
       .uses = {"pasgd.lemma17"},
       .note = "So the covariance alone is not isotropic enough for Lemma 17: it needs a bound on the probability of "
               "small values, as Gaussian noise has."});
  registry.add({.id = "pasgd.theorem10.accounting",
                .source = "Theorem 10, proof",
                .statement = R"(Lemma 17 and the corrected Corollary 16 leave radius $1/6$ and probability $1/6$)",
                .procedure = [](const Context&) { return lemma17_accounting(); },
                .uses = {"pasgd.lemma17", "pasgd.corollary16"}});
  registry.add({.id = "pasgd.equation42.printed",
                .source = "(41), (42), (44)",
                .statement = R"(The difference of the coupled runs obeys $x(k)=x(k-1)+\eta\sum_m Hx(\cdot)+\dots$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return difference_dynamics(); },
                .note = "The sign is minus, as in (46).",
                .instead = "pasgd.equation42"});
  registry.add(
      {.id = "pasgd.equation42",
       .source = "(41), (42), (44), corrected",
       .statement =
           R"(For every $f$: $x(k)=x(k-1)-\eta[\sum_m(H+\Delta_m)x(k-1-\tau_{k-1,m})+\zeta_{1,k-1,m}-\zeta_{2,k-1,m}]$, $\Delta_m=\int_0^1\nabla^2f(ux_1+(1-u)x_2)\,du-H$)",
       .procedure = [](const Context&) { return difference_of_gradients(); },
       .uses = {"pasgd.equation10"}});
  registry.add({.id = "pasgd.equation45.printed",
                .source = "(45), (47)",
                .statement = R"($x(k)$ responds to $\zeta_i$ by $f(i,k)$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return noise_response(0); },
                .note = "zeta_i enters x(i+1), and so do the terms with Delta of step i in (47).",
                .instead = "pasgd.equation45"});
  registry.add(
      {.id = "pasgd.equation45",
       .source = "(45), (47), corrected",
       .statement =
           R"($x(k)=\sum_{i<k}f(i+1,k)\zeta_i$ for $x(0)=0$, every $k$, $T$, $M$ and delays, whatever is added in step $i$ as $\zeta_i$)",
       .procedure = [](const Context&) { return with_search(superposition(), noise_response(1)); }});
}

}  // namespace asyncert::pasgd
