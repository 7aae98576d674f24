// Ctrl-C as a flag, so that a command ends with what it has.
#pragma once

#include <atomic>
#include <csignal>

namespace asyncert {

/// While one lives, SIGINT sets the flag instead of ending the process; afterwards the previous handler is back.
class InterruptGuard {
 public:
  InterruptGuard() : previous_((flag_ = false, std::signal(SIGINT, [](int) { flag_ = true; }))) {}
  ~InterruptGuard() { std::signal(SIGINT, previous_); }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  static const std::atomic<bool>& flag() { return flag_; }

 private:
  static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");
  static inline std::atomic<bool> flag_{false};
  void (*previous_)(int);
};

}  // namespace asyncert
