// The class of variationally coherent functions: which classes it contains, and what it does not ask for.
#include "lib/certificate.hpp"
#include "lib/real.hpp"
#include "lib/subdivision.hpp"
#include "verify/dasgd/instances.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

/// x^3 on [-1,1] is quasi-convex (it increases), with the minimiser -1; its derivative vanishes at 0.
Evidence quasi_convex_is_coherent() {
  Evidence e = evidence(Coverage::instance,
                        "exact: x^3 on [-1,1], increasing and so quasi-convex, at x = 0, which is no minimiser");
  const Rational x(0), minimiser(-1);
  compare(e, "0 < <f'(x), x-x*> off the solutions", 0, Relation::less, Rational(3) * x * x * (x - minimiser),
          Object().add("f", "x^3 on [-1,1]").add("x", 0).add("x*", -1));
  return e;
}

/// Let f(x*) < f(x), d = x*-x, phi(s) = f(x+sd), phi'(0) = 0 and m = <grad f(x),x-w> > 0 for a point w of the set. With
/// K = L diam^2 and G(s) = phi(0) - phi(s), which does not decrease and is at most K s^2/2, the point u = x + h(w-x)
/// has f(u) <= f(x) - hm + K h^2/2 <= phi(s) at h = (G/m)(1+k), k = KG/m^2. With r = Ks/m <= 1/2, k <= r^2/2 and h <=
/// (sr/2)(1+k) < 1, so that u is in the set. So 0 >= <grad f(x+sd),u-x-sd> >= -h(m+Ks) + s G'(s) by quasi-convexity:
/// s G' <= G (1+k)(1+r) <= G (1 + growth r). So G exp(-growth r)/s does not increase; it tends to G'(0) = 0 as s does:
/// G = 0 for r <= 1/2.
Evidence quasi_convex_without_other_stationary_points(const Rational& growth) {
  const Rational half(1, 2);
  return Certificate(
             "where f(x*) < f(x), <grad f(x),x-x*> = 0 and <grad f(x),w-x> = -m < 0, f would be constant from x "
             "towards x*: the drop G(s) along the segment has s G' <= G (1+r^2/2)(1+r) <= G (1+2r), r = L diam^2 s/m "
             "<= 1/2, by quasi-convexity at x + s(x*-x) towards the point x + h(w-x) of the set, h = (G/m)(1+k) < 1, "
             "and G'(0) = 0, so that G exp(-2r)/s, which does not increase and tends to 0, is 0; and so on from the "
             "last point with the value f(x), where the product is 0, too, and which is no solution and so not "
             "stationary, against f(x*) < f(x). Quasi-convexity makes the product >= 0 everywhere and 0 between "
             "solutions; a stationary point of a coherent function is a solution")
      .identity(
          "hm - Kh^2/2 - G = (1 - 2k - k^2) kG/2 with k = KG/m^2, h = (G/m)(1+k)", {{"G", 4}, {"1/m", 6}, {"K", 3}},
          [](const Point& v) {
            const Rational k = v[2] * v[0] * square(v[1]), h = v[0] * v[1] * (one + k);
            return h / v[1] - v[2] * square(h) / two - v[0];
          },
          [](const Point& v) {
            const Rational k = v[2] * v[0] * square(v[1]);
            return (one - two * k - square(k)) * k * v[0] / two;
          })
      .nonnegative("0 <= 1 - 2k - kl, k and l at most 1/8", {{"k", 0, Rational(1, 8)}, {"l", 0, Rational(1, 8)}},
                   [](const Point& v) { return one - two * v[0] - v[0] * v[1]; })
      .nonnegative("0 <= 1 - (sr/2)(1+k), s <= 1, r <= 1/2, k <= 1/8: h <= 1 as G <= K s^2/2",
                   {{"s", 0, 1}, {"r", 0, half}, {"k", 0, Rational(1, 8)}},
                   [](const Point& v) { return one - v[0] * v[1] * (one + v[2]) / two; })
      .identity(
          "<g,u-z> = h<g,w-x> - s<g,d> with u = x + h(w-x), z = x + sd",
          {{"g", 1}, {"x", 1}, {"w", 1}, {"d", 1}, {"h", 1}, {"s", 1}},
          [](const Point& v) { return v[0] * (v[1] + v[4] * (v[2] - v[1]) - (v[1] + v[5] * v[3])); },
          [](const Point& v) { return v[4] * v[0] * (v[2] - v[1]) - v[5] * v[0] * v[3]; })
      .identity(
          "1 + cr - (1+r^2/2)(1+r) = r (c - 1 - r/2 - r^2/2)", {{"r", 3}},
          [growth](const Point& v) { return one + growth * v[0] - (one + square(v[0]) / two) * (one + v[0]); },
          [growth](const Point& v) { return v[0] * (growth - one - v[0] / two - square(v[0]) / two); })
      .nonnegative("0 <= c - 1 - r/2 - rl/2, r and l at most 1/2", {{"r", 0, half}, {"l", 0, half}},
                   [growth](const Point& v) { return growth - one - v[0] / two - v[0] * v[1] / two; });
}

/// f((1-s)x + s x*) <= (1-s) f(x) + s f(x*): the difference quotient of f at x towards x* is at most f(x*) - f(x).
Evidence star_convex_is_coherent() {
  return Certificate(
             "identity of degree one in each variable: divided by s, which tends to 0, it bounds the derivative "
             "towards x*, so that <grad f(x),x-x*> >= f(x) - min f; on a solution the first-order condition bounds it "
             "by 0 from above")
      .identity(
          "(1-s) F + s G - F = s (G - F)", {{"s", 1}, {"F", 1}, {"G", 1}},
          [](const Point& v) { return (one - v[0]) * v[1] + v[0] * v[2] - v[1]; },
          [](const Point& v) { return v[0] * (v[2] - v[1]); });
}

/// x + x^3 on [-1,1] is pseudo-convex, since its derivative is positive; V(x) = (1+3x^2)(x+1) and x* = -1.
Evidence pseudo_convex_is_coherent() {
  const auto ratio = [](const Ball& x) { return Ball(1) + Ball(3) * x * x; };
  return certify_on_box(
      {{"x", -1, 1}}, [&](const std::vector<Ball>& x) { return compare_less(Ball(0), ratio(x[0])); },
      [&](const std::vector<Rational>& x) {
        return Comparison{.label = "0 < V/(x+1)", .left = 0, .relation = Relation::less, .right = ratio(Ball(x[0]))};
      },
      "V/(x+1) = 1 + 3x^2 for x* = -1, enclosed on [-1,1]");
}

/// Monotone at x and z = p + s(x-p): <grad f(z),x-p> <= <grad f(x),x-p>, whose integral over s is f(x) - f(p).
Evidence monotone_is_coherent() {
  return Certificate(
             "identity of degree one in each variable of a coordinate: monotonicity at x and p + s(x-p) bounds the "
             "slope "
             "of f on the way from p to x by that at x, and f(x) - f(p) is its integral; with p a solution the product "
             "is 0 only where f(x) = min f, and on a solution the first-order condition bounds it by 0 from above")
      .identity(
          "<g-h,x-z> = (1-s)<g-h,x-p> with z = p + s(x-p)", {{"g", 1}, {"h", 1}, {"x", 1}, {"p", 1}, {"s", 1}},
          [](const Point& v) { return (v[0] - v[1]) * (v[2] - v[3] - v[4] * (v[2] - v[3])); },
          [](const Point& v) { return (one - v[4]) * (v[0] - v[1]) * (v[2] - v[3]); });
}

/// 1 - exp(-x^2/2) at x = 2 and 3, where its derivative x exp(-x^2/2) decreases.
Evidence not_monotone() {
  Evidence e = evidence(Coverage::instance,
                        "enclosed: the gaussian well on the line, whose coherence product x^2 exp(-x^2/2) is positive");
  const auto derivative = [](const Rational& x) { return Ball(x) * exp(Ball(-(x * x) / Rational(2))); };
  const Rational x(2), z(3);
  compare(e, "(f'(z)-f'(x))(z-x) < 0", (derivative(z) - derivative(x)) * Ball(z - x), Relation::less, 0,
          Object().add("x", x).add("z", z));
  return e;
}

/// f of the polar instance at a point; r^5 sin 5t and r^3 cos 3t are polynomials.
Ball polar_value(const Rational& a, const Rational& b) {
  const Real s = a * a + b * b, r = sqrt(s);
  const Rational a2 = a * a, b2 = b * b;
  const Real quintic = b * (Rational(5) * a2 * a2 - Rational(10) * a2 * b2 + b2 * b2),
             cubic = a * (a2 - Rational(3) * b2);
  return ((Real(3) + quintic / (s * s * r) + cubic / (s * r)) * s * (Real(Rational(5, 3)) - r)).ball();
}

/// On a chord of the disc, whose inner points have larger values than its ends, and on the way from 0 to (1,0).
Evidence polar_in_no_smaller_class(const Rational& share_of_star) {
  Evidence e = evidence(Coverage::instance, "enclosed: the polar instance on a chord of the unit disc and on a radius");
  const Rational x1(-9, 10), y1(-4, 10), x2(0), y2(-9, 10);
  for (const Rational& share : {Rational(1, 4), Rational(1, 2), Rational(3, 4)}) {
    const Rational a = x1 + share * (x2 - x1), b = y1 + share * (y2 - y1);
    compare(e, "max(f(x), f(y)) < f(z) for z between x and y", max(polar_value(x1, y1), polar_value(x2, y2)),
            Relation::less, polar_value(a, b),
            Object().add("x", point({x1, y1})).add("y", point({x2, y2})).add("z", point({a, b})));
  }
  compare(e, "s f(x) + (1-s) f(x*) < f(sx + (1-s) x*)", Ball(share_of_star) * polar_value(1, 0), Relation::less,
          polar_value(share_of_star, 0),
          Object().add("x", point({1, 0})).add("x*", point({0, 0})).add("s", Fraction{share_of_star}));
  return e;
}

/// -x^2/2 on [-1,2] has the minimiser 2 and the local one -1; from the left of 0 the state falls.
Evidence ends_in_a_local_minimum() {
  Evidence e = evidence(Coverage::instance,
                        "exact run of Algorithm 3 on -x^2/2 over [-1,2] without delay, alpha_n = 1/(n+1), y_0 = -1/10: "
                        "y decreases where x < 0, so that x stays at -1 once it is there");
  Rational y(-1, 10);
  const auto project = [](const Rational& v) { return max(Rational(-1), min(two, v)); };
  for (long n = 0; n < 100; ++n) y += project(y) / Rational(n + 2);
  const Rational x = project(y);
  compare(e, "x_100 = -1, where f - min f = 3/2", (Rational(4) - x * x) / two, Relation::equal, Rational(3, 2),
          Object().add("f", "-x^2/2 on [-1,2]").add("y_0", Fraction{Rational(-1, 10)}).add("x", x));
  return e;
}

}  // namespace

void register_class_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.introduction.contains_quasi_convex.printed",
       .source = "Section 1",
       .statement = "Variationally coherent problems include all quasi-convex ones",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return quasi_convex_is_coherent(); },
       .note =
           "Stationary points that are no solutions have to be excluded. Section 2.2 names pseudo-convex functions, "
           "which have none.",
       .instead = "dasgd.introduction.contains_quasi_convex"});
  add({.id = "dasgd.introduction.contains_quasi_convex",
       .source = "Sections 1 and 2.2, corrected",
       .statement =
           R"(A quasi-convex function with Lipschitz gradient on a convex compact $\mathcal X$ is variationally coherent exactly if its stationary points ($\langle\nabla f(x),z-x\rangle\ge0$ for all $z\in\mathcal X$) are its solutions; so every pseudo-convex one is)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return quasi_convex_without_other_stationary_points(two); },
       .note = "A stationary point of a pseudo-convex function is a solution by the definition of these functions, "
               "which are quasi-convex."});
  add({.id = "dasgd.introduction.contains_star_convex",
       .source = "Sections 1 and 2.2",
       .statement =
           R"(Star-convex functions, and with them the convex ones, are variationally coherent: $\langle\nabla f(x),x-x^*\rangle\ge f(x)-\min f$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return star_convex_is_coherent(); },
       .note = "Star-convex about each solution."});
  add({.id = "dasgd.section2.contains_pseudo_convex",
       .source = "Section 2.2",
       .statement = R"(The pseudo-convex, non-convex $x+x^3$ on $[-1,1]$ is variationally coherent)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return pseudo_convex_is_coherent(); },
       .note = "Every pseudo-convex function with Lipschitz gradient: dasgd.introduction.contains_quasi_convex."});
  add({.id = "dasgd.introduction.not_quasi_convex",
       .source = "Sections 1 and 2.2, \"properly\"",
       .statement =
           R"(The variationally coherent $(3+\sin5\theta+\cos3\theta)\,r^2(5/3-r)$ on the unit disc is neither quasi-convex, nor so pseudo-convex, nor star-convex)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return polar_in_no_smaller_class(Rational(4, 5)); },
       .uses = {"dasgd.assumption2.polar"},
       .note = "So the class is larger than those of the star-convex and of the pseudo-convex functions, together."});
  add({.id = "dasgd.remark2.1",
       .source = "Remark 2.1",
       .statement = R"(The variationally coherent $1-e^{-x^2/2}$ on $[-10,10]$ has no monotone gradient)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return not_monotone(); },
       .uses = {"dasgd.assumption2.wells"},
       .note = "The remark is right that coherence is weaker than monotonicity (its displayed condition needs a minus "
               "sign for the comma)."});
  add({.id = "dasgd.remark2.1.monotone",
       .source = "Remark 2.1",
       .statement =
           R"(A monotone gradient, $\langle\nabla f(x')-\nabla f(x),x'-x\rangle\ge0$, gives (VC): $\langle\nabla f(x),x-x^*\rangle\ge f(x)-\min f$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return monotone_is_coherent(); },
       .note = "With dasgd.remark2.1: coherence is weaker."});
  add({.id = "dasgd.section2.local_minimum",
       .source = "Section 2.2, global convergence",
       .statement =
           R"(Without (VC) Algorithm 3 may end in a local minimum without any delay: on $-x^2/2$ over $[-1,2]$ from $y_0=-\frac1{10}$ it stays at $-1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return ends_in_a_local_minimum(); },
       .note = "As the paper says."});
  add({.id = "dasgd.canary.quasi_convex_growth",
       .source = "planted",
       .statement = R"(The drop of a quasi-convex function has $sG'\le G(1+r)$ in place of $G(1+2r)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return quasi_convex_without_other_stationary_points(one); },
       .canary = true});
  add({.id = "dasgd.canary.star_convex_near_the_solution",
       .source = "planted",
       .statement = R"(The polar instance violates star-convexity at half of the radius)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return polar_in_no_smaller_class(Rational(1, 2)); },
       .canary = true});
}

}  // namespace asyncert::dasgd
