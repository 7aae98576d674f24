// The claims of the paper on linear systems, by theme.
#pragma once

#include <functional>
#include <utility>

#include "lib/claim.hpp"

namespace asyncert::apsgd {

/// What a claim says beside its statement; the fields are those of `Claim`.
struct Remarks {
  const char* note = "";
  const char* instead = "";
  const char* no_correction = "";
  bool bound = false;
};

/// Adds claims whose procedures need neither seed nor effort.
struct Adding {
  ClaimRegistry& registry;

  void operator()(const char* id, const char* source, const char* statement, Verdict expected,
                  std::function<Evidence()> procedure, const Remarks& remarks) const {
    registry.add({.id = id,
                  .source = source,
                  .statement = statement,
                  .expected = expected,
                  .procedure = [procedure = std::move(procedure)](const Context&) { return procedure(); },
                  .note = remarks.note,
                  .instead = remarks.instead,
                  .no_correction = remarks.no_correction,
                  .bound = remarks.bound});
  }
  void operator()(const char* id, const char* source, const char* statement, Verdict expected,
                  std::function<Evidence()> procedure, const char* note = "") const {
    (*this)(id, source, statement, expected, std::move(procedure), Remarks{.note = note});
  }
  void canary(const char* id, const char* statement, Verdict expected, std::function<Evidence()> procedure) const {
    registry.add({.id = id,
                  .source = "planted",
                  .statement = statement,
                  .expected = expected,
                  .procedure = [procedure = std::move(procedure)](const Context&) { return procedure(); },
                  .canary = true});
  }
};

/// Sections 1 and 2: the objective and its gradient, Lemmas 1 and 2, the Gaussian sketch.
void register_setup_claims(ClaimRegistry& registry);
/// Assumption 1, Lemmas 3 and 4: exactness and the space of the iterates.
void register_exactness_claims(ClaimRegistry& registry);
/// The synchronous method, Theorem 1, (8)-(12); Algorithm 1 and its unit of time.
void register_method_claims(ClaimRegistry& registry);
/// The weak recursion, (16)-(20), Theorems 2 to 4.
void register_weak_claims(ClaimRegistry& registry);
/// The strong recursion, (21)-(26), Theorems 5 and 6.
void register_recursion_claims(ClaimRegistry& registry);
/// Longer and varying delays, (27), (28), Lemmas 5 and 6.
void register_delay_claims(ClaimRegistry& registry);
/// Lemmas 7 to 10: bounds of the growth factor, and what follows for theta and omega.
void register_bound_claims(ClaimRegistry& registry);
/// (39)-(63): the best damping and relaxation, Lemmas 11 to 13.
void register_optimum_claims(ClaimRegistry& registry);
/// (51)-(61) one by one, printed and corrected.
void register_closed_form_claims(ClaimRegistry& registry);
/// Relaxations in [2, omega_star], beyond 4.2.15.
void register_beyond_two_claims(ClaimRegistry& registry);
/// The comparisons with the basic method after (53), (56) and (61), and the abstract's.
void register_basic_claims(ClaimRegistry& registry);
/// (64)-(69), Table 1, the comparisons with the synchronous method.
void register_comparison_claims(ClaimRegistry& registry);
/// The same comparisons with exact steps and second moments in place of bounds.
void register_exact_claims(ClaimRegistry& registry);
/// Tables 2 and 3 row by row.
void register_table_claims(ClaimRegistry& registry);
/// Replayed and threaded runs against exact second moments and bounds.
void register_measured_claims(ClaimRegistry& registry);

}  // namespace asyncert::apsgd
