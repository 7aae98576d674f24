// A progress line with rate and remaining time, on terminals only.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <mutex>
#include <string>

namespace asyncert {

/// Counts steps from any thread; draws at most ten times a second, and only when standard error is a terminal.
class Progress {
 public:
  Progress(std::string what, std::size_t total, std::ostream& err);
  ~Progress();
  void step();
  /// Removes the line; nothing is drawn any more.
  void end();

 private:
  std::string what_;
  std::size_t total_;
  std::ostream& err_;
  std::atomic<bool> terminal_;
  std::atomic<std::size_t> done_{0};
  std::mutex drawing_;
  std::chrono::steady_clock::time_point start_, drawn_;
};

}  // namespace asyncert
