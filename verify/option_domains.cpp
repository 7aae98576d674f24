#include "verify/option_domains.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "lib/suggestion.hpp"
#include "lib/text.hpp"

namespace asyncert {

namespace {

template <class Number>
bool read(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::string outside(const std::string& text, const std::string& domain) {
  return (text.empty() ? "''" : text) + " is outside its domain: " + domain;
}

template <class Inside>
CLI::Validator number(const char* domain, const char* name, Inside inside) {
  return {[=](const std::string& text) {
            double value = 0;
            return read(text, value) && inside(value) ? std::string() : outside(text, domain);
          },
          name};
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  std::string domain = "a whole number";
  if (most < std::numeric_limits<std::uint64_t>::max())
    domain += " from " + std::to_string(least) + " to " + std::to_string(most);
  else if (least > 0)
    domain += ", " + std::to_string(least) + " or more";
  return {[=](const std::string& text) {
            std::uint64_t value = 0;
            return read(text, value) && value >= least && value <= most ? std::string() : outside(text, domain);
          },
          least > 0 ? ">=" + std::to_string(least) : std::string()};
}

CLI::Validator finite_number() {
  return number("a finite number", "", [](double x) { return std::isfinite(x); });
}
CLI::Validator positive_number() {
  return number("a number above 0", ">0", [](double x) { return x > 0; });
}
CLI::Validator nonnegative_number() {
  return number("a finite number, 0 or more", ">=0", [](double x) { return x >= 0 && std::isfinite(x); });
}
CLI::Validator probability() {
  return number("a number from 0 to 1", "in [0, 1]", [](double x) { return x >= 0 && x <= 1; });
}

CLI::Validator one_of(std::vector<std::string> words) {
  return {[=](const std::string& text) {
            const bool known = std::find(words.begin(), words.end(), text) != words.end();
            return known ? std::string() : outside(text, join(words) + suggestion(text, words));
          },
          "{" + join(words, ",") + "}"};
}

}  // namespace asyncert
