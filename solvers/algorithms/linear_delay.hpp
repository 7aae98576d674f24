// Linear delay systems: the dynamics of the difference of two coupled runs, and of its fundamental solutions.
#pragma once

#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

/// x(n + 1) = x(n) + (1 / M) sum_{m < M} A x(n - tau_{n,m}), A symmetric or not, row-major. With
/// `RunOptions::zero_history` and a schedule that keeps labels before the start, x(n) = 0 for n < 0, and A = (a), x(0)
/// = 1 gives the fundamental solution f(0, n).
class LinearDelay : public RuleBase {
 public:
  struct Options {
    std::vector<double> matrix{};  ///< A, d x d
    std::vector<double> start{};   ///< x(0)
    std::size_t messages = 1;      ///< M
  };
  struct Sample {};

  explicit LinearDelay(Options options) : options_(std::move(options)) {
    const std::size_t d = options_.start.size();
    if (d == 0 || options_.matrix.size() != d * d)
      throw DomainError("matrix: it has " + std::to_string(options_.matrix.size()) + " entries for " +
                        std::to_string(d) + " coordinates");
    if (options_.messages == 0) throw DomainError("messages", "0", "1 or more");
  }
  std::string name() const { return "linear-delay"; }
  std::size_t batch() const { return options_.messages; }
  std::vector<double> initial() const { return options_.start; }
  Sample draw(RandomStream&, const Job&) const { return {}; }
  void compute(std::span<const double> view, const Sample&, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    const std::size_t d = view.size();
    update.reset_dense(d);
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) update.value[i] += options_.matrix[i * d + j] * view[j];
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t j = 0; j < update.value.size(); ++j)
      memory.add(j, update.value[j] / static_cast<double>(options_.messages));
  }

 private:
  Options options_;
};

}  // namespace asyncert::solvers
