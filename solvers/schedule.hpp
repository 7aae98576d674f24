// Delay schedules: which past state each message of update t is computed from, and by which worker.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace asyncert::solvers {

struct Trace;

/// The plan of one update.
struct Plan {
  std::uint32_t worker = 0;
  std::vector<std::int64_t> label;        ///< a(t) of each message of the update: <= t; negative means before the start
  std::vector<std::int64_t> block_label;  ///< messages x blocks, where blocks are read at different times; else empty
  std::vector<std::uint32_t> part_worker;  ///< the worker of each message, where they differ; else empty
};

/// The plans of successive updates. A generator is made for one run by `Schedule::start` and asked for t = 0, 1, 2, ...
class PlanGenerator {
 public:
  virtual ~PlanGenerator() = default;
  /// Fills the plan of update t; `plan.label` has one entry a message.
  virtual void next(std::uint64_t t, Plan& plan) = 0;
  /// A label below which no plan from t on will ask; may grow with t.
  virtual std::int64_t oldest(std::uint64_t t) const = 0;
};

class Schedule {
 public:
  virtual ~Schedule() = default;
  virtual std::unique_ptr<PlanGenerator> start(std::uint64_t seed, std::uint64_t replicate) const = 0;
  virtual std::string describe() const = 0;
  /// Workers that take part.
  virtual std::uint32_t workers() const { return 1; }
  /// Updates that it has plans for; none: any number.
  virtual std::optional<std::uint64_t> length() const { return std::nullopt; }
  /// The recorded run that it is, where that knows its stores one by one; else null.
  virtual const Trace* stores() const { return nullptr; }
};
using SchedulePtr = std::shared_ptr<const Schedule>;

/// Labels before the start.
enum class BeforeStart {
  clip,  ///< become the start: a(t) = max(0, t - delay)
  keep,  ///< stay negative, for runs whose history is given (`RunOptions::zero_history`)
};

SchedulePtr no_delay();
/// a(t) = t - delay.
SchedulePtr constant_delay(std::uint64_t delay, BeforeStart before = BeforeStart::clip);
/// Delays uniform on 0 .. max_delay, independent for every message.
SchedulePtr uniform_delay(std::uint64_t max_delay);
/// Delay t mod (max_delay + 1): every state read is as old as it can be without being older than the last.
SchedulePtr saw_tooth_delay(std::uint64_t max_delay);
/// The delays of the list, over and over: alternating, adversarial, periodic.
SchedulePtr periodic_delay(std::vector<std::uint64_t> delays, BeforeStart before = BeforeStart::clip);
/// Any label a(t, part) <= t; `oldest(t)` must bound all later labels from below and not decrease.
SchedulePtr custom_labels(std::function<std::int64_t(std::uint64_t t, std::uint32_t part)> label,
                          std::function<std::int64_t(std::uint64_t t)> oldest, std::string name);
/// s(t) = ceil(t / (1 + k)): the gradient asked for at m arrives k m updates later (linear growth). k >= 0.
SchedulePtr linear_growth(double k);
/// s(t) = min(t, ceil(t / (1 + xi_t))), xi_t uniform on [low, high]: linear growth with a random factor.
SchedulePtr random_linear_growth(double low, double high);
/// s(t) = ceil((t / (1 + k))^(1/q)): delays that grow like m^q when counted from the request (polynomial growth). k >=
/// 0, q >= 1.
SchedulePtr polynomial_growth(double k, double q);

/// Worker i is drawn with probability weights[i] / sum, and reads a state min(max_delay, age of its own last write)
/// old: a model with independent indices, in which no worker misses its own writes.
SchedulePtr independent_workers(std::vector<double> weights, std::uint64_t max_delay);

}  // namespace asyncert::solvers
