// Whether the tables of a Markdown text are whole.
#pragma once

#include <sstream>
#include <string>

/// Bars that end a cell.
inline long bars(const std::string& row) {
  long n = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\')
      ++i;
    else if (row[i] == '|')
      ++n;
  }
  return n;
}

/// Rows of Markdown tables that have not as many cells as their table's first.
inline long uneven_tables(const std::string& text) {
  std::istringstream lines(text);
  long wanted = 0, uneven = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("|"))
      wanted = 0;
    else if (wanted == 0)
      wanted = bars(line);
    else
      uneven += bars(line) == wanted ? 0 : 1;
  }
  return uneven;
}
