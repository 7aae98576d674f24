// Exact Clarke subdifferentials of the test functions, and the distances of 0 from them.
#pragma once

#include <vector>

#include "bounds/assm/min_norm.hpp"
#include "bounds/assm/problems.hpp"

namespace asyncert::assm {

/// One of the cones around x on which f is smooth: a direction in its interior and the limit of the gradient in it.
struct Cell {
  Point direction;
  Point gradient;
  std::vector<Point>
      rays;  ///< the boundary rays in counter-clockwise order; one or two in the plane, none where f is smooth
};

/// All cells around x, counter-clockwise in the plane, from left to right on the line.
///
/// The kinks at x are found, not listed: f is evaluated in one-sided arithmetic along a direction in every cell of the
/// kinks known so far, until no new one appears. Exact for functions whose kinks through x are curves with different
/// tangents and nonzero normals there; those of P01..P14 are all straight.
std::vector<Cell> cells(Problem problem, const Point& x);

/// Extreme points of the Clarke subdifferential at x, sorted lexicographically: of the hull of the cells' gradients.
std::vector<Point> clarke_vertices(Problem problem, const Point& x);

/// What the coordinate blocks see: smallest and largest i-th component of the subdifferential.
struct BlockProjections {
  Point lower, upper;
  /// max_i dist(0, [lower_i, upper_i]); zero exactly at the block-stationary points.
  Rational measure() const;
};
BlockProjections block_projections(const std::vector<Point>& vertices);

}  // namespace asyncert::assm
