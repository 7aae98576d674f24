// Claims on the weak recursion (16)-(20), the strong recursion (21)-(26) and varying delays (27)-(28).
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "bounds/apsgd/varying_delays.hpp"
#include "bounds/apsgd/weak.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/themes.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2);

/// E u_{t+1} = (1-theta) E u_t + theta (I - omega W) E u_{t-1}, by enumerating all sketches of three updates.
Evidence mean_recursion() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact expectation over all 3^4 sketch sequences of a 3x2 system, delay 1, theta = 2/5, omega = 3/2";
  const Reformulation s = row_sketch(RationalMatrix({{one, two}, {Rational(3), one}, {one, Rational(-1)}}), {one, two});
  const Rational theta(2, 5), omega(3, 2);
  const RationalMatrix I = RationalMatrix::identity(2), start({{Rational(3)}, {Rational(-1)}});
  const auto update = [&](const RationalMatrix& newest, const RationalMatrix& delayed, const RationalMatrix& M) {
    return (one - theta) * newest + theta * ((I - omega * M) * delayed);
  };
  // The mean over the sketches of every update, path by path.
  std::function<RationalMatrix(const RationalMatrix&, const RationalMatrix&, int)> expected =
      [&](const RationalMatrix& newest, const RationalMatrix& delayed, int updates) {
        if (updates == 0) return newest;
        RationalMatrix sum(2, 1);
        for (const auto& [p, P] : s.outcomes) sum = sum + p * expected(update(newest, delayed, P), newest, updates - 1);
        return sum;
      };
  RationalMatrix newest = start, delayed = start;
  for (int t = 1; t <= 4; ++t) {
    const RationalMatrix next = update(newest, delayed, s.mean);
    delayed = newest;
    newest = next;
    const RationalMatrix mean = expected(start, start, t);
    for (long i = 0; i < 2; ++i)
      e.comparisons.push_back({.label = "coordinate " + std::to_string(i) + " of E u_" + std::to_string(t), .left = mean(i, 0),
                               .relation = Relation::equal, .right = newest(i, 0)});
  }
  return e;
}

/// The coefficients of the characteristic polynomial of (19) by Faddeev-LeVerrier, against (20).
Evidence characteristic_polynomial() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact characteristic polynomials of the companion matrix of order delta + 1, a = 2/7, b = 3/5 and b = -3/5";
  const Rational a(2, 7);
  for (const Rational& b : {Rational(3, 5), Rational(-3, 5)})
    for (long d = 1; d <= 8; ++d) {
      RationalMatrix A(d + 1, d + 1), M(d + 1, d + 1);
      const RationalMatrix I = RationalMatrix::identity(d + 1);
      A.set(0, 0, a);
      A.set(0, d, b);
      for (long i = 1; i <= d; ++i) A.set(i, i - 1, one);
      Rational c = one;  // the coefficient of g^{d+1}
      for (long k = 1; k <= d + 1; ++k) {
        M = A * M + c * I;
        const RationalMatrix AM = A * M;
        Rational trace;
        for (long i = 0; i <= d; ++i) trace += AM(i, i);
        c = -trace / Rational(k);
        e.comparisons.push_back({.label = "coefficient of g^" + std::to_string(d + 1 - k), .left = c, .relation = Relation::equal,
                                 .right = k == 1 ? -a : k == d + 1 ? -b : zero, .instance = Object().add("delta", d).add("b", b)});
      }
    }
  return e;
}

/// The largest |root| of g^{d+1} = a g^d + b is at most the positive root for |b|, and equal to it for b >= 0.
Evidence dominated(bool strict_claim) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "enclosures of the largest root at 5 a, 6 negative b, 6 delays from 1 to 1e6";
  for (const Rational& a : {Rational(1, 10), Rational(1, 3), Rational(1, 2), Rational(4, 5), Rational(99, 100)})
    for (const Rational& b : {Rational(-1, 1000), Rational(-1, 20), Rational(-1, 5), Rational(-2, 5), Rational(-9, 10), Rational(-2)})
      for (const long d : {1L, 2L, 3L, 10L, 1000L, 1000000L}) {
        const Ball signed_root = weak_log_rate(a, b, d), majorant = weak_log_rate(a, -b, d);
        e.comparisons.push_back({.label = strict_claim ? "-ln of the largest root = -ln of the root with |b|" : "-ln of the root with |b| <= -ln of the largest root",
                                 .left = majorant, .relation = strict_claim ? Relation::equal : Relation::less_equal, .right = signed_root,
                                 .instance = Object().add("a", a).add("b", b).add("delta", d)});
      }
  return e;
}

/// Theorem 5 for one eigenvalue x of W and coordinates r, s of r_t, r_{t-delta}: with c = 1 - omega x and a free alpha,
/// K1 r^2 + K2 s^2 - E = theta(1-theta)[alpha(r^2+s^2) - 2 c r s] + theta^2 omega(2-omega)(x-m)s^2, a sum of two terms >= 0.
Evidence theorem5(const Rational& planted) {
  Certificate e("polynomial identity in theta, omega, x, m, alpha, r, s for the difference of both sides of (21), eigenvalue by eigenvalue; "
                "its terms are nonnegative since alpha >= |1 - omega x| and omega(2-omega)(x-m) >= 0 for m = lambda_min (omega <= 2), lambda_max (omega >= 2)");
  e.identity("K1 r^2 + K2 s^2 - E|r+|^2 = theta(1-theta)[alpha(r^2+s^2) - 2(1-omega x)rs] + theta^2 omega(2-omega)(x-m)s^2",
             {{"theta", 2}, {"omega", 2}, {"x", 1}, {"m", 1}, {"alpha", 1}, {"r", 2}, {"s", 2}},
             [&](const Point& v) {
               const Rational &t = v[0], &w = v[1], &x = v[2], &m = v[3], &alpha = v[4], &r = v[5], &s = v[6];
               const Rational K1 = (one - t) * (one - t + t * alpha), K2 = t * (t * (one - w * (two - w) * m) + (one - t) * alpha);
               // E|(1-t) r + t (1 - w P) s|^2 with E P = x, P^2 = P.
               const Rational step = (one - t) * (one - t) * r * r + two * t * (one - t) * (one - w * x) * r * s +
                                     planted * t * t * (one - w * (two - w) * x) * s * s;
               return K1 * r * r + K2 * s * s - step;
             },
             [](const Point& v) {
               const Rational &t = v[0], &w = v[1], &x = v[2], &m = v[3], &alpha = v[4], &r = v[5], &s = v[6];
               return t * (one - t) * (alpha * (r * r + s * s) - two * (one - w * x) * r * s) + t * t * w * (two - w) * (x - m) * s * s;
             });
  e.identity("2[alpha(r^2+s^2) - 2 c r s] = (alpha+c)(r-s)^2 + (alpha-c)(r+s)^2", {{"alpha", 1}, {"c", 1}, {"r", 2}, {"s", 2}},
             [](const Point& v) { return two * (v[0] * (v[2] * v[2] + v[3] * v[3]) - two * v[1] * v[2] * v[3]); },
             [](const Point& v) {
               const Rational minus = v[2] - v[3], plus = v[2] + v[3];
               return (v[0] + v[1]) * minus * minus + (v[0] - v[1]) * plus * plus;
             });
  return e;
}

/// One exact update of systems whose sketches do not commute, with K1 and K2 from lambda_min rounded down and lambda_max up.
Evidence theorem5_systems() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact E|r_{t+1}|^2 of two Kaczmarz systems at all pairs of 6 vectors, 3 dampings, 5 relaxations";
  const RationalMatrix tall({{one, two}, {Rational(3), one}, {one, Rational(-1)}});
  const auto exactly = [](const Ball& end) {
    Rational x;
    arf_get_fmpq(x.raw(), arb_midref(end.raw()));
    return x;
  };
  for (const Reformulation& s : {row_sketch(tall, {one, one}), row_sketch(tall, {one, Rational(5)})}) {
    const auto [least, largest] = s.extremes();
    const Rational l = exactly(least.lower_end()), L = exactly(largest.upper_end());
    const auto norm = [&](const RationalMatrix& u) { return (u.transposed() * s.gram * u)(0, 0); };
    std::vector<RationalMatrix> vectors;
    for (const auto& [a, b] : {std::pair{1L, 0L}, {0L, 1L}, {1L, 1L}, {1L, -1L}, {2L, -1L}, {-1L, 3L}}) vectors.push_back(RationalMatrix({{Rational(a)}, {Rational(b)}}));
    for (const Rational& theta : {Rational(1, 4), Rational(2, 3), one})
      for (const Rational& omega : {Rational(1, 2), one, Rational(3, 2), two, Rational(3)}) {
        const Recursion k = recursion(RateParameters{theta, omega, l, L, one});
        for (const RationalMatrix& r : vectors)
          for (const RationalMatrix& d : vectors) {
            Rational expectation;
            for (const auto& [p, P] : s.outcomes) expectation += p * norm((one - theta) * r + theta * (d - omega * (P * d)));
            e.comparisons.push_back({.label = "E|r_{t+1}|^2 <= K1 |r_t|^2 + K2 |r_{t-delta}|^2", .left = expectation, .relation = Relation::less_equal,
                                     .right = k.K1 * norm(r) + k.K2 * norm(d), .instance = Object().add("theta", theta).add("omega", omega)});
          }
      }
  }
  return e;
}

/// The library's six cases are the formula with m and alpha of Definition 1.
Evidence six_cases() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact coefficients at one point of the interior of each case and on each border";
  for (const Rational& L : {Rational(1, 4), Rational(9, 10)})
    for (long i = 0; i <= 16; ++i)
      for (long j = 0; j <= 2; ++j) {
        const Rational l(1, 8), w(i, 2), t(j, 2);
        const Recursion r = recursion(RateParameters{t, w, l, L, one});
        const Rational at_l = abs(one - w * l), at_L = abs(one - w * L), alpha = max(at_l, at_L), m = w <= two ? l : L;
        const Object where = Object().add("theta", t).add("omega", w).add("lambda_min", l).add("lambda_max", L);
        e.comparisons.push_back({.label = "K1", .left = r.K1, .relation = Relation::equal, .right = (one - t) * (one - t + t * alpha), .instance = where});
        e.comparisons.push_back({.label = "K2", .left = r.K2, .relation = Relation::equal,
                                 .right = t * (t * (one - w * (two - w) * m) + (one - t) * alpha), .instance = where});
      }
  return e;
}

/// The exact second moments of a system against the recursion (25) from equal beginnings, t = 0..60.
Evidence majorised() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact second moments of one Kaczmarz coordinate (lambda = 1/2, delay 3, theta = 1/2, omega = 3/2) and exact q_t, t <= 40";
  const Reformulation s = bernoulli_coordinate(Rational(1, 2));
  const Rational theta(1, 2), omega(3, 2), lambda(1, 2);
  const long d = 3;
  const Recursion k = recursion(RateParameters{theta, omega, lambda, lambda, Rational(d)});
  RationalMatrix C(d + 1, d + 1);  // E of the products of the last d + 1 iterates, all 1 at first
  for (long i = 0; i <= d; ++i)
    for (long j = 0; j <= d; ++j) C.set(i, j, one);
  std::vector<Rational> q(static_cast<std::size_t>(d + 1), one);
  for (int t = 0; t < 40; ++t) {
    RationalMatrix next(d + 1, d + 1);
    for (const auto& [p, P] : s.outcomes) {
      RationalMatrix M(d + 1, d + 1);
      M.set(0, 0, one - theta);
      M.set(0, d, theta * (one - omega * P(0, 0)));
      for (long i = 1; i <= d; ++i) M.set(i, i - 1, one);
      next = next + p * (M * C * M.transposed());
    }
    C = next;
    q.push_back(k.K1 * q.back() + k.K2 * q[q.size() - static_cast<std::size_t>(d) - 1]);
    e.comparisons.push_back({.label = "E|r_t|^2 <= q_t, t = " + std::to_string(t + d + 1), .left = C(0, 0), .relation = Relation::less_equal, .right = q.back()});
  }
  return e;
}

/// p(rho-) < 0 < p(rho+) at the ends of the enclosure, so that the positive root lies inside.
Evidence positive_root() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "signs of g^{delta+1} - K1 g^delta - K2 on both sides of the enclosure, 4 x 3 coefficients, 5 delays up to 1e9";
  const PrecisionScope precision(256);
  for (const Rational& K1 : {Rational(1, 10), Rational(1, 2), Rational(9, 10), Rational(5, 4)})
    for (const Rational& K2 : {Rational(1, 100), Rational(2, 5), Rational(2)})
      for (const Rational& d : {one, Rational(5, 2), Rational(40), Rational(100000), Rational(1000000000)}) {
        const Ball y = negative_log_root(K1, K2, d), spread = abs(y) * Ball(Rational(1, 1'000'000'000'000L));
        // g^delta (g - K1) - K2 over g^delta, so that no power over- or underflows.
        const auto p = [&](const Ball& at) { return exp(-at) - Ball(K1) - Ball(K2) * exp(Ball(d) * at); };
        const Object where = Object().add("K1", K1).add("K2", K2).add("delta", d);
        if (K1 + K2 == one) continue;
        e.comparisons.push_back({.label = "p(rho(1+eps)) > 0", .left = 0, .relation = Relation::less, .right = p(y - spread), .instance = where});
        e.comparisons.push_back({.label = "p(rho(1-eps)) < 0", .left = p(y + spread), .relation = Relation::less, .right = 0, .instance = where});
      }
  return e;
}

/// With G = g^{delta_a}, t = g^delta and s = g^{delta_a - delta} in [0,1] as free variables: s p_delta(g) - p_{delta_a}(g) = K2 (1 - s).
Evidence lemma5() {
  Certificate e("identity in g, t = g^delta, s = g^(delta_a - delta), K1, K2, hence for all real delays; so p_delta >= 0 at the root of p_delta_a if that is at most 1");
  e.identity("s p_delta(g) - p_delta_a(g) = K2 (1 - s)", {{"g", 1}, {"t", 1}, {"s", 1}, {"K1", 1}, {"K2", 1}},
             [](const Point& v) { return v[2] * (v[1] * (v[0] - v[3]) - v[4]) - (v[1] * v[2] * (v[0] - v[3]) - v[4]); },
             [](const Point& v) { return v[4] * (one - v[2]); });
  e.nonnegative("1 - s", {{"s", zero, one}}, [](const Point& v) { return one - v[0]; });
  return e;
}

/// The order of the growth factors for two delays.
Evidence delay_order(const RateParameters& p, const Rational& shorter, const Rational& longer) {
  Evidence e;
  e.method = "enclosures of both growth factors";
  const Recursion r = recursion(p);
  e.comparisons.push_back({.label = "rho(delta) <= rho(delta_a)", .left = exp(-negative_log_root(r, shorter)), .relation = Relation::less_equal,
                           .right = exp(-negative_log_root(r, longer)),
                           .instance = Object().add("theta", p.theta).add("omega", p.omega).add("lambda_min", p.lambda_min)
                                           .add("lambda_max", p.lambda_max).add("delta", shorter).add("delta_a", longer)
                                           .add("K1", r.K1).add("K2", r.K2)});
  return e;
}

/// Growth over a period against one of the two bounds of (28).
Evidence growth_over_period(const Rational& K1, const Rational& K2, const std::vector<long>& delays, bool outer) {
  Evidence e;
  e.method = "enclosure of the growth factor of (25) over the period";
  const VaryingDelays v = varying_delays(K1, K2, delays);
  e.comparisons.push_back({.label = outer ? "growth <= rho(delta_a)^n" : "growth <= prod rho(delta_i)", .left = v.period_growth,
                           .relation = Relation::less_equal, .right = outer ? v.outer_bound : v.product_bound,
                           .instance = Object().add("K1", K1).add("K2", K2).add("delays", Value(delays))});
  return e;
}

/// Halanay's step of the outer bound: C G (K1 + K2 g^{-d}) <= C G (K1 + K2 g^{-delta_a}) in free variables.
Evidence lemma6_outer() {
  Certificate e("induction q_s <= C g^s (s <= t) => q_{t+1} <= C g^{t+1} for g = rho(delta_a) <= 1: with G = g^delta_a, s = g^(delta_a - d) in [0,1] "
                "it is K1 G + K2 s <= K1 G + K2 = g G; identity in G, s, K1, K2");
  e.identity("(K1 G + K2) - (K1 G + K2 s) = K2 (1 - s)", {{"K1", 1}, {"K2", 1}, {"G", 1}, {"s", 1}},
             [](const Point& v) { return (v[0] * v[2] + v[1]) - (v[0] * v[2] + v[1] * v[3]); },
             [](const Point& v) { return v[1] * (one - v[3]); });
  e.nonnegative("1 - s", {{"s", zero, one}}, [](const Point& v) { return one - v[0]; });
  return e;
}

/// E|x|^2 of Algorithm 1 itself over one unit of time, delays (1, 0, 0, 3), theta = omega = 1, one Kaczmarz coordinate with
/// lambda = 1/2: from equal iterates it is halved exactly, whatever the product of the rho(delta_i).
Evidence lemma6_second_moment() {
  Evidence e;
  e.method = "exact second moments of the iteration over three periods";
  const Reformulation s = bernoulli_coordinate(Rational(1, 2));
  RationalMatrix C(4, 4);
  for (long i = 0; i < 4; ++i)
    for (long j = 0; j < 4; ++j) C.set(i, j, one);
  const VaryingDelays v = varying_delays(zero, Rational(1, 2), {1, 0, 0, 3});
  for (int period = 1; period <= 3; ++period) {
    for (const long d : {1L, 0L, 0L, 3L}) {
      RationalMatrix next(4, 4);
      for (const auto& [p, P] : s.outcomes) {
        RationalMatrix M(4, 4);
        M.set(0, d, one - P(0, 0));
        for (long i = 1; i < 4; ++i) M.set(i, i - 1, one);
        next = next + p * (M * C * M.transposed());
      }
      C = next;
    }
    e.comparisons.push_back({.label = "E|x|^2 after " + std::to_string(period) + " units <= (prod rho(delta_i))^units |x_0|^2", .left = C(0, 0),
                             .relation = Relation::less_equal, .right = pow(v.product_bound, static_cast<long>(period)),
                             .instance = Object().add("delays", Value(std::vector<long>{1, 0, 0, 3})).add("theta", 1).add("omega", 1).add("lambda", Rational(1, 2))});
  }
  return e;
}

}  // namespace

void register_recursion_claims(ClaimRegistry& registry) {
  registry.add({.id = "apsgd.theorem2", .source = "Theorem 2, (16), (70)", .statement = R"($E r_{t+1}=(1-\theta)E r_t+\theta(I-\omega W)E r_{t-\delta}$)",
                .expected = Verdict::supported, .procedure = [](const Context&) { return mean_recursion(); }});
  const auto refuted_sign = [&](const char* id, const char* statement, const Rational& left, Relation relation, const Rational& right, Object instance,
                                const char* note) {
    registry.add({.id = id, .source = "Remark 3, (18)", .statement = statement, .expected = Verdict::refuted,
                  .procedure = [=](const Context&) {
                    Evidence e;
                    e.method = "one exact instance";
                    e.comparisons.push_back({.label = statement, .left = left, .relation = relation, .right = right, .instance = instance});
                    return e;
                  },
                  .note = note});
  };
  // lambda_min = 1/10, lambda_max = 9/10, omega = omega_star = 2, theta = 1/2, lambda_i = lambda_max.
  refuted_sign("apsgd.remark3.b_positive.printed", R"($b=\theta(1-\omega\lambda_i)>0$)", zero, Relation::less, Rational(1, 2) * (one - two * Rational(9, 10)),
               Object().add("theta", Rational(1, 2)).add("omega", 2).add("lambda_i", Rational(9, 10)),
               "b is negative for omega > 1/lambda_i, always at omega_star and lambda_max > lambda_min.");
  refuted_sign("apsgd.remark3.a_positive.printed", R"($a=1-\theta>0$)", zero, Relation::less, zero, Object().add("theta", 1), "theta = 1 is allowed.");
  refuted_sign("apsgd.remark3.sum.printed", R"($a+b<1$)", one, Relation::less, one,
               Object().add("theta", Rational(1, 2)).add("lambda_i", 0), "lambda_i = 0 gives a + b = 1; the statement needs the nonzero spectrum.");
  registry.add({.id = "apsgd.equation20", .source = "(19), (20)", .statement = R"($\det(\gamma I-A)=\gamma^{\delta+1}-a\gamma^\delta-b$, order $\delta+1$)",
                .expected = Verdict::supported, .procedure = [](const Context&) { return characteristic_polynomial(); }, .note = "The n of (19) is delta + 1."});
  registry.add({.id = "apsgd.equation20.perron.printed", .source = "after (20)", .statement = R"(the spectral radius is the positive root of $\gamma^{\delta+1}=a\gamma^\delta+|b|$)",
                .expected = Verdict::refuted, .procedure = [](const Context&) { return dominated(true); },
                .note = "For b < 0 the matrix is not nonnegative: at a = 1/2, b = -2/5, delta = 3 a complex pair dominates."});
  registry.add({.id = "apsgd.equation20.majorant", .source = "after (20), corrected", .statement = R"(for $b<0$ the spectral radius is at most the positive root with $|b|$)",
                .expected = Verdict::supported, .procedure = [](const Context&) { return dominated(false); }});
  registry.add({.id = "apsgd.theorem3", .source = "Theorem 3 (Cauchy)", .statement = R"(the positive root of $\gamma^{\delta+1}-K_1\gamma^\delta-K_2$ is where its sign changes)",
                .expected = Verdict::supported, .procedure = [](const Context&) { return positive_root(); }});
  registry.add({.id = "apsgd.theorem4.printed", .source = "Theorem 4 (Perron-Frobenius)", .statement = "irreducible and nonnegative: all other eigenvalues are strictly smaller in modulus",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.method = "theta = omega = delta = 1, lambda = 1/2: the companion matrix (0 1/2; 1 0) is irreducible and has real eigenvalues";
                  const RationalMatrix M({{zero, Rational(1, 2)}, {one, zero}});
                  // Two real eigenvalues of opposite sign have different moduli exactly if their sum does not vanish.
                  e.comparisons.push_back({.label = "lambda_1 - |lambda_2| = trace > 0", .left = 0, .relation = Relation::less, .right = M(0, 0) + M(1, 1),
                                           .instance = Object().add("K1", 0).add("K2", Rational(1, 2))});
                  return e;
                },
                .note = "Strictness needs a primitive matrix: theta = 1 gives K1 = 0, and delta + 1 eigenvalues of one modulus."});
  registry.add({.id = "apsgd.theorem5", .source = "Theorem 5, (21)-(24), (71)", .statement = R"($E\|r_{t+1}\|^2\le K_1E\|r_t\|^2+K_2E\|r_{t-\delta}\|^2$)",
                .expected = Verdict::proved, .procedure = [](const Context&) { return theorem5(one); }, .uses = {"apsgd.definition1"}});
  registry.add({.id = "apsgd.theorem5.systems", .source = "Theorem 5, (21)", .statement = R"((21) on systems with sketches that do not commute)", .expected = Verdict::supported,
                .procedure = [](const Context&) { return theorem5_systems(); }});
  registry.add({.id = "apsgd.theorem5.cases", .source = "Theorem 5, the six cases", .statement = R"(all six cases are one formula with $m=\lambda_{\min}$ for $\omega\le2$, $\lambda_{\max}$ beyond)",
                .expected = Verdict::supported, .procedure = [](const Context&) { return six_cases(); }});
  registry.add({.id = "apsgd.remark4", .source = "Remark 4, (25)", .statement = R"($E\|r_t\|^2\le q_t$ from equal beginnings $t=0..\delta$)", .expected = Verdict::supported,
                .procedure = [](const Context&) { return majorised(); }});
  registry.add({.id = "apsgd.remark4.printed", .source = "Remark 4", .statement = R"(beginnings $q_0,\dots,q_\tau$ suffice, that is $\delta\le\tau$)", .expected = Verdict::refuted,
                .procedure = [](const Context&) {
                  Evidence e;
                  e.method = "delta = c tau at c = 2, tau = 2";
                  e.comparisons.push_back({.label = "delta <= tau", .left = 4, .relation = Relation::less_equal, .right = 2, .instance = Object().add("c", 2).add("tau", 2)});
                  return e;
                },
                .note = "(25) needs q_0 to q_delta."});
  registry.add({.id = "apsgd.remark6", .source = "Theorem 6, Remark 6", .statement = R"($p_\delta(1)=1-K_1-K_2$, so that $\rho<1\iff K_1+K_2<1$)", .expected = Verdict::proved,
                .procedure = [](const Context&) {
                  Certificate e("identity at g = 1, where g^delta = 1 for every delay; p changes sign once (apsgd.theorem3)");
                  e.identity("p(1) = 1 - K1 - K2", {{"K1", 1}, {"K2", 1}}, [](const Point& v) { return one * (one - v[0]) - v[1]; },
                             [](const Point& v) { return one - v[0] - v[1]; });
                  return Evidence(e);
                },
                .uses = {"apsgd.theorem3"}});
  registry.add({.id = "apsgd.lemma5", .source = "Lemma 5, (27), (72), where K1 + K2 <= 1", .statement = R"($\delta\le\delta_a\Rightarrow\rho(\delta)\le\rho(\delta_a)$)", .expected = Verdict::proved,
                .procedure = [](const Context&) { return lemma5(); }});
  registry.add({.id = "apsgd.lemma5.printed", .source = "Lemma 5, (27), as stated", .statement = R"($\delta\le\delta_a\Rightarrow\rho(\delta)\le\rho(\delta_a)$ for all $\theta,\omega$)", .expected = Verdict::refuted,
                .procedure = [](const Context&) {
                  return delay_order({Rational(1, 2), Rational(7, 2), Rational(1, 2), Rational(9, 10), one}, one, two);
                },
                .note = "Where K1 + K2 > 1 the growth factor exceeds 1 and falls with the delay; the lemma needs K1 + K2 <= 1."});
  registry.add({.id = "apsgd.lemma6.printed", .source = "Lemma 6, (28), first inequality", .statement = R"($\rho_a\le\prod_i\rho(\delta_i)$)", .expected = Verdict::refuted,
                .procedure = [](const Context&) { return growth_over_period(zero, Rational(1, 2), {1, 0, 0, 3}, false); },
                .note = "The slow worker overwrites the fast one's updates; a product of factors of different recursions bounds nothing."});
  registry.add({.id = "apsgd.lemma6.second_moment.printed", .source = "Lemma 6, (28), for Algorithm 1", .statement = R"($E\|x\|^2$ falls by $\prod_i\rho(\delta_i)$ a unit of time)",
                .expected = Verdict::refuted, .procedure = [](const Context&) { return lemma6_second_moment(); }});
  registry.add({.id = "apsgd.lemma6.outer", .source = "Lemma 6, (28), corrected", .statement = R"($\rho_a\le\rho(\delta_a)^{\delta_a}$)", .expected = Verdict::proved,
                .procedure = [](const Context&) { return lemma6_outer(); }, .note = "Halanay's induction; nothing else of the paper uses the product."});
  registry.add({.id = "apsgd.canary.theorem5_factor", .source = "planted", .statement = "(21) with the delayed term's expectation scaled by 11/10", .expected = Verdict::refuted,
                .procedure = [](const Context&) { return theorem5(Rational(11, 10)); }, .canary = true});
  registry.add({.id = "apsgd.canary.unstable_outer", .source = "planted", .statement = R"($\rho_a\le\rho(\delta_a)^n$ although $K_1+K_2>1$)", .expected = Verdict::refuted,
                .procedure = [](const Context&) { return growth_over_period(Rational(1, 2), Rational(7, 10), {1, 0, 3}, true); }, .canary = true});
}

}  // namespace asyncert::apsgd
