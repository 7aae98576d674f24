// The mean-field flow (4.5), y' = -grad f(P(y)), in closed form or piecewise so, with the energy along it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "bounds/dasgd/energy.hpp"
#include "lib/real.hpp"

namespace asyncert::dasgd {

/// The flow at one time: y(t), x(t) = P(y(t)), E(y(t)) with the base point p = the minimiser on the set, and <y(t), p>.
struct FlowPoint {
  std::vector<Real> y, x;
  Real energy;
  Real product_with_base;
};

/// f = |x - center|^2/2 on the box [lower, upper]^d, p = P(center): every coordinate moves linearly outside and relaxes
/// exponentially inside, and leaves at most once. Times are rational, or enclosed. Cost O(d).
FlowPoint quadratic_flow_on_box(const std::vector<Real>& y0, const std::vector<Real>& center, const Real& lower,
                                const Real& upper, const Real& t);

/// f = |x - center|^2/2 on the unit ball, p = P(center).
///
/// Outside the ball y moves with unit speed towards the origin in a constant drift: in the plane of y0 and the center,
/// with the angle theta to the center, k = |center| and u = tan(theta/2), r = (C/2) u^{1/k-1} (1+u^2) and r + k r
/// cos(theta) + (1-k^2) t are constant, which gives u(t) as a certified root. Inside it relaxes exponentially. Cost: at
/// most two roots.
FlowPoint quadratic_flow_on_ball(const std::vector<Rational>& y0, const std::vector<Rational>& center, const Real& t);

/// f = |x - center|^2/2 on the simplex, p = P(center): between the times at which a coordinate of x reaches or leaves
/// zero, x relaxes exponentially and the multiplier mu of the projection moves linearly. Cost O(d) an event.
FlowPoint quadratic_flow_on_simplex(const std::vector<Rational>& y0, const std::vector<Rational>& center,
                                    const Real& t);

/// The flow of f = log(1 + |x|^2) is that of |x|^2/2, `quadratic(sigma)`, in another time: dt = (1 + |x|^2)/2 dsigma,
/// and t = sigma/2 + (E(0) - E(sigma))/4 + <y(0) - y(sigma), p>/2. Cost: the flow at every step of a bisection.
FlowPoint log_flow(const std::function<FlowPoint(const Real&)>& quadratic, const Rational& t);

/// The flow of f = -x_1 - x_2^2/4 on the unit disc, p = (1,0), and the limit of the energy.
struct TiltedFlow {
  FlowPoint point;
  Real limit_energy;
};

/// Outside the disc, with w = 1 - cos(angle): r w ((2-w)/(1+w))^{1/3} = K is constant, y_1 = r (1-w) grows as t, and
/// E = 2 r w tends to 2^{2/3} K. Cost: at most three roots.
TiltedFlow tilted_flow_on_disc(const Rational& y1, const Rational& y2, const Rational& t);

/// The same function on [0,1]^2, p = (1,1): y_2 grows at half its projection.
FlowPoint tilted_flow_on_box(const Rational& y1, const Rational& y2, const Rational& t);

/// The same function on the simplex of the plane, p = (1,0): only y_2 - y_1 matters to x.
FlowPoint tilted_flow_on_simplex(const Rational& y1, const Rational& y2, const Rational& t);

}  // namespace asyncert::dasgd
