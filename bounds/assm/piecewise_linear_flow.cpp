#include <algorithm>

#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/germ.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

Rational cross(const Point& a, const Point& b) { return a[0] * b[1] - a[1] * b[0]; }

Point velocity(const Point& gradient, const Point& ubar) {
  Point v(gradient.size());
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = -(gradient[i] / ubar[i]);
  return v;
}

bool inside(const Point& v, const Cell& cell) {
  if (v.size() == 1) return v[0].sign() == cell.direction[0].sign();
  if (cell.rays.empty()) return dot(v, v).sign() != 0;
  return cross(cell.rays[0], v).sign() > 0 &&
         (cross(cell.rays[0], cell.rays[1]).sign() == 0 || cross(v, cell.rays[1]).sign() > 0);
}

/// The velocities with which a solution can leave x: into a cell, along the ray between two cells, or none at all.
std::vector<Point> motions(const std::vector<Cell>& around, const Point& ubar) {
  std::vector<Point> found, gradients;
  for (const Cell& cell : around) {
    gradients.push_back(cell.gradient);
    const Point v = velocity(cell.gradient, ubar);
    if (inside(v, cell)) found.push_back(v);
  }
  for (std::size_t k = 0; k < around.size() && !around[k].rays.empty(); ++k) {
    const Point &ray = around[k].rays[1], a = velocity(around[k].gradient, ubar),
                b = velocity(around[(k + 1) % around.size()].gradient, ubar);
    const Rational across_a = cross(ray, a), across_b = cross(ray, b);
    if (across_a.sign() * across_b.sign() > 0) continue;
    const Rational share = across_a == across_b ? Rational(1) : across_b / (across_b - across_a);
    Point v(2);
    for (std::size_t i = 0; i < 2; ++i) v[i] = share * a[i] + (Rational(1) - share) * b[i];
    if (cross(ray, v).sign() == 0 && dot(ray, v).sign() > 0) found.push_back(v);
  }
  const Point least = min_norm_point(gradients);
  if (dot(least, least).sign() == 0) found.push_back(Point(ubar.size()));
  return found;
}

}  // namespace

Trajectory piecewise_linear_flow(Problem problem, const InitialValueProblem& start) {
  const std::size_t n = start.x0.size();
  Trajectory r;
  r.x.resize(start.times.size());
  const Rational last = *std::max_element(start.times.begin(), start.times.end());
  Point x = start.x0;
  Rational now;
  constexpr long most_events = 100000;
  for (long event = 0; event < most_events; ++event) {
    const std::vector<Cell> around = cells(problem, x);
    const bool smooth =
        std::all_of(around.begin(), around.end(), [&](const Cell& c) { return c.gradient == around.front().gradient; });
    if (!smooth && !r.hit_time) r.hit_time.emplace(now);
    const std::vector<Point> ways = motions(around, start.ubar);
    const auto knots = std::make_shared<KinkRecord>();
    const bool unique = ways.size() == 1;
    const Point v = unique ? ways.front() : Point(n);
    std::vector<Germ> along;
    for (std::size_t i = 0; i < n; ++i) along.emplace_back(x, v, i, knots);
    evaluate(problem, along);
    for (std::size_t k = 0; k < start.times.size(); ++k) {
      const Rational elapsed = start.times[k] - now;
      if (elapsed.sign() < 0 || (knots->next_event && *knots->next_event < elapsed)) continue;
      if (!unique && elapsed.sign() > 0)
        throw DomainError("tau", start.times[k].to_decimal(17),
                          "tau <= " + now.to_decimal(17) +
                              ", when the inclusion reaches a point from which it has several solutions");
      r.x[k].clear();
      for (std::size_t i = 0; i < n; ++i) r.x[k].emplace_back(x[i] + elapsed * v[i]);
    }
    // At rest, or nothing ahead: the hit time, if any, is known.
    if (!unique || !knots->next_event) return r;
    now += *knots->next_event;
    for (std::size_t i = 0; i < n; ++i) x[i] += *knots->next_event * v[i];
    if (now > last && r.hit_time) return r;
  }
  throw DomainError("tau", last.to_decimal(17), "reached within 100000 changes of the active pieces");
}

}  // namespace asyncert::assm
