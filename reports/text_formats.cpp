// Markdown, LaTeX, CSV and JUnit from the ledger.
#include <cstdlib>

#include "reports/escape.hpp"
#include "reports/ledger.hpp"

namespace asyncert::reports {

std::string to_markdown(const Ledger& ledger) {
  std::string r = "# Ledger\n\n" + render_table(summary_table(ledger), "md");
  if (ledger.differing > 0) r += "\n" + render_table(differing_table(ledger), "md");
  for (const Table& t : ledger.tables) r += "\n" + render_table(t, "md");
  for (const auto& [paper, title] : ledger.papers) {
    r += "\n## " + markdown_text(title) + "\n\n| claim | source | verdict | slack | reason |\n|---|---|---|---|---|\n";
    for (const Row& row : ledger.rows)
      if (row.paper == paper && !row.canary)
        r += "| `" + row.id + "`<br>" + markdown_text(row.statement, true) + " | " + markdown_text(row.source, true) +
             " | **" + row.verdict + "** (" + row.rigor + ", " + row.coverage + ") | " + row.slack + " | " +
             markdown_text(row.reason, true) + (row.note.empty() ? "" : "<br>" + markdown_text(row.note, true)) +
             " |\n";
  }
  return r;
}

std::string to_latex(const Ledger& ledger) {
  std::string r =
      "\\documentclass{article}\n\\usepackage[a4paper,margin=2cm]{geometry}\n\\usepackage[T1]{fontenc}\n\\usepackage["
      "utf8]{inputenc}\n\\usepackage{amsmath,amssymb,array,booktabs,longtable}\n\\begin{document}\n\\section*{Ledger}"
      "\n";
  r += render_table(summary_table(ledger), "tex");
  if (ledger.differing > 0) r += render_table(differing_table(ledger), "tex");
  for (const Table& t : ledger.tables) r += render_table(t, "tex");
  for (const auto& [paper, title] : ledger.papers)
    r += "\\clearpage\n" + render_table(claims_table(ledger, paper), "tex");
  return r + "\\end{document}\n";
}

namespace {

/// One side of a comparison as (value, rigor).
std::pair<std::string, std::string> side(const Object& comparison, const char* name) {
  const Value* v = comparison.find(name);
  const auto* o = v ? v->get<Object>() : nullptr;
  if (!o) return {};
  return {text_of(*o, o->find("value") ? "value" : "text"), text_of(*o, "rigor")};
}

}  // namespace

std::string to_csv(const Ledger& ledger) {
  std::string r =
      "id,paper,source,statement,verdict,expected,as_expected,canary,rigor,coverage,slack,reason,seconds,comparison,"
      "label,left,left_rigor,relation,right,right_rigor,instance\n";
  for (const Row& row : ledger.rows) {
    std::string claim;
    for (const std::string& field :
         {row.id, row.paper, row.source, row.statement, row.verdict, row.expected,
          std::string(row.as_expected ? "true" : "false"), std::string(row.canary ? "true" : "false"), row.rigor,
          row.coverage, row.slack, row.reason, row.seconds})
      claim += csv_field(field) + ",";
    const List& comparisons = list_of(*row.entry, "comparisons");
    if (comparisons.empty()) r += claim + ",,,,,,,\n";
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
      const auto* c = comparisons[i].get<Object>();
      if (!c) continue;
      const auto [left, left_rigor] = side(*c, "left");
      const auto [right, right_rigor] = side(*c, "right");
      r += claim + std::to_string(i + 1);
      for (const std::string& field : {text_of(*c, "label"), left, left_rigor, text_of(*c, "relation"), right,
                                       right_rigor, text_of(*c, "instance")})
        r += "," + csv_field(field);
      r += "\n";
    }
  }
  return r;
}

namespace {

/// How the cases of a suite ended.
struct Outcomes {
  long tests = 0, failures = 0, errors = 0, skipped = 0;
  double seconds = 0;

  void add(const Row& row) {
    ++tests;
    seconds += std::strtod(row.seconds.c_str(), nullptr);
    if (!row.as_expected)
      ++(row.verdict == "error" ? errors : failures);
    else if (row.verdict == "not-testable")
      ++skipped;
  }
  std::string attributes() const {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
           std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) + "\" time=\"" + std::to_string(seconds) +
           "\"";
  }
};

std::string junit_case(const Row& row) {
  std::string r = "    <testcase classname=\"" + xml_text(row.paper) + "\" name=\"" + xml_text(row.id) + "\" time=\"" +
                  std::to_string(std::strtod(row.seconds.c_str(), nullptr)) + "\"";
  if (!row.as_expected) {
    const std::string kind = row.verdict == "error" ? "error" : "failure";
    return r + "><" + kind + " message=\"" + xml_text(row.verdict + " instead of " + row.expected) + "\">" +
           xml_text(row.source + ": " + row.statement + "\n" + row.reason) + "</" + kind + "></testcase>\n";
  }
  if (row.verdict == "not-testable") return r + "><skipped message=\"" + xml_text(row.reason) + "\"/></testcase>\n";
  return r + "/>\n";
}

}  // namespace

std::string to_junit(const Ledger& ledger) {
  std::map<std::string, std::vector<const Row*>> suites;
  Outcomes all;
  for (const Row& row : ledger.rows) {
    suites[row.paper].push_back(&row);
    all.add(row);
  }
  std::string r = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + all.attributes() + ">\n";
  for (const auto& [paper, rows] : suites) {
    Outcomes outcomes;
    for (const Row* row : rows) outcomes.add(*row);
    r += "  <testsuite name=\"" + xml_text(paper) + "\"" + outcomes.attributes() + ">\n";
    for (const Row* row : rows) r += junit_case(*row);
    r += "  </testsuite>\n";
  }
  return r + "</testsuites>\n";
}

}  // namespace asyncert::reports
