// Proofs over their whole domains of the descent inequalities of Theorems 1 and 2, by identities of the steps.
#pragma once

#include "bounds/hogwild/theorem2.hpp"
#include "lib/certificate.hpp"

namespace asyncert::hogwild {

/// Smoothness bounds f(w_{t+1}) by f(w_t) - eta g'B v + (L eta^2/2)|v|^2 with E[Bv | w, w_hat] = B grad f(w_hat) and
/// |Bv| <= |v|; what is then left is eta times Lemma 1's difference.
Certificate descent_proof(std::string method);

/// (8): the square of u_{m+1} - u_0 = x - eta B v multiplied out, with E[Bv | u, u_hat] = B grad f(u_hat), and Young's
/// inequality.
Certificate drift_proof();

/// E q(u_hat) <= rho E q(u) from the gap of Lemma 6 and the condition of Lemma 5.
Certificate lemma7_proof();
/// The same under the scale-free condition.
Certificate scale_free_lemma7_proof();
/// (7) from Lemmas 6 and 7.
Certificate eq7_proof();
/// E|v|^2 = E q(u_hat) for the direction v of a fresh index, q the mean of the squared directions.
Certificate variance_reduced_mean();

/// What Theorem 2's recursion makes of c = c_{m+1}: c_m and Gamma_m, for a gap E|u - u_hat|^2 <= gap eta^2 E q(u).
struct RecursionStep {
  Rational c, Gamma;
};
struct RecursionInput {
  Rational L, rho, eta, beta, alpha, gap;
};
RecursionStep recursion_step(Sequences which, const RecursionInput& p, const Rational& c, const Rational& c_of_h);

/// Gamma_m E|grad f(u_m)|^2 <= E R_m - E R_{m+1} for corrected, absorbed and sharpened sequences; for the printed
/// ones the identity fails.
Certificate theorem2_step_proof(Sequences which);

}  // namespace asyncert::hogwild
