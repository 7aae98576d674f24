// Section 4.3: the interpolation of the iterates, and how far it is from the flow.
#include "bounds/dasgd/apt.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

const Rational one(1), two(2);

/// With N = n+1, u = N/(N+m) and the time h of m steps: A = u, and h >= log(1/u) - v, v = (1-u)/(2N) - (1-u^2)/(12N^2)
/// + (1-u^4)/(120N^4). This holds as a sum over the steps, from a to k = a+1, of T(a) = 1/k - [log(k/a) - (1/a-1/k)/2 +
/// (1/a^2-1/k^2)/12 - (1/a^4-1/k^4)/120] > 0, which tends to 0 and has the derivative -(1 + 5a + 5a^2)/(30 a^5 k^5).
Certificate trapezoid_sums(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "-30 a^5 k^5 dT/da = 1 + 5a + 5a^2 with k = a+1", {{"a", 10}},
          [](const Point& p) {
            const Rational &a = p[0], k = a + one;
            const auto inverse = [&](long power) { return one / pow(a, power) - one / pow(k, power); };
            const Rational slope =
                -one / (k * k) + inverse(1) - inverse(2) / two + inverse(3) / Rational(6) - inverse(5) / Rational(30);
            return Rational(-30) * pow(a, 5) * pow(k, 5) * slope;
          },
          [](const Point& p) { return one + Rational(5) * p[0] * (one + p[0]); })
      .identity(
          "1 - V (8u + w/2) = (1-2u)^2 + w R(u,w), v = w V, w = 1/N", {{"u", 5}, {"w", 4}},
          [](const Point& p) {
            const Rational &u = p[0], &w = p[1];
            const Rational V =
                (one - u) / two - (one - u * u) * w / Rational(12) + (one - pow(u, 4)) * w * w * w / Rational(120);
            return one - V * (Rational(8) * u + w / two);
          },
          [](const Point& p) {
            const Rational &u = p[0], &w = p[1];
            const Rational rest = (one - u * u) / Rational(12) - (one - pow(u, 4)) * w * w / Rational(120);
            return (one - two * u) * (one - two * u) +
                   w * (rest * (Rational(8) * u + w / two) - (one - u) / Rational(4));
          });
}

/// (1-2u)^2 + w R >= 0 on the unit square: where R is not negative, or where the sum is positive.
Evidence distance_for_every_window() {
  const auto decide = [](const std::vector<Ball>& box) {
    const Ball &u = box[0], &w = box[1];
    const Ball u2 = u * u, rest = (Ball(1) - u2) / Ball(12) - (Ball(1) - u2 * u2) * w * w / Ball(120);
    const Ball R = rest * (Ball(8) * u + w / Ball(2)) - (Ball(1) - u) / Ball(4), root = Ball(1) - Ball(2) * u,
               sum = root * root + w * R;
    if (certainly_less_equal(Ball(0), R) || certainly_less(Ball(0), sum)) return Ternary::yes;
    return certainly_less(sum, Ball(0)) ? Ternary::no : Ternary::unknown;
  };
  Evidence e = certify_on_box(
      {{"u", 0, 1}, {"w", 0, 1}}, decide,
      [](const std::vector<Rational>& p) {
        return Comparison{.label = "0 <= (1-2u)^2 + w R",
                          .left = 1,
                          .right = 0,
                          .instance = Object().add("u", Fraction{p[0]}).add("w", Fraction{p[1]})};
      },
      "on a segment A is affine and e^{-h} convex, and e^{-h} >= A, as e^{-s} >= 1-s: the supremum is at a node. There "
      "h >= log(1/u) - v with u = (n+1)/(n+1+m), by the identity of a derivative over each step; e^v - 1 <= v/(1 - "
      "v/2) "
      "makes u(e^v - 1) <= 1/(8(n+1)) of (1-2u)^2 + w R >= 0, w = 1/(n+1), certified on the unit square of u and w");
  const Evidence identities = trapezoid_sums("");
  e.comparisons.insert(e.comparisons.end(), identities.comparisons.begin(), identities.comparisons.end());
  return e;
}

Evidence pseudotrajectory(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "certified suprema over windows of length 1/2 to 1e6, for starts n = 0 to 1e40");
  for (const char* text : {"0", "1", "10", "1000", "1e9", "1e20", "1e40"})
    for (const Rational& T : {Rational(1, 2), Rational(1), Rational(10), Rational(1'000'000)}) {
      const Rational n = Rational::parse(text);
      Ball d;
      escalate_precision(
          "the distance",
          [&] {
            d = apt_distance(n, T);
            return d.accuracy_bits() > 40;
          },
          128);
      compare(e, "sup |A(h) - P(h)| <= 1/(8(n+1))", d, Relation::less_equal, factor / (Rational(8) * (n + one)),
              Object().add("n", text).add("T", T));
    }
  return e;
}

Evidence interpolation_times() {
  Evidence e = evidence(
      Coverage::instance,
      "count: the printed times 0, alpha_1, ..., sum of alpha_r to n-1 are n, the iterates Y_0, ..., Y_n are n+1");
  const long n = 5;
  compare(e, "as many times as iterates", n, Relation::equal, n + 1, Object().add("n", n));
  return e;
}

/// alpha_n = 2^-n meets the summability condition for every p, and its clock stops at 1: y_n = prod (1 - 2^-k) stays
/// above y_m (1 - 2^-m), and the curve that stays at the limit is no solution of y' = -y.
Evidence infinite_time() {
  Evidence e =
      evidence(Coverage::instance,
               "exact: alpha_n = 2^-n and G(y) = y on [-1,1] without errors, y_0 = 1. The times are 1 - 2^-n, so "
               "that the curve ends; where it is continued by its limit y, |A(t+1) - P(1,A(t))| = y (1 - 1/e) "
               "at all later t");
  for (const long n : {10L, 200L})
    compare(e, "the interpolation reaches the time 2", 2, Relation::less_equal, one - pow(Rational(1, 2), n),
            Object().add("alpha_n", "2^-n").add("n", n));
  Rational limit(1);
  for (long k = 1; k <= 20; ++k) limit = limit * (one - pow(Rational(1, 2), k));
  limit = limit * (one - pow(Rational(1, 2), 20));
  compare(e, "|A(t+1) - P(1,A(t))| <= 1/10 for some t >= 1, continued by the limit", Ball(limit) * -expm1(Ball(-1)),
          Relation::less_equal, Rational(1, 10), Object().add("alpha_n", "2^-n").add("G", "y").add("y_0", 1));
  return e;
}

}  // namespace

void register_pseudotrajectory_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.definition4.3.distance",
       .source = "Definition 4.3, (4.6)",
       .statement =
           R"($\sup_{h\le T}|A(t_n+h)-P(h,A(t_n))|\le|y_n|/(8(n+1))$ for $x^2/2$ on $[-1,1]$ with $\alpha_n=1/(n+1)$ and $|y_n|\le1$, for every $n\ge0$ and every $T$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(distance_for_every_window(), pseudotrajectory(1)); },
       .note = "So the interpolation is an asymptotic pseudotrajectory here, uniformly in the window: from a start "
               "between t_n and t_{n+1} the distance is at most twice this, since the flow does not expand."});
  add({.id = "dasgd.section4.3.interpolation.printed",
       .source = "Section 4.3",
       .statement = R"($Y_0,\dots,Y_n$ are placed at the times $0,\alpha_1,\dots,\sum_{r=1}^{n-1}\alpha_r$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return interpolation_times(); },
       .note = "Y_n belongs at the sum to n.",
       .no_correction = "An index: Y_n belongs at the sum of the first n steps."});
  add({.id = "dasgd.theorem4.4.infinite_time.printed",
       .source = "Theorem 4.4 with Definition 4.3",
       .statement =
           R"(The three conditions, which leave the sum of the steps open, make the interpolation an asymptotic pseudotrajectory, a curve on $\mathbb{R}_+$ with (4.6))",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return infinite_time(); },
       .note = "An infinite sum of the steps must be assumed too. The theorem does not name Assumption 3, which has "
               "it, so that its use in Corollary 4.5 stands. Also G(X_n) must read G(Y_n), with G the gradient after "
               "projection.",
       .instead = "dasgd.corollary4.5"});
  add({.id = "dasgd.canary.pseudotrajectory_half",
       .source = "planted",
       .statement = R"(The pseudotrajectory distance is at most $1/(16(n+1))$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return pseudotrajectory(Rational(1, 2)); },
       .canary = true});
}

}  // namespace asyncert::dasgd
