#include "bounds/assm/differential_inclusion.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

/// y' = -(y - upper)(y - lower)/(2U): the squares of sqrt(ubar_1) w +- sqrt(ubar_2) v follow this equation.
struct Riccati {
  Ball upper, lower, U;
  Ball quotient(const Ball& y) const { return (y - upper) / (y - lower); }
  Ball rate() const { return (upper - lower) / (Ball(2) * U); }
  Ball at(const Ball& y0, const Ball& time) const {
    const Ball R = quotient(y0) * exp(-rate() * time);
    return (upper - R * lower) / (Ball(1) - R);
  }
  Ball time_between(const Ball& from, const Ball& to) const { return log(quotient(from) / quotient(to)) / rate(); }
};

}  // namespace

Trajectory relu_flow(const InitialValueProblem& p) {
  const Rational &w0 = p.x0[0], &v0 = p.x0[1], &u1 = p.ubar[0], &u2 = p.ubar[1];
  Trajectory r;
  if (w0.sign() == 0) r.hit_time.emplace(Rational(0));
  if (w0.sign() <= 0 || w0 * v0 == Rational(1)) {
    for (const Rational& time : p.times) {
      if (w0.sign() == 0 && v0.sign() > 0 && time.sign() > 0)
        throw DomainError("tau", time.to_decimal(17), "tau = 0: from w = 0 < v the inclusion has several solutions");
      r.x.push_back({w0, v0});
    }
    return r;
  }
  // With s, d = sqrt(u1) w +- sqrt(u2) v: s d = c is constant, and s' = (1 - vw) s/sqrt(U), d' = -(1 - vw) d/sqrt(U),
  // where vw = (s^2 - d^2)/(4 sqrt(U)). For v >= 0 the square of s is followed, for v < 0 that of d: neither is then
  // near zero.
  const Rational U = u1 * u2, c = u1 * w0 * w0 - u2 * v0 * v0;
  const bool follow_s = v0.sign() >= 0;
  const Ball root1 = sqrt(Ball(u1)), root2 = sqrt(Ball(u2)), centre = Ball(follow_s ? 2 : -2) * sqrt(Ball(U)),
             radius = sqrt(Ball(Rational(4) * U + c * c));
  const Riccati equation{centre + radius, centre - radius, U};
  const Ball first = root1 * Ball(w0) + Ball(follow_s ? 1 : -1) * root2 * Ball(v0), y0 = first * first;
  // w = 0 is reached where d^2 = -c = u2 v^2, that is for v < 0 and c < 0.
  const bool hits = !follow_s && c.sign() < 0;
  const Ball hit = hits ? equation.time_between(y0, Ball(-c)) : Ball(0);
  if (hits) r.hit_time.emplace(hit);
  for (const Rational& time : p.times) {
    if (hits && !decide_less(Ball(time), hit)) {
      r.x.push_back({0, -sqrt(Ball(-c / u2))});
      continue;
    }
    const Ball followed = sqrt(equation.at(y0, time)), other = Ball(c) / followed;
    const Ball difference = follow_s ? followed - other : other - followed;
    r.x.push_back({(followed + other) / (Ball(2) * root1), difference / (Ball(2) * root2)});
  }
  return r;
}

}  // namespace asyncert::assm
