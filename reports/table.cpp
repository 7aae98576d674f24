#include "reports/table.hpp"

#include <algorithm>

#include "lib/errors.hpp"
#include "lib/json.hpp"

namespace asyncert {

namespace {

std::string text_table(const Table& t) {
  std::vector<std::size_t> width;
  for (const std::string& c : t.columns) width.push_back(c.size());
  for (const auto& row : t.rows)
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], row[i].text.size() + row[i].marked);
  std::string out = t.title + "\n";
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) text += cells[i] + std::string(width[i] - cells[i].size() + 2, ' ');
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  };
  line(t.columns);
  std::vector<std::string> rules;
  for (const std::size_t w : width) rules.emplace_back(w, '-');
  line(rules);
  for (const auto& row : t.rows) {
    std::vector<std::string> cells;
    for (const Cell& c : row) cells.push_back(c.text + (c.marked ? "*" : ""));
    line(cells);
  }
  for (const std::string& note : t.notes) out += note + "\n";
  return out;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_table(const Table& t) {
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + csv_field(cells[i]);
    out += "\n";
  };
  line(t.columns);
  for (const auto& row : t.rows) {
    std::vector<std::string> cells;
    for (const Cell& c : row) cells.push_back(c.text);
    line(cells);
  }
  return out;
}

std::string md_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_') out += '\\';
    out += c;
  }
  return out;
}

std::string md_table(const Table& t) {
  std::string out = "### " + md_escaped(t.title) + "\n\n|";
  for (const std::string& c : t.columns) out += " " + md_escaped(c) + " |";
  out += "\n|";
  for (std::size_t i = 0; i < t.columns.size(); ++i) out += " --- |";
  out += "\n";
  for (const auto& row : t.rows) {
    out += "|";
    for (const Cell& c : row) {
      const std::string text = md_escaped(c.text);
      out += " " + (c.marked && !text.empty() ? "**" + text + "**" : text) + " |";
    }
    out += "\n";
  }
  for (const std::string& note : t.notes) out += "\n" + md_escaped(note) + "\n";
  return out;
}

std::string tex_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\textbackslash{}";
    else if (c == '^') out += "\\textasciicircum{}";
    else if (c == '~') out += "\\textasciitilde{}";
    else if (c == '<' || c == '>' || c == '|') out += std::string("$") + (c == '|' ? "\\vert" : std::string(1, c)) + "$";
    else if (std::string("&%$#_{}").find(c) != std::string::npos) out += std::string("\\") + c;
    else out += c;
  }
  return out;
}

std::string tex_table(const Table& t) {
  std::string out = "% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\caption{" + tex_escaped(t.title) +
                    "}\n\\begin{tabular}{" + std::string(t.columns.size(), 'l') + "}\n\\toprule\n";
  for (std::size_t i = 0; i < t.columns.size(); ++i) out += (i ? " & " : "") + tex_escaped(t.columns[i]);
  out += " \\\\\n\\midrule\n";
  for (const auto& row : t.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = tex_escaped(row[i].text);
      out += (i ? " & " : "") + (row[i].marked ? "\\textbf{" + text + "}" : text);
    }
    out += " \\\\\n";
  }
  out += "\\bottomrule\n\\end{tabular}\n";
  for (const std::string& note : t.notes) out += "\\par " + tex_escaped(note) + "\n";
  return out + "\\end{table}\n";
}

}  // namespace

Object to_object(const Table& t) {
  List columns, rows, notes;
  for (const std::string& c : t.columns) columns.emplace_back(c);
  for (const auto& row : t.rows) {
    List cells;
    for (const Cell& c : row) cells.push_back(Object().add("text", c.text).add("marked", c.marked));
    rows.emplace_back(std::move(cells));
  }
  for (const std::string& n : t.notes) notes.emplace_back(n);
  return Object().add("id", t.id).add("title", t.title).add("columns", std::move(columns)).add("rows", std::move(rows)).add("notes", std::move(notes));
}

Table table_from(const Value& tree) {
  const auto* o = tree.get<Object>();
  const auto text = [](const Object& object, const char* name) {
    const Value* v = object.find(name);
    if (!v || !v->get<std::string>()) throw ParseError(std::string("a table has no text \"") + name + "\"");
    return *v->get<std::string>();
  };
  const auto list = [](const Object& object, const char* name) -> const List& {
    const Value* v = object.find(name);
    if (!v || !v->get<List>()) throw ParseError(std::string("a table has no list \"") + name + "\"");
    return *v->get<List>();
  };
  if (!o) throw ParseError("a table is not an object");
  Table t{.id = text(*o, "id"), .title = text(*o, "title"), .columns = {}, .rows = {}, .notes = {}};
  for (const Value& c : list(*o, "columns")) t.columns.push_back(to_text(c, 17));
  for (const Value& n : list(*o, "notes")) t.notes.push_back(to_text(n, 17));
  for (const Value& r : list(*o, "rows")) {
    const auto* cells = r.get<List>();
    if (!cells || cells->size() != t.columns.size()) throw ParseError("a row of table " + t.id + " has not one cell a column");
    std::vector<Cell>& row = t.rows.emplace_back();
    for (const Value& c : *cells) {
      const auto* cell = c.get<Object>();
      if (!cell) throw ParseError("a cell of table " + t.id + " is not an object");
      const Value* marked = cell->find("marked");
      row.push_back({text(*cell, "text"), marked && marked->get<bool>() && *marked->get<bool>()});
    }
  }
  return t;
}

std::string render_table(const Table& table, const std::string& format) {
  if (format == "text") return text_table(table);
  if (format == "csv") return csv_table(table);
  if (format == "md") return md_table(table);
  if (format == "tex") return tex_table(table);
  if (format == "json") return to_json(to_object(table)) + "\n";
  throw DomainError("format", format, "one of text, csv, json, md, tex");
}

}  // namespace asyncert
