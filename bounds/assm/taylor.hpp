// Certified Taylor steps of polynomial differential equations in one or two variables.
#pragma once

#include <array>

#include "bounds/assm/polynomial.hpp"
#include "lib/ball.hpp"

namespace asyncert::assm {

/// Coefficients 0..order, in powers of t, of the solution of x' = field(x) from `start`: one list a coordinate. With
/// balls, of the solutions from all their points. Cost: order^2 products a monomial of the field.
template <class T>
std::vector<std::vector<T>> solution_series(const std::vector<Polynomial>& field, const std::vector<T>& start,
                                            long order);

/// Coefficients of p(x(t)) for given series of the same length.
template <class T>
std::vector<T> composed(const Polynomial& p, const std::vector<std::vector<T>>& x);

/// sum_k coefficients[k] t^k + tail t^(number of coefficients), an enclosure of a function for all t of [0, length].
struct TaylorModel {
  std::vector<Ball> coefficients;
  Ball tail;
  Ball operator()(const Ball& t) const;
  /// Without its first `zeros` coefficients, which are known to vanish, divided by t^zeros.
  TaylorModel deflated(std::size_t zeros) const;
};

/// The solution from an enclosed start over [0, length]: proved to exist and to stay in `box` by a Picard inclusion.
class TaylorStep {
 public:
  /// `longest` bounds the length; the order is chosen for the working precision. Throws `Undecided` where no length
  /// can be certified.
  TaylorStep(const std::vector<Polynomial>& field, const std::vector<Ball>& start, const Ball& longest);

  const Ball& length() const { return length_; }
  const std::vector<Ball>& box() const { return box_; }
  /// Enclosure of the solution at times of the ball t, which must lie in [0, length].
  std::vector<Ball> at(const Ball& t) const;
  /// Enclosure of p along the solution.
  TaylorModel along(const Polynomial& p) const;

 private:
  std::vector<std::vector<Ball>> series_;       ///< from all starts
  std::vector<std::vector<Ball>> from_centre_;  ///< from their midpoint
  std::vector<std::vector<Ball>> over_box_;     ///< from anywhere in the box: the last coefficient bounds the remainder
  std::vector<std::array<TaylorModel, 2>> sensitivities_;
  std::vector<Ball> centre_, radius_, box_;
  Ball length_;
};

}  // namespace asyncert::assm
