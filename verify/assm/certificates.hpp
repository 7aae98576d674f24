// Identities on which several certificates of this paper rest.
#pragma once

#include <string>
#include <utility>

#include "lib/certificate.hpp"

namespace asyncert::assm {

inline const Rational one(1), two(2);

/// (1-m) sum_{j=0}^k m^j = 1 - m^{k+1} for every k, by induction with q = m^{k+1}.
inline Certificate geometric_weights(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "(1-m) sum_{j<=0} m^j = 1 - m", {{"m", 1}}, [](const asyncert::Point& p) { return (one - p[0]) * one; },
          [](const asyncert::Point& p) { return one - p[0]; })
      .identity(
          "(1 - q) + (1-m) q = 1 - m q", {{"m", 1}, {"q", 1}},
          [](const asyncert::Point& p) { return (one - p[1]) + (one - p[0]) * p[1]; },
          [](const asyncert::Point& p) { return one - p[0] * p[1]; });
}

/// One coordinate of <v, x'> with ubar x' = -v.
inline Certificate descent_rate(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "ubar v x' = -v^2 and v x' = -ubar x'^2 with x' = -v/ubar, added", {{"v", 2}, {"ubar", 1}},
          [](const asyncert::Point& p) {
            const Rational rate = -p[0] / p[1];
            return p[1] * p[0] * rate + p[0] * rate * p[1];
          },
          [](const asyncert::Point& p) {
            const Rational rate = -p[0] / p[1];
            return -p[0] * p[0] - p[1] * p[1] * rate * rate;
          });
}

/// With v_k = x_k - m gamma_k u_{k-1}, c = m/(1-m) and |g| <= G: v_{k+1} = v_k - gamma_k g_k + e_k, and the e_j, ...,
/// e_k add up to at most c G (gamma_j - gamma_k) for decreasing steps, as |u| <= G/(1-m). So z_k = v_k - (e_j + ... +
/// e_{k-1}) moves by -gamma_k g_k and is within c G gamma_j of x_k.
inline Certificate momentum_as_displacement(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "x' - m G u' = (x - m g u) - g s + m (g-G) u' with u' = m u + s, x' = x - (1-m) g u'",
          {{"x", 1}, {"m", 2}, {"g", 1}, {"G", 1}, {"u", 1}, {"s", 1}},
          [](const asyncert::Point& v) {
            const Rational &m = v[1], next = m * v[4] + v[5];
            return v[0] - (one - m) * v[2] * next - m * v[3] * next;
          },
          [](const asyncert::Point& v) {
            const Rational &m = v[1], next = m * v[4] + v[5];
            return v[0] - m * v[2] * v[4] - v[2] * v[5] + m * (v[2] - v[3]) * next;
          })
      .identity(
          "(1-m) (c g + c (G-g)) = m G and (1-m) (c + c + 1) = 1 + m with c = m/(1-m)",
          {{"m", 2, 0, Rational(1, 4)}, {"g", 1}, {"G", 1}},
          [](const asyncert::Point& v) {
            const Rational c = v[0] / (one - v[0]);
            return (one - v[0]) * (c * v[1] + c * (v[2] - v[1]) + c + c + one);
          },
          [](const asyncert::Point& v) { return v[0] * v[2] + one + v[0]; });
}

}  // namespace asyncert::assm
