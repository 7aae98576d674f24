// The examination of claims by several threads, which Ctrl-C ends.
#pragma once

#include <atomic>
#include <condition_variable>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "lib/claim.hpp"
#include "verify/progress.hpp"

namespace asyncert {

/// Whether chance can change the claim's verdict. `judge` calls nothing measured proved, so that a claim that is
/// expected proved, or not testable, compares no measured number.
bool depends_on_chance(const Claim& claim);

/// A bound of the probability that a run calls a true one of these claims refuted: `Context::false_alarm` for each that
/// depends on chance.
double false_alarm_of_all(const std::vector<const Claim*>& claims, const Context& context);

/// The chosen claims, and what was found of each. It is shared with the threads that work on it, which may outlive
/// `run`.
class Examination {
 public:
  Examination(std::vector<const Claim*> chosen, const Context& context, std::ostream& err);

  /// Examines all claims with that many threads. Returns whether all of them have ended: after an interrupt no claim is
  /// begun; one that is at work cannot be stopped, and is left behind where it takes longer than a moment, which may be
  /// hours at `deep`.
  static bool run(const std::shared_ptr<Examination>& examination, unsigned threads);

  /// What was examined to the end, in the order of the claims.
  std::vector<const LedgerEntry*> examined() const;
  /// Ids of the claims that were begun and not ended.
  std::vector<std::string> at_work() const;

  const std::vector<const Claim*> claims;
  const Context context;

 private:
  void work();

  std::vector<LedgerEntry> entries_;  ///< complete where done
  std::vector<std::atomic<bool>> done_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::condition_variable ended_;
  unsigned working_ = 0;
  Progress progress_;
};

}  // namespace asyncert
