// The HTML report: one file that carries the results, its own script and style, and the libraries for formulas and
// plots.
#include <cstdio>
#include <cstdlib>

#include "lib/json.hpp"
#include "reports/assets.hpp"
#include "reports/ledger.hpp"
#include "reports/report.hpp"

namespace asyncert::reports {

namespace {

constexpr std::size_t shown_comparisons = 6;

/// Figures are drawn some hundred pixels wide: seven digits are plenty, and a third of the size.
Value shortened(const Value& value) {
  if (const auto* x = value.get<double>()) {
    char text[32];
    std::snprintf(text, sizeof text, "%.7g", *x);
    return std::strtod(text, nullptr);
  }
  if (const auto* list = value.get<List>()) {
    List r;
    for (const Value& v : *list) r.push_back(shortened(v));
    return r;
  }
  if (const auto* object = value.get<Object>()) {
    Object r;
    for (const auto& [name, v] : object->members()) r.add(name, shortened(v));
    return r;
  }
  return value;
}

/// An entry with the deciding comparison and the first few others.
Object condensed(const Object& entry) {
  Object r;
  for (const auto& [name, v] : entry.members()) {
    const auto* list = name == "comparisons" ? v.get<List>() : nullptr;
    if (!list) {
      r.add(name, v);
      continue;
    }
    List kept;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto* comparison = (*list)[i].get<Object>();
      if (i < shown_comparisons || (comparison && text_of(*comparison, "deciding") == "true"))
        kept.push_back((*list)[i]);
    }
    r.add(name, std::move(kept));
  }
  return r;
}

std::string page_data(const Object& document) {
  Object r;
  for (const auto& [name, v] : document.members()) {
    if (name == "figures") {
      r.add(name, shortened(v));
    } else if (const auto* list = name == "entries" ? v.get<List>() : nullptr) {
      List entries;
      for (const Value& e : *list) entries.emplace_back(condensed(*e.get<Object>()));
      r.add(name, std::move(entries));
    } else {
      r.add(name, v);
    }
  }
  // No "<" reaches the page, so that no text of the results can end the element that holds them.
  std::string safe;
  for (const char c : to_json(r, -1)) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

/// The template with each @name@ line part replaced by `value(name)`.
template <class F>
std::string filled(std::string_view page, F&& value) {
  std::string r;
  while (!page.empty()) {
    const auto from = page.find('@');
    const auto to = from == page.npos ? page.npos : page.find('@', from + 1);
    if (to == page.npos) break;
    r += page.substr(0, from);
    r += value(std::string(page.substr(from + 1, to - from - 1)));
    page.remove_prefix(to + 1);
  }
  return r += page;
}

struct Page {
  const char *title, *body;  ///< what stands in the browser's title; the file with header and sections
  std::initializer_list<const char*> scripts;  ///< files, in their order
};

std::string page(const Page& content, const Object& data) {
  return filled(asset("frame.html"), [&](const std::string& name) -> std::string {
    if (name == "title") return content.title;
    if (name == "body") return std::string(asset(content.body));
    if (name == "results") return page_data(data);
    if (name != "page.js") return std::string(asset(name));
    std::string script;
    for (const char* part : content.scripts) script += asset(part);
    return script;
  });
}

}  // namespace

std::string to_html(const Ledger& ledger) {
  return page({.title = "asyncert: what was checked, what holds, what does not",
               .body = "page.html",
               .scripts = {"dom.js", "summary.js", "claims.js", "figures.js", "main.js"}},
              *ledger.document);
}

}  // namespace asyncert::reports

std::string asyncert::render_figure_page(const Object& gallery) {
  return reports::page(
      {.title = "asyncert: figures", .body = "gallery.html", .scripts = {"dom.js", "figures.js", "gallery.js"}},
      gallery);
}
