// The weights that the momentum recursion gives to past subgradients.
#pragma once

#include <vector>

namespace asyncert::assm {

/// (1-m) m^{k-j} for j = 0..k, 0 <= m < 1: how much of u^k is the subgradient of step j, with u^{-1} = 0. Cost O(k).
template <class T>
std::vector<T> momentum_weights(const T& m, long k) {
  std::vector<T> weights(static_cast<std::size_t>(k) + 1);
  T w = T(1) - m;
  for (auto at = weights.rbegin(); at != weights.rend(); ++at) {
    *at = w;
    w = w * m;
  }
  return weights;
}

}  // namespace asyncert::assm
