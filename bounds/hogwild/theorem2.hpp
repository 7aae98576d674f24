// Theorem 2: the sequences c_m and h_m of AsySVRG's inner loop, in closed form, and its rate gamma.
#pragma once

#include <cmath>
#include <functional>
#include <optional>

#include "bounds/hogwild/lemma2.hpp"
#include "lib/value.hpp"

namespace asyncert::hogwild {

/// The printed sequences; with the L^2 that (8) carries into them; with the terms that the proof throws away, which
/// removes both terms 2 c eta/beta and needs c_1 <= beta/2; and, besides, with the gap of Minkowski's inequality and
/// with Lemma 4 in its exact form q(x) <= L^2 |x - u_0|^2 + |grad f(x)|^2.
enum class Sequences { printed, corrected, absorbed, sharpened };

/// c_m = w L^2 eta^2 f ((1+a)^{M-m} - 1)/a and h_m = g c_m + f for 0 <= m <= M, with c_M = 0; w is Lemma 4's factor, 2
/// or 1.
template <class T>
struct InnerLoop {
  T L, eta, beta, alpha;  ///< smoothness, step, the free constant of (8), lower bound of the overwrite matrix
  T M;                    ///< inner steps of all threads together
  bool absorbed;
  T w;
  T g, f, a;

  T c(const T& steps_left) const {
    using std::expm1;
    using std::log1p;
    return w * L * L * eta * eta * f * expm1(steps_left * log1p(a)) / a;
  }
  T h(const T& steps_left) const { return g * c(steps_left) + f; }
  /// alpha eta/2 - 2 c eta/beta - w eta^2 h (without the middle term where it is absorbed): least for the most steps
  /// left.
  T gamma(const T& steps_left) const {
    const T rest = alpha * eta / T(2) - w * eta * eta * h(steps_left);
    return absorbed ? rest : T(rest - T(2) * c(steps_left) * eta / beta);
  }
};

/// Whether gamma with so many steps left is exactly zero: where (1+a)^steps is one certain rational number. A power
/// that is longer than that number cannot equal it, so that only short ones are formed.
inline bool gamma_vanishes(const InnerLoop<Rational>& s, long steps) {
  const Rational one(1), two(2), free = s.alpha * s.eta / two - s.w * s.eta * s.eta * s.f;
  const Rational a_c = s.w * s.L * s.L * s.eta * s.eta * s.f;  // c = a_c ((1+a)^steps - 1)/a
  Rational rate = s.w * s.eta * s.eta * s.g * a_c;
  if (!s.absorbed) rate += two * s.eta / s.beta * a_c;
  if (steps == 0 || rate.sign() == 0) return free.sign() == 0;
  const Rational wanted = one + s.a * free / rate, base = one + s.a;
  const auto bits = [](const fmpz* n) { return static_cast<long>(fmpz_bits(n)); };
  // (2^{b-1})^steps <= numerator^steps for a numerator of b bits.
  if ((bits(fmpq_numref(base.raw())) - 1) > bits(fmpq_numref(wanted.raw())) / steps) return false;
  return pow(base, steps) == wanted;
}

/// gamma with so many steps left, where (1+a)^steps has at most a million bits.
inline std::optional<Rational> rational_gamma(const InnerLoop<Rational>& s, const Rational& steps) {
  constexpr long limit = 1'000'000;
  const Rational base = Rational(1) + s.a;
  if (Rational(limit) < steps * Rational(static_cast<long>(fmpq_height_bits(base.raw())))) return std::nullopt;
  const Rational c = s.w * s.L * s.L * s.eta * s.eta * s.f * (pow(base, steps.to_long()) - Rational(1)) / s.a;
  const Rational rest = s.alpha * s.eta / Rational(2) - s.w * s.eta * s.eta * (s.g * c + s.f);
  return s.absorbed ? rest : rest - Rational(2) * c * s.eta / s.beta;
}

/// The same loop in exact arithmetic, where that is to be had.
using ExactLoop = std::function<std::optional<InnerLoop<Rational>>()>;

/// gamma with so many steps left, exactly zero where it is.
inline Value gamma_value(const InnerLoop<double>& s, double steps, const ExactLoop&) { return s.gamma(steps); }
inline Value gamma_value(const InnerLoop<Ball>& s, const Ball& steps, const ExactLoop& exact) {
  const Ball gamma = s.gamma(steps);
  if (!gamma.contains_zero()) return gamma;
  const auto loop = exact();
  return loop && gamma_vanishes(*loop, steps.unique_integer().to_long()) ? Value(0) : Value(gamma);
}

/// (7)'s 4 tau rho K: E|u - u_hat|^2 <= eta^2 times this times E q(u).
template <class T>
T printed_gap(long tau, const T& rho) {
  return rho * lemma3_coefficient(T(1), tau, rho);
}

/// The same by Minkowski's inequality: rho (sum_{k=1}^{tau} s^k)^2 with s = sqrt(rho).
template <class T>
T scale_free_gap(long tau, const T& rho) {
  return rho * scale_free_gap_coefficient(T(1), tau, rho);
}

/// The sequences for one of the gaps above; cost O(1), whatever M.
template <class T>
InnerLoop<T> inner_loop(Sequences which, const T& gap, const T& L, const T& rho, const T& eta, const T& beta,
                        const T& alpha, const T& M) {
  const bool absorbed = which == Sequences::absorbed || which == Sequences::sharpened;
  InnerLoop<T> s{L, eta, beta, alpha, M, absorbed, T(which == Sequences::sharpened ? 1 : 2), rho, T(), T()};
  if (!absorbed) s.g = rho + T(2) * eta / beta * gap * (which == Sequences::corrected ? T(L * L) : T(1));
  s.f = eta * L * L / T(2) * gap + L * rho / T(2);
  s.a = beta * eta + s.w * L * L * eta * eta * s.g;
  return s;
}

}  // namespace asyncert::hogwild
