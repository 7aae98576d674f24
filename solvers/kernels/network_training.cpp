#include "solvers/kernels/network_training.hpp"

#include <omp.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/kernels/sampling.hpp"

namespace asyncert::solvers {

namespace {

double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The threads of one training, and the parameters that they share.
class Team {
 public:
  Team(const instances::NetworkProblem& problem, int threads, double step, const NetworkExchange& exchange,
       std::uint64_t seed)
      : problem_(problem),
        step_(step),
        exchange_(exchange),
        shared_(problem.shape(), problem.start()),
        rows_(problem.data().training),
        parts_(static_cast<std::size_t>(threads)) {
    // Refuses what it cannot do, here where an exception can leave.
    const NetworkWorker<double> check(shared_, step_, problem.penalty(), exchange_);
    for (std::size_t k = 0; k < parts_.size(); ++k) streams_.emplace_back(rows_, UniformSampling(rows(), seed, k));
  }

  std::size_t rows() const { return problem_.terms(); }
  std::vector<double> parameters() const { return shared_.parameters(); }

  struct Full {
    double value = 0, gradient_norm = 0, seconds = 0;
    std::vector<double> gradient;
  };
  /// f and grad f, rows shared by the threads.
  Full full_gradient() {
    const std::size_t p = parts_.size();
    std::vector<double> losses(p);
    Full full;
    full.seconds = work([&](std::size_t k) {
      NetworkWorker<double> worker(shared_, 0, 0, exchange_);
      for (std::size_t r = rows() * k / p; r < rows() * (k + 1) / p; ++r) {
        losses[k] += worker.accumulate(network_row(problem_.data().training, r));
      }
      parts_[k] = worker.take_sum();
    });
    const NetworkShape& shape = problem_.shape();
    const std::vector<double> w = parameters();
    const double n = static_cast<double>(rows()), penalty = problem_.penalty();
    full.gradient.resize(w.size());
    for (const double loss : losses) full.value += loss / n;
    for (std::size_t j = 0; j < w.size(); ++j) {
      double g = 0;
      for (const auto& part : parts_) g += part[j] / n;
      if (j < shape.b1() || (j >= shape.w2() && j < shape.b2())) {
        g += penalty * w[j];
        full.value += penalty / 2 * w[j] * w[j];
      }
      full.gradient[j] = g;
      full.gradient_norm += g * g;
    }
    full.gradient_norm = std::sqrt(full.gradient_norm);
    return full;
  }

  /// n updates by all threads together, with reduced variance where the gradient at the current parameters is given.
  /// Returns the CPU seconds of the slowest thread.
  double updates(const std::vector<double>* gradient) {
    const std::size_t p = parts_.size();
    const std::vector<double> snapshot = gradient ? parameters() : std::vector<double>{};
    return work([&](std::size_t k) {
      NetworkWorker<double> worker(shared_, step_, problem_.penalty(), exchange_);
      if (gradient) worker.reduce_variance(snapshot, *gradient);
      for (std::size_t s = rows() * k / p; s < rows() * (k + 1) / p; ++s) {
        worker.step(streams_[k].next());
      }
      worker.finish();
    });
  }

 private:
  /// Runs task(k) for every thread k; CPU seconds of the slowest.
  template <class Task>
  double work(Task task) {
    double slowest = 0;
    const int p = static_cast<int>(parts_.size());
#pragma omp parallel for num_threads(p) schedule(static, 1) reduction(max : slowest)
    for (int k = 0; k < p; ++k) {
      const double before = thread_seconds();
      task(static_cast<std::size_t>(k));
      slowest = std::max(slowest, thread_seconds() - before);
    }
    return slowest;
  }

  const instances::NetworkProblem& problem_;
  double step_;
  NetworkExchange exchange_;
  SharedNetwork<double> shared_;
  NetworkRows<double> rows_;
  std::vector<RowStream<NetworkRows<double>, UniformSampling, 4>> streams_;
  std::vector<std::vector<double>> parts_;  ///< each thread's share of the full gradient
};

}  // namespace

double training_unit(const instances::NetworkProblem& problem, const NetworkExchange& exchange, std::uint64_t seed) {
  Team team(problem, 1, 0.01, exchange, seed);
  std::vector<double> seconds;
  for (int repeat = 0; repeat < 3; ++repeat) seconds.push_back(team.updates(nullptr));
  std::sort(seconds.begin(), seconds.end());
  return seconds[1];
}

Run train_network(const instances::NetworkProblem& problem, const NetworkTraining& method, double step,
                  const RunOptions& options) {
  if (!(method.units > 0 && std::isfinite(method.units)))
    throw DomainError("units", shortest(method.units), "(0, inf)");
  if (!(method.unit_seconds > 0)) throw DomainError("unit_seconds", shortest(method.unit_seconds), "(0, inf)");
  if (options.threads < 1) throw DomainError("threads", std::to_string(options.threads), "1 or more");
  if (!(step > 0 && std::isfinite(step))) throw DomainError("step", shortest(step), "(0, inf)");
  Run run;
  run.requested = detail::requested(options, method.variance_reduced ? "asysvrg" : "hogwild", "openmp");
  run.requested.add("units", method.units)
      .add("exchange_every", method.exchange.every)
      .add("atomic_add", method.exchange.atomic_add);
  run.details.add("step", step).add("unit_seconds", method.unit_seconds);
  run.threads = options.threads;
  detail::Supervisor supervisor(options, run);
  Team team(problem, options.threads, step, method.exchange, options.seed);
  double seconds = 0, passes = 0;
  while (true) {
    const Team::Full full = team.full_gradient();
    run.curve.push_back({run.steps, seconds, full.value, full.gradient_norm, seconds / method.unit_seconds, passes});
    if (!(std::abs(full.value) <= options.divergence)) {
      supervisor.end(Stop::diverged,
                     "f is " + std::to_string(full.value) + " after " + std::to_string(run.steps) + " updates");
      break;
    }
    if (options.target && full.value <= *options.target) {
      supervisor.end(Stop::target_reached, "f = " + std::to_string(full.value) + " reached the target");
      break;
    }
    const bool spent = seconds >= method.units * method.unit_seconds;
    if (spent || (options.steps > 0 && run.steps >= options.steps) || !supervisor.allowed({.steps = run.steps})) break;
    if (method.variance_reduced) seconds += full.seconds;
    seconds += team.updates(method.variance_reduced ? &full.gradient : nullptr);
    passes += method.variance_reduced ? 3 : 1;
    run.steps += team.rows();
  }
  run.seconds = supervisor.seconds();
  run.x = run.memory = team.parameters();
  return run;
}

double value_at(const std::vector<CurvePoint>& curve, double units) {
  if (curve.empty()) throw DomainError("curve: it has no points");
  for (std::size_t k = 1; k < curve.size(); ++k) {
    if (curve[k].units < units) continue;
    const double share = (units - curve[k - 1].units) / (curve[k].units - curve[k - 1].units);
    return (1 - share) * curve[k - 1].value + share * curve[k].value;
  }
  return curve.back().value;
}

Run train_network_best(const instances::NetworkProblem& problem, const NetworkTraining& method,
                       const std::vector<double>& steps, const RunOptions& options) {
  if (steps.empty()) throw DomainError("steps: none were given");
  Run best;
  List tried;
  double least = std::numeric_limits<double>::infinity(), left = options.time_limit;
  for (const double step : steps) {
    RunOptions one = options;
    one.time_limit = left;
    Run run = train_network(problem, method, step, one);
    left -= run.seconds;
    const double reached = value_at(run.curve, method.units);
    tried.push_back(Object().add("step", step).add("value", reached).add("stop", to_string(run.stop)));
    const bool ends = run.stop == Stop::interrupted || run.stop == Stop::time_limit || run.stop == Stop::target_reached;
    const bool better = run.stop != Stop::diverged && reached < least;
    if (better || best.curve.empty() || ends) best = std::move(run);
    if (better) least = reached;
    if (ends) break;
    if (!(left > 0)) {
      best.stop = Stop::time_limit;
      best.reason = "the time limit passed before every step was tried";
      break;
    }
  }
  best.details.add("steps_tried", std::move(tried));
  return best;
}

}  // namespace asyncert::solvers
