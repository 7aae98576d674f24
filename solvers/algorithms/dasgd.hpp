// DAGD and DASGD: distributed asynchronous (stochastic) gradient descent with lazy projection.
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/projection.hpp"
#include "solvers/step_sizes.hpp"

namespace asyncert::solvers {

/// X_n = proj(Y_n); Y_{n+1} = Y_n - alpha_{n+1} (grad f(X_{s(n)}) + U_{n+1}) with fresh noise. The memory holds Y,
/// which is never projected (lazy projection); readers project what they read, and the output is X. Without noise and
/// with the full gradient it is DAGD. The regimes of delay and step: bounded with `power`, linear growth with
/// `n_log_n`, polynomial growth with `n_log_n_loglog_n`. The problem must outlive the rule.
class Dasgd : public RuleBase {
 public:
  struct Options {
    StepSize step{};
    ConvexSetPtr set{};           ///< X; none: R^d
    double noise = 0;             ///< standard deviation of each coordinate of U, Gaussian
    bool sampled_terms = false;   ///< gradients of one uniformly drawn term instead of the full gradient
    std::vector<double> start{};  ///< Y_0
  };
  struct Sample {
    std::size_t term;
  };

  Dasgd(const Problem& problem, Options options) : problem_(&problem), options_(std::move(options)) {
    options_.step.validate();
    options_.start = detail::start_of(problem, std::move(options_.start));
    if (!options_.set) options_.set = whole_space();
    if (!(options_.noise >= 0 && std::isfinite(options_.noise)))
      throw DomainError("noise", shortest(options_.noise), "[0, inf)");
  }
  std::string name() const { return "dasgd"; }
  bool numbers_updates() const { return true; }
  std::vector<double> initial() const { return options_.start; }
  void view(std::span<double> y) const { options_.set->project(y); }
  std::vector<double> output(std::span<const double> memory) const {
    std::vector<double> x(memory.begin(), memory.end());
    options_.set->project(x);
    return x;
  }
  Sample draw(RandomStream& stream, const Job&) const {
    return {options_.sampled_terms ? static_cast<std::size_t>(stream.below(problem_->terms())) : 0};
  }
  void compute(std::span<const double> x, const Sample& sample, RandomStream& stream, const Job&, std::span<double>,
               Update& update) const {
    update.reset_dense(x.size());
    if (!options_.sampled_terms) {
      problem_->gradient(x, update.value);
    } else {
      dense_term_gradient(*problem_, sample.term, x, update.value);
    }
    if (options_.noise > 0)
      for (double& g : update.value) g += options_.noise * stream.normal();
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job& job, std::span<double>) const {
    const double step = options_.step.at(job.step + 1);
    for (std::size_t j = 0; j < update.value.size(); ++j) memory.add(j, -step * update.value[j]);
  }
  double step_at(std::uint64_t n) const { return options_.step.at(n); }

 private:
  const Problem* problem_;
  Options options_;
};

/// X_bar_n = sum alpha_k X_k / sum alpha_k, fed by an observer: `average.add(rule.step_at(s.job.step + 1),
/// rule.output(s.after))`.
class WeightedAverage {
 public:
  void add(double weight, std::span<const double> x) {
    if (sum_.empty()) sum_.assign(x.size(), 0.0);
    for (std::size_t j = 0; j < x.size(); ++j) sum_[j] += weight * x[j];
    total_ += weight;
  }
  std::vector<double> value() const {
    std::vector<double> mean = sum_;
    for (double& v : mean) v /= total_;
    return mean;
  }

 private:
  std::vector<double> sum_;
  double total_ = 0;
};

}  // namespace asyncert::solvers
