#include "solvers/data/readers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <vector>

#include "solvers/data/stream.hpp"

namespace asyncert::data {
namespace {

using detail::finite_number;
using detail::quoted;
using detail::Stream;

/// The dimensions in an IDX header of unsigned bytes.
std::vector<std::size_t> idx_header(Stream& stream) {
  std::array<unsigned char, 4> magic{};
  if (stream.read(magic.data(), 4) != 4) throw DataError(stream.name(), 0, "is shorter than an IDX header");
  if (magic[0] != 0 || magic[1] != 0 || magic[2] != 8 || magic[3] == 0) {
    throw DataError(stream.name(), 0, "does not begin as an IDX file of unsigned bytes");
  }
  std::vector<std::size_t> sizes(magic[3]);
  for (std::size_t& size : sizes) {
    std::array<unsigned char, 4> bytes{};
    if (stream.read(bytes.data(), 4) != 4) throw DataError(stream.name(), 0, "is shorter than its IDX header");
    size = std::size_t{bytes[0]} << 24 | std::size_t{bytes[1]} << 16 | std::size_t{bytes[2]} << 8 | bytes[3];
  }
  return sizes;
}

/// Exactly `count` bytes, and nothing after them. Grows with what the file really holds, whatever its header says.
std::vector<std::uint8_t> idx_body(Stream& stream, std::size_t count) {
  std::vector<std::uint8_t> body;
  while (body.size() < count) {
    const std::size_t before = body.size();
    const std::size_t step = std::min(count - before, std::size_t{1} << 24);
    body.resize(before + step);
    const std::size_t got = stream.read(body.data() + before, step);
    if (got < step) {
      throw DataError(
          stream.name(), 0,
          "is truncated: " + std::to_string(before + got) + " of " + std::to_string(count) + " bytes of data");
    }
  }
  char extra = 0;
  if (stream.read(&extra, 1) != 0) throw DataError(stream.name(), 0, "is longer than its IDX header says");
  return body;
}

}  // namespace

SparseDataset to_sparse(const ByteDataset& dense) {
  SparseDataset sparse;
  sparse.columns = dense.columns;
  const auto zeros = static_cast<std::size_t>(std::count(dense.value.begin(), dense.value.end(), std::uint8_t{0}));
  sparse.column.reserve(dense.value.size() - zeros);
  sparse.value.reserve(dense.value.size() - zeros);
  sparse.row_start.reserve(dense.rows() + 1);
  for (std::size_t r = 0; r < dense.rows(); ++r) {
    const auto row = dense.row(r);
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k] == 0) continue;
      sparse.column.push_back(static_cast<std::uint32_t>(k));
      sparse.value.push_back(row[k] / 255.0);
    }
    sparse.row_start.push_back(sparse.column.size());
    sparse.label.push_back(dense.label[r]);
  }
  return sparse;
}

SparseDataset read_libsvm(const std::string& file, std::size_t columns) {
  if (columns > std::numeric_limits<std::uint32_t>::max())
    throw DomainError("columns", std::to_string(columns), "0 to 2^32 - 1");
  Stream stream(file);
  SparseDataset result;
  result.columns = columns;
  std::string line;
  while (stream.next_line(line)) {
    std::string_view rest = line;
    const std::string_view label = detail::next_word(rest);
    if (label.empty()) throw DataError(file, stream.number(), "the line is blank");
    result.label.push_back(finite_number(label, stream, "the label"));
    std::size_t previous = 0;
    for (std::string_view word = detail::next_word(rest); !word.empty(); word = detail::next_word(rest)) {
      const std::size_t colon = word.find(':');
      if (colon == std::string_view::npos) throw DataError(file, stream.number(), quoted(word) + " is not index:value");
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + colon, index);
      if (colon == 0 || error == std::errc::invalid_argument || end != word.data() + colon) {
        throw DataError(file, stream.number(), "the index of " + quoted(word) + " is not a whole number");
      }
      const std::size_t largest = columns != 0 ? columns : most_columns;
      if (error != std::errc() || index < 1 || index > largest) {
        const bool stated = columns != 0 || (error == std::errc() && index == 0);
        throw DataError(file, stream.number(),
                        "the index " + std::string(word.substr(0, std::min<std::size_t>(colon, 40))) +
                            " is outside 1 to " + std::to_string(largest) +
                            (stated ? "" : ", the most that is taken where the number of columns is not stated"));
      }
      if (index <= previous) {
        throw DataError(
            file, stream.number(),
            "the index " + std::to_string(index) + " does not exceed the one before it, " + std::to_string(previous));
      }
      previous = index;
      result.column.push_back(static_cast<std::uint32_t>(index - 1));
      result.value.push_back(finite_number(word.substr(colon + 1), stream, "the value"));
    }
    if (columns == 0) result.columns = std::max(result.columns, previous);
    result.row_start.push_back(result.column.size());
  }
  if (result.rows() == 0) throw DataError(file, 0, "holds no rows");
  if (result.columns == 0) throw DataError(file, 0, "names no feature: the number of columns must be stated");
  return result;
}

ByteDataset read_idx(const std::string& images, const std::string& labels, std::size_t classes) {
  Stream image_stream(images);
  const std::vector<std::size_t> sizes = idx_header(image_stream);
  if (sizes.size() < 2) throw DataError(images, 0, "has rank one, but images need rank two or more");
  ByteDataset result;
  result.columns = 1;
  for (std::size_t k = 1; k < sizes.size(); ++k) {
    if (sizes[k] == 0 || result.columns > (std::size_t{1} << 32) / sizes[k]) {
      throw DataError(images, 0, "has a row size of zero or above 2^32");
    }
    result.columns *= sizes[k];
  }
  if (sizes[0] > std::numeric_limits<std::size_t>::max() / result.columns) {
    throw DataError(images, 0, "has more data than memory can address");
  }
  result.value = idx_body(image_stream, sizes[0] * result.columns);

  Stream label_stream(labels);
  const std::vector<std::size_t> label_sizes = idx_header(label_stream);
  if (label_sizes.size() != 1)
    throw DataError(labels, 0, "has rank " + std::to_string(label_sizes.size()) + ", but labels need one");
  if (label_sizes[0] != sizes[0]) {
    throw DataError(
        labels, 0,
        "has " + std::to_string(label_sizes[0]) + " labels for the " + std::to_string(sizes[0]) + " rows of " + images);
  }
  result.label = idx_body(label_stream, label_sizes[0]);
  for (std::size_t k = 0; k < result.label.size(); ++k) {
    if (result.label[k] >= classes) {
      throw DataError(labels, 0,
                      "label " + std::to_string(k) + " is " + std::to_string(result.label[k]) + ", but there are " +
                          std::to_string(classes) + " classes");
    }
  }
  return result;
}

ByteDataset read_cifar10(const std::vector<std::string>& files) {
  ByteDataset result;
  result.columns = 3 * 32 * 32;
  for (const std::string& file : files) {
    Stream stream(file);
    std::vector<std::uint8_t> record(1 + result.columns);
    std::size_t count = 0;
    while (const std::size_t got = stream.read(record.data(), record.size())) {
      if (got != record.size()) {
        throw DataError(file, 0,
                        "is truncated: record " + std::to_string(count) + " has " + std::to_string(got) + " of " +
                            std::to_string(record.size()) + " bytes");
      }
      if (record[0] >= 10) {
        throw DataError(
            file, 0,
            "record " + std::to_string(count) + " has the label " + std::to_string(record[0]) + ", not one below 10");
      }
      result.label.push_back(record[0]);
      result.value.insert(result.value.end(), record.begin() + 1, record.end());
      ++count;
    }
    if (count == 0) throw DataError(file, 0, "holds no records");
  }
  return result;
}

SparseDataset read_connect4(const std::string& file) {
  constexpr std::size_t fields = 42;
  constexpr std::string_view symbols = "bxo";
  Stream stream(file);
  SparseDataset result;
  result.columns = 3 * fields;
  std::string line;
  while (stream.next_line(line)) {
    if (line.size() < 2 * fields) throw DataError(file, stream.number(), "the line has no 42 fields and an outcome");
    for (std::size_t k = 0; k < fields; ++k) {
      const std::size_t symbol = symbols.find(line[2 * k]);
      if (symbol == std::string_view::npos || line[2 * k + 1] != ',') {
        throw DataError(file, stream.number(),
                        "field " + std::to_string(k + 1) + " is not b, x or o followed by a comma");
      }
      result.column.push_back(static_cast<std::uint32_t>(3 * k + symbol));
      result.value.push_back(1.0);
    }
    const std::string_view outcome = std::string_view(line).substr(2 * fields);
    if (outcome != "win" && outcome != "loss" && outcome != "draw") {
      throw DataError(file, stream.number(), "the outcome " + quoted(outcome) + " is not win, loss or draw");
    }
    result.label.push_back(outcome == "win" ? 1.0 : outcome == "loss" ? -1.0 : 0.0);
    result.row_start.push_back(result.column.size());
  }
  if (result.rows() == 0) throw DataError(file, 0, "holds no rows");
  return result;
}

}  // namespace asyncert::data
