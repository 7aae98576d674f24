// A table for people: rows of text cells with marks, rendered for the terminal and for documents.
#pragma once

#include <string>
#include <vector>

#include "lib/value.hpp"

namespace asyncert {

struct Cell {
  std::string text;
  bool marked = false;  ///< differs from what stands beside it
};

struct Table {
  std::string id;  ///< "apsgd.table2": what `report --table` and globs know it by
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> notes;
};

/// Renders as "text", "csv", "json", "md" or "tex" (booktabs). A marked cell carries a star (an emphasis in md and
/// tex). Throws `DomainError` for another format. Cells are escaped for the format.
std::string render_table(const Table& table, const std::string& format);

/// The table as a tree: {id, title, columns, rows: [[{text, marked}]], notes}.
Object to_object(const Table& table);
/// The reverse; throws `ParseError` where the tree is no table.
Table table_from(const Value& tree);

}  // namespace asyncert
