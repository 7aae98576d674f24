#include "bounds/assm/chart.hpp"

#include <algorithm>

namespace asyncert::assm {

Field velocity(const Piece& piece, const Point& ubar) {
  Field v = gradient(piece.value, ubar.size());
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = v[i] * Polynomial(Rational(-1) / ubar[i]);
  return v;
}

Polynomial along(const Polynomial& p, const Field& field) {
  Polynomial r;
  for (std::size_t i = 0; i < field.size(); ++i) r += p.derivative(i) * field[i];
  return r;
}

Chart smooth_chart(Problem problem, const Side& side, const Point& ubar) {
  const Piece here = piece(problem, side);
  Chart c;
  c.field = velocity(here, ubar);
  for (std::size_t i = 0; i < ubar.size(); ++i) c.point.push_back(Polynomial::variable(i));
  for (const Polynomial& factor : here.deciding)
    c.guards.push_back({factor * Polynomial(Rational(side(factor))), 0, factor, side(factor)});
  c.side = side;
  return c;
}

Chart sliding_chart(Problem problem, const Polynomial& kink, const Point& origin, const Point& d, const Side& others,
                    const Point& ubar) {
  const auto on_side = [&](int sign) {
    return Side([&kink, &others, sign](const Polynomial& factor) { return factor == kink ? sign : others(factor); });
  };
  const Piece below = piece(problem, on_side(-1)), above = piece(problem, on_side(1));
  const Field v = velocity(below, ubar);
  // The neighbours' gradients differ by multiples of the normal n, so that the sliding velocity is v + lambda D^{-1} n
  // with n . (v + lambda D^{-1} n) = 0.
  Point normal;
  Rational length;
  for (std::size_t i = 0; i < 2; ++i) {
    normal.push_back(kink.derivative(i).coefficients().front());
    length += normal[i] * normal[i] / ubar[i];
  }
  const Polynomial across = along(kink, v);
  Chart c;
  Polynomial speed;
  for (std::size_t i = 0; i < 2; ++i) {
    c.point.push_back(Polynomial(origin[i]) + Polynomial::variable(0) * Polynomial(d[i]));
    const Polynomial sliding = v[i] - across * Polynomial(normal[i] / ubar[i] / length);
    speed += sliding * Polynomial(d[i] / dot(d, d));
  }
  c.field = {speed.at(c.point)};
  const auto guard = [&](const Polynomial& in_x, const Polynomial& factor, int side) {
    const Polynomial positive = in_x.at(c.point);
    // What vanishes all along the line says nothing: a velocity along it does not leave it.
    if (!positive.is_zero()) c.guards.push_back({positive, 0, factor, side});
  };
  std::vector<Polynomial> factors = below.deciding;
  for (const Polynomial& factor : above.deciding)
    if (std::find(factors.begin(), factors.end(), factor) == factors.end()) factors.push_back(factor);
  for (const Polynomial& factor : factors)
    if (!(factor == kink)) guard(factor * Polynomial(Rational(others(factor))), factor, others(factor));
  guard(along(kink, v), {}, -1);
  guard(along(kink, velocity(above, ubar)) * Polynomial(Rational(-1)), {}, 1);
  c.kink = kink;
  c.side = others;
  return c;
}

}  // namespace asyncert::assm
