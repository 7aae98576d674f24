// Doubles in messages.
#pragma once

#include <array>
#include <charconv>
#include <string>

namespace asyncert {

/// The shortest decimal text that reads back as the same double: 0.1, 1e-09, inf, nan.
inline std::string shortest(double x) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), x).ptr};
}

}  // namespace asyncert
