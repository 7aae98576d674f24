// Closed convex sets with exact Euclidean projections.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace asyncert::solvers {

class ConvexSet {
 public:
  virtual ~ConvexSet() = default;
  /// Replaces y by the nearest point of the set.
  virtual void project(std::span<double> y) const = 0;
  virtual std::string name() const = 0;
};
using ConvexSetPtr = std::shared_ptr<const ConvexSet>;

/// R^d: the projection does nothing.
ConvexSetPtr whole_space();
/// [lower, upper]^d
ConvexSetPtr box(double lower, double upper);
/// |x - center| <= radius; an empty center is the origin.
ConvexSetPtr ball(double radius, std::vector<double> center = {});
/// x >= 0, sum x = total. Cost: O(d log d).
ConvexSetPtr simplex(double total = 1);
/// sum |x_j| <= radius. Cost: O(d log d).
ConvexSetPtr l1_ball(double radius);
/// [lower, upper]^d with <a, x> <= c, for a set that is not empty. Cost: O(d log d).
ConvexSetPtr box_and_halfspace(double lower, double upper, std::vector<double> a, double c);

}  // namespace asyncert::solvers
