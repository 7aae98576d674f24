// How papers number their statements: "Lemmas 5 and 7, (28)" read as items that can be looked up.
#pragma once

#include <set>
#include <string>

namespace asyncert {

/// What a source such as "Lemmas 5 and 7, (28), corrected" names.
struct Numbering {
  /// "lemma 5", "lemma 7", "equation 28". Ranges "(6)-(9)" give all of their members, and a section gives those that it
  /// lies in ("section 4.2" also "section 4"). A number in parentheses right after an item is a part of it: "Lemma 12
  /// (3)" is "lemma 12" and "part 3".
  std::set<std::string> items;
  std::set<std::string> words;  ///< the rest, in small letters: "corrected"
};

/// Reads a source, or what a person types to find one ("fig. 1", "thm 3"). Every text can be read. Cost: linear in its
/// length and in the members of its ranges, of which one has at most 9999.
Numbering read_numbering(const std::string& source);

}  // namespace asyncert
