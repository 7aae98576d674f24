// The deterministic analysis: (3.2)-(3.5), Proposition 3.2, and the inequality that repairs the proof of Theorem 3.3.
#include "bounds/dasgd/coherence.hpp"
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/energy.hpp"
#include "bounds/dasgd/one_step.hpp"
#include "verify/dasgd/instances.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

/// One step of Algorithm 3 on |x-c|^2/2: y, x = P(y), the iterate whose gradient arrived, the step size and the next y.
struct Step {
  Point y, x, used, next;
  Rational alpha;
};

/// N exact steps with alpha_n = scale/(n+1) under a read rule.
std::vector<Step> run(const Polytope& set, const Point& c, const Point& y0, const Rational& scale, const ReadRule& read,
                      long N) {
  std::vector<Step> steps;
  std::vector<Point> x;
  Point y = y0;
  for (long n = 0; n < N; ++n) {
    x.push_back(set.project(y));
    const Rational alpha = scale / Rational(n + 2);
    const Point& used = x[static_cast<std::size_t>(read(n))];
    Point next = y;
    for (std::size_t i = 0; i < y.size(); ++i) next[i] = y[i] - alpha * (used[i] - c[i]);
    steps.push_back({y, x.back(), used, next, alpha});
    y = next;
  }
  return steps;
}

/// A run with its set, center and minimiser.
struct Instance {
  Polytope set;
  std::string rule;
  Point c, minimiser;
  std::vector<Step> steps;

  Object at(std::size_t n) const {
    return Object()
        .add("set", set.name)
        .add("read", rule)
        .add("c", point(c))
        .add("y_0", point(steps[0].y))
        .add("n", static_cast<long>(n));
  }
};

/// Random quadratics on the polytopes, delayed and not.
std::vector<Instance> instances(const Context& context, const std::string& purpose) {
  Draw draw(context.seed, purpose);
  std::vector<Instance> list;
  for (const Polytope& set : polytopes())
    for (const char* rule : {"n", "floor(n/2)", "isqrt(n)", "max(0,n-3)"}) {
      const std::size_t d = 1 + static_cast<std::size_t>(draw.below(3));
      Point c, y0;
      for (std::size_t i = 0; i < d; ++i) c.push_back(draw.number(1)), y0.push_back(draw.number(3));
      list.push_back({set, rule, c, set.project(c), run(set, c, y0, Rational(1 + draw.below(4)), read_rule(rule), 10)});
    }
  return list;
}

Point gradient(const Point& x, const Point& c) {
  Point g;
  for (std::size_t i = 0; i < x.size(); ++i) g.push_back(x[i] - c[i]);
  return g;
}

/// <grad f(x_s), x_n - x*> and |grad f(x_s)|^2 give the sharp bound of a step.
Evidence sharp_step(const Context& context, const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "exact: every step of 16 runs of 10 steps on four polytopes under four read rules");
  for (const Instance& i : instances(context, "dasgd.equation3.4.sharp"))
    for (std::size_t n = 0; n < i.steps.size(); ++n) {
      const Step& s = i.steps[n];
      const Point g = gradient(s.used, i.c);
      Rational slope;
      for (std::size_t k = 0; k < g.size(); ++k) slope += g[k] * (s.x[k] - i.minimiser[k]);
      compare(e, "E(y_{n+1}) - E(y_n) <= -2 alpha <grad f(x_s), x_n-x*> + alpha^2 |grad f(x_s)|^2",
              energy(s.next, i.set.project(s.next), i.minimiser) - energy(s.y, s.x, i.minimiser), Relation::less_equal,
              Rational(-2) * s.alpha * slope + factor * s.alpha * s.alpha * inner_product(g, g), i.at(n));
    }
  return e;
}

/// (3.4) on the box [0,1]^d, with its constants as suprema over the box.
Evidence one_step_bound(const Context& context) {
  Evidence e = evidence(Coverage::sample,
                        "every step of 4 exact runs on the box; C_2, B = min(L diam, 2 sqrt(C_2)) and C_4 as suprema "
                        "over the box, roots enclosed");
  for (const Instance& i : instances(context, "dasgd.equation3.4")) {
    if (i.set.name != "box") continue;
    const auto k = one_step_constants(i.c);
    const Rational B2 = min(k.squared_diameter, Rational(4) * k.C_2);
    const Ball cross = sqrt(Ball(B2 * k.squared_C_4));
    for (std::size_t n = 0; n < i.steps.size(); ++n) {
      const Step& s = i.steps[n];
      compare(e, "E(y_{n+1}) - E(y_n) <= 2 B C_4 alpha + 2 alpha^2 (C_2 + B^2)",
              energy(s.next, i.set.project(s.next), i.minimiser) - energy(s.y, s.x, i.minimiser), Relation::less_equal,
              Ball(2) * cross * Ball(s.alpha) + Ball(Rational(2) * s.alpha * s.alpha * (k.C_2 + B2)), i.at(n));
    }
  }
  return e;
}

/// (3.5) for |x-1/2|^2/2 on [0,1]: a(delta) = min(1/4, delta/2); steps that do not meet the conditions are counted, not
/// used.
Evidence decrease_bound() {
  Evidence e =
      evidence(Coverage::sample,
               "every step of exact runs on |x-1/2|^2/2 over [0,1] that meets E >= delta/2 and |b_n| C_4 <= a/2");
  const Polytope box = polytopes()[0];
  const Point c{Rational(1, 2)};
  long used = 0;
  for (const char* rule : {"n", "floor(n/2)", "max(0,n-3)"})
    for (const Rational& y0 : {Rational(3), Rational(-2), Rational(9, 10)})
      for (const Rational& delta : {Rational(1, 2), Rational(1, 10), Rational(1, 50)}) {
        const Rational a = min(Rational(1, 4), delta / Rational(2)), C_2(1, 4), C_4(1, 2), B(1);
        const auto steps = run(box, c, {y0}, Rational(1, 2), read_rule(rule), 40);
        for (std::size_t n = 0; n < steps.size(); ++n) {
          const Step& s = steps[n];
          const Rational now = energy(s.y, s.x, c), error = abs(s.used[0] - s.x[0]);
          if (now < delta / Rational(2) || a / Rational(2) < error * C_4) continue;
          ++used;
          compare(e, "E(y_{n+1}) - E(y_n) <= -2 alpha (a/2 - alpha (C_2 + B^2))",
                  energy(s.next, box.project(s.next), c) - now, Relation::less_equal,
                  Rational(-2) * s.alpha * (a / Rational(2) - s.alpha * (C_2 + B * B)),
                  Object().add("read", rule).add("y_0", y0).add("delta", delta).add("n", static_cast<long>(n)));
        }
      }
  e.hypotheses.push_back(
      {"at least 100 steps meet the conditions of (3.5)", used >= 100, std::to_string(used) + " steps"});
  return e;
}

/// On the disc V(P(y_m)) = 2/(m^2+1)^2 for -x_1-x_2^2/4, while E(y_m) = 4: no positive a belongs to delta = 8.
Evidence decrease_constant_on_disc() {
  Evidence e = evidence(
      Coverage::instance,
      "exact: -x_1-x_2^2/4 on the unit disc at y_m = (m^2-1, 2m), where E = 4 and V = 2/(m^2+1)^2 for every m");
  const Rational m(1'000'000), n = m * m + Rational(1), x1 = (m * m - Rational(1)) / n, x2 = Rational(2) * m / n;
  compare(e, "1e-20 <= <grad f(x), x-x*> where E(y) >= 4", Rational(1) / pow(Rational(10), 20), Relation::less_equal,
          Rational(1) - x1 - x2 * x2 / Rational(2),
          Object().add("y", point({m * m - Rational(1), Rational(2) * m})).add("E", 4));
  bool for_every_m = true;  // a polynomial of degree 4 in m
  for (long k = 1; k <= 5; ++k) {
    const Rational norm(k * k + 1);
    const Point x{(norm - two) / norm, two * Rational(k) / norm};
    for_every_m = for_every_m && norm * norm * coherence_tilted_parabola(x) == two;
  }
  e.hypotheses.push_back({"(m^2+1)^2 V = 2 for every m", for_every_m, "degree 4 in m, at five values"});
  return e;
}

/// Algorithm 3 without delay on -x_1-x_2^2/4 over the disc, from (3,4) with alpha_n = 100/(n+1); |y| > 1 throughout.
Evidence trapping_on_disc(long N) {
  Evidence e = evidence(Coverage::instance,
                        "an enclosed run with alpha_n = 100/(n+1), which has an infinite sum and summable squares, and "
                        "a bound of the energy from below at all later steps");
  Ball y1(3), y2(4), norm(5);
  for (long n = 0; n < N; ++n) {
    const Ball alpha(Rational(100, n + 2));
    y1 = y1 + alpha;
    y2 = y2 + alpha * (y2 / norm) / Ball(2);
    norm = sqrt(y1 * y1 + y2 * y2);
  }
  const Ball energy = Ball(2) * (norm - y1), squared = energy / norm;
  e.hypotheses.push_back(
      {"|P(y_n)-x*|^2 < 1/50", certainly_less(squared, Ball(Rational(1, 50))), squared.to_string(6)});
  // For n >= N: E falls by at most 2 alpha V = alpha E^2/(4|y|^2) a step, by convexity, alpha is the growth of y_1 <=
  // |y|, and y_1 at most doubles in a step, so that all later falls together are below E_N^2/(2 y_1).
  compare(e, "E(y_n) < 1 for some n >= N: E(y_N) - E(y_N)^2/(2 y_1) < 1", energy - energy * energy / (Ball(2) * y1),
          Relation::less, 1, Object().add("f", "-x_1-x_2^2/4 on the unit disc").add("y_0", point({3, 4})).add("n", N));
  return e;
}

/// 2 sum alpha V(x_n) <= E(y_0) + 2 C_4 sum alpha |b_n| + M^2 sum alpha^2 along the runs on the box.
Evidence quasi_fejer(const Context& context) {
  Evidence e = evidence(Coverage::sample,
                        "exact sums along 4 runs on the box under four read rules, norms enclosed; the bound holds "
                        "after every number of steps");
  for (const Instance& i : instances(context, "dasgd.theorem3.3.quasi_fejer")) {
    if (i.set.name != "box") continue;
    const auto k = one_step_constants(i.c);
    const Ball C_4 = sqrt(Ball(k.squared_C_4)), start(energy(i.steps[0].y, i.steps[0].x, i.minimiser));
    Ball errors(0);
    Rational decrease, squares;
    for (std::size_t n = 0; n < i.steps.size(); ++n) {
      const Step& s = i.steps[n];
      const Point g = gradient(s.x, i.c);
      for (std::size_t j = 0; j < g.size(); ++j) decrease += s.alpha * g[j] * (s.x[j] - i.minimiser[j]);
      errors += Ball(s.alpha) * sqrt(Ball(squared_distance(s.used, s.x)));
      squares += s.alpha * s.alpha;
      compare(e, "2 sum alpha V(x_n) <= E(y_0) + 2 C_4 sum alpha |b_n| + M^2 sum alpha^2", Rational(2) * decrease,
              Relation::less_equal, start + Ball(2) * C_4 * errors + Ball(k.C_2 * squares), i.at(n));
    }
  }
  return e;
}

/// The least V(x_k) of the first steps is at most their mean with the weights alpha, which the sum above bounds.
Evidence least_product(const Context& context) {
  Evidence e = evidence(Coverage::sample, "exact sums along 4 runs on the box under four read rules, norms enclosed");
  for (const Instance& i : instances(context, "dasgd.proposition3.2")) {
    if (i.set.name != "box") continue;
    const auto k = one_step_constants(i.c);
    const Ball C_4 = sqrt(Ball(k.squared_C_4)), start(energy(i.steps[0].y, i.steps[0].x, i.minimiser));
    Ball errors(0);
    Rational least, squares, weights;
    for (std::size_t n = 0; n < i.steps.size(); ++n) {
      const Step& s = i.steps[n];
      const Point g = gradient(s.x, i.c);
      Rational product;
      for (std::size_t j = 0; j < g.size(); ++j) product += g[j] * (s.x[j] - i.minimiser[j]);
      least = n == 0 ? product : min(least, product);
      errors += Ball(s.alpha) * sqrt(Ball(squared_distance(s.used, s.x)));
      squares += s.alpha * s.alpha;
      weights += s.alpha;
      compare(e, "2 sum alpha min V <= E(y_0) + 2 C_4 sum alpha |b_n| + M^2 sum alpha^2", two * weights * least,
              Relation::less_equal, start + Ball(2) * C_4 * errors + Ball(k.C_2 * squares), i.at(n));
    }
  }
  return e;
}

/// |b_n| = |x_s - x_n| <= M W_n on [-1,1], where M = 1 and L = 1.
Evidence gradient_error() {
  Evidence e = evidence(Coverage::sample,
                        "exact runs of 60 steps on x^2/2 over [-1,1], three read rules and three step factors");
  for (const char* rule : {"floor(n/2)", "isqrt(n)", "max(0,n-3)"})
    for (const long factor : {1L, 3L, 10L}) {
      const ReadRule read = read_rule(rule);
      std::vector<Rational> x, total{Rational(0)};
      Rational y(5, 4);
      for (long n = 0; n < 60; ++n) {
        x.push_back(max(Rational(-1), min(Rational(1), y)));
        const auto s = static_cast<std::size_t>(read(n));
        compare(e, "|b_n| <= L M W_n", abs(x[s] - x.back()), Relation::less_equal, total.back() - total[s],
                Object().add("read", rule).add("c", factor).add("n", n));
        y = y - Rational(factor, n + 2) * x[s];
        total.push_back(total.back() + Rational(factor, n + 2));
      }
    }
  return e;
}

}  // namespace

void register_descent_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.proposition3.2.gradient_error",
       .source = "Proposition 3.2, step 1; (3.2)",
       .statement =
           R"($\|b_n\|\le L M W_n$, $W_n=\sum_{r=s(n)}^{n-1}\alpha_{r+1}$, $M=\sup\|\nabla f\|$, $L$ the Lipschitz constant of $\nabla f$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 firmly_nonexpansive(
                     "|b_n| <= L|x_s-x_n| <= L|y_s-y_n| by the identities of one coordinate and the obtuse angles; "
                     "y_s - y_n is the sum of the steps between, each of size alpha M or less"),
                 gradient_error());
           },
       .uses = {"dasgd.projection.nonexpansive"},
       .bound = true});
  add({.id = "dasgd.proposition3.2",
       .source = "Proposition 3.2, with its rate",
       .statement =
           R"($\min_{k<N}\langle\nabla f(x_k),x_k-x^*\rangle\le\frac{E(y_0)+2C_4\sum\alpha_{n+1}\|b_n\|+M^2\sum\alpha_{n+1}^2}{2\sum\alpha_{n+1}}$, sums over $n<N$, which tends to $0$ with summable $\alpha_{n+1}W_n$ and $\alpha_n^2$ and $\sum\alpha_n=\infty$: a subsequence then converges to the solutions)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 one_step("identities of one coordinate, g = grad f(x_n), b = b_n, summed over the steps: E(y_N) is "
                          "not negative, nor is a remainder, |<b,x-p>| <= |b| C_4 and |g+b| <= M; in the sum every "
                          "product is at least the least"),
                 least_product(c));
           },
       .uses = {"dasgd.theorem3.3.quasi_fejer", "dasgd.proposition3.2.gradient_error", "dasgd.assumption3.divergence",
                "dasgd.assumption3.squares", "dasgd.theorem3.3.summable_windows.linear",
                "dasgd.theorem3.3.summable_windows.bounded", "dasgd.theorem3.3.summable_windows.square"},
       .bound = true});
  add({.id = "dasgd.equation3.4",
       .source = "(3.4)",
       .statement =
           R"($E(y_{n+1})-E(y_n)\le 2BC_4\alpha_{n+1}+2\alpha_{n+1}^2(C_2+B^2)$, $B=\sup\|b_n\|$, $C_2=\sup\|\nabla f\|^2$, $C_4=\sup\|x-x^*\|$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 one_step(
                     "identities of one coordinate, g = grad f(x_n), b = b_n: the remainder is not negative, nor is "
                     "<g,x-p> by (VC), |<b,x-p>| <= B C_4, and |g+b|^2 <= 2|g|^2 + 2|b|^2 <= 2(C_2 + B^2)"),
                 one_step_bound(c));
           },
       .uses = {"dasgd.equation3.4.sharp", "dasgd.projection.obtuse_angle"},
       .note = "The text speaks of constants B and C; B, C_2 and C_4 are meant.",
       .bound = true});
  add({.id = "dasgd.equation3.4.sharp",
       .source = "(3.4), sharpened",
       .statement =
           R"($E(y_{n+1})-E(y_n)\le-2\alpha\langle\nabla f(x_{s(n)}),x_n-x^*\rangle+\alpha^2\|\nabla f(x_{s(n)})\|^2$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 one_step("identities of one coordinate, g + b = grad f(x_{s(n)}), whose remainder is not "
                          "negative by the obtuse angle at x_n"),
                 sharp_step(c, 1));
           },
       .uses = {"dasgd.energy.smooth", "dasgd.projection.obtuse_angle"},
       .bound = true});
  add({.id = "dasgd.equation3.5",
       .source = "(3.5), where its constant is positive, as on polytopes",
       .statement =
           R"($E(y_{n+1})-E(y_n)\le-2\alpha(a/2-\alpha(C_2+B^2))$ where $\langle\nabla f(x_n),x_n-x^*\rangle\ge a$ and $\|b_n\|C_4\le a/2$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 one_step("identities of one coordinate, g = grad f(x_n), b = b_n: 2s<g+b,x-p> >= 2s(a - a/2), and "
                          "|g+b|^2 <= 2|g|^2 + 2|b|^2 <= 2(C_2 + B^2)"),
                 decrease_bound());
           },
       .uses = {"dasgd.equation3.4.sharp", "dasgd.projection.obtuse_angle"},
       .note = "The runs of the instances meet the conditions where E(y_n) >= delta/2."});
  add({.id = "dasgd.equation3.5.constant.printed",
       .source = "(3.5)",
       .statement =
           R"(A constant $a>0$ that depends on $\delta$ alone bounds $\langle\nabla f(x),x-x^*\rangle$ below where $E(y)\ge\delta/2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return decrease_constant_on_disc(); },
       .uses = {"dasgd.lemma3.1.part2.curved_sequence", "dasgd.assumption2.tilted_parabola"},
       .note = "The infimum is zero on a curved set; it is positive on polytopes.",
       .instead = "dasgd.lemma4.2.part2.polytopes"});
  add({.id = "dasgd.theorem3.3.trapping.printed",
       .source = "Theorem 3.3, proof",
       .statement = R"(The iterates of DAGD that approach $x^*$ have $E(y_n)\to0$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return trapping_on_disc(4000); },
       .uses = {"dasgd.lemma3.1.part2.printed"},
       .note = "So the trapping argument does not start, although the theorem is true: x_n converges here too.",
       .instead = "dasgd.theorem3.3.quasi_fejer"});
  add({.id = "dasgd.theorem3.3.quasi_fejer",
       .source = "Theorem 3.3, repaired proof",
       .statement =
           R"($2\sum\alpha_{n+1}\langle\nabla f(x_n),x_n-x^*\rangle\le E(y_0)+2C_4\sum\alpha_{n+1}\|b_n\|+M^2\sum\alpha_{n+1}^2$, $M=\sup\|\nabla f\|$, $C_4=\sup\|x-x^*\|$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 one_step(
                     "identities of one coordinate, g = grad f(x_n), b = b_n, summed over the steps: E(y_N) is not "
                     "negative, nor is a remainder, |<b,x-p>| <= |b| C_4 and |g+b| <= M"),
                 quasi_fejer(c));
           },
       .uses = {"dasgd.theorem3.3.summable_windows.linear", "dasgd.theorem3.3.summable_windows.bounded",
                "dasgd.theorem3.3.summable_windows.square", "dasgd.equation3.4.sharp", "dasgd.lemma3.1.part1"},
       .note = "With summable windows and summable squared steps it proves the theorem for every convex compact set, "
               "without Lemma 3.1, part 2.",
       .bound = true});
  registry.add({.id = "dasgd.canary.step_without_square",
                .source = "planted",
                .statement = R"(The sharp one-step bound without its quadratic term)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return sharp_step(c, 0); },
                .canary = true});
  registry.add({.id = "dasgd.canary.trapping_too_early",
                .source = "planted",
                .statement = R"(The trapping argument after 5 steps, where the iterate is not close to the solution)",
                .expected = Verdict::vacuous,
                .procedure = [](const Context&) { return trapping_on_disc(5); },
                .canary = true});
}

}  // namespace asyncert::dasgd
