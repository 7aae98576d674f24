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

}  // namespace asyncert::assm
