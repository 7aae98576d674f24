// "Did you mean ...?" for mistyped names.
#pragma once

#include <string>
#include <vector>

namespace asyncert {

/// The number of letters to insert, remove, replace or swap with their neighbour that turns one word into the other
/// (optimal string alignment). Cost: the product of the lengths.
std::size_t edit_distance(const std::string& a, const std::string& b);

/// "; did you mean NAME?" with the name nearest to `word`, or "" where none is within a third of its letters.
std::string suggestion(const std::string& word, const std::vector<std::string>& names);

}  // namespace asyncert
