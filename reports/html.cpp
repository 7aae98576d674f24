// One self-contained HTML page: summary, ledger with filters, every claim folded out on demand. No network, no library.
#include "reports/ledger.hpp"

namespace asyncert::reports {

namespace {

std::string escaped(const std::string& text) {
  std::string r;
  for (char c : text) {
    switch (c) {
      case '&': r += "&amp;"; break;
      case '<': r += "&lt;"; break;
      case '>': r += "&gt;"; break;
      case '"': r += "&quot;"; break;
      default: r += c;
    }
  }
  return r;
}

constexpr const char* style = R"css(
:root{color-scheme:light dark;--line:#8886;--soft:#8882}
body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:0 auto;padding:1rem}
h1{margin:.2em 0}table{border-collapse:collapse}th,td{padding:.3em .7em;border-bottom:1px solid var(--line);text-align:right}
th:first-child,td:first-child{text-align:left}.wide{overflow-x:auto}
.filters{position:sticky;top:0;background:Canvas;padding:.6em 0;display:flex;flex-wrap:wrap;gap:.6em;z-index:1}
.filters label{display:flex;gap:.3em;align-items:center}input,select{font:inherit;padding:.2em .4em}
details{border-bottom:1px solid var(--line);padding:.35em 0}summary{cursor:pointer;display:flex;flex-wrap:wrap;gap:.2em .8em;align-items:baseline}
summary:focus-visible{outline:2px solid Highlight}code{overflow-wrap:anywhere}
.v{font-weight:600;border:1.5px solid;border-radius:.4em;padding:0 .45em;white-space:nowrap;min-width:6.5em;text-align:center}
.proved{border-style:solid}.supported{border-style:dashed}.refuted{background:CanvasText;color:Canvas}.inconclusive,.vacuous,.not-testable{border-style:dotted}
.error{border-width:3px}.body{padding:.4em 0 .8em 1rem;border-left:3px solid var(--soft);margin:.3em 0 0 .3em}
.body dt{font-weight:600}.body dd{margin:0 0 .4em 0;overflow-wrap:anywhere}.differs{border-left:.4em solid;padding-left:.6em}
.bar{display:flex;height:1.1em;min-width:12em;border:1px solid var(--line)}.bar span{display:block;height:100%}
@media print{.filters{display:none}details{break-inside:avoid}}
)css";

constexpr const char* script = R"js(
const $=s=>document.querySelector(s),claims=[...document.querySelectorAll('details.claim')];
function apply(){const p=$('#paper').value,v=$('#verdict').value,t=$('#text').value.toLowerCase(),c=$('#canaries').checked;let n=0;
for(const d of claims){const ok=(!p||d.dataset.paper===p)&&(!v||d.dataset.verdict===v)&&(c||d.dataset.canary==='false')&&(!t||d.textContent.toLowerCase().includes(t));d.hidden=!ok;n+=ok}
$('#shown').textContent=n+' of '+claims.length+' claims shown'}
for(const id of ['paper','verdict','text','canaries'])$('#'+id).addEventListener('input',apply);
if(location.hash){const d=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(d){d.open=true;d.scrollIntoView()}}
apply();
)js";

/// Balls and fractions side by side: what a comparison's side is, in one line.
std::string side(const Value* v) {
  const auto* o = v ? v->get<Object>() : nullptr;
  if (!o) return "";
  std::string r = text_of(*o, o->find("value") ? "value" : "text");
  if (o->find("fraction")) r += " = " + text_of(*o, "fraction");
  r += " (" + text_of(*o, "rigor") + (o->find("error_probability") ? ", error probability " + text_of(*o, "error_probability") : "") + ")";
  return r;
}

std::string item(const std::string& term, const std::string& text) {
  return text.empty() ? "" : "<dt>" + term + "</dt><dd>" + escaped(text) + "</dd>\n";
}

std::string details(const Row& row) {
  std::string r = "<details class=\"claim" + std::string(row.as_expected ? "" : " differs") + "\" id=\"" + escaped(row.id) +
                  "\" data-paper=\"" + escaped(row.paper) + "\" data-verdict=\"" + escaped(row.verdict) + "\" data-canary=\"" +
                  (row.canary ? "true" : "false") + "\"><summary><span class=\"v " + escaped(row.verdict) + "\">" + escaped(row.verdict) +
                  "</span><code>" + escaped(row.id) + "</code><span>" + escaped(row.source) + "</span>" +
                  (row.canary ? "<em>canary</em>" : "") + "</summary>\n<div class=\"body\"><dl>\n";
  r += item("Statement", row.statement) + item("Verdict", row.verdict + " (expected " + row.expected + "; " + row.rigor + ", " + row.coverage + "): " + row.reason);
  r += item("Note", row.note) + item("Method", row.method) + item("Slack (right/left - 1)", row.slack);
  if (const Value* list = row.entry->find("comparisons"); list && list->get<List>()) {
    for (const Value& v : *list->get<List>()) {
      const auto* c = v.get<Object>();
      if (!c) continue;
      r += "<dt>" + escaped(text_of(*c, "label")) + (text_of(*c, "deciding") == "true" ? " (deciding)" : "") + "</dt><dd>" +
           escaped(side(c->find("left"))) + " <strong>" + escaped(text_of(*c, "relation")) + "</strong> " +
           escaped(side(c->find("right"))) + (c->find("instance") ? "<br>at " + escaped(text_of(*c, "instance")) : "") + "</dd>\n";
    }
  }
  if (const Value* list = row.entry->find("hypotheses"); list && list->get<List>())
    for (const Value& v : *list->get<List>())
      if (const auto* h = v.get<Object>())
        r += item("Hypothesis", text_of(*h, "statement") + (text_of(*h, "realised") == "true" ? " (realised)" : " (not realised)") + " " + text_of(*h, "detail"));
  if (row.entry->find("boxes")) r += item("Boxes", text_of(*row.entry, "boxes") + ", undecided " + text_of(*row.entry, "undecided_boxes"));
  r += item("Seed", text_of(*row.entry, "seed")) + item("Data", text_of(*row.entry, "data")) + item("Seconds", row.seconds);
  r += "<dt>Repeat</dt><dd><code>asyncert verify '" + escaped(row.id) + "' --show</code></dd>\n</dl></div></details>\n";
  return r;
}

}  // namespace

std::string to_html(const Ledger& ledger) {
  std::string r =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>asyncert: the ledger</title><style>" + std::string(style) + "</style></head><body>\n<h1>The ledger</h1>\n";
  long total = 0;
  std::map<std::string, long> sum;
  for (const auto& [paper, by_verdict] : ledger.counts)
    for (const auto& [verdict, n] : by_verdict) {
      total += n;
      sum[verdict] += n;
    }
  r += "<p>" + std::to_string(total) + " claims of " + std::to_string(ledger.counts.size()) + " papers were examined: " +
       std::to_string(sum["proved"]) + " are proved (exactly or by certified enclosures), " + std::to_string(sum["supported"]) +
       " are supported by measurement or search, " + std::to_string(sum["refuted"]) +
       " are refuted by a counterexample that is shown. " + std::to_string(ledger.differing) +
       " verdicts differ from the expected ones. Of " + std::to_string(ledger.canaries) + " planted falsehoods " +
       std::to_string(ledger.canaries_caught) + " were caught.</p>\n<div class=\"wide\"><table><thead><tr><th>paper</th>";
  for (const auto& v : verdict_order) r += "<th>" + v + "</th>";
  r += "</tr></thead><tbody>\n";
  for (const auto& [paper, by_verdict] : ledger.counts) {
    r += "<tr><td>" + escaped(paper) + "</td>";
    for (const auto& v : verdict_order) {
      const auto found = by_verdict.find(v);
      r += "<td>" + std::to_string(found == by_verdict.end() ? 0 : found->second) + "</td>";
    }
    r += "</tr>\n";
  }
  r += "</tbody></table></div>\n<h2>Claims</h2>\n<div class=\"filters\"><label>paper <select id=\"paper\"><option value=\"\">all</option>";
  for (const auto& [paper, unused] : ledger.counts) r += "<option>" + escaped(paper) + "</option>";
  r += "</select></label><label>verdict <select id=\"verdict\"><option value=\"\">all</option>";
  for (const auto& v : verdict_order) r += "<option>" + v + "</option>";
  r += "</select></label><label>text <input id=\"text\" type=\"search\"></label><label><input id=\"canaries\" type=\"checkbox\"> canaries</label>"
       "<span id=\"shown\" role=\"status\"></span></div>\n";
  for (const Row& row : ledger.rows) r += details(row);
  if (const Value* environment = ledger.document->find("environment")) r += "<h2>Environment</h2><p>" + escaped(to_text(*environment, 17)) + "</p>\n";
  return r + "<script>" + std::string(script) + "</script>\n</body></html>\n";
}

}  // namespace asyncert::reports
