// Exact sums of rational multiples of square roots: what iterates with steps gamma0/sqrt(k) are made of.
#pragma once

#include <map>
#include <optional>

#include "lib/value.hpp"

namespace asyncert::assm {

/// A number c_1 sqrt(s_1) + c_2 sqrt(s_2) + ..., with different squarefree s_i and rational c_i, and its enclosure.
///
/// Square roots of different squarefree integers are linearly independent over the rationals, so the number is zero
/// exactly where all coefficients are: the sign at a kink, which no enclosure can decide, is exact. The enclosure
/// carries the precision in force when the number was made. Division of long sums by roots makes them longer still;
/// beyond `longest` terms it keeps only the enclosure, and the sign of a zero is then undecided.
class RootSum {
 public:
  static constexpr std::size_t longest = 512;

  RootSum() : RootSum(Rational(0)) {}
  RootSum(const Rational& x);  // NOLINT: rationals are such sums

  RootSum& operator+=(const RootSum& other);
  RootSum& operator*=(const Rational& x);
  friend RootSum operator+(RootSum a, const RootSum& b) { return a += b; }
  friend RootSum operator-(RootSum a, const RootSum& b) { return a += b * Rational(-1); }
  friend RootSum operator*(RootSum a, const Rational& x) { return a *= x; }
  /// The number divided by sqrt(n), n >= 1. Cost: the number of terms.
  RootSum over_root(long n) const;

  /// -1, 0 or 1. Throws `Undecided` where the enclosure is too wide and the terms are not all known to vanish.
  int sign() const;
  /// Rational where there is no other term, enclosed elsewhere.
  Value value() const;

 private:
  std::optional<std::map<long, Rational>> terms_;  ///< squarefree radicand -> nonzero coefficient
  Ball enclosure_;
};

}  // namespace asyncert::assm
