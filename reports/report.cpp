#include "reports/report.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "reports/ledger.hpp"

namespace asyncert {

namespace reports {

const std::vector<std::string> verdict_order = {"proved",  "supported",    "refuted", "inconclusive",
                                                "vacuous", "not-testable", "error"};

std::string text_of(const Object& object, const char* name) {
  const Value* v = object.find(name);
  return v && !std::holds_alternative<std::monostate>(v->data()) ? to_text(*v, 17) : "";
}

std::string brief(double x, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, x);
  return text;
}

const List& list_of(const Object& object, const char* name) {
  static const List empty;
  const Value* v = object.find(name);
  const auto* list = v ? v->get<List>() : nullptr;
  return list ? *list : empty;
}

Ledger read_ledger(const Value& results) {
  Ledger ledger;
  ledger.document = results.get<Object>();
  const Value* entries = ledger.document ? ledger.document->find("entries") : nullptr;
  const auto* list = entries ? entries->get<List>() : nullptr;
  if (!list || text_of(*ledger.document, "schema") != "1" || text_of(*ledger.document, "kind") != "ledger")
    throw ParseError("the document is no ledger of schema 1 (wanted what `asyncert verify --out` writes)");
  for (const Value& v : *list) {
    const auto* o = v.get<Object>();
    if (!o || !o->find("id") || !o->find("verdict")) throw ParseError("an entry of the ledger has no id or no verdict");
    Row r;
    r.id = text_of(*o, "id");
    r.paper = text_of(*o, "paper");
    r.source = text_of(*o, "source");
    r.statement = text_of(*o, "statement");
    r.verdict = text_of(*o, "verdict");
    r.expected = text_of(*o, "expected");
    r.reason = text_of(*o, "reason");
    r.method = text_of(*o, "method");
    r.note = text_of(*o, "note");
    r.instead = text_of(*o, "instead");
    r.no_correction = text_of(*o, "no_correction");
    r.bound = text_of(*o, "bound") == "true";
    r.rigor = text_of(*o, "rigor");
    r.coverage = text_of(*o, "coverage");
    if (const Value* s = o->find("slack")) r.slack = s->get<double>() ? brief(*s->get<double>()) : to_text(*s, 4);
    r.seconds = text_of(*o, "seconds");
    r.as_expected = text_of(*o, "as_expected") == "true";
    r.canary = text_of(*o, "canary") == "true";
    r.entry = o;
    if (r.canary) {
      ++ledger.canaries;
      ledger.canaries_caught += r.as_expected ? 1 : 0;
    } else {
      ++ledger.counts[r.paper][r.verdict];
    }
    ledger.differing += r.as_expected ? 0 : 1;
    ledger.rows.push_back(std::move(r));
  }
  std::map<std::string, std::string> titles;
  for (const Value& v : list_of(*ledger.document, "papers"))
    if (const auto* o = v.get<Object>()) titles[text_of(*o, "id")] = text_of(*o, "title");
  for (const Row& r : ledger.rows) {
    if (r.canary ||
        std::any_of(ledger.papers.begin(), ledger.papers.end(), [&](const auto& p) { return p.first == r.paper; }))
      continue;
    const auto found = titles.find(r.paper);
    ledger.papers.emplace_back(r.paper, found == titles.end() ? r.paper : found->second);
  }
  for (const Value& v : list_of(*ledger.document, "tables")) ledger.tables.push_back(table_from(v));
  return ledger;
}

namespace {

/// Numbers were read as exact rationals; those that are no small integers were doubles when they were written, and are
/// so again.
Value with_doubles(const Value& value) {
  if (const auto* x = value.get<Rational>(); x && !(x->is_integer() && abs(*x) < Rational(1L << 53)))
    return std::strtod(x->to_decimal(17).c_str(), nullptr);
  if (const auto* list = value.get<List>()) {
    List r;
    for (const Value& v : *list) r.push_back(with_doubles(v));
    return r;
  }
  if (const auto* object = value.get<Object>()) {
    Object r;
    for (const auto& [name, v] : object->members()) r.add(name, with_doubles(v));
    return r;
  }
  return value;
}

}  // namespace

}  // namespace reports

std::string render_report(const Value& results, const std::string& format) {
  const Value document = reports::with_doubles(results);
  const reports::Ledger ledger = reports::read_ledger(document);
  if (format == "json") return to_json(document) + "\n";
  if (format == "md") return to_markdown(ledger);
  if (format == "tex") return to_latex(ledger);
  if (format == "csv") return to_csv(ledger);
  if (format == "junit") return to_junit(ledger);
  if (format == "html") return to_html(ledger);
  if (format == "errata") return to_errata(ledger);
  if (format == "canaries") return to_canaries(ledger);
  throw DomainError("format", format, "html, md, tex, csv, junit, json, errata or canaries");
}

std::string render_report_table(const Value& results, const std::string& table, const std::string& format) {
  const Value document = reports::with_doubles(results);
  return render_table(reports::named_table(reports::read_ledger(document), table), format);
}

std::map<std::string, std::string> render_paper_pages(const Value& results) {
  const Value document = reports::with_doubles(results);
  const reports::Ledger ledger = reports::read_ledger(document);
  std::map<std::string, std::string> pages;
  for (const auto& [paper, title] : ledger.papers) pages[paper] = to_paper_page(ledger, paper);
  return pages;
}

}  // namespace asyncert
