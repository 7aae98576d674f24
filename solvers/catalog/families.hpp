// The families of algorithms; each file adds its own, so that their templates compile apart.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/errors.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/serial.hpp"
#include "solvers/executors/simulated.hpp"

namespace asyncert::solvers::catalog {

void add_hogwild_family(std::vector<Algorithm>& list);
void add_subgradient_family(std::vector<Algorithm>& list);
void add_linear_family(std::vector<Algorithm>& list);
void add_delayed_family(std::vector<Algorithm>& list);
void add_network_family(std::vector<Algorithm>& list);

inline Run execute(const AnyRule& rule, const std::string& executor, const RunOptions& options) {
  if (executor == "serial") return serial(rule, options);
  if (executor == "replay") return replay(rule, options);
  if (executor == "openmp") return openmp(rule, options);
  if (executor == "simulate") {
    if (!options.times) throw DomainError("simulate needs the times that its threads take");
    return simulate(rule, options, *options.times).run;
  }
  throw DomainError("executor", executor, "serial, replay, openmp or simulate");
}

inline const Problem& problem_of(const Instance& instance, const std::string& algorithm) {
  if (!instance.problem)
    throw DomainError(algorithm + " needs a function to minimise, " + instance.name + " is a linear system");
  return *instance.problem;
}
inline const LinearSystem& system_of(const Instance& instance, const std::string& algorithm) {
  if (!instance.system) throw DomainError(algorithm + " solves linear systems, " + instance.name + " is none");
  return *instance.system;
}

/// Messages that one update may gather: each is kept until all are there.
constexpr std::uint64_t most_messages = std::uint64_t{1} << 20;

inline const Setting step_setting{"step", "eta", "step size", "(0, inf)", "0.01"};
inline const Setting start_setting{"start", "w_0", "first iterate, numbers with commas",
                                   "a finite number for each coordinate", "the instance's"};

}  // namespace asyncert::solvers::catalog
