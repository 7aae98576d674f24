// Stochastic gradient steps of linear models on packed sparse rows: the fast path of SGD and Hogwild!.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "solvers/kernels/losses.hpp"

namespace asyncert::solvers {

/// <w, x> over the row's entries, read one by one: with other threads writing, an inconsistent read in the sense of the
/// theory. Four partial sums keep the additions from waiting for each other.
template <class Real, class Weights, class Row>
inline Real sparse_dot(const Weights& w, const Row& row) {
  std::array<Real, 4> sum{};
  std::uint32_t k = 0;
  const auto product = [&](std::uint32_t e) { return static_cast<Real>(row.value(e)) * w.load(row.indices[e]); };
  for (; k + 4 <= row.count; k += 4) {
    for (std::uint32_t s = 0; s < 4; ++s) sum[s] += product(k + s);
  }
  for (; k < row.count; ++k) sum[0] += product(k);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// The L2 penalty (penalty / 2) |w|^2, split over the rows so that a row's share touches the row's coordinates only:
/// f_i gets (penalty / 2) sum over its coordinates of weight[j] w_j^2, with weight[j] = n / (number of rows with an
/// entry in j). The mean over all rows is the penalty on every coordinate that occurs. No penalty where `penalty` is 0.
template <class Real>
struct SplitPenalty {
  Real penalty = 0;
  std::span<const Real> weight;
};

/// One step w <- w - step grad f_i(w) on the row's coordinates; f_i(w) = Loss(y <w, x>) + the row's share of the
/// penalty. `Weights` is anything with `load(j)` and `add(j, delta)`.
template <class Loss, class Real, class Weights, class Row>
inline void linear_step(Weights& w, const Row& row, Real step, const SplitPenalty<Real>& l2 = {}) {
  const Real y = static_cast<Real>(row.label);
  const Real factor = -step * y * Loss::slope(y * sparse_dot<Real>(w, row));
  if (l2.penalty == 0) {
    if (factor == 0) return;
    for (std::uint32_t k = 0; k < row.count; ++k) w.add(row.indices[k], factor * static_cast<Real>(row.value(k)));
  } else {
    const Real shrink = step * l2.penalty;
    for (std::uint32_t k = 0; k < row.count; ++k) {
      const auto j = row.indices[k];
      w.add(j, factor * static_cast<Real>(row.value(k)) - shrink * l2.weight[j] * w.load(j));
    }
  }
}

/// Mean loss over all rows, and the penalty, at weights that no thread changes.
template <class Loss, class Real, class Rows>
double linear_loss(const Rows& rows, std::span<const Real> w, double penalty = 0) {
  struct Still {
    std::span<const Real> values;
    double load(std::size_t j) const { return static_cast<double>(values[j]); }
  };
  double sum = 0, norm = 0;
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const auto row = rows.row(r);
    sum += Loss::value(static_cast<double>(row.label) * sparse_dot<double>(Still{w}, row));
  }
  for (const Real x : w) norm += static_cast<double>(x) * static_cast<double>(x);
  return sum / static_cast<double>(rows.rows()) + penalty / 2 * norm;
}

}  // namespace asyncert::solvers
