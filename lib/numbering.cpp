#include "lib/numbering.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace asyncert {

namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// The kinds of numbered items, by the words for them.
const std::map<std::string, std::string>& kinds() {
  static const std::map<std::string, std::string> words = [] {
    std::map<std::string, std::string> m;
    for (const char* kind :
         {"theorem", "lemma", "proposition", "definition", "assumption", "remark", "algorithm", "figure", "table",
          "section", "equation", "part", "row", "item", "step", "condition", "regime", "case"}) {
      m[kind] = kind;
      m[std::string(kind) + "s"] = kind;
    }
    for (const auto& [word, kind] : {std::pair{"corollary", "corollary"},
                                     {"corollaries", "corollary"},
                                     {"thm", "theorem"},
                                     {"prop", "proposition"},
                                     {"cor", "corollary"},
                                     {"def", "definition"},
                                     {"alg", "algorithm"},
                                     {"fig", "figure"},
                                     {"figs", "figure"},
                                     {"sec", "section"},
                                     {"eq", "equation"},
                                     {"eqs", "equation"}})
      m[word] = kind;
    return m;
  }();
  return words;
}

/// Reads a source from left to right.
class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {
    std::transform(text_.begin(), text_.end(), text_.begin(), [](unsigned char c) { return std::tolower(c); });
  }

  void read() {
    while (at_ < text_.size()) {
      if (is_letter(text_[at_]))
        word();
      else if (is_digit(text_[at_]))
        bare_number();
      else if (text_[at_] == '(' && !(at_ > 0 && (is_letter(text_[at_ - 1]) || is_digit(text_[at_ - 1]))))
        in_parentheses("equation");
      else
        ++at_;
    }
  }

  std::set<std::string> items, words;

 private:
  void add(const std::string& kind, const std::string& number) {
    items.insert(kind + " " + number);
    if (kind != "section") return;
    for (std::size_t dot = number.rfind('.'); dot != std::string::npos && dot > 0; dot = number.rfind('.', dot - 1))
      items.insert(kind + " " + number.substr(0, dot));
  }

  /// All members of a range, whose last parts count up: 6..9, 3.1..3.4, a..c.
  void add_range(const std::string& kind, const std::string& from, const std::string& to) {
    add(kind, to);
    const std::size_t dot = from.rfind('.');
    const std::string stem = dot == std::string::npos ? "" : from.substr(0, dot + 1);
    if (to.compare(0, stem.size(), stem) != 0) return;
    const std::string first = from.substr(stem.size()), last = to.substr(stem.size());
    if (is_letter(first[0]) && is_letter(last[0])) {
      for (char c = first[0]; c < last[0]; ++c) add(kind, std::string(1, c));
    } else if (is_digit(first[0]) && is_digit(last[0]) && first.size() <= 4 && last.size() <= 4 &&
               last.find('.') == std::string::npos) {
      for (int n = std::stoi(first); n < std::stoi(last); ++n) add(kind, stem + std::to_string(n));
    }
  }

  /// "12", "3.4", "4.2.15"; a full stop that ends a sentence is not taken.
  std::string number() {
    const std::size_t from = at_;
    while (at_ < text_.size() &&
           (is_digit(text_[at_]) || (text_[at_] == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))))
      ++at_;
    return text_.substr(from, at_ - from);
  }

  /// Steps over the text if it comes next.
  bool skip(const std::string& next) {
    if (text_.compare(at_, next.size(), next) != 0) return false;
    at_ += next.size();
    return true;
  }

  bool digit_here() const { return at_ < text_.size() && is_digit(text_[at_]); }

  void word() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    const std::string name = text_.substr(from, at_ - from);
    const auto kind = kinds().find(name);
    const std::size_t after = at_;
    if (kind != kinds().end()) {
      skip(".");
      while (skip(" ")) {
      }
      if (digit_here()) return numbers(kind->second);
      if (at_ < text_.size() && text_[at_] == '(' && in_parentheses(kind->second)) return;
    }
    at_ = after;
    words.insert(name);
  }

  /// What follows the word for a kind: "5", "5 and 7", "5, 6 and 7", "5-7"; then a part, "12 (3)" or "1(a)".
  void numbers(const std::string& kind) {
    std::string last = number();
    add(kind, last);
    bool listed = false;
    for (std::size_t before = at_; !listed; before = at_) {
      const bool range = skip("-") || skip(" to ");
      listed = !range && (skip(" and ") || skip(" or "));
      const bool comma = !range && !listed && skip(", ");
      // After a comma only a list goes on that ends in "and": "Tables 2 and 3, 4.4" ends at 3.
      if ((!range && !listed && !comma) || !digit_here() || (comma && !more_of_a_list())) {
        at_ = before;
        break;
      }
      const std::string next = number();
      range ? add_range(kind, last, next) : add(kind, next);
      last = next;
    }
    const std::size_t before = at_;
    skip(" ");
    if (at_ >= text_.size() || text_[at_] != '(' || !in_parentheses("part")) at_ = before;
  }

  bool more_of_a_list() const {
    std::size_t i = at_;
    while (i < text_.size() && (is_digit(text_[i]) || text_[i] == '.' || text_[i] == ',' || text_[i] == ' ')) ++i;
    return text_.compare(i, 4, "and ") == 0 || text_.compare(i, 3, "or ") == 0;
  }

  /// "(28)", "(4.5)", "(a)" and ranges "(6)-(9)"; anything else in parentheses is text, and the reader goes on inside.
  bool in_parentheses(const std::string& kind) {
    const std::string first = one_in_parentheses();
    if (first.empty()) {
      ++at_;
      return false;
    }
    add(kind, first);
    const std::size_t before = at_;
    if (skip("-")) {
      const std::string last = one_in_parentheses();
      if (last.empty())
        at_ = before;
      else
        add_range(kind, first, last);
    }
    return true;
  }

  std::string one_in_parentheses() {
    const std::size_t before = at_;
    if (!skip("(")) return "";
    std::string inside = number();
    if (inside.empty() && at_ < text_.size() && is_letter(text_[at_])) inside = text_.substr(at_++, 1);
    if (!inside.empty() && skip(")")) return inside;
    at_ = before;
    return "";
  }

  /// "4.2.15" alone is a section; other numbers are words.
  void bare_number() {
    const std::string n = number();
    if (n.find('.') != std::string::npos)
      add("section", n);
    else
      words.insert(n);
  }

  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

Numbering read_numbering(const std::string& source) {
  Reader reader(source);
  reader.read();
  return {std::move(reader.items), std::move(reader.words)};
}

}  // namespace asyncert
