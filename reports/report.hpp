// A results document (schema 1, kind "ledger") rendered for people and for machines.
#pragma once

#include <map>
#include <string>

#include "lib/value.hpp"

namespace asyncert {

/// Renders `results` as "html", "md", "tex", "csv", "junit", "json", or (Markdown) "errata" or "canaries". Throws `ParseError` when
/// the document is no ledger of schema 1, `DomainError` for another format.
std::string render_report(const Value& results, const std::string& format);

/// One table of the document by its name (see `named_table`) as text, csv, json, md or tex.
std::string render_report_table(const Value& results, const std::string& table, const std::string& format);

/// A page in Markdown for each paper that has claims, by the paper's short name.
std::map<std::string, std::string> render_paper_pages(const Value& results);

/// One self-contained HTML page that shows figures: {title, summary, conditions, same, command, figures}, each figure
/// as `to_object` gives it.
std::string render_figure_page(const Object& gallery);

}  // namespace asyncert
