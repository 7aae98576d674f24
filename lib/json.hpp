// JSON text to and from `Value` trees. The JSON library stays behind json.cpp.
#pragma once

#include <string>
#include <string_view>

#include "lib/value.hpp"

namespace asyncert {

/// Reads JSON. Numbers become exact rationals (from their text, never through double), strings words, null empty
/// values. Throws `ParseError` with the position on malformed text, duplicate keys, or nesting deeper than 200.
Value parse_json(std::string_view text);
/// The document in a file; "-" is standard input. Errors begin with the file's name.
Value read_json(const std::string& path);

/// Writes a tree. Flags, finite doubles and integers below 2^53 become JSON's own; every other number, infinities and
/// NaN become strings, so that nothing is rounded (`rendered` makes all of them strings first). `indent` < 0 gives one
/// line.
std::string to_json(const Value& value, int indent = 1);

}  // namespace asyncert
