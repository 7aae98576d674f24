#include "solvers/executors/watchdog.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

namespace asyncert::solvers::detail {

Watchdog::Watchdog(std::uint32_t threads, double limit, Report stalled, std::function<void()> look) {
  if (std::isfinite(limit)) beats_ = std::make_unique<Beat[]>(threads);
  if (!beats_ && !look) return;
  thread_ = std::thread([this, threads, limit, report = std::move(stalled), look = std::move(look)] {
    watch(threads, limit, report, look);
  });
}

void Watchdog::end() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::watch(std::uint32_t threads, double limit, const Report& stalled, const std::function<void()>& look) {
  using Clock = std::chrono::steady_clock;
  std::vector<std::uint64_t> seen(threads, resting);
  std::vector<Clock::time_point> since(threads, Clock::now());
  const std::chrono::duration<double> pause(std::min(limit / 8, look ? 0.02 : 0.1));
  bool watching = beats_ != nullptr;
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, pause, [this] { return end_; })) {
    if (look) look();
    if (!watching) continue;
    const auto now = Clock::now();
    std::uint32_t oldest = 0;
    for (std::uint32_t k = 0; k < threads; ++k) {
      const std::uint64_t messages = beats_[k].messages.load(std::memory_order_relaxed);
      if (messages != seen[k] || messages == resting) since[k] = now;
      seen[k] = messages;
      if (since[k] < since[oldest]) oldest = k;
    }
    const double silent = std::chrono::duration<double>(now - since[oldest]).count();
    if (silent <= limit) continue;
    stalled(oldest, silent, seen[oldest]);
    watching = false;
  }
}

}  // namespace asyncert::solvers::detail
