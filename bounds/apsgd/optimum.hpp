// The best damping and relaxation of the asynchronous method, and the complexities per unit time of both methods:
// Section 4, equations (39)-(69), Table 1. Printed and corrected closed forms side by side.
#pragma once

#include <cmath>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::apsgd {

/// a + b sqrt(q) with rational a, b and q >= 0: the form of every closed-form complexity of the paper.
struct Surd {
  Rational a, b, q;
  Ball enclosure() const;
  /// -1, 0 or 1, exactly.
  int sign() const;
  friend Surd operator*(const Rational& x, const Surd& s) { return {x * s.a, x * s.b, s.q}; }
  friend Surd operator+(const Rational& x, const Surd& s) { return {x + s.a, s.b, s.q}; }
  Surd operator-() const { return {-a, -b, q}; }
};

/// -1, 0 or 1 as x < y, x = y or x > y, exactly: balls decide unless they are equal, which two squarings prove.
int compare(const Surd& x, const Surd& y);

/// The extreme nonzero eigenvalues 0 < l <= L <= 1 of W, and the delay delta > 0 of one unit of time.
struct Spectrum {
  Rational l, L;
  Rational sum() const { return l + L; }                       ///< k
  Rational omega_star() const { return Rational(2) / sum(); }  ///< best relaxation of alpha
};

/// lambda_min U(theta, omega, delta) minimised over theta in [0,1], for omega in [1, omega_star]: the one closed form
/// l/2 + 1/(2w) + (beta + sqrt(beta^2 + 2 l delta Q))/(2 w l delta), where beta = w l for w <= 2 and 2l + (w-2)L
/// beyond, and Q = (1 + w l) beta - 2 w l^2. It replaces (52)-(61) and also covers omega > 2, which the paper leaves
/// open.
Surd scaled_minimum_bound(const Spectrum& s, const Rational& omega, const Rational& delta);

/// The minimising theta = 2l/(beta + sqrt(beta^2 + 2 l delta Q)), in (0, 1].
Ball best_theta(const Spectrum& s, const Rational& omega, const Rational& delta);

/// omega in double, with its differences from 1 and 2, which must not cancel.
struct Relaxation {
  double omega, minus_one, minus_two;
};
/// omega_star.
Relaxation best_relaxation(double l, double L);
/// Both in double: theta, and the bound U itself.
struct ClosedForm {
  double theta, bound;
};
ClosedForm closed_form(double l, double L, const Relaxation& w, double delta);

/// lambda_min times the printed (56) at omega_star. It doubles a bracket and uses 2-k for k + 2l(1-k).
/// Domain: k >= 1 (Case 1). At k = 2 the value is rational.
Surd scaled_printed_56(const Spectrum& s, const Rational& delta);

/// xi(tau) = 1/tau + (1 - 1/tau) L: lambda_min times the synchronous bound (11).
Rational xi(const Spectrum& s, const Rational& tau);

/// lambda_min times the exact best one-step complexity of the synchronous method with tau samples.
///
/// The factor 1 - 2 w x + w^2 (x/tau + (1-1/tau) x^2) is worst at an end of the spectrum; minimised over w it gives
/// l + (1-l)/tau where (tau-1)(L-l) <= 1 and (1/tau + (1-1/tau)k)^2/(4L(1-1/tau)) beyond.
Rational scaled_tight_synchronous(const Spectrum& s, const Rational& tau);

/// Of omega in [1, omega_star], where the minimum over theta of U is least: min(2, omega_star) or omega_star.
///
/// With t = 1/omega, U decreases in omega up to 2; on [2, omega_star] it is a linear function of t plus the root of a
/// quadratic P(t). If the leading coefficient of P is negative, or its discriminant is not, the root is concave and an
/// end is best. Otherwise L > l(1+delta), the slope at t = 1/2 is negative and the function convex: omega = 2 is best.
Rational best_omega(const Spectrum& s, const Rational& delta);

/// F_w(R) = max over theta in [0,1] of R - (R K1 + K2), for omega = w in [1, omega_star]: some theta has a growth
/// factor g with R = g^D (D the delay) or less exactly if F_w(R) >= R - R g.
///
/// The quadratic A1 theta - A2 theta^2 has A1 = w l (1+R) - (1-R), A2 = w l (w-1+R) for w <= 2 and w (l(1+R) - 2L + w
/// L) beyond; its vertex never exceeds 1. ln F increases in w on [1, min(2, omega_star)] and has no interior maximum on
/// [2, omega_star], so that only w = min(2, omega_star) and w = omega_star have to be tried.
template <class T>
T rate_gain(const T& R, const T& l, const T& L, const T& w, bool beyond_two) {
  const T A1 = w * l * (T(1) + R) - (T(1) - R);
  const T A2 = beyond_two ? T(w * (l * (T(1) + R) - T(2) * L + w * L)) : T(w * l * (w - T(1) + R));
  using std::abs;
  const T positive = (A1 + abs(A1)) / T(2);  // where A1 <= 0 the best theta is 0
  return positive * positive / (T(4) * A2);
}

/// min over theta in [0,1] and omega in [1, omega_star] of 1/(1 - rho^delta), enclosed at the working precision.
///
/// Bisects q = 1 - rho^delta with certified signs of F_w(R) - R(1 - R^{1/delta}); the set of R that some (theta, omega)
/// reaches is a ray. Cost: O(bits) logarithms.
Ball best_rate_complexity(const Spectrum& s, const Rational& delta);
/// The same in double. Cost: some sixty logarithms.
double best_rate_complexity(double l, double L, double delta);

}  // namespace asyncert::apsgd
