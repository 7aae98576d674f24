// Projections by their optimality condition, the identities of the energy, and the certified minimum of the coherence
// product.
#include "bounds/dasgd/energy.hpp"

#include <doctest/doctest.h>

#include <random>

#include "bounds/dasgd/chain_coherence.hpp"
#include "bounds/dasgd/coherence.hpp"
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/min_coherence.hpp"
#include "bounds/dasgd/projections.hpp"
#include "bounds/dasgd/rosenbrock.hpp"
#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/real.hpp"
#include "lib/real_roots.hpp"
#include "lib/subdivision.hpp"

using namespace asyncert;
using namespace asyncert::dasgd;

namespace {

using Point = std::vector<Rational>;

class Draw {
 public:
  Rational operator()(long range) {
    return Rational(std::uniform_int_distribution<long>(-12 * range, 12 * range)(engine_), 12);
  }
  Point point(std::size_t d, long range) {
    Point p;
    for (std::size_t i = 0; i < d; ++i) p.push_back((*this)(range));
    return p;
  }

 private:
  std::mt19937 engine_{11};
};

/// x = P(y) exactly where <y - x, z - x> <= 0 for all z of the set; for a polytope its vertices suffice.
bool optimal_against(const Point& y, const Point& x, const Point& z) {
  Rational product;
  for (std::size_t i = 0; i < y.size(); ++i) product += (y[i] - x[i]) * (z[i] - x[i]);
  return product.sign() <= 0;
}

}  // namespace

TEST_CASE("projections satisfy the optimality condition against all vertices") {
  Draw draw;
  for (int k = 0; k < 300; ++k) {
    const std::size_t d = 1 + static_cast<std::size_t>(k) % 4;
    const Point y = draw.point(d, 3);
    const Point box = project_box(y), simplex = project_simplex(y), l1 = project_l1_ball(y);
    Rational sum, norm;
    for (std::size_t i = 0; i < d; ++i) {
      sum += simplex[i];
      norm += abs(l1[i]);
      CHECK(simplex[i].sign() >= 0);
    }
    CHECK(sum == Rational(1));
    CHECK(norm <= Rational(1));
    for (std::size_t bits = 0; bits < (1u << d); ++bits) {
      Point corner;
      for (std::size_t i = 0; i < d; ++i) corner.push_back(bits >> i & 1);
      CHECK(optimal_against(y, box, corner));
    }
    for (std::size_t i = 0; i < d; ++i)
      for (const int sign : {1, -1}) {
        Point vertex(d);
        vertex[i] = sign;
        CHECK(optimal_against(y, l1, vertex));
        if (sign > 0) CHECK(optimal_against(y, simplex, vertex));
      }
  }
}

TEST_CASE("box with a half-space: feasible, and optimal against random points of the set") {
  Draw draw;
  int active = 0;
  for (int k = 0; k < 400; ++k) {
    const std::size_t d = 1 + static_cast<std::size_t>(k) % 4;
    const Point y = draw.point(d, 3), a = draw.point(d, 2);
    const Rational b = smallest_on_box(a) + abs(draw(1)) * Rational(k % 5);  // the set is a face at k % 5 = 0
    const Point x = project_box_halfspace(y, a, b);
    CHECK(inner_product(a, x) <= b);
    active += x != project_box(y);
    for (int j = 0; j < 30; ++j) {
      const Point z = project_box_halfspace(draw.point(d, 2), a, b);
      CHECK(optimal_against(y, x, z));
    }
  }
  CHECK(active > 100);
}

TEST_CASE("the printed energy is |y-p|^2 - |y-x|^2 and at least |x-p|^2") {
  Draw draw;
  for (int k = 0; k < 200; ++k) {
    const Point y = draw.point(3, 3), x = project_simplex(y), p = project_simplex(draw.point(3, 3));
    const Rational e = energy(y, x, p);
    CHECK(e == energy_printed(y, x, p));
    CHECK(e == squared_distance(y, p) - squared_distance(y, x));
    CHECK(squared_distance(x, p) <= e);
  }
  const Point y{3, 4}, p{Rational(1, 3), Rational(2, 3)};
  const auto at = outside_unit_ball(y, p, Rational(5));
  CHECK(at.energy == energy_printed(y, at.x, p));
}

TEST_CASE("outside the unit ball the energy is |p|^2 - 1 + 2 <y, x - p>, also for a base point inside") {
  for (const Point& p : {Point{Rational(1, 2), 0}, Point{0, 0}, Point{Rational(-1, 3), Rational(2, 3)}, Point{1, 0}}) {
    const Point y = {3, 4};
    const OutsideUnitBall<Rational> at = outside_unit_ball(y, p, Rational(5));
    const Point step = {at.x[0] - p[0], at.x[1] - p[1]};
    CHECK(at.energy == inner_product(p, p) - Rational(1) + Rational(2) * inner_product(y, step));
    CHECK(at.squared_distance == inner_product(step, step));
  }
}

TEST_CASE("coherence products are derivatives along the ray") {
  // d/ds f(s x) at s = 1 is <grad f(x), x>; here for x* = 0, by a difference quotient.
  const std::vector<double> x{0.5, 1.0 / 3};
  const auto along = [&](auto&& f) { return (f(1 + 1e-6) - f(1 - 1e-6)) / 2e-6; };
  const double s = x[0] * x[0] + x[1] * x[1], angle = std::atan2(x[1], x[0]), r = std::sqrt(s);
  CHECK(coherence_gaussian_well(x) == doctest::Approx(along([&](double u) { return 1 - std::exp(-u * u * s / 2); })));
  CHECK(coherence_rational_well(x) == doctest::Approx(along([&](double u) { return u * u * s / (1 + u * u * s); })));
  const double factor = 3 + std::sin(5 * angle) + std::cos(3 * angle);
  CHECK(coherence_polar(x, r) ==
        doctest::Approx(along([&](double u) { return factor * u * u * s * (5.0 / 3 - u * r); })));
}

TEST_CASE("the minimum of the coherence product is taken at the given point, and no point of a grid is below it") {
  for (const auto& [lower, upper] : {std::pair(Rational(0), Rational(2)), std::pair(Rational(1, 2), Rational(3, 2)),
                                     std::pair(Rational(11, 10), Rational(2)), std::pair(Rational(1), Rational(3)),
                                     std::pair(Rational(-1), Rational(1, 100)), std::pair(Rational(-2), Rational(-1)),
                                     std::pair(Rational(1, 3), Rational(9, 10)), std::pair(Rational(-3), Rational(1)),
                                     std::pair(Rational(19, 20), Rational(21, 20))}) {
    CAPTURE(lower.to_string());
    CAPTURE(upper.to_string());
    const CoherenceMinimum m = min_coherence(lower, upper);
    const auto ball = [](const Value& v) { return v.get<Ball>() ? *v.get<Ball>() : Ball(*v.get<Rational>()); };
    const Ball least = ball(m.minimum);
    CHECK(arb_overlaps(least.raw(), rosenbrock_coherence(ball(m.x1), ball(m.x2)).raw()));
    for (const Value* x : {&m.x1, &m.x2}) {
      CHECK_FALSE(certainly_less(ball(*x), Ball(lower)));
      CHECK_FALSE(certainly_less(Ball(upper), ball(*x)));
    }
    const long n = 120;
    for (long i = 0; i <= n; ++i)
      for (long j = 0; j <= n; ++j) {
        const Rational width = upper - lower, x1 = lower + width * Rational(i, n), x2 = lower + width * Rational(j, n);
        if (certainly_less(Ball(rosenbrock_coherence(x1, x2)), least)) FAIL("below the minimum: ", x1, ", ", x2);
      }
  }
}

TEST_CASE("no point of the square is below the certified minimum of the coherence product") {
  for (const auto& [lower, upper] :
       {std::pair(Rational(0), Rational(2)), std::pair(Rational(1, 2), Rational(3, 2)),
        std::pair(Rational(-1), Rational(1, 100)), std::pair(Rational(-2), Rational(-1))}) {
    const CoherenceMinimum m = min_coherence(lower, upper);
    const Ball found = m.minimum.get<Ball>() ? *m.minimum.get<Ball>() : Ball(*m.minimum.get<Rational>());
    const Ball slack = found - Ball(Rational(1, 2));
    const auto r = subdivide(
        {{"x1", lower, upper}, {"x2", lower, upper}},
        [&](const std::vector<Ball>& x) { return compare_less(slack, rosenbrock_coherence(x[0], x[1])); }, 400000);
    CHECK_FALSE(r.counterexample);
    CHECK(r.undecided == 0);
    const Rational x1(7, 5), x2(-3, 4);
    const std::vector<Rational> x{x1, x2}, g = rosenbrock_gradient(x);
    CHECK(rosenbrock_coherence(x1, x2) == g[0] * (x1 - Rational(1)) + g[1] * (x2 - Rational(1)));
  }
}

TEST_CASE("the chain's bounds hold the minimum: the exact one in the plane, and random points in more dimensions") {
  for (const auto& [lower, upper] :
       {std::pair(Rational(0), Rational(2)), std::pair(Rational(33, 50), Rational(67, 50))}) {
    const ChainMinimum bounds = chain_coherence_minimum(lower, upper, 2, 600);
    const CoherenceMinimum m = min_coherence(lower, upper);
    const Ball exact = m.minimum.get<Ball>() ? *m.minimum.get<Ball>() : Ball(*m.minimum.get<Rational>());
    CHECK(certainly_less_equal(Ball(bounds.lower_bound), exact));
    CHECK(certainly_less_equal(exact - Ball::parse("1e-30"), Ball(bounds.upper_bound)));
    CHECK((bounds.upper_bound - bounds.lower_bound).to_double() < 1);
  }
  const ChainMinimum bounds = chain_coherence_minimum(0, 2, 5, 300);
  Rational at_witness;
  for (std::size_t i = 0; i + 1 < 5; ++i) at_witness += rosenbrock_coherence(bounds.witness[i], bounds.witness[i + 1]);
  CHECK(at_witness == bounds.upper_bound);
  Draw draw;
  for (int k = 0; k < 2000; ++k) {
    Point x;
    for (int i = 0; i < 5; ++i) x.push_back(abs(draw(2)));
    Rational v;
    for (std::size_t i = 0; i + 1 < 5; ++i) v += rosenbrock_coherence(x[i], x[i + 1]);
    CHECK(bounds.lower_bound < v);
  }
}

TEST_CASE("real roots: exact where rational, isolated elsewhere") {
  // (x - 1/2)(x^2 - 2)(x^2 + 1)
  const auto roots = real_roots({1, -2, Rational(1, 2), -1, Rational(-1, 2), 1});
  CHECK(roots.size() == 3);
  int exact = 0;
  for (const RealRoot& r : roots) {
    if (r.exact) {
      ++exact;
      CHECK(*r.exact == Rational(1, 2));
    } else {
      CHECK((r.value * r.value - Ball(2)).contains_zero());
      CHECK(r.value.accuracy_bits() > 100);
    }
  }
  CHECK(exact == 1);
}

TEST_CASE("a run without delay telescopes, and balls contain the exact run") {
  const auto exact = dagd_run(Rational(1), Rational(3, 2), read_rule("n"), 40);
  CHECK(exact.y == Rational(2, 41));
  for (const std::string rule : {"floor(n/2)", "isqrt(n)", "max(0,n-3)"}) {
    const auto r = dagd_run(Rational(3), Rational(5, 7), read_rule(rule), 60);
    const auto b = dagd_run(Real(Ball(3)), Real(Ball(Rational(5, 7))), read_rule(rule), 60);
    CHECK(b.y.ball().contains(r.y));
    CHECK(b.ergodic.ball().contains(r.ergodic));
    CHECK(b.max_gradient_error.ball().contains(r.max_gradient_error));
    // (3.1) with base point 0: outside of the interval, where both terms count, and inside.
    for (const Rational& y0 : {Rational(5), Rational(-4), Rational(1, 3)}) {
      const auto one_step = dagd_run(Rational(1), y0, read_rule(rule), 1);
      const Rational distance = one_step.y - one_step.x;
      CHECK(one_step.energy == one_step.y * one_step.y - distance * distance);
    }
  }
}

TEST_CASE("inputs outside the domain are refused in one sentence") {
  const QuantityRegistry registry = all_quantities();
  const auto refuse = [&](const std::string& name, const Object& raw) {
    CHECK_THROWS_AS(registry.find(name)->read(raw), DomainError);
  };
  const List two{1, 0}, three{1, 0, 0};
  refuse("dasgd.projection_energy", Object().add("set", "ball").add("y", two).add("p", three));
  refuse("dasgd.projection_energy", Object().add("set", "simplex").add("y", two).add("p", List{1, 1}));
  refuse("dasgd.projection_energy", Object().add("set", "box").add("y", two).add("p", two).add("b", 1));
  refuse("dasgd.projection_energy", Object().add("set", "box_halfspace").add("y", two).add("p", two));
  // A base point on the boundary of its set belongs to it.
  const auto halfspace = [&](const Rational& level) {
    return Object().add("set", "box_halfspace").add("y", List{2, 2}).add("p", two).add("a", List{2, 1}).add("b", level);
  };
  CHECK_NOTHROW(registry.find("dasgd.projection_energy")->read(halfspace(2)));
  refuse("dasgd.projection_energy", halfspace(Rational(19, 10)));
  for (const char* set : {"box", "simplex", "l1_ball", "ball"})
    CHECK_NOTHROW(registry.find("dasgd.projection_energy")->read(Object().add("set", set).add("y", two).add("p", two)));
  refuse("dasgd.staleness_window", Object().add("law", "1/(k log k)").add("s", 0).add("n", 5));
  refuse("dasgd.staleness_window", Object().add("law", "1/k").add("s", 6).add("n", 5));
  refuse("dasgd.min_coherence", Object().add("lower", 2).add("upper", 1));
  refuse("dasgd.apt_distance", Object().add("y", 0).add("n", 5).add("T", 1));
  refuse("dasgd.mean_field_flow",
         Object().add("y0", two).add("t", -1).add("function", "tilted_parabola").add("set", "ball"));
  refuse("dasgd.mean_field_flow", Object().add("y0", two).add("t", 1).add("function", "linear").add("set", "ball"));
  refuse("dasgd.mean_field_flow", Object()
                                      .add("y0", two)
                                      .add("t", 1)
                                      .add("function", "log1p_square")
                                      .add("set", "interval")
                                      .add("lower", 0)
                                      .add("upper", 1));
  refuse("dasgd.coherence", Object().add("function", "polar").add("x", three));
  refuse("dasgd.dagd_run", Object().add("c", 0).add("y0", 1).add("read", "n").add("N", 3));
  refuse("dasgd.delay_characteristic_root", Object().add("c", 1).add("k", Rational(1, 2)));
}
