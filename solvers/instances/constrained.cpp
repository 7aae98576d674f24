#include "solvers/instances/constrained.hpp"

#include <cmath>
#include <functional>
#include <numbers>
#include <tuple>
#include <utility>

#include "lib/errors.hpp"
#include "lib/text.hpp"

namespace asyncert::solvers::instances {

namespace {

using View = std::span<const double>;
using Out = std::span<double>;

/// phi(|x - c|^2) with phi' > 0: not convex, and minimised over any set at the projection of c.
ProblemPtr radial(const char* name, double (*phi)(double), double (*slope)(double), double smoothness,
                  double gradient_bound) {
  static const Vector center{1.5, 0.5};
  return std::make_shared<Analytic>(
      Formula{.name = name,
              .dimension = 2,
              .term = [phi](std::size_t, View x) { return phi(squared_distance(x, center)); },
              .gradient =
                  [slope](std::size_t, View x, Out g) {
                    const double s = 2 * slope(squared_distance(x, center));
                    for (std::size_t j = 0; j < 2; ++j) g[j] = s * (x[j] - center[j]);
                  },
              .constants = {.smoothness = smoothness,
                            .gradient_bound = gradient_bound,
                            .sigma = 0.0,
                            .minimum = 0.0,
                            .hessian_lipschitz = {}},
              .start = {-0.9, -0.7},
              .stationary_distance = distance_to({center})});
}

ProblemPtr polar() {
  return std::make_shared<Analytic>(
      Formula{.name = "polar",
              .dimension = 2,
              .term =
                  [](std::size_t, View x) {
                    const double r = std::hypot(x[0], x[1]), t = std::atan2(x[1], x[0]);
                    return (3 + std::sin(5 * t) + std::cos(3 * t)) * r * r * (5.0 / 3 - r);
                  },
              .gradient =
                  [](std::size_t, View x, Out g) {
                    const double r = std::hypot(x[0], x[1]);
                    g[0] = g[1] = 0;
                    if (r == 0) return;
                    const double t = std::atan2(x[1], x[0]), shape = 3 + std::sin(5 * t) + std::cos(3 * t);
                    const double radial_part = shape * (10.0 / 3 * r - 3 * r * r);
                    const double angular_part = (5 * std::cos(5 * t) - 3 * std::sin(3 * t)) * r * (5.0 / 3 - r);
                    g[0] = radial_part * std::cos(t) - angular_part * std::sin(t);
                    g[1] = radial_part * std::sin(t) + angular_part * std::cos(t);
                  },
              // With f = S(t) g(r): S is in [1, 5], |S'| <= 8, |S''| <= 34. On r <= 1 the radial derivative is at most
              // 5 * 25/27, the other 8 * 25/36; the Hessian has |f_rr| <= 5 * 10/3, |f_r / r + f_tt / r^2| <= 5 * 10/3
              // + 34 * 5/3 and
              // |(f_t / r)_r| <= 8 * 5/3, in circles of Gershgorin.
              .constants = {.smoothness = 260.0 / 3,
                            .gradient_bound = std::hypot(125.0 / 27, 50.0 / 9),
                            .sigma = 0.0,
                            .minimum = 0.0,
                            .hessian_lipschitz = {},
                            .domain = "|x| <= 1"},
              .start = {-0.6, 0.5},
              .stationary_distance = [](View x) { return std::hypot(x[0], x[1]); }});
}

ProblemPtr simple(const char* name, double (*f)(double, double), std::pair<double, double> (*slope)(double, double),
                  Constants constants, Vector start, std::function<double(View)> stationary_distance) {
  return std::make_shared<Analytic>(
      Formula{.name = name,
              .dimension = 2,
              .term = [f](std::size_t, View x) { return f(x[0], x[1]); },
              .gradient = [slope](std::size_t, View x, Out g) { std::tie(g[0], g[1]) = slope(x[0], x[1]); },
              .constants = std::move(constants),
              .start = std::move(start),
              .stationary_distance = std::move(stationary_distance)});
}

}  // namespace

std::vector<std::string> coherent_names() {
  return {"log", "bell", "ratio", "linear-simplex", "polar", "stress", "flat", "rosenbrock-near"};
}

Constrained coherent(const std::string& name, std::size_t dimension) {
  if (name == "log")
    return {radial(
                "log", [](double s) { return std::log1p(s); }, [](double s) { return 1 / (1 + s); }, 2, 1),
            box(-1, 1),
            {1, 0.5}};
  if (name == "bell")
    return {radial(
                "bell", [](double s) { return -std::expm1(-s / 2); }, [](double s) { return std::exp(-s / 2) / 2; }, 1,
                std::exp(-0.5)),
            box(-1, 1),
            {1, 0.5}};
  if (name == "ratio")
    return {radial(
                "ratio", [](double s) { return s / (1 + s); }, [](double s) { return 1 / ((1 + s) * (1 + s)); }, 2,
                3 * std::numbers::sqrt3 / 8),
            box(-1, 1),
            {1, 0.5}};
  if (name == "linear-simplex")
    return {simple(
                "linear-simplex", [](double x, double y) { return x + 2 * y; },
                [](double, double) { return std::pair(1.0, 2.0); },
                {.smoothness = 0.0,
                 .gradient_bound = std::sqrt(5.0),
                 .sigma = 0.0,
                 .minimum = 1.0,
                 .hessian_lipschitz = 0.0,
                 .domain = "the simplex"},
                {0.2, 0.8}, distance_to({})),
            simplex(),
            {1, 0}};
  if (name == "polar") return {polar(), ball(1), {0, 0}};
  if (name == "stress")
    return {simple(
                "stress", [](double x, double y) { return -x - y * y / 4; },
                [](double, double y) { return std::pair(-1.0, -y / 2); },
                {.smoothness = 0.5,
                 .gradient_bound = std::sqrt(5.0) / 2,
                 .sigma = 0.0,
                 .minimum = -1.0,
                 .hessian_lipschitz = 0.0,
                 .domain = "|x| <= 1"},
                {3, 4}, distance_to({})),
            ball(1),
            {1, 0}};
  if (name == "flat")
    return {simple(
                "flat", [](double x, double) { return x * x / 2; }, [](double x, double) { return std::pair(x, 0.0); },
                {.smoothness = 1.0,
                 .gradient_bound = 1.0,
                 .sigma = 0.0,
                 .minimum = 0.0,
                 .hessian_lipschitz = 0.0,
                 .domain = "[-1, 1]^d"},
                {-0.9, 0.4}, [](View x) { return std::abs(x[0]); }),
            box(-1, 1),
            {0, 0},
            false};
  if (name == "rosenbrock-near") return {rosenbrock(dimension, 0.8, 1.2), box(0.8, 1.2), Vector(dimension, 1.0)};
  throw DomainError("coherent instance", name, join(coherent_names()));
}

}  // namespace asyncert::solvers::instances
