// A results document (schema 1, kind "ledger") rendered for people and for machines.
#pragma once

#include <string>

#include "lib/value.hpp"

namespace asyncert {

/// Renders `results` as "html", "md", "tex", "csv", "junit" or "json". Throws `ParseError` when the document is no
/// ledger of schema 1, `DomainError` for another format.
std::string render_report(const Value& results, const std::string& format);

}  // namespace asyncert
