// Claims about solutions of the joint inclusion of all test functions, integrated with certified steps.
#include "bounds/assm/integrator.hpp"
#include "lib/errors.hpp"
#include "verify/assm/themes.hpp"

namespace asyncert::assm {

namespace {

Ball ball(const Value& v) { return v.get<Rational>() ? Ball(*v.get<Rational>()) : *v.get<Ball>(); }

std::vector<Ball> balls(const std::vector<Value>& x) {
  std::vector<Ball> r;
  for (const Value& v : x) r.push_back(ball(v));
  return r;
}

struct Run {
  Problem problem;
  InitialValueProblem start;
  Integration path;
  Object instance() const {
    return Object().add("f", formula(problem)).add("x_0", Value(start.x0)).add("ubar", Value(start.ubar));
  }
};

/// Solutions of all test functions from a grid of starts, on and off their kinks, with equal and unequal speeds; those
/// that are not unique are left out.
std::vector<Run> runs(const std::vector<Rational>& times, const Rational& tolerance) {
  std::vector<Run> all;
  for (const std::string& name : problem_names())
    for (long i = -3; i <= 3; i += 2)
      for (long j = -2; j <= 2; j += 2)
        for (const long ratio : {1L, 5L}) {
          Run run{problem_named(name), {{Rational(i, 2)}, {1}, times}, {}};
          if (dimension(run.problem) == 2) {
            run.start.x0.emplace_back(2 * j + 1, 4);
            run.start.ubar.emplace_back(ratio);
          } else if (j != 0 || ratio != 1) {
            continue;
          }
          try {
            escalate_precision("the solution", [&] {
              run.path = integrate(run.problem, run.start, {false, Ball(tolerance)});
              return true;
            });
          } catch (const DomainError&) {
            continue;
          }
          all.push_back(std::move(run));
        }
  return all;
}

/// d f(x)/d tau = -sum_i ubar_i x_i'^2, at kinks too.
Evidence descends(const Rational& least_decrease) {
  const Rational tolerance(1, 1'000'000'000'000L), width(1, 1'000'000'000L);
  Evidence e = evidence(Coverage::sample,
                        "certified integration of all 14 test functions from 12 starts in the plane or 4 on the line, "
                        "speeds 1:1 and 1:5, values at six times; 10^-9 covers the width of the enclosures");
  for (const Run& run : runs({0, Rational(1, 4), Rational(1, 2), 1, 2, 4}, tolerance)) {
    std::optional<Ball> before;
    for (std::size_t k = 0; k < run.start.times.size(); ++k) {
      const Ball value = evaluate(run.problem, balls(run.path.trajectory.x[k]));
      if (before)
        compare(e, "f decreases", value + Ball(least_decrease), Relation::less_equal, *before + Ball(width),
                run.instance().add("tau", run.start.times[k]));
      before = value;
    }
  }
  return e;
}

/// Where solutions come to rest, exactly.
Evidence rests_are_stationary(bool at_start) {
  Evidence e = evidence(Coverage::sample,
                        "certified integration of all 14 test functions from 12 starts in the plane or 4 on the line, "
                        "speeds 1:1 and 1:5, to time 40; exact subdifferentials at the rational points of rest");
  for (const Run& run : runs({40}, Rational(1, 1'000'000))) {
    if (!run.path.settled) continue;
    Point x;
    for (const Value& v : run.path.trajectory.x.front())
      if (const auto* exact = v.get<Rational>()) x.push_back(*exact);
    if (x.size() != run.start.x0.size()) continue;
    const Point least = min_norm_point(clarke_vertices(run.problem, at_start ? run.start.x0 : x));
    compare(e, "dist(0, df)^2 at rest", dot(least, least), Relation::less_equal, 0,
            run.instance().add("rest", Value(x)));
  }
  return e;
}

}  // namespace

void register_integration_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.inclusion.descent",
       .source = "Section 3.3.3, the Lyapunov function of the joint inclusion",
       .statement = R"($f$ does not increase along solutions of $\bar u_i\dot x_i\in-(\partial f(x))_i$)",
       .expected = Verdict::supported,
       .procedure = [](const Context&) { return descends(0); },
       .note = "By the chain rule, which piecewise polynomial functions have; the block-wise inclusion may ascend."});
  registry.add(
      {.id = "assm.inclusion.rests_are_stationary",
       .source = "Section 3.3.3, for the joint inclusion",
       .statement = R"(Where solutions of $\bar u_i\dot x_i\in-(\partial f(x))_i$ come to rest, $0\in\partial f$)",
       .expected = Verdict::supported,
       .procedure = [](const Context&) { return rests_are_stationary(false); },
       .uses = {"assm.inclusion.descent"}});
  registry.add({.id = "assm.canary.descent_everywhere",
                .source = "planted",
                .statement = R"($f$ decreases by $1/100$ between all the times)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return descends(Rational(1, 100)); },
                .canary = true});
  registry.add({.id = "assm.canary.rests_at_start",
                .source = "planted",
                .statement = R"(The starts of solutions that come to rest are stationary)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return rests_are_stationary(true); },
                .canary = true});
}

}  // namespace asyncert::assm
