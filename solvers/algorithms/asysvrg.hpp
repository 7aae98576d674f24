// AsySVRG: a snapshot with its full gradient, then a lock-free inner loop with variance-reduced gradients.
#pragma once

#include <string>
#include <utility>

#include "solvers/algorithms/hogwild.hpp"

namespace asyncert::solvers {

/// Every `inner_steps` updates (M~ = M p) all workers synchronise, the snapshot u_0 becomes the current iterate, and
/// its full gradient is computed by all threads. In between, u <- u - eta (grad f_i(u_hat) - grad f_i(u_0) + grad
/// f(u_0)), which is dense. One outer loop costs n + 2 M~ gradient evaluations. The problem must outlive the rule.
class AsySvrg : public RuleBase {
 public:
  struct Options {
    double step = 0.01;             ///< eta
    std::uint64_t inner_steps = 0;  ///< M~; 0: the number of terms
    std::vector<double> start{};    ///< w_0; empty: the problem's
  };
  using Sample = Hogwild::Sample;

  AsySvrg(const Problem& problem, Options options) : problem_(&problem), options_(std::move(options)) {
    detail::require_positive("step", options_.step);
    options_.start = detail::start_of(problem, std::move(options_.start));
    if (options_.inner_steps == 0) options_.inner_steps = problem.terms();
  }
  std::string name() const { return "asysvrg"; }
  std::vector<double> initial() const { return options_.start; }
  std::uint64_t epoch_length() const { return options_.inner_steps; }
  void begin_epoch(std::span<const double> memory, int threads) {
    snapshot_.assign(memory.begin(), memory.end());
    full_gradient_.resize(memory.size());
    shared_gradient(*problem_, snapshot_, full_gradient_, threads);
  }
  Sample draw(RandomStream& stream, const Job&) const {
    return {static_cast<std::size_t>(stream.below(problem_->terms()))};
  }
  void compute(std::span<const double> view, const Sample& sample, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    update.reset_dense(view.size());
    const auto support = problem_->support(sample.term);
    const std::size_t entries = support.empty() ? view.size() : support.size();
    thread_local std::vector<double> here, there;
    here.resize(entries);
    there.resize(entries);
    problem_->term_gradient(sample.term, view, here);
    problem_->term_gradient(sample.term, snapshot_, there);
    update.value = full_gradient_;
    for (std::size_t e = 0; e < entries; ++e) update.value[support.empty() ? e : support[e]] += here[e] - there[e];
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t j = 0; j < update.value.size(); ++j) memory.add(j, -options_.step * update.value[j]);
  }
  /// u_0 of the current outer loop.
  const std::vector<double>& snapshot() const { return snapshot_; }

 private:
  const Problem* problem_;
  Options options_;
  std::vector<double> snapshot_, full_gradient_;
};

}  // namespace asyncert::solvers
