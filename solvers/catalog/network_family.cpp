#include <cmath>

#include "lib/errors.hpp"
#include "solvers/catalog/families.hpp"
#include "solvers/kernels/network_training.hpp"

namespace asyncert::solvers::catalog {

namespace {

Run train(bool variance_reduced, const Instance& instance, const Settings& s, const RunOptions& options) {
  const std::string name = variance_reduced ? "asysvrg-network" : "hogwild-network";
  const auto* problem = dynamic_cast<const instances::NetworkProblem*>(instance.problem.get());
  if (!problem)
    throw DomainError(name + " trains the network of an instance such as connect4-network, which " + instance.name +
                      " is not");
  if (options.memory != MemoryPolicy::wild && options.memory != MemoryPolicy::atomic_add)
    throw DomainError("memory", to_string(options.memory), "wild or atomic_add, for " + name);
  if (options.probes || options.trace || options.max_delay)
    throw DomainError(name + " records no delays: probes, trace and max_delay belong to hogwild and asysvrg");
  if (options.stamps) throw DomainError(name + " has no stamps: they belong to hogwild");
  if (options.record_every > 0)
    throw DomainError("--record-every: the curve of " + name + " has a point after every pass over the data");
  if (options.equal_shares) throw DomainError("--equal-shares: the threads of " + name + " always have equal shares");
  if (std::isfinite(options.stall_limit))
    throw DomainError("--stall-limit: the threads of " + name + " are not watched one by one; --time-limit is obeyed");
  NetworkTraining method{.variance_reduced = variance_reduced, .units = s.positive("units", 12)};
  method.exchange = {s.count("exchange", 32, 1, std::uint64_t{1} << 24), options.memory == MemoryPolicy::atomic_add};
  // A search that goes on keeps its unit of time.
  method.unit_seconds = options.resume ? 1 : training_unit(*problem, method.exchange, options.seed);
  const std::vector<double> steps =
      s.word("step", "grid") == "grid" ? paper_steps : std::vector<double>{s.positive("step", 0)};
  return train_network_best(*problem, method, steps, options);
}

}  // namespace

void add_network_family(std::vector<Algorithm>& list) {
  const std::vector<Setting> settings{
      {"units", "", "CPU time to spend, in passes of Hogwild! with one thread", "(0, inf)", "12"},
      {"step", "eta", "step size, or grid: the best of 0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001",
       "(0, inf) or grid", "grid"},
      {"exchange", "", "updates of a thread between two exchanges with the shared parameters",
       "whole numbers from 1 to 16777216", "32"}};
  for (const bool reduced : {false, true}) {
    list.push_back({.name = reduced ? "asysvrg-network" : "hogwild-network",
                    .summary = reduced
                                   ? "AsySVRG on the sigmoid network of a data set: training loss against CPU time"
                                   : "Hogwild! on the sigmoid network of a data set: training loss against CPU time",
                    .settings = settings,
                    .memory = MemoryPolicy::wild,
                    .run = [reduced](const Instance& instance, const Settings& s, const std::string&,
                                     const RunOptions& options) { return train(reduced, instance, s, options); },
                    .executors = {"openmp"},
                    .default_steps = 0});
  }
}

}  // namespace asyncert::solvers::catalog
