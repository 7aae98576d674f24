// JSON text to and from `Value` trees. The JSON library stays behind json.cpp.
#pragma once

#include <string>
#include <string_view>

#include "lib/value.hpp"

namespace asyncert {

/// Reads JSON. Numbers become exact rationals (from their text, never through double), strings words, null empty
/// values. Throws `ParseError` with the position on malformed text, duplicate keys, or nesting deeper than 200.
Value parse_json(std::string_view text);

/// Writes a tree that was `rendered` (or any tree: numbers become strings of 17 digits). `indent` < 0 gives one line.
std::string to_json(const Value& value, int indent = 1);

}  // namespace asyncert
