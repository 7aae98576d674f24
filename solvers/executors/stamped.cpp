#include "solvers/executors/stamped.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "lib/errors.hpp"

namespace asyncert::solvers {

void detail::summarise(StampedRun& result) {
  const Ancestry& a = result.ancestry;
  const auto survived = a.survivors();
  result.run.survival.assign(a.dimension, 1.0);
  for (std::size_t j = 0; j < a.dimension; ++j) {
    std::uint64_t writes = 0, alive = 0;
    for (std::size_t t = 0; t < a.steps(); ++t) {
      writes += a.base[t * a.dimension + j] != Ancestry::untouched ? 1 : 0;
      alive += survived[t * a.dimension + j];
    }
    if (writes > 0) result.run.survival[j] = static_cast<double>(alive) / static_cast<double>(writes);
  }
  const auto labels = a.read_labels();
  for (std::size_t t = 0; t < a.steps(); ++t)
    result.run.delays.label.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(t) - labels[t]));
  const auto inconsistent = a.inconsistent_reads();
  result.run.inconsistent_reads = static_cast<std::uint64_t>(std::count(inconsistent.begin(), inconsistent.end(), 1));
}

StampedRun openmp_stamped(const AnyRule& rule, RunOptions options) {
  options.stamps = true;
  if (rule.batch() != 1 || rule.epoch_length() != 0)
    throw DomainError("stamps: they need one message an update and no epochs");
  if (options.steps >= Ancestry::untouched - 1)
    throw DomainError("steps", std::to_string(options.steps), "fewer than 2^32 - 2");
  constexpr std::uint64_t most = std::uint64_t{1} << 27;
  const std::uint64_t d = rule.initial().size();
  if (options.steps > most / std::max<std::uint64_t>(1, d))
    throw DomainError("stamps: " + std::to_string(options.steps) + " updates of " + std::to_string(d) +
                      " coordinates are more than the 2^27 = 134217728 numbers that are kept (3.3 GB)");
  if (options.memory != MemoryPolicy::wild && options.memory != MemoryPolicy::atomic_add)
    throw DomainError("memory", to_string(options.memory), "wild or atomic_add, for stamped runs");
  StampedRun result;
  result.run = detail::run_with_stamps(rule, options, result.ancestry);
  detail::summarise(result);
  return result;
}

Run detail::stamped_run(const AnyRule& rule, const RunOptions& options) {
  StampedRun result = openmp_stamped(rule, options);
  measure_gap(rule, options, result.ancestry, result.run);
  if (options.trace) result.run.trace.ancestry = std::move(result.ancestry);
  return std::move(result.run);
}

}  // namespace asyncert::solvers
