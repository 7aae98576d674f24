// Coincidences of exponentials at one time, which no enclosure can tell from near misses.
#pragma once

#include "lib/ball.hpp"

namespace asyncert::assm {

/// Whether p^u = q^v, for rationals p, q, u, v > 0: that is, whether e^{s/u} = p and e^{s/v} = q at the same time s.
/// Enclosures refute it where it is false, integer powers prove it where it is true; false without a proof if the
/// ratio u/v has a numerator or denominator above 100000.
inline bool powers_equal(const Rational& p, const Rational& u, const Rational& q, const Rational& v) {
  const Ball left = Ball(u) * log(Ball(p)), right = Ball(v) * log(Ball(q));
  if (!left.overlaps(right)) return false;
  const Rational ratio = u / v;
  const fmpz *m = fmpq_numref(ratio.raw()), *n = fmpq_denref(ratio.raw());
  constexpr long longest = 100'000;
  if (fmpz_cmp_si(m, longest) > 0 || fmpz_cmp_si(n, longest) > 0) return false;
  return pow(p, fmpz_get_si(m)) == pow(q, fmpz_get_si(n));
}

}  // namespace asyncert::assm
