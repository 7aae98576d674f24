#include "solvers/data/packed_rows.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>

#include "lib/errors.hpp"

namespace asyncert::data {
namespace {

constexpr std::size_t header_bytes = 8;

template <class Index>
AnyPackedRows pack_values(const SparseDataset& source, Storage storage, std::span<const std::uint32_t> order) {
  const auto all = [&source](auto predicate) {
    return std::all_of(source.value.begin(), source.value.end(), predicate);
  };
  if (all([](double v) { return v == 1.0; })) return PackedRows<Index, One>(source, order);
  if (storage == Storage::single || all([](double v) { return static_cast<double>(static_cast<float>(v)) == v; })) {
    return PackedRows<Index, float>(source, order);
  }
  return PackedRows<Index, double>(source, order);
}

}  // namespace

template <class Index, class Value>
PackedRows<Index, Value>::PackedRows(const SparseDataset& source, std::span<const std::uint32_t> order)
    : columns_(source.columns) {
  if (!order.empty() && order.size() != source.rows()) {
    throw DomainError("order", std::to_string(order.size()) + " rows",
                      "a permutation of the data set's " + std::to_string(source.rows()));
  }
  if (source.columns > 0 && source.columns - 1 > std::numeric_limits<Index>::max()) {
    throw DomainError("columns", std::to_string(source.columns),
                      "at most 2^" + std::to_string(8 * sizeof(Index)) + " for this index type");
  }
  const auto at = [&order](std::size_t r) { return order.empty() ? r : order[r]; };
  const std::size_t entry_bytes = sizeof(Index) + (has_values ? sizeof(Value) : 0);
  lines_.reserve(source.rows() + 1);
  std::size_t lines = 0;
  for (std::size_t r = 0; r < source.rows(); ++r) {
    lines_.push_back(static_cast<std::uint32_t>(lines));
    lines += (header_bytes + source.row_columns(at(r)).size() * entry_bytes + sizeof(Line) - 1) / sizeof(Line);
    if (lines > std::numeric_limits<std::uint32_t>::max()) throw DomainError("the data set exceeds 2^38 bytes");
  }
  lines_.push_back(static_cast<std::uint32_t>(lines));
  storage_.resize(lines);
  for (std::size_t r = 0; r < source.rows(); ++r) {
    const auto columns = source.row_columns(at(r));
    const auto values = source.row_values(at(r));
    const float label = static_cast<float>(source.label[at(r)]);
    if (static_cast<double>(label) != source.label[at(r)]) {
      throw DomainError("label", std::to_string(source.label[at(r)]), "a number that single precision holds exactly");
    }
    const auto count = static_cast<std::uint32_t>(columns.size());
    std::byte* out = storage_[lines_[r]].bytes;
    std::memcpy(out, &label, 4);
    std::memcpy(out + 4, &count, 4);
    out += header_bytes;
    for (const double v : values) {
      if constexpr (has_values) {
        const auto value = static_cast<Value>(v);
        std::memcpy(out, &value, sizeof(Value));
        out += sizeof(Value);
      } else if (v != 1.0) {
        throw DomainError("value", std::to_string(v), "1, in rows that store no values");
      }
    }
    for (const std::uint32_t c : columns) {
      const auto index = static_cast<Index>(c);
      std::memcpy(out, &index, sizeof(Index));
      out += sizeof(Index);
    }
  }
}

template class PackedRows<std::uint8_t, One>;
template class PackedRows<std::uint16_t, One>;
template class PackedRows<std::uint32_t, One>;
template class PackedRows<std::uint8_t, float>;
template class PackedRows<std::uint16_t, float>;
template class PackedRows<std::uint32_t, float>;
template class PackedRows<std::uint8_t, double>;
template class PackedRows<std::uint16_t, double>;
template class PackedRows<std::uint32_t, double>;

AnyPackedRows pack(const SparseDataset& source, Storage storage, std::span<const std::uint32_t> order) {
  if (source.columns <= 1u << 8) return pack_values<std::uint8_t>(source, storage, order);
  if (source.columns <= 1u << 16) return pack_values<std::uint16_t>(source, storage, order);
  return pack_values<std::uint32_t>(source, storage, order);
}

}  // namespace asyncert::data
