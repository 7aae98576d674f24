// `asyncert list`: what there is, as text or JSON.
#include <ostream>

#include "bounds/registry.hpp"
#include "lib/json.hpp"
#include "lib/shortest.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/data/catalog.hpp"
#include "verify/commands.hpp"
#include "verify/registry.hpp"
#include "verify/selection.hpp"

namespace asyncert {

namespace {

/// The selected things, as they are found.
class Listing {
 public:
  Listing(const ListOptions& options, std::ostream& out)
      : selection_(options.patterns), json_(options.json), out_(out) {}

  /// Takes the thing if it is selected, in the one form that is asked for.
  template <class Describe, class Print>
  void offer(const std::string& name, const std::string& source, Describe&& describe, Print&& print) {
    if (!selection_.contains(name, source)) return;
    ++shown_;
    json_ ? list_.push_back(describe()) : print(out_);
  }

  /// Ends the JSON; returns how many things were selected.
  std::size_t end() {
    if (json_) out_ << to_json(std::move(list_)) << "\n";
    return shown_;
  }

 private:
  Selection selection_;
  bool json_;
  std::ostream& out_;
  List list_;
  std::size_t shown_ = 0;
};

Object describe(const Claim& claim) {
  return Object()
      .add("id", claim.id)
      .add("source", claim.source)
      .add("statement", claim.statement)
      .add("expected", to_string(claim.expected))
      .add("canary", claim.canary);
}

void print(std::ostream& out, const Claim& claim) {
  out << claim.id << "  [" << to_string(claim.expected) << "]  " << claim.source << "\n    " << claim.statement << "\n";
}

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

Object describe(const Figure& figure) {
  return Object()
      .add("id", figure.id)
      .add("source", figure.source)
      .add("title", figure.title)
      .add("caption", figure.caption);
}

void print(std::ostream& out, const Figure& figure) {
  out << figure.id << "  " << figure.source << "\n    " << figure.title << "\n";
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

Object describe(const solvers::catalog::Algorithm& algorithm) {
  List settings;
  for (const auto& s : algorithm.settings)
    settings.push_back(Object()
                           .add("name", s.name)
                           .add("symbol", s.symbol)
                           .add("meaning", s.meaning)
                           .add("domain", s.domain)
                           .add("default", s.initial));
  return Object()
      .add("name", algorithm.name)
      .add("summary", algorithm.summary)
      .add("settings", std::move(settings))
      .add("executors", Value(algorithm.executors))
      .add("memory", to_string(algorithm.memory));
}

void print(std::ostream& out, const solvers::catalog::Algorithm& algorithm) {
  out << algorithm.name << "\n    " << algorithm.summary << "\n";
  for (const auto& s : algorithm.settings)
    out << "      " << s.name << (s.symbol.empty() || s.symbol == s.name ? "" : " (" + s.symbol + ")") << ": "
        << s.meaning << "; " << s.domain << "; default " << s.initial << "\n";
  out << "      executors: ";
  for (std::size_t i = 0; i < algorithm.executors.size(); ++i) out << (i > 0 ? ", " : "") << algorithm.executors[i];
  out << "; memory of threads: " << to_string(algorithm.memory) << "\n";
}

solvers::catalog::Facts facts_of(const solvers::catalog::Description& instance) {
  return solvers::catalog::facts_of(solvers::catalog::make_instance(instance.name));
}

Object describe(const solvers::catalog::Description& instance) {
  Object object;
  object.add("name", instance.name).add("summary", instance.summary);
  if (instance.on_data) return object;
  const auto facts = facts_of(instance);
  List constants;
  for (const auto& c : facts.constants)
    constants.push_back(
        Object().add("symbol", c.symbol).add("name", c.name).add("meaning", c.meaning).add("value", c.value));
  object.add("dimension", facts.dimension).add("terms", facts.terms).add("constants", std::move(constants));
  object.add("domain", facts.domain).add("set", facts.set);
  return object.add("stationary_points_known", facts.stationary_points_known);
}

void print(std::ostream& out, const solvers::catalog::Description& instance) {
  out << instance.name << "\n    " << instance.summary << "\n";
  if (instance.on_data) return;
  const auto facts = facts_of(instance);
  out << "    d = " << facts.dimension << ", n = " << facts.terms;
  const char* before = "; ";
  for (const auto& c : facts.constants) {
    out << before << c.symbol << " = " << shortest(c.value);
    before = ", ";
  }
  if (!facts.constants.empty()) out << " on " << facts.domain;
  if (!facts.set.empty()) out << "; constrained to " << facts.set;
  if (facts.stationary_points_known) out << "; stationary points known";
  out << "\n";
}

template <class Thing>
void offer(Listing& listing, const std::string& name, const std::string& source, const Thing& thing) {
  listing.offer(
      name, source, [&] { return describe(thing); }, [&](std::ostream& out) { print(out, thing); });
}

void fill(Listing& listing, const std::string& what) {
  if (what == "claims") {
    const ClaimRegistry registry = all_claims();
    for (const auto& [id, claim] : registry.all()) offer(listing, id, claim.source, claim);
  } else if (what == "quantities") {
    const QuantityRegistry registry = all_quantities();
    for (const auto& [name, quantity] : registry.all()) offer(listing, name, quantity.source, quantity);
  } else if (what == "figures") {
    const FigureRegistry registry = all_figures();
    for (const auto& [id, figure] : registry.all()) offer(listing, id, figure.source, figure);
  } else if (what == "datasets") {
    for (const data::CatalogEntry& entry : data::catalog()) offer(listing, entry.name, "", entry);
  } else if (what == "algorithms") {
    for (const auto& algorithm : solvers::catalog::algorithm_list()) offer(listing, algorithm.name, "", algorithm);
  } else {
    for (const auto& instance : solvers::catalog::instance_list()) offer(listing, instance.name, "", instance);
  }
}

}  // namespace

int list_command(const ListOptions& options, std::ostream& out, std::ostream& err) {
  Listing listing(options, out);
  fill(listing, options.what);
  const bool found = listing.end() > 0;
  if (found && options.what == "instances" && !options.json)
    for (const auto& c : solvers::catalog::constant_list()) out << c.symbol << ": " << c.meaning << "\n";
  if (found) return exit_ok;
  err << "asyncert list: no " << options.what << " match";
  for (const std::string& pattern : options.patterns) err << " '" << pattern << "'";
  err << "\n";
  return exit_nothing;
}

}  // namespace asyncert
