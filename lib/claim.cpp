#include "lib/claim.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <limits>

#include "lib/errors.hpp"
#include "lib/instance_text.hpp"

namespace asyncert {

const char* to_string(Relation relation) {
  switch (relation) {
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::equal:
      return "==";
    case Relation::not_equal:
      return "!=";
  }
  return "?";
}

namespace {
constexpr std::pair<Verdict, const char*> verdict_names[] = {
    {Verdict::proved, "proved"},   {Verdict::supported, "supported"},
    {Verdict::refuted, "refuted"}, {Verdict::inconclusive, "inconclusive"},
    {Verdict::vacuous, "vacuous"}, {Verdict::not_testable, "not-testable"},
    {Verdict::error, "error"}};

const char* to_string(Coverage coverage) {
  switch (coverage) {
    case Coverage::domain:
      return "domain";
    case Coverage::instance:
      return "instance";
    case Coverage::sample:
      return "sample";
  }
  return "?";
}
}  // namespace

const char* to_string(Verdict verdict) {
  for (const auto& [v, name] : verdict_names)
    if (v == verdict) return name;
  return "error";
}

Verdict verdict_from_string(const std::string& text) {
  for (const auto& [v, name] : verdict_names)
    if (text == name) return v;
  throw ParseError("'" + text + "' is no verdict");
}

const char* to_string(Effort effort) {
  switch (effort) {
    case Effort::quick:
      return "quick";
    case Effort::standard:
      return "standard";
    case Effort::deep:
      return "deep";
  }
  return "?";
}

Effort effort_from_string(const std::string& text) {
  for (const Effort e : {Effort::quick, Effort::standard, Effort::deep})
    if (text == to_string(e)) return e;
  throw ParseError("'" + text + "' is no effort");
}

Measure Measure::confidence(double lower, double upper, double alpha, Rigor rigor) {
  if (!(lower <= upper))
    throw DomainError("confidence interval", shortest(lower) + ".." + shortest(upper), "lower <= upper");
  if (!(alpha > 0 && alpha < 1)) throw DomainError("alpha", alpha, "0 < alpha < 1");
  Measure m(Ball::hull(Ball::from_double(lower), Ball::from_double(upper)));
  m.rigor = rigor;
  m.error_probability = alpha;
  return m;
}

namespace {

Ternary holds(const Comparison& c) {
  if (c.left.exact && c.right.exact) {
    const Rational &a = *c.left.exact, &b = *c.right.exact;
    const bool yes = c.relation == Relation::less         ? a < b
                     : c.relation == Relation::less_equal ? a <= b
                     : c.relation == Relation::equal      ? a == b
                                                          : !(a == b);
    return yes ? Ternary::yes : Ternary::no;
  }
  const Ball &a = c.left.value, &b = c.right.value;
  switch (c.relation) {
    case Relation::less:
      return compare_less(a, b);
    case Relation::less_equal:
      return compare_less_equal(a, b);
    // Enclosures can refute an equality or prove an inequality, never the reverse, unless both are points.
    case Relation::equal: {
      if (a.is_finite() && b.is_finite() && !a.overlaps(b)) return Ternary::no;
      return a.is_exact() && b.is_exact() && a.overlaps(b) ? Ternary::yes : Ternary::unknown;
    }
    case Relation::not_equal: {
      if (a.is_finite() && b.is_finite() && !a.overlaps(b)) return Ternary::yes;
      return a.is_exact() && b.is_exact() && a.overlaps(b) ? Ternary::no : Ternary::unknown;
    }
  }
  return Ternary::unknown;
}

std::string describe(const Comparison& c) {
  const auto text = [](const Measure& m) { return m.exact ? m.exact->to_decimal(10) : m.value.to_string(10); };
  return c.label + ": " + text(c.left) + " " + to_string(c.relation) + " " + text(c.right);
}

std::optional<double> slack_of(const Comparison& c) {
  if (c.relation != Relation::less && c.relation != Relation::less_equal) return std::nullopt;
  const double left = c.left.value.upper(), right = c.right.value.lower();
  if (!(left > 0) || !(right > 0) || !std::isfinite(left) || !std::isfinite(right)) return std::nullopt;
  return right / left - 1;
}

Rigor rigor_of(const Comparison& c) { return std::max(c.left.rigor, c.right.rigor); }

/// Whether `c` rather than `other` decides among comparisons of one kind: the one with the stronger rigor where both
/// fail, the one with the smaller slack, the one whose text comes first.
bool tells_more(const Comparison& c, const Comparison& other) {
  const bool both_fail = holds(c) == Ternary::no && holds(other) == Ternary::no;
  if (both_fail && rigor_of(c) != rigor_of(other)) return rigor_of(c) < rigor_of(other);
  const double infinity = std::numeric_limits<double>::infinity();
  const double slack = slack_of(c).value_or(infinity), best = slack_of(other).value_or(infinity);
  return slack != best ? slack < best : describe(c) < describe(other);
}

}  // namespace

Judgement judge(const Evidence& evidence) {
  Judgement j;
  j.coverage = evidence.coverage;
  if (evidence.not_testable) {
    j.verdict = Verdict::not_testable;
    j.reason = *evidence.not_testable;
    return j;
  }
  for (const Hypothesis& h : evidence.hypotheses) {
    if (!h.realised) {
      j.verdict = Verdict::vacuous;
      j.reason = "the hypothesis was not realised: " + h.statement + (h.detail.empty() ? "" : " (" + h.detail + ")");
      return j;
    }
  }
  // Which of several comparisons decides depends on what they say, never on their order.
  std::optional<std::size_t> failing, undecided;
  for (std::size_t i = 0; i < evidence.comparisons.size(); ++i) {
    const Comparison& c = evidence.comparisons[i];
    const Ternary answer = holds(c);
    std::optional<std::size_t>* chosen = nullptr;
    if (answer == Ternary::no && rigor_of(c) != Rigor::floating)
      chosen = &failing;
    else if (answer != Ternary::yes)
      chosen = &undecided;
    else if (slack_of(c))
      chosen = &j.deciding;
    if (chosen && (!*chosen || tells_more(c, evidence.comparisons[**chosen]))) *chosen = i;
    j.rigor = std::max(j.rigor, rigor_of(c));
  }
  if (failing) {
    const Comparison& c = evidence.comparisons[*failing];
    j.verdict = Verdict::refuted;
    j.rigor = rigor_of(c);
    j.deciding = failing;
    j.slack = slack_of(c);
    j.reason = "fails: " + describe(c);
    return j;
  }
  if (j.deciding) j.slack = slack_of(evidence.comparisons[*j.deciding]);
  if (undecided) {
    const Comparison& c = evidence.comparisons[*undecided];
    j.verdict = Verdict::inconclusive;
    j.deciding = undecided;
    j.reason =
        (holds(c) == Ternary::no ? "fails in floating point, which refutes nothing: " : "undecided: ") + describe(c);
    return j;
  }
  if (evidence.undecided_boxes > 0) {
    j.verdict = Verdict::inconclusive;
    j.reason =
        std::to_string(evidence.undecided_boxes) + " of " + std::to_string(evidence.boxes) + " boxes are undecided";
    return j;
  }
  if (evidence.comparisons.empty() && evidence.boxes == 0) {
    j.verdict = Verdict::error;
    j.reason = "nothing was compared";
    return j;
  }
  if (evidence.trivially_true) {
    j.verdict = Verdict::vacuous;
    j.reason = "the bound is trivially true here";
    return j;
  }
  if (evidence.comparisons.empty()) j.rigor = Rigor::enclosed;
  const bool certain = j.rigor == Rigor::exact || j.rigor == Rigor::enclosed;
  if (certain && evidence.coverage != Coverage::sample) {
    j.verdict = Verdict::proved;
    j.reason =
        evidence.coverage == Coverage::domain ? "holds over the whole stated domain" : "holds for the stated instance";
  } else {
    j.verdict = Verdict::supported;
    j.reason = certain ? "no counterexample among the points searched" : "holds at the stated error probability";
  }
  return j;
}

LedgerEntry examine(const Claim& claim, const Context& context) {
  LedgerEntry entry;
  entry.claim = &claim;
  const auto start = std::chrono::steady_clock::now();
  const PrecisionScope precision(256);
  try {
    entry.evidence = claim.procedure(context);
    entry.judgement = judge(entry.evidence);
  } catch (const Undecided& e) {
    entry.judgement.verdict = Verdict::inconclusive;
    entry.judgement.reason = e.what();
  } catch (const std::exception& e) {
    entry.judgement.verdict = Verdict::error;
    entry.judgement.reason = std::string("the check itself failed: ") + e.what();
  }
  entry.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return entry;
}

namespace {

Object measure_object(const Measure& m, int digits) {
  Object o;
  if (m.exact) {
    o.add("value", m.exact->to_decimal(digits));
    if (!m.exact->is_integer()) o.add("fraction", Fraction{*m.exact});
  } else {
    o.add("lower", m.value.lower()).add("upper", m.value.upper());
    o.add("text", m.value.to_string(digits));
  }
  o.add("rigor", to_string(m.rigor));
  if (m.error_probability > 0) o.add("error_probability", m.error_probability);
  return o;
}

}  // namespace

Object to_object(const LedgerEntry& entry, int digits) {
  const Claim& claim = *entry.claim;
  const Evidence& e = entry.evidence;
  const Judgement& j = entry.judgement;
  Object o;
  o.add("id", claim.id).add("paper", claim.paper()).add("source", claim.source).add("statement", claim.statement);
  o.add("verdict", to_string(j.verdict)).add("expected", to_string(claim.expected));
  o.add("as_expected", entry.as_expected()).add("canary", claim.canary).add("revision", claim.revision);
  o.add("reason", j.reason).add("coverage", to_string(j.coverage)).add("rigor", to_string(j.rigor));
  if (j.slack) o.add("slack", *j.slack);
  if (!e.method.empty()) o.add("method", e.method);
  if (!claim.note.empty()) o.add("note", claim.note);
  if (!claim.instead.empty()) o.add("instead", claim.instead);
  if (!claim.no_correction.empty()) o.add("no_correction", claim.no_correction);
  if (claim.bound) o.add("bound", true);
  if (!claim.uses.empty()) o.add("uses", Value(claim.uses));
  if (!e.hypotheses.empty()) {
    List list;
    for (const auto& h : e.hypotheses)
      list.push_back(Object().add("statement", h.statement).add("realised", h.realised).add("detail", h.detail));
    o.add("hypotheses", std::move(list));
  }
  // A certificate can consist of thousands of comparisons: the report keeps the deciding one and the first few.
  constexpr std::size_t shown = 12;
  List comparisons;
  for (std::size_t i = 0; i < e.comparisons.size(); ++i) {
    const bool deciding = j.deciding && *j.deciding == i;
    if (i >= shown && !deciding) continue;
    const Comparison& c = e.comparisons[i];
    Object item;
    item.add("label", c.label).add("left", measure_object(c.left, digits)).add("relation", to_string(c.relation));
    item.add("right", measure_object(c.right, digits)).add("deciding", deciding);
    if (!c.instance.members().empty()) item.add("instance", instance_text(c.instance, digits));
    comparisons.push_back(std::move(item));
  }
  o.add("comparisons", std::move(comparisons))
      .add("comparison_count", Rational(static_cast<long>(e.comparisons.size())));
  if (e.boxes > 0) o.add("boxes", Rational(e.boxes)).add("undecided_boxes", Rational(e.undecided_boxes));
  if (e.smallest_detectable_violation) o.add("smallest_detectable_violation", *e.smallest_detectable_violation);
  if (e.seed) o.add("seed", std::to_string(*e.seed));
  if (!e.data.members().empty()) o.add("data", rendered(e.data, digits));
  o.add("seconds", entry.seconds);
  return o;
}

}  // namespace asyncert
