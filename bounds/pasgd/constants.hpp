// The constants (6)-(9) of the escape theorem, its conditions (a)-(c), and the numbers of steps of Definition 2.
#pragma once

#include <cmath>

#include "bounds/pasgd/growth.hpp"
#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// The constant c of (6).
inline constexpr long noise_constant = 4;

/// c1 = 6 c sqrt(ln(2(d+1)) + ln 3).
template <class T>
T noise_factor(const T& d) {
  using std::log;
  using std::sqrt;
  return T(6 * noise_constant) * sqrt(log(T(6) * (d + T(1))));
}

/// The larger root of 4^u = A^2 (u + th), which is the smallest admissible u of (7): u = -W_{-1}(...)/ln 4 - th.
///
/// The smaller root would satisfy every printed condition, too, but leaves Theorem 7 false. Domain: A^2 >= 4, th >= 0.
Ball smallest_u(const Ball& A_squared, const Ball& th);
double smallest_u(double A_squared, double th);

/// Dimension, workers, smoothness constants, target accuracies, noise scale, delay, initial gap, failure probability,
/// and the free factor w of the step size eta = 1/(w M L).
template <class T>
struct EscapeProblem {
  T d, M, L, rho, eps1, eps2, s, delay, Delta_f, delta, w;
};

/// (6)-(9), (a)-(c) and Definition 2, in the paper's symbols. T is Ball or double.
template <class T>
struct EscapeConstants {
  T c1, r, sigma2, kappa, a, f, q, u, u_with_c, Tmax, F, F2, S, b, C, p;
  T lhs_b, lhs_c, lhs_8, iota, K1, K2;
  T noise_over_descent;  ///< ratio of the two terms of (25) with K = 4 Tmax N steps; the proof needs it below 1
};

/// All of them at once; M eta L = 1/w is used throughout, so that M and eta enter only where they stay.
///
/// K1 is 2 iota Delta_f / (c sigma^2 eta^2 M^2 L): T cancels against F. At T = 0 the printed quotient is 0/0, and K1
/// its limit, the one value that it has for every T > 0.
template <class T>
EscapeConstants<T> escape_constants(const EscapeProblem<T>& p) {
  using std::exp;
  using std::log;
  using std::sqrt;
  constexpr long c = noise_constant;
  EscapeConstants<T> k;
  const T one(1), gain = one / (p.w * p.L);  // M eta
  k.c1 = noise_factor(p.d);
  k.r = k.c1 * sqrt(p.d) * p.s;
  const T excess = one + one / (k.c1 * k.c1 * p.d);  // sigma^2 / r^2
  k.sigma2 = k.r * k.r * excess;
  k.kappa = p.L / (sqrt(p.rho) * sqrt(p.eps2));
  k.a = one / (k.kappa * p.w);
  k.f = (p.delay + one) * k.a;
  k.q = damped(k.a, k.f);
  const T A2 = T(4320) * p.d * excess, th = p.delay / p.w;
  k.u = smallest_u(A2, th);
  k.u_with_c = smallest_u(T(T(c) * A2), th);
  k.lhs_8 = damped(T(k.u / k.a), T(-k.f));
  k.Tmax = p.delay + k.lhs_8;
  k.F = T(50 * c) * k.sigma2 * p.delay / p.w;
  k.F2 = T(2) * k.r * k.r;
  k.S = gain * sqrt(T(15 * c) * k.Tmax) * k.r * sqrt(excess);
  k.b = log(T(12) * (p.d + one));
  k.C = T(12) * sqrt(T(8 * c) * k.b);
  k.p = one / (one + k.C);
  k.lhs_b = th * th * T(8 * c) * k.Tmax;
  k.lhs_c = gain * k.Tmax * p.rho * k.S;
  k.iota = log(T(3)) - log(p.delta);
  // Divided one by one: in double the squares may leave the range where the quotient does not.
  k.K1 = T(2) * k.iota * p.Delta_f / (T(c) * p.L * excess) / k.r / gain / k.r / gain;
  k.K2 = T(50) * k.iota * p.Delta_f / k.r / gain / k.r * k.Tmax;
  k.noise_over_descent = T(256 * c) * k.Tmax * excess * (T(3) / (T(2) * p.w) + th * th);
  return k;
}

/// w^2 - 3w/2 - 2T^2: condition (a) says that it is positive.
template <class T>
T condition_a(const T& w, const T& delay) {
  return w * w - T(3) * w / T(2) - T(2) * delay * delay;
}

/// w^2 - 2T^3: (9) says that it is not negative.
template <class T>
T condition_9(const T& w, const T& delay) {
  return w * w - T(2) * delay * delay * delay;
}

}  // namespace asyncert::pasgd
