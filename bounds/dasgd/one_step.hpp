// The constants of the one-step inequalities (3.4) and (3.5) for f = |x - c|^2/2 on the box [0,1]^d.
#pragma once

#include <vector>

#include "bounds/dasgd/energy.hpp"
#include "bounds/dasgd/projections.hpp"

namespace asyncert::dasgd {

/// Squares and rational constants; their roots are taken by the caller.
template <class T>
struct OneStepConstants {
  T C_2{0};                  ///< sup |grad f|^2 over the box
  T squared_diameter{0};     ///< d; the gradient's Lipschitz constant L is 1
  T squared_C_4{0};          ///< sup |x - x*|^2
  std::vector<T> minimiser;  ///< x* = P(c)
};

/// Each supremum of a convex separable function is attained at a vertex, coordinate by coordinate. Cost O(d).
template <class T>
OneStepConstants<T> one_step_constants(const std::vector<T>& c) {
  OneStepConstants<T> r;
  r.minimiser = project_box(c);
  const auto farthest_squared = [](const T& v) {
    return v * v < (T(1) - v) * (T(1) - v) ? (T(1) - v) * (T(1) - v) : v * v;
  };
  for (std::size_t i = 0; i < c.size(); ++i) {
    r.C_2 = r.C_2 + farthest_squared(c[i]);
    r.squared_diameter = r.squared_diameter + T(1);
    r.squared_C_4 = r.squared_C_4 + farthest_squared(r.minimiser[i]);
  }
  return r;
}

}  // namespace asyncert::dasgd
