#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "lib/errors.hpp"
#include "solvers/linear_system.hpp"

namespace asyncert::solvers {

namespace {

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file), in_(file) {
    if (!in_) throw ParseError(file + ": it cannot be opened");
  }
  [[noreturn]] void refuse(const std::string& reason) const {
    throw ParseError(file_ + ":" + std::to_string(line_) + ": " + reason);
  }
  /// The words of the next line that is neither blank nor a comment.
  std::vector<std::string> words(const char* wanted) {
    std::string text;
    while (std::getline(in_, text)) {
      ++line_;
      std::istringstream stream(text);
      std::vector<std::string> result;
      for (std::string word; stream >> word;) result.push_back(word);
      if (!result.empty() && result[0][0] != '%') return result;
    }
    refuse(std::string("the file ends where ") + wanted + " was expected");
  }
  std::vector<std::string> header() {
    std::string text;
    std::getline(in_, text);
    ++line_;
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;) result.push_back(word);
    return result;
  }
  void end() {
    std::string text;
    while (std::getline(in_, text)) {
      ++line_;
      if (text.find_first_not_of(" \t\r") != std::string::npos && text[0] != '%')
        refuse("there are more lines than the size line says");
    }
  }
  std::size_t count(const std::string& word, std::size_t least, std::size_t most, const char* what) const {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size())
      refuse(std::string(what) + " '" + word + "' is no whole number");
    if (value < least || value > most)
      refuse(std::string(what) + " " + word + " lies outside " + std::to_string(least) + ".." + std::to_string(most));
    return value;
  }
  double number(const std::string& word) const {
    double value = 0;
    const char* begin = word.data() + (word[0] == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value))
      refuse("'" + word + "' is no finite number");
    return value;
  }

 private:
  std::string file_;
  std::ifstream in_;
  std::size_t line_ = 0;
};

}  // namespace

RowMatrix read_matrix_market(const std::string& file) {
  Reader reader(file);
  const auto header = reader.header();
  if (header.size() != 5 || header[0] != "%%MatrixMarket" || header[1] != "matrix")
    reader.refuse("no '%%MatrixMarket matrix ...' header");
  const bool sparse = header[2] == "coordinate", symmetric = header[4] == "symmetric";
  if (!sparse && header[2] != "array") reader.refuse("format '" + header[2] + "' is neither coordinate nor array");
  if (header[3] != "real" && header[3] != "integer")
    reader.refuse("field '" + header[3] + "' is neither real nor integer");
  if (!symmetric && header[4] != "general")
    reader.refuse("symmetry '" + header[4] + "' is neither general nor symmetric");

  const auto size = reader.words("the size line");
  if (size.size() != (sparse ? 3u : 2u)) reader.refuse("the size line has " + std::to_string(size.size()) + " numbers");
  constexpr std::size_t most = 4294967295u;
  const std::size_t rows = reader.count(size[0], 1, most, "number of rows"),
                    columns = reader.count(size[1], 1, most, "number of columns");
  if (symmetric && rows != columns) reader.refuse("a symmetric matrix must be square");
  std::map<std::pair<std::size_t, std::size_t>, double> entries;
  const auto enter = [&](std::size_t i, std::size_t j, double value) {
    if (!entries.emplace(std::pair(i, j), value).second)
      reader.refuse("entry (" + std::to_string(i + 1) + ", " + std::to_string(j + 1) + ") is given twice");
  };
  if (sparse) {
    const std::size_t total = reader.count(size[2], 0, std::size_t{1} << 40, "number of entries");
    for (std::size_t k = 0; k < total; ++k) {
      const auto words = reader.words("an entry");
      if (words.size() != 3) reader.refuse("an entry is 'row column value'");
      const std::size_t i = reader.count(words[0], 1, rows, "row") - 1,
                        j = reader.count(words[1], 1, columns, "column") - 1;
      if (symmetric && j > i) reader.refuse("a symmetric file holds the lower triangle only");
      const double value = reader.number(words[2]);
      enter(i, j, value);
      if (symmetric && i != j) enter(j, i, value);
    }
  } else {
    for (std::size_t j = 0; j < columns; ++j) {
      for (std::size_t i = symmetric ? j : 0; i < rows; ++i) {
        const auto words = reader.words("an entry");
        if (words.size() != 1) reader.refuse("an array line holds one number");
        const double value = reader.number(words[0]);
        enter(i, j, value);
        if (symmetric && i != j) enter(j, i, value);
      }
    }
  }
  reader.end();
  RowMatrix matrix;
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.row_start.assign(rows + 1, 0);
  for (const auto& [position, value] : entries) {
    if (value == 0) continue;
    matrix.column.push_back(static_cast<std::uint32_t>(position.second));
    matrix.value.push_back(value);
    ++matrix.row_start[position.first + 1];
  }
  for (std::size_t i = 0; i < rows; ++i) matrix.row_start[i + 1] += matrix.row_start[i];
  return matrix;
}

}  // namespace asyncert::solvers
