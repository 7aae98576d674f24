#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iomanip>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <sstream>
#include <thread>

#include "lib/environment.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "lib/suggestion.hpp"
#include "verify/attachments.hpp"
#include "verify/commands.hpp"
#include "verify/interrupt.hpp"
#include "verify/progress.hpp"
#include "verify/registry.hpp"

namespace asyncert {

namespace {

std::vector<const Claim*> select(const ClaimRegistry& registry, const VerifyOptions& options) {
  std::vector<const Claim*> chosen;
  for (const auto& [id, claim] : registry.all()) {
    if (claim.canary && !options.include_canaries) continue;
    if (selects(options, id)) chosen.push_back(&claim);
  }
  return chosen;
}

void print_measure(std::ostream& out, const char* side, const Measure& m) {
  out << "      " << side << " " << (m.exact ? m.exact->to_decimal(20) : m.value.to_string(20)) << "  ("
      << to_string(m.rigor);
  if (m.exact && !m.exact->is_integer()) out << ", " << m.exact->to_string();
  if (m.error_probability > 0) out << ", wrong with probability below " << m.error_probability;
  out << ")\n";
}

void show(std::ostream& out, const LedgerEntry& entry) {
  const Claim& c = *entry.claim;
  const Evidence& e = entry.evidence;
  out << c.id << "  " << c.source << "\n    " << c.statement << "\n    verdict: " << to_string(entry.judgement.verdict)
      << " (expected " << to_string(c.expected) << "): " << entry.judgement.reason << "\n";
  if (!c.note.empty()) out << "    note: " << c.note << "\n";
  if (!e.method.empty()) out << "    method: " << e.method << "\n";
  if (e.boxes > 0) out << "    boxes: " << e.boxes << ", undecided " << e.undecided_boxes << "\n";
  for (const Hypothesis& h : e.hypotheses)
    out << "    hypothesis: " << h.statement << (h.realised ? " (realised)" : " (NOT realised)") << " " << h.detail
        << "\n";
  for (std::size_t i = 0; i < e.comparisons.size(); ++i) {
    const bool deciding = entry.judgement.deciding && *entry.judgement.deciding == i;
    if (i >= 8 && !deciding) continue;
    const Comparison& k = e.comparisons[i];
    out << "    " << (deciding ? "> " : "  ") << k.label << "  [left " << to_string(k.relation) << " right]\n";
    print_measure(out, "left ", k.left);
    print_measure(out, "right", k.right);
    if (!k.instance.members().empty()) out << "      at " << to_text(k.instance, 17) << "\n";
  }
  if (e.comparisons.size() > 8) out << "    " << e.comparisons.size() << " comparisons in all\n";
  if (!e.data.members().empty()) out << "    data: " << to_text(e.data, 12) << "\n";
  out << "    repeat: asyncert verify '" << c.id << "' --show\n\n";
}

Object counts_object(const std::map<std::string, std::map<std::string, long>>& counts) {
  Object o;
  for (const auto& [paper, by_verdict] : counts) {
    Object row;
    for (const auto& [verdict, n] : by_verdict) row.add(verdict, Rational(n));
    o.add(paper, std::move(row));
  }
  return o;
}

void print_summary(std::ostream& out, const std::map<std::string, std::map<std::string, long>>& counts) {
  static constexpr const char* verdicts[] = {"proved",  "supported",    "refuted", "inconclusive",
                                             "vacuous", "not-testable", "error"};
  out << "\n" << std::left << std::setw(10) << "paper";
  for (const char* v : verdicts) out << std::right << std::setw(14) << v;
  out << "\n";
  for (const auto& [paper, by_verdict] : counts) {
    out << std::left << std::setw(10) << paper;
    for (const char* v : verdicts) {
      const auto found = by_verdict.find(v);
      out << std::right << std::setw(14) << (found == by_verdict.end() ? 0 : found->second);
    }
    out << "\n";
  }
}

/// The examination of the chosen claims, shared by the threads that do it.
class Examination {
 public:
  Examination(std::vector<const Claim*> chosen, const Context& c, std::ostream& err)
      : claims(std::move(chosen)),
        context(c),
        entries(claims.size()),
        done(claims.size()),
        progress_("claims", claims.size(), err) {}

  /// Whether all threads have ended. After an interrupt no claim is begun; one that is at work cannot be stopped, and
  /// is left behind where it takes longer than a moment, which may be hours at `deep`.
  static bool run(const std::shared_ptr<Examination>& e, unsigned threads) {
    constexpr auto look = std::chrono::milliseconds(100), moment = std::chrono::milliseconds(2000);
    e->working_ = threads;
    std::vector<std::thread> pool;
    for (unsigned t = 0; t < threads; ++t) pool.emplace_back([e] { e->work(); });
    std::unique_lock lock(e->mutex_);
    for (auto waited = look; !e->ended_.wait_for(lock, look, [&] { return e->working_ == 0; }) && waited < moment;)
      if (InterruptGuard::flag()) waited += look;
    const bool all = e->working_ == 0;
    lock.unlock();
    e->progress_.end();
    for (std::thread& t : pool) all ? t.join() : t.detach();
    return all;
  }

  std::vector<std::string> at_work() const {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < std::min(next_.load(), claims.size()); ++i)
      if (!done[i]) ids.push_back(claims[i]->id);
    return ids;
  }

  const std::vector<const Claim*> claims;
  const Context context;
  std::vector<LedgerEntry> entries;  ///< complete where `done`
  std::vector<std::atomic<bool>> done;

 private:
  void work() {
    for (std::size_t i; !InterruptGuard::flag() && (i = next_++) < claims.size();) {
      entries[i] = examine(*claims[i], context);
      done[i] = true;
      progress_.step();
    }
    const std::lock_guard lock(mutex_);
    if (--working_ == 0) ended_.notify_one();
  }

  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::condition_variable ended_;
  unsigned working_ = 0;
  Progress progress_;
};

}  // namespace

int verify_command(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  const ClaimRegistry registry = all_claims();
  const std::vector<const Claim*> chosen = select(registry, options);
  if (chosen.empty()) {
    std::vector<std::string> ids;
    for (const auto& [id, claim] : registry.all()) ids.push_back(id);
    const std::string nearest = options.patterns.size() == 1 ? suggestion(options.patterns.front(), ids) : "";
    err << "asyncert verify: no claim matches; `asyncert list claims` shows them all" << nearest << "\n";
    return exit_nothing;
  }
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
  const std::vector<LedgerEntry>& entries = examination->entries;

  std::map<std::string, std::map<std::string, long>> counts;
  List list;
  long differing = 0, inconclusive = 0, canaries = 0, caught = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!examination->done[i]) continue;
    const LedgerEntry& entry = entries[i];
    list.push_back(to_object(entry));
    if (entry.claim->canary) {
      ++canaries;
      caught += entry.as_expected() ? 1 : 0;
    } else {
      ++counts[entry.claim->paper()][to_string(entry.judgement.verdict)];
      inconclusive += entry.judgement.verdict == Verdict::inconclusive ? 1 : 0;
    }
    differing += entry.as_expected() ? 0 : 1;
    if (!options.json && options.show) show(out, entry);
    if (!options.json && !options.show && !entry.as_expected())
      out << "DIFFERS  " << entry.claim->id << ": " << to_string(entry.judgement.verdict) << " instead of "
          << to_string(entry.claim->expected) << ": " << entry.judgement.reason << "\n";
  }
  const bool partial = list.size() < entries.size();
  long failed_figures = 0;
  Object document;
  document.add("schema", 1).add("kind", "ledger").add("environment", run_environment());
  document.add("options", Object()
                              .add("effort", to_string(options.effort))
                              .add("seed", std::to_string(options.seed))
                              .add("false_alarm", context.false_alarm)
                              .add("false_alarm_total", context.false_alarm * static_cast<double>(chosen.size()))
                              .add("command", options.command));
  document.add("partial", partial).add("seconds", seconds).add("counts", counts_object(counts));
  document.add("canaries", Object().add("planted", Rational(canaries)).add("caught", Rational(caught)));
  document.add("entries", std::move(list));
  List papers;
  for (const auto& [id, title] : paper_titles()) papers.push_back(Object().add("id", id).add("title", title));
  document.add("papers", std::move(papers));
  if (!partial && (options.json || !options.out.empty())) {
    List figures = selected_figures(options, context, err);
    for (const Value& v : figures) {
      const Object& figure = *v.get<Object>();
      if (!figure.find("error")) continue;
      ++failed_figures;
      err << "asyncert verify: figure " << to_text(*figure.find("id"), 17)
          << " failed: " << to_text(*figure.find("error"), 17) << "\n";
    }
    document.add("tables", selected_tables(options)).add("figures", std::move(figures));
  }
  if (!options.out.empty()) write_file(options.out, to_json(document) + "\n");
  if (options.json) {
    out << to_json(document) << "\n";
  } else {
    print_summary(out, counts);
    out << "canaries caught: " << caught << " of " << canaries << "\n"
        << (differing == 0 ? "every verdict is as expected"
                           : std::to_string(differing) + " verdicts differ from what was expected")
        << " (" << std::fixed << std::setprecision(1) << seconds << " s)\n";
  }
  if (partial) {
    err << "asyncert verify: interrupted; " << document.find("entries")->get<List>()->size() << " of " << entries.size()
        << " claims were examined\n";
    if (!ended) {
      err << "asyncert verify: left behind at work:";
      for (const std::string& id : examination->at_work()) err << " " << id;
      err << std::endl;
      out.flush();
      std::_Exit(exit_interrupted);  // its threads still use what a return would destroy
    }
    return exit_interrupted;
  }
  if (differing > 0 || failed_figures > 0) return exit_differs;
  return options.strict && inconclusive > 0 ? exit_inconclusive : exit_ok;
}

}  // namespace asyncert
