// Square roots of rationals, exact where they are rational.
#pragma once

#include <optional>

#include "lib/value.hpp"

namespace asyncert {

/// The square root of x >= 0 where it is rational.
inline std::optional<Rational> rational_square_root(const Rational& x) {
  if (!fmpz_is_square(fmpq_numref(x.raw())) || !fmpz_is_square(fmpq_denref(x.raw()))) return std::nullopt;
  Rational r;
  fmpz_sqrt(fmpq_numref(r.raw()), fmpq_numref(x.raw()));
  fmpz_sqrt(fmpq_denref(r.raw()), fmpq_denref(x.raw()));
  return r;
}

/// The square root of x >= 0, exact where it is rational, enclosed elsewhere.
inline Value square_root(const Rational& x) {
  if (const auto root = rational_square_root(x)) return *root;
  return sqrt(Ball(x));
}

}  // namespace asyncert
