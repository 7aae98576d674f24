// Probabilities behind Theorem 7, Lemma 3 and the measured claims: Clopper-Pearson limits and the extremal law's tail.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// P(Bin(n, p) >= k) = I_p(k, n-k+1) for 1 <= k <= n.
Ball binomial_tail(long k, long n, const Ball& p);

/// The p with P(Bin(n, p) >= k) = level, enclosed: the tail increases in p.
Ball binomial_tail_inverse(long k, long n, const Rational& level);

/// P(sum of n squares >= 4 (n + iota)) where P(|X| >= t) = min(1, 2 exp(-t^2/2)): X^2 is 2 ln 2 plus twice an exponential
/// variable, so that the sum is a shifted gamma variable.
Ball lemma3_failure_probability(long n, const Rational& iota);

/// The smallest c with which Lemma 3 holds for all n and iota: the root of 1 + ln(1 - 2/c) - (2/c) ln 2 above 2.
Ball lemma3_smallest_constant();

}  // namespace asyncert::pasgd
