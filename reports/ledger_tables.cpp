// The ledger's content as tables that every format can render.
#include <algorithm>

#include "lib/errors.hpp"
#include "lib/suggestion.hpp"
#include "lib/text.hpp"
#include "reports/ledger.hpp"

namespace asyncert::reports {

namespace {

long count(const std::map<std::string, long>& by_verdict, const std::string& verdict) {
  const auto found = by_verdict.find(verdict);
  return found == by_verdict.end() ? 0 : found->second;
}

Table claims_where(const std::string& id, const std::string& title, const Ledger& ledger, bool (*wanted)(const Row&)) {
  Table t{.id = id,
          .title = title,
          .columns = {"claim", "source", "statement", "verdict", "reason"},
          .rows = {},
          .notes = {}};
  for (const Row& r : ledger.rows)
    if (wanted(r))
      t.rows.push_back(
          {{r.id}, {r.source}, {r.statement}, {r.verdict, !r.as_expected}, {r.note.empty() ? r.reason : r.note}});
  return t;
}

}  // namespace

Table summary_table(const Ledger& ledger) {
  Table t{.id = "summary", .title = "Verdicts by paper", .columns = {"paper"}, .rows = {}, .notes = {}};
  t.columns.insert(t.columns.end(), verdict_order.begin(), verdict_order.end());
  for (const auto& [paper, by_verdict] : ledger.counts) {
    std::vector<Cell>& row = t.rows.emplace_back();
    row.push_back({paper});
    for (const std::string& v : verdict_order) row.push_back({std::to_string(count(by_verdict, v))});
  }
  t.notes = {"Canaries caught: " + std::to_string(ledger.canaries_caught) + " of " + std::to_string(ledger.canaries) +
             ". Verdicts that differ from the expected ones: " + std::to_string(ledger.differing) + "."};
  return t;
}

Table claims_table(const Ledger& ledger, const std::string& paper) {
  Table t{.id = paper.empty() ? "claims" : "claims." + paper,
          .title = "Claims",
          .columns = {"claim", "source", "statement", "verdict", "slack"},
          .rows = {},
          .notes = {}};
  for (const auto& [id, title] : ledger.papers)
    if (id == paper) t.title = title;
  for (const Row& r : ledger.rows)
    if (!r.canary && (paper.empty() || r.paper == paper))
      t.rows.push_back({{r.id}, {r.source}, {r.statement}, {r.verdict, !r.as_expected}, {r.slack}});
  return t;
}

Table refuted_table(const Ledger& ledger) {
  return claims_where("refuted", "Refuted claims", ledger,
                      [](const Row& r) { return !r.canary && r.verdict == "refuted"; });
}

Table differing_table(const Ledger& ledger) {
  return claims_where("differing", "Verdicts that differ from the expected ones", ledger,
                      [](const Row& r) { return !r.as_expected; });
}

Table slack_table(const Ledger& ledger, const std::string& paper, bool measured) {
  Table t{.id = "slack",
          .title = "How loose the bounds are",
          .columns = {"claim", "source", "right/left", "rigor"},
          .rows = {},
          .notes = {}};
  std::vector<std::pair<double, const Row*>> found;
  for (const Row& r : ledger.rows) {
    const Value* slack = r.entry->find("slack");
    const bool certain = r.rigor == "exact" || r.rigor == "enclosed";
    if (!r.bound || !slack || (!paper.empty() && r.paper != paper) || (!measured && !certain)) continue;
    if (r.verdict != "proved" && r.verdict != "supported") continue;
    const auto* whole = slack->get<Rational>();
    const auto* number = slack->get<double>();
    if (whole || number) found.emplace_back(1 + (whole ? whole->to_double() : *number), &r);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [ratio, r] : found) t.rows.push_back({{r->id}, {r->source}, {brief(ratio)}, {r->rigor}});
  t.notes = {
      "1: the bound is attained at the tightest instance that was tried; 100: it is a hundred times what was found."};
  return t;
}

Table figure_table(const Object& figure) {
  const auto axis = [&](const char* name) {
    const Value* v = figure.find(name);
    return v && v->get<Object>() ? text_of(*v->get<Object>(), "label") : std::string(name);
  };
  Table t{.id = "figure." + text_of(figure, "id"),
          .title = text_of(figure, "title"),
          .columns = {"series", axis("x"), axis("y"), "lower", "upper"},
          .rows = {},
          .notes = {text_of(figure, "caption")}};
  for (const Value& v : list_of(figure, "series")) {
    const auto* s = v.get<Object>();
    if (!s) continue;
    const auto at = [&](const char* name, std::size_t i) {
      const List& list = list_of(*s, name);
      if (i >= list.size() || std::holds_alternative<std::monostate>(list[i].data())) return std::string();
      return list[i].get<double>() ? brief(*list[i].get<double>(), 9) : to_text(list[i], 9);
    };
    for (std::size_t i = 0; i < list_of(*s, "x").size(); ++i)
      t.rows.push_back({{text_of(*s, "name")}, {at("x", i)}, {at("y", i)}, {at("lower", i)}, {at("upper", i)}});
  }
  return t;
}

Table named_table(const Ledger& ledger, const std::string& name) {
  if (name == "summary") return summary_table(ledger);
  if (name == "claims") return claims_table(ledger, "");
  if (name == "refuted") return refuted_table(ledger);
  if (name == "differing") return differing_table(ledger);
  if (name == "slack") return slack_table(ledger, "", true);
  std::vector<std::string> names = {"summary", "claims", "refuted", "differing", "slack"};
  for (const auto& [paper, title] : ledger.papers) {
    if (name == "claims." + paper) return claims_table(ledger, paper);
    names.push_back("claims." + paper);
  }
  for (const Table& t : ledger.tables) {
    if (name == t.id || name == t.id.substr(t.id.find('.') + 1)) return t;
    names.push_back(t.id.substr(t.id.find('.') + 1));
  }
  for (const Value& v : list_of(*ledger.document, "figures")) {
    const auto* figure = v.get<Object>();
    if (!figure) continue;
    const std::string id = "figure." + text_of(*figure, "id");
    if (name == id) return figure_table(*figure);
    names.push_back(id);
  }
  throw DomainError("table", name, "one of " + join(names) + suggestion(name, names));
}

}  // namespace asyncert::reports
