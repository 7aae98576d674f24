// Lemma 1, Lemma 4, and the elementary inequalities (10), (11), (13) that the proofs rest on.
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

using Point = std::vector<Rational>;

/// With a = grad f(x), b = grad f(y) and an eigenvalue B of the matrix: what Lemma 1 leaves over is a sum of squares.
Evidence lemma1(const Rational& planted, const Rational& sign) {
  return prove({.label = "(a-b)^2/2 - alpha/2 a^2 + a B b = (B-alpha)/2 a^2 + B/2 b^2 + (1-B)/2 (a-b)^2",
                .variables = {"a", "b", "B", "alpha"},
                .left =
                    [=](const Point& p) {
                      return planted * (p[0] - p[1]) * (p[0] - p[1]) / 2 - p[3] / 2 * p[0] * p[0] +
                             sign * p[0] * p[2] * p[1];
                    },
                .right =
                    [](const Point& p) {
                      return (p[2] - p[3]) / 2 * p[0] * p[0] + p[2] / 2 * p[1] * p[1] +
                             (Rational(1) - p[2]) / 2 * (p[0] - p[1]) * (p[0] - p[1]);
                    }},
               "polynomial identity in an eigenbasis of B; every term on the right is not negative for alpha <= B <= "
               "1, and |a - b| <= L |x - y|");
}

/// Lemma 4 with its factor and the variance identity behind it, for numbers d_i = f_i'(x) - f_i'(u_0) with the mean d
/// and the mean square m, and the slope g: for n = 3 from the d_i themselves, and for every n from m + 2 (g-d) d +
/// (g-d)^2, the mean of (d_i + g - d)^2.
Evidence lemma4_identity() {
  Evidence e = prove({.label = "mean (d_i - d + g)^2 = mean d_i^2 - d^2 + g^2, d = mean d_i",
                      .variables = {"d_1", "d_2", "d_3", "g"},
                      .left =
                          [](const Point& p) {
                            const Rational d = (p[0] + p[1] + p[2]) / 3;
                            Rational sum;
                            for (int i = 0; i < 3; ++i) {
                              // p_i(x) = d_i + grad f(u_0), and grad f(u_0) = g - d.
                              const Rational v = p[static_cast<std::size_t>(i)] + p[3] - d;
                              sum += v * v / 3;
                            }
                            return sum;
                          },
                      .right =
                          [](const Point& p) {
                            const Rational d = (p[0] + p[1] + p[2]) / 3;
                            return (p[0] * p[0] + p[1] * p[1] + p[2] * p[2]) / 3 - d * d + p[3] * p[3];
                          }},
                     "polynomial identity for n = 3, and for every n by the means of d_i and d_i^2; mean d_i^2 <= L^2 "
                     "|x - u_0|^2, so that both factors 2 of Lemma 4 can be 1");
  const Evidence every_n = prove({.label = "m + 2 (g-d) d + (g-d)^2 = m - d^2 + g^2",
                                  .variables = {"m", "d", "g"},
                                  .left =
                                      [](const Point& p) {
                                        const Rational shift = p[2] - p[1];
                                        return p[0] + Rational(2) * shift * p[1] + shift * shift;
                                      },
                                  .right = [](const Point& p) { return p[0] - p[1] * p[1] + p[2] * p[2]; }},
                                 "");
  e.comparisons.insert(e.comparisons.end(), every_n.comparisons.begin(), every_n.comparisons.end());
  return e;
}

/// Lemma 4 with both factors 1, |x - u_0|^2 <= 2 |x - x_*|^2 + 2 |u_0 - x_*|^2 and |grad f(x)| <= L |x - x_*|.
Evidence variance_vanishes() {
  return prove(
      {.label = "2 (a^2 + b^2) - (a-b)^2 = (a+b)^2",
       .variables = {"a", "b"},
       .left = [](const Point& p) { return Rational(2) * (p[0] * p[0] + p[1] * p[1]) - (p[0] - p[1]) * (p[0] - p[1]); },
       .right = [](const Point& p) { return (p[0] + p[1]) * (p[0] + p[1]); }},
      "polynomial identity for a = x - x_*, b = u_0 - x_*, which bounds |x - u_0|^2; grad f(x_*) = 0 bounds |grad "
      "f(x)| "
      "by L |x - x_*|");
}

Evidence young() {
  return prove({.label = "(1/r) a^2 + r (a-b)^2 - a^2 + b^2 = (1/r) (a - r (a-b))^2 + (a-b)^2, times r",
                .variables = {"a", "b", "r"},
                .degree = 3,
                .left =
                    [](const Point& p) {
                      return p[0] * p[0] + p[2] * p[2] * (p[0] - p[1]) * (p[0] - p[1]) +
                             p[2] * (p[1] * p[1] - p[0] * p[0]);
                    },
                .right =
                    [](const Point& p) {
                      const Rational difference = p[0] - p[1], first = p[0] - p[2] * difference;
                      return first * first + p[2] * difference * difference;
                    }},
               "polynomial identity; the right side is not negative for r > 0");
}

/// One undelayed step of L w^2/2, n = 1: both sides of (8) with |grad f(u)| as the third line prints it, or squared.
Evidence eq8_third_line(bool squared) {
  const Rational u0(8), u(4), eta(1), beta(1), g = u;
  const Rational next = u - eta * g, x = u - u0;
  return at_instance(
      "exact: f = w^2/2, n = 1, no delay, u_0 = 8, u = 4, eta = beta = 1",
      {.label = "|u_{m+1} - u_0|^2 <= eta^2 |v|^2 + (1 + beta eta) |u - u_0|^2 + (2 eta/beta) |grad f(u)|^k",
       .left = (next - u0) * (next - u0),
       .right =
           eta * eta * g * g + (Rational(1) + beta * eta) * x * x + Rational(2) * eta / beta * (squared ? g * g : g),
       .instance =
           Object().add("u_0", u0).add("u_m", u).add("eta", eta).add("beta", beta).add("exponent", squared ? 2 : 1)});
}

/// f = -w^2 meets the upper bound of Assumption 1 with L = 1, and breaks Lemma 1 at x = 1, y = 0, B = alpha = 1.
Evidence lemma1_from_upper_bound() {
  const Rational L(1), x(1), y(0), gx = Rational(-2) * x, gy = Rational(-2) * y;
  return at_instance(
      "exact: f = -w^2, which meets the first form of Assumption 1 with L = 1",
      {.label = "(L^2/2) |x-y|^2 - (alpha/2) |grad f(x)|^2 < -grad f(x) B grad f(y)",
       .left = L * L / 2 * (x - y) * (x - y) - gx * gx / 2,
       .relation = Relation::less,
       .right = -gx * gy,
       .instance = Object().add("f", "-w^2").add("L", L).add("x", x).add("y", y).add("B", 1).add("alpha", 1)});
}

}  // namespace

void register_lemma1_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.lemma1",
      .source = "Lemma 1",
      .statement =
          R"($-\nabla f(x)^TB\nabla f(y)\le\frac{L^2}2\|x-y\|^2-\frac\alpha2\|\nabla f(x)\|^2$, $\alpha I\preceq B\preceq I$)",
      .procedure = [](const Context&) { return lemma1(1, 1); },
  });
  registry.add({
      .id = "hogwild.lemma1.upper_bound_only",
      .source = "Lemma 1 with the first form of Assumption 1",
      .statement = R"($f=-w^2$ meets the quadratic upper bound of Assumption 1 with $L=1$, but not Lemma 1)",
      .procedure = [](const Context&) { return lemma1_from_upper_bound(); },
      .uses = {"hogwild.assumption1.equivalence.printed"},
      .note = "The two forms of Assumption 1 are not equivalent, and only the Lipschitz form carries the proof.",
  });
  registry.add({
      .id = "hogwild.lemma1.tight",
      .source = "Lemma 1",
      .statement = R"(Lemma 1 holds with equality for $B=I$ and $f=\frac L2w^2$ at $y=0$)",
      .procedure =
          [](const Context&) {
            return prove(
                {.label = "0 = (L^2/2) x^2 - (1/2) (L x)^2",
                 .variables = {"L", "x"},
                 .left = [](const Point&) { return Rational(0); },
                 .right = [](const Point& p) { return p[0] * p[0] / 2 * p[1] * p[1] - p[0] * p[1] * p[0] * p[1] / 2; }},
                "polynomial identity");
          },
  });
  registry.add({
      .id = "hogwild.canary.lemma1_half_the_gap",
      .source = "planted",
      .statement = R"(Lemma 1's remainder with $\frac{L^2}4$ instead of $\frac{L^2}2$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma1(Rational(1, 2), 1); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.lemma1_sign",
      .source = "planted",
      .statement = R"(Lemma 1's remainder with the sign of the scalar product flipped)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return lemma1(1, -1); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.lemma4",
      .source = "Lemma 4",
      .statement = R"($q(x)\le2L^2\|x-u_0\|^2+2\|\nabla f(x)\|^2$, and both factors 2 can be 1)",
      .procedure = [](const Context&) { return lemma4_identity(); },
  });
  registry.add({
      .id = "hogwild.lemma4.variance_vanishes",
      .source = "After Lemma 4, variance reduction",
      .statement =
          R"(At a stationary point $x_*$ of $f$: $q(x)\le2L^2(\|x-x_*\|^2+\|u_0-x_*\|^2)+L^2\|x-x_*\|^2$, so that $q\to0$ as $x,u_0\to x_*$)",
      .procedure = [](const Context&) { return variance_vanishes(); },
      .uses = {"hogwild.lemma4"},
  });
  registry.add({
      .id = "hogwild.canary.lemma4_without_gradient",
      .source = "planted",
      .statement = R"($q(x)\le L^2\|x-u_0\|^2$: Lemma 4 without the gradient)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            const Rational u0(1);
            return at_instance(
                "exact: f = w^2/2, n = 1, at x = u_0 = 1",
                {.label = "q(u_0) <= 0", .left = u0 * u0, .right = 0, .instance = Object().add("x", 1).add("u_0", 1)});
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.eq10",
      .source = "(10), (11), (13)",
      .statement = R"($\|a\|^2-\|b\|^2\le\frac1r\|a\|^2+r\|a-b\|^2$ for $r>0$)",
      .procedure = [](const Context&) { return young(); },
  });
  registry.add({
      .id = "hogwild.eq8.third_line.printed",
      .source = "(8), third line",
      .statement = R"(The bound of (8) with $\|\nabla f(u_{t,m})\|$ unsquared)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return eq8_third_line(false); },
      .note = "A misprint: the fourth line has the square.",
      .instead = "hogwild.eq8.third_line",
  });
  registry.add({
      .id = "hogwild.eq8.third_line",
      .source = "(8), third line, corrected",
      .statement = R"(The bound of (8) with $\|\nabla f(u_{t,m})\|^2$ at the instance that refutes the printed line)",
      .procedure = [](const Context&) { return eq8_third_line(true); },
  });
}

}  // namespace asyncert::hogwild
