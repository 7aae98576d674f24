// Threads whose every stored number carries the label of its writer: exact survival, exact delays, exact replay.
#pragma once

#include <cstdint>
#include <vector>

#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// The history of a stamped run. Stamps are labels plus one; 0 is the initial value. A coordinate that a message did
/// not read or write has the stamp `untouched`.
struct Ancestry {
  static constexpr std::uint32_t untouched = 0xffffffffu;
  std::size_t dimension = 0;
  std::vector<std::uint32_t> worker;      ///< by label
  std::vector<std::uint64_t> local;       ///< by label
  std::vector<std::uint32_t> read, base;  ///< label x coordinate: the stamp read, and the stamp that the write replaced
  std::vector<std::uint32_t> final_stamp;  ///< by coordinate

  std::size_t steps() const { return worker.size(); }
  /// (B_t)_kk for all t and k, label x coordinate: 1 when update t is an ancestor of the final value of coordinate k.
  std::vector<std::uint8_t> survivors() const;
  /// a(t): the smallest label whose presence in some number that update t read differs from its survival; t when none
  /// does. Then every read of update t is w_{a(t)} plus some of the updates a(t), ..., t - 1, as the theory's (3) says.
  std::vector<std::int64_t> read_labels() const;
};

struct StampedRun {
  Run run;  ///< numbers are single precision; `delays.before_read` holds t - a(t) exactly
  Ancestry ancestry;
};

namespace detail {
/// Fills survival, alpha and delays of the run from its ancestry.
void summarise(StampedRun& result);
}  // namespace detail

/// Runs the rule on threads with stamped memory: `wild` loses updates as without stamps, `atomic_add` loses none.
/// Numbers are stored in single precision beside their stamp; every word is read and written at once. Records 8 bytes a
/// coordinate and update. For rules with one message an update and no epochs; steps < 2^32 - 2.
StampedRun openmp_stamped(const AnyRule& rule, const RunOptions& options);

/// Computes a stamped run again from its ancestry, in the order of labels, on one thread; returns the final memory,
/// which has the same bits. `options` are those of the run. For rules whose writes are additions (Hogwild, PASSM,
/// private momentum).
std::vector<double> replay_stamped(const AnyRule& rule, const RunOptions& options, const Ancestry& a);

}  // namespace asyncert::solvers
