// Clopper-Pearson limits compared in exact arithmetic: how Theorem 7's 1/24 is certified from counted events.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// P(Bin(n, p) >= k) for 0 <= k <= n, exactly. Cost: n rational operations on numbers of n times the size of p.
Rational exact_binomial_tail(long k, long n, const Rational& p);

/// Whether the lower limit is at least p > 0, decided at p itself: the tail there is at most alpha/2. Exact for n <=
/// 1000, where equality is possible for simple alpha; may throw `Undecided` beyond.
bool certifies_at_least(const Rational& p, long k, long n, const Rational& alpha);

}  // namespace asyncert::pasgd
