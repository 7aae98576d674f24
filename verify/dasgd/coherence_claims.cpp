// Assumption 2 (variational coherence): the instances that have it, and the test function of Section 5, which has not.
#include "bounds/dasgd/coherence.hpp"
#include "bounds/dasgd/min_coherence.hpp"
#include "bounds/dasgd/rosenbrock.hpp"
#include "lib/certificate.hpp"
#include "lib/subdivision.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/instances.hpp"

namespace asyncert::dasgd {

namespace {

Rational rosenbrock_product(const Point& x) {
  const Point g = rosenbrock_gradient(x);
  Rational v;
  for (std::size_t i = 0; i < x.size(); ++i) v += g[i] * (x[i] - Rational(1));
  return v;
}

/// V = (1-x_1)^2/2 + (1-|x|^2)/2 on the disc: two terms that are not negative and vanish together only at (1,0).
Evidence tilted_parabola(const Rational& share) {
  Evidence e = evidence(Coverage::domain,
                        "identity with a sum of two terms that are not negative on the disc: degree 2 in each "
                        "coordinate, on a 3 x 3 grid");
  for (long a = 0; a < 3; ++a)
    for (long b = 0; b < 3; ++b) {
      const Rational x(a), y(b), one(1), two(2);
      compare(e, "V = (1-x_1)^2/2 + (1-|x|^2)/2", coherence_tilted_parabola(Point{x, y}), Relation::equal,
              share * (one - x) * (one - x) / two + (one - x * x - y * y) / two, Object().add("x", point({x, y})));
    }
  return e;
}

Evidence polar(const Rational& outer) {
  const Ball pi = Ball::pi();
  const auto value = [&](const Ball& r, const Ball& turn) {
    const Ball t = Ball(2) * pi * turn;
    return (Ball(3) + sin(Ball(5) * t) + cos(Ball(3) * t)) * (Ball(Rational(10, 3)) - Ball(3) * r);
  };
  return certify_on_box(
      {{"r", 0, outer}, {"angle/2pi", 0, 1}},
      [&](const std::vector<Ball>& x) { return compare_less(Ball(0), value(x[0], x[1])); },
      [&](const std::vector<Rational>& x) {
        return Comparison{
            .label = "0 < V/r^2", .left = 0, .relation = Relation::less, .right = value(Ball(x[0]), Ball(x[1]))};
      },
      "V/r^2 = (3 + sin 5t + cos 3t)(10/3 - 3r), enclosed over all radii and angles by subdivision");
}

/// V/|x|^2 of the two wells, as functions of s = |x|^2 on a compact range.
Evidence wells() {
  const auto least = [](const Ball& s) { return min(exp(-(s / Ball(2))), Ball(2) / ((Ball(1) + s) * (Ball(1) + s))); };
  return certify_on_box(
      {{"|x|^2", 0, 100}}, [&](const std::vector<Ball>& s) { return compare_less(Ball(0), least(s[0])); },
      [&](const std::vector<Rational>& s) {
        return Comparison{.label = "0 < V/|x|^2", .left = 0, .relation = Relation::less, .right = least(Ball(s[0]))};
      },
      "V/|x|^2 is exp(-s/2) and 2/(1+s)^2 with s = |x|^2, enclosed for s in [0,100]");
}

/// Pairs with w = (x-1)^2 and v = z - x^2, where x, z are neighbours: degree at most 4 in x and 2 in z.
Evidence pair_identity(const Rational& factor) {
  Evidence e = evidence(
      Coverage::domain,
      "polynomial identity of degree at most 4 in x_i and 2 in x_{i+1}, on a 5 x 3 grid; V is a sum over pairs");
  for (long a = -2; a <= 2; ++a)
    for (long b = 0; b < 3; ++b) {
      const Rational x(a), z(b), w = (x - Rational(1)) * (x - Rational(1)), v = z - x * x, u = v - w / Rational(2);
      compare(e, "pair = 2w(1-25w) + 200(v-w/2)^2", rosenbrock_product({x, z}), Relation::equal,
              Rational(2) * w * (Rational(1) - factor * w) + Rational(200) * u * u,
              Object().add("x_i", x).add("x_{i+1}", z));
    }
  return e;
}

Evidence coherent_over_feasible_region() {
  Evidence e = evidence(Coverage::instance, "exact: the point (1/4, ..., 1/4) of [0,2]^101, and (0, 1/2) of [0,2]^2");
  const Point quarter(101, Rational(1, 4)), corner{0, Rational(1, 2)};
  compare(e, "<grad f(x), x - x*> >= 0 for d = 101", 0, Relation::less_equal, rosenbrock_product(quarter),
          Object().add("x_i", Fraction{Rational(1, 4)}).add("d", 101));
  compare(e, "<grad f(x), x - x*> >= 0 for d = 2", 0, Relation::less_equal, rosenbrock_product(corner),
          Object().add("x", point(corner)).add("d", 2));
  return e;
}

/// By the identity a pair is not negative where w <= 1/25, and zero only at w = v = 0, or w = 1/25 and v = 1/50.
Evidence coherent_near_minimum() {
  Evidence e = evidence(Coverage::domain,
                        "from the pair identity: w(1-25w) is concave in w, so its ends w = 0, 1/25 settle the sign; "
                        "the zero at w = 1/25 leaves the box");
  for (const Rational& w : {Rational(0), Rational(1, 25)})
    compare(e, "0 <= 2w(1-25w)", 0, Relation::less_equal, Rational(2) * w * (Rational(1) - Rational(25) * w),
            Object().add("w", w));
  for (const Rational& x : {Rational(4, 5), Rational(6, 5)}) {
    const Rational z = x * x + Rational(1, 50), one(1);
    compare(e, "1/25 < (x_{i+1}-1)^2 where the pair vanishes at w = 1/25", Rational(1, 25), Relation::less,
            (z - one) * (z - one), Object().add("x_i", x).add("x_{i+1}", z));
  }
  return e;
}

Evidence coherent_square(const Rational& radius, bool coherent) {
  const Rational one(1);
  const CoherenceMinimum m = min_coherence(one - radius, one + radius);
  Evidence e =
      evidence(Coverage::domain,
               "certified minimum over the square: all stationary points inside, on the edges and at the ends");
  const Measure least =
      m.minimum.get<Rational>() ? Measure(*m.minimum.get<Rational>()) : Measure(*m.minimum.get<Ball>());
  compare(e, coherent ? "0 <= min V" : "min V < 0", coherent ? Measure(0) : least,
          coherent ? Relation::less_equal : Relation::less, coherent ? least : Measure(0),
          Object().add("radius", radius).add("x1", m.x1).add("x2", m.x2));
  return e;
}

/// V + 48 = (1-w)(48+50w) + 200(v-w/2)^2 is not negative for w <= 1, that is for x_1 in [0,2].
Evidence smallest_value() {
  Evidence e =
      evidence(Coverage::domain,
               "V + 48 = (1-w)(48+50w) + 200(v-w/2)^2 with w <= 1: identity of degree at most 4 and 2 on a 5 x 3 grid");
  for (long a = -2; a <= 2; ++a)
    for (long b = 0; b < 3; ++b) {
      const Rational x(a), z(b), one(1), w = (x - one) * (x - one), u = z - x * x - w / Rational(2);
      compare(e, "V + 48 = (1-w)(48+50w) + 200(v-w/2)^2", rosenbrock_product({x, z}) + Rational(48), Relation::equal,
              (one - w) * (Rational(48) + Rational(50) * w) + Rational(200) * u * u, Object().add("x", point({x, z})));
    }
  compare(e, "V(0,1/2) = -48", rosenbrock_product({0, Rational(1, 2)}), Relation::equal, -48,
          Object().add("x", point({0, Rational(1, 2)})));
  return e;
}

/// f is 0 only where x_i = 1 for i < d and x_d = x_{d-1}^2; the squares of a first, an inner and a last pair.
Evidence global_minimum() {
  Evidence e = Certificate(
                   "identity with a sum of squares, of four coordinates by degree: (1-x_i)^2 for i < d, and with them "
                   "(x_d-1)^2, vanish only at (1,...,1)")
                   .identity(
                       "f = sum of 100 (x_{i+1}-x_i^2)^2 + (1-x_i)^2", {{"x_1", 4}, {"x_2", 4}, {"x_3", 4}, {"x_4", 2}},
                       [](const Point& x) { return rosenbrock(x); },
                       [](const Point& x) {
                         Rational sum;
                         for (std::size_t i = 0; i < 3; ++i) {
                           const Rational valley = x[i + 1] - x[i] * x[i], slope = Rational(1) - x[i];
                           sum += Rational(100) * valley * valley + slope * slope;
                         }
                         return sum;
                       });
  const Point one(101, Rational(1));
  compare(e, "f(1,...,1) = 0", rosenbrock(one), Relation::equal, 0, Object().add("d", 101));
  Point last = one;
  last[100] = Rational(3, 2);
  compare(e, "0 < f where only x_d differs from 1", 0, Relation::less, rosenbrock(last),
          Object().add("x_d", Fraction{last[100]}));
  return e;
}

/// First-order conditions on [0,2]^2: inside, g_1 + 2 x_1 g_2 = 2(x_1-1) leaves x_1 = 1 and then x_2 = 1; on the edges
/// x_1 = 0 and x_2 = 0 the gradient points out of the square, and on the edges x_1 = 2 and x_2 = 2 it does by
/// subdivision.
Evidence only_stationary_point() {
  Evidence e = certify_on_box(
      {{"t", 0, 2}},
      [](const std::vector<Ball>& t) {
        const bool right = certainly_less(Ball(0), rosenbrock_gradient(std::vector<Ball>{Ball(2), t[0]})[0]);
        const auto top = rosenbrock_gradient(std::vector<Ball>{t[0], Ball(2)});
        return right && (certainly_less(Ball(0), top[0]) || certainly_less(Ball(0), top[1])) ? Ternary::yes
                                                                                             : Ternary::unknown;
      },
      [](const std::vector<Rational>& t) {
        return Comparison{.label = "0 < g_1 at (2,t)",
                          .left = 0,
                          .relation = Relation::less,
                          .right = rosenbrock_gradient(Point{2, t[0]})[0]};
      },
      "identities inside and on two edges by degree on a 4 x 3 grid; subdivision on the edges x_1 = 2 and x_2 = 2, "
      "where a positive component has no room");
  for (long a = 0; a < 4; ++a)
    for (long b = 0; b < 3; ++b) {
      const Rational x(a), z(b);
      const Point g = rosenbrock_gradient(Point{x, z});
      compare(e, "g_1 + 2 x_1 g_2 = 2(x_1-1)", g[0] + Rational(2) * x * g[1], Relation::equal,
              Rational(2) * (x - Rational(1)), Object().add("x", point({x, z})));
      compare(e, "g_1(0, x_2) = -2", rosenbrock_gradient(Point{0, z})[0], Relation::equal, -2, Object().add("x_2", z));
      compare(e, "g_2(x_1, 0) = -200 x_1^2", rosenbrock_gradient(Point{x, 0})[1], Relation::equal,
              Rational(-200) * x * x, Object().add("x_1", x));
    }
  return e;
}

/// The paper's own test: E along the mean-field flow rises where V < 0, since dE/dt = -2V.
Evidence energy_rises_on_test_function() {
  Evidence e =
      evidence(Coverage::instance, "exact: dE/dt = -2V at y = x = (1/4, ..., 1/4), which lies inside [0,2]^101");
  compare(e, "0 < dE/dt", 0, Relation::less, Rational(-2) * rosenbrock_product(Point(101, Rational(1, 4))),
          Object().add("x_i", Fraction{Rational(1, 4)}).add("d", 101));
  return e;
}

}  // namespace

void register_coherence_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.assumption2.tilted_parabola",
       .source = "Assumption 2",
       .statement = R"($-x_1-x_2^2/4$ on the unit disc is variationally coherent with $x^*=(1,0)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return tilted_parabola(1); }});
  add({.id = "dasgd.assumption2.polar",
       .source = "Assumption 2",
       .statement =
           R"($(3+\sin5\theta+\cos3\theta)\,r^2(5/3-r)$ on the unit disc is variationally coherent with $x^*=0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return polar(1); }});
  add({.id = "dasgd.assumption2.wells",
       .source = "Assumption 2",
       .statement =
           R"($1-e^{-\|x\|^2/2}$ and $\|x\|^2/(1+\|x\|^2)$ are variationally coherent on sets within $\|x\|\le 10$, in any dimension)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return wells(); }});
  add({.id = "dasgd.section5.pair_identity",
       .source = "Section 5, (5.1)",
       .statement =
           R"(Each pair adds $2w(1-25w)+200(v-w/2)^2$ to the coherence product, $w=(x_i-1)^2$, $v=x_{i+1}-x_i^2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return pair_identity(25); }});
  add({.id = "dasgd.section5.coherent.printed",
       .source = "Section 5",
       .statement = R"(The test function (5.1) satisfies (VC) on its feasible region $[0,2]^{101}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return coherent_over_feasible_region(); },
       .uses = {"dasgd.section5.pair_identity"},
       .note = "So the experiment does not illustrate the theorem. Uniform samples of the box do not show it: the "
               "violations are rare in 101 dimensions.",
       .instead = "dasgd.section5.coherent"});
  add({.id = "dasgd.section5.coherent",
       .source = "Section 5, corrected",
       .statement = R"((5.1) satisfies (VC) on $[4/5,6/5]^d$ for every $d$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return coherent_near_minimum(); },
       .uses = {"dasgd.section5.pair_identity"}});
  add({.id = "dasgd.section5.coherent.largest_square",
       .source = "Section 5, corrected",
       .statement = R"(For $d=2$ (VC) holds on $[1-r,1+r]^2$ at $r=0.339280$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return coherent_square(Rational(33928, 100000), true); }});
  add({.id = "dasgd.section5.coherent.larger_square",
       .source = "Section 5, corrected",
       .statement = R"(For $d=2$ (VC) fails on $[1-r,1+r]^2$ at $r=0.339281$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return coherent_square(Rational(339281, 1000000), false); },
       .note = "With the claim before it: the largest radius lies in [0.339280, 0.339281)."});
  add({.id = "dasgd.section5.smallest_coherence",
       .source = "Section 5",
       .statement =
           R"(The smallest coherence product of the two-dimensional test function on $[0,2]^2$ is $-48$, at $(0,1/2)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return smallest_value(); }});
  add({.id = "dasgd.section5.global_minimum",
       .source = "Section 5, (5.1)",
       .statement = R"(The global minimum of (5.1) is $0$, at $(1,\dots,1)$ alone)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return global_minimum(); }});
  add({.id = "dasgd.section5.only_stationary_point",
       .source = "Section 5, why the runs converge",
       .statement =
           R"($(1,1)$ is the only point of $[0,2]^2$ that satisfies the first-order conditions of (5.1) with $d=2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return only_stationary_point(); },
       .note = "By subdivision. For every d: dasgd.section5.only_stationary_point.every_d."});
  add({.id = "dasgd.lemma4.2.part1.test_function",
       .source = "Lemma 4.2, part 1, on the test function of Section 5",
       .statement = R"(The energy increases at first along the flow of (5.1) from $(1/4,\dots,1/4)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return energy_rises_on_test_function(); },
       .uses = {"dasgd.section5.coherent.printed"}});
  registry.add({.id = "dasgd.canary.tilted_parabola_dropped_half",
                .source = "planted",
                .statement = R"(The coherence product of $-x_1-x_2^2/4$ without a factor 1/2)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return tilted_parabola(2); },
                .canary = true});
  registry.add({.id = "dasgd.canary.polar_on_larger_disc",
                .source = "planted",
                .statement = R"(The polar instance is coherent on the disc of radius 6/5 too)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return polar(Rational(6, 5)); },
                .canary = true});
  registry.add({.id = "dasgd.canary.pair_shifted_constant",
                .source = "planted",
                .statement = R"(The pair identity with 24 for 25)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return pair_identity(24); },
                .canary = true});
}

}  // namespace asyncert::dasgd
