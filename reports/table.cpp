#include "reports/table.hpp"

#include <algorithm>
#include <cstdio>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "reports/escape.hpp"

namespace asyncert {

namespace {

using reports::csv_field, reports::latex_text, reports::markdown_text;

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

std::string md_table(const Table& t) {
  std::string out = "### " + markdown_text(t.title) + "\n\n|";
  for (const std::string& c : t.columns) out += " " + markdown_text(c, true) + " |";
  out += "\n|";
  for (std::size_t i = 0; i < t.columns.size(); ++i) out += " --- |";
  out += "\n";
  for (const auto& row : t.rows) {
    out += "|";
    for (const Cell& c : row) {
      const std::string text = markdown_text(c.text, true);
      out += " " + (c.marked && !text.empty() ? "**" + text + "**" : text) + " |";
    }
    out += "\n";
  }
  for (const std::string& note : t.notes) out += "\n" + markdown_text(note) + "\n";
  return out;
}

struct TexLayout {
  std::string columns;  ///< of the tabular
  const char* size;
};

/// Columns as wide as their text; where that is too much for a page, long ones share what is left and break lines.
TexLayout tex_layout(const Table& t) {
  constexpr double page = 105, gap = 1.5;  // in characters of \footnotesize on A4, \tabcolsep 3pt
  constexpr double narrow = 14, longest = 60;
  std::vector<double> widths;
  double fixed = 0, wide = 0;
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    std::size_t length = t.columns[i].size();
    for (const auto& row : t.rows) length = std::max(length, row[i].text.size());
    widths.push_back(std::min(static_cast<double>(length), longest));
    (widths.back() <= narrow ? fixed : wide) += widths.back() + gap;
  }
  TexLayout layout{"", fixed > 0.7 * page ? "\\scriptsize" : "\\footnotesize"};
  for (const double w : widths) {
    if (fixed + wide <= page || w <= narrow) {
      layout.columns += 'l';
      continue;
    }
    char text[64];
    const double share = std::max(0.15, 1 - fixed / page) * 0.93 * (w + gap) / wide;
    std::snprintf(text, sizeof text, ">{\\raggedright\\arraybackslash}p{%.2f\\linewidth}", share);
    layout.columns += text;
  }
  return layout;
}

std::string tex_table(const Table& t) {
  const TexLayout layout = tex_layout(t);
  const std::string caption = "\\caption{" + latex_text(t.title) + "}", narrow = "\\setlength{\\tabcolsep}{3pt}";
  std::string head = "\\toprule\n";
  for (std::size_t i = 0; i < t.columns.size(); ++i) head += (i ? " & " : "") + latex_text(t.columns[i]);
  head += " \\\\\n\\midrule\n";
  std::string body;
  for (const auto& row : t.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = latex_text(row[i].text);
      body += (i ? " & " : "") + (row[i].marked ? "\\textbf{" + text + "}" : text);
    }
    body += " \\\\\n";
  }
  std::string notes;
  for (const std::string& note : t.notes) notes += "\\par\\noindent " + latex_text(note) + "\n";
  // A float ends with its page; a longer table has to break.
  if (t.rows.size() > 32)
    return std::string("% needs \\usepackage{array,booktabs,longtable}\n{") + layout.size + narrow +
           "\n\\begin{longtable}{" + layout.columns + "}\n" + caption + "\\\\\n" + head + "\\endfirsthead\n" + head +
           "\\endhead\n" + body + "\\bottomrule\n\\end{longtable}\n" + notes + "}\n";
  return std::string("% needs \\usepackage{array,booktabs}\n\\begin{table}\n\\centering") + layout.size + narrow +
         "\n" + caption + "\n\\begin{tabular}{" + layout.columns + "}\n" + head + body +
         "\\bottomrule\n\\end{tabular}\n" + notes + "\\end{table}\n";
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
  return Object()
      .add("id", t.id)
      .add("title", t.title)
      .add("columns", std::move(columns))
      .add("rows", std::move(rows))
      .add("notes", std::move(notes));
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
    if (!cells || cells->size() != t.columns.size())
      throw ParseError("a row of table " + t.id + " has not one cell a column");
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
