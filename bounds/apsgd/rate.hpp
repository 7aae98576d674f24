// The asynchronous iteration's two-term recursion and its growth factor: Definition 1, Theorems 5 and 6, Lemma 7.
#pragma once

#include <string>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::apsgd {

/// Parameters of one asynchronous run: damping theta in [0,1], relaxation omega >= 0, the extreme nonzero
/// eigenvalues 0 < lambda_min <= lambda_max <= 1 of E[Z] in the B-norm, and the delay delta >= 0 in updates.
struct RateParameters {
  Rational theta, omega, lambda_min, lambda_max, delta;
};

/// The coefficients of E|r_{t+1}|^2 <= K1 E|r_t|^2 + K2 E|r_{t-delta}|^2 (Theorem 5, (21)-(24)), all exact.
struct Recursion {
  Rational omega_star;      ///< 2 / (lambda_min + lambda_max)
  std::string case_name;    ///< "1i" ... "2iii": case 1 where omega_star <= 2; i, ii, iii by the interval that holds omega
  Rational alpha;           ///< the norm of I - omega W over the nonzero spectrum (Definition 1)
  Rational K1, K2;
  Rational one_minus_K1;
  Rational one_minus_K1_K2;
};
Recursion recursion(const RateParameters& p);

/// -ln of the positive root rho of g^{delta+1} = K1 g^delta + K2 (26), enclosed at the working precision.
///
/// Solves F(y) = delta y - ln(e^{-y} - K1) + ln K2 = 0, which increases in y, by bisection with certified signs, so that
/// 1 - rho keeps its full relative accuracy for delays up to 1e9 and beyond. Infinite when K1 = K2 = 0.
/// Cost: O(bits + log delta) evaluations of exp and log.
Ball negative_log_root(const Rational& K1, const Rational& K2, const Rational& delta);
inline Ball negative_log_root(const Recursion& r, const Rational& delta) { return negative_log_root(r.K1, r.K2, delta); }

}  // namespace asyncert::apsgd
