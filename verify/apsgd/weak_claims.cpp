// Claims on the weak recursion, (16)-(20) and Theorems 2 to 4.
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/reformulation.hpp"
#include "bounds/apsgd/weak.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2);

/// Entry by entry: the mean of (1-theta) r + theta (s - omega z s') for z independent of the pair of iterates (r, s),
/// of which both take two values. `dependent` gives z its first value exactly with the first pair.
Evidence mean_identity(bool dependent) {
  Certificate e(
      "the update is affine in B^{-1}Z and in the iterates: entry by entry an identity for a fresh, independent "
      "sketch, whose mean is that of every entry of Z times that of the iterate (finite distributions; others by "
      "Fubini), in the basis U by linearity");
  e.identity(
      "E[(1-theta) r + theta (s - omega z s)] = (1-theta) E r + theta (E s - omega E z E s)",
      {{"theta", 1},
       {"omega", 1},
       {"p", 1},
       {"q", 1},
       {"z_1", 1},
       {"z_2", 1},
       {"r_1", 1},
       {"r_2", 1},
       {"s_1", 1},
       {"s_2", 1}},
      [=](const Point& v) {
        const Rational &theta = v[0], &omega = v[1], &p = v[2], &q = v[3];
        Rational mean;
        for (std::size_t i = 0; i < 2; ++i)
          for (std::size_t j = 0; j < 2; ++j) {
            const Rational share = i == 0 ? p : one - p, other = j == 0 ? q : one - q;
            const Rational probability = !dependent ? share * other : i == j ? share : zero;
            const Rational &r = v[6 + j], &s = v[8 + j];
            mean += probability * ((one - theta) * r + theta * (s - omega * v[4 + i] * s));
          }
        return mean;
      },
      [=](const Point& v) {
        const Rational &theta = v[0], &omega = v[1], &p = v[2], other = dependent ? p : v[3];
        const auto mean = [&](std::size_t k, const Rational& x) { return x * v[k] + (one - x) * v[k + 1]; };
        return (one - theta) * mean(6, other) + theta * (mean(8, other) - omega * mean(4, p) * mean(8, other));
      });
  return e;
}

/// E u_{t+1} = (1-theta) E u_t + theta (I - omega W) E u_{t-1}, by enumerating all sketches of three updates.
Evidence mean_recursion() {
  Evidence e;
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
      e.comparisons.push_back({.label = "coordinate " + std::to_string(i) + " of E u_" + std::to_string(t),
                               .left = mean(i, 0),
                               .relation = Relation::equal,
                               .right = newest(i, 0)});
  }
  return e;
}

/// The coefficients of the characteristic polynomial of the companion matrix of order delta + 1, from g^delta down to
/// 1, by Faddeev and LeVerrier.
std::vector<Rational> characteristic_coefficients(long delta, const Rational& a, const Rational& b) {
  RationalMatrix A(delta + 1, delta + 1), M(delta + 1, delta + 1);
  const RationalMatrix I = RationalMatrix::identity(delta + 1);
  A.set(0, 0, a);
  A.set(0, delta, b);
  for (long i = 1; i <= delta; ++i) A.set(i, i - 1, one);
  std::vector<Rational> coefficients;
  Rational c = one;  // the coefficient of g^{delta+1}
  for (long k = 1; k <= delta + 1; ++k) {
    M = A * M + c * I;
    const RationalMatrix AM = A * M;
    Rational trace;
    for (long i = 0; i <= delta; ++i) trace += AM(i, i);
    c = -trace / Rational(k);
    coefficients.push_back(c);
  }
  return coefficients;
}

/// Along the first row of gamma I - A: (gamma - a) times a triangular determinant gamma^delta, and -b with the sign
/// (-1)^delta of its place times a triangular determinant (-1)^delta. And exactly up to delta = 12; a determinant is
/// affine in every entry, and a and b are one entry each.
Evidence characteristic_polynomial() {
  Certificate e(
      "expansion along the first row of gamma I - A, whose two minors are triangular with gamma and with -1 on the "
      "diagonal: an identity with the power of gamma and (-1)^delta free; and exact characteristic polynomials for "
      "delta = 1, ..., 12, whose coefficients are affine in a and in b, of which two values each are tried");
  for (const Rational& sign : {one, -one})
    e.identity(
        std::string("(gamma - a) G - b sign sign = gamma G - a G - b, G = gamma^delta, sign ") +
            (sign == one ? "+" : "-"),
        {{"gamma", 1}, {"a", 1}, {"b", 1}, {"G", 1}},
        [=](const Point& v) { return (v[0] - v[1]) * v[3] - v[2] * sign * sign; },
        [](const Point& v) { return v[0] * v[3] - v[1] * v[3] - v[2]; });
  for (long delta = 1; delta <= 12; ++delta)
    for (long k = 0; k <= delta; ++k)
      e.identity(
          "delta = " + std::to_string(delta) + ", coefficient of g^" + std::to_string(delta - k),
          {{"a", 1, Rational(2, 7), one}, {"b", 1, Rational(-3, 5), one}},
          [&](const Point& v) { return characteristic_coefficients(delta, v[0], v[1])[static_cast<std::size_t>(k)]; },
          [&](const Point& v) { return k == delta ? -v[1]
                                       : k == 0   ? -v[0]
                                                  : zero; });
  return e;
}

/// A root g has |g|^{d+1} = |a g^d + b| <= a |g|^d + |b|; and x^{d+1} - a x^d - |b| is positive beyond its positive
/// root: with x' = x + X >= x, u = 1/x, x'^{-1} = u - Y and so on it is p(x)/x^{d+1} that increases.
Evidence majorant() {
  Certificate e(
      "a root g of (20) has |g|^{d+1} <= a |g|^d + |b|, by the triangle inequality, so that p(|g|) <= 0 for the "
      "polynomial p with |b|; p(x)/x^{d+1} = 1 - a/x - |b|/x^{d+1} increases, an identity, so that |g| is at most its "
      "positive root; every a >= 0, b, delta >= 0");
  e.identity(
      "(1 - a (u - X) - B (U - Y)) - (1 - a u - B U) = a X + B Y",
      {{"a", 1}, {"B", 1}, {"u", 1}, {"U", 1}, {"X", 1}, {"Y", 1}},
      [](const Point& v) {
        return (one - v[0] * (v[2] - v[4]) - v[1] * (v[3] - v[5])) - (one - v[0] * v[2] - v[1] * v[3]);
      },
      [](const Point& v) { return v[0] * v[4] + v[1] * v[5]; });
  return e;
}

/// The largest |root| of g^{d+1} = a g^d + b, for b < 0, against the positive root for |b|.
Evidence dominated(const Context& context, bool reversed) {
  const long grid = context.effort == Effort::quick ? 6 : context.effort == Effort::standard ? 30 : 100;
  Evidence e;
  e.method = "enclosures of the largest root at " + std::to_string(grid - 1) + " a in (0, 1), " + std::to_string(grid) +
             " b in [-2, 0), 6 delays from 1 to 1e6";
  for (long i = 1; i < grid; ++i)
    for (long j = 1; j <= grid; ++j)
      for (const long d : {1L, 2L, 3L, 10L, 1000L, 1000000L}) {
        const Rational a(i, grid), b(-2 * j, grid);
        const Ball signed_root = weak_log_rate(a, b, d), larger = weak_log_rate(a, -b, d);
        e.comparisons.push_back({.label = "-ln of the root with |b| <= -ln of the largest root",
                                 .left = reversed ? signed_root : larger,
                                 .relation = Relation::less_equal,
                                 .right = reversed ? larger : signed_root,
                                 .instance = Object().add("a", a).add("b", b).add("delta", d)});
      }
  return e;
}

/// f(x)/x^n = 1 - sum b_i x^{-i} increases on x > 0, from minus infinity to 1 where some b_i > 0; and x f' = n f + sum
/// i b_i x^{n-i}, which is positive at the root. A root z has |z|^n <= sum b_i |z|^{n-i}, that is f(|z|) <= 0. And
/// p(rho-) < 0 < p(rho+) at the ends of the enclosure of (26)'s root, so that the positive root lies inside.
Evidence positive_root() {
  Certificate e(
      "identities, term by term, for the growth of f(x)/x^n = 1 - sum b_i/x^i, which rises from minus infinity to 1, "
      "so that f has one positive root p and changes sign there, and for x f'(x) - n f(x), so that p is simple; |z|^n "
      "<= sum b_i |z|^(n-i) by the triangle inequality, f(|z|) <= 0, |z| <= p; and signs on both sides of the "
      "enclosure of the root of (26), 4 x 3 coefficients, 5 delays up to 1e9");
  e.identity(
      "(1 - b_i (u - X) - b_j (U - Y)) - (1 - b_i u - b_j U) = b_i X + b_j Y",
      {{"b_i", 1}, {"b_j", 1}, {"u", 1}, {"U", 1}, {"X", 1}, {"Y", 1}},
      [](const Point& v) {
        return (one - v[0] * (v[2] - v[4]) - v[1] * (v[3] - v[5])) - (one - v[0] * v[2] - v[1] * v[3]);
      },
      [](const Point& v) { return v[0] * v[4] + v[1] * v[5]; });
  e.identity(
      "x f' - n f: n X_0 - n X_0 of x^n, and -(n-i) b X + n b X = i b X of -b x^(n-i)",
      {{"n", 1}, {"i", 1}, {"b", 1}, {"X", 1}, {"X_0", 1}},
      [](const Point& v) { return v[0] * v[4] - (v[0] - v[1]) * v[2] * v[3] - v[0] * (v[4] - v[2] * v[3]); },
      [](const Point& v) { return v[1] * v[2] * v[3]; });
  const PrecisionScope precision(256);
  for (const Rational& K1 : {Rational(1, 10), Rational(1, 2), Rational(9, 10), Rational(5, 4)})
    for (const Rational& K2 : {Rational(1, 100), Rational(2, 5), Rational(2)})
      for (const Rational& d : {one, Rational(5, 2), Rational(40), Rational(100000), Rational(1000000000)}) {
        const Ball y = negative_log_root(K1, K2, d), spread = abs(y) * Ball(Rational(1, 1'000'000'000'000L));
        // g^delta (g - K1) - K2 over g^delta, so that no power over- or underflows.
        const auto p = [&](const Ball& at) { return exp(-at) - Ball(K1) - Ball(K2) * exp(Ball(d) * at); };
        const Object where = Object().add("K1", K1).add("K2", K2).add("delta", d);
        if (K1 + K2 == one) continue;
        e.compare({.label = "p(rho(1+eps)) > 0",
                   .left = 0,
                   .relation = Relation::less,
                   .right = p(y - spread),
                   .instance = where});
        e.compare({.label = "p(rho(1-eps)) < 0",
                   .left = p(y + spread),
                   .relation = Relation::less,
                   .right = 0,
                   .instance = where});
      }
  return e;
}

/// A root z of (20) with |z| = p has |a z^delta + b| = a p^delta + b, so that z^delta = p^delta, and z = (a z^delta +
/// b)/z^delta = p. The row sums of the companion matrix are a + b and 1.
Evidence dominant_root(const Rational& planted) {
  Certificate e(
      "|z| = p needs |a z^delta + b| = a p^delta + b; with P = p^delta, x = Re z^delta the squares differ by 2ab(P - "
      "x), an identity, so that z^delta = p^delta and z = p; and (20) at a + b is b((a+b)^delta - 1), an identity, at "
      "1 it is 1 - a - b: opposite signs on both sides of p, which lies between 1 and a + b");
  e.identity(
      "(a P + b)^2 - |a z^delta + b|^2 = 2ab (P - x), |z^delta| = P", {{"a", 2}, {"b", 2}, {"P", 2}, {"x", 2}},
      [](const Point& v) {
        const Rational largest = v[0] * v[2] + v[1], real = v[0] * v[3] + v[1],
                       imaginary_squared = v[0] * v[0] * (v[2] * v[2] - v[3] * v[3]);
        return largest * largest - (real * real + imaginary_squared);
      },
      [&](const Point& v) { return planted * v[0] * v[1] * (v[2] - v[3]); });
  e.identity(
      "(a+b) S - a S - b = b (S - 1), S = (a+b)^delta", {{"a", 1}, {"b", 1}, {"S", 1}},
      [](const Point& v) { return (v[0] + v[1]) * v[2] - v[0] * v[2] - v[1]; },
      [](const Point& v) { return v[1] * (v[2] - one); });
  return e;
}

/// (18)'s coefficients from (17).
Evidence coefficients() {
  Certificate e("identity in theta, omega, lambda_i for the sum; a = 1 - theta and b = theta (1 - omega lambda_i)");
  e.identity(
      "(1-theta) + theta (1 - omega lambda) = 1 - theta omega lambda", {{"theta", 1}, {"omega", 1}, {"lambda", 1}},
      [](const Point& v) { return (one - v[0]) + v[0] * (one - v[1] * v[2]); },
      [](const Point& v) { return one - v[0] * v[1] * v[2]; });
  return e;
}

/// E|r|^2 - |E r|^2 = E|r - E r|^2, coordinate by coordinate.
Evidence weak_from_strong() {
  Certificate e(
      "coordinate by coordinate E(r - m)^2 = E r^2 - m^2 for m = E r, an identity in m and the second moment q, whose "
      "left side is not negative");
  e.identity(
      "q - 2 m m + m^2 = q - m^2", {{"q", 1}, {"m", 2}},
      [](const Point& v) { return v[0] - two * v[1] * v[1] + v[1] * v[1]; },
      [](const Point& v) { return v[0] - v[1] * v[1]; });
  return e;
}

/// theta = 1/2, omega = 2, lambda_i = 9/10, delta = 3: p = g^4 - a g^3 - b with a = 1/2, b = -2/5 is least on g >= 0 at
/// g = 3a/4.
Evidence positive_root_missing() {
  Evidence e;
  e.method =
      "exact least value of the polynomial of (20) on [0, infinity), where its derivative g^2 (4g - 3a) vanishes";
  const Rational theta(1, 2), omega(2), lambda(9, 10), a = one - theta, b = theta * (one - omega * lambda),
                                                       g = Rational(3, 4) * a;
  e.comparisons.push_back({.label = "min of g^4 - a g^3 - b over g >= 0 <= 0",
                           .left = pow(g, 4) - a * pow(g, 3) - b,
                           .relation = Relation::less_equal,
                           .right = 0,
                           .instance = Object()
                                           .add("theta", theta)
                                           .add("omega", omega)
                                           .add("lambda_i", lambda)
                                           .add("a", a)
                                           .add("b", b)
                                           .add("delta", 3)});
  return e;
}

}  // namespace

void register_weak_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "apsgd.theorem2",
       .source = "Theorem 2, (16), (70)",
       .statement =
           R"($E r_{t+1}=(1-\theta)E r_t+\theta(I-\omega W)E r_{t-\delta}$ for a sketch $S_{t-\delta}$ that is independent of the iterates read)",
       .procedure = [](const Context&) { return with_search(mean_identity(false), mean_recursion()); }});
  registry.add({.id = "apsgd.canary.theorem2_dependent",
                .source = "planted",
                .statement = "(16) for a sketch that depends on the iterates",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return mean_identity(true); },
                .canary = true});
  const auto refuted_sign = [&](const char* id, const char* statement, const Rational& left, Relation relation,
                                const Rational& right, Object instance, const Remarks& remarks) {
    registry.add(
        {.id = id,
         .source = "Remark 3, (18)",
         .statement = statement,
         .expected = Verdict::refuted,
         .procedure =
             [=](const Context&) {
               Evidence e;
               e.method = "one exact instance";
               e.comparisons.push_back(
                   {.label = statement, .left = left, .relation = relation, .right = right, .instance = instance});
               return e;
             },
         .note = remarks.note,
         .instead = remarks.instead,
         .no_correction = remarks.no_correction});
  };
  // lambda_min = 1/10, lambda_max = 9/10, omega = omega_star = 2, theta = 1/2, lambda_i = lambda_max.
  refuted_sign("apsgd.remark3.b_positive.printed", R"($b=\theta(1-\omega\lambda_i)>0$)", zero, Relation::less,
               Rational(1, 2) * (one - two * Rational(9, 10)),
               Object().add("theta", Rational(1, 2)).add("omega", 2).add("lambda_i", Rational(9, 10)),
               {.note = "b is negative for omega > 1/lambda_i, always at omega_star and lambda_max > lambda_min.",
                .instead = "apsgd.remark3"});
  refuted_sign("apsgd.remark3.a_positive.printed", R"($a=1-\theta>0$)", zero, Relation::less, zero,
               Object().add("theta", 1), {.note = "theta = 1 is allowed.", .instead = "apsgd.remark3"});
  refuted_sign(
      "apsgd.remark3.sum.printed", R"($a+b<1$)", one, Relation::less, one,
      Object().add("theta", Rational(1, 2)).add("lambda_i", 0),
      {.note = "lambda_i = 0 gives a + b = 1; the statement needs the nonzero spectrum.", .instead = "apsgd.remark3"});
  registry.add(
      {.id = "apsgd.remark3",
       .source = "Remark 3, (17), (18), corrected",
       .statement =
           R"($a+b=1-\theta\omega\lambda_i$; for $\theta>0$: $a>0\iff\theta<1$, $b>0\iff\omega\lambda_i<1$, $a+b<1\iff\omega\lambda_i>0$)",
       .procedure = [](const Context&) { return coefficients(); }});
  registry.add({.id = "apsgd.weak_from_strong",
                .source = "Section 4.1, weak and strong convergence",
                .statement = R"($\|E[x_t-x_*]\|_B^2\le E\|x_t-x_*\|_B^2$: strong convergence implies the weak one)",
                .procedure = [](const Context&) { return weak_from_strong(); }});
  registry.add(
      {.id = "apsgd.equation20",
       .source = "(19), (20), Remark 5",
       .statement =
           R"($\det(\gamma I-A)=\gamma^{\delta+1}-a\gamma^\delta-b$, order $\delta+1$, for every $\delta\ge1$)",
       .procedure = [](const Context&) { return characteristic_polynomial(); },
       .note = "The n of (19) is delta + 1. With a = K1 and b = K2 it is (26), for the matrix of Remark 5."});
  registry.add({.id = "apsgd.equation20.perron.printed",
                .source = "(17), after (20)",
                .statement = R"((20) with the coefficients of (17) has a positive root, which is the spectral radius)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return positive_root_missing(); },
                .note = "For b < 0 the matrix is not nonnegative; here a complex pair dominates.",
                .instead = "apsgd.equation20.majorant"});
  registry.add(
      {.id = "apsgd.equation20.majorant",
       .source = "after (20), corrected",
       .statement =
           R"(for $a\ge0$ and any $b$, not both 0, the spectral radius is at most the positive root of (20) with $|b|$ in place of $b$)",
       .procedure = [](const Context& c) { return with_search(majorant(), dominated(c, false)); },
       .uses = {"apsgd.theorem3"},
       .bound = true});
  registry.add({.id = "apsgd.canary.majorant_reversed",
                .source = "planted",
                .statement = "for b < 0 the spectral radius is at least the positive root with |b|",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return dominated(c, true); },
                .canary = true});
  registry.add(
      {.id = "apsgd.theorem3",
       .source = "Theorem 3 (Cauchy), (26)",
       .statement =
           R"($x^n-\sum_ib_ix^{n-i}$, $b_i\ge0$ not all 0, has one positive root $p$, which is simple and where its sign changes, and no root of larger modulus; so has (26), $K_1,K_2\ge0$ not both 0)",
       .procedure = [](const Context&) { return positive_root(); }});
  registry.add(
      {.id = "apsgd.theorem4.printed",
       .source = "Theorem 4 (Perron-Frobenius)",
       .statement = "irreducible and nonnegative: all other eigenvalues are strictly smaller in modulus",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             Evidence e;
             e.method =
                 "theta = omega = delta = 1, lambda = 1/2: the companion matrix (0 1/2; 1 0) is irreducible and has "
                 "real eigenvalues";
             const RationalMatrix M({{zero, Rational(1, 2)}, {one, zero}});
             // Two real eigenvalues of opposite sign have different moduli exactly if their sum does not vanish.
             e.comparisons.push_back({.label = "lambda_1 - |lambda_2| = trace > 0",
                                      .left = 0,
                                      .relation = Relation::less,
                                      .right = M(0, 0) + M(1, 1),
                                      .instance = Object().add("K1", 0).add("K2", Rational(1, 2))});
             return e;
           },
       .note = "Strictness needs a primitive matrix: theta = 1 gives K1 = 0, and delta + 1 eigenvalues of one modulus.",
       .instead = "apsgd.theorem4"});
  registry.add(
      {.id = "apsgd.theorem4",
       .source = "Theorem 4 (Perron-Frobenius), corrected, for (19)",
       .statement =
           R"(for $a,b>0$ all roots of (20) but the positive root $p$ are strictly smaller than $p$ in modulus, and $\min(1,a+b)\le p\le\max(1,a+b)$, every $\delta\ge1$)",
       .procedure = [](const Context&) { return dominant_root(two); },
       .uses = {"apsgd.theorem3"}});
  registry.add({.id = "apsgd.canary.theorem4_factor",
                .source = "planted",
                .statement = "the difference of the squares in Theorem 4's proof halved",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return dominant_root(one); },
                .canary = true});
}

}  // namespace asyncert::apsgd
