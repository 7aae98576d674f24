// The asynchronous iteration's two-term recursion and its growth factor: Definition 1, Theorems 5 and 6, Lemma 7.
#pragma once

#include <cmath>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::apsgd {

/// Parameters of one asynchronous run: damping theta in [0,1], relaxation omega >= 0, the extreme nonzero
/// eigenvalues 0 < lambda_min <= lambda_max <= 1 of E[Z] in the B-norm, and the delay delta >= 0 in updates.
template <class T>
struct RateInput {
  T theta, omega, lambda_min, lambda_max, delta;
};
using RateParameters = RateInput<Rational>;

/// The coefficients of E|r_{t+1}|^2 <= K1 E|r_t|^2 + K2 E|r_{t-delta}|^2 (Theorem 5, (21)-(24)).
template <class T>
struct RecursionOf {
  T omega_star;  ///< 2 / (lambda_min + lambda_max)
  const char*
      case_name;  ///< "1i" ... "2iii": case 1 where omega_star <= 2; i, ii, iii by the interval that holds omega
  T alpha;        ///< the norm of I - omega W over the nonzero spectrum (Definition 1)
  T K1, K2;
  T one_minus_K1;
  T one_minus_K1_K2;
};
using Recursion = RecursionOf<Rational>;

/// a b + c, rounded once in double.
template <class T>
T fused(const T& a, const T& b, const T& c) {
  if constexpr (std::same_as<T, double>)
    return std::fma(a, b, c);
  else
    return a * b + c;
}

/// Exact in Rational; in double without cancellation: every entry is a sum of terms of one sign up to the factors
/// 2 - theta omega, 1 - omega lambda_min and omega lambda_max - 1, which are rounded once.
template <class T>
RecursionOf<T> recursion(const RateInput<T>& p) {
  const T one(1), two(2);
  const T &theta = p.theta, &omega = p.omega, &l = p.lambda_min, &L = p.lambda_max, sum = l + L;
  const bool first_case = one <= sum, below_star = omega * sum <= two, below_two = omega <= two;
  RecursionOf<T> r;
  r.omega_star = two / sum;
  r.case_name = first_case ? (below_star  ? "1i"
                              : below_two ? "1ii"
                                          : "1iii")
                           : (below_two    ? "2i"
                              : below_star ? "2ii"
                                           : "2iii");
  // 1 - alpha and alpha, each without cancellation against the other.
  const T below_one = below_star ? T(omega * l) : T(fused(-omega, L, two));
  r.alpha = below_star ? fused(-omega, l, one) : fused(omega, L, T(-one));
  // 1 - omega(2-omega)x is largest over the spectrum at lambda_min while omega <= 2, and at lambda_max beyond.
  const T& m = below_two ? l : L;
  const T kept = one - theta, step = omega - one;
  r.K1 = kept * fused(-theta, below_one, one);
  r.K2 = theta * (theta * ((one - m) + m * step * step) + kept * r.alpha);
  r.one_minus_K1 = theta * fused(kept, below_one, one);
  r.one_minus_K1_K2 = below_star && below_two ? theta * omega * l * fused(-theta, omega, two)
                                              : theta * (two * kept * below_one + theta * omega * (two - omega) * m);
  return r;
}

/// F(y) = delta y - ln((e^{-y} - K1)/K2), increasing and convex, with its root at y = -ln rho; `gap` is 1 - K1 - K2.
template <class T>
T characteristic(const T& y, const T& K2, const T& gap, const T& delta) {
  using std::expm1, std::log1p;
  return delta * y - log1p((gap + expm1(-y)) / K2);
}
template <class T>
T characteristic_slope(const T& y, const T& K2, const T& gap, const T& delta) {
  using std::exp, std::expm1;
  return delta + exp(-y) / (K2 + gap + expm1(-y));
}

/// -ln of the positive root rho of g^{delta+1} = K1 g^delta + K2 (26), enclosed at the working precision.
///
/// Newton's method on `characteristic` in double proposes, and interval Newton steps at the working precision verify
/// and refine; where double's range or the verification fails, certified signs find the root. So 1 - rho keeps its full
/// relative accuracy for delays up to 1e9 and beyond. Infinite when K1 = K2 = 0. Domain: K1, K2, delta >= 0. Cost: two
/// to three evaluations of exp and log at the working precision.
Ball negative_log_root(const Rational& K1, const Rational& K2, const Rational& delta);
inline Ball negative_log_root(const Recursion& r, const Rational& delta) {
  return negative_log_root(r.K1, r.K2, delta);
}

/// The same in double, to some units in the last place of -ln rho. Cost: 3 to 6 evaluations of exp and log, whatever
/// delta.
double negative_log_root(const RecursionOf<double>& r, double delta);

}  // namespace asyncert::apsgd
