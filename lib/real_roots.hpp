// Real roots of polynomials with rational coefficients, certified.
#pragma once

#include <optional>
#include <vector>

#include "lib/ball.hpp"

namespace asyncert {

/// A real root: rational, or irrational and enclosed at the working precision.
struct RealRoot {
  std::optional<Rational> exact;
  Ball value;
  long multiplicity = 1;
};

/// All distinct real roots with their multiplicities, in no particular order, of sum_k coefficients[k] x^k (not all
/// zero): the polynomial is factored over the integers, linear factors give exact roots, and the roots of the others
/// are isolated by Arb. Cost: the factorisation.
std::vector<RealRoot> real_roots(const std::vector<Rational>& coefficients);

}  // namespace asyncert
