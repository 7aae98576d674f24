#include "verify/selection.hpp"

#include <algorithm>
#include <utility>

#include "lib/numbering.hpp"
#include "verify/registry.hpp"

namespace asyncert {

bool glob_match(const std::string& pattern, const std::string& text) {
  std::size_t p = 0, t = 0, star = std::string::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

namespace {

bool includes(const std::set<std::string>& all, const std::set<std::string>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

}  // namespace

Selection::Selection(const std::vector<std::string>& patterns, std::string only) : only_(std::move(only)) {
  const auto papers = paper_titles();
  for (const std::string& pattern : patterns) {
    if (std::any_of(papers.begin(), papers.end(), [&](const auto& paper) { return paper.first == pattern; })) {
      papers_.insert(pattern);
      continue;
    }
    const Numbering named = read_numbering(pattern);
    // Of the sections that the pattern lies in only the innermost is asked for.
    std::set<std::string> items;
    for (const std::string& item : named.items)
      if (std::none_of(named.items.begin(), named.items.end(),
                       [&](const std::string& other) { return other.starts_with(item + "."); }))
        items.insert(item);
    wanted_.push_back({pattern, items, named.words});
  }
}

bool Selection::contains(const std::string& id, const std::string& source) const {
  const std::string paper = id.substr(0, id.find('.'));
  if (!only_.empty() && paper != only_) return false;
  if (!papers_.empty() && !papers_.contains(paper)) return false;
  if (wanted_.empty()) return true;
  const Numbering numbering = read_numbering(source);
  return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& w) {
    const bool named = !w.items.empty() || !w.words.empty();
    return glob_match(w.pattern, id) ||
           (named && includes(numbering.items, w.items) && includes(numbering.words, w.words));
  });
}

}  // namespace asyncert
