// Grids of inputs: the ranges of one or more parameters of a quantity, and the points of their product.
#pragma once

#include <string>
#include <vector>

#include "lib/quantity.hpp"

namespace asyncert {

/// The values of one parameter on a grid.
struct GridAxis {
  std::string name;
  std::vector<Value> values;  ///< exact rationals, words, or one list or matrix
  bool logarithmic = false;   ///< equal ratios instead of equal differences
};

/// Reads the values of a parameter from text: one value, several ("1,2,5"), n equidistant ones from `lo` to `hi`
/// ("lo:hi:n"), or n in equal ratios ("lo:hi:n:log"). A list or a matrix is one value, as JSON.
///
/// Equidistant points are exact; those in equal ratios are rounded to 17 decimal digits, the ends are exact. The points
/// of an integer parameter are rounded to integers, and repetitions are dropped.
/// Throws `DomainError` with the parameter, its text and the form that was expected; whether the values lie in the
/// parameter's domain is for `Quantity::read` to say. Cost O(n).
GridAxis parse_axis(const Parameter& parameter, const std::string& text);

/// The points of the product of axes, the last axis running fastest.
class Grid {
 public:
  /// Throws `DomainError` where an axis has no value, and where there are more than `most` points.
  Grid(std::vector<GridAxis> axes, std::size_t most);
  std::size_t size() const { return size_; }
  const std::vector<GridAxis>& axes() const { return axes_; }
  /// Which value of each axis the point has.
  std::vector<std::size_t> indices(std::size_t point) const;
  /// The point as raw inputs of a quantity.
  Object inputs(std::size_t point) const;

 private:
  std::vector<GridAxis> axes_;
  std::size_t size_ = 1;
};

}  // namespace asyncert
