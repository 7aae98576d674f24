// NumPy's file format for tables of doubles.
#pragma once

#include <string>
#include <vector>

namespace asyncert {

/// A column of a table: its name and its values.
struct NamedColumn {
  std::string name;
  std::vector<double> values;
};

/// The bytes of a .npy file (format 1.0 or 2.0, little-endian) that holds a structured array: one float64 field a
/// column, of the given shape, the last dimension running fastest. `numpy.load(file)["rho"]` is then an array of that
/// shape. Throws `std::invalid_argument` unless every column has as many values as the shape.
std::string to_npy(const std::vector<std::size_t>& shape, const std::vector<NamedColumn>& columns);

}  // namespace asyncert
