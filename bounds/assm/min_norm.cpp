#include "bounds/assm/min_norm.hpp"

#include <algorithm>
#include <stdexcept>

namespace asyncert::assm {

Rational dot(const Point& a, const Point& b) {
  Rational sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

namespace {

/// Weights, with sum 1, of the point of least norm of the affine hull of affinely independent points: the system
/// sum_j w_j = 1, sum_j w_j <p_i, p_j> = mu for all i, which is then regular or has the origin in the affine hull.
std::vector<Rational> affine_min_norm_weights(const std::vector<Point>& corral) {
  const std::size_t n = corral.size();
  // With G_ij = 1 + <p_i, p_j>, regular for affinely independent points, the weights are proportional to G^{-1}
  // (1,...,1).
  std::vector<std::vector<Rational>> G(n, std::vector<Rational>(n + 1, Rational(1)));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) G[i][j] += dot(corral[i], corral[j]);
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    while (pivot < n && G[pivot][k].sign() == 0) ++pivot;
    if (pivot == n) throw std::logic_error("the corral is affinely dependent");
    std::swap(G[k], G[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k || G[i][k].sign() == 0) continue;
      const Rational factor = G[i][k] / G[k][k];
      for (std::size_t j = k; j <= n; ++j) G[i][j] -= factor * G[k][j];
    }
  }
  std::vector<Rational> weights(n);
  Rational total;
  for (std::size_t k = 0; k < n; ++k) total += weights[k] = G[k][n] / G[k][k];
  for (Rational& w : weights) w /= total;
  return weights;
}

Point combination(const std::vector<Point>& points, const std::vector<Rational>& weights) {
  Point x(points.front().size());
  for (std::size_t k = 0; k < points.size(); ++k)
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += weights[k] * points[k][i];
  return x;
}

}  // namespace

Point min_norm_point(const std::vector<Point>& points) {
  std::vector<Point> corral = {*std::min_element(points.begin(), points.end(),
                                                 [](const Point& a, const Point& b) { return dot(a, a) < dot(b, b); })};
  std::vector<Rational> weights = {1};
  while (true) {
    const Point x = combination(corral, weights);
    const Point& lowest = *std::min_element(points.begin(), points.end(),
                                            [&](const Point& a, const Point& b) { return dot(x, a) < dot(x, b); });
    if (dot(x, lowest) >= dot(x, x)) return x;
    corral.push_back(lowest);
    weights.emplace_back(0);
    // Walk towards the affine minimiser; a point whose weight vanishes on the way leaves.
    for (bool inside = false; !inside;) {
      const std::vector<Rational> target = affine_min_norm_weights(corral);
      Rational step(1);
      for (std::size_t k = 0; k < target.size(); ++k)
        if (target[k].sign() < 0) step = min(step, Rational(weights[k] / (weights[k] - target[k])));
      inside = step == Rational(1);
      for (std::size_t k = 0; k < target.size(); ++k) weights[k] += step * (target[k] - weights[k]);
      for (std::size_t k = corral.size(); k-- > 0;) {
        if (weights[k].sign() != 0) continue;
        corral.erase(corral.begin() + static_cast<std::ptrdiff_t>(k));
        weights.erase(weights.begin() + static_cast<std::ptrdiff_t>(k));
      }
    }
  }
}

std::vector<Point> extreme_points(std::vector<Point> points) {
  const auto before = [](const Point& a, const Point& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  std::sort(points.begin(), points.end(), before);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  for (std::size_t k = points.size(); k-- > 0 && points.size() > 1;) {
    std::vector<Point> others;
    for (std::size_t j = 0; j < points.size(); ++j) {
      if (j == k) continue;
      others.push_back(points[j]);
      for (std::size_t i = 0; i < others.back().size(); ++i) others.back()[i] -= points[k][i];
    }
    const Point nearest = min_norm_point(others);
    if (dot(nearest, nearest).sign() == 0) points.erase(points.begin() + static_cast<std::ptrdiff_t>(k));
  }
  return points;
}

}  // namespace asyncert::assm
