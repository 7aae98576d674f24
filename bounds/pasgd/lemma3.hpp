// Lemma 3: how often the sum of squares exceeds c sigma^2 (n + iota) under the extremal law.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// P(sum of n squares >= 4 (n + iota)) where P(|X| >= t) = min(1, 2 exp(-t^2/2)): X^2 is 2 ln 2 plus twice an
/// exponential variable, so that the sum is a shifted gamma variable.
Ball lemma3_failure_probability(long n, const Rational& iota);

/// The smallest c with which Lemma 3 holds for all n and iota: the root of 1 + ln(1 - 2/c) - (2/c) ln 2 above 2.
Ball lemma3_smallest_constant();

}  // namespace asyncert::pasgd
