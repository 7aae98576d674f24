// The mean-field flow (4.5) and Lemma 4.2.
#include "bounds/dasgd/flow.hpp"
#include "verify/dasgd/instances.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

std::vector<Real> reals(const Point& v) { return {v.begin(), v.end()}; }

Measure measure(const Real& x) { return x.exact() ? Measure(*x.exact()) : Measure(x.ball()); }

/// A flow by its set, function and start.
struct Trajectory {
  std::string set, function;
  Point y0, center;

  FlowPoint at(const Rational& t) const {
    const auto quadratic = [&](const Point& c) {
      return [this, c](const Real& s) {
        if (set == "ball") return quadratic_flow_on_ball(y0, c, s);
        if (set == "simplex") return quadratic_flow_on_simplex(y0, c, s);
        return quadratic_flow_on_box(reals(y0), reals(c), 0, 1, s);
      };
    };
    if (function == "half_squared_distance") return quadratic(center)(t);
    return log_flow(quadratic(Point(y0.size())), t);
  }
  Ball objective(const std::vector<Real>& x) const {
    Ball squared(0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Ball d = x[i].ball() - (function == "log1p_square" ? Ball(0) : Ball(center[i]));
      squared += d * d;
    }
    return function == "log1p_square" ? log1p(squared) : squared / Ball(2);
  }
  Object object() const {
    return Object().add("set", set).add("function", function).add("y_0", point(y0)).add("center", point(center));
  }
};

std::vector<Trajectory> trajectories(const Context& context, const std::string& purpose) {
  Draw draw(context.seed, purpose);
  std::vector<Trajectory> list;
  for (const char* set : {"ball", "box", "simplex"})
    for (const char* function : {"half_squared_distance", "log1p_square"})
      for (long k = 0; k < (context.effort == Effort::quick ? 4 : widened(context, 2)); ++k) {
        Trajectory t{set, function, {}, {}};
        for (int i = 0; i < 2 + k % 2; ++i)
          t.y0.push_back(draw.number(3)), t.center.push_back(draw.number(1) + Rational(1, 24));
        list.push_back(t);
      }
  return list;
}

Evidence energy_decreases(const Context& context, const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "certified: closed forms at six times along 24 flows or more of two coherent functions on the ball, "
               "the box and the simplex");
  for (const Trajectory& trajectory : trajectories(context, "dasgd.lemma4.2.part1")) {
    Real before = trajectory.at(0).energy;
    for (const Rational& t : {Rational(1, 8), Rational(1, 2), Rational(1), Rational(2), Rational(4)}) {
      if (before.is_zero()) break;  // a solution is reached
      const Real now = trajectory.at(t).energy;
      compare(e, "E(P(t,y)) < E(P(s,y)) for s < t", measure(now), Relation::less, measure(Real(factor) * before),
              trajectory.object().add("t", t));
      before = now;
    }
  }
  return e;
}

Evidence objective_decreases(const Context& context) {
  Evidence e =
      evidence(Coverage::sample,
               "certified: closed forms at four times along 24 flows or more on the ball, the box and the simplex");
  for (const Trajectory& trajectory : trajectories(context, "dasgd.flow.objective")) {
    Ball before = trajectory.objective(trajectory.at(0).x);
    for (const Rational& t : {Rational(1, 2), Rational(2), Rational(4)}) {
      const FlowPoint p = trajectory.at(t);
      const Ball now = trajectory.objective(p.x);
      // Where y is outside, x may rest: the two values are then equal and their enclosures overlap.
      compare(e, "f(x(t)) <= f(x(s)) + 1e-30 for s < t", now, Relation::less_equal, before + Ball::parse("1e-30"),
              trajectory.object().add("t", t));
      before = now;
    }
  }
  return e;
}

/// x' = P(y), y' = -x on [-1,1] from x = 1/2, y = 0: x = cos(t)/2, y = -sin(t)/2 as long as |y| <= 1; E = y^2 with base
/// point 0.
Evidence printed_system() {
  Evidence e = evidence(Coverage::instance,
                        "closed form of the printed second-order system for x^2/2: y = -sin(t)/2 and E = sin(t)^2/4");
  const Ball sine = sin(Ball(1));
  compare(e, "E(y(1)) <= E(y(0)) = 0", sine * sine / Ball(4), Relation::less_equal, 0,
          Object().add("f", "x^2/2 on [-1,1]").add("x_0", Fraction{Rational(1, 2)}).add("y_0", 0).add("t", 1));
  return e;
}

/// dE/dt = -2V by a difference of closed forms: E decreases by 2 h V to first order, and by at most that since V
/// decreases here.
Evidence energy_identity(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "certified: E(0) - E(h) between 2h V(x(h)) and 2h V(x(0)) for |x-c|^2/2 on a box, c inside, "
                        "where V = |x-c|^2 decreases along the flow");
  for (const Rational& y0 : {Rational(3), Rational(-1), Rational(9, 10), Rational(1, 10)})
    for (const Rational& h : {Rational(1, 1000), Rational(1, 10), Rational(1)}) {
      const Rational c(1, 3);
      const auto at = [&](const Rational& t) { return quadratic_flow_on_box({y0}, {c}, 0, 1, t); };
      const FlowPoint a = at(0), b = at(h);
      const auto V = [&](const FlowPoint& p) {
        const Ball d = p.x[0].ball() - Ball(c);
        return d * d;
      };
      const Ball drop = a.energy.ball() - b.energy.ball(), tiny = Ball::parse("1e-30");
      const Object where = Object().add("y_0", y0).add("h", h);
      compare(e, "2h V(x(h)) <= E(0) - E(h)", Ball(Rational(2) * factor * h) * V(b), Relation::less_equal, drop + tiny,
              where);
      compare(e, "E(0) - E(h) <= 2h V(x(0))", drop, Relation::less_equal, Ball(Rational(2) * factor * h) * V(a) + tiny,
              where);
    }
  return e;
}

/// The printed bound is +delta/2; by part 1 the left side is never positive.
Evidence part2_printed(const Rational& bound) {
  Evidence e = evidence(Coverage::sample, "closed forms of |x-1/3|^2/2 on [0,1] from y = 3 at three times");
  const Rational delta(1, 10);
  for (const Rational& t : {Rational(0), Rational(1, 1000), Rational(1)}) {
    const FlowPoint a = quadratic_flow_on_box({3}, {Rational(1, 3)}, 0, 1, 0),
                    b = quadratic_flow_on_box({3}, {Rational(1, 3)}, 0, 1, t);
    compare(e, "E(P(t,y)) - E(y) < bound delta", b.energy.ball() - a.energy.ball(), Relation::less, bound * delta,
            Object().add("t", t).add("delta", delta));
  }
  return e;
}

/// |x-1/3|^2/2 on [0,1]: V >= a = min(1/9, delta/2) where E >= delta/2, so that T = delta/(4a) is enough.
Evidence part2_polytope() {
  Evidence e = evidence(
      Coverage::sample,
      "certified closed forms of |x-1/3|^2/2 on [0,1] at T = delta/(4a), a = min(1/9, delta/2), for starts up to 1e6");
  long used = 0;
  for (const Rational& delta : {Rational(2), Rational(1, 10), Rational(1, 1000)}) {
    const Rational a = min(Rational(1, 9), delta / Rational(2)), T = delta / (Rational(4) * a);
    for (const Rational& y0 : {Rational(1'000'000), Rational(7), Rational(3, 2), Rational(1), Rational(1, 2),
                               Rational(-1, 4), Rational(-50)}) {
      const auto at = [&](const Rational& t) { return quadratic_flow_on_box({y0}, {Rational(1, 3)}, 0, 1, t).energy; };
      const Real after = at(T);
      if (!decide_less(Real(delta / Rational(2)), after)) continue;
      ++used;
      compare(e, "E(P(T,y)) - E(y) <= -delta/2 where E(P(T,y)) > delta/2", measure(after - at(0)), Relation::less_equal,
              -delta / Rational(2), Object().add("delta", delta).add("T", T).add("y_0", y0));
    }
  }
  e.hypotheses.push_back({"E(P(T,y)) > delta/2 at five starts or more", used >= 5, std::to_string(used) + " starts"});
  return e;
}

Evidence part2_disc() {
  Evidence e = evidence(Coverage::instance,
                        "closed form of -x_1-x_2^2/4 on the unit disc from (3,4), where E = 4: E(P(t,y)) stays above "
                        "its limit (256/7)^{1/3} for all t");
  const Rational delta(4);
  for (const char* text : {"1", "1000", "1e9"}) {
    const Rational t = Rational::parse(text);
    const TiltedFlow flow = tilted_flow_on_disc(3, 4, t);
    e.hypotheses.push_back({"E(P(t,y)) > delta/2", certainly_less(Ball(2), flow.point.energy.ball()),
                            flow.point.energy.ball().to_string(8)});
    compare(e, "E(P(t,y)) - E(y) <= -delta/2", flow.point.energy.ball() - Ball(4), Relation::less_equal,
            -delta / Rational(2), Object().add("y", point({3, 4})).add("delta", delta).add("t", text));
  }
  return e;
}

/// With r = |y| >= 1 and w = 1 - y_1/r <= 1: y_1' = 1, y_2' = y_2/(2r), so that r' = 1 - w^2/2 and r w' =
/// -w(2-w)(1+w)/2. K^3 = r^3 w^3 (2-w)/(1+w) stays, w tends to 0, and E = 2rw to 2^{2/3} K. At (3,4) r = 5 and w = 2/5.
Evidence limit_energy(const Rational& power) {
  const auto radial = [](const Rational& w) { return one - square(w) / two; };
  const auto inward = [](const Rational& w) { return w * (two - w) * (one + w) / two; };
  Certificate certificate(
      "identities in w = 1 - y_1/|y| of the flow outside the disc: r' = 1 - w^2/2 >= 1/2, r w' = -w(2-w)(1+w)/2, and "
      "the logarithmic derivative of K^3 = r^3 w^3 (2-w)/(1+w) is 0; so that w tends to 0 as r grows, and E = 2rw to "
      "2^{2/3} K; and the limit from (3,4) exactly");
  certificate
      .identity(
          "r r' = y_1 + y_2^2/(2r)", {{"w", 2}}, [=](const Point& v) { return radial(v[0]); },
          [](const Point& v) { return one - v[0] + v[0] * (two - v[0]) / two; })
      .identity(
          "r w' = y_1 r'/r - 1", {{"w", 3}}, [=](const Point& v) { return -inward(v[0]); },
          [=](const Point& v) { return (one - v[0]) * radial(v[0]) - one; })
      .identity(
          "r (log K^3)' = 3r' + 3r w'/w - r w'/(2-w) - r w'/(1+w) = 0", {{"w", 2}},
          [=](const Point& v) {
            const Rational &w = v[0], along = two - w, across = one + w;
            return power * radial(w) - power * along * across / two + w * across / two + w * along / two;
          },
          [](const Point&) { return Rational(0); });
  Evidence e = certificate;
  const Rational r(5), w(2, 5), cube = pow(r * w, 3) * (two - w) / (one + w);
  compare(e, "limit of E, cubed, is 256/7", Rational(4) * cube, Relation::equal, Rational(256, 7),
          Object().add("y_0", point({3, 4})));
  const Ball limit = tilted_flow_on_disc(3, 4, 1).limit_energy.ball();
  compare(e, "the enclosed limit is above 3.3193", Rational::parse("3.3193"), Relation::less, limit,
          Object().add("y_0", point({3, 4})));
  compare(e, "and below 3.3194", limit, Relation::less, Rational::parse("3.3194"), Object().add("y_0", point({3, 4})));
  return e;
}

}  // namespace

void register_flow_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.equation4.5.printed",
       .source = "(4.5)",
       .statement = R"(The energy does not grow along $\dot x=P(y)$, $\dot y=-\nabla f(x)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return printed_system(); },
       .note = "The first equation must read x = P(y), without the dot.",
       .instead = "dasgd.equation4.5"});
  add({.id = "dasgd.equation4.5",
       .source = "(4.5), corrected",
       .statement =
           R"(Along $\dot y=-\nabla f(P(y))$ the energy changes at the rate $-2\langle\nabla f(x),x-p\rangle$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 smooth_energy("identities of one coordinate: |E(z) - E(y) - 2<x-p,z-y>| <= |z-y|^2, so that E has the "
                               "gradient 2(x-p), and the chain rule with y' = -grad f(x)"),
                 energy_identity(1));
           },
       .uses = {"dasgd.energy.smooth"}});
  add({.id = "dasgd.lemma4.2.part1",
       .source = "Lemma 4.2, part 1",
       .statement =
           R"($E(P(t,y))$ decreases strictly as long as the projection is no solution, with a solution as base point)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 smooth_energy(
                     "the rate -2<grad f(x),x-p> of the energy, by the identities of one coordinate, which is "
                     "negative by (VC)"),
                 energy_decreases(c, 1));
           },
       .uses = {"dasgd.equation4.5"}});
  add({.id = "dasgd.lemma4.2.part2.printed",
       .source = "Lemma 4.2, part 2",
       .statement =
           R"(As printed, $\sup_y\{E(P(t,y))-E(y):E(P(t,y))>\delta/2\}<\delta/2$ holds at every $t\ge0$ already: the left side is never positive, so that no decrease follows)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 smooth_energy("the rate -2<grad f(x),x-x*> of the energy, by the identities of one coordinate, is not "
                               "positive by (VC): the left side is at most 0, or the set of y is empty"),
                 part2_printed(Rational(1, 2)));
           },
       .uses = {"dasgd.lemma4.2.part1"},
       .note = "A sign is missing: the bound must be -delta/2, see dasgd.lemma4.2.part2.polytopes and "
               "dasgd.lemma4.2.part2.rate.printed."});
  add({.id = "dasgd.canary.decrease_at_once",
       .source = "planted",
       .statement = R"(With the missing sign the bound of Lemma 4.2, part 2, holds at every $t\ge0$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return part2_printed(Rational(-1, 2)); },
       .canary = true});
  add({.id = "dasgd.lemma4.2.part2.polytopes",
       .source = "Lemma 4.2, part 2, corrected",
       .statement =
           R"(On a polytope, with one solution: $E(P(t,y))-E(y)\le-\delta/2$ where $E(P(t,y))>\delta/2$ and $t\ge\delta/(4a(\delta))$, $a(\delta)=\inf\{\langle\nabla f(x),x-x^*\rangle:E(y)\ge\delta/2\}>0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 smooth_energy(
                     "by the identities of one coordinate the energy falls at the rate 2<grad f(x),x-x*>, so that up "
                     "to t it is above delta/2 and the rate at least 2a: it falls by 2at or more, which is delta/2 or "
                     "more; a > 0 since E >= delta/2 keeps x away from x* where the set is conical near x*"),
                 part2_polytope());
           },
       .uses = {"dasgd.lemma4.2.part1", "dasgd.lemma3.1.part2.locally_conical"}});
  add({.id = "dasgd.lemma4.2.part2.rate.printed",
       .source = "Section 4.3, \"a non-vanishing rate\": Lemma 4.2, part 2, with the sign that this needs",
       .statement =
           R"($E(P(t,y))$ decreases at a non-vanishing rate: $E(P(t,y))-E(y)\le-\delta/2$ for $t\ge T(\delta)$ where $E(P(t,y))>\delta/2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return part2_disc(); },
       .uses = {"dasgd.lemma4.2.part2.limit_energy"},
       .note = "On curved sets the lemma is false also with the right sign; polytopes are a hidden assumption.",
       .instead = "dasgd.lemma4.2.part2.polytopes"});
  add({.id = "dasgd.lemma4.2.part2.limit_energy",
       .source = "Lemma 4.2, part 2",
       .statement =
           R"(For $-x_1-x_2^2/4$ on the disc from $y_1\ge0$, $y_2\ne0$, $r=\|y\|\ge1$ the energy tends to $2^{2/3}K>0$, $K^3=r^3w^3(2-w)/(1+w)$, $w=1-y_1/r$, although $x(t)\to x^*$; from $(3,4)$ to $(256/7)^{1/3}>3$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return limit_energy(3); }});
  add({.id = "dasgd.flow.objective",
       .source = "(4.5)",
       .statement = R"($f(x(t))$ does not increase along the flow)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 firmly_nonexpansive(
                     "f(x(t+h)) - f(x(t)) <= <grad f(x),Dx> + L|Dx|^2/2 with Dy = -h grad f(x) + o(h) and "
                     "<Dy,Dx> >= |Dx|^2, by the identities of one coordinate: at most |Dx|(o(1) - |Dx|/h + L|Dx|) = "
                     "o(h), since |Dx| <= |Dy|"),
                 objective_decreases(c));
           },
       .uses = {"dasgd.projection.nonexpansive"},
       .note = "True for every convex set, with or without (VC), since the derivative of a projection is positive "
               "semidefinite."});
  registry.add({.id = "dasgd.canary.invariant_of_the_flow",
                .source = "planted",
                .statement = R"($r^2w^2(2-w)/(1+w)$ stays along the flow on the disc)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return limit_energy(2); },
                .canary = true});
  registry.add({.id = "dasgd.canary.energy_falls_tenfold",
                .source = "planted",
                .statement = R"(Between the sampled times the energy falls tenfold)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return energy_decreases(c, Rational(1, 10)); },
                .canary = true});
  registry.add({.id = "dasgd.canary.energy_rate_doubled",
                .source = "planted",
                .statement = R"(The energy changes at the rate $-4\langle\nabla f(x),x-p\rangle$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return energy_identity(2); },
                .canary = true});
}

}  // namespace asyncert::dasgd
