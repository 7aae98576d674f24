// Identities of one coordinate that settle the energy inequalities for every closed convex set. Throughout x = P(y) and
// w = P(z), so that <y-x,x-q> >= 0 and <z-w,w-q> >= 0 for all points q of the set.
#pragma once

#include <string>
#include <utility>

#include "bounds/dasgd/energy.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

inline const Rational one(1), two(2);
inline Rational square(const Rational& v) { return v * v; }

/// E(z) - E(y) of one coordinate, from the energy as the quantities compute it.
inline Rational energy_change(const Rational& y, const Rational& x, const Rational& z, const Rational& w,
                              const Rational& p) {
  return energy(Point{z}, Point{w}, Point{p}) - energy(Point{y}, Point{x}, Point{p});
}

/// What holds for w = P(z), x = P(y) by the obtuse angles: the projection is firmly nonexpansive.
inline Certificate firmly_nonexpansive(std::string method) {
  const std::vector<Variable> variables{{"y", 2}, {"x", 2}, {"z", 2}, {"w", 2}};
  return Certificate(std::move(method))
      .identity(
          "<z-y,w-x> = |w-x|^2 + <y-x,x-w> + <z-w,w-x>", variables,
          [](const Point& v) { return (v[2] - v[0]) * (v[3] - v[1]); },
          [](const Point& v) {
            const Rational move = v[3] - v[1];
            return square(move) - (v[0] - v[1]) * move + (v[2] - v[3]) * move;
          })
      .identity(
          "|z-y|^2 = |w-x|^2 + |z-y-(w-x)|^2 + 2<y-x,x-w> + 2<z-w,w-x>", variables,
          [](const Point& v) { return square(v[2] - v[0]); },
          [](const Point& v) {
            const Rational move = v[3] - v[1];
            return square(move) + square(v[2] - v[0] - move) - two * (v[0] - v[1]) * move + two * (v[2] - v[3]) * move;
          });
}

/// E is convex with the gradient 2(x-p), which has the Lipschitz constant 2.
inline Certificate smooth_energy(std::string method) {
  const std::vector<Variable> variables{{"y", 2}, {"x", 2}, {"z", 2}, {"w", 2}, {"p", 2}};
  const auto excess = [](const Point& v) {
    return energy_change(v[0], v[1], v[2], v[3], v[4]) - two * (v[1] - v[4]) * (v[2] - v[0]);
  };
  return Certificate(std::move(method))
      .identity("E(z) - E(y) - 2<x-p,z-y> = |w-x|^2 + 2<z-w,w-x>", variables, excess,
                [](const Point& v) { return square(v[3] - v[1]) + two * (v[2] - v[3]) * (v[3] - v[1]); })
      .identity(
          "|z-y|^2 - (E(z) - E(y) - 2<x-p,z-y>) = |z-y-(w-x)|^2 + 2<y-x,x-w>", variables,
          [excess](const Point& v) { return square(v[2] - v[0]) - excess(v); },
          [](const Point& v) { return square(v[2] - v[0] - (v[3] - v[1])) + two * (v[0] - v[1]) * (v[1] - v[3]); });
}

/// One step z = y - s (g + b) with a remainder that is not negative: E(z) - E(y) = -2s<g+b,x-p> + s^2 |g+b|^2 -
/// remainder.
inline Certificate one_step(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "E(y) - E(z) = 2s<g+b,x-p> - s^2|g+b|^2 + |w-x+s(g+b)|^2 + 2<y-x,x-w> with z = y - s(g+b)",
          {{"y", 2}, {"x", 2}, {"w", 2}, {"p", 2}, {"g", 2}, {"b", 2}, {"s", 2}},
          [](const Point& v) { return -energy_change(v[0], v[1], v[0] - v[6] * (v[4] + v[5]), v[2], v[3]); },
          [](const Point& v) {
            const Rational step = v[6] * (v[4] + v[5]);
            return two * step * (v[1] - v[3]) - square(step) + square(v[2] - v[1] + step) +
                   two * (v[0] - v[1]) * (v[1] - v[2]);
          })
      .identity(
          "2|g|^2 + 2|b|^2 - |g+b|^2 = |g-b|^2", {{"g", 2}, {"b", 2}},
          [](const Point& v) { return two * square(v[0]) + two * square(v[1]) - square(v[0] + v[1]); },
          [](const Point& v) { return square(v[0] - v[1]); });
}

}  // namespace asyncert::dasgd
