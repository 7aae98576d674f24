// The memory of the network's kernels: rows of weights that vector instructions can sweep.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <vector>

#include "lib/large_pages.hpp"

namespace asyncert::solvers {

/// Rows of `stride` numbers, one after the other: a row begins at a multiple of 32 bytes, so that no vector of that
/// length lies across two cache lines, and ends with zeros that pad.
template <class Real>
class WeightRows {
 public:
  using Row = Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>, Eigen::Aligned32>;
  using ConstRow = Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>, Eigen::Aligned32>;

  /// The least stride for rows of `width` numbers.
  static constexpr std::size_t stride_for(std::size_t width) { return (width + 7) / 8 * 8; }

  WeightRows() = default;
  /// Zeros. `stride` must be a multiple of 8.
  WeightRows(std::size_t rows, std::size_t stride) : stride_(stride), values_(rows * stride) {}

  bool empty() const { return values_.empty(); }
  std::size_t rows() const { return empty() ? 0 : values_.size() / stride_; }
  std::size_t stride() const { return stride_; }
  Real* data(std::size_t r = 0) { return values_.data() + r * stride_; }
  const Real* data(std::size_t r = 0) const { return values_.data() + r * stride_; }
  Row row(std::size_t r) { return {data(r), static_cast<Eigen::Index>(stride_)}; }
  ConstRow row(std::size_t r) const { return {data(r), static_cast<Eigen::Index>(stride_)}; }
  Real& operator[](std::size_t place) { return values_[place]; }
  const Real& operator[](std::size_t place) const { return values_[place]; }
  void set_zero() { std::fill(values_.begin(), values_.end(), Real(0)); }

 private:
  std::size_t stride_ = 0;
  std::vector<Real, LargePages<Real>> values_;
};

}  // namespace asyncert::solvers
