// How a solution of the differential inclusion can go on from a rational point, decided exactly.
#pragma once

#include "bounds/assm/chart.hpp"
#include "bounds/assm/clarke.hpp"

namespace asyncert::assm {

/// What happens to a solution at a kink.
enum class EventKind {
  crosses,   ///< it goes through
  slides,    ///< it goes on along the kink
  leaves,    ///< a slide ends: it goes on to one side
  rests,     ///< it stops at a stationary point
  branches,  ///< it may go on in several ways, and is not followed
};
const char* to_string(EventKind kind);

/// A motion from s, and what its beginning is called.
struct Way {
  Chart chart;
  Point s;
  EventKind kind;
};

/// All motions from x: into one of the cells `around` it, or along a ray between two. Resting is not among them. A
/// velocity along a kink is decided by the first of 16 Taylor coefficients that does not vanish; where all do, it does
/// not leave the kink.
std::vector<Way> ways_from(Problem problem, const Point& x, const std::vector<Cell>& around, const Point& ubar);

}  // namespace asyncert::assm
