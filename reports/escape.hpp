// Text with formulas between dollar signs, made safe for each format.
#pragma once

#include <string>

namespace asyncert::reports {

/// Markdown: formulas and `code` stay as they are, the rest is escaped. In a table cell a bar and a line break are
/// escaped everywhere.
std::string markdown_text(const std::string& text, bool in_table = false);
/// LaTeX: formulas stay as they are, the rest is escaped; common symbols outside of ASCII become commands.
std::string latex_text(const std::string& text);
/// XML text or attribute, in UTF-8; characters that XML 1.0 forbids are dropped, and bytes that are no UTF-8 become "?".
std::string xml_text(const std::string& text);
/// A CSV field (RFC 4180), quoted where needed.
std::string csv_field(const std::string& text);

}  // namespace asyncert::reports
