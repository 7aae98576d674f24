// The first time at which an enclosed function vanishes.
#pragma once

#include <optional>

#include "bounds/assm/taylor.hpp"

namespace asyncert::assm {

/// What is known about g on (0, length].
struct FirstZero {
  std::optional<Ball> root;  ///< encloses the first zero, where g turns negative
  Ball positive_until;       ///< g is positive on (0, this): the root, length, or less where a zero may be close to it
};

/// `g` is divided by the power of t that its zeros at t = 0 make up, and `rate` encloses the derivative of g itself.
/// All times before the root are excluded by subdivision; the root is simple. Throws `Undecided` where g comes close to
/// zero in another way.
FirstZero first_zero(const TaylorModel& g, const TaylorModel& rate, const Ball& length);

}  // namespace asyncert::assm
