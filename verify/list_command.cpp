#include <ostream>

#include "bounds/registry.hpp"
#include "lib/json.hpp"
#include "solvers/data/catalog.hpp"
#include "verify/commands.hpp"
#include "verify/registry.hpp"

namespace asyncert {

bool glob_match(const std::string& pattern, const std::string& text) {
  std::size_t p = 0, t = 0, star = std::string::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

namespace {

Object describe(const Quantity& q) {
  List parameters;
  for (const Parameter& p : q.parameters)
    parameters.push_back(Object()
                             .add("name", p.name)
                             .add("symbol", p.symbol)
                             .add("meaning", p.meaning)
                             .add("domain", p.domain())
                             .add("optional", p.optional));
  return Object()
      .add("name", q.name)
      .add("summary", q.summary)
      .add("source", q.source)
      .add("parameters", std::move(parameters))
      .add("outputs", Value(q.outputs))
      .add("float", static_cast<bool>(q.floating));
}

void print(std::ostream& out, const Quantity& q) {
  out << q.name << "  (" << q.source << ")\n  " << q.summary << "\n";
  for (const Parameter& p : q.parameters)
    out << "    " << p.name << (p.optional ? " [optional]" : "") << ": " << p.meaning << "; " << p.domain() << "\n";
  for (const std::string& line : q.outputs) out << "    -> " << line << "\n";
}

Object describe(const data::CatalogEntry& entry) {
  const auto place = data::locate(entry);
  Object object;
  object.add("name", entry.name).add("description", entry.description).add("licence", entry.licence);
  object.add("training_rows", std::to_string(entry.training_rows)).add("test_rows", std::to_string(entry.test_rows));
  object.add("columns", std::to_string(entry.columns)).add("classes", std::to_string(entry.classes));
  object.add("here", place.has_value());
  if (place)
    object.add("directory", place->string());
  else
    object.add("obtain", entry.obtain);
  return object;
}

void print(std::ostream& out, const data::CatalogEntry& entry) {
  const auto place = data::locate(entry);
  out << entry.name << "  [" << (place ? "here" : "not here") << "]  " << entry.training_rows << " + "
      << entry.test_rows << " rows, " << entry.columns << " features, " << entry.classes << " classes\n    "
      << entry.description << "\n    licence: " << entry.licence << "\n    "
      << (place ? "in " + place->string() : "to get it: " + entry.obtain) << "\n";
}

}  // namespace

int list_command(const ListOptions& options, std::ostream& out, std::ostream& err) {
  List list;
  std::size_t shown = 0;
  const auto selected = [&](const std::string& name) { return glob_match(options.pattern, name); };
  if (options.what == "quantities") {
    const QuantityRegistry registry = all_quantities();
    for (const auto& [name, quantity] : registry.all()) {
      if (!selected(name)) continue;
      ++shown;
      if (options.json)
        list.push_back(describe(quantity));
      else
        print(out, quantity);
    }
  } else if (options.what == "datasets") {
    for (const data::CatalogEntry& entry : data::catalog()) {
      if (!selected(entry.name)) continue;
      ++shown;
      if (options.json)
        list.push_back(describe(entry));
      else
        print(out, entry);
    }
  } else if (options.what == "figures") {
    const FigureRegistry registry = all_figures();
    for (const auto& [id, figure] : registry.all()) {
      if (!selected(id)) continue;
      ++shown;
      if (options.json)
        list.push_back(Object()
                           .add("id", id)
                           .add("source", figure.source)
                           .add("title", figure.title)
                           .add("caption", figure.caption));
      else
        out << id << "  " << figure.source << "\n    " << figure.title << "\n";
    }
  } else {
    const ClaimRegistry registry = all_claims();
    for (const auto& [id, claim] : registry.all()) {
      if (!selected(id)) continue;
      ++shown;
      if (options.json) {
        list.push_back(Object()
                           .add("id", id)
                           .add("source", claim.source)
                           .add("statement", claim.statement)
                           .add("expected", to_string(claim.expected))
                           .add("canary", claim.canary));
      } else {
        out << id << "  [" << to_string(claim.expected) << "]  " << claim.source << "\n    " << claim.statement << "\n";
      }
    }
  }
  if (options.json) out << to_json(std::move(list)) << "\n";
  if (shown == 0) {
    err << "asyncert list: no " << options.what << " match '" << options.pattern << "'\n";
    return exit_nothing;
  }
  return exit_ok;
}

}  // namespace asyncert
