#include "verify/pasgd/escape_runs.hpp"

#include <algorithm>
#include <cmath>

#include "bounds/pasgd/constants.hpp"
#include "lib/random.hpp"
#include "solvers/algorithms/pasgd.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/analytic.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

using namespace solvers;

void add_escape_time(EscapeTimes& times, double distance, double perturbation, std::uint64_t seed,
                     std::uint64_t replicate, const SchedulePtr& delays) {
  static const auto problem = instances::quartic_saddle({1, -2}, 2);
  RandomStream start(seed, stream_key("pasgd.escape.start"), replicate);
  const Pasgd rule(*problem, {.step = times.rate / 5,
                              .workers = 5,
                              .perturbation = perturbation,
                              .start = {distance * start.normal(), distance * start.normal()}});
  const Run run =
      replay(rule, {.steps = times.limit,
                    .seed = seed,
                    .replicate = replicate,
                    .evaluate = [&](std::span<const double> x) { return Evaluation{.value = problem->value(x)}; },
                    .record_every = times.rate > 0.01 ? 1u : 10u,
                    .target = -0.5,
                    .schedule = delays});
  times.steps.push_back(static_cast<double>(run.stop == Stop::target_reached ? run.steps : times.limit));
  times.largest_delay = std::max(times.largest_delay, run.delays.before_read.max());
}

EscapeTimes escape_times(double distance, double perturbation, long runs, std::uint64_t limit, std::uint64_t seed,
                         const SchedulePtr& delays) {
  EscapeTimes times;
  times.limit = limit;
  for (long i = 0; i < runs; ++i)
    add_escape_time(times, distance, perturbation, seed, static_cast<std::uint64_t>(i), delays);
  return times;
}

namespace {

/// Constants of Theorem 7 and Lemma 9 at which all of their conditions hold, rounded to the safe side: rounding errors
/// of the runs are far below these margins, which make the events rarer.
struct Feasible {
  double needed, radius2, perturbation;
  std::uint64_t steps;
};
const Feasible& feasible() {
  static const Feasible values = [] {
    const EscapeConstants<Ball> k = EscapeSetting{2, 3, 1, 1, 1, 1, Rational::parse("1e-6"), 1, 300}.constants();
    return Feasible{.needed = k.F2.upper() * (1 + 1e-9),
                    .radius2 = (k.S * k.S).lower() * (1 - 1e-9),
                    .perturbation = k.r.midpoint(),
                    .steps = static_cast<std::uint64_t>(std::ceil(k.Tmax.upper()))};
  }();
  return values;
}

}  // namespace

Return return_run(double rate, std::uint64_t seed, std::uint64_t replicate) {
  static const auto problem = instances::quartic_saddle({1, -2}, 2);
  const Pasgd rule(*problem, {.step = rate / 5, .workers = 5, .perturbation = 0.05, .start = {0, 0}});
  Return result;
  const Run run = replay(rule,
                         {.steps = static_cast<std::uint64_t>(30 / rate),
                          .seed = seed,
                          .replicate = replicate,
                          .schedule = constant_delay(10)},
                         [&](const ReplayStep& s) {
                           const double value = problem->value(s.after);
                           result.escaped = result.escaped || value <= -0.5;
                           result.returned = result.returned || (result.escaped && value > -0.25);
                         });
  result.largest_delay = run.delays.before_read.max();
  return result;
}

FeasibleRun feasible_run(const std::vector<double>& curvatures, std::uint64_t seed, std::uint64_t replicate) {
  const auto problem = instances::quadratic_saddle(curvatures);
  const Feasible& k = feasible();
  const Pasgd rule(*problem, {.step = 1.0 / 900, .workers = 3, .perturbation = k.perturbation, .start = {0, 0}});
  double sum = 0, farthest2 = 0;
  const Run run = replay(rule, {.steps = k.steps, .seed = seed, .replicate = replicate, .schedule = uniform_delay(1)},
                         [&](const ReplayStep& s) {
                           for (std::size_t j = 0; j < curvatures.size(); ++j)
                             sum += curvatures[j] * curvatures[j] * s.before[j] * s.before[j];
                           farthest2 = std::max(farthest2, squared_norm(s.after));
                         });
  return {.large = sum >= k.needed,
          .stayed = farthest2 <= k.radius2,
          .steps = k.steps,
          .largest_delay = run.delays.before_read.max()};
}

}  // namespace asyncert::pasgd
