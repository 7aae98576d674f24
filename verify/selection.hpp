// Which claims, quantities and figures a person means: by id, by paper, or by number as the paper prints it.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace asyncert {

/// Whether the whole text matches the pattern, in which * stands for any text and ? for one character.
bool glob_match(const std::string& pattern, const std::string& text);

/// The numbered items that a source such as "Lemmas 5 and 7, (28)" names: "lemma 5", "lemma 7", "equation 28". Ranges
/// "(6)-(9)" give all of their members, and a section gives those that it lies in ("section 4.2" also "section 4"). A
/// number in parentheses right after an item is a part of it: "Lemma 12 (3)" is "lemma 12" and "part 3".
std::set<std::string> numbered_items(const std::string& source);

/// A choice by patterns, any of which is enough; without patterns everything is chosen. A pattern is
/// - the short name of a paper, which restricts all other patterns to the papers so named;
/// - an id, with * and ? ("apsgd.lemma*");
/// - what the paper calls it, held against the source: all numbered items of the pattern must be among those of the
///   source, and all of its other words among the source's words ("Lemma 6", "(28)", "figure 1", "theorem 1
///   corrected"), in capitals or not.
class Selection {
 public:
  /// `only` restricts everything to one paper where it is not empty.
  explicit Selection(const std::vector<std::string>& patterns, std::string only = "");

  bool contains(const std::string& id, const std::string& source) const;

 private:
  struct Wanted {
    std::string pattern;
    std::set<std::string> items, words;
  };

  std::string only_;
  std::set<std::string> papers_;
  std::vector<Wanted> wanted_;
};

}  // namespace asyncert
