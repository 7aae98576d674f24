// Entries by name, registered explicitly: the quantities, claims and figures of the papers.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

namespace asyncert {

/// Entries in the order of their names, which the member `key` holds.
template <class Entry, std::string Entry::*key>
class Registry {
 public:
  /// Throws `std::logic_error` on a second entry of the same name.
  void add(Entry entry) {
    const std::string name = entry.*key;
    if (!entries_.emplace(name, std::move(entry)).second) throw std::logic_error("two entries named " + name);
  }
  /// nullptr where there is none of that name.
  const Entry* find(const std::string& name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
  }
  const std::map<std::string, Entry>& all() const& { return entries_; }
  void all() const&& = delete;  // iterating over a temporary's entries would dangle

 private:
  std::map<std::string, Entry> entries_;
};

}  // namespace asyncert
