// Claims, the evidence for them, and the judge that turns evidence into a verdict.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/registry.hpp"
#include "lib/value.hpp"

namespace asyncert {

/// What a comparison asserts about its two sides.
enum class Relation { less, less_equal, equal, not_equal };
const char* to_string(Relation relation);

/// One number that a comparison is about: exact, enclosed, or a confidence interval.
///
/// A confidence interval holds with probability at least 1 - error_probability; exact and enclosed numbers have
/// error_probability 0.
struct Measure {
  Ball value;                     ///< encloses the number, or is the confidence interval
  std::optional<Rational> exact;  ///< set when rigor is exact; then it decides
  Rigor rigor = Rigor::enclosed;
  double error_probability = 0;

  Measure(const Rational& x) : value(x), exact(x), rigor(Rigor::exact) {}  // NOLINT
  Measure(const Ball& x) : value(x) {}                                     // NOLINT
  template <Integer I>
  Measure(I x) : Measure(Rational(x)) {}  // NOLINT
  /// The interval [lower, upper] that covers with probability >= 1 - alpha.
  static Measure confidence(double lower, double upper, double alpha, Rigor rigor = Rigor::finite_sample);
};

/// left RELATION right, at one instance or for one certificate.
struct Comparison {
  std::string label;  ///< what the two sides are, e.g. "E|x1|^2 <= (L/2) rho^0 |x0|^2"
  Measure left;
  Relation relation = Relation::less_equal;
  Measure right;
  Object instance = {};  ///< the parameters at which it was made; for a refutation this is the counterexample
};

/// A predicate that the run or the parameters had to satisfy, and whether they did.
struct Hypothesis {
  std::string statement;
  bool realised = true;
  std::string detail = {};
};

/// How far the comparisons reach.
enum class Coverage {
  domain,    ///< together they settle the whole stated domain (subdivision, identity by degree counting, algebra)
  instance,  ///< the statement is about these instances only
  sample,    ///< instances of a larger domain: a search that found no counterexample can only support
};

/// What a claim's procedure hands to the judge. It never contains a verdict.
struct Evidence {
  std::vector<Comparison> comparisons;
  std::vector<Hypothesis> hypotheses;
  Coverage coverage = Coverage::instance;
  std::string method;                       ///< one sentence: how this was obtained, and how a search was done
  long boxes = 0;                           ///< boxes examined by a subdivision
  long undecided_boxes = 0;                 ///< boxes left undecided: the domain is then not settled
  bool trivially_true = false;              ///< the bound says nothing at these parameters
  std::optional<std::string> not_testable;  ///< the reason
  std::optional<double> smallest_detectable_violation;  ///< absolute; see `detection_probability`
  std::optional<std::uint64_t> seed;
  Object data = {};  ///< anything worth keeping: derived numbers, delays as realised, figures
};

enum class Verdict { proved, supported, refuted, inconclusive, vacuous, not_testable, error };
const char* to_string(Verdict verdict);
/// The reverse; throws `ParseError`.
Verdict verdict_from_string(const std::string& text);

/// A verdict with its reason in one sentence and the comparison that decided it.
struct Judgement {
  Verdict verdict = Verdict::error;
  Coverage coverage = Coverage::instance;
  Rigor rigor = Rigor::exact;
  std::string reason;
  std::optional<std::size_t> deciding;  ///< index into Evidence::comparisons
  std::optional<double> slack;          ///< right/left - 1 of the tightest positive comparison, where both are positive
};

/// The only place where verdicts come from. In this order: a reason not to test; a hypothesis not realised (vacuous); a
/// comparison that certainly fails (refuted); an undecided comparison or box (inconclusive); a trivially true bound
/// (vacuous); exact or enclosed over the domain or for the stated instance (proved); everything else supported. No
/// comparison at all is an error: nothing was measured. The order of the comparisons does not matter: of several that
/// fail, the one with the strongest rigor decides and then the largest violation; of those that hold, the tightest.
/// Cost: linear in the number of comparisons.
Judgement judge(const Evidence& evidence);

enum class Effort { quick, standard, deep };
const char* to_string(Effort effort);
/// The reverse; throws `ParseError`.
Effort effort_from_string(const std::string& text);

/// What a procedure may use: effort, seed, and the probability with which it may raise a false alarm.
struct Context {
  Effort effort = Effort::quick;
  std::uint64_t seed = 20240229;
  /// For the whole claim; split it over its own comparisons. It does not depend on what else runs, so that a claim run
  /// alone has the evidence, and the verdict, that it has in a run of all; a thousand claims together raise a false
  /// alarm with probability at most 1e-6.
  double false_alarm = 1e-9;
};

/// A statement of a paper (or of its correction), with the procedure that produces evidence for or against it.
struct Claim {
  std::string id;                      ///< "apsgd.lemma6.printed"; stable
  std::string source;                  ///< "Lemma 6, (28)"
  std::string statement;               ///< one line, with LaTeX between dollar signs
  Verdict expected = Verdict::proved;  ///< what the ledger's baseline says; a printed error is expected refuted
  std::function<Evidence(const Context&)> procedure;
  std::vector<std::string> uses = {};  ///< ids of claims that it relies on
  std::string note = {};               ///< for people: what is wrong with the printed form, how it was derived
  std::string instead = {};            ///< of a refuted form: the id of the claim that holds in its place
  std::string no_correction = {};      ///< of a refuted form without such a claim: why there is none, in a sentence
  bool bound = false;   ///< a bound of the paper or its correction, whose slack says how loose the theorem is
  bool canary = false;  ///< a planted falsehood: it must be refuted (or vacuous/inconclusive as `expected` says)
  int revision = 1;

  std::string paper() const { return id.substr(0, id.find('.')); }
};

using ClaimRegistry = Registry<Claim, &Claim::id>;

/// One line of the ledger: a claim, what its procedure found, and the judgement.
struct LedgerEntry {
  const Claim* claim = nullptr;
  Evidence evidence;
  Judgement judgement;
  double seconds = 0;
  bool as_expected() const { return judgement.verdict == claim->expected; }
};

/// Runs one claim. An exception becomes the verdict `error` with its message; `Undecided` becomes `inconclusive`.
LedgerEntry examine(const Claim& claim, const Context& context);

/// The entry as a tree for results.json.
Object to_object(const LedgerEntry& entry, int digits = 17);

}  // namespace asyncert
