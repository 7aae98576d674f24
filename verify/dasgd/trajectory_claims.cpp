// Sections 4.2 and 4.3: what determines a trajectory of the mean-field flow, and where it goes.
#include "bounds/dasgd/flow.hpp"
#include "bounds/dasgd/linear_flow.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

Measure measure(const Real& x) { return x.exact() ? Measure(*x.exact()) : Measure(x.ball()); }

/// Two starts with the projection 1.
Evidence projection_is_no_state() {
  Evidence e = evidence(Coverage::instance, "closed forms of |x-1/2|^2/2 on [0,1] from y_0 = 1 and y_0 = 2 at t = 1");
  const auto at = [](const Rational& y0, const Rational& t) {
    return quadratic_flow_on_box({y0}, {Rational(1, 2)}, 0, 1, t).x[0];
  };
  compare(e, "x(0) is the same", measure(at(1, 0)), Relation::equal, measure(at(2, 0)),
          Object().add("y_0", List{1, 2}));
  compare(e, "x(1) differs by more than 1/4", Rational(1, 4), Relation::less, measure(at(2, 1) - at(1, 1)),
          Object().add("y_0", List{1, 2}));
  return e;
}

/// f = -x on [0,1]: y(t) = y_0 + t leaves every bounded set while x(t) = 1.
Evidence state_converges() {
  Evidence e =
      evidence(Coverage::instance, "exact closed form: y(t) = t for -x on [0,1], where the only solution is 1");
  const FlowPoint p = linear_flow("box", {0}, {-1}, 0, 1, 100);
  compare(e, "|P(t,y) - 1| < 1 at t = 100", *p.y[0].exact() - Rational(1), Relation::less, 1,
          Object().add("f", "-x on [0,1]").add("y_0", 0).add("t", 100));
  return e;
}

/// -x on [0,1] is there after a while; on the disc |x-x*|^2 = 2(1-x_1) is E/|y|, as the energy stays.
Evidence projections_come_close() {
  Evidence e = evidence(Coverage::sample,
                        "closed forms for -x on [0,1] at t = 100 and for -x_1-x_2^2/4 on the disc "
                        "from (3,4) at t = 1e3 to 1e9");
  compare(e, "x(100) = 1", *linear_flow("box", {0}, {-1}, 0, 1, 100).x[0].exact(), Relation::equal, 1,
          Object().add("f", "-x on [0,1]"));
  for (const char* text : {"1e3", "1e6", "1e9"}) {
    const Rational t = Rational::parse(text);
    compare(e, "t |x(t)-x*|^2 <= 4", Ball(two * t) * (Ball(1) - tilted_flow_on_disc(3, 4, t).point.x[0].ball()),
            Relation::less_equal, 4,
            Object().add("f", "-x_1-x_2^2/4 on the disc").add("y_0", point({3, 4})).add("t", text));
  }
  return e;
}

Evidence projection_converges() {
  return with_search(
      smooth_energy(
          "by the identities of one coordinate the energy falls at the rate 2V, V = <grad f(x),x-x*>, so that "
          "the integral of V is at most E(y)/2; |x(t)-x(s)| <= |y(t)-y(s)| <= M|t-s|, and V >= a > 0 where "
          "dist(x,X*) >= eps, by (VC) and compactness: x comes within eps of X* again and again, and each "
          "way out to 2 eps takes the time eps/M with V >= a, which happens finitely often"),
      projections_come_close());
}

}  // namespace

void register_trajectory_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.section4.2.projected_state",
       .source = "Section 4.2, the trajectory x(t)",
       .statement =
           R"(The start $x(0)$ does not determine $x(t)$: on $[0,1]$ two trajectories of $|x-\frac12|^2/2$ with $x(0)=1$ differ by more than $\frac14$ at $t=1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return projection_is_no_state(); },
       .note = "As the paper says; y(0) determines it."});
  add({.id = "dasgd.section4.3.convergence.printed",
       .source = "Section 4.3, after Lemma 4.2",
       .statement = R"($P(t,y)$ converges to the solutions)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return state_converges(); },
       .note = "Its projection does; the same slip is in the proof of Theorem 4.6.",
       .instead = "dasgd.section4.3.convergence"});
  add({.id = "dasgd.section4.3.convergence",
       .source = "Section 4.3, corrected",
       .statement =
           R"($x(t)=\mathrm{proj}(P(t,y))$ has $\mathrm{dist}(x(t),\mathcal X^*)\to0$ for every convex compact $X$, Lipschitz $\nabla f$ and (VC))",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return projection_converges(); },
       .uses = {"dasgd.equation4.5", "dasgd.projection.nonexpansive"}});
  add({.id = "dasgd.equation4.5.unique",
       .source = "(4.5), Section 4.2, the unique global solution",
       .statement =
           R"(For convex compact $X$ and $\nabla f$ with Lipschitz constant $L$ the field $-\nabla f(P(y))$ has the Lipschitz constant $L$ and is bounded, so that $\dot y=-\nabla f(P(y))$ has exactly one solution for each $y(0)$, at all times, and two of them satisfy $\|y(t)-z(t)\|\le e^{Lt}\|y(0)-z(0)\|$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return firmly_nonexpansive(
                 "|grad f(P(z)) - grad f(P(y))| <= L|P(z)-P(y)| <= L|z-y| by the identities of one coordinate and the "
                 "obtuse angles; the gradient is bounded on the compact set: Picard's and Gronwall's theorems");
           },
       .uses = {"dasgd.projection.nonexpansive"},
       .note = "As the paper says."});
}

}  // namespace asyncert::dasgd
