#include "reports/evidence_text.hpp"

#include <iomanip>
#include <ostream>
#include <sstream>

#include "lib/instance_text.hpp"
#include "lib/text.hpp"
#include "reports/ledger.hpp"

namespace asyncert {

namespace {

constexpr std::size_t shown_comparisons = 8;

const char* reach(Coverage coverage) {
  switch (coverage) {
    case Coverage::domain:
      return "the comparisons settle the whole stated domain";
    case Coverage::instance:
      return "the statement is about the instances below";
    case Coverage::sample:
      return "instances of a larger domain: a search or a measurement";
  }
  return "";
}

std::string double_text(double x) {
  std::ostringstream s;
  s << std::setprecision(12) << x;
  return s.str();
}

void print_side(std::ostream& out, const char* side, const Measure& m) {
  out << "      " << side << " ";
  if (m.exact) {
    out << m.exact->to_decimal(20) << "  (exact" << (m.exact->is_integer() ? "" : ", " + m.exact->to_string()) << ")\n";
  } else if (m.error_probability > 0) {
    out << "[" << double_text(m.value.lower()) << ", " << double_text(m.value.upper()) << "]  (" << to_string(m.rigor)
        << " confidence 1 - alpha, alpha = " << double_text(m.error_probability) << ")\n";
  } else {
    out << m.value.to_string(20) << "  (" << to_string(m.rigor) << ", in [" << double_text(m.value.lower()) << ", "
        << double_text(m.value.upper()) << "])\n";
  }
}

void print_comparison(std::ostream& out, const Comparison& c, bool deciding) {
  out << "    " << (deciding ? "> " : "  ") << c.label << "  [left " << to_string(c.relation) << " right]\n";
  print_side(out, "left ", c.left);
  print_side(out, "right", c.right);
  if (!c.instance.members().empty()) out << "      at " << to_text(instance_text(c.instance, 17), 17) << "\n";
}

bool measured(const Evidence& e) {
  for (const Comparison& c : e.comparisons)
    if (c.left.error_probability > 0 || c.right.error_probability > 0) return true;
  return false;
}

void print_line(std::ostream& out, const char* name, const std::string& text) {
  if (!text.empty()) out << "    " << name << ": " << text << "\n";
}

}  // namespace

std::string evidence_text(const LedgerEntry& entry, const Claim* instead, const Context& context) {
  std::ostringstream out;
  const Claim& c = *entry.claim;
  const Evidence& e = entry.evidence;
  const Judgement& j = entry.judgement;
  out << c.id << "  " << c.source << "\n    " << c.statement << "\n    verdict: " << to_string(j.verdict)
      << " (expected " << to_string(c.expected) << "): " << j.reason << "\n";
  print_line(out, "note", c.note);
  if (instead) print_line(out, "instead", instead->id + ": " + instead->statement);
  print_line(out, "no correction", c.no_correction);
  print_line(out, "method", e.method);
  print_line(out, "rests on", join(c.uses));
  if (!e.comparisons.empty()) print_line(out, "coverage", reach(j.coverage));
  if (e.boxes > 0) out << "    boxes: " << e.boxes << ", undecided " << e.undecided_boxes << "\n";
  for (const Hypothesis& h : e.hypotheses)
    print_line(
        out, "hypothesis",
        h.statement + (h.realised ? " (realised)" : " (NOT realised)") + (h.detail.empty() ? "" : " " + h.detail));
  for (std::size_t i = 0; i < e.comparisons.size(); ++i) {
    const bool deciding = j.deciding && *j.deciding == i;
    if (i < shown_comparisons || deciding) print_comparison(out, e.comparisons[i], deciding);
  }
  if (e.comparisons.size() > shown_comparisons) out << "    " << e.comparisons.size() << " comparisons in all\n";
  if (j.slack) print_line(out, "slack", double_text(*j.slack) + " (right/left - 1 of the tightest inequality)");
  if (e.smallest_detectable_violation)
    print_line(out, "detectable violation", double_text(*e.smallest_detectable_violation));
  if (measured(e))
    print_line(
        out, "false alarm",
        "with probability at most " + double_text(context.false_alarm) + " for all comparisons of the claim together");
  if (e.seed) print_line(out, "seed", std::to_string(*e.seed));
  if (!e.data.members().empty()) print_line(out, "data", to_text(e.data, 12));
  out << "    repeat: asyncert verify '" << c.id << "' --show --effort " << to_string(context.effort) << " --seed "
      << context.seed << "\n\n";
  return out.str();
}

std::string counts_text(const std::map<std::string, std::map<std::string, long>>& counts) {
  std::ostringstream out;
  out << std::left << std::setw(10) << "paper";
  for (const std::string& v : reports::verdict_order) out << std::right << std::setw(14) << v;
  out << "\n";
  for (const auto& [paper, by_verdict] : counts) {
    out << std::left << std::setw(10) << paper;
    for (const std::string& v : reports::verdict_order) {
      const auto found = by_verdict.find(v);
      out << std::right << std::setw(14) << (found == by_verdict.end() ? 0 : found->second);
    }
    out << "\n";
  }
  return out.str();
}

}  // namespace asyncert
