#include "bounds/toy/rate.hpp"
#include "lib/claim.hpp"
#include "lib/subdivision.hpp"

namespace asyncert {

namespace {

/// |x_t| after some exact steps from x_0 = x_{-1} = 1.
Rational distance_after(long steps, const Rational& a) {
  Rational previous(1), now(1);
  for (long t = 0; t < steps; ++t) {
    const Rational next = now - a * previous;
    previous = now;
    now = next;
  }
  return abs(now);
}

/// The rate is decided to be below 1 on every part of [1/100, last], or a counterexample is found.
Evidence certified_below_one(const Rational& last) {
  return certify_on_box(
      {{"a", Rational(1, 100), last}},
      // sqrt(1 - 4a) <= 1 - 2a, so that the rate is at most max(1 - a, sqrt(a)); where this reaches 1, a >= 1 and the
      // rate is sqrt(a).
      [](const std::vector<Ball>& box) { return compare_less(max(Ball(1) - box[0], sqrt(box[0])), Ball(1)); },
      [](const std::vector<Rational>& point) {
        return Comparison{.label = "growth rate < 1",
                          .left = toy::growth_rate(Ball(point[0])),
                          .relation = Relation::less,
                          .right = 1};
      },
      "the bound max(1 - a, sqrt(a)) of the rate, a = eta lambda, enclosed by subdivision");
}

}  // namespace

void register_toy_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "toy.theorem1.printed",
      .source = "Theorem 1",
      .statement = R"(With a gradient that is one step old, gradient descent converges for $0 < \eta\lambda < 2$)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            Evidence e;
            e.coverage = Coverage::instance;
            e.method = "twenty exact steps";
            const Rational a(3, 2);
            e.comparisons.push_back({.label = "|x_20| < |x_0|",
                                     .left = distance_after(20, a),
                                     .relation = Relation::less,
                                     .right = 1,
                                     .instance = Object().add("eta lambda", a).add("x_0", 1).add("x_-1", 1)});
            return e;
          },
      .note = R"(The range is that of gradient descent without delay; a delay of one step halves it.)",
      .instead = "toy.theorem1",
  });
  registry.add({
      .id = "toy.theorem1",
      .source = "Theorem 1, corrected",
      .statement = R"(The growth rate is below 1 for every $\eta\lambda\in[\frac1{100},\frac{99}{100}]$)",
      .expected = Verdict::proved,
      .procedure = [](const Context&) { return certified_below_one(Rational(99, 100)); },
  });
  registry.add({
      .id = "toy.canary.range_too_wide",
      .source = "planted",
      .statement = R"(The growth rate is below 1 for every $\eta\lambda\in[\frac1{100},\frac{101}{100}]$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return certified_below_one(Rational(101, 100)); },
      .canary = true,
  });
}

}  // namespace asyncert
