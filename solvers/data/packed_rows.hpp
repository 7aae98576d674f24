// Rows in the form that a stochastic gradient reads fastest: label, count, values and indices of a row side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <variant>
#include <vector>

#include "lib/large_pages.hpp"
#include "solvers/data/dataset.hpp"

namespace asyncert::data {

/// The value of every entry of a data set of zeros and ones; it takes no memory.
struct One {
  constexpr operator double() const { return 1.0; }
};

/// Sparse rows, each in a record of whole cache lines: a row that is drawn at random costs one burst of memory and no
/// look-up of its label elsewhere. `Index` is the narrowest type that holds every column, `Value` is float, double or
/// One.
///
/// The record is: label (float), count (32 bits), values, indices. Memory: 8 + count (sizeof Value + sizeof Index)
/// bytes a row, rounded up to 64. Against columns of 4 and values of 8 bytes this halves the traffic of a row, and
/// quarters it for One.
template <class Index, class Value>
class PackedRows {
 public:
  using index_type = Index;
  using value_type = Value;
  static constexpr bool has_values = !std::is_same_v<Value, One>;

  struct Row {
    float label;
    std::uint32_t count;
    const Value* values;  ///< not to be read where the values are One
    const Index* indices;
    double value(std::size_t k) const {
      if constexpr (has_values)
        return static_cast<double>(values[k]);
      else
        return 1.0;
    }
  };

  /// Packs the rows in the order given by `order`, or in their own where it is empty. Values are converted to `Value`.
  /// The labels must be representable as float, the columns as `Index`, and every value must be 1 where `Value` is One.
  explicit PackedRows(const SparseDataset& source, std::span<const std::uint32_t> order = {});

  std::size_t rows() const { return lines_.size() - 1; }
  std::size_t columns() const { return columns_; }
  std::size_t bytes() const { return storage_.size() * sizeof(Line); }

  Row row(std::size_t r) const {
    const std::byte* at = storage_[lines_[r]].bytes;
    Row result;
    std::memcpy(&result.label, at, 4);
    std::memcpy(&result.count, at + 4, 4);
    at += 8;
    result.values = reinterpret_cast<const Value*>(at);
    if constexpr (has_values) at += result.count * sizeof(Value);
    result.indices = reinterpret_cast<const Index*>(at);
    return result;
  }

  /// Asks for the row's cache lines; `locality` 3 for all levels of the cache, 2 for all but the first.
  template <int locality = 3>
  void prefetch(std::size_t r) const {
    for (std::size_t line = lines_[r]; line < lines_[r + 1]; ++line)
      __builtin_prefetch(storage_[line].bytes, 0, locality);
  }

 private:
  struct alignas(64) Line {
    std::byte bytes[64];
  };
  std::size_t columns_ = 0;
  std::vector<std::uint32_t> lines_;  ///< first cache line of each row, and the end
  std::vector<Line, LargePages<Line>> storage_;
};

/// The same rows whatever their types; `std::visit` picks the loop.
using AnyPackedRows =
    std::variant<PackedRows<std::uint8_t, One>, PackedRows<std::uint16_t, One>, PackedRows<std::uint32_t, One>,
                 PackedRows<std::uint8_t, float>, PackedRows<std::uint16_t, float>, PackedRows<std::uint32_t, float>,
                 PackedRows<std::uint8_t, double>, PackedRows<std::uint16_t, double>,
                 PackedRows<std::uint32_t, double>>;

/// How values may be stored.
enum class Storage {
  exact,   ///< One or float where that changes no value, else double
  single,  ///< One where that changes no value, else float: values are rounded to 24 bits
};

/// Packs with the narrowest types that `storage` allows.
AnyPackedRows pack(const SparseDataset& source, Storage storage = Storage::exact,
                   std::span<const std::uint32_t> order = {});

}  // namespace asyncert::data
