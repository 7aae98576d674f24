// A step size and a rho that meet one of the conditions on delayed reads.
#pragma once

#include "bounds/hogwild/region.hpp"

namespace asyncert::hogwild {

/// A condition with its delay, smoothness, step size and rho.
struct Setting {
  Condition condition;
  long tau;
  Rational L, eta, rho;
};

/// Whether the condition holds, decided exactly (for the scale-free form by enclosures).
inline bool admissible(const Setting& s) {
  if (s.condition == Condition::sharp) {
    const Ball D = scale_free_denominator(Ball(s.L), s.tau, Ball(s.eta), Ball(s.rho));
    return decide_less(Ball(0), D) && decide_less_equal(Ball(1), Ball(s.rho) * D * D);
  }
  const auto terms = condition_terms(s.condition, s.L, s.tau);
  const Rational D = Rational(1) - s.eta * (terms.slope + terms.weight * geometric_sum(s.rho, s.tau));
  return D.sign() > 0 && Rational(1) <= s.rho * D;
}

/// Nine tenths of the largest step size at this rho.
inline Setting setting(Condition condition, long tau, const Rational& L, const Rational& rho = Rational(11, 10)) {
  Setting s{condition, tau, L, 0, rho};
  const Ball t(rho - Rational(1)),
      cap = step_cap(condition, Ball(L), tau, condition == Condition::sharp ? root_excess(t) : t);
  s.eta = Rational::from_double(cap.midpoint()) * Rational(9, 10);
  return s;
}

}  // namespace asyncert::hogwild
