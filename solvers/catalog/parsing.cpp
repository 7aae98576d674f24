#include "solvers/catalog/parsing.hpp"

#include <charconv>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/text.hpp"

namespace asyncert::solvers::catalog {

namespace {

template <class Number>
Number parse(const std::string& key, const std::string& text, const std::string& wanted) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw DomainError(key, "'" + text + "'", wanted);
  return value;
}

}  // namespace

std::uint64_t parse_whole(const std::string& key, const std::string& text, std::uint64_t least, std::uint64_t most) {
  std::string wanted = "a whole number";
  if (most < std::numeric_limits<std::uint64_t>::max())
    wanted += " from " + std::to_string(least) + " to " + std::to_string(most);
  else if (least > 0)
    wanted += ", " + std::to_string(least) + " or more";
  const auto value = parse<std::uint64_t>(key, text, wanted);
  if (value < least || value > most) throw DomainError(key, text, wanted);
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

}  // namespace asyncert::solvers::catalog
