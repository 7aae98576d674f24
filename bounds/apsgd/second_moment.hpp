// Exact second moments: E|x_t - x_*|_B^2 of the delayed and of the synchronous iteration, as linear operators.
#pragma once

#include "bounds/apsgd/reformulation.hpp"

namespace asyncert::apsgd {

/// -ln z for the growth factor z of E|x_t - x_*|_B^2 per master update of
/// u_{t+1} = (1-theta) u_t + theta (I - omega P) u_{t-D}, with a fresh, independent sketch P in each update: equation
/// (15) with constant delay D. Enclosed at the working precision; 0 where it is exactly 0, infinite where z = 0.
///
/// The second moments of D+1 consecutive iterates obey a linear recursion. It is reduced to one of the size of u u',
/// free of the delay: z solves rho(c z^{-1-D} Gamma(z) o N) = 1, where c = (theta omega)^2, N(V) = E[(P-W) V (P-W)'],
/// and Gamma(z) = sum_j z^{-j} h_j(W) . h_j(W)' of the mean's impulse response h. With a = (1-theta) z^{-1/2}, b =
/// theta(1-omega W) z^{-(D+1)/2} in each pair of eigenvalues of W,
///   1/Gamma = 1 - a^2 - b b' - a (b + b' + 2 b b' s_D)/(s_{D+1} - a s_D),  s_k = (m^k - m^{-k})/(m - 1/m),  m + 1/m =
///   (1 + a^2 - b b')/a;
/// s comes from log D doublings, and the pairs from spectral projectors. (Gamma^{-1} - c z^{-1-D} N) X = I has a
/// positive definite solution exactly for z above the wanted one (a positive operator L has rho(L) < 1 exactly if
/// (1-L)^{-1} maps I to a positive definite X).
///
/// Domain: theta in [0,1], omega >= 0, D >= 0; W without the eigenvalue 1 unless W = I. Errors: DomainError.
/// Cost: some fifteen evaluations of O(n^6 + n^2 log D) for rank n.
Ball second_moment_log_rate(const Reformulation& system, const Rational& theta, const Rational& omega, long D);

/// Growth factor of E|x_k - x_*|_B^2 per step of the synchronous method (8) with tau independent sketches:
/// V -> (I - omega W) V (I - omega W)' + (omega^2/tau) N(V). Domain: omega >= 0, tau >= 1.
Ball synchronous_second_moment(const Reformulation& system, const Rational& omega, const Rational& tau);

/// The bound (10) of the same: 1 - omega (2 - omega xi) lambda_min, xi = 1/tau + (1 - 1/tau) lambda_max.
template <class T>
T synchronous_bound(const T& lambda_min, const T& lambda_max, const T& omega, const T& tau) {
  const T xi = (T(1) + (tau - T(1)) * lambda_max) / tau;
  return T(1) - omega * (T(2) - omega * xi) * lambda_min;
}

/// Factor of E|r|^2 in one synchronous step along an eigenvector of W: 1 - 2 omega x + omega^2 (x/tau + (1-1/tau) x^2).
/// It is convex in x, so that an end of the spectrum is worst.
template <class T>
T synchronous_step(const T& x, const T& omega, const T& tau) {
  return T(1) - T(2) * omega * x + omega * omega * x * (T(1) + (tau - T(1)) * x) / tau;
}

}  // namespace asyncert::apsgd
