// Counts of whole numbers.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace asyncert::solvers {

/// Counts of nonnegative integers, exact.
class Histogram {
 public:
  void add(std::uint64_t value) {
    ++total_;
    if (value >= small_.size()) {
      if (value >= limit) {
        ++large_[value];
        return;
      }
      small_.resize(value + 1, 0);
    }
    ++small_[value];
  }
  std::uint64_t total() const { return total_; }
  /// 0 when nothing was counted.
  std::uint64_t max() const;
  double mean() const;
  /// The smallest v with at least a fraction p of the counts at or below it; 0 when nothing was counted.
  std::uint64_t quantile(double p) const;
  /// Values that occur, with their counts.
  std::map<std::uint64_t, std::uint64_t> counts() const;
  static Histogram from(const std::map<std::uint64_t, std::uint64_t>& counts);

 private:
  static constexpr std::uint64_t limit = 4096;
  std::vector<std::uint64_t> small_;
  std::map<std::uint64_t, std::uint64_t> large_;
  std::uint64_t total_ = 0;
};

}  // namespace asyncert::solvers
