// The delayed recursion x_{n+1} = x_n - (c/n) x_{ceil(n/k)} in the time log n: its principal characteristic root.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::dasgd {

/// lambda = -c exp(-lambda log k), the root with the largest real part and a nonnegative imaginary part.
template <class T>
struct CharacteristicRoot {
  T real{}, imaginary{};
  bool stable = false;  ///< c log k < pi/2
  T c_log_k{};
};

/// lambda = W_0(-c log k)/log k for c > 0, k >= 1 (-c where k = 1, without delay). The imaginary part is exactly zero
/// where c log k <= 1/e. Throws `Undecided` where the precision does not tell which.
CharacteristicRoot<Ball> characteristic_root(const Rational& c, const Rational& k);

/// The same in double; the real part loses relative accuracy where it vanishes (c log k = pi/2), and both parts where
/// two real roots meet (c log k = 1/e). Cost: up to sixty evaluations of elementary functions.
CharacteristicRoot<double> characteristic_root_double(const Rational& c, const Rational& k);

}  // namespace asyncert::dasgd
