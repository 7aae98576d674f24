// The smallest number of updates of Theorem 1 in exact arithmetic.
#include "bounds/hogwild/theorem1.hpp"

namespace asyncert::hogwild {

std::optional<Rational> rational_smallest_updates(const Theorem1Problem<Rational>& p) {
  const auto smallest = [&](const Rational& step, const Rational& rho) {
    return p.A() / (step * step * B(p, step, rho));
  };
  const Rational one(1);
  if (p.tau == 0) {
    const auto [slope, weight] = condition_terms(Condition::printed, p.L, 0);
    return smallest(one / (slope + weight), one);
  }
  const std::optional<Rational> rho = rational_best_r(Condition::printed, p.L, p.tau);
  if (!rho) return std::nullopt;
  return smallest(step_cap(Condition::printed, p.L, p.tau, Rational(*rho - one)), *rho);
}

}  // namespace asyncert::hogwild
