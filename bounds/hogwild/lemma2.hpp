// The delay condition of Lemmas 2 and 5, and the gap coefficients of Lemmas 3, 6 and 7.
#pragma once

#include <bit>
#include <cmath>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::hogwild {

/// S = sum_{k=0}^{tau} (1+t)^k for t = rho - 1 >= 0, zero included. Doubles the number of terms: cost O(log tau).
template <class T>
T geometric_sum_from_excess(const T& t, long tau) {
  const T rho = T(1) + t;
  if constexpr (std::same_as<T, double>) {
    // For rho near 1 its powers lose the digits of t, and rho itself may round to 1.
    const double n = static_cast<double>(tau) + 1;
    if (tau >= 64) return t == 0 ? n : std::expm1(n * std::log1p(t)) / t;
  }
  T sum(1), power = rho;
  const auto terms = static_cast<unsigned long>(tau) + 1;
  for (int bit = static_cast<int>(std::bit_width(terms)) - 2; bit >= 0; --bit) {
    sum = sum * (T(1) + power);
    power = power * power;
    if ((terms >> bit & 1) == 0) continue;
    sum = sum * rho + T(1);
    power = power * rho;
  }
  return sum;
}

/// S = sum_{k=0}^{tau} rho^k for rho >= 1.
template <class T>
T geometric_sum(const T& rho, long tau) {
  return geometric_sum_from_excess(T(rho - T(1)), tau);
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

/// Lemma 3's 4 eta^2 tau K, the coefficient of E q in the bound of E|w - w_hat|^2.
template <class T>
T lemma3_coefficient(const T& eta, long tau, const T& rho) {
  return T(4) * eta * eta * T(tau) * delayed_sum(rho, tau);
}

/// sqrt(1 + t) - 1 without cancellation.
template <class T>
T root_excess(const T& t) {
  using std::sqrt;
  return t / (T(1) + sqrt(T(1) + t));
}

/// sum_{k=1}^{tau} s^k with s = sqrt(rho).
template <class T>
T delayed_root_sum(const T& rho, long tau) {
  using std::sqrt;
  return tau == 0 ? T(0) : T(sqrt(rho)) * geometric_sum_from_excess(root_excess(T(rho - T(1))), tau - 1);
}

/// 1 - eta L sum_{k=0}^{tau} s^k with s = sqrt(rho). Minkowski's inequality gives Lemma 2's conclusion where this is at
/// least 1/s; unlike the printed condition it does not change with the units of f.
template <class T>
T scale_free_denominator(const T& L, long tau, const T& eta, const T& rho) {
  return T(1) - eta * L * geometric_sum_from_excess(root_excess(T(rho - T(1))), tau);
}

/// (eta sum_{k=1}^{tau} s^k)^2, the coefficient of E q in the bound of E|w - w_hat|^2 that Minkowski's inequality
/// gives.
template <class T>
T scale_free_gap_coefficient(const T& eta, long tau, const T& rho) {
  const T root = eta * delayed_root_sum(rho, tau);
  return root * root;
}

}  // namespace asyncert::hogwild
