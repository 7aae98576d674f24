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

}  // namespace asyncert::assm
