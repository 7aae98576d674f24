// The flow of |x - c|^2/2 on the simplex, from event to event.
#include <map>

#include "bounds/dasgd/flow.hpp"
#include "bounds/dasgd/projections.hpp"

namespace asyncert::dasgd {

namespace {

/// Coordinates with the same y0 and the same center: they stay equal.
struct Group {
  Rational center, base;
  long size = 0;
  bool active = false;
  Real y;
  Real value;    ///< x where active, else mu - y >= 0
  Real to_base;  ///< x - p
};

using Key = std::pair<Rational, Rational>;

/// Where all groups are, and the multiplier mu of the projection.
struct State {
  std::map<Key, Group> groups;
  Real mu;
};

/// What the flow gives for one coordinate of a group: y, x and its part of the energy.
struct Place {
  Real y, x, energy;
};
using Places = std::map<Key, Place>;

/// The next time at which a coordinate reaches or leaves zero, and which group; nullptr where there is none.
struct Event {
  Group* group = nullptr;
  Real time;
};

/// On the active set x_i' = (c_i - m) - x_i and mu' = m, with the m that keeps the sum of x.
Rational drift(const State& s) {
  Rational sum(-1);
  long count = 0;
  for (const auto& [key, g] : s.groups)
    if (g.active) sum += Rational(g.size) * g.center, count += g.size;
  return sum / Rational(count);
}

Event next_event(State& s) {
  const Rational m = drift(s);
  Event next;
  for (auto& [key, g] : s.groups) {
    const Rational target = g.center - m;
    std::optional<Real> time;
    if (g.active && target.sign() < 0) time = log(Real(1) - g.value / Real(target));
    if (!g.active && target.sign() > 0) time = g.value / Real(target);
    if (time && (!next.group || decide_less(*time, next.time))) next = {&g, *time};
  }
  return next;
}

/// Moves by the formulas of the present active set.
void follow(State& s, const Real& step) {
  const Rational m = drift(s);
  s.mu = s.mu + Real(m) * step;
  for (auto& [key, g] : s.groups) {
    const Rational target = g.center - m;
    if (g.active) {
      const Real offset = (g.value - Real(target)) * exp(-step);
      g.value = Real(target) + offset;
      g.to_base = Real(target - g.base) + offset;
      g.y = g.value + s.mu;
    } else {
      g.value = g.value - Real(target) * step;
      g.to_base = -g.base;
      g.y = g.y + Real(g.center) * step;  // its own motion, so that a coordinate at rest stays exact
    }
  }
}

Places places_after(State s, const Real& step) {
  follow(s, step);
  Places r;
  for (const auto& [key, g] : s.groups) {
    // Since the sum of x - p is zero, <y - x, x - p> = <y - x - mu, x - p>: nothing cancels.
    if (g.active)
      r[key] = {g.y, g.value, g.to_base * g.to_base};
    else
      r[key] = {g.y, 0, g.to_base * (g.to_base - Real(2) * g.value)};
  }
  return r;
}

void enter_or_leave(State& s, const Event& event) {
  follow(s, event.time);
  event.group->value = 0;
  event.group->active = !event.group->active;
  // A single active group is known exactly, since the sum of x is one.
  Group* only = nullptr;
  long active = 0;
  for (auto& [key, g] : s.groups)
    if (g.active) only = &g, ++active;
  if (active == 1) only->value = Rational(1, only->size);
}

Real hull(const Real& a, const Real& b) {
  return a.exact() && b.exact() && *a.exact() == *b.exact() ? a : Real(Ball::hull(a.ball(), b.ball()));
}

/// Where the enclosures do not tell whether an event comes before the end, both possibilities are enclosed.
Places advance(State s, Real remaining) {
  for (;;) {
    const Event event = next_event(s);
    if (!event.group) return places_after(std::move(s), remaining);
    const bool before = certainly_less_equal(event.time, remaining);
    if (!before && certainly_less_equal(remaining, event.time)) return places_after(std::move(s), remaining);
    std::optional<Places> without;
    if (!before) without = places_after(s, remaining);
    enter_or_leave(s, event);
    remaining = max(Real(0), remaining - event.time);
    if (!without) continue;
    Places with = advance(std::move(s), remaining);
    for (auto& [key, p] : with) {
      const Place& other = without->at(key);
      p = {hull(p.y, other.y), hull(p.x, other.x), hull(p.energy, other.energy)};
    }
    return with;
  }
}

}  // namespace

FlowPoint quadratic_flow_on_simplex(const std::vector<Rational>& y0, const std::vector<Rational>& center,
                                    const Real& t) {
  const std::vector<Rational> x0 = project_simplex(y0), base = project_simplex(center);
  State start;
  for (std::size_t i = 0; i < y0.size(); ++i)
    if (x0[i].sign() > 0) start.mu = y0[i] - x0[i];
  for (std::size_t i = 0; i < y0.size(); ++i) {
    Group& g = start.groups[{y0[i], center[i]}];
    g.center = center[i];
    g.base = base[i];
    g.y = y0[i];
    ++g.size;
    g.active = x0[i].sign() > 0;
    g.value = g.active ? Real(x0[i]) : start.mu - Real(y0[i]);
  }
  const Places places = advance(std::move(start), t);
  FlowPoint r;
  for (std::size_t i = 0; i < y0.size(); ++i) {
    const Place& p = places.at({y0[i], center[i]});
    r.y.push_back(p.y);
    r.x.push_back(p.x);
    r.energy = r.energy + p.energy;
    r.product_with_base = r.product_with_base + p.y * Real(base[i]);
  }
  return r;
}

}  // namespace asyncert::dasgd
