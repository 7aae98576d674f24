#include "verify/progress.hpp"

#include <unistd.h>

#include <ostream>
#include <utility>

namespace asyncert {

using Clock = std::chrono::steady_clock;

Progress::Progress(std::string what, std::size_t total, std::ostream& err)
    : what_(std::move(what)),
      total_(total),
      err_(err),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(Clock::now()),
      drawn_(start_) {}

Progress::~Progress() { end(); }

void Progress::end() {
  const std::lock_guard lock(drawing_);
  if (terminal_.exchange(false)) err_ << "\r\033[K" << std::flush;
}

void Progress::step() {
  const std::size_t done = ++done_;
  if (!terminal_) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  const auto now = Clock::now();
  if (!lock || !terminal_ || (now - drawn_ < std::chrono::milliseconds(100) && done < total_)) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double left = seconds / static_cast<double>(done) * static_cast<double>(total_ - done);
  err_ << "\r\033[K" << done << "/" << total_ << " " << what_ << ", " << static_cast<long>(left + 0.5) << " s left"
       << std::flush;
}

}  // namespace asyncert
