// The flow of a linear function, y(t) = y(0) - t c, on any of the sets.
#pragma once

#include <string>
#include <vector>

#include "bounds/dasgd/flow.hpp"

namespace asyncert::dasgd {

/// f = <c, x> on "ball", "simplex", or "box" and "interval" with the given ends. The base point is the minimiser, and
/// the one of least norm where there are several.
FlowPoint linear_flow(const std::string& set, const std::vector<Rational>& y0, const std::vector<Rational>& c,
                      const Rational& lower, const Rational& upper, const Rational& t);

}  // namespace asyncert::dasgd
