#include "bounds/assm/clarke.hpp"

#include <algorithm>

#include "bounds/assm/germ.hpp"

namespace asyncert::assm {

namespace {

Rational cross(const Point& a, const Point& b) { return a[0] * b[1] - a[1] * b[0]; }

/// 0 for directions with angle in [0, pi), 1 for [pi, 2 pi).
int half_plane(const Point& a) { return a[1].sign() > 0 || (a[1].sign() == 0 && a[0].sign() > 0) ? 0 : 1; }

bool counter_clockwise(const Point& a, const Point& b) {
  return half_plane(a) != half_plane(b) ? half_plane(a) < half_plane(b) : cross(a, b).sign() > 0;
}

/// The cells between the lines through 0 with the given normals, without gradients.
std::vector<Cell> cells_between(std::size_t n, const std::vector<Normal>& normals) {
  if (n == 1) return {{{-1}, {}, {}}, {{1}, {}, {}}};
  std::vector<Point> rays;
  for (const Normal& normal : normals) {
    rays.push_back({-normal[1], normal[0]});
    rays.push_back({normal[1], -normal[0]});
  }
  std::sort(rays.begin(), rays.end(), counter_clockwise);
  const auto same_ray = [](const Point& a, const Point& b) {
    return !counter_clockwise(a, b) && !counter_clockwise(b, a);
  };
  rays.erase(std::unique(rays.begin(), rays.end(), same_ray), rays.end());
  if (rays.empty()) return {{{1, 0}, {}, {}}};
  std::vector<Cell> result;
  for (std::size_t k = 0; k < rays.size(); ++k) {
    const Point &from = rays[k], &to = rays[(k + 1) % rays.size()];
    // Two rays of one line leave a half-plane between them.
    const Point inside = rays.size() == 2 ? Point{-from[1], from[0]} : Point{from[0] + to[0], from[1] + to[1]};
    result.push_back({inside, {}, {from, to}});
  }
  return result;
}

}  // namespace

std::vector<Cell> cells(Problem problem, const Point& x) {
  const std::size_t n = dimension(problem);
  const auto kinks = std::make_shared<KinkRecord>();
  for (std::size_t known = 0;;) {
    std::vector<Cell> around = cells_between(n, kinks->normals);
    for (Cell& cell : around) {
      std::vector<Germ> point;
      for (std::size_t i = 0; i < n; ++i) point.emplace_back(x, cell.direction, i, kinks);
      const Normal gradient = evaluate(problem, point).gradient();
      cell.gradient.assign(gradient.begin(), gradient.begin() + static_cast<std::ptrdiff_t>(n));
    }
    // One normal a line, so that the number of lines tells whether a new one was found.
    std::vector<Normal>& normals = kinks->normals;
    std::sort(normals.begin(), normals.end(), [](const Normal& a, const Normal& b) {
      return a[0].sign() == 0 || b[0].sign() == 0 ? a[0].sign() != 0 && b[0].sign() == 0 : a[1] / a[0] < b[1] / b[0];
    });
    const auto parallel = [](const Normal& a, const Normal& b) { return a[0] * b[1] == a[1] * b[0]; };
    normals.erase(std::unique(normals.begin(), normals.end(), parallel), normals.end());
    if (normals.size() == known) return around;
    known = normals.size();
    if (n == 1) return around;
  }
}

std::vector<Point> clarke_vertices(Problem problem, const Point& x) {
  std::vector<Point> gradients;
  for (const Cell& cell : cells(problem, x)) gradients.push_back(cell.gradient);
  return extreme_points(std::move(gradients));
}

BlockProjections block_projections(const std::vector<Point>& vertices) {
  BlockProjections r{vertices.front(), vertices.front()};
  for (const Point& v : vertices)
    for (std::size_t i = 0; i < v.size(); ++i) {
      r.lower[i] = min(r.lower[i], v[i]);
      r.upper[i] = max(r.upper[i], v[i]);
    }
  return r;
}

Rational BlockProjections::measure() const {
  Rational worst;
  for (std::size_t i = 0; i < lower.size(); ++i) worst = max(worst, max(lower[i], Rational(-upper[i])));
  return worst;
}

}  // namespace asyncert::assm
