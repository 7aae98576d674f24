// The claims of this paper by theme, and what several of them share.
#pragma once

#include <functional>

#include "lib/claim.hpp"
#include "verify/hogwild/enumeration.hpp"

namespace asyncert::hogwild {

void register_setup_claims(ClaimRegistry& registry);             ///< problem (1), Assumptions 1 and 5, (2), (3), q
void register_overwrite_claims(ClaimRegistry& registry);         ///< Assumptions 2 to 4
void register_interleaving_claims(ClaimRegistry& registry);      ///< every interleaving of two short threads
void register_lemma1_claims(ClaimRegistry& registry);            ///< Lemma 1
void register_lemma2_claims(ClaimRegistry& registry);            ///< Lemma 2
void register_lemma3_claims(ClaimRegistry& registry);            ///< Lemma 3, (4)
void register_inner_loop_claims(ClaimRegistry& registry);        ///< Lemmas 4 to 7, (5)-(13)
void register_theorem1_claims(ClaimRegistry& registry);          ///< Theorem 1
void register_theorem1_step_claims(ClaimRegistry& registry);     ///< Theorem 1's step size and its hidden assumptions
void register_sharp_constant_claims(ClaimRegistry& registry);    ///< Theorem 1 with the constant 8/7
void register_theorem2_claims(ClaimRegistry& registry);          ///< Theorem 2, its steps and its conclusion
void register_large_step_claims(ClaimRegistry& registry);        ///< Lemmas 5-7, (7), Theorem 2 where D < 0
void register_theorem2_repair_claims(ClaimRegistry& registry);   ///< the missing L^2, and what it does not spoil
void register_complexity_claims(ClaimRegistry& registry);        ///< computation complexity: c_0, g, gamma
void register_complexity_order_claims(ClaimRegistry& registry);  ///< computation complexity: orders in n
void register_introduction_claims(ClaimRegistry& registry);      ///< rates and costs that the introduction promises
void register_experiment_claims(ClaimRegistry& registry);        ///< the experiments, Figures 1 and 2
void register_measured_claims(ClaimRegistry& registry);          ///< replayed runs against the bounds
void register_thread_claims(ClaimRegistry& registry);            ///< runs of threads
void register_canaries(ClaimRegistry& registry);                 ///< planted falsehoods

/// Evidence from one comparison at one instance.
Evidence at_instance(std::string method, Comparison comparison);

/// Of a measured claim: a violation of 3/10 of the bound would be detected. A sample too small for that says nothing.
Hypothesis detects_violations(double smallest, double bound);

/// Proof of a polynomial identity: both sides have degree at most `degree` in each variable, so that agreement on a
/// grid of degree + 1 values a variable proves it everywhere. The values are 0, 1, ..., degree times 1/2.
struct PolynomialIdentity {
  std::string label;
  std::vector<std::string> variables;
  int degree = 2;
  std::function<Rational(const std::vector<Rational>&)> left, right;
};
Evidence prove(const PolynomialIdentity& identity, std::string method);

/// A non-convex run whose expectations are enclosed: two cosines in one coordinate, delay 2, overwrites with
/// probability 1/5, and reads that miss every recent update where they may.
struct EnclosedRun {
  Rational s = Rational(1, 10), eta = Rational(1, 4), alpha = Rational(4, 5);
  long tau = 2, steps = 5;
  FiniteSum<Ball> problem() const { return two_cosines(s, 1); }
  Walk<Ball> walk() const;
  Object instance() const;
};

}  // namespace asyncert::hogwild
