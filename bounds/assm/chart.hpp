// One smooth motion of the differential inclusion: on a piece of f, or along a straight kink between two.
#pragma once

#include <optional>

#include "bounds/assm/pieces.hpp"
#include "bounds/assm/taylor.hpp"

namespace asyncert::assm {

/// A polynomial that is positive while the motion lasts.
struct Guard {
  Polynomial positive;  ///< in the chart's coordinates
  std::size_t zeros;    ///< how many of its Taylor coefficients vanish at the start of the motion
  Polynomial kink;      ///< the factor, in x, that vanishes with it; zero for the end of a slide
  int side;             ///< sign of the factor before; for the end of a slide, the side to which it ends
};

/// x = point(s), s' = field(s), for as long as all guards are positive.
struct Chart {
  std::vector<Polynomial> point;
  std::vector<Polynomial> field;
  std::vector<Guard> guards;
  std::optional<Polynomial> kink;  ///< the line along which it slides
  Side side;                       ///< signs of all factors but the kink
};

using Field = std::vector<Polynomial>;

/// -(gradient of the piece)_i / ubar_i.
Field velocity(const Piece& piece, const Point& ubar);

/// The derivative of p along a field.
Polynomial along(const Polynomial& p, const Field& field);

/// Motion on the piece of the given sides. No guard has a zero at its start yet.
Chart smooth_chart(Problem problem, const Side& side, const Point& ubar);

/// Motion along the line kink = 0 through the rational `origin`, in the direction d of growing s: x = origin + s d.
/// The other factors have the given sides; the guards keep both neighbouring velocities from pointing away.
Chart sliding_chart(Problem problem, const Polynomial& kink, const Point& origin, const Point& d, const Side& others,
                    const Point& ubar);

}  // namespace asyncert::assm
