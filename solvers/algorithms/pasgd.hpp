// Perturbed asynchronous SGD: M delayed gradients an update, and isotropic noise that lets it leave saddle points.
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "solvers/algorithms/hogwild.hpp"

namespace asyncert::solvers {

/// x <- x - eta (sum_{m < M} (grad f(x_{t - tau_m}) + xi_m) + M zeta), zeta ~ N(0, (r^2 / d) I): one draw an update,
/// from a stream of its own, so that delays, samples and perturbations are independent and coupled runs can share any
/// of them. r = 0 is asynchronous SGD without perturbation. The problem must outlive the rule.
class Pasgd : public RuleBase {
 public:
  struct Options {
    double step = 0.001;         ///< eta
    std::size_t workers = 1;     ///< M
    double perturbation = 0;     ///< r
    double gradient_noise = 0;   ///< standard deviation of each coordinate of xi, Gaussian
    bool sampled_terms = false;  ///< gradients of one uniformly drawn term instead of the full gradient
    /// Replaces zeta by its reflection zeta - 2 <e, zeta> e, for the mirrored run of a coupling; a unit vector e, or
    /// empty.
    std::vector<double> mirror{};
    std::vector<double> start{};
  };
  struct Sample {
    std::size_t term;
  };

  Pasgd(const Problem& problem, Options options);
  std::string name() const { return "pasgd"; }
  std::size_t batch() const { return options_.workers; }
  std::vector<double> initial() const { return options_.start; }
  Sample draw(RandomStream& stream, const Job&) const {
    return {options_.sampled_terms ? static_cast<std::size_t>(stream.below(problem_->terms())) : 0};
  }
  void compute(std::span<const double> view, const Sample& sample, RandomStream& stream, const Job&, std::span<double>,
               Update& update) const {
    update.reset_dense(view.size());
    if (!options_.sampled_terms) {
      problem_->gradient(view, update.value);
    } else {
      dense_term_gradient(*problem_, sample.term, view, update.value);
    }
    if (options_.gradient_noise > 0)
      for (double& g : update.value) g += options_.gradient_noise * stream.normal();
  }
  void finish(Update& update, RandomStream& stream, const Job&) const {
    if (options_.perturbation == 0) return;
    const std::vector<double> zeta = perturbation(stream, update.value.size());
    for (std::size_t j = 0; j < zeta.size(); ++j) update.value[j] += static_cast<double>(options_.workers) * zeta[j];
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    for (std::size_t j = 0; j < update.value.size(); ++j) memory.add(j, -options_.step * update.value[j]);
  }
  /// zeta of an update, given the stream of that update.
  std::vector<double> perturbation(RandomStream& stream, std::size_t dimension) const;

 private:
  const Problem* problem_;
  Options options_;
};

}  // namespace asyncert::solvers
