// Constants under which the proof of Theorem 1 goes through: what Lemmas 9 and 11 and Theorem 7 need in place of
// (6)-(8) and (b), (c).
#pragma once

#include <cmath>

#include "bounds/pasgd/constants.hpp"

namespace asyncert::pasgd {

/// The factor of F2 = factor c sigma^2 eta M L Tmax: windows in which it is exceeded with probability 1/6 descend by
/// more than the noise of all steps.
inline constexpr long repaired_descent_factor = 384;
/// Of the two terms of the number of steps, Delta/(2 sigma^2 eta^2 M^2 L) and this times iota Tmax.
inline constexpr long repaired_step_factor = 1200;

/// In the paper's symbols; Tmax is a whole number of steps, chosen freely where the conditions hold.
template <class T>
struct RepairedConstants {
  T F2;     ///< 384 c sigma^2 eta M L Tmax
  T S;      ///< 3 eta^2 M^2 Tmax [(17/16) F2 + sigma^2 (16 ln(48 (d+1)) + 1)] is S^2
  T lhs_b;  ///< 8 c L^2 M^2 eta^2 T^2 Tmax, at most 1
  T lhs_c;  ///< eta M Tmax rho S, at most p
  T beta;   ///< what beta(Tmax) is at least: T + ((1+q)^{2(Tmax-T)} - 1)/(q(2+q)) is its square, q = a e^{-(T+1)a}
  T way;    ///< beta M eta r/(6 sqrt d), at least 2 S
  T iota;   ///< ln(4/delta), at most w
  T K;      ///< Delta/(2 sigma^2 eta^2 M^2 L) + 1200 iota Tmax
};

/// Domain: that of `escape_constants`, and Tmax > T >= 1.
template <class T>
RepairedConstants<T> repaired_constants(const EscapeProblem<T>& p, const T& Tmax) {
  using std::exp;
  using std::log;
  using std::log1p;
  using std::sqrt;
  const EscapeConstants<T> k = escape_constants(p);
  const T one(1), gain = one / (p.w * p.L), delay_share = p.delay / p.w;  // M eta, M eta L T
  RepairedConstants<T> r;
  r.F2 = T(repaired_descent_factor * noise_constant) * k.sigma2 * Tmax / p.w;
  const T noise = k.sigma2 * (T(16) * log(T(48) * (p.d + one)) + one);
  r.S = gain * sqrt(T(3) * Tmax * (T(17) * r.F2 / T(16) + noise));
  r.lhs_b = T(8 * noise_constant) * delay_share * delay_share * Tmax;
  r.lhs_c = gain * Tmax * p.rho * r.S;
  r.beta = sqrt(p.delay + (exp(T(2) * (Tmax - p.delay) * log1p(k.q)) - one) / (k.q * (k.q + T(2))));
  r.way = r.beta * gain * k.r / (T(6) * sqrt(p.d));
  r.iota = log(T(4)) - log(p.delta);
  r.K = p.Delta_f / (T(2) * k.sigma2 * gain * gain * p.L) + T(repaired_step_factor) * r.iota * Tmax;
  return r;
}

}  // namespace asyncert::pasgd
