// The claims of this paper by theme, each with its planted falsehoods; `register_dasgd_claims` calls all of them.
#pragma once

#include <vector>

#include "verify/evidence.hpp"

namespace asyncert::dasgd {

void register_assumption_claims(ClaimRegistry& registry);        ///< Assumption 1 and the introduction
void register_class_claims(ClaimRegistry& registry);             ///< what variational coherence contains
void register_identity_claims(ClaimRegistry& registry);          ///< rewritings, and what cannot be tested
void register_energy_claims(ClaimRegistry& registry);            ///< (3.1), Lemma 3.1
void register_projection_claims(ClaimRegistry& registry);        ///< projections, Lemma 3.1, part 2, where it holds
void register_coherence_claims(ClaimRegistry& registry);         ///< Assumption 2, Section 5's test function
void register_test_function_claims(ClaimRegistry& registry);     ///< Section 5's function in 101 dimensions
void register_experiment_claims(ClaimRegistry& registry);        ///< Figure 1, Theorem 4.6, measured
void register_literal_claims(ClaimRegistry& registry);           ///< Figure 1 with the printed steps, certified
void register_algorithm_claims(ClaimRegistry& registry);         ///< the algorithms as the solvers run them
void register_step_claims(ClaimRegistry& registry);              ///< Assumption 3
void register_window_claims(ClaimRegistry& registry);            ///< what the delays make of the steps
void register_noise_claims(ClaimRegistry& registry);             ///< what the noise makes of the errors and paths
void register_delay_claims(ClaimRegistry& registry);             ///< Algorithm 1 and the bookkeeping of delays
void register_descent_claims(ClaimRegistry& registry);           ///< (3.2)-(3.5), Proposition 3.2, Theorem 3.3
void register_flow_claims(ClaimRegistry& registry);              ///< (4.5), Lemma 4.2
void register_trajectory_claims(ClaimRegistry& registry);        ///< Sections 4.2 and 4.3, where trajectories go
void register_stochastic_claims(ClaimRegistry& registry);        ///< Proposition 4.1, Theorem 4.4, Corollary 4.5, (5.2)
void register_pseudotrajectory_claims(ClaimRegistry& registry);  ///< Definition 4.3, the interpolation
void register_convergence_claims(ClaimRegistry& registry);       ///< Theorems 3.3 and 4.6

/// A point as counterexample data.
inline Value point(const std::vector<Rational>& x) {
  List r;
  for (const Rational& v : x) r.push_back(Fraction{v});
  return r;
}

}  // namespace asyncert::dasgd
