// Claims on the strong recursion, (21)-(26), Theorems 5 and 6.
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1), two(2);

/// Theorem 5 for one eigenvalue x of W and coordinates r, s of r_t, r_{t-delta}: with c = 1 - omega x and a free alpha,
/// K1 r^2 + K2 s^2 - E = theta(1-theta)[alpha(r^2+s^2) - 2 c r s] + theta^2 omega(2-omega)(x-m)s^2, a sum of two terms
/// >= 0.
Evidence theorem5(const Rational& planted) {
  Certificate e(
      "polynomial identity in theta, omega, x, m, alpha, r, s for the difference of both sides of (21), eigenvalue by "
      "eigenvalue; its terms are nonnegative since alpha >= |1 - omega x| and omega(2-omega)(x-m) >= 0 for m = "
      "lambda_min (omega <= 2), lambda_max (omega >= 2)");
  e.identity(
      "K1 r^2 + K2 s^2 - E|r+|^2 = theta(1-theta)[alpha(r^2+s^2) - 2(1-omega x)rs] + theta^2 omega(2-omega)(x-m)s^2",
      {{"theta", 2}, {"omega", 2}, {"x", 1}, {"m", 1}, {"alpha", 1}, {"r", 2}, {"s", 2}},
      [&](const Point& v) {
        const Rational &t = v[0], &w = v[1], &x = v[2], &m = v[3], &alpha = v[4], &r = v[5], &s = v[6];
        const Rational K1 = (one - t) * (one - t + t * alpha),
                       K2 = t * (t * (one - w * (two - w) * m) + (one - t) * alpha);
        // E|(1-t) r + t (1 - w P) s|^2 with E P = x, P^2 = P.
        const Rational step = (one - t) * (one - t) * r * r + two * t * (one - t) * (one - w * x) * r * s +
                              planted * t * t * (one - w * (two - w) * x) * s * s;
        return K1 * r * r + K2 * s * s - step;
      },
      [](const Point& v) {
        const Rational &t = v[0], &w = v[1], &x = v[2], &m = v[3], &alpha = v[4], &r = v[5], &s = v[6];
        return t * (one - t) * (alpha * (r * r + s * s) - two * (one - w * x) * r * s) +
               t * t * w * (two - w) * (x - m) * s * s;
      });
  e.identity(
      "2[alpha(r^2+s^2) - 2 c r s] = (alpha+c)(r-s)^2 + (alpha-c)(r+s)^2", {{"alpha", 1}, {"c", 1}, {"r", 2}, {"s", 2}},
      [](const Point& v) { return two * (v[0] * (v[2] * v[2] + v[3] * v[3]) - two * v[1] * v[2] * v[3]); },
      [](const Point& v) {
        const Rational minus = v[2] - v[3], plus = v[2] + v[3];
        return (v[0] + v[1]) * minus * minus + (v[0] - v[1]) * plus * plus;
      });
  return e;
}

/// Systems whose sketches do not commute: the exact expectation over the sketches is the quadratic form in W alone
/// whose eigenvalues Theorem 5's certificate bounds, for every theta, omega, r_t and r_{t-delta}.
Evidence theorem5_systems(const Rational& planted) {
  Certificate e(
      "two Kaczmarz systems of rank 2: polynomial identity in theta, omega and both coordinates of r = r_t, s = "
      "r_{t-delta} between the expectation over all sketches and (1-theta)^2 |r|^2 + 2 theta (1-theta) <r, (I - omega "
      "W)s> + theta^2 <s, (I - omega(2-omega)W)s>, to which apsgd.theorem5 applies eigenvalue by eigenvalue; and (21) "
      "exactly at all pairs of 4 vectors, 3 dampings, 5 relaxations, lambda_min rounded down and lambda_max up");
  const RationalMatrix tall({{one, two}, {Rational(3), one}, {one, Rational(-1)}});
  const auto exactly = [](const Ball& end) {
    Rational x;
    arf_get_fmpq(x.raw(), arb_midref(end.raw()));
    return x;
  };
  for (const Reformulation& s : {row_sketch(tall, {one, one}), row_sketch(tall, {one, Rational(5)})}) {
    const auto column = [](const Rational& a, const Rational& b) { return RationalMatrix({{a}, {b}}); };
    const auto inner = [&](const RationalMatrix& u, const RationalMatrix& v) {
      return (u.transposed() * s.gram * v)(0, 0);
    };
    const auto expectation = [&](const Rational& theta, const Rational& omega, const RationalMatrix& r,
                                 const RationalMatrix& d) {
      Rational sum;
      for (const auto& [p, P] : s.outcomes) {
        const RationalMatrix next = (one - theta) * r + theta * (d - omega * (P * d));
        sum += p * inner(next, next);
      }
      return sum;
    };
    e.identity(
        "E|r_{t+1}|^2 = the form in W", {{"theta", 2}, {"omega", 2}, {"r1", 2}, {"r2", 2}, {"s1", 2}, {"s2", 2}},
        [&](const Point& v) { return expectation(v[0], v[1], column(v[2], v[3]), column(v[4], v[5])); },
        [&](const Point& v) {
          const Rational &t = v[0], &w = v[1];
          const RationalMatrix r = column(v[2], v[3]), d = column(v[4], v[5]), Wd = s.mean * d;
          return (one - t) * (one - t) * inner(r, r) + two * t * (one - t) * (inner(r, d) - w * inner(r, Wd)) +
                 planted * t * t * (inner(d, d) - w * (two - w) * inner(d, Wd));
        });
    const auto [least, largest] = s.extremes();
    const Rational l = exactly(least.lower_end()), L = exactly(largest.upper_end());
    std::vector<RationalMatrix> vectors;
    for (const auto& [a, b] : {std::pair{1L, 0L}, {0L, 1L}, {1L, -1L}, {-1L, 3L}})
      vectors.push_back(column(Rational(a), Rational(b)));
    for (const Rational& theta : {Rational(1, 4), Rational(2, 3), one})
      for (const Rational& omega : {Rational(1, 2), one, Rational(3, 2), two, Rational(3)}) {
        const Recursion k = recursion(RateParameters{theta, omega, l, L, one});
        for (const RationalMatrix& r : vectors)
          for (const RationalMatrix& d : vectors)
            e.compare({.label = "E|r_{t+1}|^2 <= K1 |r_t|^2 + K2 |r_{t-delta}|^2",
                       .left = expectation(theta, omega, r, d),
                       .relation = Relation::less_equal,
                       .right = k.K1 * inner(r, r) + k.K2 * inner(d, d),
                       .instance = Object().add("theta", theta).add("omega", omega)});
      }
  }
  return e;
}

/// The coefficients of each case are the formula with m and alpha of Definition 1: on a grid inside the case with more
/// points than degree in every variable.
Evidence six_cases() {
  struct Case {
    const char* name;
    Rational l, L, omega, step;  ///< first values; l and L take two, omega three
  };
  Certificate e("identities of the coefficients of every case on a grid inside it, degrees 2, 2, 1, 1");
  const Rational tenth(1, 10);
  for (const Case& c : std::vector<Case>{{"1i", Rational(1, 2), Rational(4, 5), Rational(1, 4), Rational(1, 2)},
                                         {"1ii", Rational(1, 2), Rational(4, 5), Rational(8, 5), Rational(1, 5)},
                                         {"1iii", Rational(1, 2), Rational(4, 5), Rational(5, 2), one},
                                         {"2i", tenth, Rational(3, 10), Rational(1, 2), Rational(3, 4)},
                                         {"2ii", tenth, Rational(3, 10), Rational(9, 4), Rational(1, 2)},
                                         {"2iii", tenth, Rational(3, 10), Rational(11, 2), one}}) {
    const std::vector<Variable> variables = {{"theta", 2, Rational(0), Rational(1, 2)},
                                             {"omega", 2, c.omega, c.step},
                                             {"l", 1, c.l, tenth},
                                             {"L", 1, c.L, tenth}};
    long elsewhere = 0;
    const auto coefficients = [&](const Point& v) {
      const Recursion r = recursion(RateParameters{v[0], v[1], v[2], v[3], one});
      if (std::string(r.case_name) != c.name) ++elsewhere;
      return r;
    };
    const auto alpha = [](const Point& v) { return max(abs(one - v[1] * v[2]), abs(one - v[1] * v[3])); };
    e.identity(
        std::string("K1, case ") + c.name, variables, [&](const Point& v) { return coefficients(v).K1; },
        [&](const Point& v) { return (one - v[0]) * (one - v[0] + v[0] * alpha(v)); });
    e.identity(
        std::string("K2, case ") + c.name, variables, [&](const Point& v) { return coefficients(v).K2; },
        [&](const Point& v) {
          const Rational& m = v[1] <= two ? v[2] : v[3];
          return v[0] * (v[0] * (one - v[1] * (two - v[1]) * m) + (one - v[0]) * alpha(v));
        });
    e.compare({.label = std::string("grid points outside of case ") + c.name,
               .left = elsewhere,
               .relation = Relation::equal,
               .right = 0});
  }
  return e;
}

/// q_{t+1} - E|r_{t+1}|^2 >= K1 (q_t - E|r_t|^2) + K2 (q_{t-delta} - E|r_{t-delta}|^2), by (21); and the exact second
/// moments of a system against the recursion (25) from equal beginnings.
Evidence majorised() {
  Certificate e(
      "induction over t: (21) and nonnegative K1, K2 carry q >= E|r|^2 from t - delta and t to t + 1; K2's factor 1 - "
      "omega(2-omega)m is (1-m) + m(omega-1)^2; and exact second moments of one Kaczmarz coordinate (lambda = 1/2, "
      "delay 3, theta = 1/2, omega = 3/2) with exact q_t, t <= 40");
  e.identity(
      "(K1 q + K2 q') - (K1 e + K2 e') = K1 (q - e) + K2 (q' - e')",
      {{"K1", 1}, {"K2", 1}, {"q", 1}, {"q'", 1}, {"e", 1}, {"e'", 1}},
      [](const Point& v) { return (v[0] * v[2] + v[1] * v[3]) - (v[0] * v[4] + v[1] * v[5]); },
      [](const Point& v) { return v[0] * (v[2] - v[4]) + v[1] * (v[3] - v[5]); });
  e.identity(
      "1 - omega(2-omega)m = (1-m) + m(omega-1)^2", {{"omega", 2}, {"m", 1}},
      [](const Point& v) { return one - v[0] * (two - v[0]) * v[1]; },
      [](const Point& v) { return (one - v[1]) + v[1] * (v[0] - one) * (v[0] - one); });
  const Reformulation s = bernoulli_coordinate(Rational(1, 2));
  const Rational theta(1, 2), omega(3, 2), lambda(1, 2);
  const long d = 3;
  const Recursion k = recursion(RateParameters{theta, omega, lambda, lambda, Rational(d)});
  RationalMatrix C = equal_moments(d + 1);
  std::vector<Rational> q(static_cast<std::size_t>(d + 1), one);
  for (int t = 0; t < 40; ++t) {
    C = updated_moments(s, theta, omega, d, C);
    q.push_back(k.K1 * q.back() + k.K2 * q[q.size() - static_cast<std::size_t>(d) - 1]);
    e.compare({.label = "E|r_t|^2 <= q_t, t = " + std::to_string(t + d + 1), .left = C(0, 0), .right = q.back()});
  }
  return e;
}

/// With p(g) = 0 the recursion takes C g^s to C g^{t+1}, so that the least and the largest of q_s/g^s over s = 0..delta
/// bound it for good.
Evidence convergence_factor() {
  Certificate e(
      "(25) takes C g^{t-delta} and C g^t to C g^{t+1} - C h p(g), h = g^{t-delta}: identity with G = g^delta free; "
      "with nonnegative K1, K2 the bounds C g^t with the least and the largest C = q_s/g^s, s = 0..delta, stay bounds; "
      "and exact q_40 and q_80 against them, three recursions");
  e.identity(
      "(K1 G + K2) C h = C h g G - C h p, p = g G - K1 G - K2",
      {{"K1", 1}, {"K2", 1}, {"g", 1}, {"G", 1}, {"h", 1}, {"C", 1}},
      [](const Point& v) { return (v[0] * v[3] + v[1]) * v[5] * v[4]; },
      [](const Point& v) { return v[5] * v[4] * v[2] * v[3] - v[5] * v[4] * (v[2] * v[3] - v[0] * v[3] - v[1]); });
  struct Case {
    Rational K1, K2;
    long delay;
  };
  for (const Case& c : {Case{Rational(1, 2), Rational(1, 4), 3},
                        {Rational(1, 5), Rational(3, 5), 1},
                        {Rational(3, 4), Rational(1, 2), 7}}) {
    const Ball y = negative_log_root(c.K1, c.K2, Rational(c.delay));
    std::vector<Rational> q;
    Ball least = Ball::infinity(), largest = 0;
    for (long s = 0; s <= c.delay; ++s) {
      q.emplace_back(1 + s % 3);
      const Ball share = Ball(q.back()) * exp(Ball(s) * y);
      least = min(least, share);
      largest = max(largest, share);
    }
    for (std::size_t t = q.size(); t <= 80; ++t) {
      q.push_back(c.K1 * q.back() + c.K2 * q[t - 1 - static_cast<std::size_t>(c.delay)]);
      if (t != 40 && t != 80) continue;
      const Ball decay = exp(-(Ball(static_cast<long>(t)) * y));
      const Object where =
          Object().add("K1", c.K1).add("K2", c.K2).add("delta", c.delay).add("t", static_cast<long>(t));
      e.compare({.label = "min q_s/rho^s rho^t <= q_t", .left = least * decay, .right = q.back(), .instance = where});
      e.compare({.label = "q_t <= max q_s/rho^s rho^t", .left = q.back(), .right = largest * decay, .instance = where});
    }
  }
  return e;
}

/// 1 - K1 - K2 = theta [2(1-theta)(1-alpha) + theta omega (2-omega) m]; for omega < 2 both 1 - alpha are positive.
Evidence linear_convergence(const Rational& planted) {
  Certificate e(
      "identity 1 - K1 - K2 = theta [2(1-theta)(1-alpha) + theta omega(2-omega) m] for free alpha, m, m = lambda_min "
      "for omega <= 2; 1 - alpha >= 0, as alpha is 1 - omega lambda_min or omega lambda_max - 1 <= omega - 1 (signs at "
      "the corners)");
  e.identity(
      "1 - K1 - K2 = theta [2(1-theta)(1-alpha) + theta omega(2-omega) m]",
      {{"theta", 2}, {"omega", 2}, {"alpha", 1}, {"m", 1}},
      [](const Point& v) {
        const Rational &t = v[0], &w = v[1], &alpha = v[2], &m = v[3];
        return one - (one - t) * (one - t + t * alpha) - t * (t * (one - w * (two - w) * m) + (one - t) * alpha);
      },
      [&](const Point& v) {
        const Rational &t = v[0], &w = v[1], &alpha = v[2], &m = v[3];
        return t * (planted * (one - t) * (one - alpha) + t * w * (two - w) * m);
      });
  const Rational zero(0);
  e.nonnegative("1 - (1 - omega l)", {{"omega", zero, two}, {"l", zero, one}},
                [](const Point& v) { return one - (one - v[0] * v[1]); });
  e.nonnegative("1 - (omega L - 1)", {{"omega", zero, two}, {"L", zero, one}},
                [](const Point& v) { return one - (v[0] * v[1] - one); });
  return e;
}

/// Both ways that Remark 6 leaves open where K1 + K2 >= 1, at lambda_min = lambda_max = 9/10 and omega = 3.
Evidence above_one() {
  Evidence e;
  e.method = "exact K1 + K2 and enclosures of the exact growth factors of E|r|^2, one coordinate with lambda = 9/10";
  const Rational lambda(9, 10), omega(3);
  for (const auto& [theta, converges] : {std::pair{Rational(1, 4), true}, {one, false}}) {
    const Recursion k = recursion(RateParameters{theta, omega, lambda, lambda, one});
    const Object where = Object()
                             .add("lambda", lambda)
                             .add("theta", theta)
                             .add("omega", omega)
                             .add("delta", 1)
                             .add("K1", k.K1)
                             .add("K2", k.K2);
    const Ball growth = exp(-second_moment_log_rate(bernoulli_coordinate(lambda), theta, omega, 1));
    e.comparisons.push_back(
        {.label = "1 < K1 + K2", .left = 1, .relation = Relation::less, .right = k.K1 + k.K2, .instance = where});
    e.comparisons.push_back({.label = converges ? "z < 1" : "1 < z",
                             .left = converges ? growth : Ball(1),
                             .relation = Relation::less,
                             .right = converges ? Ball(1) : growth,
                             .instance = where});
  }
  return e;
}

}  // namespace

void register_recursion_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "apsgd.theorem5",
       .source = "Theorem 5, (21)-(24), (71)",
       .statement =
           R"($E\|r_{t+1}\|^2\le K_1E\|r_t\|^2+K_2E\|r_{t-\delta}\|^2$ for $\theta\in[0,1]$, $\omega\ge0$, every exact system, $x_0,\dots,x_{\delta_a}\in\mathrm{Im}(B^{-1}A^T)$, $x_*=\Pi^B_{\mathcal L}(x_0)$, every delay $\delta\le\delta_a$ and a sketch that is independent of the pair $(x_t,x_{t-\delta})$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return theorem5(one); },
       .uses = {"apsgd.definition1", "apsgd.lemma1", "apsgd.lemma3", "apsgd.lemma4"}});
  registry.add(
      {.id = "apsgd.theorem5.systems",
       .source = "Theorem 5, (21)",
       .statement =
           R"((21) on the rows $(1,2)$, $(3,1)$, $(1,-1)$ with $B=I$ and $B=\mathrm{diag}(1,5)$, whose sketches do not commute, for all $\theta\in[0,1]$, $\omega\ge0$)",
       .procedure = [](const Context&) { return theorem5_systems(one); },
       .uses = {"apsgd.theorem5"},
       .bound = true});
  registry.add(
      {.id = "apsgd.theorem5.cases",
       .source = "Theorem 5, the six cases",
       .statement =
           R"(all six cases are one formula with $m=\lambda_{\min}$ for $\omega\le2$, $\lambda_{\max}$ beyond)",
       .procedure = [](const Context&) { return six_cases(); },
       .uses = {"apsgd.definition1"}});
  registry.add(
      {.id = "apsgd.remark4",
       .source = "Remark 4, (25)",
       .statement =
           R"(under the hypotheses of Theorem 5 $E\|r_t\|^2\le q_t$ from equal beginnings $t=0,\dots,\delta_a$ and with the same delays, constant or not)",
       .procedure = [](const Context&) { return majorised(); },
       .uses = {"apsgd.theorem5"},
       .bound = true});
  registry.add({.id = "apsgd.remark4.printed",
                .source = "Remark 4",
                .statement = R"(beginnings $q_0,\dots,q_\tau$ suffice, that is $\delta\le\tau$)",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      Evidence e;
                      e.method = "delta = c tau at c = 2, tau = 2";
                      e.comparisons.push_back({.label = "delta <= tau",
                                               .left = 4,
                                               .relation = Relation::less_equal,
                                               .right = 2,
                                               .instance = Object().add("c", 2).add("tau", 2)});
                      return e;
                    },
                .note = "(25) needs q_0 to q_delta.",
                .instead = "apsgd.remark4"});
  registry.add(
      {.id = "apsgd.theorem6",
       .source = "Theorem 6",
       .statement =
           R"($c\,\rho^t\le q_t\le C\rho^t$ for every $t$ in (25) with constant delay $\delta$ and $K_1,K_2\ge0$ not both 0 from positive $q_0,\dots,q_\delta$, with the least and the largest $q_s/\rho^s$, $s\le\delta$, as $c$ and $C$)",
       .procedure = [](const Context&) { return convergence_factor(); },
       .uses = {"apsgd.theorem3"},
       .note = "So the positive root rho of (26) is the convergence factor of (25)."});
  registry.add(
      {.id = "apsgd.linear_convergence",
       .source = "abstract, Section 1.2, linear convergence",
       .statement =
           R"($1-K_1-K_2\ge\theta^2\omega(2-\omega)\lambda_{\min}>0$ for $0<\theta\le1$, $0<\omega<2$: then $E\|r_t\|^2\le\rho(\delta_a)^t\|r_0\|^2$ with $\rho(\delta_a)<1$ for Algorithm 1 from $x_0$, every exact system, delays of at most $\delta_a$ that do not depend on the sketches, and an independent sketch for every job)",
       .procedure = [](const Context&) { return linear_convergence(two); },
       .uses = {"apsgd.remark6", "apsgd.lemma6.second_moment"}});
  registry.add({.id = "apsgd.canary.linear_convergence",
                .source = "planted",
                .statement = "1 - K1 - K2 with the first term halved",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return linear_convergence(one); },
                .canary = true});
  registry.add({.id = "apsgd.remark6",
                .source = "Remark 6",
                .statement = R"($p_\delta(1)=1-K_1-K_2$, so that $\rho<1\iff K_1+K_2<1$)",
                .expected = Verdict::proved,
                .procedure =
                    [](const Context&) {
                      Certificate e(
                          "identity at g = 1, where g^delta = 1 for every delay; p changes sign once (apsgd.theorem3)");
                      e.identity(
                          "p(1) = 1 - K1 - K2", {{"K1", 1}, {"K2", 1}},
                          [](const Point& v) { return one * (one - v[0]) - v[1]; },
                          [](const Point& v) { return one - v[0] - v[1]; });
                      return Evidence(e);
                    },
                .uses = {"apsgd.theorem3"}});
  registry.add(
      {.id = "apsgd.remark6.above_one",
       .source = "Remark 6, second sentence",
       .statement =
           R"(with $K_1+K_2>1$ the exact $E\|r_t\|^2$ may fall, as at $\lambda=9/10$, $\theta=1/4$, $\omega=3$, $\delta=1$, or grow, as at $\theta=1$)",
       .procedure = [](const Context&) { return above_one(); }});
  registry.add({.id = "apsgd.canary.theorem5_factor",
                .source = "planted",
                .statement = "(21) with the delayed term's expectation scaled by 11/10",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem5(Rational(11, 10)); },
                .canary = true});
  registry.add({.id = "apsgd.canary.theorem5_form",
                .source = "planted",
                .statement = "the form in W with the delayed term scaled by 11/10",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem5_systems(Rational(11, 10)); },
                .canary = true});
}

}  // namespace asyncert::apsgd
