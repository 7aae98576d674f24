// Lemma 14: convexity of the trace exponential, the weights that it allows, and the sum of random matrices.
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

const Rational zero(0), one(1), two(2);

/// tr e^Y of a symmetric 2 x 2 matrix: 2 e^m cosh(s), m half the trace, s half the spread.
struct Symmetric {
  Rational a, b, d;

  friend Symmetric operator*(const Rational& x, const Symmetric& y) { return {x * y.a, x * y.b, x * y.d}; }
  friend Symmetric operator+(const Symmetric& x, const Symmetric& y) { return {x.a + y.a, x.b + y.b, x.d + y.d}; }
  Ball trace_exp() const {
    const Rational half = (a - d) / two;
    const Ball spread = sqrt(Ball(half * half + b * b));
    return exp(Ball((a + d) / two)) * (exp(spread) + exp(-spread));
  }
};

/// (51) at triples of indefinite matrices that do not commute.
Evidence triples(const Context& context, const Rational& first, const Rational& second, const Rational& third) {
  const long reach = context.effort == Effort::quick ? 2 : context.effort == Effort::standard ? 5 : 12;
  Evidence e;
  e.method = std::to_string(2 * reach + 1) +
             "^3 triples of indefinite symmetric 2 x 2 matrices that do not commute, weights " + first.to_string() +
             ", " + second.to_string() + ", " + third.to_string() + ", enclosed";
  for (long i = -reach; i <= reach; ++i)
    for (long j = -reach; j <= reach; ++j)
      for (long k = -reach; k <= reach; ++k) {
        const Symmetric X{i, j, k}, Y{Rational(k, 2), i, -j}, Z{Rational(1, 3), Rational(j, 2), Rational(i - 1)};
        e.comparisons.push_back(
            {.label = "tr e^{aX + bY + cZ} <= a tr e^X + b tr e^Y + c tr e^Z",
             .left = (first * X + second * Y + third * Z).trace_exp(),
             .right = Ball(first) * X.trace_exp() + Ball(second) * Y.trace_exp() + Ball(third) * Z.trace_exp(),
             .instance = Object().add("i", i).add("j", j).add("k", k)});
      }
  return e;
}

/// For S = sum a_k Y_k with eigenvectors u_i: tr e^S = sum_i e^{sum_k a_k <u_i, Y_k u_i>} <= sum_k a_k sum_i e^{<u_i,
/// Y_k u_i>}, and <u_i, Y u_i> is a mean of Y's eigenvalues with the doubly stochastic weights <u_i, v_j>^2, so that
/// sum_i e^{<u_i, Y u_i>} <= tr e^Y: Jensen's inequality twice, which is e^x >= e^m (1 + x - m).
Evidence convexity(const Context& context) {
  Certificate proof(
      "in an eigenbasis u_i of S = sum a_k Y_k, tr e^S = sum_i exp(sum_k a_k <u_i, Y_k u_i>); Jensen's inequality for "
      "exp "
      "over k, and again for <u_i, Y u_i> = sum_j <u_i, v_j>^2 lambda_j, whose weights sum to 1 over j and over i; "
      "Jensen is the mean of e^x >= e^m (1 + x - m), where e^z - 1 - z has its least value 0 at z = 0: identities for "
      "the mean and for the weights; every order and number of matrices");
  proof.identity(
      "sum a_k (1 + x_k - m) = 1 at m = sum a_k x_k, sum a_k = 1",
      {{"a_1", 2}, {"a_2", 2}, {"x_1", 1}, {"x_2", 1}, {"x_3", 1}},
      [](const Point& v) {
        const Rational a[3] = {v[0], v[1], one - v[0] - v[1]}, m = a[0] * v[2] + a[1] * v[3] + a[2] * v[4];
        return a[0] * (one + v[2] - m) + a[1] * (one + v[3] - m) + a[2] * (one + v[4] - m);
      },
      [](const Point&) { return one; });
  // The rotation by t = tan(angle/2) from the eigenvectors v_j of Y to the u_i, and Y = V diag(l_1, l_2) V'.
  proof.identity(
      "(1+t^2)^2 (<u_1, Y u_1>, <u_2, Y u_2>) = ((1-t^2)^2 l_1 + 4t^2 l_2, 4t^2 l_1 + (1-t^2)^2 l_2), the second times "
      "e",
      {{"t", 4}, {"l_1", 1}, {"l_2", 1}, {"e", 1}},
      [](const Point& v) {
        const Rational c = one - v[0] * v[0], s = two * v[0];
        const auto form = [&](const Rational& x, const Rational& y) { return x * x * v[1] + y * y * v[2]; };
        return form(c, -s) + v[3] * form(s, c);
      },
      [](const Point& v) {
        const Rational c = one - v[0] * v[0], tt = Rational(4) * v[0] * v[0];
        return c * c * v[1] + tt * v[2] + v[3] * (tt * v[1] + c * c * v[2]);
      });
  proof.identity(
      "(1-t^2)^2 + 4t^2 = (1+t^2)^2", {{"t", 4}},
      [](const Point& v) {
        const Rational c = one - v[0] * v[0];
        return c * c + Rational(4) * v[0] * v[0];
      },
      [](const Point& v) { return (one + v[0] * v[0]) * (one + v[0] * v[0]); });
  return with_search(proof, triples(context, Rational(1, 6), Rational(1, 3), Rational(1, 2)));
}

/// The other weights: s = sum a_i < 1 at Y_i = 0, where 1 > s; s > 1 at Y_i = (s/(s-1)) I, where e^{s y} = e^s e^y > s
/// e^y; s = 1 and a_1 < 0 at Y_1 = ln((1-a_1)/(-a_1)) I, Y_i = 0, where the right side vanishes.
Evidence weights() {
  Certificate e(
      "scalar matrices y I, the trace over the order: y = 0 where s = sum a_i < 1; y = s/(s-1) where s > 1, as s y - y "
      "= "
      "s and e^s > s; Y_1 = ln((1-a)/(-a)) I and no other where s = 1, a = a_1 < 0: identities, and each at three "
      "weights");
  e.identity(
      "(s-1) [s y - y] = s (s-1) at y = s/(s-1)", {{"s", 3, two, one}},
      [](const Point& v) {
        const Rational y = v[0] / (v[0] - one);
        return (v[0] - one) * (v[0] * y - y);
      },
      [](const Point& v) { return v[0] * (v[0] - one); });
  e.identity(
      "(1-a) + a e^y = 0 at e^y = (1-a)/(-a)", {{"a", 2, Rational(-1), Rational(-1)}},
      [](const Point& v) { return (one - v[0]) + v[0] * ((one - v[0]) / -v[0]); }, [](const Point&) { return zero; });
  for (const Rational& s : {Rational(-2), zero, Rational(9, 10)})
    e.compare({.label = "s e^0 < e^{0}, sum of the weights s < 1",
               .left = s,
               .relation = Relation::less,
               .right = one,
               .instance = Object().add("s", s)});
  for (const Rational& s : {Rational(11, 10), two, Rational(9)}) {
    const Rational y = s / (s - one);
    e.compare({.label = "s e^y < e^{s y}, sum of the weights s > 1",
               .left = Ball(s) * exp(Ball(y)),
               .relation = Relation::less,
               .right = exp(Ball(s * y)),
               .instance = Object().add("s", s).add("y", y)});
  }
  for (const Rational& a : {Rational(-1, 100), Rational(-1), Rational(-7)}) {
    const Ball y = log(Ball((one - a) / -a) * Ball(two));
    e.compare({.label = "(1-a) + a e^y < e^{a y}, a weight a < 0",
               .left = Ball(one - a) + Ball(a) * exp(y),
               .relation = Relation::less,
               .right = exp(Ball(a) * y),
               .instance = Object().add("a", a)});
  }
  return e;
}

/// a_i = sigma_i/sigma, sigma = sum sigma_i, and Y_i/a_i in (51): c (theta/a_i)^2 sigma_i^2 = c theta^2 sigma^2 for
/// each i.
Evidence lemma14(const Rational& planted) {
  Certificate e(
      "(51) for the matrices theta Y_i/a_i with a_i = sigma_i/sum sigma, in expectation: identity for their exponents, "
      "which are all c theta^2 (sum sigma)^2");
  e.identity(
      "c (theta/a)^2 sigma_1^2 = c theta^2 (sigma_1 + rest)^2 at a = sigma_1/(sigma_1 + rest)",
      {{"c", 1}, {"theta", 2}, {"sigma_1", 4, one, one}, {"rest", 2}},
      [](const Point& v) {
        const Rational scaled = v[1] / (v[2] / (v[2] + v[3]));
        return v[0] * scaled * scaled * v[2] * v[2];
      },
      [&](const Point& v) { return planted * v[0] * v[1] * v[1] * (v[2] + v[3]) * (v[2] + v[3]); });
  return e;
}

/// Y_i = sigma_i sqrt(2c) g ((0, 1), (1, 0)) with one normal g: E tr e^{theta Y_i} = 2 e^{c theta^2 sigma_i^2}, and
/// alike for the sum.
Evidence lemma14_printed() {
  const Rational c(4), theta(1), first(1), second(2), sum = first + second;
  return single({.label = "exponent of E tr e^{theta (Y_1 + Y_2)}/(d+1) < c theta^2 (sigma_1 + sigma_2)^2",
                 .left = theta * theta * two * c * sum * sum / two,
                 .relation = Relation::less,
                 .right = c * theta * theta * sum * sum,
                 .instance = Object()
                                 .add("d", 1)
                                 .add("Y_i", "sigma_i sqrt(2c) g ((0,1),(1,0)), one standard normal g")
                                 .add("sigma", List{first, second})
                                 .add("c", c)
                                 .add("theta", theta)},
                "exact: the eigenvalues are +-sigma sqrt(2c) g, and E e^{x g} = e^{x^2/2}");
}

}  // namespace

void register_trace_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "pasgd.lemma14.convexity",
       .source = "Lemma 14, (51)",
       .statement =
           R"($\mathrm{tr}\,e^{\sum a_iY_i}\le\sum a_i\,\mathrm{tr}\,e^{Y_i}$ for all symmetric $Y_i$, indefinite ones too, where $a_i\ge0$, $\sum a_i=1$)",
       .procedure = convexity,
       .note = "The printed proof by (49) and (50) needs positive semidefinite matrices.",
       .bound = true});
  registry.add(
      {.id = "pasgd.equation50.printed",
       .source = "(50)",
       .statement =
           R"($\|\prod_k\exp((1+it)H_k)\|\le\mathrm{tr}\sum_k\alpha_k\exp(H_k)$ for positive semidefinite $H_k$, $\sum\alpha_k=1$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             return single({.label = "|exp((1+it) H_1) exp((1+it) H_2)| <= e^{H_1}/2 + e^{H_2}/2",
                            .left = exp(Ball(2)),
                            .right = exp(Ball(1)),
                            .instance = Object().add("d", 1).add("n", 2).add("H_1", 1).add("H_2", 1)},
                           "exact: one dimension, where the modulus is e^{H_1 + H_2}");
           },
       .note = "The left side needs alpha_k H_k, as (51) has it.",
       .instead = "pasgd.lemma14.convexity"});
  registry.add(
      {.id = "pasgd.lemma14.weights",
       .source = "Lemma 14, (51)",
       .statement = R"(For weights with $\sum a_i\ne1$ or with some $a_i<0$ there are symmetric $Y_i$ that break (51))",
       .procedure = [](const Context&) { return weights(); },
       .note = "So the condition on the weights is exact: sum a_i <= 1 would not do, as at Y_i = 0."});
  registry.add(
      {.id = "pasgd.lemma14",
       .source = "Lemma 14",
       .statement =
           R"($E\,\mathrm{tr}\,e^{\theta Y_i}\le e^{c\theta^2\sigma_i^2}(d+1)$ for all $\theta$ and $i$, symmetric $Y_i$, $\sigma_i>0$, gives $E\,\mathrm{tr}\,e^{\theta\sum Y_i}\le e^{c\theta^2(\sum\sigma_i)^2}(d+1)$)",
       .procedure = [](const Context&) { return lemma14(1); },
       .uses = {"pasgd.lemma14.convexity"},
       .note = "The Y_i may depend on each other; the hypothesis is used at theta sum sigma/sigma_i."});
  registry.add({.id = "pasgd.lemma14.printed",
                .source = "Lemma 14, with <",
                .statement = R"($E\,\mathrm{tr}\,e^{\theta\sum Y_i}<e^{c\theta^2(\sum\sigma_i)^2}(d+1)$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma14_printed(); },
                .note = "Only <= holds, and only <= is used.",
                .instead = "pasgd.lemma14"});
  registry.add(
      {.id = "pasgd.canary.trace_weights",
       .source = "planted",
       .statement = "(51) with weights that sum to 5/6",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return triples(c, Rational(1, 6), Rational(1, 3), Rational(1, 3)); },
       .canary = true});
  registry.add({.id = "pasgd.canary.lemma14_exponent",
                .source = "planted",
                .statement = "Lemma 14 with half of the exponent",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma14(Rational(1, 2)); },
                .canary = true});
}

}  // namespace asyncert::pasgd
