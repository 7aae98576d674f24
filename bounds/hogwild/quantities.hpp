// The quantities of this paper by topic; `register_hogwild_quantities` calls all of them. Parameters that they share.
#pragma once

#include "lib/quantity.hpp"

namespace asyncert::hogwild {

inline Parameter smoothness() { return real("L", "L", "Lipschitz constant of the gradients").above(0); }
inline Parameter delay() {
  return integer("tau", "\\tau", "largest delay in updates").at_least(0).at_most(Rational::parse("1e12"));
}
inline Parameter step() { return real("eta", "\\eta", "step size").above(0); }
inline Parameter growth() { return real("rho", "\\rho", "factor of Lemma 2").at_least(1); }
inline Parameter overwrite_bound() {
  return real("alpha", "\\alpha", "lower bound of the expected overwrite matrix").above(0).at_most(1);
}
inline Parameter decrease() { return real("f_drop", "f(w_0)-f(w_T)", "decrease of the objective").above(0); }

/// Exact powers of rho grow by its size with every update of delay; beyond this many bits enclosures answer instead.
inline bool affordable_exactly(const Inputs& in, long limit = 1'000'000) {
  return in.integer("tau") < limit / static_cast<long>(fmpq_height_bits(in.rational("rho").raw()));
}

/// What only rationals decide where it is a tie: `exact()` where its powers are short; else `enclosed()`, and
/// `exact()`, some seconds of work, where that stays undecided at 1024 bits.
template <class Enclosed, class Exact>
auto decided(const Inputs& in, Enclosed&& enclosed, Exact&& exact) {
  if (affordable_exactly(in, 20'000)) return exact();
  try {
    return enclosed();
  } catch (const Undecided&) {
    if (PrecisionScope::bits() < 1024 || !affordable_exactly(in)) throw;
    return exact();
  }
}

void register_lemma_quantities(QuantityRegistry& registry);
void register_theorem1_quantities(QuantityRegistry& registry);
void register_theorem2_quantities(QuantityRegistry& registry);
void register_complexity_quantities(QuantityRegistry& registry);

}  // namespace asyncert::hogwild
