#include "lib/numpy.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <stdexcept>

namespace asyncert {

namespace {

/// A Python string literal.
std::string quoted(const std::string& name) {
  std::string r = "'";
  for (const char c : name) {
    if (c == '\'' || c == '\\') r += '\\';
    r += c;
  }
  return r + "'";
}

void append_little_endian(std::string& out, std::uint64_t word, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(word >> (8 * i) & 0xff);
}

}  // namespace

std::string to_npy(const std::vector<std::size_t>& shape, const std::vector<NamedColumn>& columns) {
  const std::size_t rows = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  std::string fields, extents;
  for (const NamedColumn& c : columns) {
    if (c.values.size() != rows)
      throw std::invalid_argument("the column " + c.name + " has " + std::to_string(c.values.size()) +
                                  " values, the shape " + std::to_string(rows));
    fields += "(" + quoted(c.name) + ", '<f8'), ";
  }
  for (const std::size_t n : shape) extents += std::to_string(n) + ", ";
  std::string header = "{'descr': [" + fields + "], 'fortran_order': False, 'shape': (" + extents + "), }";

  // Magic, version, the header's length, and a header that ends with a newline on a multiple of 64 bytes.
  const bool long_header = header.size() > 65000;
  const std::size_t head = long_header ? 12 : 10;
  header.append((64 - (head + header.size() + 1) % 64) % 64, ' ');
  header += '\n';
  std::string out("\x93NUMPY", 6);
  out += static_cast<char>(long_header ? 2 : 1);
  out += '\0';
  append_little_endian(out, header.size(), long_header ? 4 : 2);
  out += header;
  out.reserve(out.size() + rows * columns.size() * 8);
  for (std::size_t i = 0; i < rows; ++i)
    for (const NamedColumn& c : columns) append_little_endian(out, std::bit_cast<std::uint64_t>(c.values[i]), 8);
  return out;
}

}  // namespace asyncert
