// Numbers and lists of the command line, read strictly.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace asyncert::solvers::catalog {

// All throw `DomainError` naming the key, the text and what was wanted.
std::uint64_t parse_whole(const std::string& key, const std::string& text, std::uint64_t least = 0,
                          std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
double parse_double(const std::string& key, const std::string& text);
/// Finite numbers with commas, one at least.
std::vector<double> parse_list(const std::string& key, const std::string& text);

}  // namespace asyncert::solvers::catalog
