// Data sets as matrices: compressed sparse rows, and dense bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace asyncert::data {

/// Rows in compressed form: the entries of row r are those at positions row_start[r] .. row_start[r + 1] - 1, with
/// columns in strictly increasing order, counted from zero.
struct SparseDataset {
  std::size_t columns = 0;
  std::vector<std::size_t> row_start{0};
  std::vector<std::uint32_t> column;
  std::vector<double> value;
  std::vector<double> label;  ///< one per row

  std::size_t rows() const { return label.size(); }
  std::size_t entries() const { return column.size(); }
  std::span<const std::uint32_t> row_columns(std::size_t row) const {
    return {column.data() + row_start[row], row_start[row + 1] - row_start[row]};
  }
  std::span<const double> row_values(std::size_t row) const {
    return {value.data() + row_start[row], row_start[row + 1] - row_start[row]};
  }
};

/// Row-major bytes, as image files hold them (0 to 255, not scaled).
struct ByteDataset {
  std::size_t columns = 0;
  std::vector<std::uint8_t> value;  ///< rows x columns
  std::vector<std::uint8_t> label;  ///< one per row

  std::size_t rows() const { return label.size(); }
  std::span<const std::uint8_t> row(std::size_t row) const { return {value.data() + row * columns, columns}; }
};

/// The nonzero entries of `dense`, divided by 255, so that they lie in [0, 1].
SparseDataset to_sparse(const ByteDataset& dense);

}  // namespace asyncert::data
