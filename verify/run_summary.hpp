// What `asyncert run` shows: its progress, and the run in a few lines.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>

#include "solvers/run.hpp"

namespace asyncert {

/// Draws updates done, rate and remaining time, then the points of the curve that are evaluated, ten times a second, on
/// terminals only.
class RunProgress {
 public:
  /// `total` 0: unknown. `before`: updates that a resumed run has made already.
  RunProgress(std::uint64_t total, std::uint64_t before, std::ostream& err);
  ~RunProgress();
  RunProgress(const RunProgress&) = delete;
  RunProgress& operator=(const RunProgress&) = delete;
  void show(const solvers::Position& position);

 private:
  using Clock = std::chrono::steady_clock;
  std::uint64_t total_, before_;
  std::ostream& err_;
  bool terminal_;
  Clock::time_point start_ = Clock::now(), drawn_ = start_;
  std::optional<Clock::time_point> evaluating_;  ///< since when the curve is
};

void print_summary(std::ostream& out, const solvers::Run& run);

}  // namespace asyncert
