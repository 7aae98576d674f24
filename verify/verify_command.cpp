#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <map>
#include <memory>
#include <ostream>
#include <thread>

#include "lib/environment.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "lib/suggestion.hpp"
#include "reports/evidence_text.hpp"
#include "verify/attachments.hpp"
#include "verify/commands.hpp"
#include "verify/examination.hpp"
#include "verify/interrupt.hpp"
#include "verify/registry.hpp"
#include "verify/selection.hpp"

namespace asyncert {

namespace {

/// What a run comes to.
struct Tally {
  std::map<std::string, std::map<std::string, long>> counts;  ///< paper -> verdict -> claims, without canaries
  long differing = 0, inconclusive = 0, canaries = 0, caught = 0;

  void add(const LedgerEntry& entry) {
    const Verdict verdict = entry.judgement.verdict;
    differing += entry.as_expected() ? 0 : 1;
    if (entry.claim->canary) {
      ++canaries;
      caught += entry.as_expected() ? 1 : 0;
    } else {
      ++counts[entry.claim->paper()][to_string(verdict)];
      inconclusive += verdict == Verdict::inconclusive ? 1 : 0;
    }
  }
};

std::vector<const Claim*> select(const ClaimRegistry& registry, const Selection& selection, bool canaries) {
  std::vector<const Claim*> chosen;
  for (const auto& [id, claim] : registry.all())
    if ((canaries || !claim.canary) && selection.contains(id, claim.source)) chosen.push_back(&claim);
  return chosen;
}

/// A word on every pattern of several that selects no claim, no figure and no table.
void warn_of_idle_patterns(const VerifyOptions& options, const ClaimRegistry& registry, std::ostream& err) {
  for (const std::string& pattern : options.patterns) {
    const Selection alone({pattern}, options.paper);
    if (select(registry, alone, true).empty() && !attaches(alone))
      err << "asyncert verify: nothing matches '" << pattern << "'\n";
  }
}

int nothing_matches(const VerifyOptions& options, const ClaimRegistry& registry, std::ostream& err) {
  std::vector<std::string> ids;
  for (const auto& [id, claim] : registry.all()) ids.push_back(id);
  err << "asyncert verify: no claim matches; `asyncert list claims` shows them all"
      << (options.patterns.size() == 1 ? suggestion(options.patterns.front(), ids) : "") << "\n";
  return exit_nothing;
}

Object counts_object(const Tally& tally) {
  Object o;
  for (const auto& [paper, by_verdict] : tally.counts) {
    Object row;
    for (const auto& [verdict, n] : by_verdict) row.add(verdict, Rational(n));
    o.add(paper, std::move(row));
  }
  return o;
}

/// The results document, without tables and figures.
Object to_document(const Examination& examination, const Tally& tally, const VerifyOptions& options, double seconds) {
  const Context& context = examination.context;
  List entries, papers;
  for (const LedgerEntry* entry : examination.examined()) entries.push_back(to_object(*entry));
  for (const auto& [id, title] : paper_titles()) papers.push_back(Object().add("id", id).add("title", title));
  Object document;
  document.add("schema", 1).add("kind", "ledger").add("environment", run_environment());
  document.add("options", Object()
                              .add("effort", to_string(context.effort))
                              .add("seed", std::to_string(context.seed))
                              .add("false_alarm", context.false_alarm)
                              .add("false_alarm_total", false_alarm_of_all(examination.claims, context))
                              .add("selected", !options.patterns.empty() || !options.paper.empty())
                              .add("command", options.command));
  document.add("partial", entries.size() < examination.claims.size())
      .add("seconds", seconds)
      .add("counts", counts_object(tally));
  document.add("canaries", Object().add("planted", Rational(tally.canaries)).add("caught", Rational(tally.caught)));
  document.add("entries", std::move(entries)).add("papers", std::move(papers));
  return document;
}

/// Tables and figures; returns how many figures failed.
long attach(Object& document, const Selection& selection, int threads, const Context& context, std::ostream& err) {
  List figures = selected_figures(selection, threads, context, err);
  long failed = 0;
  for (const Value& v : figures) {
    const Object& figure = *v.get<Object>();
    const Value* error = figure.find("error");
    if (!error) continue;
    ++failed;
    err << "asyncert verify: figure " << to_text(*figure.find("id"), 17) << " failed: " << to_text(*error, 17) << "\n";
  }
  document.add("tables", selected_tables(selection)).add("figures", std::move(figures));
  return failed;
}

void print_entries(std::ostream& out, const Examination& examination, const ClaimRegistry& registry, bool show) {
  for (const LedgerEntry* entry : examination.examined()) {
    const Claim& claim = *entry->claim;
    if (show)
      out << evidence_text(*entry, registry.find(claim.instead), examination.context);
    else if (!entry->as_expected())
      out << "DIFFERS  " << claim.id << ": " << to_string(entry->judgement.verdict) << " instead of "
          << to_string(claim.expected) << ": " << entry->judgement.reason << "\n";
  }
}

void print_tally(std::ostream& out, const Tally& tally, double seconds) {
  out << "\n"
      << counts_text(tally.counts) << "canaries caught: " << tally.caught << " of " << tally.canaries << "\n"
      << (tally.differing == 0 ? "every verdict is as expected"
                               : std::to_string(tally.differing) + " verdicts differ from what was expected")
      << " (" << std::fixed << std::setprecision(1) << seconds << " s)\n";
}

/// Exits the process where threads are still at work on what a return would destroy.
int interrupted(const Examination& examination, bool ended, std::ostream& out, std::ostream& err) {
  err << "asyncert verify: interrupted; " << examination.examined().size() << " of " << examination.claims.size()
      << " claims were examined\n";
  if (ended) return exit_interrupted;
  err << "asyncert verify: left behind at work:";
  for (const std::string& id : examination.at_work()) err << " " << id;
  err << std::endl;
  out.flush();
  std::_Exit(exit_interrupted);
}

}  // namespace

int verify_command(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  const ClaimRegistry registry = all_claims();
  const Selection selection(options.patterns, options.paper);
  const std::vector<const Claim*> chosen = select(registry, selection, options.include_canaries);
  if (chosen.empty()) return nothing_matches(options, registry, err);
  if (options.patterns.size() > 1) warn_of_idle_patterns(options, registry, err);
  if (!options.out.empty()) require_writable(options.out);

  const auto start = std::chrono::steady_clock::now();
  Context context;
  context.effort = options.effort;
  context.seed = options.seed;
  const auto examination = std::make_shared<Examination>(chosen, context, err);
  const unsigned hardware = std::max(1u, std::thread::hardware_concurrency());
  bool ended = false;
  {
    const InterruptGuard guard;
    ended = Examination::run(examination, options.threads > 0 ? static_cast<unsigned>(options.threads) : hardware);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  Tally tally;
  for (const LedgerEntry* entry : examination->examined()) tally.add(*entry);
  const bool partial = examination->examined().size() < chosen.size();
  if (!options.json) {  // first, so that a document that cannot be written loses nothing
    print_entries(out, *examination, registry, options.show);
    print_tally(out, tally, seconds);
    out.flush();
  }
  long failed_figures = 0;
  if (options.json || !options.out.empty()) {
    Object document = to_document(*examination, tally, options, seconds);
    // Figures can take longer than all claims: what ends them must not lose the verdicts.
    if (!partial && can_be_replaced(options.out)) write_file(options.out, to_json(document) + "\n");
    if (!partial) failed_figures = attach(document, selection, options.threads, context, err);
    const std::string text = to_json(document) + "\n";
    if (!options.out.empty()) write_file(options.out, text);
    if (options.json) out << text;
  }
  if (partial) return interrupted(*examination, ended, out, err);
  if (tally.differing > 0 || failed_figures > 0) return exit_differs;
  return options.strict && tally.inconclusive > 0 ? exit_inconclusive : exit_ok;
}

}  // namespace asyncert
