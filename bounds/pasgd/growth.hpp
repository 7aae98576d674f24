// Growth of the delayed scalar recursion x(n+1) = x(n) + a x(n - tau) and the rates that bound it: Corollary 21, Lemma
// 19, Theorem 20, and the exact ones.
#pragma once

#include <cmath>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// -ln of the positive root q of q (1+q)^n = a, for a > 0 and n >= 0, enclosed at the working precision.
///
/// ln q + n ln(1+q) increases in q, so that bisection of y = -ln q with certified signs encloses the root, also far
/// below double's range. n = T gives the exact growth rate r, n = T+1 the best rate of Theorem 20. Cost: O(bits)
/// logarithms.
Ball negative_log_rate(const Rational& a, const Rational& n);

/// The same root q in double, by Newton's method on ln q: a few eps, for 0 < a < infinity and n >= 0.
double growth_rate(double a, double n);

/// W_0(z), the w with w exp(w) = z, for z > 0; in double a few eps.
Ball lambert_w(const Ball& z);
double lambert_w(double z);

/// a exp(-x), split so that neither factor leaves double's range before the product does.
template <class T>
T damped(const T& a, const T& x) {
  using std::exp;
  const T half = exp(-x / T(2));
  return a * half * half;
}

/// Corollary 21's q = a exp(-(T+1) a).
template <class T>
T corollary21_rate(const T& a, const T& delay) {
  return damped(a, T((delay + T(1)) * a));
}

/// a (1+a)^{-T}: the largest q with f(0, t+1) >= (1+q) f(0, t) for all delays up to T and all t >= T.
template <class T>
T one_step_rate(const T& a, const T& delay) {
  using std::log1p;
  return damped(a, T(delay * log1p(a)));
}

/// Lemma 19's q = a - a^3 T^2, a rate of the squared solution; negative where a T > 1.
template <class T>
T lemma19_rate(const T& a, const T& delay) {
  return a * (T(1) - a * delay) * (T(1) + a * delay);
}

}  // namespace asyncert::pasgd
