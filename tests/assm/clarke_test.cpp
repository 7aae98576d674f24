// Clarke subdifferentials against gradients at nearby smooth points, and exact least-norm points against their
// characterisation.
#include "bounds/assm/clarke.hpp"

#include <doctest/doctest.h>

#include <random>

#include "bounds/assm/germ.hpp"

using namespace asyncert;
using namespace asyncert::assm;

namespace {

Rational distance_squared(const std::vector<Point>& hull, const Point& g) {
  std::vector<Point> shifted = hull;
  for (Point& p : shifted)
    for (std::size_t i = 0; i < g.size(); ++i) p[i] -= g[i];
  const Point least = min_norm_point(shifted);
  return dot(least, least);
}

/// The gradient at a smooth point, by one-sided arithmetic along an arbitrary direction.
Point gradient(Problem problem, const Point& x) {
  const Point direction(x.size(), Rational(1));
  std::vector<Germ> germs;
  for (std::size_t i = 0; i < x.size(); ++i) germs.emplace_back(x, direction, i, nullptr);
  const Normal g = evaluate(problem, germs).gradient();
  return Point(g.begin(), g.begin() + static_cast<std::ptrdiff_t>(x.size()));
}

}  // namespace

TEST_CASE("the least element satisfies the variational inequality and lies in the hull") {
  std::mt19937 engine(7);
  std::uniform_int_distribution<long> draw(-4, 4);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 1 + static_cast<std::size_t>(round % 4);
    std::vector<Point> points(1 + static_cast<std::size_t>(round % 9), Point(n));
    for (Point& p : points)
      for (Rational& c : p) c = Rational(draw(engine), 1 + round % 3);
    const Point least = min_norm_point(points);
    for (const Point& p : points) CHECK(dot(least, p) >= dot(least, least));
    CHECK(distance_squared(points, least) == Rational(0));
    const auto extreme = extreme_points(points);
    CHECK(min_norm_point(extreme) == least);
    for (const Point& p : points) CHECK(distance_squared(extreme, p) == Rational(0));
  }
}

TEST_CASE("subdifferentials are the hulls of the gradients near a point") {
  std::mt19937 engine(11);
  std::uniform_int_distribution<long> grid(-6, 6), fine(-1000, 1000);
  const Rational tiny = Rational::parse("1e-12");
  for (const std::string& name : problem_names()) {
    const Problem problem = problem_named(name);
    for (int round = 0; round < 60; ++round) {
      Point x(dimension(problem));
      for (Rational& c : x) c = Rational(grid(engine), 2);
      const auto vertices = clarke_vertices(problem, x);
      std::vector<bool> seen(vertices.size(), false);
      for (int near = 0; near < 60; ++near) {
        Point y = x;
        for (Rational& c : y) c += tiny * Rational(2 * fine(engine) + 1, 2003);
        const Point g = gradient(problem, y);
        CHECK(distance_squared(vertices, g) < Rational::parse("1e-18"));
        for (std::size_t k = 0; k < vertices.size(); ++k)
          if (distance_squared({vertices[k]}, g) < Rational::parse("1e-18")) seen[k] = true;
      }
      for (std::size_t k = 0; k < vertices.size(); ++k) CHECK_MESSAGE(seen[k], name);
    }
  }
}

TEST_CASE("intersections of kinks") {
  const auto count = [](Problem problem, const Point& x) { return clarke_vertices(problem, x).size(); };
  CHECK(count(Problem::P08, {1, 2}) == 6);  // three lines: the hexagon, not the eight sums
  CHECK(count(Problem::P11, {0, 0}) == 4);
  CHECK(count(Problem::P13, {0, 0}) == 4);
  CHECK(count(Problem::P13, {Rational(1, 2), Rational(1, 2)}) == 4);
  CHECK(count(Problem::P07, {1, 1}) == 4);
  CHECK(count(Problem::P09, {0, 0}) == 1);
  CHECK(count(Problem::P12, {0}) == 1);
}

TEST_CASE("stationary and block-stationary sets of the catalogue") {
  const auto stationary = [](Problem problem, const Point& x) {
    const Point least = min_norm_point(clarke_vertices(problem, x));
    return dot(least, least).sign() == 0;
  };
  const auto blockwise = [](Problem problem, const Point& x) {
    return block_projections(clarke_vertices(problem, x)).measure().sign() == 0;
  };
  for (long k = -12; k <= 12; ++k) {
    const Rational t(k, 4);
    CHECK(stationary(Problem::P04, {t, t}) == (k == 0));
    CHECK(blockwise(Problem::P04, {t, t}) == (abs(t) <= Rational(2)));
    CHECK(blockwise(Problem::P14, {t, t}) == (abs(t) <= Rational(1)));
    CHECK(blockwise(Problem::P07, {t, Rational(2) * abs(t) - Rational(1)}));
    CHECK(stationary(Problem::P07, {t, Rational(2) * abs(t) - Rational(1)}) == (k == 0 || k == 4));
    if (k >= 0) CHECK(blockwise(Problem::P05, {t, -t}));
    CHECK(blockwise(Problem::P06, {t, t}));
    CHECK(blockwise(Problem::P11, {t, t}) == (abs(t) <= Rational(1)));
  }
  for (const auto& [x, y] : {std::pair{1L, 2L}, {-1L, -2L}, {1L, -2L}, {-1L, 2L}, {0L, 0L}})
    CHECK(stationary(Problem::P08, {x, y}));
  CHECK(stationary(Problem::P08, {1, Rational(-1, 2)}));
  CHECK_FALSE(stationary(Problem::P08, {2, 1}));
  CHECK(blockwise(Problem::P08, {2, 1}));
}
