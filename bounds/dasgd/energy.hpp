// The energy function (3.1) and its identities.
#pragma once

#include <vector>

#include "lib/rational.hpp"

namespace asyncert::dasgd {

template <class T>
T inner_product(const std::vector<T>& a, const std::vector<T>& b) {
  T sum(0);
  for (std::size_t i = 0; i < a.size(); ++i) sum = sum + a[i] * b[i];
  return sum;
}

template <class T>
T squared_distance(const std::vector<T>& a, const std::vector<T>& b) {
  T sum(0);
  for (std::size_t i = 0; i < a.size(); ++i) sum = sum + (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// E(y) as (3.1) prints it: |p|^2 - |x|^2 + 2 <y, x - p>, with x = P(y) and a base point p of the set.
template <class T>
T energy_printed(const std::vector<T>& y, const std::vector<T>& x, const std::vector<T>& p) {
  return inner_product(p, p) - inner_product(x, x) + T(2) * (inner_product(y, x) - inner_product(y, p));
}

/// The same as |x - p|^2 + 2 <y - x, x - p>: two terms that are not negative (the second since x = P(y)), so nothing
/// cancels.
template <class T>
T energy(const std::vector<T>& y, const std::vector<T>& x, const std::vector<T>& p) {
  T second(0);
  for (std::size_t i = 0; i < y.size(); ++i) second = second + (y[i] - x[i]) * (x[i] - p[i]);
  return squared_distance(x, p) + T(2) * second;
}

/// A point outside the unit ball seen from the base point p: its projection, |x - p|^2 and E(y).
template <class T>
struct OutsideUnitBall {
  std::vector<T> x;
  T squared_distance;
  T energy;
};

/// `norm` = |y| >= 1 is given, since it is exact only where it is rational. E = |y| |x-p|^2 + (|y| - 1)(1 - |p|^2).
template <class T>
OutsideUnitBall<T> outside_unit_ball(const std::vector<T>& y, const std::vector<T>& p, const T& norm) {
  OutsideUnitBall<T> r;
  const T inverse = T(1) / norm;
  for (const T& v : y) r.x.push_back(v * inverse);
  r.squared_distance = squared_distance(r.x, p);
  r.energy = norm * r.squared_distance + (norm - T(1)) * (T(1) - inner_product(p, p));
  return r;
}

}  // namespace asyncert::dasgd
