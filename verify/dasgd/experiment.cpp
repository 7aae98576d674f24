#include "verify/dasgd/experiment.hpp"

#include <algorithm>
#include <span>

#include "lib/random.hpp"
#include "solvers/algorithms/dasgd.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/analytic.hpp"

namespace asyncert::dasgd {

namespace {

/// 1, 2, 3, 5, 10, 20, 30, 50, ... up to the last step, and that.
std::vector<std::uint64_t> logarithmic_steps(std::uint64_t last) {
  std::vector<std::uint64_t> list;
  for (std::uint64_t decade = 1; decade <= last; decade *= 10)
    for (const std::uint64_t m : {1, 2, 3, 5})
      if (m * decade < last) list.push_back(m * decade);
  list.push_back(last);
  return list;
}

}  // namespace

std::vector<double> ExperimentResult::last_at_end() const {
  std::vector<double> values;
  for (const auto& curve : last) values.push_back(curve.back());
  return values;
}

std::size_t ExperimentResult::place(std::uint64_t n) const {
  return static_cast<std::size_t>(std::lower_bound(recorded.begin(), recorded.end(), n) - recorded.begin());
}

ExperimentResult run_experiment(const Experiment& e, std::uint64_t seed) {
  constexpr std::size_t dimension = 101;
  const auto problem = solvers::instances::rosenbrock(dimension);
  ExperimentResult result;
  result.recorded = logarithmic_steps(e.steps);
  for (std::uint64_t r = e.first_realisation; r < e.first_realisation + e.realisations; ++r) {
    std::vector<double> start(dimension, 1.5);
    RandomStream stream(seed, stream_key("dasgd.experiment.start"),
                        e.start == Start::random_each ? r / e.realisations_a_start : 0);
    if (e.start != Start::three_halves)
      for (double& v : start) v = stream.uniform(0, 2);
    const solvers::Dasgd rule(*problem, {.step = {.kind = solvers::StepSize::Kind::n_log_n, .c = e.c, .n0 = e.n0},
                                         .set = solvers::box(0, 2),
                                         .noise = 1,
                                         .start = start});
    solvers::WeightedAverage average_state, average_value;
    std::vector<double> last, average, mean;
    const auto observe = [&](const solvers::ReplayStep& s) {
      const std::uint64_t n = s.job.step + 1;
      const std::vector<double> x = rule.output(s.after);
      const double value = problem->value(x);
      average_state.add(rule.step_at(n), x);
      average_value.add(rule.step_at(n), std::span(&value, 1));
      if (!std::binary_search(result.recorded.begin(), result.recorded.end(), n)) return;
      last.push_back(value);
      average.push_back(problem->value(average_state.value()));
      mean.push_back(average_value.value().front());
    };
    const solvers::Run run =
        solvers::replay(rule,
                        {.steps = e.steps,
                         .seed = seed,
                         .replicate = r,
                         .schedule = e.linear_delay ? solvers::random_linear_growth(0.5, 1.5) : solvers::no_delay()},
                        observe);
    result.largest_delay = std::max(result.largest_delay, run.delays.before_read.max());
    result.last.push_back(std::move(last));
    result.average.push_back(std::move(average));
    result.mean.push_back(std::move(mean));
  }
  return result;
}

}  // namespace asyncert::dasgd
