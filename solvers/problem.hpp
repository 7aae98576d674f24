// Finite sums f = (1/n) sum f_i with the constants that theorems ask for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace asyncert::solvers {

using Vector = std::vector<double>;

/// Constants of a problem; a constant that does not exist, or is not known, is absent. Subgradients count as gradients.
struct Constants {
  std::optional<double> smoothness;         ///< L: every grad f_i is L-Lipschitz
  std::optional<double> gradient_bound;     ///< V: |grad f_i(x)| <= V for all i and x
  std::optional<double> sigma;              ///< (1/n) sum |grad f_i - grad f|^2 <= sigma^2 for all x
  std::optional<double> minimum;            ///< inf f
  std::optional<double> hessian_lipschitz;  ///< rho: every grad^2 f_i is rho-Lipschitz
  std::string domain{"R^d"};                ///< where they hold, in words: the part of R^d that x stays in
};

/// A finite sum of (sub)differentiable terms on R^d. At a kink `term_gradient` gives one Clarke subgradient, always the
/// same.
class Problem {
 public:
  virtual ~Problem() = default;
  virtual std::string name() const = 0;
  virtual std::size_t dimension() const = 0;
  /// n
  virtual std::size_t terms() const = 0;
  virtual double term(std::size_t i, std::span<const double> x) const = 0;
  /// Writes grad f_i(x): on the coordinates `support(i)` where that is not empty, else on all.
  virtual void term_gradient(std::size_t i, std::span<const double> x, std::span<double> gradient) const = 0;
  /// Coordinates that f_i depends on, increasing; empty means all.
  virtual std::span<const std::uint32_t> support(std::size_t) const { return {}; }
  /// f(x); the mean of the terms unless there is something better.
  virtual double value(std::span<const double> x) const;
  virtual void gradient(std::span<const double> x, std::span<double> gradient) const;
  virtual Constants constants() const { return {}; }
  /// Where runs start unless told otherwise.
  virtual Vector start() const { return Vector(dimension(), 0.0); }
  /// Distance to the set of stationary points (0 in the Clarke subdifferential); absent where the set is not known.
  virtual std::optional<double> stationary_distance(std::span<const double>) const { return std::nullopt; }
};

/// grad f_i(x) on all coordinates, 0 outside of the term's support. `gradient` must hold zeros.
void dense_term_gradient(const Problem& problem, std::size_t i, std::span<const double> x, std::span<double> gradient);
/// grad f(x) by `threads` threads over 16 equal shares of the terms; the same bits whatever the number of threads.
void shared_gradient(const Problem& problem, std::span<const double> x, std::span<double> gradient, int threads);
/// q(x) = (1/n) sum |grad f_i(x)|^2.
double mean_squared_term_gradient(const Problem& problem, std::span<const double> x);
double squared_norm(std::span<const double> x);
double squared_distance(std::span<const double> x, std::span<const double> y);

}  // namespace asyncert::solvers
