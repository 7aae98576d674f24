// Sums of the step law gamma_k = gamma_0/sqrt(k), with and without momentum weights, for ranges of any length.
#pragma once

#include "lib/ball.hpp"

namespace asyncert::assm {

/// Sum of k^{-1/2} over k = first..last, first >= 1 (zero for an empty range): a difference of Hurwitz zeta values at
/// 1/2. The cost does not depend on the length of the range.
Ball inverse_root_sum(long first, long last);

/// The same in double: the first terms one by one, the rest by the Euler-Maclaurin formula from 64 on, whose first
/// neglected term is below 1e-17 of the sum.
double inverse_root_sum_double(long first, long last);

/// Sum of 1/k over k = 1..last.
Ball harmonic_number(long last);

/// Sum of m^{k-first} k^{-1/2} over k >= first, 0 <= m < 1: the Lerch transcendent Phi(m, 1/2, first), by a
/// certified integral whose cost hardly depends on m and `first`.
Ball geometric_inverse_root_tail(const Rational& m, long first);

/// Sum of m^{k-first} k^{-1/2} over k = first..last.
Ball geometric_inverse_root_sum(const Rational& m, long first, long last);

}  // namespace asyncert::assm
