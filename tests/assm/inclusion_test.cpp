// Solutions of the differential inclusion against an independent explicit discretisation, and their invariants.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "bounds/assm/differential_inclusion.hpp"
#include "lib/errors.hpp"
#include "tests/assm/discretised.hpp"

using namespace asyncert;
using namespace asyncert::assm;

TEST_CASE("trajectories agree with explicit steps, over starts on and off the kinks and unequal speeds") {
  std::mt19937 engine(3);
  std::uniform_int_distribution<long> grid(-7, 7), speed(1, 6), clock(1, 12);
  for (int round = 0; round < 12; ++round) {
    InitialValueProblem line{
        {Rational(2 * grid(engine) + 1, 4)}, {Rational(speed(engine), 2)}, {Rational(clock(engine), 4)}};
    InitialValueProblem plane{{Rational(grid(engine), 2), Rational(grid(engine), 2)},
                              {Rational(speed(engine), 2), Rational(speed(engine), 2)},
                              {Rational(clock(engine), 4), Rational(clock(engine), 2)}};
    if (round % 3 == 0) plane.x0[1] = plane.x0[0];
    const auto catalogue = [](Problem problem) {
      return [problem](const std::vector<double>& x) {
        return evaluate(problem, std::vector<Reals>(x.begin(), x.end())).value;
      };
    };
    compare(piecewise_linear_flow(Problem::P01, line), line, catalogue(Problem::P01), "P01");
    compare(piecewise_linear_flow(Problem::P02, line), line, catalogue(Problem::P02), "P02");
    compare(piecewise_linear_flow(Problem::P03, line), line, catalogue(Problem::P03), "P03");
    compare(
        phase_retrieval_flow(line), line, [](const std::vector<double>& x) { return std::fabs(x[0] * x[0] - 1); },
        "phase");
    const Rational b(grid(engine), 3), lambda(speed(engine), 4);
    compare(
        lasso_flow(line, b, lambda), line,
        [&](const std::vector<double>& x) {
          return (x[0] - b.to_double()) * (x[0] - b.to_double()) / 2 + lambda.to_double() * std::fabs(x[0]);
        },
        "lasso");
    for (const Problem problem : {Problem::P04, Problem::P14})
      compare(diagonal_kink_flow(problem, plane), plane, catalogue(problem), "diagonal");
    InitialValueProblem neurons = plane;  // off the concave kink w + b = 0
    neurons.x0[0] += Rational(1, 8);
    compare(piecewise_linear_flow(Problem::P13, neurons), neurons, catalogue(Problem::P13), "P13");
    InitialValueProblem small = plane;  // P11 grows without bound: stay where it is tame
    for (Rational& c : small.x0) c /= Rational(4);
    small.times = {Rational(1, 4), Rational(1)};
    compare(max_norm_flow(small), small, catalogue(Problem::P11), "P11");
    InitialValueProblem network = plane;
    network.x0 = {abs(plane.x0[0]) / Rational(3) + Rational(1, 8), plane.x0[1] / Rational(3)};
    compare(relu_flow(network), network, catalogue(Problem::P09), "P09");
    InitialValueProblem curve = plane;  // from above the valley y = 2|x| - 1; from below some paths come to its corner
    curve.x0[0] = abs(curve.x0[0]) + Rational(1, 2);
    curve.x0[1] = Rational(2) * curve.x0[0] - Rational(1) + abs(curve.x0[1]);
    compare(piecewise_linear_flow(Problem::P07, curve), curve, catalogue(Problem::P07), "P07");
  }
}

TEST_CASE("a solution that reaches the kink just where sliding begins slides") {
  // From (16, 8) with mean times 1 and 2 at w = e^{-elapsed/4} = 2/3: x = -2 + 18 w^2 = 6, y = 2 + 6 w = 6. There the
  // velocity of the side y > x points along the kink.
  const PrecisionScope precision(256);
  for (const long sign : {1, -1}) {
    const InitialValueProblem p{{Rational(16 * sign), Rational(8 * sign)}, {1, 2}, {0, 1, 5}};
    const Trajectory t = diagonal_kink_flow(Problem::P04, p);
    const Ball hit = Ball(4) * log(Ball(Rational(3, 2)));
    CHECK(t.hit_time->get<Ball>()->overlaps(hit));
    CHECK(t.x[0][0].get<Ball>()->overlaps(Ball(16 * sign)));
    const Ball slid = Ball(6 * sign) * exp((hit - Ball(5)) / Ball(3));
    for (const Value& v : t.x[2]) {
      CHECK(v.get<Ball>()->overlaps(slid));
      CHECK(v.get<Ball>()->accuracy_bits() > 200);
    }
  }
}

TEST_CASE("with very unequal speeds the diagonal is crossed before it is slid along") {
  const InitialValueProblem p{
      {Rational(12), Rational(11)}, {Rational(1, 10), Rational(4)}, {Rational(1, 10), Rational(1), Rational(20)}};
  const Trajectory t = diagonal_kink_flow(Problem::P04, p);
  CHECK(as_double(t.x[1][0]) < as_double(t.x[1][1]));
  CHECK(std::fabs(as_double(t.x[2][0]) - as_double(t.x[2][1])) < 1e-12);
}

TEST_CASE("a solution that meets the diagonal exactly at the origin rests there") {
  const auto end = [](Problem problem, const Point& x0, const Point& ubar) {
    const Trajectory t = diagonal_kink_flow(problem, {x0, ubar, {Rational(100)}});
    return *t.x[0][0].get<Ball>();
  };
  CHECK(end(Problem::P04, {1, -1}, {1, 1}).is_exact());
  CHECK(end(Problem::P14, {-3, 3}, {2, 2}).is_exact());
  // e^{-s/2} = 1/4 and e^{-s/4} = 1/2 at the same time s = 4 log 2.
  CHECK(end(Problem::P04, {6, -2}, {1, 2}).is_exact());
  CHECK_FALSE(end(Problem::P04, {6, -2}, {2, 1}).contains(Rational(0)));
  CHECK_FALSE(end(Problem::P04, {1, Rational(-1) + Rational::parse("1e-9")}, {1, 1}).contains(Rational(0)));
}

TEST_CASE("a solution that meets |x| = |y| exactly at a level that decides what follows") {
  // 1 - (2/5) e^s and (2/5) e^s meet at 1/2, which is stationary.
  const Trajectory rest = max_norm_flow({{Rational(3, 5), Rational(-2, 5)}, {1, 1}, {Rational(1, 5), Rational(100)}});
  CHECK(*rest.x[1][0].get<Rational>() == Rational(1, 2));
  CHECK(*rest.x[1][1].get<Rational>() == Rational(-1, 2));
  // 1 + e^{s/2}/2 and e^s/2 meet at 2, the edge of sliding for mean times 1 and 2, at s = 2 log 2: then |x| leads.
  const Trajectory edge = max_norm_flow({{Rational(-1, 2), Rational(3, 2)}, {1, 2}, {3}});
  const Ball since = Ball(3) - Ball(2) * log(Ball(2));
  CHECK(edge.x[0][0].get<Ball>()->overlaps(-(Ball(1) + exp(since))));
  CHECK(edge.x[0][1].get<Ball>()->overlaps(Ball(2) * exp(since / 2)));
  const Rational little = Rational::parse("1e-9");
  const Trajectory below = max_norm_flow({{Rational(3, 5), little - Rational(2, 5)}, {1, 1}, {Rational(100)}});
  CHECK(*below.x[0][0].get<Rational>() == Rational(0));
}

TEST_CASE("the invariant of the relu flow, and its rest after w = 0 is reached") {
  const InitialValueProblem p{
      {Rational(1, 2), Rational(-1)}, {Rational(1), Rational(2)}, {Rational(1, 10), Rational(100)}};
  const Trajectory t = relu_flow(p);
  const Ball w = *t.x[0][0].get<Ball>(), v = *t.x[0][1].get<Ball>();
  CHECK((w * w - Ball(2) * v * v).overlaps(Ball(Rational(1, 4) - Rational(2))));
  REQUIRE(t.hit_time);
  CHECK(*t.x[1][0].get<Rational>() == Rational(0));
}

TEST_CASE("several solutions are refused, once they matter") {
  CHECK_THROWS_AS(piecewise_linear_flow(Problem::P03, {{0}, {1}, {1}}), DomainError);
  CHECK_NOTHROW(piecewise_linear_flow(Problem::P03, {{0}, {1}, {0}}));
  CHECK_THROWS_AS(relu_flow({{0, 1}, {1, 1}, {1}}), DomainError);
  // P07 from the left branch slides into the stationary corner (0, -1), from which it may go on to the right.
  CHECK_THROWS_AS(piecewise_linear_flow(Problem::P07, {{Rational(-1, 4), Rational(-1, 2)}, {1, 1}, {6}}), DomainError);
  CHECK_NOTHROW(piecewise_linear_flow(Problem::P07, {{Rational(-1, 4), Rational(-1, 2)}, {1, 1}, {4}}));
}

TEST_CASE("on the maximum norm a slower coordinate that catches up for a moment only is seen") {
  // |x| = 1 + e^t/32 and |y| = 3/5 e^{t/3}: with X = e^{t/3} they meet where X^3/32 - 3X/5 + 1 = 0, at X = 2.35.
  const Trajectory r = max_norm_flow({{Rational(33, 32), Rational(3, 5)}, {Rational(1), Rational(3)}, {Rational(1)}});
  REQUIRE(r.hit_time.has_value());
  const double X = std::exp(as_double(*r.hit_time) / 3);
  CHECK(std::fabs(X * X * X / 32 - 0.6 * X + 1) < 1e-12);
  CHECK(X < 2.53);  // the first of two
  // A little less, and the gap stays positive: the cubic's least value is 0 at b^3 = 27/128, b = 0.5953.
  CHECK_FALSE(
      max_norm_flow({{Rational(33, 32), Rational(59, 100)}, {Rational(1), Rational(3)}, {Rational(1)}}).hit_time);
}
