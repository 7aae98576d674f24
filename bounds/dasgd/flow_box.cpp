// The flow of |x - c|^2/2 on a box, coordinate by coordinate, and the flow of log(1 + |x|^2) as its time change.
#include "bounds/dasgd/flow.hpp"
#include "lib/roots.hpp"

namespace asyncert::dasgd {

namespace {

/// One coordinate: the projection x of y, and the differences y - x and x - p, which would cancel if formed from y, x,
/// p.
struct LinePoint {
  Real x, y_minus_x, x_minus_p;
};

Real positive_part(const Real& x) { return max(Real(0), x); }

/// y' = c - clip(y, lower, upper) from y0 after the time t.
LinePoint line_flow(const Real& y0, const Real& c, const Real& lower, const Real& upper, const Real& t) {
  const auto reflected = [&] {
    const LinePoint r = line_flow(-y0, -c, -upper, -lower, t);
    return LinePoint{-r.x, -r.y_minus_x, -r.x_minus_p};
  };
  if (decide_less(y0, lower)) return reflected();
  const bool above = decide_less(upper, y0), repelled = decide_less_equal(upper, c);
  if (above && repelled) return {upper, y0 - upper + (c - upper) * t, 0};
  if (!above && decide_less(upper, c)) return reflected();
  // Down to the upper end, linearly; `inside` is the time that remains then.
  const Real start = above ? upper : y0;
  const Real excess = above ? positive_part(y0 - upper - (upper - c) * t) : Real(0);
  const Real inside = above ? positive_part(t - (y0 - upper) / (upper - c)) : t;
  if (decide_less(c, lower)) {
    const Real exit = log((start - c) / (lower - c));
    if (decide_less_equal(exit, inside)) return {lower, (c - lower) * (inside - exit), 0};
    const Real x = c + (start - c) * exp(-inside);
    return {x, excess, x - lower};
  }
  const Real offset = (start - c) * exp(-inside);
  return {c + offset, excess, offset};
}

}  // namespace

FlowPoint quadratic_flow_on_box(const std::vector<Real>& y0, const std::vector<Real>& center, const Real& lower,
                                const Real& upper, const Real& t) {
  FlowPoint r;
  for (std::size_t i = 0; i < y0.size(); ++i) {
    const LinePoint v = line_flow(y0[i], center[i], lower, upper, t);
    r.y.push_back(v.x + v.y_minus_x);
    r.x.push_back(v.x);
    r.energy = r.energy + v.x_minus_p * (v.x_minus_p + Real(2) * v.y_minus_x);
    r.product_with_base = r.product_with_base + r.y.back() * (v.x - v.x_minus_p);
  }
  return r;
}

FlowPoint log_flow(const std::function<FlowPoint(const Real&)>& quadratic, const Rational& t) {
  const FlowPoint start = quadratic(0);
  if (t.sign() == 0) return start;
  const auto elapsed = [&](const FlowPoint& at, const Real& sigma) {
    return (sigma + (start.energy - at.energy) / Real(2) + start.product_with_base - at.product_with_base) / Real(2);
  };
  const auto late = [&](const Ball& sigma) { return elapsed(quadratic(sigma), sigma).ball() - Ball(t); };
  // 1 + |x|^2 >= 1, so sigma <= 2t.
  const Ball sigma = crossing(late, Ball(0), Ball(t) * Ball(3));
  // Where all phases so far were linear sigma is rational, and found to be: then zeros of x are recognised.
  const Rational candidate = simplest_rational(sigma);
  const FlowPoint there = quadratic(candidate);
  const Real time = elapsed(there, candidate);
  return time.exact() && *time.exact() == t ? there : quadratic(sigma);
}

}  // namespace asyncert::dasgd
