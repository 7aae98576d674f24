// The errata and the papers' pages: Markdown for the papers' authors, and for those who want to use a theorem. Only
// what every run gives again is in them: no times, no machine, no measured digits.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "reports/escape.hpp"
#include "reports/ledger.hpp"

namespace asyncert::reports {

namespace {

/// Ids that differ in digits only are rows of one table or one family of instances.
std::string family_of(const std::string& id) {
  std::string r;
  for (const char c : id) {
    if (!std::isdigit(static_cast<unsigned char>(c)))
      r += c;
    else if (r.empty() || r.back() != '#')
      r += '#';
  }
  return r;
}

/// Claims with the wanted verdicts, families of at least four together, in the order of their first members.
std::vector<std::vector<const Row*>> grouped(const Ledger& ledger, const std::string& paper,
                                             const std::vector<std::string>& verdicts) {
  std::vector<std::vector<const Row*>> groups;
  std::map<std::string, std::vector<const Row*>> families;
  std::vector<const Row*> chosen;
  for (const Row& r : ledger.rows) {
    if (r.canary || r.paper != paper || std::find(verdicts.begin(), verdicts.end(), r.verdict) == verdicts.end())
      continue;
    chosen.push_back(&r);
    families[family_of(r.id)].push_back(&r);
  }
  for (const Row* r : chosen) {
    const std::vector<const Row*>& family = families[family_of(r->id)];
    if (family.size() < 4)
      groups.push_back({r});
    else if (family.front() == r)
      groups.push_back(family);
  }
  return groups;
}

bool measured(const Object& side) {
  return side.find("error_probability") || text_of(side, "rigor") == "float" || text_of(side, "rigor") == "asymptotic";
}

/// A number's text in eight digits; other text, and what is short, as it is.
std::string digits(const std::string& text) {
  char* end = nullptr;
  const double x = std::strtod(text.c_str(), &end);
  return text.size() > 10 && *end == '\0' && std::isfinite(x) && x != 0 ? brief(x, 8) : text;
}

/// A side in a few characters: a short fraction, else eight digits.
std::string brief_side(const Object& side) {
  const std::string fraction = text_of(side, "fraction");
  if (!fraction.empty() && fraction.size() <= 12) return "`" + fraction + "`";
  if (side.find("value")) return "`" + digits(text_of(side, "value")) + "`";
  const std::string low = digits(text_of(side, "lower")), high = digits(text_of(side, "upper"));
  return low == high ? "`" + low + "`" : "`[" + low + ", " + high + "]`";
}

const Object* deciding(const Row& row) {
  for (const Value& v : list_of(*row.entry, "comparisons"))
    if (const auto* c = v.get<Object>(); c && text_of(*c, "deciding") == "true") return c;
  return nullptr;
}

/// "label, claimed left <= right: left is 2, right is 1, at lambda = 3".
std::string counterexample(const Row& row, bool in_table) {
  const Object* c = deciding(row);
  if (!c) return markdown_text(row.reason, in_table);
  const Value *l = c->find("left"), *r = c->find("right");
  const auto *left = l ? l->get<Object>() : nullptr, *right = r ? r->get<Object>() : nullptr;
  if (!left || !right) return markdown_text(row.reason, in_table);
  std::string text = markdown_text(text_of(*c, "label"), in_table) + ": ";
  if (measured(*left) || measured(*right))
    return text + "the measurement contradicts it at the stated error probability";
  const std::string relation = text_of(*c, "relation");
  text +=
      "claimed `left " + relation + " right`, but left = " + brief_side(*left) + " and right = " + brief_side(*right);
  const Value* instance = c->find("instance");
  const auto* at = instance ? instance->get<Object>() : nullptr;
  if (!at || at->members().empty()) return text;
  std::string where;
  for (const auto& [name, value] : at->members()) {
    const std::string shown = digits(to_text(value, 10));
    if (shown.size() > 60) continue;
    where += (where.empty() ? "" : ", ") + name + " = " + shown;
  }
  return where.empty() ? text : text + ", at `" + where + "`";
}

/// The claims that say what holds in place of a refuted one: those that share its id up to ".printed".
std::vector<const Row*> corrections(const Ledger& ledger, const Row& refuted) {
  const std::string suffix = ".printed";
  if (refuted.id.size() <= suffix.size() || !refuted.id.ends_with(suffix)) return {};
  const std::string base = refuted.id.substr(0, refuted.id.size() - suffix.size());
  std::vector<const Row*> found;
  for (const Row& r : ledger.rows)
    if (!r.canary && (r.id == base || r.id.starts_with(base + ".")) &&
        (r.verdict == "proved" || r.verdict == "supported"))
      found.push_back(&r);
  return found;
}

std::string how_far(const Row& row) {
  if (row.verdict == "supported")
    return row.coverage == "sample" && row.rigor != "finite-sample" ? "searched" : "measured";
  return row.coverage == "domain" ? "over the whole domain" : "for the instance";
}

std::string refutation(const Ledger& ledger, const std::vector<const Row*>& group) {
  const Row& first = *group.front();
  if (group.size() > 1) {
    std::string r =
        "### " + markdown_text(first.source) + " and " + std::to_string(group.size() - 1) + " more like it\n\n";
    if (!first.note.empty()) r += markdown_text(first.note) + "\n\n";
    r += "| claim | source | as printed | counterexample |\n|---|---|---|---|\n";
    for (const Row* row : group)
      r += "| `" + row->id + "` | " + markdown_text(row->source, true) + " | " + markdown_text(row->statement, true) +
           " | " + counterexample(*row, true) + " |\n";
    return r + "\n";
  }
  std::string r = "### " + markdown_text(first.source) + "\n\n`" + first.id + "`\n\n- **As printed:** " +
                  markdown_text(first.statement) + "\n";
  if (!first.note.empty()) r += "- **What is wrong:** " + markdown_text(first.note) + "\n";
  r += "- **Refuted by** (" + first.rigor + "): " + counterexample(first, false) + "\n";
  for (const Row* c : corrections(ledger, first))
    r += "- **Instead** (" + c->verdict + ", " + how_far(*c) + ", `" + c->id + "`): " + markdown_text(c->statement) +
         "\n";
  return r + "\n";
}

std::string generated(const std::string& format) {
  return "<!-- Made by `asyncert report results.json --format " + format + "`: edit the claims, not this file. -->\n\n";
}

long number_of(const Ledger& ledger, const std::string& paper, const std::vector<std::string>& verdicts) {
  return std::count_if(ledger.rows.begin(), ledger.rows.end(), [&](const Row& r) {
    return !r.canary && r.paper == paper && std::find(verdicts.begin(), verdicts.end(), r.verdict) != verdicts.end();
  });
}

std::string standing(const Ledger& ledger, const std::string& paper, const std::vector<std::string>& verdicts) {
  if (number_of(ledger, paper, verdicts) == 0) return "None.\n\n";
  std::string r = "| claim | source | statement | how far |\n|---|---|---|---|\n";
  for (const auto& group : grouped(ledger, paper, verdicts)) {
    const Row& first = *group.front();
    const bool open = first.verdict != "proved" && first.verdict != "supported";
    const std::string more =
        group.size() > 1 ? " (and " + std::to_string(group.size() - 1) + " more: `" + family_of(first.id) + "`)" : "";
    r += "| `" + first.id + "`" + more + " | " + markdown_text(first.source, true) + " | " +
         markdown_text(first.statement, true) + " | " +
         (open ? first.verdict + ": " + markdown_text(first.reason, true) : how_far(first) + ", " + first.rigor) +
         " |\n";
  }
  return r + "\n";
}

}  // namespace

std::string to_errata(const Ledger& ledger) {
  std::string r = generated("errata") +
                  "# Errata of the papers\n\nStatements whose printed form is false, each with what refutes it and, "
                  "where it is known, what holds instead. A counterexample is exact or enclosed unless it says that it "
                  "is measured. `asyncert verify 'ID' --show` repeats any of them; how a verdict comes about is told "
                  "in [VERDICTS.md](VERDICTS.md).\n\n| paper | refuted statements |\n|---|---:|\n";
  for (const auto& [paper, title] : ledger.papers)
    r += "| [" + markdown_text(title, true) + "](papers/" + paper + ".md) | " +
         std::to_string(number_of(ledger, paper, {"refuted"})) + " |\n";
  for (const auto& [paper, title] : ledger.papers) {
    const auto groups = grouped(ledger, paper, {"refuted"});
    if (groups.empty()) continue;
    r += "\n## " + markdown_text(title) + "\n\n";
    for (const auto& group : groups) r += refutation(ledger, group);
  }
  return r;
}

std::string to_paper_page(const Ledger& ledger, const std::string& paper) {
  std::string title = paper;
  for (const auto& [id, name] : ledger.papers)
    if (id == paper) title = name;
  const std::vector<std::string> open = {"inconclusive", "vacuous", "not-testable", "error"};
  const auto heading = [&](const std::string& text, const std::vector<std::string>& verdicts) {
    return "## " + text + " (" + std::to_string(number_of(ledger, paper, verdicts)) + ")\n\n";
  };
  std::string r =
      generated("paper-pages") + "# " + markdown_text(title) + "\n\nShort name `" + paper +
      "`. `asyncert verify --paper " + paper +
      " --show` repeats everything on this page; what the verdicts mean is told in [VERDICTS.md](../VERDICTS.md).\n\n";
  r += heading("What is false as printed", {"refuted"});
  if (number_of(ledger, paper, {"refuted"}) == 0) r += "None found.\n\n";
  for (const auto& group : grouped(ledger, paper, {"refuted"})) r += refutation(ledger, group);
  r += heading("What is proved", {"proved"}) + standing(ledger, paper, {"proved"});
  r += heading("What is supported by measurement or search", {"supported"}) + standing(ledger, paper, {"supported"});
  r += heading("What is left open", open) + standing(ledger, paper, open);
  Table slack = slack_table(ledger, paper, false);
  slack.title = "How loose the bounds are";
  if (!slack.rows.empty()) r += "#" + render_table(slack, "md").substr(2) + "\n";
  std::string figures;
  for (const Value& v : list_of(*ledger.document, "figures"))
    if (const auto* f = v.get<Object>(); f && text_of(*f, "paper") == paper)
      figures += "- `" + text_of(*f, "id") + "` (" + markdown_text(text_of(*f, "source")) +
                 "): " + markdown_text(text_of(*f, "caption")) + "\n";
  if (!figures.empty()) r += "## Figures in the report\n\n" + figures;
  while (r.size() > 1 && r[r.size() - 1] == '\n' && r[r.size() - 2] == '\n') r.pop_back();
  return r;
}

}  // namespace asyncert::reports
