// The parameters of a counterexample as text that loses nothing where that is possible in a line.
#pragma once

#include "lib/value.hpp"

namespace asyncert {

/// The tree with its numbers as text: a decimal with at most `digits` significant digits where it is the number, else
/// the fraction where it is of at most 80 characters, else the rounded decimal.
Value instance_text(const Value& value, int digits);

}  // namespace asyncert
