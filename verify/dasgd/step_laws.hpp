// The step laws of Assumption 3 as the claims name them, and why their sums lie between integrals.
#pragma once

#include "bounds/dasgd/steps.hpp"
#include "verify/evidence.hpp"

namespace asyncert::dasgd {

inline const char* law_name(StepLaw law) {
  return law == StepLaw::harmonic ? "1/k" : law == StepLaw::log ? "1/(k log k)" : "1/(k log k loglog k)";
}

/// k log k and k log k loglog k increase from k = 2 and k = 3 on: their derivatives 1 + log k and 1 + loglog k + log k
/// loglog k are positive there and increase. So a sum of steps lies between two integrals, of which loglog and
/// logloglog are the antiderivatives.
inline void add_monotonicity(Evidence& e, StepLaw law) {
  const Ball k(law == StepLaw::log ? 2 : 3),
      l = log(k), slope = law == StepLaw::log ? Ball(1) + l : Ball(1) + log(l) * (Ball(1) + l);
  compare(e, "0 < the derivative of the denominator at its first index", 0, Relation::less, slope,
          Object().add("law", law_name(law)));
}

}  // namespace asyncert::dasgd
