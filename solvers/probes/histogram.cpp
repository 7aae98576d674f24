#include "solvers/probes/histogram.hpp"

#include <algorithm>

namespace asyncert::solvers {

std::map<std::uint64_t, std::uint64_t> Histogram::counts() const {
  std::map<std::uint64_t, std::uint64_t> all = large_;
  for (std::uint64_t v = 0; v < small_.size(); ++v)
    if (small_[v] > 0) all[v] = small_[v];
  return all;
}

Histogram Histogram::from(const std::map<std::uint64_t, std::uint64_t>& counts) {
  Histogram h;
  for (const auto& [value, count] : counts) {
    h.total_ += count;
    if (value >= limit) {
      h.large_[value] = count;
    } else {
      h.small_.resize(std::max<std::size_t>(h.small_.size(), value + 1), 0);
      h.small_[value] = count;
    }
  }
  return h;
}

std::uint64_t Histogram::max() const {
  const auto all = counts();
  return all.empty() ? 0 : all.rbegin()->first;
}

double Histogram::mean() const {
  double sum = 0, total = 0;
  for (const auto& [value, count] : counts()) {
    sum += static_cast<double>(value) * static_cast<double>(count);
    total += static_cast<double>(count);
  }
  return total > 0 ? sum / total : 0;
}

std::uint64_t Histogram::quantile(double p) const {
  const double wanted = p * static_cast<double>(total());
  double below = 0;
  for (const auto& [value, count] : counts()) {
    below += static_cast<double>(count);
    if (below >= wanted) return value;
  }
  return 0;
}

}  // namespace asyncert::solvers
