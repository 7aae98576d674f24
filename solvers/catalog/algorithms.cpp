#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "lib/errors.hpp"
#include "lib/suggestion.hpp"
#include "solvers/catalog/families.hpp"
#include "solvers/event_workers.hpp"

namespace asyncert::solvers::catalog {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

template <class Number>
Number parse(const std::string& key, const std::string& text, const char* wanted) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw DomainError(key, "'" + text + "'", wanted);
  return value;
}

double parse_double(const std::string& key, const std::string& text) {
  const double value = parse<double>(key, text, "a finite number");
  if (!std::isfinite(value)) throw DomainError(key, "'" + text + "'", "a finite number");
  return value;
}

std::vector<double> parse_list(const std::string& key, const std::string& text) {
  std::vector<double> values;
  for (const std::string& part : split(text, ',')) values.push_back(parse_double(key, part));
  return values;
}

}  // namespace

double Settings::number(const std::string& key, double fallback) const {
  const auto it = values_.find(key);
  return it == values_.end() ? fallback : parse_double(key, it->second);
}

std::uint64_t Settings::count(const std::string& key, std::uint64_t fallback) const {
  const auto it = values_.find(key);
  return it == values_.end() ? fallback : parse<std::uint64_t>(key, it->second, "a whole number");
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
  std::string known;
  for (const Algorithm& a : algorithm_list()) {
    if (a.name == name) return a;
    known += (known.empty() ? "" : ", ") + a.name;
    names.push_back(a.name);
  }
  throw DomainError("algorithm", "'" + name + "'", known + suggestion(name, names));
}

Run run(const Algorithm& algorithm, const Instance& instance, const Settings& settings, const std::string& executor,
        const RunOptions& options) {
  for (const auto& [key, value] : settings.values()) {
    std::string known;
    bool found = false;
    for (const Setting& s : algorithm.settings) {
      found = found || s.name == key;
      known += (known.empty() ? "" : ", ") + s.name;
    }
    if (!found) throw DomainError("setting of " + algorithm.name, "'" + key + "'", known);
  }
  if (std::find(algorithm.executors.begin(), algorithm.executors.end(), executor) == algorithm.executors.end()) {
    std::string known;
    for (const std::string& name : algorithm.executors) known += (known.empty() ? "" : ", ") + name;
    throw DomainError("executor of " + algorithm.name, "'" + executor + "'", known);
  }
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

SchedulePtr parse_schedule(const std::string& text) {
  const auto parts = split(text, ':');
  const auto need = [&](std::size_t count) {
    if (parts.size() != count) throw DomainError("schedule", "'" + text + "'", "see `asyncert run --help`");
  };
  const std::string kind = parts.empty() ? "" : parts[0];
  const auto whole = [&](std::size_t i) { return parse<std::uint64_t>("schedule", parts[i], "a whole number"); };
  const auto list = [&](std::size_t i, std::size_t length) {
    auto values = parse_list("schedule", parts[i]);
    if (length > 0 && values.size() != length)
      throw DomainError("schedule", "'" + text + "'", std::to_string(length) + " numbers after " + kind);
    return values;
  };
  if (kind == "none") return need(1), no_delay();
  if (kind == "constant") return need(2), constant_delay(whole(1));
  if (kind == "uniform") return need(2), uniform_delay(whole(1));
  if (kind == "saw-tooth") return need(2), saw_tooth_delay(whole(1));
  if (kind == "linear") return need(2), linear_growth(list(1, 1)[0]);
  if (kind == "periodic") {
    need(2);
    std::vector<std::uint64_t> delays;
    for (const std::string& d : split(parts[1], ','))
      delays.push_back(parse<std::uint64_t>("schedule", d, "a whole number"));
    return periodic_delay(std::move(delays));
  }
  if (kind == "random-linear" || kind == "polynomial") {
    need(2);
    const auto pair = list(1, 2);
    return kind == "polynomial" ? polynomial_growth(pair[0], pair[1]) : random_linear_growth(pair[0], pair[1]);
  }
  if (kind == "independent") return need(3), independent_workers(list(2, 0), whole(1));
  if (kind == "events") {
    need(3);
    EventWorkers model;
    for (const std::string& part : split(parts[2], ',')) {
      if (parts[1] == "fixed")
        model.service.push_back(fixed_service(parse_double("schedule", part)));
      else if (parts[1] == "exponential")
        model.service.push_back(exponential_service(parse_double("schedule", part)));
      else if (const auto ends = split(part, '-'); parts[1] == "uniform" && ends.size() == 2)
        model.service.push_back(uniform_service(parse_double("schedule", ends[0]), parse_double("schedule", ends[1])));
      else
        throw DomainError("schedule", "'" + text + "'",
                          "events:fixed:1,2, events:exponential:1,1 or events:uniform:1-2,1-3");
    }
    return event_workers(std::move(model));
  }
  throw DomainError(
      "schedule", "'" + text + "'",
      "none, constant:D, uniform:D, saw-tooth:D, periodic:D,D.., linear:K, random-linear:A,B, polynomial:K,Q, "
      "independent:D:W,W.., events:LAW:T,T..");
}

}  // namespace asyncert::solvers::catalog
