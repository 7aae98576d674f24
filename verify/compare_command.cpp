#include <cmath>
#include <map>
#include <ostream>

#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "verify/commands.hpp"

namespace asyncert {

namespace {

/// What the baseline keeps of a claim.
struct Line {
  std::string verdict;
  std::string rigor;
  std::optional<double> slack;
};

std::string text_of(const Object& o, const char* name) {
  const Value* v = o.find(name);
  return v ? to_text(*v, 17) : "";
}

std::map<std::string, Line> read_ledger(const std::string& path) {
  const Value document = parse_json(read_file(path));
  const auto* root = document.get<Object>();
  const Value* entries = root ? root->find("entries") : nullptr;
  const auto* list = entries ? entries->get<List>() : nullptr;
  if (!list) throw ParseError(path + ": not a ledger (no \"entries\")");
  std::map<std::string, Line> lines;
  for (const Value& v : *list) {
    const auto* o = v.get<Object>();
    if (!o || !o->find("id") || !o->find("verdict")) throw ParseError(path + ": an entry has no id or no verdict");
    Line line{text_of(*o, "verdict"), text_of(*o, "rigor"), std::nullopt};
    if (const Value* s = o->find("slack"); s && s->get<Rational>()) line.slack = s->get<Rational>()->to_double();
    lines[text_of(*o, "id")] = line;
  }
  return lines;
}

/// Exact and enclosed slacks must repeat; measured ones may wander with the machine's timing.
bool slack_moved(const Line& was, const Line& is) {
  if (!was.slack || !is.slack) return was.slack.has_value() != is.slack.has_value();
  const bool certain = is.rigor == "exact" || is.rigor == "enclosed";
  const double tolerance = certain ? 1e-9 : 0.5;
  return std::fabs(*was.slack - *is.slack) > tolerance * (1 + std::fabs(*was.slack));
}

}  // namespace

int compare_command(const CompareOptions& options, std::ostream& out, std::ostream& err) {
  const auto now = read_ledger(options.results);
  if (now.empty()) {
    err << "asyncert compare: " << options.results << " holds no claims\n";
    return exit_nothing;
  }
  if (options.update) {
    List entries;
    for (const auto& [id, line] : now) {
      Object o;
      o.add("id", id).add("verdict", line.verdict).add("rigor", line.rigor);
      if (line.slack) o.add("slack", *line.slack);
      entries.push_back(std::move(o));
    }
    write_file(options.baseline,
               to_json(Object().add("schema", 1).add("kind", "baseline").add("entries", std::move(entries))) + "\n");
    out << options.baseline << ": " << now.size() << " claims\n";
    return exit_ok;
  }
  const auto before = read_ledger(options.baseline);
  List changes;
  const auto change = [&](const std::string& id, const std::string& what, const std::string& was,
                          const std::string& is) {
    changes.push_back(Object().add("id", id).add("what", what).add("baseline", was).add("now", is));
  };
  for (const auto& [id, was] : before) {
    const auto found = now.find(id);
    if (found == now.end()) {
      change(id, "missing", was.verdict, "-");
    } else if (found->second.verdict != was.verdict) {
      change(id, "verdict", was.verdict, found->second.verdict);
    } else if (slack_moved(was, found->second)) {
      const auto text = [](const Line& l) { return l.slack ? std::to_string(*l.slack) : std::string("-"); };
      change(id, "slack", text(was), text(found->second));
    }
  }
  for (const auto& [id, is] : now)
    if (!before.contains(id)) change(id, "new", "-", is.verdict);
  const bool same = changes.empty();
  if (options.json) {
    out << to_json(Object().add("schema", 1).add("changes", std::move(changes))) << "\n";
  } else {
    for (const Value& v : changes) {
      const Object& o = *v.get<Object>();
      out << text_of(o, "id") << ": " << text_of(o, "what") << " " << text_of(o, "baseline") << " -> "
          << text_of(o, "now") << "\n";
    }
    out << (same ? "nothing changed against "
                 : std::to_string(changes.size()) + (changes.size() == 1 ? " change" : " changes") + " against ")
        << options.baseline << "\n";
  }
  return same ? exit_ok : exit_differs;
}

}  // namespace asyncert
