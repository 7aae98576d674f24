// Matrices in Matrix Market form.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <tuple>
#include <utility>

#include "solvers/data/readers.hpp"
#include "solvers/data/stream.hpp"

namespace asyncert::data {

namespace {

using detail::Stream;

struct Entry {
  std::size_t row, column;
  double value;
  std::size_t line;
};

struct Header {
  bool sparse, whole, symmetric;
};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> result;
  std::string_view rest = text;
  for (std::string_view word = detail::next_word(rest); !word.empty(); word = detail::next_word(rest))
    result.emplace_back(word);
  return result;
}

Header read_header(Stream& stream) {
  std::string line;
  stream.next_line(line);
  std::vector<std::string> words = words_of(line);
  // The words after the first may be in any case.
  for (std::size_t k = 1; k < words.size(); ++k)
    for (char& c : words[k]) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (words.size() != 5 || words[0] != "%%MatrixMarket" || words[1] != "matrix")
    stream.refuse("no '%%MatrixMarket matrix ...' header");
  const auto one_of = [&](std::size_t k, const char* what, const char* first, const char* second) {
    if (words[k] != first && words[k] != second)
      stream.refuse(std::string(what) + " " + detail::quoted(words[k]) + " is neither " + first + " nor " + second);
    return words[k] == first;
  };
  const bool sparse = one_of(2, "format", "coordinate", "array"), whole = one_of(3, "field", "integer", "real"),
             symmetric = one_of(4, "symmetry", "symmetric", "general");
  return {sparse, whole, symmetric};
}

}  // namespace

solvers::RowMatrix read_matrix_market(const std::string& file) {
  Stream stream(file);
  const Header header = read_header(stream);
  std::string line;
  // The words of the next line that is neither blank nor a comment; none at the end of the file.
  const auto next = [&]() {
    while (stream.next_line(line))
      if (auto words = words_of(line); !words.empty() && words[0][0] != '%') return words;
    return std::vector<std::string>{};
  };
  const auto wanted = [&](std::size_t count, const char* what) {
    auto words = next();
    if (words.empty()) stream.refuse(std::string("the file ends where ") + what + " was expected");
    if (words.size() != count)
      stream.refuse(std::string(what) + " has " + std::to_string(count) + " numbers, not " +
                    std::to_string(words.size()));
    return words;
  };
  const auto value_of = [&](const std::string& word) {
    const double value = detail::finite_number(word, stream, "the entry");
    if (header.whole && value != std::floor(value)) stream.refuse("the entry '" + word + "' is not an integer");
    return value;
  };

  const auto size = wanted(header.sparse ? 3 : 2, "the size line");
  const std::size_t rows = detail::whole_number(size[0], 1, most_columns, stream, "the number of rows"),
                    columns = detail::whole_number(size[1], 1, most_columns, stream, "the number of columns");
  if (header.symmetric && rows != columns) stream.refuse("a symmetric matrix must be square");
  std::vector<Entry> entries;
  const auto enter = [&](std::size_t i, std::size_t j, double value) {
    entries.push_back({i, j, value, stream.number()});
    if (header.symmetric && i != j) entries.push_back({j, i, value, stream.number()});
  };
  if (header.sparse) {
    const std::size_t total = detail::whole_number(size[2], 0, std::size_t{1} << 40, stream, "the number of entries");
    for (std::size_t k = 0; k < total; ++k) {
      const auto words = wanted(3, "an entry");
      const std::size_t i = detail::whole_number(words[0], 1, rows, stream, "the row") - 1,
                        j = detail::whole_number(words[1], 1, columns, stream, "the column") - 1;
      if (header.symmetric && j > i) stream.refuse("a symmetric file holds the lower triangle only");
      enter(i, j, value_of(words[2]));
    }
  } else {
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t i = header.symmetric ? j : 0; i < rows; ++i) enter(i, j, value_of(wanted(1, "an entry")[0]));
  }
  if (!next().empty()) stream.refuse("there are more lines than the size line says");

  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.row, a.column, a.line) < std::tie(b.row, b.column, b.line);
  });
  solvers::RowMatrix matrix;
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.row_start.assign(rows + 1, 0);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    const Entry& e = entries[k];
    if (k > 0 && e.row == entries[k - 1].row && e.column == entries[k - 1].column)
      throw DataError(file, e.line,
                      "entry (" + std::to_string(e.row + 1) + ", " + std::to_string(e.column + 1) + ") is given twice");
    if (e.value == 0) continue;
    matrix.column.push_back(static_cast<std::uint32_t>(e.column));
    matrix.value.push_back(e.value);
    ++matrix.row_start[e.row + 1];
  }
  for (std::size_t i = 0; i < rows; ++i) matrix.row_start[i + 1] += matrix.row_start[i];
  return matrix;
}

}  // namespace asyncert::data
