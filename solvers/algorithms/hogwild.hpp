// SGD and Hogwild!: w <- w - eta grad f_i(w_hat), coordinate by coordinate.
#pragma once

#include <string>
#include <utility>

#include "solvers/problem.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

/// One step: read w_hat, draw i uniformly (independently of w_hat), w_k <- w_k - eta (grad f_i(w_hat))_k for the
/// coordinates that f_i depends on. Run by `serial` it is SGD; by `openmp` with `wild` memory Hogwild! as printed (lost
/// updates), with `atomic_add` without lost updates. Terms with a support are read and written there only. The problem
/// must outlive the rule.
class Hogwild : public RuleBase {
 public:
  struct Options {
    double step = 0.01;           ///< eta
    std::vector<double> start{};  ///< w_0; empty: the problem's
  };
  struct Sample {
    std::size_t term;
  };

  Hogwild(const Problem& problem, Options options);
  std::string name() const { return "hogwild"; }
  std::vector<double> initial() const { return options_.start; }
  Sample draw(RandomStream& stream, const Job&) const {
    return {static_cast<std::size_t>(stream.below(problem_->terms()))};
  }
  std::span<const std::uint32_t> support(const Sample& sample) const { return problem_->support(sample.term); }
  void compute(std::span<const double> view, const Sample& sample, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    const auto support = problem_->support(sample.term);
    if (support.empty()) {
      update.reset_dense(view.size());
    } else {
      update.reset_sparse(support);
    }
    problem_->term_gradient(sample.term, view, update.value);
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t e = 0; e < update.value.size(); ++e)
      memory.add(update.coordinate(e), -options_.step * update.value[e]);
  }

 private:
  const Problem* problem_;
  Options options_;
};

namespace detail {
/// The given start, or the problem's where it is empty. Throws `DomainError` when sizes differ.
std::vector<double> start_of(const Problem& problem, std::vector<double> given);
/// Throws `DomainError` unless 0 < value < inf.
void require_positive(const std::string& name, double value);
}  // namespace detail

}  // namespace asyncert::solvers
