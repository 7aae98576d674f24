// Delays do not vanish in the limit of block-wise updates: certified runs on a strongly convex function.
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"
#include "verify/assm/two_core_run.hpp"

namespace asyncert::assm {

namespace {

Object setting(const RunOptions& o) {
  return Object()
      .add("f", o.f.centre == 0 ? "|x-y| + (x^2+y^2)/4" : "max(x-y, 2(y-x)) + ((x-1)^2+(y+1)^2)/4")
      .add("x_0", List{o.x0, o.y0})
      .add("periods", Value(o.periods))
      .add("steps", o.steps == Steps::constant ? "constant" : "gamma_0/sqrt(nu), local counters")
      .add("gamma_0", o.gamma0)
      .add("updates", o.updates);
}

RunOptions strongly_convex_run(std::vector<Rational> periods, Update update, Steps steps, const Rational& gamma0,
                               long updates) {
  return {strongly_convex, std::move(periods), update, steps, gamma0, Rational(1, 2), Rational(1, 2), updates};
}

/// |mean of (x+y)/2| over the last half of certified runs against a distance from the only stationary point, 0.
Evidence late_means(Update update, Relation relation, const Rational& distance) {
  Evidence e = evidence(Coverage::instance,
                        "event-driven runs in certified arithmetic from (1/2, 1/2), every branch at the kink decided");
  for (const auto& [steps, gamma] : {std::pair{Steps::inverse_root, Rational(1, 4)},
                                     {Steps::constant, Rational(1, 64)},
                                     {Steps::constant, Rational(1, 128)}}) {
    const RunOptions o = strongly_convex_run({1, 3}, update, steps, gamma, 6000);
    const Measure mean = abs(two_core_run<Ball>(o).late_mean), bound = distance;
    if (relation == Relation::less)
      compare(e, "distance < |mean of (x+y)/2|", bound, relation, mean, setting(o));
    else
      compare(e, "|mean of (x+y)/2| <= distance", mean, relation, bound, setting(o));
  }
  return e;
}

/// The bias does not vanish with the step.
Evidence bias_persists() {
  Evidence e =
      evidence(Coverage::instance, "event-driven runs in certified arithmetic from (1/2, 1/2) with steps 2^-5..2^-8");
  for (long exponent = 5; exponent <= 8; ++exponent) {
    const Rational gamma = pow(Rational(1, 2), exponent);
    const RunOptions o =
        strongly_convex_run({1, 3}, Update::own_block, Steps::constant, gamma, (Rational(48) / gamma).to_long());
    compare(e, "mean of (x+y)/2", two_core_run<Ball>(o).late_mean, Relation::less_equal, Rational(-3, 20), setting(o));
  }
  return e;
}

/// Summing the own updates of each core: with theta_c the share of the views with x > y, kappa_c that with x = y (slope
/// 0) and d_c = (first - last own coordinate)/(gamma own updates), exactly (mean x~ + mean y~)/2 - d_1 - d_2 =
/// 3(theta_2 - theta_1) + 2(kappa_2 - kappa_1), whatever the schedule.
Evidence identity(const Rational& factor) {
  Evidence e =
      evidence(Coverage::instance,
               "exact rational runs of 60 updates with constant step 1/3, four pairs of periods, from (1/2, 1/2)");
  for (const std::vector<Rational>& periods : {std::vector<Rational>{1, 3}, {2, 1}, {5, 7}, {1, 10}}) {
    const RunOptions o = strongly_convex_run(periods, Update::own_block, Steps::constant, Rational(1, 3), 60);
    const RunResult<Rational> r = two_core_run<Rational>(o);
    const Rational left = (r.view_mean[0] + r.view_mean[1]) / Rational(2) - (r.displacement[0] + r.displacement[1]);
    compare(e, "mean t - displacements", left, Relation::equal,
            factor * (r.above[1] - r.above[0]) + Rational(2) * (r.at_kink[1] - r.at_kink[0]), setting(o));
  }
  return e;
}

/// One write with the step gamma: the block moves by -gamma (outward s + (own - outward)/2), s = 1, -2 or 0 = 3a - 2 +
/// 2b for the indicators a, b of a view above the kink and on it. Summed and divided by gamma times the number of own
/// writes, the two blocks, outward = 1 and -1, add up to the identity.
Certificate view_identity(std::string method) {
  const Rational half(1, 2), three(3);
  Certificate e(std::move(method));
  for (const auto& [a, b, s] : {std::array<long, 3>{1, 0, 1}, {0, 0, -2}, {0, 1, 0}})
    e.compare({.label = "3a - 2 + 2b is the slope",
               .left = 3 * a - 2 + 2 * b,
               .relation = Relation::equal,
               .right = s,
               .instance = Object().add("above", a).add("on the kink", b)});
  e.identity(
      "d_1 + d_2 = (x+y)/2 + 3(a_1-a_2) + 2(b_1-b_2), d_c = outward (3a - 2 + 2b) + (own - outward)/2",
      {{"x", 1}, {"y", 1}, {"a_1", 1}, {"b_1", 1}, {"a_2", 1}, {"b_2", 1}},
      [=](const asyncert::Point& v) {
        const Rational first = three * v[2] - two + two * v[3] + half * (v[0] - one),
                       second = -(three * v[4] - two + two * v[5]) + half * (v[1] + one);
        return first + second;
      },
      [=](const asyncert::Point& v) { return half * (v[0] + v[1]) + three * (v[2] - v[4]) + two * (v[3] - v[5]); });
  return e;
}

RunOptions lockstep(Steps steps, const Rational& gamma0, long updates) {
  return {absolute_difference, {1, 1}, Update::own_block, steps, gamma0, Rational(3), Rational(1), updates};
}

/// Equal deterministic speeds on |x-y| + (x^2+y^2)/4 from (3, 1).
Evidence lockstep_stays_away() {
  Evidence e = evidence(Coverage::instance, "two cores of equal speed in certified arithmetic from (3, 1)");
  for (const auto& [steps, updates] : {std::pair{Steps::constant, 1000L}, {Steps::inverse_root, 3000L}}) {
    const RunOptions o = lockstep(steps, Rational(1, 2), updates);
    compare(e, "1/2 <= |mean of (x+y)/2|", Rational(1, 2), Relation::less_equal, abs(two_core_run<Ball>(o).late_mean),
            setting(o));
  }
  return e;
}

Evidence lockstep_limits() {
  Evidence e = evidence(
      Coverage::instance,
      "two cores of equal speed in certified arithmetic from (3, 1), constant steps 1/2 and 3/8, 1000 updates");
  for (const auto& [gamma0, limit] : {std::pair{Rational(1, 2), Rational(2, 3)}, {Rational(3, 8), Rational(-2, 3)}}) {
    const RunOptions o = lockstep(Steps::constant, gamma0, 1000);
    compare(e, "|mean of (x+y)/2 - limit| <= 1/500", abs(two_core_run<Ball>(o).late_mean - Ball(limit)),
            Relation::less_equal, Rational(1, 500), setting(o).add("limit", limit));
  }
  return e;
}

}  // namespace

void register_delay_limit_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.theorem3_2.delays_stay",
       .source = "proof of Theorem 3.2, \"g_i(stale) -> g_i(xhat)\", for PASSM",
       .statement =
           R"(Delays do not vanish in the limit: on a strongly convex function PASSM with periods 1 and 3 settles away from the minimiser, $|{\rm mean}\ (x+y)/2|>1/20$ in three runs)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return late_means(Update::own_block, Relation::less, Rational(1, 20)); },
       .note =
           "Near the kink the motion of (x-y)/gamma does not depend on gamma, so that a delay of one update acts at "
           "leading order; (8) holds with the product of the block projections only, which is what Section 3.3.3 "
           "says in the end and less than the stationary points that Section 3 announces. Periods bound the delays, "
           "but leave no chance to each step: assm.theorem3_2.leading_order.model keeps to all of Assumption 3.1."});
  registry.add(
      {.id = "assm.theorem3_2.delays_vanish",
       .source = "proof of Theorem 3.2, for full-vector updates",
       .statement = R"(Full-vector updates on the same schedules stay within $1/20$ of the minimiser, in three runs)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) { return late_means(Update::full_vector, Relation::less_equal, Rational(1, 20)); },
       .note = "Each stale g is one joint subgradient at a nearby point, so the inclusion with -df survives."});
  registry.add(
      {.id = "assm.theorem3_2.bias_persists",
       .source = "Theorem 3.2 for PASSM, corrected",
       .statement =
           R"(On the strongly convex function with periods 1 and 3 the late mean of $(x+y)/2$ is below $-3/20$ for the steps $2^{-5},\dots,2^{-8}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return bias_persists(); }});
  registry.add(
      {.id = "assm.theorem3_2.view_identity",
       .source = "Theorem 3.2 for PASSM, the mechanism",
       .statement =
           R"(For every order of writes and all delays of the other block, constant steps, no momentum: $(\bar x+\bar y)/2=3(\theta_2-\theta_1)+2(\kappa_2-\kappa_1)+d_1+d_2$, means over the views of the owner, $\theta_c,\kappa_c$ the shares of the views of core $c$ with $x>y$ and $x=y$ (slope 0 taken), $d_c$ the own displacement over $-\gamma$ times the own writes)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 view_identity("one write of each block, an identity of degree one in each variable: its mean over "
                               "the writes of each core is the statement"),
                 identity(3));
           },
       .note = "The bias is the difference of what the two cores see."});

  registry.add(
      {.id = "assm.section3_3_3.lockstep.away",
       .source = "Section 3.3.3 for PASSM with equal speeds",
       .statement =
           R"(Two cores of equal deterministic speed stay away from the minimiser of $|x-y|+(x^2+y^2)/4$: late means $|t|\ge1/2$ from $(3,1)$, constant steps and $1/(2\sqrt\nu)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return lockstep_stays_away(); },
       .note = "They settle at block-wise stationary points; dist(0, df) there is |t|/sqrt(2)."});
  registry.add(
      {.id = "assm.section3_3_3.lockstep",
       .source = "Section 3.3.3 for PASSM with equal speeds",
       .statement =
           R"(In lockstep the late mean is within $1/500$ of $t=2/3$ with the step $1/2$ and of $t=-2/3$ with the step $3/8$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return lockstep_limits(); },
       .note = "The limit depends on the step size, not only on start and schedule."});

  registry.add({.id = "assm.canary.view_identity_factor",
                .source = "planted",
                .statement = R"($t=2(\theta_2-\theta_1)$ up to displacements)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return identity(2); },
                .canary = true});
}

}  // namespace asyncert::assm
