// The flow of -x_1 - x_2^2/4, whose energy need not vanish although x converges.
#include "bounds/dasgd/flow.hpp"
#include "lib/roots.hpp"

namespace asyncert::dasgd {

namespace {

Real clip_unit(const Real& v) { return max(Real(0), min(Real(1), v)); }

/// The curve outside the disc through a point with w = 1 - cos(angle) in (0,2): radius K/w ((1+w)/(2-w))^{1/3}.
class TiltedOrbit {
 public:
  TiltedOrbit(const Ball& radius, const Ball& w) : K_(radius * w / shape(w)) {}

  Ball radius(const Ball& w) const { return K_ * shape(w) / w; }
  Ball energy(const Ball& w) const { return Ball(2) * K_ * shape(w); }
  Ball limit_energy() const { return Ball(2) * K_ * exp(-log(Ball(2)) / Ball(3)); }
  /// The w at which y_1 = r (1-w); y_1 decreases in w.
  Ball at(const Ball& y1) const {
    return crossing([&](const Ball& w) { return y1 - radius(w) * (Ball(1) - w); }, Ball(0), Ball(2));
  }
  /// Where the orbit enters the disc, coming from the left; the radius is least at w = sqrt(2), and increases with w
  /// from there.
  std::optional<Ball> entry() const {
    const Ball nearest = sqrt(Ball(2));
    if (!decide_less(radius(nearest), Ball(1))) return std::nullopt;
    return crossing([&](const Ball& w) { return radius(w) - Ball(1); }, nearest, Ball(2));
  }

 private:
  static Ball shape(const Ball& w) { return exp((log1p(w) - log(Ball(2) - w)) / Ball(3)); }
  Ball K_;
};

/// Where a motion that starts at a height y_2 > 0 is: y_1 is known exactly.
struct UpperPoint {
  Ball height;
  Ball scale;  ///< max(1, |y|)
  Ball energy, limit_energy;
};

UpperPoint outside(const TiltedOrbit& orbit, const Ball& along) {
  const Ball w = orbit.at(along), r = orbit.radius(w);
  return {r * sqrt(w * (Ball(2) - w)), r, orbit.energy(w), orbit.limit_energy()};
}

/// In the disc y_1 grows as t and y_2 as e^{t/2}, until the point leaves for good; `along` is y_1 at the time t.
UpperPoint inside(const Ball& y1, const Ball& height, const Ball& t, const Ball& along) {
  const auto excess = [&](const Ball& s) { return (y1 + s) * (y1 + s) + height * height * exp(s) - Ball(1); };
  const auto slope = [&](const Ball& s) { return Ball(2) * (y1 + s) + height * height * exp(s); };
  // The excess is convex and not positive at the start, so that it crosses zero once behind its least point.
  const Ball end = Ball(3) + abs(y1);
  const Ball least = certainly_less_equal(Ball(0), slope(Ball(0))) ? Ball(0) : crossing(slope, Ball(0), end);
  const Ball exit = crossing(excess, least, end);
  const TiltedOrbit orbit(Ball(1), Ball(1) - y1 - exit);
  if (decide_less(exit, t)) return outside(orbit, along);
  const Ball now = height * exp(t / Ball(2));
  return {now, 1, (Ball(1) - along) * (Ball(1) - along) + now * now, orbit.limit_energy()};
}

UpperPoint upper_flow(const Rational& y1, const Rational& height, const Rational& t) {
  const Rational squared = y1 * y1 + height * height, one(1), two(2);
  const Ball along(y1 + t);
  // On the circle the squared radius changes at the rate 2 y_1 + y_2^2.
  if (squared < one || (squared == one && two * y1 + height * height < Rational(0)))
    return inside(Ball(y1), Ball(height), Ball(t), along);
  // w = 1 - y1/r = height^2/(r (r + y1)), without cancellation for y1 > 0.
  const Ball r = sqrt(Ball(squared));
  const Ball w = y1.sign() > 0 ? Ball(height * height) / (r * (r + Ball(y1))) : Ball(1) - Ball(y1) / r;
  const TiltedOrbit orbit(r, w);
  if (decide_less(sqrt(Ball(2)), w)) {  // towards the disc
    if (const std::optional<Ball> hit = orbit.entry()) {
      const Ball u = Ball(1) - *hit, time = u - Ball(y1);
      const UpperPoint entered = inside(u, sqrt(*hit * (Ball(2) - *hit)), max(Ball(0), Ball(t) - time), along);
      if (decide_less(time, Ball(t))) return entered;
      UpperPoint before = outside(orbit, along);
      before.limit_energy = entered.limit_energy;
      return before;
    }
  }
  return outside(orbit, along);
}

}  // namespace

TiltedFlow tilted_flow_on_disc(const Rational& y1, const Rational& y2, const Rational& t) {
  const Rational along = y1 + t, one(1);
  if (y2.sign() == 0) {
    const Rational x1 = max(Rational(-1), min(one, along));
    const std::vector<Real> y{along, 0}, x{x1, 0}, p{1, 0};
    return {{y, x, energy(y, x, p), along}, 0};
  }
  const UpperPoint at = upper_flow(y1, abs(y2), t);
  const Real height = Real(y2.sign()) * Real(at.height), scale = at.scale;
  return {{{along, height}, {Real(along) / scale, height / scale}, at.energy, along}, at.limit_energy};
}

FlowPoint tilted_flow_on_box(const Rational& y1, const Rational& y2, const Rational& t) {
  const Rational one(1), zero(0);
  Real second = y2;
  if (y2.sign() > 0) {
    const Rational half(1, 2);
    // e^{t/2} up to 1, then at the rate 1/2.
    const Real exit = y2 < one ? Real(-2) * log(Real(y2)) : Real(0);
    const Real growth = min(Real(t), exit), rest = max(Real(0), Real(t) - exit);
    second = Real(y2) * exp(growth * Real(half)) + rest * Real(half);
  }
  const std::vector<Real> y{y1 + t, second}, x{clip_unit(y1 + t), y2 < one ? clip_unit(second) : Real(1)}, p{1, 1};
  return {y, x, energy(y, x, p), y[0] + y[1]};
}

FlowPoint tilted_flow_on_simplex(const Rational& y1, const Rational& y2, const Rational& t) {
  // With gap = y_2 - y_1, x_2 = clip((1 + gap)/2) and gap' = x_2/2 - 1 <= -1/2: -1/2 while gap >= 1, (gap - 3)/4 down
  // to -1, then -1.
  const Rational one(1), half(1, 2), gap = y2 - y1;
  const Rational first = min(t, max(Rational(0), (gap - one) / half));
  Rational left = t - first;
  Real y_2 = Real(y2 + half * first), now = gap - half * first;
  if (left.sign() > 0 && Rational(-1) < gap) {
    const Real start = min(one, gap), until = Real(4) * log(Real(4) / (Real(3) - start));
    const Real inside = min(Real(left), until);
    now = Real(3) + (start - Real(3)) * exp(inside * Real(Rational(1, 4)));
    y_2 = y_2 + now - start + inside;  // y_1' = 1
    const Real rest = max(Real(0), Real(left) - until);
    now = now - rest;
  } else if (left.sign() > 0) {
    now = now - Real(left);
  }
  const Real x2 = clip_unit((Real(1) + now) / Real(2));
  const std::vector<Real> y{y1 + t, y_2}, x{Real(1) - x2, x2}, p{1, 0};
  return {y, x, energy(y, x, p), y[0]};
}

}  // namespace asyncert::dasgd
