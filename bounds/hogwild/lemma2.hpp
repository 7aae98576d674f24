// The delay condition of Lemmas 2 and 5, and the gap coefficients of Lemmas 3, 6 and 7.
#pragma once

#include <cmath>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::hogwild {

/// S = sum_{k=0}^{tau} rho^k. Summed for tau < 64 or rho = 1, else in closed form; cost O(log tau).
template <class T>
T geometric_sum(const T& rho, long tau) {
  using std::pow;
  if (tau < 64) {
    T sum(1);
    for (long k = 0; k < tau; ++k) sum = sum * rho + T(1);
    return sum;
  }
  return (pow(rho, tau + 1) - T(1)) / (rho - T(1));
}

/// K = sum_{k=1}^{tau} rho^k: zero without delay.
template <class T>
T delayed_sum(const T& rho, long tau) {
  return tau == 0 ? T(0) : rho * geometric_sum(rho, tau - 1);
}

/// D = 1 - eta - 9 eta (tau+1) L^2 S: Lemma 2 assumes 1/D <= rho, and needs D > 0 as well.
template <class T>
T lemma2_denominator(const T& L, long tau, const T& eta, const T& rho) {
  return T(1) - eta - T(9) * eta * T(tau + 1) * L * L * geometric_sum(rho, tau);
}

/// The largest eta that meets the condition at this rho: (1 - 1/rho) / (1 + 9 (tau+1) L^2 S).
template <class T>
T lemma2_eta_cap(const T& L, long tau, const T& rho) {
  return (T(1) - T(1) / rho) / (T(1) + T(9) * T(tau + 1) * L * L * geometric_sum(rho, tau));
}

/// Lemma 3's 4 eta^2 tau K, the coefficient of E q in the bound of E|w - w_hat|^2.
template <class T>
T lemma3_coefficient(const T& eta, long tau, const T& rho) {
  return T(4) * eta * eta * T(tau) * delayed_sum(rho, tau);
}

}  // namespace asyncert::hogwild
