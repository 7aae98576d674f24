// Lists in text.
#pragma once

#include <concepts>
#include <ranges>
#include <string>
#include <vector>

namespace asyncert {

/// The parts between separators; an empty text has one empty part.
inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

/// The texts of all items, `text_of(item)` each, with a separator between them.
template <class Items, class TextOf>
requires std::invocable<TextOf&, std::ranges::range_reference_t<const Items>> std::string join(
    const Items& items, TextOf&& text_of, const std::string& separator = ", ") {
  std::string joined;
  bool first = true;
  for (const auto& item : items) {
    if (!first) joined += separator;
    first = false;
    joined += text_of(item);
  }
  return joined;
}
inline std::string join(const std::vector<std::string>& words, const std::string& separator = ", ") {
  return join(
      words, [](const std::string& word) -> const std::string& { return word; }, separator);
}

}  // namespace asyncert
