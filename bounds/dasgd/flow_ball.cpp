// The flow of |x - c|^2/2 on the unit ball.
#include "bounds/dasgd/flow.hpp"
#include "lib/roots.hpp"

namespace asyncert::dasgd {

namespace {

/// A point of the half-plane: `along` the center's direction and `across` it (> 0).
struct PlanePoint {
  Ball along, across;
};

/// The motion in the plane of y0 and the center where the two are not collinear, with drift k = |center| > 0.
class Pursuit {
 public:
  Pursuit(const Rational& squared_drift, const Rational& squared_radius, const Rational& product)
      : k2_(squared_drift), r2_(squared_radius), product_(product), k_(sqrt(Ball(k2_))) {
    start_ = {Ball(product_) / k_, sqrt(Ball((r2_ * k2_ - product_ * product_) / k2_))};
  }

  const PlanePoint& start() const { return start_; }

  struct Position {
    PlanePoint y, x;
    Ball energy;
  };

  Position at(const Real& t) const {
    // On the sphere the radius changes at the rate <y, center> - 1.
    const Rational one(1);
    if (r2_ < one || (r2_ == one && product_ < one)) return inside(start_, t.ball());
    const Ball r0 = sqrt(Ball(r2_)), u0 = start_.across / (r0 + start_.along);
    const Orbit orbit{k_, r0, u0};
    if (const std::optional<Ball> hit = entry(orbit)) {
      const Ball time = orbit.time_to(*hit, k2_);
      if (decide_less(time, t.ball())) return inside(direction(*hit), t.ball() - time);
    }
    return outside(orbit, t.ball());
  }

 private:
  /// The curve outside the ball through a point of radius r0 at u0 = tan(theta/2).
  struct Orbit {
    Ball k, r0, u0;

    Ball radius(const Ball& u) const {
      return r0 * pow(u / u0, Ball(1) / k - Ball(1)) * (Ball(1) + u * u) / (Ball(1) + u0 * u0);
    }
    /// r + k r cos(theta), which changes at the rate k^2 - 1.
    Ball charge(const Ball& u) const {
      return r0 * pow(u / u0, Ball(1) / k - Ball(1)) * ((Ball(1) + k) + (Ball(1) - k) * u * u) / (Ball(1) + u0 * u0);
    }
    /// The time from u0 to u < u0.
    Ball time_to(const Ball& u, const Rational& k2) const {
      if (k2 == Rational(1)) return r0 / (Ball(1) + u0 * u0) * (log(u0 / u) + (u0 * u0 - u * u) / Ball(2));
      return (charge(u0) - charge(u)) / Ball(Rational(1) - k2);
    }
    /// u after the time t: it decreases from u0.
    Ball after(const Ball& t, const Rational& k2) const {
      if (k2 == Rational(1)) {  // log u + u^2/2 decreases linearly; solved for log u, which does not underflow
        const Ball target = log(u0) + u0 * u0 / Ball(2) - t * (Ball(1) + u0 * u0) / r0;
        const auto f = [&](const Ball& l) { return l + exp(Ball(2) * l) / Ball(2) - target; };
        return exp(crossing(f, target - u0 * u0 - Ball(1), log(u0) + Ball(1)));
      }
      const Ball target = charge(u0) - t * Ball(Rational(1) - k2);
      const auto f = [&](const Ball& u) { return k2 < Rational(1) ? charge(u) - target : target - charge(u); };
      return crossing(f, Ball(0), u0 * Ball(2));
    }
  };

  /// (cos(theta), sin(theta)).
  static PlanePoint direction(const Ball& u) {
    const Ball scale = Ball(1) + u * u;
    return {(Ball(1) - u * u) / scale, Ball(2) * u / scale};
  }

  /// Where the orbit enters the ball, if it does.
  std::optional<Ball> entry(const Orbit& orbit) const {
    const Rational one(1);
    const auto f = [&](const Ball& u) { return orbit.radius(u) - Ball(1); };
    if (k2_ < one) return crossing(f, Ball(0), orbit.u0);
    const Real r0 = sqrt(Real(r2_));
    if (k2_ == one) {  // the radius decreases to (r0 + <y0, center>)/2
      if (!decide_less(r0 + Real(product_), Real(2))) return std::nullopt;
      return crossing(f, Ball(0), orbit.u0);
    }
    // The radius is least where cos(theta) = 1/k.
    if (decide_less_equal(r0, Real(product_))) return std::nullopt;
    const Ball nearest = sqrt((k_ - Ball(1)) / (k_ + Ball(1)));
    if (!decide_less(orbit.radius(nearest), Ball(1))) return std::nullopt;
    return crossing(f, nearest, orbit.u0);
  }

  Position outside(const Orbit& orbit, const Ball& t) const {
    const Ball u = orbit.after(t, k2_), r = orbit.radius(u);
    const PlanePoint x = direction(u);
    const PlanePoint y{r * x.along, r * x.across};
    if (Rational(1) <= k2_) return {y, x, Ball(2) * y.across * u};
    return {y, x, Ball(2) * (r - k_ * y.along) - Ball(Rational(1) - k2_)};
  }

  /// From a point of the ball: y - center shrinks as e^{-t} until y leaves, which it does once where the center is
  /// outside.
  Position inside(const PlanePoint& from, const Ball& t) const {
    const Ball d = from.along - k_, squared = d * d + from.across * from.across;
    if (Rational(1) < k2_) {
      const Ball g = k_ * d, gap(k2_ - Rational(1));
      const Ball q = gap / (sqrt(g * g - squared * gap) - g);  // the smaller root of |center + (y - center) q|^2 = 1
      const Ball exit = -log(q);
      if (decide_less(exit, t)) {
        const PlanePoint x{k_ + d * q, from.across * q};
        return outside({k_, Ball(1), x.across / (Ball(1) + x.along)}, t - exit);
      }
    }
    const Ball shrink = exp(-t);
    const PlanePoint y{k_ + d * shrink, from.across * shrink};
    if (k2_ <= Rational(1)) return {y, y, squared * shrink * shrink};
    return {y, y, (y.along - Ball(1)) * (y.along - Ball(1)) + y.across * y.across};
  }

  Rational k2_, r2_, product_;
  Ball k_;
  PlanePoint start_;
};

}  // namespace

FlowPoint quadratic_flow_on_ball(const std::vector<Rational>& y0, const std::vector<Rational>& center, const Real& t) {
  const Rational k2 = inner_product(center, center), r2 = inner_product(y0, y0), product = inner_product(y0, center),
                 one(1);
  FlowPoint r;
  const auto place = [&](const Real& y_factor, const Real& c_factor) {  // y_factor y0 + c_factor center
    std::vector<Real> v;
    for (std::size_t i = 0; i < y0.size(); ++i) v.push_back(y_factor * Real(y0[i]) + c_factor * Real(center[i]));
    return v;
  };
  if (y0 == center && k2 <= one) return {place(1, 0), place(1, 0), 0, Real(k2)};
  if (r2 * k2 == product * product) {
    // On a line through the origin: its unit vector is that of the center, or of y0 where the center is 0.
    const bool central = k2.sign() == 0;
    if (central && r2.sign() == 0) return {place(1, 0), place(1, 0), 0, 0};
    const Real length = sqrt(Real(central ? r2 : k2));
    const FlowPoint line =
        quadratic_flow_on_box({central ? length : Real(product) / length}, {central ? Real(0) : length}, -1, 1, t);
    const auto along = [&](const Real& v) { return central ? place(v / length, 0) : place(0, v / length); };
    return {along(line.y[0]), along(line.x[0]), line.energy, line.product_with_base};
  }
  if (t.is_zero()) {  // where coordinates that are zero are known to be
    const Real radius = max(Real(1), sqrt(Real(r2))), length = max(Real(1), sqrt(Real(k2)));
    const std::vector<Real> y = place(1, 0), x = place(Real(1) / radius, 0), p = place(0, Real(1) / length);
    return {y, x, energy(y, x, p), inner_product(y, p)};
  }
  const Pursuit pursuit(k2, r2, product);
  const Pursuit::Position at = pursuit.at(t);
  const Ball k = sqrt(Ball(k2));
  const auto back = [&](const PlanePoint& v) {
    const Ball y_factor = v.across / pursuit.start().across;
    return place(y_factor, v.along / k - y_factor * Ball(product / k2));
  };
  const Ball base = k2 <= one ? k : Ball(1);
  return {back(at.y), back(at.x), at.energy, at.y.along * base};
}

}  // namespace asyncert::dasgd
