// The methods for consistent linear systems: basic, synchronous minibatch, and asynchronous parallel SGD.
#pragma once

#include <string>
#include <utility>

#include "solvers/linear_system.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

/// Every message is the point y = x_read - omega grad f_S(x_read) with its own fresh sketch S; the update is
/// x <- (1 - theta) x + theta (mean of `messages` points).
///
/// - basic method: theta = 1, one message, no delay;
/// - synchronous minibatch: theta = 1, tau messages, no delay;
/// - APSGD (Algorithm 1): damping theta, one message, delays from the executor. `openmp` with `consistent` memory is
/// the
///   master-worker form, with `wild` or `atomic_add` the shared-memory form.
/// The system must outlive the rule.
class Apsgd : public RuleBase {
 public:
  struct Options {
    double omega = 1;             ///< relaxation
    double theta = 1;             ///< damping
    std::size_t messages = 1;     ///< tau of the minibatch
    std::vector<double> start{};  ///< x_0; empty: 0
  };
  using Sample = LinearSystem::Draw;

  Apsgd(const LinearSystem& system, Options options);
  std::string name() const { return "apsgd"; }
  std::size_t batch() const { return options_.messages; }
  std::vector<double> initial() const { return options_.start; }
  Sample draw(RandomStream& stream, const Job&) const { return system_->draw(stream); }
  void compute(std::span<const double> view, const Sample& sample, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    update.reset_dense(view.size());
    system_->sketched_gradient(sample, view, update.value);
    for (std::size_t j = 0; j < view.size(); ++j) update.value[j] = view[j] - options_.omega * update.value[j];
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job&, std::span<double>) const {
    const double theta = options_.theta, share = theta / static_cast<double>(options_.messages);
    for (std::size_t j = 0; j < update.value.size(); ++j)
      memory.transform(j, [&](double x) { return (1 - theta) * x + share * update.value[j]; });
  }

 private:
  const LinearSystem* system_;
  Options options_;
};

}  // namespace asyncert::solvers
