// Strict readers of data files. They stream, read gzip and plain files alike, and accept nothing that they do not
// understand: a malformed line, a truncated file or an index out of range throws `DataError` with file, line and
// reason.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/errors.hpp"
#include "solvers/data/dataset.hpp"
#include "solvers/linear_system.hpp"

namespace asyncert::data {

/// A data file that cannot be read, or that does not say what its format demands.
class DataError : public ParseError {
 public:
  /// `line` counts from one; 0 means that the reason is not about a line.
  DataError(const std::string& file, std::size_t line, const std::string& reason)
      : ParseError(file + (line == 0 ? "" : ":" + std::to_string(line)) + ": " + reason), file_(file), line_(line) {}

  const std::string& file() const { return file_; }
  std::size_t line() const { return line_; }

 private:
  std::string file_;
  std::size_t line_;
};

/// Columns (and rows) up to which a file alone may decide how large a problem is: a vector then takes 128 MiB.
constexpr std::size_t most_columns = std::size_t{1} << 24;

/// Reads lines `label index:value index:value ...` with indices from one, strictly increasing, and finite numbers.
/// `columns` is the number of features, beyond which an index is out of range; 0 takes the largest index that occurs,
/// at most `most_columns`. Blank lines, a last line without its newline (the mark of a truncated text file), and a file
/// that names no feature where `columns` is 0 are errors.
SparseDataset read_libsvm(const std::string& file, std::size_t columns = 0);

/// Reads the two IDX files of an image set: bytes of rank two or more, and labels of rank one, of equal count.
/// Labels must lie below `classes`. Files longer or shorter than their headers say are errors.
ByteDataset read_idx(const std::string& images, const std::string& labels, std::size_t classes = 10);

/// Reads files of the CIFAR-10 binary form, one after the other: records of a label below 10 and 3072 bytes, the red,
/// green and blue planes of a 32 x 32 image. A file that is not a whole number of records is an error.
ByteDataset read_cifar10(const std::vector<std::string>& files);

/// Reads the UCI connect-4 file: 42 fields b, x or o and an outcome win, loss or draw, which become the labels 1, -1,
/// 0. Field k gives the binary features 3k (b), 3k + 1 (x) and 3k + 2 (o): 126 columns, 42 ones a row.
SparseDataset read_connect4(const std::string& file);

/// Reads a real or integer matrix in Matrix Market coordinate or array form, general or symmetric, with at most
/// `most_columns` rows and columns. Errors are a bad header, an index out of range, an entry above the diagonal of a
/// symmetric file, a repeated entry, a number that is not finite or, in an integer file, no integer, and too few or too
/// many lines. Blank lines and comments may stand anywhere below the header.
solvers::RowMatrix read_matrix_market(const std::string& file);

}  // namespace asyncert::data
