// Problems given by formulas: value, gradient, constants, stationary set.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "solvers/problem.hpp"

namespace asyncert::solvers::instances {

/// Everything about a problem, as data.
struct Formula {
  std::string name;
  std::size_t dimension = 1;
  std::size_t terms = 1;
  std::function<double(std::size_t i, std::span<const double> x)> term;
  std::function<void(std::size_t i, std::span<const double> x, std::span<double> gradient)> gradient;
  Constants constants{};
  Vector start{};                                                          ///< empty: the origin
  std::function<double(std::span<const double> x)> stationary_distance{};  ///< none where the set is not known
};

class Analytic final : public Problem {
 public:
  explicit Analytic(Formula formula) : f_(std::move(formula)) {}
  std::string name() const override { return f_.name; }
  std::size_t dimension() const override { return f_.dimension; }
  std::size_t terms() const override { return f_.terms; }
  double term(std::size_t i, std::span<const double> x) const override { return f_.term(i, x); }
  void term_gradient(std::size_t i, std::span<const double> x, std::span<double> gradient) const override {
    f_.gradient(i, x, gradient);
  }
  Constants constants() const override { return f_.constants; }
  Vector start() const override { return f_.start.empty() ? Vector(f_.dimension, 0.0) : f_.start; }
  std::optional<double> stationary_distance(std::span<const double> x) const override {
    return f_.stationary_distance ? std::optional(f_.stationary_distance(x)) : std::nullopt;
  }

 private:
  Formula f_;
};
using ProblemPtr = std::shared_ptr<const Problem>;

/// Distance to the nearest of finitely many points.
std::function<double(std::span<const double>)> distance_to(std::vector<Vector> points);

/// L |w|^2 / 2 +- sigma w_1, two terms: the full gradient is L w, the noise is exactly sigma. L, sigma, f* = 0 at the
/// origin.
ProblemPtr quadratic(double smoothness, double sigma, std::size_t dimension = 1);
/// c_1 w_1 + ... + c_d w_d: constant gradient, V = |c|, no minimum. With c = (1, ..., 1) it is the oracle for lost
/// updates: after n updates with step eta every coordinate is exactly -n eta when eta is a power of two and none was
/// lost.
ProblemPtr linear(Vector c);
/// Every f_i becomes the two terms f_i +- sigma <e, x>, e = (1, ..., 1) / sqrt(d): the same mean, noise of modulus
/// sigma more.
ProblemPtr with_noise(ProblemPtr problem, double sigma);

/// x'Ax/2 + |x|^4/4 with A = diag(a): on |x| <= radius, L = max(max a + 3 radius^2, -min a), rho = 6 radius,
/// and V the largest r |a_j + r^2|.
/// a = (1, -2) is the saddle of the escape experiment: f* = -1 at (0, +-sqrt 2), saddle at the origin.
ProblemPtr quartic_saddle(Vector a, double radius);
/// x'Ax/2, A = diag(a), with a strict saddle at the origin where some a_j < 0.
ProblemPtr quadratic_saddle(Vector a);
/// sum_{i < d} 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2; minimum 0 at (1, ..., 1). Its constants are those on the box
/// [lower, upper]^d, 0 <= lower <= 1 <= upper: L by Gershgorin's circles, V from the largest modulus of each partial
/// derivative, rho = 1200 (2 upper + 1).
ProblemPtr rosenbrock(std::size_t dimension, double lower = 0, double upper = 2);

}  // namespace asyncert::solvers::instances
