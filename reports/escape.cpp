#include "reports/escape.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace asyncert::reports {

namespace {

/// A piece of text between two unescaped dollar signs is a formula; a lone dollar sign is text.
template <class Plain, class Formula>
void split_formulas(const std::string& text, Plain&& plain, Formula&& formula) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t from = text.find('$', at);
    const std::size_t to = from == text.npos ? text.npos : text.find('$', from + 1);
    if (to == text.npos) break;
    plain(text.substr(at, from - at));
    formula(text.substr(from, to - from + 1));
    at = to + 1;
  }
  plain(text.substr(at));
}

/// Symbols that people type, and the formula that sets them. LaTeX reads accented letters by itself.
constexpr std::pair<std::string_view, std::string_view> symbols[] = {
    {"≤", "\\le"},         {"≥", "\\ge"},    {"≠", "\\ne"},    {"≈", "\\approx"}, {"∞", "\\infty"},  {"→", "\\to"},
    {"⇒", "\\Rightarrow"}, {"×", "\\times"}, {"·", "\\cdot"},  {"√", "\\surd"},   {"∈", "\\in"},     {"−", "-"},
    {"±", "\\pm"},         {"α", "\\alpha"}, {"β", "\\beta"},  {"γ", "\\gamma"},  {"δ", "\\delta"},  {"ε", "\\epsilon"},
    {"η", "\\eta"},        {"θ", "\\theta"}, {"κ", "\\kappa"}, {"λ", "\\lambda"}, {"μ", "\\mu"},     {"ξ", "\\xi"},
    {"π", "\\pi"},         {"ρ", "\\rho"},   {"σ", "\\sigma"}, {"τ", "\\tau"},    {"φ", "\\varphi"}, {"ω", "\\omega"},
    {"²", "^2"},           {"³", "^3"},      {"∇", "\\nabla"}, {"∑", "\\sum"},    {"Δ", "\\Delta"}};

std::string latex_plain(const std::string& text) {
  std::string r;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest(text.data() + i, text.size() - i);
    const auto* found =
        std::find_if(std::begin(symbols), std::end(symbols), [&](const auto& s) { return rest.starts_with(s.first); });
    if (found != std::end(symbols)) {
      r += "$" + std::string(found->second) + "$";
      i += found->first.size() - 1;
    } else if ((c == '.' || c == '_' || c == '/') && i + 1 < text.size() &&
               std::isalnum(static_cast<unsigned char>(text[i + 1]))) {
      r += (c == '_' ? "\\_" : std::string(1, c)) + "\\allowbreak{}";  // ids have no spaces to break at
    } else if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) {
      r += std::string("\\") + c;
    } else if (c == '\\') {
      r += "\\textbackslash{}";
    } else if (c == '^') {
      r += "\\textasciicircum{}";
    } else if (c == '~') {
      r += "\\textasciitilde{}";
    } else if (c == '<') {
      r += "\\textless{}";
    } else if (c == '>') {
      r += "\\textgreater{}";
    } else if (c == '|') {
      r += "\\textbar{}";
    } else {
      r += c;
    }
  }
  return r;
}

/// Bars and line breaks inside of a table's cell; a bar in a formula becomes a command, because a backslash there means
/// a norm.
std::string in_cell(std::string text, const char* bar) {
  std::string r;
  for (const char c : text) {
    if (c == '|')
      r += bar;
    else
      r += c == '\n' ? ' ' : c;
  }
  return r;
}

/// Only what could become markup is escaped, so that the text stays readable as it is: no underscore inside of a word,
/// no lone "<".
std::string markdown_plain(const std::string& text) {
  const auto word = [&](std::size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '_');
  };
  std::string r;
  bool code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`') code = !code;
    const bool underscore = c == '_' && !(i > 0 && word(i - 1) && word(i + 1));
    const bool tag =
        c == '<' && i + 1 < text.size() &&
        (std::isalpha(static_cast<unsigned char>(text[i + 1])) || text[i + 1] == '/' || text[i + 1] == '!');
    if (!code && (c == '*' || underscore || tag)) r += '\\';
    r += c;
  }
  return r;
}

}  // namespace

std::string markdown_text(const std::string& text, bool in_table) {
  std::string r;
  split_formulas(
      text,
      [&](const std::string& part) { r += in_table ? in_cell(markdown_plain(part), "\\|") : markdown_plain(part); },
      [&](const std::string& formula) {
        if (!in_table) {
          r += formula;
          return;
        }
        // "\|" is a norm, "|" a bar; neither may reach a table as a bar.
        std::string safe;
        for (std::size_t i = 0; i < formula.size(); ++i) {
          if (formula[i] == '\\' && i + 1 < formula.size() && formula[i + 1] == '|') {
            safe += "\\Vert ";
            ++i;
          } else {
            safe += formula[i];
          }
        }
        r += in_cell(safe, "\\vert ");
      });
  return r;
}

std::string latex_text(const std::string& text) {
  std::string r;
  split_formulas(
      text, [&](const std::string& part) { r += latex_plain(part); },
      [&](const std::string& formula) { r += formula; });
  return r;
}

namespace {

/// The length of the UTF-8 character that begins here, 0 where none does or XML 1.0 forbids it.
std::size_t character(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  const unsigned char second = byte(at + 1), third = byte(at + 2);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool noncharacter = first == 0xEF && second == 0xBF && third >= 0xBE;
  const bool beyond = first == 0xF4 && second >= 0x90;
  return length > 1 && (overlong || surrogate || noncharacter || beyond) ? 0 : length;
}

}  // namespace

std::string xml_text(const std::string& text) {
  std::string r;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character(text, i);
    const char c = text[i];
    if (length == 0)
      r += '?';
    else if (length > 1)
      r += text.substr(i, length);
    else if (c == '&')
      r += "&amp;";
    else if (c == '<')
      r += "&lt;";
    else if (c == '>')
      r += "&gt;";
    else if (c == '"')
      r += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      r += c;
    i += length == 0 ? 1 : length;
  }
  return r;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace asyncert::reports
