// The claims of the paper on linear systems, by theme.
#pragma once

#include "lib/claim.hpp"

namespace asyncert::apsgd {

/// Sections 1-3: sketches and exactness, Lemmas 1-4, the synchronous method, Algorithm 1 and the unit of time.
void register_setup_claims(ClaimRegistry& registry);
/// (16)-(28): the weak and the strong recursion, their growth factors, varying delays.
void register_recursion_claims(ClaimRegistry& registry);
/// Lemmas 7-10: bounds of the growth factor, and what follows for theta and omega.
void register_bound_claims(ClaimRegistry& registry);
/// (39)-(63): the best damping and relaxation, Lemmas 11-13.
void register_optimum_claims(ClaimRegistry& registry);
/// (64)-(69), Table 1, the comparisons with the basic and the synchronous method.
void register_comparison_claims(ClaimRegistry& registry);
/// Tables 1 to 3 row by row, the closed forms (53)-(61), and the comparisons with the basic and synchronous methods.
void register_table_claims(ClaimRegistry& registry);
/// Replayed and threaded runs against exact second moments and bounds.
void register_measured_claims(ClaimRegistry& registry);

}  // namespace asyncert::apsgd
