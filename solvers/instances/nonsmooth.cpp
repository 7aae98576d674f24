#include "solvers/instances/nonsmooth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>
#include <utility>

#include "lib/errors.hpp"

namespace asyncert::solvers::instances {

namespace {

using View = std::span<const double>;
using Out = std::span<double>;

double sign(double x) { return static_cast<double>((x > 0) - (x < 0)); }
double relu(double x) { return std::max(x, 0.0); }
double step(double x) { return x > 0 ? 1.0 : 0.0; }

/// A problem with one term in one variable.
Formula line(const char* name, double (*f)(double), double (*slope)(double), std::vector<Vector> stationary) {
  return {.name = name,
          .dimension = 1,
          .term = [f](std::size_t, View x) { return f(x[0]); },
          .gradient = [slope](std::size_t, View x, Out g) { g[0] = slope(x[0]); },
          .start = {2.0},
          .stationary_distance = distance_to(std::move(stationary))};
}

/// A problem with one term in two variables.
Formula plane(const char* name, double (*f)(double, double), std::pair<double, double> (*slope)(double, double),
              Vector start) {
  return {.name = name,
          .dimension = 2,
          .term = [f](std::size_t, View x) { return f(x[0], x[1]); },
          .gradient = [slope](std::size_t, View x, Out g) { std::tie(g[0], g[1]) = slope(x[0], x[1]); },
          .start = std::move(start)};
}

constexpr double p10_weight = 0.1;

/// The roots of x^3 - x + lambda = 0 that P10 keeps: those with x > 0.
std::vector<double> p10_roots() {
  const double angle = std::acos(-1.5 * std::numbers::sqrt3 * p10_weight) / 3, radius = 2 / std::numbers::sqrt3;
  std::vector<double> positive;
  for (int k = 0; k < 3; ++k) {
    const double x = radius * std::cos(angle - 2 * std::numbers::pi * k / 3);
    if (x > 0) positive.push_back(x);
  }
  return positive;
}

/// The real roots of c_0 + c_1 t + ... + c_n t^n in (low, high) where it changes sign, from those of the derivative.
std::vector<double> roots(const std::vector<double>& c, double low, double high) {
  const auto at = [&](double t) {
    double value = 0;
    for (std::size_t k = c.size(); k-- > 0;) value = value * t + c[k];
    return value;
  };
  std::vector<double> ends{low}, derivative, found;
  for (std::size_t k = 1; k < c.size(); ++k) derivative.push_back(static_cast<double>(k) * c[k]);
  if (derivative.size() > 1)
    for (const double t : roots(derivative, low, high)) ends.push_back(t);
  ends.push_back(high);
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    double a = ends[k], b = ends[k + 1];
    if ((at(a) < 0) == (at(b) < 0)) continue;
    for (double middle = a + (b - a) / 2; middle != a && middle != b; middle = a + (b - a) / 2)
      ((at(middle) < 0) == (at(a) < 0) ? a : b) = middle;
    found.push_back(b);
  }
  return found;
}

/// P09 is stationary where w <= 0 and where v w = 1.
double p09_distance(View x) {
  const double w = x[0], v = x[1];
  if (w <= 0) return 0;
  double least = w;  // to (0, v)
  // The nearest points (t, 1/t) of the curve have t^4 - w t^3 + v t - 1 = 0; those with t >= 2 w are farther than w.
  for (const double t : roots({-1, v, 0, -w, 1}, 0, 2 * w)) least = std::min(least, std::hypot(t - w, 1 / t - v));
  return least;
}

Formula p08() {
  const auto inner = [](std::size_t i, View x) {
    return i == 0 ? x[0] * x[0] - 1 : i == 1 ? x[1] * x[1] - 4 : (x[0] + x[1]) * (x[0] + x[1]) - 9;
  };
  std::vector<Vector> points{{0, 0}};
  for (const double s : {-1.0, 1.0})
    for (const double y : {2.0, -2.0, -0.5}) points.push_back({s, s * y});
  return {.name = "P08",
          .dimension = 2,
          .terms = 3,
          .term = [=](std::size_t i, View x) { return std::abs(inner(i, x)); },
          .gradient =
              [=](std::size_t i, View x, Out g) {
                const double s = sign(inner(i, x));
                g[0] = s * (i == 0 ? 2 * x[0] : i == 1 ? 0 : 2 * (x[0] + x[1]));
                g[1] = s * (i == 0 ? 0 : i == 1 ? 2 * x[1] : 2 * (x[0] + x[1]));
              },
          .constants = {.smoothness = {}, .gradient_bound = {}, .sigma = {}, .minimum = 0.0, .hessian_lipschitz = {}},
          .start = {0.5, 3.0},
          .stationary_distance = distance_to(std::move(points))};
}

Formula p13() {
  return {.name = "P13",
          .dimension = 2,
          .terms = 2,
          .term = [](std::size_t i, View x) { return i == 0 ? std::abs(relu(x[0] + x[1]) - 1) : relu(x[1] - x[0]); },
          .gradient =
              [](std::size_t i, View x, Out g) {
                if (i == 0) {
                  g[0] = g[1] = sign(relu(x[0] + x[1]) - 1) * step(x[0] + x[1]);
                } else {
                  g[1] = step(x[1] - x[0]);
                  g[0] = -g[1];
                }
              },
          .constants = {.smoothness = {},
                        .gradient_bound = std::numbers::sqrt2,
                        .sigma = 1.0,  // half the largest distance of +-(1, 1) from (-1, 1)
                        .minimum = 0.0,
                        .hessian_lipschitz = {}},
          .start = {-1.0, 1.5},
          // {p <= 0 or p = 1} and {q <= 0} with p = w + b, q = b - w, orthogonal coordinates of length sqrt 2.
          .stationary_distance =
              [](View x) {
                const double p = x[0] + x[1], q = x[1] - x[0];
                return std::hypot(p <= 0 ? 0 : std::min(p, std::abs(p - 1)), relu(q)) / std::numbers::sqrt2;
              }};
}

Formula formula(int number) {
  Formula f;
  switch (number) {
    case 1:
      f = line("P01", [](double x) { return std::abs(x); }, sign, {{0}});
      f.constants = {.smoothness = {}, .gradient_bound = 1.0, .sigma = 0.0, .minimum = 0.0, .hessian_lipschitz = {}};
      return f;
    case 2:
      f = line(
          "P02", [](double x) { return std::max(x, -2 * x); },
          [](double x) { return x > 0   ? 1.0
                                : x < 0 ? -2.0
                                        : 0.0; }, {{0}});
      f.constants = {.smoothness = {}, .gradient_bound = 2.0, .sigma = 0.0, .minimum = 0.0, .hessian_lipschitz = {}};
      return f;
    case 3:
      f = line(
          "P03", [](double x) { return std::abs(std::abs(x) - 1); },
          [](double x) { return sign(std::abs(x) - 1) * sign(x); }, {{-1}, {0}, {1}});
      f.constants = {.smoothness = {}, .gradient_bound = 1.0, .sigma = 0.0, .minimum = 0.0, .hessian_lipschitz = {}};
      return f;
    case 4:
      f = plane(
          "P04", [](double x, double y) { return std::abs(x - y) + (x * x + y * y) / 4; },
          [](double x, double y) { return std::pair(sign(x - y) + x / 2, -sign(x - y) + y / 2); }, {3, 1});
      f.constants.minimum = 0.0;
      f.constants.sigma = 0.0;
      f.stationary_distance = distance_to({{0, 0}});
      return f;
    case 5:
      f = plane(
          "P05", [](double x, double y) { return std::max(std::min(x, -y), y - x); },
          [](double x, double y) {
            if (y - x > std::min(x, -y)) return std::pair(-1.0, 1.0);
            return x < -y ? std::pair(1.0, 0.0) : std::pair(0.0, -1.0);
          },
          {1, 1});
      f.constants.gradient_bound = std::numbers::sqrt2;
      f.constants.sigma = 0.0;
      f.stationary_distance = distance_to({{0, 0}});
      return f;
    case 6:
      f = plane(
          "P06", [](double x, double y) { return x - 2 * std::clamp(x, -std::abs(y), std::abs(y)); },
          [](double x, double y) {
            if (std::abs(x) < std::abs(y)) return std::pair(-1.0, 0.0);
            return std::pair(1.0, -2 * sign(x) * sign(y));
          },
          {1, 2});
      f.constants.gradient_bound = std::sqrt(5.0);
      f.constants.sigma = 0.0;
      f.stationary_distance = distance_to({{0, 0}});
      return f;
    case 7:
      f = plane(
          "P07", [](double x, double y) { return std::abs(x - 1) / 4 + std::abs(y - 2 * std::abs(x) + 1); },
          [](double x, double y) {
            const double s = sign(y - 2 * std::abs(x) + 1);
            return std::pair(sign(x - 1) / 4 - 2 * sign(x) * s, s);
          },
          {-1, 2});
      f.constants = {.smoothness = {},
                     .gradient_bound = std::hypot(2.25, 1.0),
                     .sigma = 0.0,
                     .minimum = 0.0,
                     .hessian_lipschitz = {}};
      f.stationary_distance = distance_to({{1, 1}, {0, -1}});
      return f;
    case 8:
      return p08();
    case 9:
      f = plane(
          "P09", [](double w, double v) { return std::pow(v * relu(w) - 1, 2) / 2; },
          [](double w, double v) { return std::pair((v * relu(w) - 1) * v * step(w), (v * relu(w) - 1) * relu(w)); },
          {0.5, 0.5});
      f.constants.minimum = 0.0;
      f.constants.sigma = 0.0;
      f.stationary_distance = p09_distance;
      return f;
    case 10: {
      std::vector<Vector> points{{0}};
      double minimum = 0.25;
      for (const double r : p10_roots()) {
        points.push_back({r});
        points.push_back({-r});
        minimum = std::min(minimum, std::pow(r * r - 1, 2) / 4 + p10_weight * r);
      }
      f = line(
          "P10", [](double x) { return std::pow(x * x - 1, 2) / 4 + p10_weight * std::abs(x); },
          [](double x) { return x * x * x - x + p10_weight * sign(x); }, std::move(points));
      f.constants.minimum = minimum;
      f.constants.sigma = 0.0;
      return f;
    }
    case 11: {
      f = plane(
          "P11", [](double x, double y) { return std::max(std::abs(x), std::abs(y)) - (x * x + y * y) / 2; },
          [](double x, double y) {
            const bool first = std::abs(x) > std::abs(y), second = std::abs(y) > std::abs(x);
            // On the diagonals: the middle of the two active gradients.
            const double a = first ? 1 : second ? 0 : 0.5;
            return std::pair(a * sign(x) - x, (1 - a) * sign(y) - y);
          },
          {0.3, 0.2});
      std::vector<Vector> points{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
      for (const double x : {-0.5, 0.5})
        for (const double y : {-0.5, 0.5}) points.push_back({x, y});
      f.constants.sigma = 0.0;
      f.stationary_distance = distance_to(std::move(points));
      return f;
    }
    case 12:
      f = line(
          "P12", [](double x) { return relu(x) - relu(-x); }, [](double x) { return step(x) + step(-x); }, {});
      f.constants.gradient_bound = 1.0;
      f.constants.sigma = 0.0;
      return f;
    case 13:
      return p13();
    case 14:
      f = plane(
          "P14",
          [](double x, double y) {
            return std::max(x - y, -2 * (x - y)) + ((x - 1) * (x - 1) + (y + 1) * (y + 1)) / 4;
          },
          [](double x, double y) {
            const double s = x > y ? 1.0 : x < y ? -2.0 : 0.0;
            return std::pair(s + (x - 1) / 2, -s + (y + 1) / 2);
          },
          {1, -1});
      f.constants.minimum = 0.5;
      f.constants.sigma = 0.0;
      f.stationary_distance = distance_to({{0, 0}});
      return f;
    default:
      throw DomainError("number of the nonsmooth problem", std::to_string(number), "1 .. 14");
  }
}

}  // namespace

ProblemPtr nonsmooth(int number) { return std::make_shared<Analytic>(formula(number)); }

}  // namespace asyncert::solvers::instances
