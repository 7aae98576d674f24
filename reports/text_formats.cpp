// Markdown, LaTeX, CSV and JUnit from the ledger.
#include "reports/ledger.hpp"

namespace asyncert::reports {

namespace {

std::string replaced(std::string text, const std::vector<std::pair<char, std::string>>& pairs) {
  std::string r;
  for (char c : text) {
    const std::string* by = nullptr;
    for (const auto& [from, to] : pairs)
      if (c == from) by = &to;
    if (by) r += *by;
    else r += c;
  }
  return r;
}

std::string markdown_cell(const std::string& text) { return replaced(text, {{'|', "\\|"}, {'\n', " "}}); }

/// Text outside of $...$ is escaped, formulas stay as they are.
std::string latex_text(const std::string& text) {
  std::string r;
  bool formula = false;
  for (char c : text) {
    if (c == '$') formula = !formula;
    const bool plain = !formula && c != '$';
    if (plain && (c == '_' || c == '%' || c == '&' || c == '#' || c == '{' || c == '}')) r += '\\';
    if (plain && c == '\\') r += "\\textbackslash{}";
    else if (plain && c == '^') r += "\\textasciicircum{}";
    else if (plain && c == '~') r += "\\textasciitilde{}";
    else if (plain && c == '<') r += "\\textless{}";
    else if (plain && c == '>') r += "\\textgreater{}";
    else if (plain && c == '|') r += "\\textbar{}";
    else r += c;
  }
  if (formula) r += "$";
  return r;
}

std::string xml(const std::string& text) {
  std::string clean;
  for (char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') clean += c;
  return replaced(clean, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}});
}

std::string csv_cell(const std::string& text) { return "\"" + replaced(text, {{'"', "\"\""}}) + "\""; }

long count(const std::map<std::string, long>& by_verdict, const std::string& verdict) {
  const auto found = by_verdict.find(verdict);
  return found == by_verdict.end() ? 0 : found->second;
}

}  // namespace

std::string to_markdown(const Ledger& ledger) {
  std::string r = "# Ledger\n\n| paper |";
  for (const auto& v : verdict_order) r += " " + v + " |";
  r += "\n|---|";
  for (std::size_t i = 0; i < verdict_order.size(); ++i) r += "---:|";
  r += "\n";
  for (const auto& [paper, by_verdict] : ledger.counts) {
    r += "| " + paper + " |";
    for (const auto& v : verdict_order) r += " " + std::to_string(count(by_verdict, v)) + " |";
    r += "\n";
  }
  r += "\nCanaries caught: " + std::to_string(ledger.canaries_caught) + " of " + std::to_string(ledger.canaries) +
       ". Verdicts that differ from the expected ones: " + std::to_string(ledger.differing) + ".\n";
  for (const auto& [paper, by_verdict] : ledger.counts) {
    r += "\n## " + paper + "\n\n| claim | source | verdict | slack | reason |\n|---|---|---|---|---|\n";
    for (const Row& row : ledger.rows)
      if (row.paper == paper && !row.canary)
        r += "| `" + row.id + "`<br>" + markdown_cell(row.statement) + " | " + markdown_cell(row.source) + " | **" + row.verdict +
             "** (" + row.rigor + ", " + row.coverage + ") | " + row.slack + " | " + markdown_cell(row.reason) +
             (row.note.empty() ? "" : "<br>" + markdown_cell(row.note)) + " |\n";
  }
  return r;
}

std::string to_latex(const Ledger& ledger) {
  std::string r =
      "\\documentclass{article}\n\\usepackage[a4paper,margin=2cm]{geometry}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath,amssymb,booktabs,"
      "longtable}\n\\begin{document}\n\\section*{Ledger}\n\\begin{tabular}{l" +
      std::string(verdict_order.size(), 'r') + "}\n\\toprule\npaper";
  for (const auto& v : verdict_order) r += " & " + v;
  r += " \\\\\n\\midrule\n";
  for (const auto& [paper, by_verdict] : ledger.counts) {
    r += paper;
    for (const auto& v : verdict_order) r += " & " + std::to_string(count(by_verdict, v));
    r += " \\\\\n";
  }
  r += "\\bottomrule\n\\end{tabular}\n\n\\footnotesize\n\\begin{longtable}{p{0.30\\linewidth}p{0.42\\linewidth}p{0.16\\linewidth}}\n"
       "\\toprule\nclaim & statement & verdict \\\\\n\\midrule\n\\endhead\n";
  for (const Row& row : ledger.rows)
    if (!row.canary)
      r += "\\raggedright " + latex_text(row.id) + " & \\raggedright " + latex_text(row.statement) + " & " + row.verdict + " (" +
           row.rigor + ") \\\\\n";
  return r + "\\bottomrule\n\\end{longtable}\n\\end{document}\n";
}

std::string to_csv(const Ledger& ledger) {
  std::string r = "id,paper,source,statement,verdict,expected,as_expected,canary,rigor,coverage,slack,reason,seconds\n";
  for (const Row& row : ledger.rows) {
    for (const std::string& cell : {row.id, row.paper, row.source, row.statement, row.verdict, row.expected,
                                    std::string(row.as_expected ? "true" : "false"), std::string(row.canary ? "true" : "false"),
                                    row.rigor, row.coverage, row.slack, row.reason})
      r += csv_cell(cell) + ",";
    r += row.seconds + "\n";
  }
  return r;
}

std::string to_junit(const Ledger& ledger) {
  std::string r = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  std::map<std::string, std::vector<const Row*>> suites;
  for (const Row& row : ledger.rows) suites[row.paper].push_back(&row);
  for (const auto& [paper, rows] : suites) {
    long failures = 0, errors = 0, skipped = 0;
    for (const Row* row : rows) {
      if (row->as_expected && row->verdict == "not-testable") ++skipped;
      if (!row->as_expected) ++(row->verdict == "error" ? errors : failures);
    }
    r += "  <testsuite name=\"" + xml(paper) + "\" tests=\"" + std::to_string(rows.size()) + "\" failures=\"" +
         std::to_string(failures) + "\" errors=\"" + std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) + "\">\n";
    for (const Row* row : rows) {
      r += "    <testcase classname=\"" + xml(paper) + "\" name=\"" + xml(row->id) + "\" time=\"" + row->seconds + "\"";
      const std::string message =
          " message=\"" + xml(row->verdict + " instead of " + row->expected) + "\">" + xml(row->reason) + "</";
      if (!row->as_expected) {
        const std::string kind = row->verdict == "error" ? "error" : "failure";
        r += "><" + kind + message + kind + "></testcase>\n";
      } else if (row->verdict == "not-testable") {
        r += "><skipped message=\"" + xml(row->reason) + "\"/></testcase>\n";
      } else {
        r += "/>\n";
      }
    }
    r += "  </testsuite>\n";
  }
  return r + "</testsuites>\n";
}

}  // namespace asyncert::reports
