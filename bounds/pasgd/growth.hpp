// Growth of the delayed scalar recursion x(n+1) = x(n) + a x(n - tau) and the rates that bound it: Corollary 21, Lemma 19,
// Theorem 20, and the exact ones.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// -ln of the positive root q of q (1+q)^n = a, for a > 0 and n >= 0, enclosed at the working precision.
///
/// ln q + n ln(1+q) increases in q, so that bisection of y = -ln q with certified signs encloses the root, also far
/// below double's range. n = T gives the exact growth rate r, n = T+1 the best rate of Theorem 20. Cost: O(bits) logarithms.
Ball negative_log_rate(const Rational& a, const Rational& n);

/// w exp(w) = z for z > 0, that is W_0(z), enclosed by the same bisection.
Ball lambert_w(const Ball& z);

/// Corollary 21's q = a exp(-(T+1) a).
Ball corollary21_rate(const Rational& a, long T);

}  // namespace asyncert::pasgd
