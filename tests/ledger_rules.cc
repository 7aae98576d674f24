// usage: ledger_rules RESULTS.json: what every ledger must satisfy, whoever wrote its claims.
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "lib/files.hpp"
#include "lib/json.hpp"
#include "reports/report.hpp"
#include "tests/markdown_tables.hpp"

using namespace asyncert;

namespace {

constexpr long fewest_canaries = 60, fewest_canaries_a_paper = 10;

long failures = 0;

void require(bool condition, const std::string& id, const char* rule) {
  if (condition) return;
  ++failures;
  std::printf("%s: %s\n", id.c_str(), rule);
}

std::string text(const Object& o, const char* name) {
  const Value* v = o.find(name);
  return v ? to_text(*v, 17) : "";
}

bool is_true(const Object& o, const char* name) {
  const Value* v = o.find(name);
  const bool* flag = v ? v->get<bool>() : nullptr;
  return flag && *flag;
}

/// The deciding comparison says where a refutation can be seen.
bool has_counterexample(const Object& entry) {
  const Value* comparisons = entry.find("comparisons");
  const auto* list = comparisons ? comparisons->get<List>() : nullptr;
  if (!list) return false;
  for (const Value& v : *list) {
    const auto* c = v.get<Object>();
    if (c && is_true(*c, "deciding") && c->find("instance")) return true;
  }
  return false;
}

bool mentions_order(const std::string& statement) {
  for (const char* form : {"O(", "\\mathcal{O}", "\\Theta(", "\\Omega(", "of order", "of the order"})
    if (statement.find(form) != std::string::npos) return true;
  return false;
}

/// Every claim stands on its paper's page, with a place that links lead to, and no bar breaks a table.
void require_whole_pages(const Value& document, const List& entries) {
  const std::map<std::string, std::string> pages = render_paper_pages(document);
  for (const auto& [paper, page] : pages)
    require(uneven_tables(page) == 0, paper, "a row of its page has not as many cells as its table");
  require(uneven_tables(render_report(document, "errata")) == 0, "errata", "a row has not as many cells as its table");
  for (const Value& v : entries) {
    const Object& e = *v.get<Object>();
    const std::string id = text(e, "id"), &page = pages.at(text(e, "paper"));
    require(is_true(e, "canary") || page.find("<a id=\"" + id + "\"></a>") != std::string::npos, id,
            "a claim stands on its paper's page");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Value document = parse_json(read_file(argv[1]));
  const List& entries = *document.get<Object>()->find("entries")->get<List>();
  std::set<std::string> ids, true_ids;
  for (const Value& v : entries) {
    const Object& e = *v.get<Object>();
    ids.insert(text(e, "id"));
    if (text(e, "expected") != "refuted") true_ids.insert(text(e, "id"));
  }
  std::map<std::string, long> canaries;
  long all_canaries = 0;
  for (const Value& v : entries) {
    const Object& e = *v.get<Object>();
    const std::string id = text(e, "id"), verdict = text(e, "verdict"), statement = text(e, "statement");
    require(!statement.empty() && !text(e, "source").empty(), id, "a claim needs a statement and a source");
    require(verdict == "not-testable" || verdict == "error" || !text(e, "method").empty(), id,
            "evidence needs its method in a sentence");
    require(text(e, "rigor") != "finite-sample" || !text(e, "smallest_detectable_violation").empty(), id,
            "a measured claim states the smallest violation that it would detect");
    require(verdict != "not-testable" || text(e, "reason").size() > 20, id,
            "not-testable needs a reason that can be judged");
    const bool refuted = verdict == "refuted" && !is_true(e, "canary");
    require(!refuted || has_counterexample(e), id, "a refutation needs its counterexample as data");
    require(!refuted || id.ends_with(".printed"), id, "what is refuted is what a paper printed, and its id says so");
    const std::string instead = text(e, "instead"), no_correction = text(e, "no_correction");
    require(!refuted || instead.empty() != no_correction.empty(), id,
            "a refuted form names what holds instead, or says why nothing does: one of the two");
    require(refuted || (instead.empty() && no_correction.empty()), id, "only a refuted form has a correction");
    require(instead.empty() || true_ids.contains(instead), id, "what holds instead is a claim that is not refuted");
    require(no_correction.empty() || (no_correction.size() > 20 && no_correction.back() == '.'), id,
            "why nothing holds instead is told in a sentence");
    require(!is_true(e, "bound") || e.find("slack"), id, "a bound has a slack, which says how loose it is");
    require(!is_true(e, "bound") || (!refuted && !is_true(e, "canary")), id, "the slack of a false bound says nothing");
    require(verdict != "proved" || !mentions_order(statement) || text(e, "coverage") == "instance", id,
            "a statement of order without a constant is never proved over its domain");
    if (const Value* uses = e.find("uses"))
      for (const Value& other : *uses->get<List>())
        require(ids.contains(to_text(other, 17)), id, "a claim that it uses does not exist");
    if (is_true(e, "canary")) {
      ++all_canaries;
      ++canaries[text(e, "paper")];
      require(id.find(".canary.") != std::string::npos, id, "a canary's id says so");
      require(verdict != "proved" && verdict != "supported", id, "a planted falsehood was not caught");
    }
  }
  require_whole_pages(document, entries);
  for (const char* paper : {"hogwild", "assm", "apsgd", "dasgd", "pasgd"})
    require(canaries[paper] >= fewest_canaries_a_paper, paper, "too few canaries for this paper");
  require(all_canaries >= fewest_canaries, "ledger", "too few canaries");
  std::printf("%zu claims, %ld canaries, %ld broken rules\n", entries.size(), all_canaries, failures);
  return failures == 0 ? 0 : 1;
}
