// A team of OpenMP threads of exactly the size that was asked for, whose exceptions reach the caller.
#pragma once

#include <omp.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace asyncert::solvers::detail {

/// The first exception of several threads. One that leaves a parallel region would end the program.
class FirstException {
 public:
  /// Calls `f`; keeps what it throws. Returns false when it threw.
  template <class F>
  bool guard(F f) noexcept {
    try {
      f();
      return true;
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_) first_ = std::current_exception();
      return false;
    }
  }
  /// Throws it again, on the caller's thread; nothing where there was none.
  void rethrow() {
    if (first_) std::rethrow_exception(std::exchange(first_, nullptr));
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

/// Calls `work(k)` for k = 0 .. threads - 1, each on a thread of its own and none before all are there. Throws
/// `std::runtime_error`, and calls nothing, when the OpenMP runtime gives fewer threads; throws again the first
/// exception of the work once every thread has ended.
template <class Work>
void run_team(int threads, Work work) {
  FirstException failure;
  std::atomic<int> team{0};
#pragma omp parallel num_threads(threads)
  {
#pragma omp single
    team.store(omp_get_num_threads(), std::memory_order_relaxed);
    if (team.load(std::memory_order_relaxed) == threads)
      failure.guard([&] { work(static_cast<std::uint32_t>(omp_get_thread_num())); });
  }
  if (team != threads)
    throw std::runtime_error("threads: " + std::to_string(threads) + " were asked for, the OpenMP runtime gives " +
                             std::to_string(team) + " (OMP_THREAD_LIMIT, OMP_DYNAMIC, or a team inside another team)");
  failure.rethrow();
}

}  // namespace asyncert::solvers::detail
