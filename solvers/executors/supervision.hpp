// What all executors share: the loss curve, and the reasons to stop.
#pragma once

#include <chrono>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers::detail {

/// Throws `DomainError` for options that make no sense for any executor.
void validate(const RunOptions& options);
/// The options in words, with the rule's name and the executor's.
Object requested(const RunOptions& options, const std::string& rule, const std::string& executor);

/// Throws `DomainError` unless the checkpoint's run can go on under these words: all but `steps` must agree.
void require_same_run(const Checkpoint& checkpoint, const Object& options);
/// Throws `DomainError` where the run to be resumed has begun more updates than are asked for.
void require_more_steps(const RunOptions& options, std::uint64_t begun);

/// Throws `DomainError` unless the rule takes any number of workers (`wanted` = 0) or exactly these.
void require_workers(std::uint32_t wanted, std::uint32_t given);

/// Watches one run from one thread.
class Supervisor {
 public:
  Supervisor(const RunOptions& options, Run& run) : options_(options), run_(run), start_(Clock::now()) {}

  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  bool records(std::uint64_t step) const { return options_.record_every > 0 && step % options_.record_every == 0; }

  /// Adds a point to the curve; returns false when the run should end.
  bool record(std::uint64_t step, double at, std::span<const double> output) {
    return record(step, at, options_.evaluate(output));
  }
  bool record(std::uint64_t step, double at, const Evaluation& e) {
    run_.curve.push_back({step, at, e.value, e.gradient_norm});
    if (reached(e)) return false;
    if (!std::isfinite(e.value))
      return end(Stop::diverged, "f is " + shortest(e.value) + " after " + std::to_string(step) + " updates");
    return true;
  }
  /// Ends the run when the value is at most the target.
  bool reached(const Evaluation& e) {
    if (!options_.target || !(e.value <= *options_.target)) return false;
    end(Stop::target_reached, "f = " + shortest(e.value) + " reached the target");
    return true;
  }
  /// Checks that the memory is finite; returns false when the run should end. Cost: O(d).
  bool finite(std::uint64_t step, std::span<const double> memory) {
    for (std::size_t j = 0; j < memory.size(); ++j)
      if (!(std::abs(memory[j]) <= options_.divergence))
        return end(Stop::diverged, "coordinate " + std::to_string(j) + " is " + shortest(memory[j]) + " after " +
                                       std::to_string(step) + " updates");
    return true;
  }
  /// The same, and now and then the clock and Ctrl-C.
  bool healthy(std::uint64_t step, std::span<const double> memory) {
    return finite(step, memory) && (step % 16 != 0 || allowed({.steps = step}));
  }
  /// Checks the clock and Ctrl-C, and reports progress; returns false when the run should end.
  bool allowed(const Position& position) {
    const auto when = [&] {
      return " after " + std::to_string(position.steps) + " updates" +
             (position.points > 0 ? ", while the curve was evaluated" : "");
    };
    if (options_.interrupt && options_.interrupt->load(std::memory_order_relaxed))
      return end(Stop::interrupted, "interrupted" + when());
    if (seconds() > options_.time_limit) return end(Stop::time_limit, "the time limit passed" + when());
    if (options_.progress) options_.progress(position);
    return true;
  }
  /// The first reason to stop is the one that is kept.
  bool end(Stop stop, std::string reason) {
    if (run_.stop != Stop::finished) return false;
    run_.stop = stop;
    run_.reason = std::move(reason);
    return false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  const RunOptions& options_;
  Run& run_;
  Clock::time_point start_;
};

}  // namespace asyncert::solvers::detail
