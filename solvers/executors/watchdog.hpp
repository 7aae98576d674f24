// Looks at a run of threads from outside, so that they need not look at the clock: Ctrl-C, time limit, progress, and
// threads that stall.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

namespace asyncert::solvers::detail {

/// Watches threads 0 .. threads - 1 from a thread of its own, which exists only where there is something to watch for.
/// A thread reports each message by `beat`, and by `rest` that nothing is expected of it; both cost one relaxed store,
/// or nothing without a limit.
class Watchdog {
 public:
  /// `stalled(thread, seconds, messages)` is called once, for the thread that has been silent longest, when that is
  /// longer than `limit` seconds; `messages` are those that it had reported. `look`, where there is one, is called
  /// every 20 ms. Both are called on the watchdog's thread and must not throw.
  using Report = std::function<void(std::uint32_t thread, double seconds, std::uint64_t messages)>;
  Watchdog(std::uint32_t threads, double limit, Report stalled, std::function<void()> look = {});
  ~Watchdog() { end(); }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Once it returns, nothing is called any more.
  void end();
  void beat(std::uint32_t thread, std::uint64_t messages) {
    if (beats_) beats_[thread].messages.store(messages, std::memory_order_relaxed);
  }
  void rest(std::uint32_t thread) { beat(thread, resting); }

 private:
  static constexpr std::uint64_t resting = std::numeric_limits<std::uint64_t>::max();
  struct alignas(128) Beat {
    std::atomic<std::uint64_t> messages{resting};
  };
  void watch(std::uint32_t threads, double limit, const Report& stalled, const std::function<void()>& look);

  std::unique_ptr<Beat[]> beats_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace asyncert::solvers::detail
