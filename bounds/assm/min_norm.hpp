// The point of least norm of a polytope given by points, exactly.
#pragma once

#include <vector>

#include "lib/rational.hpp"

namespace asyncert::assm {

using Point = std::vector<Rational>;

Rational dot(const Point& a, const Point& b);

/// The unique point of least Euclidean norm of the convex hull of `points` (at least one, all of one dimension), by
/// Wolfe's active-set method in exact arithmetic, which ends after finitely many corrals.
Point min_norm_point(const std::vector<Point>& points);

/// The extreme points of the convex hull, sorted lexicographically, without repetition: a point stays where it is not
/// in the hull of the others.
std::vector<Point> extreme_points(std::vector<Point> points);

}  // namespace asyncert::assm
