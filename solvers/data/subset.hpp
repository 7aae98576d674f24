// Parts of a data set.
#pragma once

#include "solvers/data/dataset.hpp"

namespace asyncert::data {

/// The rows first, first + stride, first + 2 stride, ... of a data set whose order may not be random. stride >= 1.
inline SparseDataset every_nth(const SparseDataset& all, std::size_t first, std::size_t stride) {
  SparseDataset part;
  part.columns = all.columns;
  for (std::size_t r = first; r < all.rows(); r += stride) {
    const auto columns = all.row_columns(r);
    const auto values = all.row_values(r);
    part.column.insert(part.column.end(), columns.begin(), columns.end());
    part.value.insert(part.value.end(), values.begin(), values.end());
    part.row_start.push_back(part.column.size());
    part.label.push_back(all.label[r]);
  }
  return part;
}

}  // namespace asyncert::data
