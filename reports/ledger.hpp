// The parts of a ledger document that the renderers share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lib/value.hpp"

namespace asyncert::reports {

/// One claim of the document, with every shown field as text ("" where absent).
struct Row {
  std::string id, paper, source, statement, verdict, expected, reason, method, note, rigor, coverage, slack, seconds;
  bool as_expected = false;
  bool canary = false;
  const Object* entry = nullptr;  ///< the whole entry, for details
};

struct Ledger {
  std::vector<Row> rows;                                           ///< canaries included, in the order of the document
  std::map<std::string, std::map<std::string, long>> counts;       ///< paper -> verdict -> claims, without canaries
  long canaries = 0, canaries_caught = 0, differing = 0;
  const Object* document = nullptr;
};

/// Throws `ParseError` when `results` is no ledger of schema 1.
Ledger read_ledger(const Value& results);

/// The text of a member, "" where absent.
std::string text_of(const Object& object, const char* name);

extern const std::vector<std::string> verdict_order;

std::string to_markdown(const Ledger& ledger);
std::string to_latex(const Ledger& ledger);
std::string to_csv(const Ledger& ledger);
std::string to_junit(const Ledger& ledger);
std::string to_html(const Ledger& ledger);

}  // namespace asyncert::reports
