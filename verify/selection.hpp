// Which claims, quantities and figures a person means: by id, by paper, or by number as the paper prints it.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace asyncert {

/// Whether the whole text matches the pattern, in which * stands for any text and ? for one character.
bool glob_match(const std::string& pattern, const std::string& text);

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
