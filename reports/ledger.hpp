// The parts of a ledger document that the renderers share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lib/value.hpp"
#include "reports/table.hpp"

namespace asyncert::reports {

/// One claim of the document, with every shown field as text ("" where absent).
struct Row {
  std::string id, paper, source, statement, verdict, expected, reason, method, note, instead, no_correction, rigor,
      coverage, slack, seconds;
  bool bound = false;
  bool as_expected = false;
  bool canary = false;
  const Object* entry = nullptr;  ///< the whole entry, for details
};

struct Ledger {
  std::vector<Row> rows;                                      ///< canaries included, in the order of the document
  std::map<std::string, std::map<std::string, long>> counts;  ///< paper -> verdict -> claims, without canaries
  long canaries = 0, canaries_caught = 0, differing = 0;
  std::vector<std::pair<std::string, std::string>>
      papers;                 ///< those that have claims, in the document's order, with their titles
  std::vector<Table> tables;  ///< the tables that the document carries
  const Object* document = nullptr;
};

/// Throws `ParseError` when `results` is no ledger of schema 1.
Ledger read_ledger(const Value& results);

/// The text of a member, "" where absent.
std::string text_of(const Object& object, const char* name);

/// At most `digits` significant digits.
std::string brief(double x, int digits = 4);

/// The list of that name in the object, empty where there is none.
const List& list_of(const Object& object, const char* name);

extern const std::vector<std::string> verdict_order;

/// The claims counted by paper and verdict.
Table summary_table(const Ledger& ledger);
/// The claims of one paper, of all papers where `paper` is empty.
Table claims_table(const Ledger& ledger, const std::string& paper);
/// The refuted claims, and those whose verdict is not the expected one.
Table refuted_table(const Ledger& ledger);
Table differing_table(const Ledger& ledger);
/// Right over left side of every bound that holds, the tightest first. Measured ones wander, and are left out on
/// demand.
Table slack_table(const Ledger& ledger, const std::string& paper, bool measured);
/// The points of a figure, one a row.
Table figure_table(const Object& figure);
/// A table by its name: summary, claims, claims.PAPER, refuted, differing, slack, figure.ID, or one that the document
/// carries (apsgd.table2, or table2 alone). Throws `DomainError` that lists the names.
Table named_table(const Ledger& ledger, const std::string& name);

std::string to_markdown(const Ledger& ledger);
std::string to_latex(const Ledger& ledger);
std::string to_csv(const Ledger& ledger);
std::string to_junit(const Ledger& ledger);
std::string to_html(const Ledger& ledger);
/// The errors of the papers, for their authors and readers: what is printed, what refutes it, what holds instead.
/// Markdown.
std::string to_errata(const Ledger& ledger);
/// The planted falsehoods, and what caught each. Markdown.
std::string to_canaries(const Ledger& ledger);
/// One page a paper, for those who want to use its theorems: what is proved, refuted, open, and how loose the bounds
/// are. Markdown.
std::string to_paper_page(const Ledger& ledger, const std::string& paper);

}  // namespace asyncert::reports
