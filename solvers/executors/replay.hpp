// Single-threaded, deterministic: a delay schedule and an overwrite model drive the update rule, so that a(t), B_t,
// ages and gaps are exact. Without them it is the serial method.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "solvers/checkpoint.hpp"
#include "solvers/executors/any_rule.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

/// One update, as an observer sees it. Everything refers to buffers that live until the observer returns.
struct ReplayStep {
  const Job& job;                                 ///< label, and worker of the last message
  const Plan& plan;                               ///< a(t) of each message
  std::span<const double> before;                 ///< memory w_t
  const std::vector<std::vector<double>>& views;  ///< w_hat_t of each message, after the rule's `view`
  const Update& update;                           ///< what was written
  std::span<const double> increment;              ///< what the write would have added had nothing been lost
  std::span<const std::uint8_t> survives;         ///< B_t; empty when every write survives
  std::span<const double> after;                  ///< memory w_{t+1}
};
using ReplayObserver = std::function<void(const ReplayStep&)>;

/// Runs the rule under `options.schedule`, `options.overwrite` and `options.inconsistent_read`.
///
/// The message of update t is computed at the state with label a(t), 0 <= a(t) <= t (state t: after t updates). With an
/// inconsistent read of probability p, every increment of the updates a(t), ..., t-1 is added coordinate by coordinate
/// with probability p, whether or not it survived. `observer(const ReplayStep&)` is called after each update. The same
/// options give the same bits. Cost: O(d) an update beyond the rule's own, and the states back to the oldest label.
Run replay(AnyRule rule, const RunOptions& options, const ReplayObserver& observer = {});

}  // namespace asyncert::solvers
