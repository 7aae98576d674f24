// The delayed recursion x_{n+1} = x_n - (c/n) x_{ceil(n/k)} in the time log n: its principal characteristic root.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::dasgd {

/// lambda = -c exp(-lambda log k), the root with the largest real part and a nonnegative imaginary part.
struct CharacteristicRoot {
  Ball real, imaginary;
  bool stable = false;  ///< c log k < pi/2
  Ball c_log_k;
};

/// lambda = W_0(-c log k)/log k for c > 0, k >= 1 (-c where k = 1, without delay). The imaginary part is exactly zero
/// where c log k <= 1/e. Throws `Undecided` where the precision does not tell which.
CharacteristicRoot characteristic_root(const Rational& c, const Rational& k);

}  // namespace asyncert::dasgd
