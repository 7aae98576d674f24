// The closed forms of the mean-field flow against integration by small Runge-Kutta steps, on every function and set.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "bounds/dasgd/projections.hpp"
#include "bounds/registry.hpp"

using namespace asyncert;
using dasgd::project_box;
using dasgd::project_simplex;

namespace {

using Vector = std::vector<double>;

struct Problem {
  std::string function, set;
  Vector y0, center, c;
  double lower = 0, upper = 1, t = 0;

  Vector project(Vector y) const {
    if (set == "box") return project_box(y);
    if (set == "simplex") return project_simplex(y);
    if (set == "interval") return {std::min(upper, std::max(lower, y[0]))};
    double norm = 0;
    for (double v : y) norm += v * v;
    if (norm = std::sqrt(norm); norm > 1)
      for (double& v : y) v /= norm;
    return y;
  }
  Vector velocity(const Vector& y) const {
    const Vector x = project(y);
    Vector v(x.size());
    double squared = 0;
    for (double xi : x) squared += xi * xi;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (function == "half_squared_distance") v[i] = center[i] - x[i];
      if (function == "linear") v[i] = -c[i];
      if (function == "log1p_square") v[i] = -2 * x[i] / (1 + squared);
      if (function == "tilted_parabola") v[i] = i == 0 ? 1 : x[1] / 2;
    }
    return v;
  }
  Vector integrate(int steps) const {
    Vector y = y0;
    const double h = t / steps;
    const auto ahead = [&](const Vector& v, double s) {
      Vector r = y;
      for (std::size_t i = 0; i < y.size(); ++i) r[i] += s * v[i];
      return r;
    };
    for (int k = 0; k < steps; ++k) {
      const Vector a = velocity(y), b = velocity(ahead(a, h / 2)), d = velocity(ahead(b, h / 2)),
                   e = velocity(ahead(d, h));
      for (std::size_t i = 0; i < y.size(); ++i) y[i] += h / 6 * (a[i] + 2 * b[i] + 2 * d[i] + e[i]);
    }
    return y;
  }
  Object inputs() const {
    const auto list = [](const Vector& v) {
      List r;
      for (double x : v) r.push_back(Rational::from_double(x));
      return r;
    };
    Object o;
    o.add("y0", list(y0)).add("t", Rational::from_double(t)).add("function", function).add("set", set);
    if (function == "half_squared_distance") o.add("center", list(center));
    if (function == "linear") o.add("c", list(c));
    if (set == "interval") o.add("lower", Rational::from_double(lower)).add("upper", Rational::from_double(upper));
    return o;
  }
};

double number(const Value& v) { return v.get<Rational>() ? v.get<Rational>()->to_double() : v.get<Ball>()->midpoint(); }

}  // namespace

TEST_CASE("closed forms of the flow agree with its integration") {
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  std::mt19937 engine(7);
  const auto uniform = [&](double a, double b) {
    return std::round(std::uniform_real_distribution<double>(a, b)(engine) * 64) / 64;
  };
  for (const std::string function : {"half_squared_distance", "linear", "log1p_square", "tilted_parabola"})
    for (const std::string set : {"ball", "box", "interval", "simplex"}) {
      if (function == "tilted_parabola" && set == "interval") continue;
      for (int k = 0; k < 25; ++k) {
        Problem p;
        p.function = function;
        p.set = set;
        const std::size_t d = set == "interval"               ? 1
                              : function == "tilted_parabola" ? 2
                                                              : 1 + static_cast<std::size_t>(k) % 4;
        for (std::size_t i = 0; i < d; ++i) {
          p.y0.push_back(uniform(-3, 3));
          p.center.push_back(uniform(-1.5, 1.5));
          p.c.push_back(uniform(-2, 2));
        }
        if (set == "interval") {
          p.lower = uniform(-2, 2);
          p.upper = p.lower + uniform(0, 2);
        }
        p.t = uniform(0, 6);
        CAPTURE(function);
        CAPTURE(set);
        CAPTURE(k);
        const Object at = flow.evaluate(flow.read(p.inputs()), 15);
        const Vector numeric = p.integrate(4000), x = p.project(numeric);
        for (std::size_t i = 0; i < d; ++i) {
          CHECK(number((*at.find("y")->get<List>())[i]) == doctest::Approx(numeric[i]).epsilon(1e-4));
          CHECK(number((*at.find("x")->get<List>())[i]) == doctest::Approx(x[i]).epsilon(1e-4));
        }
        // The minimiser is where the flow of x ends up; the energy must be that of this base point.
        if (function == "half_squared_distance" || function == "log1p_square") {
          const Vector base = p.project(function == "log1p_square" ? Vector(d, 0.0) : p.center);
          double energy = 0;
          for (std::size_t i = 0; i < d; ++i) energy += (x[i] - base[i]) * (x[i] - base[i] + 2 * (numeric[i] - x[i]));
          CHECK(number(*at.find("energy")) == doctest::Approx(energy).epsilon(1e-3));
        }
      }
    }
}

TEST_CASE("the tilted parabola enters and leaves the disc") {
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  Problem p{"tilted_parabola", "ball", {-3, 0.25}, {}, {}, 0, 1, 0};
  for (double t : {0.5, 2.25, 3.0, 4.0, 9.0}) {
    p.t = t;
    const Object at = flow.evaluate(flow.read(p.inputs()), 15);
    const Vector numeric = p.integrate(20000);
    CHECK(number((*at.find("y")->get<List>())[1]) == doctest::Approx(numeric[1]).epsilon(1e-5));
    CHECK(number(*at.find("E_infinity")) == doctest::Approx(0.8375373082524).epsilon(1e-12));
  }
}

TEST_CASE("a coordinate that reaches zero exactly at the end of the flow") {
  // Under the time change of log(1+|x|^2) the first coordinate of x leaves zero at the flow's own time 1, which is t
  // = 1.
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  const Problem p{"log1p_square", "simplex", {0, 2}, {}, {}, 0, 1, 1};
  const Object at = flow.evaluate(flow.read(p.inputs()), 15);
  CHECK(number((*at.find("y")->get<List>())[1]) == doctest::Approx(1).epsilon(1e-12));
  CHECK(number(*at.find("energy")) == doctest::Approx(0.5).epsilon(1e-12));
}

TEST_CASE("the energy keeps its digits long after the flow has reached the minimiser") {
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  const Problem p{"half_squared_distance", "box", {3}, {0.25}, {}, 0, 1, 50000};
  const Object at = flow.evaluate(flow.read(p.inputs()), 15);
  // 9/16 exp(-2 (t - 8/3)): the end of the box is reached at t = 8/3.
  CHECK(to_text(*at.find("energy"), 15) == "4.15115967035116e-43428");
}

TEST_CASE("at time zero the flow is at its start, coordinates that are zero included") {
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  const Problem p{"half_squared_distance", "ball", {0, -1, 3}, {1, 0.5, 2}, {}, 0, 1, 0};
  const Object at = flow.evaluate(flow.read(p.inputs()), 15);
  CHECK((*at.find("y")->get<List>())[0].get<Rational>()->sign() == 0);
  CHECK((*at.find("x")->get<List>())[0].get<Rational>()->sign() == 0);
}

TEST_CASE("zero energies are recognised as zero") {
  const QuantityRegistry registry = all_quantities();
  const Quantity& flow = *registry.find("dasgd.mean_field_flow");
  const auto energy = [&](const Problem& p) { return *flow.evaluate(flow.read(p.inputs()), 30).find("energy"); };
  for (const Problem& p : {Problem{"half_squared_distance", "simplex", {3, -0.25, 0.25}, {0, 2, -1}, {}, 0, 1, 4},
                           Problem{"half_squared_distance", "ball", {3, 4}, {3, 4}, {}, 0, 1, 2},
                           Problem{"linear", "ball", {3, 4}, {}, {-3, -4}, 0, 1, 10},
                           Problem{"tilted_parabola", "ball", {0, 0}, {}, {}, 0, 1, 4},
                           Problem{"half_squared_distance", "box", {0.25}, {0.25}, {}, 0, 1, 4}}) {
    const Value e = energy(p);
    REQUIRE(e.get<Rational>());
    CHECK(e.get<Rational>()->sign() == 0);
  }
}
