// Stationary points of the regularised double well (x^2-1)^2/4 + lambda |x|.
#pragma once

#include <vector>

#include "lib/value.hpp"

namespace asyncert::assm {

/// The positive roots of x^3 - x + lambda, lambda >= 0, increasing: two where lambda < 2/(3 sqrt 3) (a local maximum,
/// then a local minimum), the root 1 where lambda = 0, none above. A double root would need an irrational lambda.
inline std::vector<Value> positive_stationary_points(const Rational& lambda) {
  if (lambda.sign() == 0) return {1};
  if (Rational(27) * lambda * lambda > Rational(4)) return {};
  // x = 2/sqrt(3) cos(phi) turns the equation into cos(3 phi) = -3 sqrt(3) lambda/2.
  Ball phi = -Ball(Rational(3, 2) * lambda) * sqrt(Ball(3));
  arb_acos(phi.raw(), phi.raw(), PrecisionScope::bits());
  phi = phi / 3;
  const Ball scale = Ball(2) / sqrt(Ball(3)), third = Ball(2) * Ball::pi() / 3;
  return {scale * cos(phi - third), scale * cos(phi)};
}

}  // namespace asyncert::assm
