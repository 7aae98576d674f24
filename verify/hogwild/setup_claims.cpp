// Problem (1), Assumptions 1-5, the write sequence (2)-(3) and the definition of q.
#include <algorithm>
#include <array>

#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// f = -w^2: the quadratic upper bound with L = 1 holds as f is concave, |grad f(b) - grad f(a)| = 2 |b - a| does not.
Evidence upper_bound_without_lipschitz() {
  const Rational L(1), a(0), b(1);
  Evidence e;
  e.method =
      "exact: f = -w^2 meets f(b) <= f(a) + f'(a)(b-a) + (L/2)(b-a)^2 for every a, b, since the difference is 3/2 "
      "(b-a)^2";
  const auto f = [](const Rational& w) { return -w * w; };
  const auto slope = [](const Rational& w) { return Rational(-2) * w; };
  e.hypotheses.push_back(
      {"f(b) <= f(a) + f'(a)(b-a) + (L/2)(b-a)^2", f(b) <= f(a) + slope(a) * (b - a) + L / 2 * (b - a) * (b - a), ""});
  e.comparisons.push_back({.label = "|f'(b) - f'(a)| <= L |b - a|",
                           .left = abs(slope(b) - slope(a)),
                           .right = L * abs(b - a),
                           .instance = Object().add("f", "-w^2").add("L", L).add("a", a).add("b", b)});
  return e;
}

/// f(b) - f(a) - grad f(a)'(b-a) is the integral of (grad f(a + s(b-a)) - grad f(a))'(b-a) over [0,1], which is at most
/// L s h^2 by Cauchy and Schwarz, h = |b-a|.
Evidence upper_bound_from_lipschitz() {
  Certificate e(
      "along the segment the slope's increase is at most L s h^2, h = |b-a|, by Cauchy and Schwarz, and L h^2 s^2/2 is "
      "its "
      "antiderivative, by the difference quotient; and a quadratic of curvature c <= L leaves (L-c) h^2/2");
  e.identity(
      "L h^2 ((s+t)^2 - s^2)/2 = t (L h^2 s + L h^2 t/2)", {{"L", 1}, {"h", 2}, {"s", 2}, {"t", 2}},
      [](const Point& v) {
        const Rational end = v[2] + v[3];
        return v[0] * v[1] * v[1] * (end * end - v[2] * v[2]) / 2;
      },
      [](const Point& v) { return v[3] * (v[0] * v[1] * v[1] * v[2] + v[0] * v[1] * v[1] * v[3] / 2); });
  e.identity(
      "(L/2) h^2 - (c/2) h^2 = (L-c)/2 h^2", {{"L", 1}, {"c", 1}, {"h", 2}},
      [](const Point& v) { return v[0] / 2 * v[2] * v[2] - v[1] / 2 * v[2] * v[2]; },
      [](const Point& v) { return (v[0] - v[1]) / 2 * v[2] * v[2]; });
  return e;
}

/// r^2/(1+r^2) has second derivative 8 s^3 - 6 s^2 and squared slope 4 (1-s) s^3 in s = 1/(1+r^2), which runs through
/// (0, 1].
Evidence rational_loss_constants() {
  const std::vector<Variable> variables = {{"s", 4, 0, Rational(1, 4)}};
  const auto curvature = [](const Rational& s) { return Rational(8) * pow(s, 3) - Rational(6) * s * s; };
  Certificate e(
      "identities in s = 1/(1+r^2), 0 < s <= 1, whose right sides are not negative; both ends of the curvature and the "
      "largest slope are attained, at s = 1/2, 1 and 3/4");
  e.identity(
      "curvature + 1/2 = (2s-1)^2 (2s + 1/2)", variables,
      [&](const Point& v) { return curvature(v[0]) + Rational(1, 2); },
      [](const Point& v) { return pow(Rational(2) * v[0] - 1, 2) * (Rational(2) * v[0] + Rational(1, 2)); });
  e.identity(
      "2 - curvature = (1-s)(8s^2 + 2s + 2)", variables, [&](const Point& v) { return Rational(2) - curvature(v[0]); },
      [](const Point& v) { return (1 - v[0]) * (Rational(8) * v[0] * v[0] + Rational(2) * v[0] + 2); });
  e.identity(
      "27/64 - 4 (1-s) s^3 = (s - 3/4)^2 (4s^2 + 2s + 3/4)", variables,
      [](const Point& v) { return Rational(27, 64) - Rational(4) * (1 - v[0]) * pow(v[0], 3); },
      [](const Point& v) {
        return pow(v[0] - Rational(3, 4), 2) * (Rational(4) * v[0] * v[0] + Rational(2) * v[0] + Rational(3, 4));
      });
  return e;
}

/// With t the tangent of half the angle, sin = 2t/(1+t^2) and cos = (1-t^2)/(1+t^2): slope s sin r and curvature s cos
/// r along x.
Evidence cosine_constants() {
  Certificate e("identity in t = tan(r/2): both squares are at most 1, as each lacks the other of it");
  e.identity(
      "(1+t^2)^2 - (2t)^2 = (1-t^2)^2", {{"t", 4, 0}},
      [](const Point& v) { return pow(1 + v[0] * v[0], 2) - Rational(4) * v[0] * v[0]; },
      [](const Point& v) { return pow(1 - v[0] * v[0], 2); });
  return e;
}

/// With s = 1/(1 + e^{-z}) the second derivative of log(1 + e^{-z}) is s (1-s), and that of the loss s (1-s) x x' +
/// lambda I.
Evidence logistic_curvature() {
  Certificate e(
      "identity in the sigmoid s; the curvature is not negative for 0 <= s <= 1, and x x' is at most |x|^2 I");
  e.identity(
      "1/4 - s (1-s) = (s - 1/2)^2", {{"s", 2}}, [](const Point& v) { return Rational(1, 4) - v[0] * (1 - v[0]); },
      [](const Point& v) { return pow(v[0] - Rational(1, 2), 2); });
  return e;
}

/// (m - u v)^2/2 at m = 0, u = 1, v = 1001: in u its slope is u v^2 and its second derivative v^2.
Evidence factorization() {
  const Rational u(1), v(1001), bound(1000000);
  const Object instance = Object().add("m", 0).add("u", u).add("v", v).add("L and V", bound);
  Evidence e;
  e.method = "exact: one entry m = 0 of a matrix with factors of rank one";
  e.comparisons.push_back(
      {.label = "V < slope in u", .left = bound, .relation = Relation::less, .right = u * v * v, .instance = instance});
  e.comparisons.push_back({.label = "L < second derivative in u",
                           .left = bound,
                           .relation = Relation::less,
                           .right = v * v,
                           .instance = instance});
  return e;
}

/// f_i = w^2/2 +- w: the minimiser of f is 0, where every term has a slope of 1.
Evidence q_at_the_minimum() {
  const auto f = noisy_quadratic<Rational>(1, 1, true);
  const std::vector<Rational> minimum = {Rational(0)};
  const Object instance = Object().add("f_i", "w^2/2 +- w").add("x", 0);
  Evidence e;
  e.method = "exact at the minimiser";
  e.comparisons.push_back({.label = "|grad f(x)|^2 = 0",
                           .left = squared_norm(f.mean_gradient(minimum)),
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = instance});
  e.comparisons.push_back(
      {.label = "q(x) = 1",
       .left = (squared_norm(f.gradient(0, minimum)) + squared_norm(f.gradient(1, minimum))) / Rational(2),
       .relation = Relation::equal,
       .right = 1,
       .instance = instance});
  return e;
}

Evidence q_definition(bool values) {
  const auto f = noisy_quadratic<Rational>(1, 1, true);
  Walk<Rational> walk;
  walk.start = {Rational(3)};
  walk.eta = Rational(1, 4);
  walk.steps = 2;
  walk.tau = 1;
  walk.seen = [](long, long, long) { return Seen::no; };
  const auto m = enumerate(f, walk);
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact expectation over all sample paths of w^2/2 +- w from w_0 = 3, delay 1";
  for (std::size_t t = 0; t < m.step.size(); ++t) {
    // E (1/n) sum f_i^2 at the first read, where w_hat is still w_0.
    const Rational printed =
        (f.value(0, walk.start) * f.value(0, walk.start) + f.value(1, walk.start) * f.value(1, walk.start)) / 2;
    e.comparisons.push_back({.label = "E q(w_hat_t) = E|grad f_i(w_hat_t)|^2",
                             .left = values ? printed : m.q_read[t],
                             .relation = Relation::equal,
                             .right = m.step[t],
                             .instance = Object()
                                             .add("t", static_cast<long>(t))
                                             .add("eta", Fraction{walk.eta})
                                             .add("w_0", 3)
                                             .add("q", values ? "mean of f_i^2" : "mean of |grad f_i|^2")});
    if (values) break;
  }
  return e;
}

/// The joint law of w_hat and a uniform i that is independent of it: each value of w_hat, of probability p, adds p
/// times the mean of |g_i|^2 to both sides.
Evidence mean_square_of_fresh_index() {
  Certificate e(
      "one value of w_hat, of probability p, and n = 3 uniform indices independent of it; every value and every index "
      "adds its own term to both sides, so that any law and any n only add such terms");
  e.identity(
      "sum over i of P(w_hat) P(i) g_i^2 = P(w_hat) q(w_hat), q = (g_1^2 + g_2^2 + g_3^2)/3",
      {{"p", 1}, {"g_1", 2}, {"g_2", 2}, {"g_3", 2}},
      [](const Point& v) {
        Rational sum;
        for (std::size_t i = 1; i <= 3; ++i) sum += v[0] * Rational(1, 3) * v[i] * v[i];
        return sum;
      },
      [](const Point& v) { return v[0] * ((v[1] * v[1] + v[2] * v[2] + v[3] * v[3]) / 3); });
  return with_search(e, q_definition(false));
}

/// i = w_hat, two fair bits: the index is uniform, but not independent of the read.
Evidence index_that_follows_the_read() {
  Rational fresh, drawn;
  for (const long s : {0L, 1L})
    for (const long i : {0L, 1L}) {
      const Rational g = Rational(s) - Rational(2 * i);
      fresh += Rational(1, 4) * g * g;
      if (i == s) drawn += Rational(1, 2) * g * g;
    }
  return at_instance("exact: f_i = (w - phi_i)^2/2 with phi = (0, 2), w_hat a fair bit, i = w_hat",
                     {.label = "E|grad f_i(w_hat)|^2 differs from E q(w_hat)",
                      .left = drawn,
                      .relation = Relation::not_equal,
                      .right = fresh,
                      .instance = Object().add("phi", List{0, 2}).add("i", "w_hat")});
}

}  // namespace

void register_setup_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.assumption1.equivalence.printed",
      .source = "Assumption 1",
      .statement =
          R"($f(b)\le f(a)+\nabla f(a)^T(b-a)+\frac L2\|b-a\|^2$ for all $a,b$ is equivalent to $\|\nabla f(b)-\nabla f(a)\|\le L\|b-a\|$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return upper_bound_without_lipschitz(); },
      .note = "Equivalent only for convex f, and the paper is about functions that are not: the upper bound says "
              "nothing about negative curvature. Lemma 1, and all that uses it, needs the Lipschitz form.",
      .instead = "hogwild.assumption1.lipschitz_gives_upper_bound",
  });
  registry.add({
      .id = "hogwild.assumption1.lipschitz_gives_upper_bound",
      .source = "Assumption 1, one direction",
      .statement =
          R"($\|\nabla f_i(b)-\nabla f_i(a)\|\le L\|b-a\|$ for all $a,b$ gives $f_i(b)\le f_i(a)+\nabla f_i(a)^T(b-a)+\frac L2\|b-a\|^2$)",
      .procedure = [](const Context&) { return upper_bound_from_lipschitz(); },
  });
  registry.add({
      .id = "hogwild.assumption1.rational_loss",
      .source = "Assumptions 1 and 5, an instance",
      .statement =
          R"(The non-convex $r^2/(1+r^2)$ has curvature in $[-\frac12,2]$ and squared slope at most $\frac{27}{64}$)",
      .procedure = [](const Context&) { return rational_loss_constants(); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.assumption1.cosine",
      .source = "Assumptions 1 and 5, an instance",
      .statement = R"(The non-convex $s(1-\cos(x^Tw-y))\ge0$, $\|x\|\le1$, meets Assumptions 1 and 5 with $L=V=s$)",
      .procedure = [](const Context&) { return cosine_constants(); },
      .note = "The instance of the enclosed, measured and threaded runs.",
  });
  registry.add({
      .id = "hogwild.assumption1.logistic",
      .source = "Introduction and Assumption 1",
      .statement =
          R"(The introduction's loss $\log(1+e^{-yx^Tw})+\frac\lambda2\|w\|^2$, $y=\pm1$, meets Assumption 1 with $L=\frac14\|x\|^2+\lambda$)",
      .procedure = [](const Context&) { return logistic_curvature(); },
      .note = "The exponent is -y x'w; the loss is convex.",
  });
  registry.add({
      .id = "hogwild.introduction.factorization",
      .source = "Introduction with Assumptions 1 and 5",
      .statement =
          R"(Of the introduction's further models, matrix factorization has terms $\frac12(m-uv)^2$, which at $m=0$ meet Assumptions 1 and 5 with no $L,V\le10^6$)",
      .procedure = [](const Context&) { return factorization(); },
      .note = "Slope and curvature in u are u v^2 - m v and v^2: no L and no V serve. The same holds for principal "
              "component analysis written as (1), |x - w w'x|^2.",
  });
  registry.add({
      .id = "hogwild.assumption1.hinge",
      .source = "Introduction and Assumption 1",
      .statement =
          R"(The introduction's SVM loss $\max\{0,1-yx^Tw\}+\frac\lambda2\|w\|^2$ does not meet Assumption 1 with $L=10^6$)",
      .procedure =
          [](const Context&) {
            const Rational h(1, 10000000), L(1000000), lambda(1, 1000);
            return at_instance(
                "exact: the slopes on both sides of the kink at w = 1, x = y = 1",
                {.label = "L 2h < |f'(1+h) - f'(1-h)|",
                 .left = L * Rational(2) * h,
                 .relation = Relation::less,
                 .right = Rational(1) + Rational(2) * lambda * h,
                 .instance = Object().add("h", Fraction{h}).add("L", L).add("lambda", Fraction{lambda})});
          },
      .note = "The slope jumps by |x| at the kink: no L serves.",
  });
  registry.add({
      .id = "hogwild.assumption5.regularised_logistic",
      .source = "Introduction and Assumption 5",
      .statement =
          R"(The gradient of the introduction's logistic loss with $\frac\lambda2\|w\|^2$, $\lambda=10^{-3}$, exceeds $V=10^6$)",
      .procedure =
          [](const Context&) {
            const Rational V(1000000), lambda(1, 1000), w = (V + 2) / lambda;
            return at_instance(
                "exact lower bound: the logistic part contributes a slope between -1 and 0 for x = y = 1",
                {.label = "V < lambda w - 1",
                 .left = V,
                 .relation = Relation::less,
                 .right = lambda * w - 1,
                 .instance = Object().add("lambda", Fraction{lambda}).add("w", w).add("V", V)});
          },
      .note = "The regulariser's gradient is unbounded, as is that of the network of the experiments.",
  });
  registry.add({
      .id = "hogwild.eq2.range.printed",
      .source = "(2)",
      .statement = R"(The write sequence has one entry for each update: $0\le t\le p\times T$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            const long p = 2, T = 3;
            return at_instance("exact count at p = 2 threads of T = 3 updates",
                               {.label = "number of t = number of updates",
                                .left = p * T + 1,
                                .relation = Relation::equal,
                                .right = p * T,
                                .instance = Object().add("p", p).add("T", T)});
          },
      .note = "t runs from 0 to pT - 1.",
      .no_correction = "An index: t runs from 0 to pT - 1.",
  });
  registry.add({
      .id = "hogwild.q.printed",
      .source = "Definition of q before Lemma 2",
      .statement = R"(With $q(x)=\frac1n\sum\|f_i(x)\|^2$: $Eq(\hat w_t)=E\|\nabla f_{i_t}(\hat w_t)\|^2$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return q_definition(true); },
      .note = "A misprint: the gradients are meant.",
      .instead = "hogwild.q",
  });
  registry.add({
      .id = "hogwild.q",
      .source = "Definition of q before Lemma 2, corrected",
      .statement =
          R"(With $q(x)=\frac1n\sum\|\nabla f_i(x)\|^2$ and $i_t$ uniform and independent of $\hat w_t$: $Eq(\hat w_t)=E\|\nabla f_{i_t}(\hat w_t)\|^2$)",
      .procedure = [](const Context&) { return mean_square_of_fresh_index(); },
      .note = "The independence is not among the assumptions: see hogwild.q.needs_independence.",
  });
  registry.add({
      .id = "hogwild.q.needs_independence",
      .source = "Definition of q before Lemma 2, hidden assumption",
      .statement =
          R"(For a uniform $i_t$ that is not independent of $\hat w_t$ the identity fails: $i_t=\hat w_t\in\{0,1\}$, $f_i=(w-\phi_i)^2/2$, $\phi=(0,2)$)",
      .procedure = [](const Context&) { return index_that_follows_the_read(); },
      .note = "hogwild.index.not_uniform_in_write_order shows such a dependence in the order of the writes.",
  });
  registry.add({
      .id = "hogwild.q.at_minimum",
      .source = "Before Lemma 2, no variance reduction",
      .statement = R"(Where $\nabla f$ vanishes, $q$ can still be 1: $f_i=\frac12w^2\pm w$ at its minimiser)",
      .procedure = [](const Context&) { return q_at_the_minimum(); },
      .note = "So Hogwild! is no variance reduction method; AsySVRG is, hogwild.lemma4.variance_vanishes.",
  });
}

}  // namespace asyncert::hogwild
