#include "solvers/executors/kept_states.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <mutex>
#include <string>

#include "solvers/executors/team.hpp"

namespace asyncert::solvers::detail {

namespace {

/// The last of 0 .. n - 1, then every 2^k-th for falling k.
std::vector<std::size_t> coarse_to_fine(std::size_t n) {
  std::vector<std::size_t> order{n - 1};
  std::vector<bool> taken(n, false);
  taken[n - 1] = true;
  for (std::size_t stride = std::bit_ceil(n); stride > 0; stride /= 2)
    for (std::size_t i = 0; i < n; i += stride)
      if (!taken[i]) taken[i] = true, order.push_back(i);
  return order;
}

}  // namespace

void evaluate(std::vector<KeptState>& states, const AnyRule& rule, const RunOptions& options, Supervisor& supervisor,
              Run& run) {
  if (states.empty()) return;
  const double begin = supervisor.seconds();
  std::stable_sort(states.begin(), states.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  const std::vector<std::size_t> order = coarse_to_fine(states.size());
  const bool late = run.stop == Stop::interrupted || run.stop == Stop::time_limit;
  const auto must_end = [&](const Position& position) {
    if (!late) return !supervisor.allowed(position);
    if (options.progress) options.progress(position);
    return supervisor.seconds() > begin + 1;
  };
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> cut{false};
  std::mutex supervising;
  FirstException failure;
  const int team = static_cast<int>(
      std::min<std::size_t>(states.size(), static_cast<std::size_t>(std::max(options.threads, omp_get_max_threads()))));
#pragma omp parallel num_threads(team)
  failure.guard([&] {
    for (std::size_t i = next++; i < order.size() && !cut; i = next++) {
      KeptState& state = states[order[i]];
      try {
        if (!state.value) state.value = options.evaluate(rule.output(state.memory));
        const std::size_t evaluated = ++done;
        const std::lock_guard lock(supervising);
        if (evaluated < order.size() && must_end({run.steps, evaluated, order.size()})) cut = true;
      } catch (...) {
        cut = true;
        throw;
      }
    }
  });
  failure.rethrow();
  for (const KeptState& state : states) {
    if (!state.value) {
      ++run.unevaluated;
      continue;
    }
    supervisor.record(state.step, state.seconds, *state.value);
  }
  states.clear();
  run.curve_seconds += supervisor.seconds() - begin;
}

}  // namespace asyncert::solvers::detail
