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

EscapeTimes escape_times(double distance, double perturbation, long runs, std::uint64_t limit, std::uint64_t seed,
                         const SchedulePtr& delays) {
  const auto problem = instances::quartic_saddle({1, -2}, 2);
  EscapeTimes times;
  times.limit = limit;
  for (long i = 0; i < runs; ++i) {
    const auto replicate = static_cast<std::uint64_t>(i);
    RandomStream start(seed, stream_key("pasgd.escape.start"), replicate);
    const Pasgd rule(*problem, {.step = 0.0002,
                                .workers = 5,
                                .perturbation = perturbation,
                                .start = {distance * start.normal(), distance * start.normal()}});
    const Run run =
        replay(rule, {.steps = limit,
                      .seed = seed,
                      .replicate = replicate,
                      .evaluate = [&](std::span<const double> x) { return Evaluation{.value = problem->value(x)}; },
                      .record_every = 10,
                      .target = -0.5,
                      .schedule = delays});
    times.steps.push_back(static_cast<double>(run.stop == Stop::target_reached ? run.steps : limit));
    times.largest_delay = std::max(times.largest_delay, run.delays.before_read.max());
  }
  return times;
}

Theorem7Events theorem7_events(long runs, std::uint64_t seed) {
  const EscapeSetting setting{2, 3, 1, 1, 1, 1, Rational::parse("1e-6"), 1, 300};
  const EscapeConstants<Ball> k = setting.constants();
  const auto problem = instances::quadratic_saddle({-1, 1});
  Theorem7Events result;
  result.runs = runs;
  result.steps = static_cast<std::uint64_t>(std::ceil(k.Tmax.upper()));
  // The sum is one of nonnegative terms, so that its rounding error is far below this margin.
  const double needed = k.F2.upper() * (1 + 1e-9);
  const Pasgd rule(*problem, {.step = 1.0 / 900, .workers = 3, .perturbation = k.r.midpoint(), .start = {0, 0}});
  for (long i = 0; i < runs; ++i) {
    double sum = 0;
    const Run run = replay(
        rule,
        {.steps = result.steps, .seed = seed, .replicate = static_cast<std::uint64_t>(i), .schedule = uniform_delay(1)},
        [&](const ReplayStep& s) { sum += squared_norm(s.before); });  // |grad f| = |x|
    result.events += sum >= needed ? 1 : 0;
    result.largest_delay = std::max(result.largest_delay, run.delays.before_read.max());
  }
  return result;
}

Returns returns(double rate, long runs, std::uint64_t seed) {
  const auto problem = instances::quartic_saddle({1, -2}, 2);
  const Pasgd rule(*problem, {.step = rate / 5, .workers = 5, .perturbation = 0.05, .start = {0, 0}});
  Returns result;
  result.runs = runs;
  for (long i = 0; i < runs; ++i) {
    bool escaped = false, returned = false;
    const Run run = replay(rule,
                           {.steps = static_cast<std::uint64_t>(30 / rate),
                            .seed = seed,
                            .replicate = static_cast<std::uint64_t>(i),
                            .schedule = constant_delay(10)},
                           [&](const ReplayStep& s) {
                             const double value = problem->value(s.after);
                             escaped = escaped || value <= -0.5;
                             returned = returned || (escaped && value > -0.25);
                           });
    result.escaped += escaped ? 1 : 0;
    result.returned += returned ? 1 : 0;
    result.largest_delay = std::max(result.largest_delay, run.delays.before_read.max());
  }
  return result;
}

Lemma9Events lemma9_events(const std::vector<double>& curvatures, long runs, std::uint64_t seed) {
  const EscapeSetting setting{2, 3, 1, 1, 1, 1, Rational::parse("1e-6"), 1, 300};
  const EscapeConstants<Ball> k = setting.constants();
  const auto problem = instances::quadratic_saddle(curvatures);
  Lemma9Events result;
  result.runs = runs;
  // Rounding errors are far below these margins, which make the event rarer.
  const double needed = k.F2.upper() * (1 + 1e-9), radius2 = (k.S * k.S).lower() * (1 - 1e-9);
  const Pasgd rule(*problem, {.step = 1.0 / 900, .workers = 3, .perturbation = k.r.midpoint(), .start = {0, 0}});
  for (long i = 0; i < runs; ++i) {
    double sum = 0, farthest2 = 0;
    const Run run = replay(rule,
                           {.steps = static_cast<std::uint64_t>(std::ceil(k.Tmax.upper())),
                            .seed = seed,
                            .replicate = static_cast<std::uint64_t>(i),
                            .schedule = uniform_delay(1)},
                           [&](const ReplayStep& s) {
                             for (std::size_t j = 0; j < curvatures.size(); ++j)
                               sum += curvatures[j] * curvatures[j] * s.before[j] * s.before[j];
                             farthest2 = std::max(farthest2, squared_norm(s.after));
                           });
    const bool large = sum >= needed, stayed = farthest2 <= radius2;
    result.gradients += large ? 1 : 0;
    result.near += stayed ? 1 : 0;
    result.either += large || stayed ? 1 : 0;
    result.largest_delay = std::max(result.largest_delay, run.delays.before_read.max());
  }
  return result;
}

}  // namespace asyncert::pasgd
