// Theorem 2: the sequences c_m and h_m of AsySVRG's inner loop, in closed form, and its rate gamma.
#pragma once

#include <cmath>

#include "bounds/hogwild/lemma2.hpp"

namespace asyncert::hogwild {

/// The printed sequences; with the L^2 that (8) carries into them; and with the terms that the proof throws away, which
/// removes both terms 2 c eta/beta and needs c_1 <= beta/2.
enum class Sequences { printed, corrected, absorbed };

/// c_m = 2 L^2 eta^2 f ((1+a)^{M-m} - 1)/a and h_m = g c_m + f for 0 <= m <= M, with c_M = 0.
template <class T>
struct InnerLoop {
  T L, eta, beta, alpha;  ///< smoothness, step, the free constant of (8), lower bound of the overwrite matrix
  T M;                    ///< inner steps of all threads together
  bool absorbed;
  T g, f, a;

  T c(const T& steps_left) const {
    using std::expm1;
    using std::log1p;
    return T(2) * L * L * eta * eta * f * expm1(steps_left * log1p(a)) / a;
  }
  T h(const T& steps_left) const { return g * c(steps_left) + f; }
  /// alpha eta/2 - 2 c eta/beta - 2 eta^2 h (without the middle term where it is absorbed): least for the most steps left.
  T gamma(const T& steps_left) const {
    const T rest = alpha * eta / T(2) - T(2) * eta * eta * h(steps_left);
    return absorbed ? rest : T(rest - T(2) * c(steps_left) * eta / beta);
  }
};

/// Cost O(log tau), whatever M.
template <class T>
InnerLoop<T> inner_loop(Sequences which, const T& L, long tau, const T& rho, const T& eta, const T& beta, const T& alpha, const T& M) {
  const T gap = T(4) * T(tau) * rho * delayed_sum(rho, tau);
  InnerLoop<T> s{L, eta, beta, alpha, M, which == Sequences::absorbed, rho, T(), T()};
  if (which != Sequences::absorbed) s.g = rho + T(2) * eta / beta * gap * (which == Sequences::corrected ? T(L * L) : T(1));
  s.f = eta * L * L / T(2) * gap + L * rho / T(2);
  s.a = beta * eta + T(2) * L * L * eta * eta * s.g;
  return s;
}

}  // namespace asyncert::hogwild
