// Claims of Section 3.3.3: stationary, block-wise stationary and invariant points.
#include <optional>

#include "bounds/assm/clarke.hpp"
#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/scheduling.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

Rational distance_squared(Problem problem, const Point& x) {
  const Point least = min_norm_point(clarke_vertices(problem, x));
  return dot(least, least);
}

Rational block_measure(Problem problem, const Point& x) {
  return block_projections(clarke_vertices(problem, x)).measure();
}

Object at(Problem problem, const Point& x) { return Object().add("f", formula(problem)).add("x", Value(x)); }

/// Rational points that lie on every kind of kink of the test functions.
std::vector<Point> grid(Problem problem) {
  std::vector<Point> points;
  for (long i = -6; i <= 6; ++i) {
    if (dimension(problem) == 1) points.push_back({Rational(i, 2)});
    for (long j = -6; j <= 6 && dimension(problem) == 2; ++j) points.push_back({Rational(i, 2), Rational(j, 2)});
  }
  return points;
}

/// d_1 f(0) of P06 along the first axis: f(h, 0) for h of both signs, exactly linear.
Evidence partial_subdifferential() {
  const Problem p = Problem::P06;
  Evidence e =
      evidence(Coverage::instance,
               "exact subdifferential at 0; the partial function f(x, 0) is positively homogeneous, slopes at h = +-1");
  e.hypotheses.push_back(
      {"0 in df(0)", distance_squared(p, {0, 0}).sign() == 0, "least element (0, 0) by the active-set method"});
  const Rational right = evaluate(p, Point{1, 0}), left = -evaluate(p, Point{-1, 0});
  const Rational lower = min(left, right), upper = max(left, right);
  compare(e, "dist(0, d_1 f(0))", max(Rational(0), max(lower, Rational(-upper))), Relation::less_equal, 0,
          at(p, {0, 0}).add("d_1 f(0)", List{lower, upper}));
  return e;
}

/// |Pi_i v| <= |v| for every v of the subdifferential.
Evidence projections(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact subdifferentials of all 14 test functions at the half-integer points of [-3,3]^n");
  for (const std::string& name : problem_names()) {
    const Problem p = problem_named(name);
    for (const Point& x : grid(p)) {
      const Rational m = block_measure(p, x);
      compare(e, "(block measure)^2 <= dist(0, df)^2", m * m, Relation::less_equal, factor * distance_squared(p, x),
              at(p, x));
    }
  }
  return e;
}

/// Block-stationary points that are far from stationary.
Evidence block_points_not_stationary() {
  Evidence e = evidence(Coverage::instance, "exact subdifferentials at points of four test functions");
  for (const auto& [p, x] : {std::pair{Problem::P04, Point{1, 1}},
                             {Problem::P14, Point{Rational(1, 2), Rational(1, 2)}},
                             {Problem::P07, Point{Rational(1, 2), 0}},
                             {Problem::P08, Point{2, 1}}}) {
    e.hypotheses.push_back({"block-wise stationary", block_measure(p, x).sign() == 0, formula(p)});
    compare(e, "0 < dist(0, df)^2", 0, Relation::less, distance_squared(p, x), at(p, x));
  }
  return e;
}

/// On x = y = t each block's interval has ends that are affine in t, so the ends of the segment settle it.
Evidence block_segment(Problem p, const Rational& end) {
  Evidence e = evidence(
      Coverage::domain,
      "the blocks' intervals have ends that are affine in t on the diagonal: checked at both ends of the segment");
  for (const Rational& t : {Rational(-end), end}) {
    const BlockProjections b = block_projections(clarke_vertices(p, {t, t}));
    for (std::size_t i = 0; i < 2; ++i) {
      compare(e, "lower end <= 0", b.lower[i], Relation::less_equal, 0,
              at(p, {t, t}).add("block", static_cast<long>(i + 1)));
      compare(e, "0 <= upper end", 0, Relation::less_equal, b.upper[i],
              at(p, {t, t}).add("block", static_cast<long>(i + 1)));
    }
  }
  return e;
}

/// [-1,1] for ||x|-1|: the solution from just right of 0 runs to 1 through 1/2, and can wait at 0 before.
Evidence invariant_is_stationary() {
  const Problem p = Problem::P03;
  const Rational start(1, 1000), half(1, 2);
  const Trajectory forward = piecewise_linear_flow(p, {{start}, {1}, {half - start, Rational(10)}});
  Evidence e =
      evidence(Coverage::instance,
               "exact solutions of the inclusion: 0 is an equilibrium, and a solution leads from 0 through 1/2 to 1");
  e.hypotheses.push_back(
      {"0 and 1 are equilibria", distance_squared(p, {0}).sign() == 0 && distance_squared(p, {1}).sign() == 0, ""});
  e.hypotheses.push_back({"the solution from 1/1000 passes 1/2 and ends in 1",
                          *forward.x[0][0].get<Rational>() == half && *forward.x[1][0].get<Rational>() == Rational(1),
                          ""});
  compare(e, "dist(0, df(1/2))^2 on the invariant set [-1,1]", distance_squared(p, {half}), Relation::less_equal, 0,
          at(p, {half}));
  return e;
}

/// Zero delay, p_min = 1/4, slope -1 on the kink: where x > y, block 1 (slope 1 + x/2) has the probability a = 1/4 and
/// block 2 (slope -1 + y/2) the rest; elsewhere block 1 (slope -1 + x/2) has 1-a, block 2 (slope 1 + y/2) a. Near the
/// only stationary point 0 the mean of (x+y)/2 rises by at least 3/16 of the step on both sides. On a path that
/// converges to 0 with steps that tend to 0 and have an infinite sum it would go to infinity, since the deviations from
/// the mean, bounded by the steps, are of smaller order than the sum of the steps.
Evidence schedule_decides_limit(const Rational& a) {
  Evidence e =
      evidence(Coverage::instance,
               "mean drift of (x+y)/2 in units of the step, affine on each side of the kink, at the corners of "
               "|x|, |y| <= 1/4; a path that converges to 0 needs one that is not bounded away from 0");
  const Rational one(1), half(1, 2), quarter(1, 4);
  e.hypotheses.push_back({"0 is stationary", distance_squared(Problem::P04, {0, 0}).sign() == 0, ""});
  std::optional<Rational> least;
  for (const Rational& x : {Rational(-quarter), quarter})
    for (const Rational& y : {Rational(-quarter), quarter})
      for (const bool above : {true, false}) {
        const Rational first = above ? a : one - a, slope(above ? 1 : -1),
                       drift = -half * (first * (slope + half * x) + (one - first) * (half * y - slope));
        if (!least || drift < *least) least = drift;
      }
  compare(e, "least mean drift near the stationary point <= 0", *least, Relation::less_equal, 0,
          Object()
              .add("f", formula(Problem::P04))
              .add("P(block 1 | x > y)", a)
              .add("P(block 1 | x <= y)", one - a)
              .add("p_min", min(a, one - a)));
  return e;
}

Evidence schedule_balance() {
  const Rational a(1, 4);
  const Rational t = *scheduling_limit(a, Rational(1) - a).get<Rational>();
  Evidence e = evidence(
      Coverage::instance,
      "balance of the blocks' mean drifts on the kink; block 1 chosen with probability 1/4 where x > y, else 3/4");
  e.hypotheses.push_back({"the limit is block-wise stationary", block_measure(Problem::P04, {t, t}).sign() == 0, ""});
  compare(e, "the drifts balance at t = 1", t, Relation::equal, 1, Object().add("P(block 1 | x > y)", a));
  compare(e, "0 < dist(0, df)^2 there", 0, Relation::less, distance_squared(Problem::P04, {t, t}),
          at(Problem::P04, {t, t}));
  return e;
}

/// With block-wise velocities at (t,t) on P04, x' = y' = 1 - t/2 is allowed: each component is in its block's interval.
Evidence product_inclusion_ascends() {
  const Problem p = Problem::P04;
  const Rational t0(1, 10), tau(5);
  const Ball t = Ball(2) - Ball(Rational(2) - t0) * exp(-Ball(tau / Rational(2)));
  Evidence e = evidence(Coverage::instance,
                        "closed form t' = 1 - t/2 along the diagonal, a solution of the inclusion with the product of "
                        "the block projections");
  // The ends of the intervals and the velocity are affine in t, and the path stays between t_0 and 2.
  for (const Rational& at_t : {t0, Rational(2)}) {
    const BlockProjections b = block_projections(clarke_vertices(p, {at_t, at_t}));
    const Rational velocity = Rational(1) - at_t / Rational(2);
    e.hypotheses.push_back(
        {"-velocity lies in both blocks' intervals",
         b.lower[0] <= -velocity && -velocity <= b.upper[0] && b.lower[1] <= -velocity && -velocity <= b.upper[1],
         "t = " + at_t.to_string()});
  }
  compare(e, "f at the start < f at time 5", evaluate(p, Point{t0, t0}), Relation::less, t * t / 2,
          at(p, {t0, t0}).add("tau", tau).add("velocity", "x' = y' = 1 - t/2"));
  return e;
}

Evidence joint_inclusion_descends(const Context& context, bool planted) {
  const long reach = context.effort == Effort::quick ? 2 : context.effort == Effort::standard ? 4 : 8;
  Evidence e = evidence(Coverage::sample,
                        "closed-form solutions from 25 starts or more, three ratios of speeds, values at six times");
  for (const Problem p : {Problem::P04, Problem::P14})
    for (long i = -reach; i <= reach; ++i)
      for (long j = -reach; j <= reach; ++j)
        for (const long ratio : {1L, 2L, 20L}) {
          const Point x0 = {Rational(2 * i), Rational(2 * j)};
          const Trajectory path = diagonal_kink_flow(p, {x0, {1, Rational(ratio)}, {0, Rational(1, 4), 1, 2, 5, 9}});
          std::optional<Ball> before;
          for (std::size_t k = 0; k < path.x.size(); ++k) {
            const auto ball = [](const Value& v) {
              return v.get<Rational>() ? Ball(*v.get<Rational>()) : *v.get<Ball>();
            };
            const Ball value = evaluate(p, std::vector<Ball>{ball(path.x[k][0]), ball(path.x[k][1])});
            // Resting points keep their value; 2^-200 covers the width of the enclosures.
            if (before)
              compare(e, "f decreases", planted ? *before : value, Relation::less_equal,
                      (planted ? value : *before) + Ball(pow(Rational(1, 2), 200)),
                      at(p, x0).add("ubar", List{1, ratio}).add("time index", static_cast<long>(k)));
            before = value;
          }
        }
  return e;
}

}  // namespace

void register_stationarity_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section3_3_3.stationary_is_blockwise.printed",
       .source = "Section 3.3.3, \"it is clear\"",
       .statement = R"($0\in\partial f(x)$ implies $0\in\partial_if(x)$ for the partial Clarke subdifferentials)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return partial_subdifferential(); },
       .note =
           "(4) speaks of the partial subgradient with respect to a block. True for the projections of df, which is "
           "what the algorithm produces, and for regular f.",
       .instead = "assm.section3_3_3.stationary_is_blockwise"});
  registry.add(
      {.id = "assm.section3_3_3.stationary_is_blockwise",
       .source = "Section 3.3.3, corrected",
       .statement = R"($\max_i\mathrm{dist}(0,\Pi_i\partial f(x))\le\mathrm{dist}(0,\partial f(x))$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("for the least element v of df: |v|^2 - |v_i|^2 is a sum of squares, and v_i is in the "
                             "projection of df")
                     .identity(
                         "v_1^2 + v_2^2 - v_1^2 = v_2^2", {{"v_1", 2}, {"v_2", 2}},
                         [](const Point& v) { return dot(v, v) - v[0] * v[0]; },
                         [](const Point& v) { return v[1] * v[1]; }),
                 projections(1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.section3_3_3.blockwise_not_stationary",
       .source = "Section 3.3.3, the set of spurious points",
       .statement =
           R"(Block-wise stationary points need not be stationary: points of four test functions, one of them strongly convex)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return block_points_not_stationary(); },
       .note = "Whole segments and curves are block-wise stationary, also for a strongly convex function."});
  registry.add({.id = "assm.section3_3_3.segment_P04",
                .source = "Section 3.3.3, the set of spurious points",
                .statement = R"(All $(t,t)$, $|t|\le2$, are block-wise stationary for $|x-y|+(x^2+y^2)/4$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return block_segment(Problem::P04, 2); }});
  registry.add(
      {.id = "assm.section3_3_3.segment_P14",
       .source = "Section 3.3.3, the set of spurious points",
       .statement =
           R"(All $(t,t)$, $|t|\le1$, are block-wise stationary for the strongly convex $\max(D,-2D)+((x-1)^2+(y+1)^2)/4$, $D=x-y$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return block_segment(Problem::P14, 1); }});
  registry.add({.id = "assm.section3_3_3.invariant_is_stationary.printed",
                .source = "Section 3.3.3 with Definition 3.1",
                .statement = R"(Every point of a bounded invariant set satisfies $0\in\partial f$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return invariant_is_stationary(); },
                .note = "Connecting orbits are invariant; limit points, by a Lyapunov argument with Sard's property, "
                        "are stationary. On [-1,1] the function is a network of rectifiers with the hinge loss, as the "
                        "section has it: max(0, 1 - a) of a = max(0, 1 - relu(|x|-1) - relu(1-|x|)).",
                .instead = "assm.inclusion.rests_are_stationary"});
  registry.add(
      {.id = "assm.section3_3_3.schedule.printed",
       .source = "Section 3, item 2, and the start of Section 3.3, for blocks",
       .statement = R"(Under Assumption 3.1 the path of the block-wise method converges to a stationary point of (1))",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return schedule_decides_limit(Rational(1, 4)); },
       .note = "Without any delay and with p_min = 1/4; x^2/4 and y^2/4 may go on linearly beyond 2, as bounded "
               "subgradients need. The mean drifts balance at (1, 1), while the minimiser is 0; Section 3.3.3 has "
               "less, block-wise stationarity, which holds there.",
       .instead = "assm.section3_3_3.blockwise_limit"});
  registry.add(
      {.id = "assm.section3_3_3.product_ascends",
       .source = "Section 3.3.3, the cited corollary for block-wise dynamics",
       .statement =
           R"($f=|x-y|+(x^2+y^2)/4$ increases along a solution of the inclusion with the product of the block projections, from $(\frac1{10},\frac1{10})$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return product_inclusion_ascends(); },
       .note = "So the cited result, which is about x' in -df, does not transfer to blocks."});
  registry.add(
      {.id = "assm.section3_3_3.joint_descends",
       .source = "Section 3.3.3, the full-vector variant",
       .statement =
           R"($|x-y|+(x^2+y^2)/4$ and $\max(D,-2D)+((x-1)^2+(y+1)^2)/4$, $D=x-y$, do not increase along $\bar u_i\dot x_i\in-(\partial f(x))_i$, $\bar u_i>0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 descent_rate("their pieces differ by a multiple of x-y, whose gradient is normal to the kink: at "
                              "almost all times there x' is along it, <v,x'> is the same for all v of df, and the rate "
                              "of f is that for v = -ubar x'; identity of one coordinate"),
                 joint_inclusion_descends(c, false));
           },
       .uses = {"assm.inclusion.descent"}});
  registry.add(
      {.id = "assm.section3_3_3.schedule.limit",
       .source = "Section 3.3.3, the set of spurious points",
       .statement =
           R"(The mean drifts of both blocks under that schedule balance at $(1,1)$, which is block-wise stationary and not stationary)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return schedule_balance(); },
       .uses = {"assm.section3_3_3.schedule.printed"}});
  registry.add({.id = "assm.canary.fair_schedule",
                .source = "planted",
                .statement = "A fair choice of the block keeps the mean drift near the minimiser above 0",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      Evidence e = schedule_decides_limit(Rational(1, 2));
                      for (Comparison& c : e.comparisons) {
                        std::swap(c.left, c.right);
                        c.relation = Relation::less;
                      }
                      return e;
                    },
                .canary = true});
  registry.add({.id = "assm.canary.projection_longer",
                .source = "planted",
                .statement = R"($\max_i\mathrm{dist}(0,\Pi_i\partial f)\le\frac12\mathrm{dist}(0,\partial f)$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return projections(Rational(1, 4)); },
                .canary = true});
  registry.add({.id = "assm.canary.segment_too_long",
                .source = "planted",
                .statement = R"(All $(t,t)$, $|t|\le3$, are block-wise stationary for $|x-y|+(x^2+y^2)/4$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return block_segment(Problem::P04, 3); },
                .canary = true});
  registry.add({.id = "assm.canary.joint_ascends",
                .source = "planted",
                .statement = R"($f$ increases along the joint inclusion)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return joint_inclusion_descends(c, true); },
                .canary = true});
}

}  // namespace asyncert::assm
