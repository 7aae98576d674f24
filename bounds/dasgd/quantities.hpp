// The quantities of this paper by topic; `register_dasgd_quantities` calls all of them.
#pragma once

#include "lib/quantity.hpp"
#include "lib/real.hpp"

namespace asyncert::dasgd {

void register_energy_quantities(QuantityRegistry& registry);     ///< projections, the energy, the one-step constants
void register_coherence_quantities(QuantityRegistry& registry);  ///< Rosenbrock, coherence products and their minima
void register_step_quantities(QuantityRegistry& registry);       ///< windows, cumulative steps, limits
void register_dynamics_quantities(
    QuantityRegistry& registry);  ///< flows, pseudotrajectories, runs, characteristic roots

/// Exact results that are shown as p/q, as they were given.
inline List fractions(const std::vector<Rational>& values) {
  List r;
  for (const Rational& v : values) r.push_back(Fraction{v});
  return r;
}

/// Reals as outputs.
inline List values(const std::vector<Real>& reals) {
  List r;
  for (const Real& v : reals) r.push_back(v.value());
  return r;
}

/// Throws `DomainError` unless the list has as many entries as the other one.
inline void require_same_length(const Inputs& in, const std::string& name, const std::string& other) {
  const std::size_t have = in.list(name).size(), want = in.list(other).size();
  if (have != want)
    throw DomainError(name, "a list of " + std::to_string(have) + " numbers",
                      "as many numbers as " + other + ", " + std::to_string(want));
}

/// Throws `DomainError` where a parameter is given that the chosen case does not take, or is missing where it does.
inline void require_given(const Inputs& in, const std::string& name, bool wanted, const std::string& when) {
  if (in.has(name) && !wanted) throw DomainError("the parameter " + name + " is not taken for " + when);
  if (!in.has(name) && wanted) throw DomainError("the parameter " + name + " is missing: it is needed for " + when);
}

}  // namespace asyncert::dasgd
