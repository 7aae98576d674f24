// Products over varying delays: Lemma 6, (28).
#pragma once

#include <vector>

#include "lib/ball.hpp"

namespace asyncert::apsgd {

/// Lemma 6's three quantities for q_{t+1} = K1 q_t + K2 q_{t-d_t} with delays d_t of period n.
struct VaryingDelays {
  Ball period_growth;     ///< rho_a: the growth factor of q over one period
  Ball product_bound;     ///< prod_i rho(d_i), the middle of (28), which does not hold
  Ball outer_bound;       ///< rho(max d)^n, which does where K1 + K2 <= 1 (Halanay)
  bool product_violated;  ///< period_growth > product_bound
  bool outer_violated;    ///< period_growth > outer_bound
};

/// Encloses all three at the working precision and decides the two orders exactly. Ties are known: K2 = 0, K1 + K2 = 1,
/// equal delays, and K1 = 0, where all three are powers of K2 with rational exponents. Otherwise period_growth differs
/// from the outer bound (at the largest entry of the positive periodic solution all delays would have to be maximal).
///
/// The growth z solves rho(M(z)) = 1 for the nonnegative n x n matrix M(z) that maps one period of a solution q_{t+n} =
/// z q_t to itself; rho(M) < 1 exactly if all pivots of I - M are positive. The delays may be arbitrarily long. Domain:
/// K1, K2 >= 0; at least one delay, all >= 0. Errors: DomainError; Undecided where an order is not settled. Cost: some
/// twelve eliminations of order n.
VaryingDelays varying_delays(const Rational& K1, const Rational& K2, const std::vector<long>& delays);

}  // namespace asyncert::apsgd
