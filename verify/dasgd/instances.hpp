// Exact random instances for the searches: points, the polyhedral sets with their projections, and runs of Algorithm 3.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bounds/dasgd/projections.hpp"
#include "lib/random.hpp"
#include "lib/rational.hpp"

namespace asyncert::dasgd {

using Point = std::vector<Rational>;

/// Rational points from a stream: multiples of 1/12, now and then far away or on a lattice where faces meet.
class Draw {
 public:
  Draw(std::uint64_t seed, const std::string& purpose) : stream_(seed, stream_key(purpose)) {}

  Rational number(long range) {
    return Rational(static_cast<long>(stream_.below(static_cast<std::uint64_t>(24 * range + 1))) - 12 * range, 12);
  }
  Point point(std::size_t d) {
    const Rational scale = stream_.below(8) == 0 ? Rational(1'000'000'000) : Rational(1);
    Point p;
    for (std::size_t i = 0; i < d; ++i)
      p.push_back(stream_.below(4) == 0 ? Rational(static_cast<long>(stream_.below(3)) - 1) : number(3) * scale);
    return p;
  }
  long below(long n) { return static_cast<long>(stream_.below(static_cast<std::uint64_t>(n))); }

 private:
  RandomStream stream_;
};

/// A polyhedral set with its exact projection.
struct Polytope {
  std::string name;
  std::function<Point(const Point&)> project;
};

/// Box, simplex, l1 ball, and the box cut by sum x <= d/2.
inline std::vector<Polytope> polytopes() {
  return {{"box", [](const Point& y) { return project_box(y); }},
          {"simplex", [](const Point& y) { return project_simplex(y); }},
          {"l1_ball", [](const Point& y) { return project_l1_ball(y); }},
          {"box_halfspace", [](const Point& y) {
             return project_box_halfspace(y, Point(y.size(), Rational(1)), Rational(static_cast<long>(y.size()), 2));
           }}};
}

}  // namespace asyncert::dasgd
