#include "reports/baseline.hpp"

#include <cmath>

#include "lib/errors.hpp"
#include "reports/ledger.hpp"

namespace asyncert {

namespace {

using reports::brief;
using reports::text_of;

constexpr double certain_tolerance = 1e-9, measured_tolerance = 0.5;

bool slack_moved(const Baseline::Line& was, const Baseline::Line& is) {
  if (!was.slack || !is.slack) return was.slack.has_value() != is.slack.has_value();
  const bool certain = is.rigor == "exact" || is.rigor == "enclosed";
  return std::fabs(*was.slack - *is.slack) >
         (certain ? certain_tolerance : measured_tolerance) * (1 + std::fabs(*was.slack));
}

bool changed(const Baseline::Line& was, const Baseline::Line& is) {
  return was.verdict != is.verdict || slack_moved(was, is);
}

std::string slack_text(const Baseline::Line& line) { return line.slack ? brief(*line.slack, 10) : "-"; }

const Object& options_of(const Object& document) {
  static const Object none;
  const Value* options = document.find("options");
  const auto* object = options ? options->get<Object>() : nullptr;
  return object ? *object : none;
}

}  // namespace

Baseline read_baseline(const Value& document, const std::string& name) {
  const auto* root = document.get<Object>();
  const Value* entries = root ? root->find("entries") : nullptr;
  const auto* list = entries ? entries->get<List>() : nullptr;
  if (!list) throw ParseError(name + ": not a ledger (no \"entries\")");
  Baseline baseline;
  for (const Value& v : *list) {
    const auto* o = v.get<Object>();
    if (!o || !o->find("id") || !o->find("verdict")) throw ParseError(name + ": an entry has no id or no verdict");
    Baseline::Line line{text_of(*o, "verdict"), text_of(*o, "rigor"), std::nullopt};
    if (const Value* s = o->find("slack"); s && s->get<Rational>()) line.slack = s->get<Rational>()->to_double();
    baseline.lines[text_of(*o, "id")] = line;
  }
  const Object& options = options_of(*root);
  const Object& from = root->find("effort") ? *root : options;
  baseline.effort = text_of(from, "effort");
  baseline.seed = text_of(from, "seed");
  baseline.partial = text_of(*root, "partial") == "true";
  baseline.selected = text_of(options, "selected") == "true";
  return baseline;
}

Object to_object(const Baseline& baseline) {
  List entries;
  for (const auto& [id, line] : baseline.lines) {
    Object o;
    o.add("id", id).add("verdict", line.verdict).add("rigor", line.rigor);
    if (line.slack) o.add("slack", *line.slack);
    entries.push_back(std::move(o));
  }
  Object document;
  document.add("schema", 1).add("kind", "baseline");
  if (!baseline.effort.empty()) document.add("effort", baseline.effort).add("seed", baseline.seed);
  return document.add("entries", std::move(entries));
}

std::string other_run(const Baseline& before, const Baseline& now) {
  const auto differ = [](const std::string& a, const std::string& b) { return !a.empty() && !b.empty() && a != b; };
  if (differ(before.effort, now.effort))
    return "the baseline was made with --effort " + before.effort + " and the results with --effort " + now.effort;
  if (differ(before.seed, now.seed))
    return "the baseline was made with --seed " + before.seed + " and the results with --seed " + now.seed;
  return "";
}

std::vector<Change> changes(const Baseline& before, const Baseline& now) {
  const bool slacks = other_run(before, now).empty();
  std::map<std::string, Change> found;
  for (const auto& [id, was] : before.lines) {
    const auto is = now.lines.find(id);
    if (is == now.lines.end()) {
      if (!now.partial && !now.selected) found[id] = {id, "gone", was.verdict, "-"};
    } else if (is->second.verdict != was.verdict) {
      found[id] = {id, "verdict", was.verdict, is->second.verdict};
    } else if (slacks && slack_moved(was, is->second)) {
      found[id] = {id, "slack", slack_text(was), slack_text(is->second)};
    }
  }
  for (const auto& [id, is] : now.lines)
    if (!before.lines.contains(id)) found[id] = {id, "new", "-", is.verdict};
  std::vector<Change> list;
  for (auto& [id, change] : found) list.push_back(std::move(change));
  return list;
}

Table changes_table(const std::vector<Change>& changes) {
  Table t{.id = "changes",
          .title = "What changed",
          .columns = {"claim", "what", "baseline", "now"},
          .rows = {},
          .notes = {}};
  for (const Change& c : changes) t.rows.push_back({{c.id}, {c.what}, {c.was}, {c.is}});
  return t;
}

Baseline updated(const Baseline& before, const Baseline& now) {
  Baseline result;
  result.effort = now.effort.empty() ? before.effort : now.effort;
  result.seed = now.seed.empty() ? before.seed : now.seed;
  if (now.selected) result.lines = before.lines;
  for (const auto& [id, is] : now.lines) {
    const auto was = before.lines.find(id);
    result.lines[id] = was == before.lines.end() || changed(was->second, is) ? is : was->second;
  }
  return result;
}

}  // namespace asyncert
