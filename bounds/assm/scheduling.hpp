// What the scheduling model allows and forces: delay bounds, selection probabilities, limits that depend on the
// schedule.
#pragma once

#include <cmath>

#include "lib/value.hpp"

namespace asyncert::assm {

/// Largest delay with P >= 1 cores whose service times lie in [shortest, longest], 0 < shortest <= longest, when reads
/// and writes are instantaneous: between two writes of one core each other core writes at most floor(longest/shortest)
/// + 1 times.
inline Rational delay_bound(long P, const Rational& shortest, const Rational& longest) {
  return Rational(P - 1) * ((longest / shortest).floor() + Rational(1));
}

/// log10 of 1/(N C(M, b)): the N C(M, b) pairs of a block and a mini-batch share probability 1, so none has more than
/// this at every time. Zero exactly where there is only one pair.
Value log10_pmin_upper(long N, long M, long b);

/// The point (t, t) to which the blocks of |x-y| + (x^2+y^2)/4 converge with equal steps and no delay, when block 1 is
/// chosen with probability a where x > y and b where x < y: t = 2(s-1)/(s+1) with s^2 = b(1-a)/(a(1-b)). Derivation: on
/// x = y the share theta of time at x > y balances both blocks, theta a (1+t/2) = (1-theta) b (1-t/2) and theta
/// (1-a)(1-t/2) = (1-theta)(1-b)(1+t/2); the drift along the diagonal has the sign of b(1-a)(1-t/2)^2 -
/// a(1-b)(1+t/2)^2, which decreases in t, so that the limit does not depend on the start. Domain: a, b in [0, 1], not
/// both 0 and not both 1 (one block would never move).
Value scheduling_limit(const Rational& a, const Rational& b);
/// The same in double: with s^2 - 1 = (b-a)/(a(1-b)) nothing cancels but b - a, which the caller gives exactly rounded.
inline double scheduling_limit_double(double a, double b, double b_minus_a) {
  const double to_lower = a * (1 - b), to_upper = b * (1 - a);
  if (to_lower == 0) return 2;
  const double s = std::sqrt(to_upper / to_lower);
  return 2 * (b_minus_a / to_lower) / ((s + 1) * (s + 1));
}

/// max(0, 1 - ubar max(0, |x0| - eps)/T): the share of [0, T] that the solution of ubar x' in -d|x| spends in |x| <=
/// eps.
template <class T>
T time_fraction(const T& x0, const T& ubar, const T& eps, const T& horizon) {
  using std::abs;
  const T away = abs(x0) - eps, share = T(1) - ubar * away / horizon;
  return away < T(0) ? T(1) : share < T(0) ? T(0) : share;
}

}  // namespace asyncert::assm
