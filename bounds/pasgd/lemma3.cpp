#include "bounds/pasgd/lemma3.hpp"

#include "lib/arb.hpp"
#include "lib/roots.hpp"

namespace asyncert::pasgd {

Ball lemma3_failure_probability(long n, const Rational& iota) {
  const Ball x = Ball(Rational(2) * (Rational(n) + iota)) - Ball(n) * log(Ball(2));
  Ball result;
  arb_hypgeom_gamma_upper(result.raw(), Ball(n).raw(), x.raw(), 1, PrecisionScope::bits());
  return result;
}

Ball lemma3_smallest_constant() {
  // With x = 2/c the function decreases on (0, 1).
  const auto minus = [](const Ball& x) { return x * log(Ball(2)) - 1 - log1p(-x); };
  return Ball(2) / crossing(minus, Ball(0), Ball(1));
}

}  // namespace asyncert::pasgd
