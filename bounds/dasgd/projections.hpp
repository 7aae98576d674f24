// Euclidean projections onto the feasible sets of the instances, exact over the rationals where they are algebraic.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace asyncert::dasgd {

/// The nearest point of [lower, upper] to y.
template <class T>
T clip(const T& y, const T& lower, const T& upper) {
  return y < lower ? lower : upper < y ? upper : y;
}

/// P(y) on the box [0,1]^d; cost O(d).
template <class T>
std::vector<T> project_box(std::vector<T> y) {
  for (T& v : y) v = clip(v, T(0), T(1));
  return y;
}

/// P(y) on the simplex {x >= 0, sum x = 1}: max(y - mu, 0) with the mu that makes the sum one. Cost O(d log d).
template <class T>
std::vector<T> project_simplex(std::vector<T> y) {
  std::vector<T> sorted = y;
  std::sort(sorted.begin(), sorted.end(), [](const T& a, const T& b) { return b < a; });
  T sum(0), mu(0);
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    sum = sum + sorted[k];
    const T candidate = (sum - T(1)) / T(static_cast<long>(k + 1));
    if (sorted[k] < candidate) break;
    mu = candidate;
  }
  for (T& v : y) v = mu < v ? v - mu : T(0);
  return y;
}

/// P(y) on the unit ball of the l1 norm: the simplex of absolute values, with the signs of y. Cost O(d log d).
template <class T>
std::vector<T> project_l1_ball(const std::vector<T>& y) {
  std::vector<T> magnitude;
  T norm(0);
  for (const T& v : y) {
    magnitude.push_back(v < T(0) ? -v : v);
    norm = norm + magnitude.back();
  }
  if (!(T(1) < norm)) return y;
  std::vector<T> x = project_simplex(std::move(magnitude));
  for (std::size_t i = 0; i < y.size(); ++i)
    if (y[i] < T(0)) x[i] = -x[i];
  return x;
}

/// The smallest value of <a, x> on [0,1]^d: the box meets {<a, x> <= b} exactly where b is at least this.
template <class T>
T smallest_on_box(const std::vector<T>& a) {
  T sum(0);
  for (const T& v : a)
    if (v < T(0)) sum = sum + v;
  return sum;
}

/// P(y) on {0 <= x <= 1, <a, x> <= b}, which must not be empty: clip(y - lambda a) with the smallest lambda >= 0 that
/// is feasible.
///
/// <a, clip(y - lambda a)> is piecewise linear and nonincreasing in lambda; its breakpoints are scanned in order. Cost
/// O(d^2).
template <class T>
std::vector<T> project_box_halfspace(const std::vector<T>& y, const std::vector<T>& a, const T& b) {
  const auto at = [&](const T& lambda) {
    std::vector<T> x;
    for (std::size_t i = 0; i < y.size(); ++i) x.push_back(clip(T(y[i] - lambda * a[i]), T(0), T(1)));
    return x;
  };
  const auto product = [&](const std::vector<T>& x) {
    T sum(0);
    for (std::size_t i = 0; i < x.size(); ++i) sum = sum + a[i] * x[i];
    return sum;
  };
  std::vector<T> breakpoints;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (a[i] == T(0)) continue;
    for (const T& end : {T(0), T(1)})
      if (const T lambda = (y[i] - end) / a[i]; T(0) < lambda) breakpoints.push_back(lambda);
  }
  std::sort(breakpoints.begin(), breakpoints.end());
  T before(0), value_before = product(at(before));
  if (!(b < value_before)) return at(before);
  for (const T& lambda : breakpoints) {
    const T value = product(at(lambda));
    if (!(b < value)) return at(before + (lambda - before) * (value_before - b) / (value_before - value));
    before = lambda;
    value_before = value;
  }
  return at(before);
}

}  // namespace asyncert::dasgd
