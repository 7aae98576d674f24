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
  Real value;    ///< x where active, else mu - y >= 0
  Real to_base;  ///< x - p

  Real y(const Real& mu) const { return active ? value + mu : mu - value; }
  Real x() const { return active ? value : Real(0); }
};

}  // namespace

FlowPoint quadratic_flow_on_simplex(const std::vector<Rational>& y0, const std::vector<Rational>& center,
                                    const Real& t) {
  const std::vector<Rational> x0 = project_simplex(y0), base = project_simplex(center);
  // mu from any coordinate that is positive in x0.
  Real mu;
  for (std::size_t i = 0; i < y0.size(); ++i)
    if (x0[i].sign() > 0) mu = y0[i] - x0[i];
  std::map<std::pair<Rational, Rational>, Group> groups;
  for (std::size_t i = 0; i < y0.size(); ++i) {
    Group& g = groups[{y0[i], center[i]}];
    g.center = center[i];
    g.base = base[i];
    ++g.size;
    g.active = x0[i].sign() > 0;
    g.value = g.active ? Real(x0[i]) : mu - Real(y0[i]);
  }
  for (Real remaining = t;;) {
    // On the active set x_i' = (c_i - m) - x_i and mu' = m.
    Rational sum(-1);
    long count = 0;
    for (const auto& [key, g] : groups)
      if (g.active) sum += Rational(g.size) * g.center, count += g.size;
    const Rational m = sum / Rational(count);
    Group* next = nullptr;
    Real first;
    for (auto& [key, g] : groups) {
      const Rational target = g.center - m;
      std::optional<Real> time;
      if (g.active && target.sign() < 0) time = log(Real(1) - g.value / Real(target));
      if (!g.active && target.sign() > 0) time = g.value / Real(target);
      if (time && (!next || decide_less(*time, first))) next = &g, first = *time;
    }
    const bool last = !next || decide_less(remaining, first);
    const Real step = last ? remaining : first;
    for (auto& [key, g] : groups) {
      const Rational target = g.center - m;
      if (g.active) {
        const Real offset = (g.value - Real(target)) * exp(-step);
        g.value = Real(target) + offset;
        g.to_base = Real(target - g.base) + offset;
      } else {
        g.value = g.value - Real(target) * step;
        g.to_base = -g.base;
      }
    }
    mu = mu + Real(m) * step;
    if (last) break;
    next->value = 0;
    next->active = !next->active;
    remaining = remaining - step;
    // A single active group is known exactly, since the sum of x is one.
    Group* only = nullptr;
    long active = 0;
    for (auto& [key, g] : groups)
      if (g.active) only = &g, ++active;
    if (active == 1) only->value = Rational(1, only->size);
  }
  FlowPoint r;
  for (std::size_t i = 0; i < y0.size(); ++i) {
    const Group& g = groups[{y0[i], center[i]}];
    r.y.push_back(g.y(mu));
    r.x.push_back(g.x());
    r.product_with_base = r.product_with_base + r.y.back() * Real(base[i]);
    // Since the sum of x - p is zero, <y - x, x - p> = <y - x - mu, x - p>: nothing cancels.
    r.energy = r.energy + g.to_base * (g.active ? g.to_base : g.to_base - Real(2) * g.value);
  }
  return r;
}

}  // namespace asyncert::dasgd
