// Claims about solutions of the joint inclusion of all test functions, integrated with certified steps.
#include <map>

#include "bounds/assm/integrator.hpp"
#include "bounds/assm/pieces.hpp"
#include "lib/errors.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

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

/// Solutions of the test functions from a grid of starts, on and off their kinks, with equal and unequal speeds; those
/// that are not unique are left out.
std::vector<Run> runs(const Context& context, const std::vector<Rational>& times, const Rational& tolerance,
                      const std::vector<std::string>& names = problem_names()) {
  const long stride = context.effort == Effort::quick ? 4 : 2;
  std::vector<Run> all;
  for (const std::string& name : names)
    for (long i = -3; i <= 3; i += stride)
      for (long j = -2; j <= 2; j += stride)
        for (const long ratio : {1L, 5L}) {
          Run run{problem_named(name), {{Rational(i, 2)}, {1}, times}, {}};
          if (dimension(run.problem) == 2) {
            run.start.x0.emplace_back(2 * j + 1, 4);
            run.start.ubar.emplace_back(ratio);
          } else if (j != -2 || ratio != 1) {
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
Evidence descends(const Context& context, const Rational& least_decrease) {
  const Rational tolerance(1, 1'000'000'000'000L), width(1, 1'000'000'000L);
  Evidence e =
      evidence(Coverage::sample,
               "certified integration of all 14 test functions from 4 starts in the plane or 2 on the line, 12 "
               "or 4 at higher effort, speeds 1:1 and 1:5, values at six times; 10^-9 covers the width of the "
               "enclosures");
  for (const Run& run : runs(context, {0, Rational(1, 4), Rational(1, 2), 1, 2, 4}, tolerance)) {
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

/// Where solutions come to rest, exactly; `at_start` looks at their starts instead, on |x|.
Evidence rests_are_stationary(const Context& context, bool at_start) {
  Evidence e =
      evidence(Coverage::sample,
               "certified integration of all 14 test functions from 4 starts in the plane or 2 on the line, 12 "
               "or 4 at higher effort, speeds 1:1 and 1:5, to time 40; exact subdifferentials at the rational "
               "points of rest");
  const std::vector<std::string> names = at_start ? std::vector<std::string>{"P01"} : problem_names();
  for (const Run& run : runs(context, {40}, Rational(1, 1'000'000), names)) {
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

/// The largest degree of the polynomials whose signs decide between the pieces, over all choices of the signs.
int largest_kink_degree(Problem problem) {
  std::map<Polynomial, int> sides;
  int degree = 0;
  for (std::size_t known = 0; known != sides.size() || known == 0;) {
    known = sides.size();
    for (unsigned long choice = 0; choice < 1UL << known; ++choice) {
      unsigned long bit = 0;
      for (auto& [factor, side] : sides) side = choice >> bit++ & 1 ? 1 : -1;
      const Piece found = piece(problem, [&](const Polynomial& p) {
        const auto it = sides.find(p);
        return it == sides.end() ? 1 : it->second;
      });
      for (const Polynomial& p : found.deciding) {
        sides.emplace(p, 1);
        degree = std::max(degree, p.degree());
      }
    }
    if (sides.empty()) break;
  }
  return degree;
}

/// Neighbouring cells of the smooth pieces differ in their gradients by a multiple of the normal of the ray between
/// them.
Evidence jumps_are_normal(bool tangential) {
  Evidence e = evidence(Coverage::sample,
                        "exact gradients of neighbouring cells of the 14 test functions at the half-integer points of "
                        "[-3,3]^n, their difference along the ray between them");
  for (const std::string& name : problem_names()) {
    const Problem problem = problem_named(name);
    compare(e, "degree of the polynomials that decide between the pieces", largest_kink_degree(problem),
            Relation::equal, 1, Object().add("f", formula(problem)));
    if (dimension(problem) == 1) continue;
    Rational largest;
    long kinks = 0;
    for (long i = -6; i <= 6; ++i)
      for (long j = -6; j <= 6; ++j) {
        const std::vector<Cell> around = cells(problem, {Rational(i, 2), Rational(j, 2)});
        for (std::size_t k = 0; around.size() > 1 && k < around.size(); ++k) {
          const Cell &a = around[k], &b = around[(k + 1) % around.size()];
          const Point jump{b.gradient[0] - a.gradient[0], b.gradient[1] - a.gradient[1]}, &ray = a.rays.back();
          if (jump[0].sign() != 0 || jump[1].sign() != 0) ++kinks;
          largest = max(largest, abs(tangential ? jump[0] * ray[1] - jump[1] * ray[0] : dot(jump, ray)));
        }
      }
    if (kinks > 0)
      compare(e, "largest jump of the gradient along a kink", largest, Relation::equal, 0,
              Object().add("f", formula(problem)).add("kinks", kinks));
  }
  return e;
}

/// Least element w of df(x), x the limit: all v of df(x) have <v,w> >= |w|^2, those nearby more than half of it, so
/// that sum ubar_i w_i x_i falls for ever.
Certificate limits_are_stationary(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "|w + s(v-w)|^2 = |w|^2 + 2s (<v,w> - |w|^2) + s^2 |v-w|^2, of one coordinate",
          {{"w", 2}, {"v", 2}, {"s", 2}},
          [](const asyncert::Point& p) {
            const Rational between = p[0] + p[2] * (p[1] - p[0]);
            return between * between;
          },
          [](const asyncert::Point& p) {
            const Rational &w = p[0], &v = p[1], &s = p[2];
            return w * w + two * s * (v * w - w * w) + s * s * (v - w) * (v - w);
          })
      .identity(
          "ubar w x' = -w v with x' = -v/ubar", {{"ubar", 1}, {"w", 1}, {"v", 1}},
          [](const asyncert::Point& p) { return p[0] * p[1] * (-p[2] / p[0]); },
          [](const asyncert::Point& p) { return -p[1] * p[2]; });
}

}  // namespace

void register_integration_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.inclusion.descent",
       .source = "Section 3.3.3, the Lyapunov function of the joint inclusion",
       .statement =
           R"($f$ does not increase along solutions of $\bar u_i\dot x_i\in-(\partial f(x))_i$, $\bar u_i>0$, for continuous $f$ of finitely many polynomial pieces with straight kinks on the line or in the plane, as the 14 test functions are: its rate is $-\sum\bar u_i\dot x_i^2$ almost everywhere)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(with_search(descent_rate("where two pieces meet they agree on a line, so that their "
                                                         "gradients differ by a normal of it; at "
                                                         "almost all times that the solution spends on a kink x' is "
                                                         "along it, and 0 at a corner: <v,x'> is the "
                                                         "same for all v of df, hence the rate of f, also for v = "
                                                         "-ubar x'; identity of one coordinate"),
                                            jumps_are_normal(false)),
                                descends(c, 0));
           },
       .note =
           "The block-wise inclusion may ascend. Without such a chain rule, which not every Lipschitz function has, "
           "the argument fails."});
  registry.add(
      {.id = "assm.inclusion.rests_are_stationary",
       .source = "Section 3.3.3, for the joint inclusion",
       .statement =
           R"(Where a solution of $\bar u_i\dot x_i\in-(\partial f(x))_i$, $\bar u_i>0$, converges, as where it comes to rest, its limit has $0\in\partial f$, for every locally Lipschitz $f$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) {
         return with_search(
             limits_are_stationary(
                 "with w the least element of df at the limit, convexity gives <v,w> >= |w|^2 for all its v, and upper "
                 "semicontinuity <v,w> >= |w|^2/2 near it: sum ubar_i w_i x_i falls at the rate |w|^2/2 or more at all "
                 "late times, but it converges, so that w = 0; identities of one coordinate"),
             rests_are_stationary(c, false));
       }});
  registry.add({.id = "assm.canary.descent_everywhere",
                .source = "planted",
                .statement = R"($f$ decreases by $1/100$ between all the times)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return descends(c, Rational(1, 100)); },
                .canary = true});
  registry.add({.id = "assm.canary.rests_at_start",
                .source = "planted",
                .statement = R"(The starts of solutions on $|x|$ that come to rest are stationary)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return rests_are_stationary(c, true); },
                .canary = true});
  registry.add({.id = "assm.canary.tangential_jumps",
                .source = "planted",
                .statement = "The gradients of neighbouring pieces differ by a tangent of the kink",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return jumps_are_normal(true); },
                .canary = true});
}

}  // namespace asyncert::assm
