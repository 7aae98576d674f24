#include <algorithm>
#include <map>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "lib/suggestion.hpp"
#include "lib/text.hpp"
#include "solvers/catalog/families.hpp"
#include "solvers/catalog/parsing.hpp"

namespace asyncert::solvers::catalog {

double Settings::number(const std::string& key, double fallback) const {
  const auto it = values_.find(key);
  return it == values_.end() ? fallback : parse_double(key, it->second);
}

double Settings::positive(const std::string& key, double fallback) const {
  const double value = number(key, fallback);
  if (!(value > 0)) throw DomainError(key, shortest(value), "(0, inf)");
  return value;
}

double Settings::nonnegative(const std::string& key, double fallback) const {
  const double value = number(key, fallback);
  if (!(value >= 0)) throw DomainError(key, shortest(value), "[0, inf)");
  return value;
}

std::uint64_t Settings::count(const std::string& key, std::uint64_t fallback, std::uint64_t least,
                              std::uint64_t most) const {
  const auto it = values_.find(key);
  return it == values_.end() ? fallback : parse_whole(key, it->second, least, most);
}

bool Settings::flag(const std::string& key, bool fallback) const {
  const auto it = values_.find(key);
  if (it == values_.end()) return fallback;
  if (it->second != "true" && it->second != "false") throw DomainError(key, "'" + it->second + "'", "true or false");
  return it->second == "true";
}

std::string Settings::word(const std::string& key, const std::string& fallback) const {
  const auto it = values_.find(key);
  return it == values_.end() ? fallback : it->second;
}

std::vector<double> Settings::numbers(const std::string& key) const {
  const auto it = values_.find(key);
  return it == values_.end() ? std::vector<double>{} : parse_list(key, it->second);
}

const std::vector<Algorithm>& algorithm_list() {
  static const std::vector<Algorithm> list = [] {
    std::vector<Algorithm> all;
    add_hogwild_family(all);
    add_subgradient_family(all);
    add_linear_family(all);
    add_delayed_family(all);
    add_network_family(all);
    return all;
  }();
  return list;
}

const Algorithm& find_algorithm(const std::string& name) {
  std::vector<std::string> names;
  for (const Algorithm& a : algorithm_list()) {
    if (a.name == name) return a;
    names.push_back(a.name);
  }
  // Methods that are another one's special case.
  const std::map<std::string, std::string> cases{{"sgd", "hogwild with --executor serial"},
                                                 {"svrg", "asysvrg with --executor serial"},
                                                 {"dagd", "dasgd without noise"}};
  const auto it = cases.find(name);
  throw DomainError("algorithm", "'" + name + "'",
                    join(names) + (it == cases.end() ? suggestion(name, names) : "; it is " + it->second));
}

Evaluate objective(const Algorithm& algorithm, const Instance& instance, const Settings& settings) {
  return algorithm.objective ? algorithm.objective(instance, settings) : instance.evaluate;
}

Run run(const Algorithm& algorithm, const Instance& instance, const Settings& settings, const std::string& executor,
        const RunOptions& options) {
  if (!algorithm.needs_instance && !instance.name.empty())
    throw DomainError(algorithm.name + " runs on no instance: its settings say what it computes");
  for (const auto& [key, value] : settings.values()) {
    const auto& known = algorithm.settings;
    if (std::none_of(known.begin(), known.end(), [&key = key](const Setting& s) { return s.name == key; }))
      throw DomainError("setting of " + algorithm.name, "'" + key + "'",
                        join(known, [](const Setting& s) { return s.name; }));
  }
  if (std::find(algorithm.executors.begin(), algorithm.executors.end(), executor) == algorithm.executors.end())
    throw DomainError("executor of " + algorithm.name, "'" + executor + "'", join(algorithm.executors));
  RunOptions named = options;
  named.subject = algorithm.name + " on " + instance.name;
  Object chosen;
  for (const auto& [key, value] : settings.values()) {
    named.subject += " " + key + "=" + value;
    chosen.add(key, value);
  }
  Run result = algorithm.run(instance, settings, executor, named);
  result.requested.add("method", algorithm.name).add("instance", instance.name).add("settings", std::move(chosen));
  return result;
}

}  // namespace asyncert::solvers::catalog
