// The errata and the papers' pages: Markdown for the papers' authors, and for those who want to use a theorem. Only
// what every run gives again is in them: no times, no machine, no measured digits.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <set>

#include "lib/numbering.hpp"
#include "lib/text.hpp"
#include "reports/escape.hpp"
#include "reports/ledger.hpp"

namespace asyncert::reports {

namespace {

using Rows = std::vector<const Row*>;

/// Ids that differ in digits only are rows of one table of the paper.
std::string family_of(const Row& row) {
  std::string r;
  for (const char c : row.id) {
    if (!std::isdigit(static_cast<unsigned char>(c)))
      r += c;
    else if (r.empty() || r.back() != '#')
      r += '#';
  }
  return r + "\n" + row.note;
}

Rows chosen(const Ledger& ledger, const std::string& paper, const std::vector<std::string>& verdicts,
            const std::string& coverage = "") {
  Rows rows;
  for (const Row& r : ledger.rows)
    if (!r.canary && r.paper == paper && std::find(verdicts.begin(), verdicts.end(), r.verdict) != verdicts.end() &&
        (coverage.empty() || r.coverage == coverage))
      rows.push_back(&r);
  return rows;
}

/// Families of at least four with one note together, in the order of their first members.
std::vector<Rows> grouped(const Rows& rows) {
  constexpr std::size_t fewest = 4;
  std::map<std::string, Rows> families;
  for (const Row* r : rows) families[family_of(*r)].push_back(r);
  std::vector<Rows> groups;
  for (const Row* r : rows) {
    const Rows& family = families[family_of(*r)];
    if (family.size() < fewest)
      groups.push_back({r});
    else if (family.front() == r)
      groups.push_back(family);
  }
  return groups;
}

const Row* find(const Ledger& ledger, const std::string& id) {
  for (const Row& r : ledger.rows)
    if (r.id == id) return &r;
  return nullptr;
}

/// Text as code, which nothing in it can end.
std::string code(const std::string& text, bool in_table) {
  std::string r = "`";
  for (const char c : text) {
    if (c == '`')
      r += '\'';
    else if (c == '\n')
      r += ' ';
    else
      r += c == '|' && in_table ? std::string("\\|") : std::string(1, c);
  }
  return r + "`";
}

std::string anchor(const Row& row) { return "<a id=\"" + row.id + "\"></a>"; }

/// A claim's id as a link; `page` is the file of the papers' pages where it is another one.
std::string link(const std::string& id, const std::string& page = "") {
  return "[`" + id + "`](" + page + "#" + id + ")";
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

/// A side in a line: a fraction that fits, else eight digits.
std::string side_text(const Object& side) {
  constexpr std::size_t longest_fraction = 80;
  const std::string fraction = text_of(side, "fraction");
  if (!fraction.empty() && fraction.size() <= longest_fraction) return fraction;
  if (side.find("value")) return digits(text_of(side, "value"));
  const std::string low = digits(text_of(side, "lower")), high = digits(text_of(side, "upper"));
  return low == high ? low : "[" + low + ", " + high + "]";
}

const Object* deciding(const Row& row) {
  for (const Value& v : list_of(*row.entry, "comparisons"))
    if (const auto* c = v.get<Object>(); c && text_of(*c, "deciding") == "true") return c;
  return nullptr;
}

const Object* instance_of(const Object& comparison) {
  const Value* instance = comparison.find("instance");
  return instance ? instance->get<Object>() : nullptr;
}

/// "label: claimed left <= right, but left = 2 and right = 1, at lambda = 3", with the whole instance.
std::string counterexample(const Row& row, bool in_table) {
  const Object* c = deciding(row);
  const Value *l = c ? c->find("left") : nullptr, *r = c ? c->find("right") : nullptr;
  const auto *left = l ? l->get<Object>() : nullptr, *right = r ? r->get<Object>() : nullptr;
  if (!left || !right) return markdown_text(row.reason, in_table);
  std::string text = markdown_text(text_of(*c, "label"), in_table) + ": ";
  if (measured(*left) || measured(*right)) {
    const std::string alpha = text_of(measured(*left) ? *left : *right, "error_probability");
    text += "the measurement contradicts it, wrongly so with probability below " + digits(alpha);
  } else {
    text += "claimed " + code("left " + text_of(*c, "relation") + " right", in_table) +
            ", but left = " + code(side_text(*left), in_table) + " and right = " + code(side_text(*right), in_table);
  }
  const Object* at = instance_of(*c);
  if (!at || at->members().empty()) return text;
  return text + ", at " +
         code(join(at->members(), [](const auto& m) { return m.first + " = " + to_text(m.second, 17); }), in_table);
}

std::string how_far(const Row& row) {
  if (row.verdict == "supported")
    return row.coverage == "sample" && row.rigor != "finite-sample" ? "searched" : "measured";
  return row.coverage == "domain" ? "over the whole domain" : "for the instance";
}

/// The claim that holds in place of the refuted one, with a link, or why there is none.
std::string instead(const Ledger& ledger, const Row& refuted, const std::string& page, bool in_table) {
  if (refuted.instead.empty()) return markdown_text(refuted.no_correction, in_table);
  const Row* holds = find(ledger, refuted.instead);
  if (!holds) return link(refuted.instead, page);
  return link(holds->id, page) + " (" + holds->verdict + ", " + how_far(*holds) +
         "): " + markdown_text(holds->statement, in_table);
}

std::string refutation(const Ledger& ledger, const Rows& group, const std::string& page) {
  const Row& first = *group.front();
  if (group.size() > 1) {
    std::string r = "### " + markdown_text(first.source) + " to " + markdown_text(group.back()->source) + "\n\n";
    if (!first.note.empty()) r += markdown_text(first.note) + "\n\n";
    r += "| claim | as printed | counterexample | instead |\n|---|---|---|---|\n";
    for (const Row* row : group)
      r += "| " + anchor(*row) + code(row->id, true) + "<br>" + markdown_text(row->source, true) + " | " +
           markdown_text(row->statement, true) + " | " + counterexample(*row, true) + " | " +
           instead(ledger, *row, page, true) + " |\n";
    return r + "\n";
  }
  std::string r = anchor(first) + "\n\n### " + markdown_text(first.source) + "\n\n" + code(first.id, false) +
                  "\n\n- **As printed:** " + markdown_text(first.statement) + "\n";
  if (!first.note.empty()) r += "- **What is wrong:** " + markdown_text(first.note) + "\n";
  r += "- **Refuted by** (" + first.rigor + "): " + counterexample(first, false) + "\n";
  if (!first.instead.empty())
    r += "- **Instead:** " + instead(ledger, first, page, false) + "\n";
  else if (!first.no_correction.empty())
    r += "- **No correction:** " + instead(ledger, first, page, false) + "\n";
  return r + "\n";
}

std::string generated(const std::string& format) {
  return "<!-- Made by `asyncert report results.json --format " + format + "`: edit the claims, not this file. -->\n\n";
}

/// A table with a row for each claim that is not refuted.
std::string standing(const Rows& rows) {
  if (rows.empty()) return "None.\n\n";
  std::string r = "| claim | in the paper | statement | how far |\n|---|---|---|---|\n";
  for (const Row* row : rows) {
    const bool open = row->verdict != "proved" && row->verdict != "supported";
    r += "| " + anchor(*row) + code(row->id, true) + " | " + markdown_text(row->source, true) + " | " +
         markdown_text(row->statement, true) +
         (row->note.empty() ? "" : "<br>*Note:* " + markdown_text(row->note, true)) + " | " +
         (open ? row->verdict + ": " + markdown_text(row->reason, true) : how_far(*row) + ", " + row->rigor) + " |\n";
  }
  return r + "\n";
}

/// The numbered statements of the paper, in the order in which people ask for them, each with its claims.
std::string by_number(const Ledger& ledger, const std::string& paper) {
  constexpr std::size_t most_links = 8;
  static const std::vector<std::string> kinds = {"theorem",    "proposition", "lemma",     "corollary", "definition",
                                                 "assumption", "remark",      "algorithm", "table",     "figure"};
  // Numbers with dots are ordered part by part.
  std::map<std::pair<std::size_t, std::vector<int>>, std::pair<std::string, Rows>> items;
  for (const Row& row : ledger.rows) {
    if (row.canary || row.paper != paper) continue;
    for (const std::string& item : read_numbering(row.source).items) {
      const std::size_t space = item.find(' ');
      const auto kind = std::find(kinds.begin(), kinds.end(), item.substr(0, space));
      if (kind == kinds.end()) continue;
      std::vector<int> order;
      for (std::size_t at = space + 1; at < item.size(); at = std::min(item.find('.', at), item.size() - 1) + 1)
        order.push_back(std::atoi(item.c_str() + at));
      auto& [name, rows] = items[{static_cast<std::size_t>(kind - kinds.begin()), order}];
      name = item;
      name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
      rows.push_back(&row);
    }
  }
  if (items.empty()) return "";
  const auto links = [&](const Rows& rows, const std::vector<std::string>& verdicts) {
    std::vector<std::string> shown;
    std::size_t more = 0;
    for (const Row* row : rows) {
      if (std::find(verdicts.begin(), verdicts.end(), row->verdict) == verdicts.end()) continue;
      if (shown.size() < most_links)
        shown.push_back("[" + row->id.substr(paper.size() + 1) + "](#" + row->id + ")");
      else
        ++more;
    }
    return join(shown) + (more > 0 ? " and " + std::to_string(more) + " more" : "");
  };
  std::string r = "## By number\n\n`asyncert list claims " + paper +
                  " 'Lemma 3'` finds these and the numbered displays, as `'(28)'`.\n\n"
                  "| in the paper | false as printed | holds | open |\n|---|---|---|---|\n";
  for (const auto& [order, item] : items)
    r += "| " + item.first + " | " + links(item.second, {"refuted"}) + " | " +
         links(item.second, {"proved", "supported"}) + " | " +
         links(item.second, {"inconclusive", "vacuous", "not-testable", "error"}) + " |\n";
  return r + "\n";
}

/// The bounds, the tightest first. Measured slacks contain the width of an interval and wander, and are left to the
/// report.
std::string looseness(const Ledger& ledger, const std::string& paper) {
  const Table slack = slack_table(ledger, paper, false);
  if (slack.rows.empty()) return "";
  std::string r =
      "## How loose the bounds are\n\n| bound | in the paper | statement | right/left |\n|---|---|---|---:|\n";
  for (const std::vector<Cell>& cells : slack.rows) {
    const Row* row = find(ledger, cells[0].text);
    r += "| " + link(row->id) + " | " + markdown_text(row->source, true) + " | " + markdown_text(row->statement, true) +
         " | " + cells[2].text + " |\n";
  }
  for (const std::string& note : slack.notes) r += "\n" + markdown_text(note) + "\n";
  r += "\nMeasured bounds stand in the HTML report, since their slack contains the width of an interval.\n";
  return r + "\n";
}

std::string figure_list(const Ledger& ledger, const std::string& paper) {
  std::string r;
  for (const Value& v : list_of(*ledger.document, "figures"))
    if (const auto* f = v.get<Object>(); f && text_of(*f, "paper") == paper)
      r += "- `" + text_of(*f, "id") + "` (" + markdown_text(text_of(*f, "source")) +
           "): " + markdown_text(text_of(*f, "caption")) + "\n";
  return r.empty() ? "" : "## Figures in the report\n\n" + r;
}

const std::vector<std::string> open_verdicts = {"inconclusive", "vacuous", "not-testable", "error"};

}  // namespace

std::string to_errata(const Ledger& ledger) {
  std::string r =
      generated("errata") +
      "# Errata of the papers\n\nStatements whose printed form is false, each with what refutes it and what "
      "holds instead. A counterexample is exact or enclosed unless it says that it is measured; its "
      "parameters are given in full. `asyncert verify 'ID' --show` repeats any of them; how a verdict comes "
      "about is told in [VERDICTS.md](VERDICTS.md).\n\n"
      "| paper | false as printed | with a correction | without one, with the reason |\n|---|---:|---:|---:|\n";
  for (const auto& [paper, title] : ledger.papers) {
    const Rows rows = chosen(ledger, paper, {"refuted"});
    const auto corrected =
        std::count_if(rows.begin(), rows.end(), [](const Row* row) { return !row->instead.empty(); });
    r += "| [" + markdown_text(title, true) + "](papers/" + paper + ".md) | " + std::to_string(rows.size()) + " | " +
         std::to_string(corrected) + " | " + std::to_string(static_cast<long>(rows.size()) - corrected) + " |\n";
  }
  for (const auto& [paper, title] : ledger.papers) {
    const std::vector<Rows> groups = grouped(chosen(ledger, paper, {"refuted"}));
    if (groups.empty()) continue;
    r += "\n## " + markdown_text(title) + "\n\n";
    for (const Rows& group : groups) r += refutation(ledger, group, "papers/" + paper + ".md");
  }
  while (r.ends_with("\n\n")) r.pop_back();
  return r;
}

std::string to_paper_page(const Ledger& ledger, const std::string& paper) {
  std::string title = paper;
  for (const auto& [id, name] : ledger.papers)
    if (id == paper) title = name;
  const Rows refuted = chosen(ledger, paper, {"refuted"}), general = chosen(ledger, paper, {"proved"}, "domain"),
             instances = chosen(ledger, paper, {"proved"}, "instance"),
             supported = chosen(ledger, paper, {"supported"}), open = chosen(ledger, paper, open_verdicts);
  const auto heading = [](const std::string& text, const Rows& rows) {
    return "## " + text + " (" + std::to_string(rows.size()) + ")\n\n";
  };
  std::string r =
      generated("paper-pages") + "# " + markdown_text(title) + "\n\nShort name `" + paper + "`. `asyncert verify " +
      paper +
      " --show` repeats everything on this page; what the verdicts mean is told in "
      "[VERDICTS.md](../VERDICTS.md). An id that ends in `.printed` is a statement as the paper has it.\n\n";
  r += by_number(ledger, paper);
  r += heading("What is false as printed", refuted);
  if (refuted.empty()) r += "None found.\n\n";
  for (const Rows& group : grouped(refuted)) r += refutation(ledger, group, "");
  r += heading("What is proved over its whole domain", general) + standing(general);
  r += heading("What is proved for the instance that it names: values, examples, limits of validity", instances) +
       standing(instances);
  r += heading("What is supported by measurement or search", supported) + standing(supported);
  r += heading("What is left open", open) + standing(open);
  r += looseness(ledger, paper) + figure_list(ledger, paper);
  while (r.ends_with("\n\n")) r.pop_back();
  return r;
}

namespace {

/// What caught a canary. Free threads do something else in every run: of theirs the label alone.
std::string caught_by(const Row& row) {
  const Object* c = deciding(row);
  const Object* at = c ? instance_of(*c) : nullptr;
  return at && at->find("threads") ? markdown_text(text_of(*c, "label"), true) + ", in runs of free threads"
                                   : counterexample(row, true);
}

}  // namespace

std::string to_canaries(const Ledger& ledger) {
  std::string r = generated("canaries") +
                  "# Canaries\n\nFalsehoods that were planted on purpose. They go through the same procedures and the "
                  "same judge as the "
                  "papers' claims, and a run fails unless each of them is caught: refuted, or found to be empty "
                  "(vacuous) where nothing was tested. `asyncert verify 'ID' --show` repeats any of them.\n\n"
                  "Caught: " +
                  std::to_string(ledger.canaries_caught) + " of " + std::to_string(ledger.canaries) + ".\n";
  for (const auto& [paper, title] : ledger.papers) {
    std::string table;
    for (const Row& row : ledger.rows)
      if (row.canary && row.paper == paper)
        table += "| " + anchor(row) + code(row.id, true) + " | " + markdown_text(row.statement, true) + " | " +
                 (row.as_expected ? "" : "**missed:** ") + row.verdict + " | " + caught_by(row) + " |\n";
    if (!table.empty())
      r += "\n## " + markdown_text(title) + "\n\n| canary | planted | verdict | by |\n|---|---|---|---|\n" + table;
  }
  return r;
}

}  // namespace asyncert::reports
