// Threads whose every stored number carries the label of its writer: exact survival, exact delays, exact replay.
#pragma once

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "solvers/executors/supervision.hpp"
#include "solvers/rule.hpp"

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

/// A number and the stamp of its writer, in one word that is read and written at once.
class StampedVector {
 public:
  explicit StampedVector(std::span<const double> initial)
      : size_(initial.size()), words_(std::make_unique<std::atomic<std::uint64_t>[]>(size_)) {
    for (std::size_t j = 0; j < size_; ++j) words_[j] = pack(static_cast<float>(initial[j]), 0);
  }
  std::size_t size() const { return size_; }
  static std::uint64_t pack(float value, std::uint32_t stamp) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(value)} << 32 | stamp;
  }
  static float value(std::uint64_t word) { return std::bit_cast<float>(static_cast<std::uint32_t>(word >> 32)); }
  static std::uint32_t stamp(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  // Acquire and release order stamps with the counter that gives the labels: whoever sees a stamp gets a later label.
  std::uint64_t load(std::size_t j) const { return words_[j].load(std::memory_order_acquire); }
  void store(std::size_t j, std::uint64_t word) { words_[j].store(word, std::memory_order_release); }
  bool exchange(std::size_t j, std::uint64_t& seen, std::uint64_t word) {
    return words_[j].compare_exchange_weak(seen, word, std::memory_order_acq_rel, std::memory_order_acquire);
  }

 private:
  std::size_t size_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> words_;
};

struct StampedRun {
  Run run;  ///< numbers are single precision; `delays.before_read` holds t - a(t) exactly
  Ancestry ancestry;
};

namespace detail {

/// One thread's writes of one update.
template <bool lossless>
class StampedWriter {
 public:
  StampedWriter(StampedVector& memory, std::uint32_t stamp, std::span<std::uint32_t> base)
      : memory_(memory), stamp_(stamp), base_(base) {}
  double load(std::size_t j) const { return StampedVector::value(memory_.load(j)); }
  void add(std::size_t j, double delta) {
    transform(j, [=](double x) { return x + delta; });
  }
  template <class F>
  double transform(std::size_t j, F f) {
    std::uint64_t seen = memory_.load(j);
    while (true) {
      const auto value = static_cast<float>(f(StampedVector::value(seen)));
      base_[j] = StampedVector::stamp(seen);
      if constexpr (lossless) {
        if (!memory_.exchange(j, seen, StampedVector::pack(value, stamp_))) continue;
      } else {
        memory_.store(j, StampedVector::pack(value, stamp_));
      }
      return value;
    }
  }

 private:
  StampedVector& memory_;
  std::uint32_t stamp_;
  std::span<std::uint32_t> base_;
};

/// Fills survival, alpha and delays of the run from its ancestry.
void summarise(StampedRun& result);

template <bool lossless, UpdateRule Rule>
StampedRun run_stamped(const Rule& rule, const RunOptions& options) {
  StampedRun result;
  Run& run = result.run;
  run.requested = requested(options, rule.name(), "openmp");
  run.requested.add("stamps", true);
  const std::vector<double> start = rule.initial();
  StampedVector memory(start);
  Ancestry& a = result.ancestry;
  const std::size_t d = a.dimension = start.size(), readable = rule.read_size(d);
  a.worker.resize(options.steps);
  a.local.resize(options.steps);
  a.read.assign(options.steps * d, Ancestry::untouched);
  a.base.assign(options.steps * d, Ancestry::untouched);
  const std::uint64_t purpose = stream_key(rule.name());
  std::atomic<std::uint64_t> claimed{0}, begun{0};
  Supervisor supervisor(options, run);
#pragma omp parallel num_threads(options.threads)
  {
    const auto k = static_cast<std::uint32_t>(omp_get_thread_num());
    RandomStream stream(options.seed, purpose, options.replicate, k);
    std::vector<double> view(readable), local(rule.local_size(), 0.0);
    std::vector<std::uint32_t> seen(d);
    Update update;
    std::uint64_t count = 0;
    const std::uint64_t share = options.equal_shares
                                    ? options.steps * (k + 1) / static_cast<std::uint64_t>(options.threads) -
                                          options.steps * k / static_cast<std::uint64_t>(options.threads)
                                    : options.steps;
#pragma omp barrier
    while (count < share && claimed.fetch_add(1, std::memory_order_relaxed) < options.steps) {
      Job job{.local = count++, .worker = k};
      const auto sample = rule.draw(stream.at(job.local), job);
      const auto support = rule.support(sample);
      std::fill(seen.begin(), seen.end(), Ancestry::untouched);
      const auto read = [&](std::size_t j) {
        const std::uint64_t word = memory.load(j);
        view[j] = StampedVector::value(word);
        seen[j] = StampedVector::stamp(word);
      };
      for (const std::uint32_t j : support) read(j);
      for (std::size_t j = 0; j < readable && support.empty(); ++j) read(j);
      rule.view(view);
      rule.compute(view, sample, stream, job, local, update);
      job.step = begun.fetch_add(1, std::memory_order_acq_rel);
      a.worker[job.step] = k;
      a.local[job.step] = job.local;
      std::copy(seen.begin(), seen.end(), a.read.begin() + static_cast<std::ptrdiff_t>(job.step * d));
      RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
      rule.finish(update, step_stream.at(job.step), job);
      StampedWriter<lossless> writer(memory, static_cast<std::uint32_t>(job.step + 1),
                                     std::span<std::uint32_t>(a.base).subspan(job.step * d, d));
      rule.write(writer, update, job, std::span<double>(local));
    }
  }
  run.seconds = supervisor.seconds();
  run.threads = options.threads;
  run.steps = options.steps;
  for (std::size_t j = 0; j < d; ++j) {
    run.memory.push_back(StampedVector::value(memory.load(j)));
    a.final_stamp.push_back(StampedVector::stamp(memory.load(j)));
  }
  run.x = rule.output(run.memory);
  supervisor.healthy(run.steps, run.memory);
  summarise(result);
  return result;
}

}  // namespace detail

/// Runs the rule on threads with stamped memory: `wild` loses updates as without stamps, `atomic_add` loses none.
/// Numbers are stored in single precision beside their stamp; every word is read and written at once. Records 8 bytes a
/// coordinate and update. For rules with one message an update and no epochs; steps < 2^32 - 2.
template <UpdateRule Rule>
StampedRun openmp_stamped(const Rule& rule, const RunOptions& options) {
  detail::validate(options);
  detail::require_workers(rule.workers(), static_cast<std::uint32_t>(options.threads));
  if (rule.batch() != 1 || rule.epoch_length() != 0)
    throw DomainError("stamps: they need one message an update and no epochs");
  if (options.steps >= Ancestry::untouched - 1)
    throw DomainError("steps", std::to_string(options.steps), "fewer than 2^32 - 2");
  if (options.threads < 1) throw DomainError("threads", std::to_string(options.threads), "1 or more");
  if (options.memory == MemoryPolicy::wild) return detail::run_stamped<false>(rule, options);
  if (options.memory == MemoryPolicy::atomic_add) return detail::run_stamped<true>(rule, options);
  throw DomainError("memory", to_string(options.memory), "wild or atomic_add, for stamped runs");
}

namespace detail {

/// Takes the increments of one write; for rules that add and do nothing else.
class IncrementRecorder {
 public:
  explicit IncrementRecorder(std::span<double> increment) : increment_(increment) {}
  [[noreturn]] double load(std::size_t) const { refuse(); }
  void add(std::size_t j, double delta) { increment_[j] = delta; }
  template <class F>
  [[noreturn]] double transform(std::size_t, F) {
    refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw DomainError("stamps: a run can be replayed only when its rule does nothing but add");
  }
  std::span<double> increment_;
};

}  // namespace detail

/// Computes a stamped run again from its ancestry, in the order of labels, on one thread; returns the final memory,
/// which has the same bits. `options` are those of the run. For rules whose writes are additions (Hogwild, PASSM,
/// private momentum).
template <UpdateRule Rule>
std::vector<double> replay_stamped(const Rule& rule, const RunOptions& options, const Ancestry& a) {
  const std::vector<double> start = rule.initial();
  const std::size_t d = a.dimension, readable = rule.read_size(d);
  const std::uint64_t purpose = stream_key(rule.name());
  std::uint32_t workers = 1;
  for (const std::uint32_t w : a.worker) workers = std::max(workers, w + 1);
  std::vector<std::vector<double>> local(workers, std::vector<double>(rule.local_size(), 0.0));
  std::vector<float> value(a.steps() * d);
  std::vector<std::uint8_t> known(a.steps() * d, 0);
  std::vector<double> increment(a.steps() * d, 0.0), view(readable);
  // The number with a stamp is the one that it replaced plus the writer's increment. Whatever an update read carries
  // smaller labels all the way down, although a single write may replace a number with a later label than its own.
  std::vector<std::size_t> pending;
  const auto number = [&](std::uint32_t stamp, std::size_t j) {
    while (stamp != 0 && !known[(stamp - 1) * d + j]) {
      pending.push_back((stamp - 1) * d + j);
      stamp = a.base[(stamp - 1) * d + j];
    }
    float x = stamp == 0 ? static_cast<float>(start[j]) : value[(stamp - 1) * d + j];
    for (; !pending.empty(); pending.pop_back()) {
      const std::size_t at = pending.back();
      x = value[at] = static_cast<float>(static_cast<double>(x) + increment[at]);
      known[at] = 1;
    }
    return x;
  };
  Update update;
  for (std::size_t t = 0; t < a.steps(); ++t) {
    Job job{.step = t, .local = a.local[t], .worker = a.worker[t]};
    RandomStream stream(options.seed, purpose, options.replicate, job.worker);
    const auto sample = rule.draw(stream.at(job.local), job);
    for (std::size_t j = 0; j < readable; ++j)
      if (const std::uint32_t stamp = a.read[t * d + j]; stamp != Ancestry::untouched) view[j] = number(stamp, j);
    rule.view(view);
    rule.compute(view, sample, stream, job, local[job.worker], update);
    RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
    rule.finish(update, step_stream.at(t), job);
    detail::IncrementRecorder recorder(std::span<double>(increment).subspan(t * d, d));
    rule.write(recorder, update, job, std::span<double>(local[job.worker]));
  }
  std::vector<double> memory(d);
  for (std::size_t j = 0; j < d; ++j) memory[j] = number(a.final_stamp[j], j);
  return memory;
}

}  // namespace asyncert::solvers
