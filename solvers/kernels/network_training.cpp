#include "solvers/kernels/network_training.hpp"

#include <time.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/document_reader.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/executors/team.hpp"
#include "solvers/executors/watchdog.hpp"
#include "solvers/kernels/sampling.hpp"
#include "solvers/state_archive.hpp"

namespace asyncert::solvers {

namespace {

double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The state of a training between two passes.
struct PassEnd {
  std::vector<double> w;
  std::vector<std::uint64_t> made;  ///< updates of each thread
  double seconds = 0, passes = 0;
  std::vector<CurvePoint> curve;

  std::uint64_t steps() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t m : made) sum += m;
    return sum;
  }
};

/// The threads of one training, and the parameters that they share.
class Team {
 public:
  Team(const instances::NetworkProblem& problem, double step, const NetworkExchange& exchange, std::uint64_t seed,
       std::uint64_t replicate, PassEnd state)
      : problem_(problem),
        step_(step),
        exchange_(exchange),
        shared_(problem.shape(), state.w),
        rows_(problem.data().training),
        made_(std::move(state.made)),
        parts_(made_.size()) {
    // Refuses what it cannot do before any thread starts.
    const NetworkWorker<double> check(shared_, step_, problem.penalty(), exchange_);
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      streams_.emplace_back(rows_, UniformSampling(rows(), seed, k, replicate));
      for (std::uint64_t s = 0; s < made_[k]; ++s) streams_[k].next();
    }
  }

  std::size_t rows() const { return problem_.terms(); }
  std::vector<double> parameters() const { return shared_.parameters(); }
  const std::vector<std::uint64_t>& made() const { return made_; }
  /// Ends the updates that are being made.
  void stop() { stop_.store(true, std::memory_order_relaxed); }

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

  /// `count` updates by all threads together, with reduced variance where the gradient at the current parameters is
  /// given. Returns the CPU seconds of the slowest thread.
  double updates(std::uint64_t count, const std::vector<double>* gradient) {
    const std::size_t p = parts_.size();
    const std::vector<double> snapshot = gradient ? parameters() : std::vector<double>{};
    return work([&](std::size_t k) {
      NetworkWorker<double> worker(shared_, step_, problem_.penalty(), exchange_);
      if (gradient) worker.reduce_variance(snapshot, *gradient);
      const std::uint64_t share = count * (k + 1) / p - count * k / p;
      std::uint64_t made = 0;
      for (; made < share && !stop_.load(std::memory_order_relaxed); ++made) worker.step(streams_[k].next());
      worker.finish();
      made_[k] += made;
    });
  }

 private:
  /// Runs task(k) for every thread k; CPU seconds of the slowest.
  template <class Task>
  double work(Task task) {
    std::vector<double> seconds(parts_.size());
    detail::run_team(static_cast<int>(parts_.size()), [&](std::size_t k) {
      const double before = thread_seconds();
      task(k);
      seconds[k] = thread_seconds() - before;
    });
    return *std::max_element(seconds.begin(), seconds.end());
  }

  const instances::NetworkProblem& problem_;
  double step_;
  NetworkExchange exchange_;
  SharedNetwork<double> shared_;
  NetworkRows<double> rows_;
  std::vector<RowStream<NetworkRows<double>, UniformSampling, 4>> streams_;
  std::vector<std::uint64_t> made_;         ///< updates of each thread
  std::vector<std::vector<double>> parts_;  ///< each thread's share of the full gradient
  std::atomic<bool> stop_{false};
};

std::string divergence_of(const CurvePoint& point) {
  return "f is " + std::to_string(point.value) + " after " + std::to_string(point.step) + " updates";
}

/// One training, from the start or from the end of a pass. `at_pass_end` sees the state after every pass. The share of
/// the work that is done is this training's, in a search of `steps` of which `index` have been run before.
Run train(const instances::NetworkProblem& problem, const NetworkTraining& method, double step,
          const RunOptions& options, const PassEnd* from, std::size_t index, std::size_t steps,
          const std::function<void(const PassEnd&)>& at_pass_end) {
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
  PassEnd state;
  if (from) state = *from;
  if (!from) state.w = problem.start();
  if (!from) state.made.assign(static_cast<std::size_t>(options.threads), 0);
  run.steps = state.steps();
  Team team(problem, step, method.exchange, options.seed, options.replicate, state);

  std::mutex supervising;
  detail::FirstException failure;
  Position position;
  const auto move = [&] {
    const double units = state.seconds / method.unit_seconds / method.units,
                 updates = options.steps > 0 ? static_cast<double>(run.steps) / static_cast<double>(options.steps) : 0;
    position.steps = run.steps;
    position.share =
        (static_cast<double>(index) + std::min(1.0, std::max(units, updates))) / static_cast<double>(steps);
  };
  detail::Watchdog watchdog(1, std::numeric_limits<double>::infinity(), {}, [&] {
    const std::lock_guard lock(supervising);
    bool good = false;
    failure.guard([&] { good = supervisor.allowed(position); });
    if (!good) team.stop();
  });
  const double n = static_cast<double>(team.rows());
  while (true) {
    const Team::Full full = team.full_gradient();
    std::unique_lock lock(supervising);
    // Whoever goes on from the end of a pass has its point already.
    if (state.curve.empty() || state.curve.back().step != run.steps)
      state.curve.push_back({run.steps, state.seconds, full.value, full.gradient_norm,
                             state.seconds / method.unit_seconds, state.passes});
    state.w = team.parameters();
    state.made = team.made();
    move();
    if (!(std::abs(full.value) <= options.divergence)) {
      supervisor.end(Stop::diverged, divergence_of(state.curve.back()));
      break;
    }
    if (options.target && full.value <= *options.target) {
      supervisor.end(Stop::target_reached, "f = " + shortest(full.value) + " reached the target");
      break;
    }
    // A pass that was cut short is no state to go on from.
    if (run.stop != Stop::finished) break;
    if (at_pass_end) at_pass_end(state);
    const bool spent = state.seconds >= method.units * method.unit_seconds;
    if (spent || (options.steps > 0 && run.steps >= options.steps) || !supervisor.allowed(position)) break;
    std::uint64_t count = team.rows();
    if (options.steps > 0) count = std::min(count, options.steps - run.steps);
    if (method.variance_reduced) state.seconds += full.seconds;
    lock.unlock();
    const double seconds = team.updates(count, method.variance_reduced ? &full.gradient : nullptr);
    lock.lock();
    state.seconds += seconds;
    state.made = team.made();
    const std::uint64_t made = state.steps() - run.steps;
    state.passes += (method.variance_reduced ? n + 2 * static_cast<double>(made) : static_cast<double>(made)) / n;
    run.steps += made;
  }
  watchdog.end();
  failure.rethrow();
  run.seconds = supervisor.seconds();
  run.curve = std::move(state.curve);
  run.x = run.memory = team.parameters();
  return run;
}

}  // namespace

double training_unit(const instances::NetworkProblem& problem, const NetworkExchange& exchange, std::uint64_t seed) {
  Team team(problem, 0.01, exchange, seed, 0, {.w = problem.start(), .made = {0}, .curve = {}});
  std::vector<double> seconds;
  for (int repeat = 0; repeat < 3; ++repeat) seconds.push_back(team.updates(team.rows(), nullptr));
  std::sort(seconds.begin(), seconds.end());
  return seconds[1];
}

Run train_network(const instances::NetworkProblem& problem, const NetworkTraining& method, double step,
                  const RunOptions& options) {
  if (options.checkpoint_every > 0 || options.resume)
    throw DomainError("checkpoints of a training belong to `train_network_best`");
  return train(problem, method, step, options, nullptr, 0, 1, {});
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

namespace {

/// What a search has found, and where it is.
struct Search {
  double unit_seconds = 0;
  std::vector<double> steps;
  struct Tried {
    double step = 0, value = 0;
    Stop stop = Stop::finished;
  };
  std::vector<Tried> tried;  ///< the steps that were run to the end
  // The best of them, where there is one.
  std::vector<double> best_w;
  std::vector<CurvePoint> best_curve;
  std::uint64_t best = 0;  ///< its number
  PassEnd current;         ///< of the step after these; without a curve where it has not begun

  template <class Archive>
  void visit(Archive& a) {
    a("unit_seconds", unit_seconds);
    a("steps", steps);
    a.columns("tried", tried, &Tried::step, &Tried::value, &Tried::stop);
    a("best", best);
    a("best_w", best_w);
    visit_curve(a, "best_curve", best_curve);
    a("w", current.w);
    a("made", current.made);
    a("seconds", current.seconds);
    a("passes", current.passes);
    visit_curve(a, "curve", current.curve);
  }

 private:
  template <class Archive>
  static void visit_curve(Archive& a, const char* name, std::vector<CurvePoint>& curve) {
    a.columns(name, curve, &CurvePoint::step, &CurvePoint::seconds, &CurvePoint::value, &CurvePoint::gradient_norm,
              &CurvePoint::units, &CurvePoint::passes);
  }
};

/// Throws `ParseError` unless the parts of the state are those of such a search.
void require_fit(const Search& s, const Checkpoint& checkpoint, const std::vector<double>& steps, std::size_t threads,
                 std::size_t parameters) {
  const DocumentReader state(checkpoint.state, checkpoint.source);
  const auto finite = [](const std::vector<double>& numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::isfinite(v); });
  };
  const auto ordered = [](const std::vector<CurvePoint>& curve, std::uint64_t last) {
    for (std::size_t i = 0; i < curve.size(); ++i)
      if (curve[i].step > last || (i > 0 && curve[i].step <= curve[i - 1].step) || !(curve[i].seconds >= 0))
        return false;
    return !curve.empty() && curve.back().step == last;
  };
  state.require(s.unit_seconds > 0 && std::isfinite(s.unit_seconds), "unit_seconds", "is no time");
  state.require(s.steps == steps, "steps", "are not those of such a search");
  state.require(s.tried.size() < steps.size(), "tried", "holds all steps");
  for (std::size_t i = 0; i < s.tried.size(); ++i)
    state.require(s.tried[i].step == steps[i] && s.tried[i].stop >= Stop::finished && s.tried[i].stop <= Stop::stalled,
                  "tried", "does not follow the steps");
  state.require(s.tried.empty() ? s.best_curve.empty() && s.best_w.empty()
                                : s.best < s.tried.size() && s.best_w.size() == parameters && !s.best_curve.empty() &&
                                      ordered(s.best_curve, s.best_curve.back().step),
                "best", "does not belong to the steps that were tried");
  if (s.current.curve.empty()) {
    state.require(s.current.w.empty() && s.current.made.empty() && checkpoint.step == 0, "curve",
                  "is empty, and updates were made");
    return;
  }
  state.require(s.current.w.size() == parameters && finite(s.current.w), "w", "is not that of such a network");
  state.require(s.current.made.size() == threads, "made", "is not of one number a thread");
  for (const std::uint64_t made : s.current.made)
    state.require(made <= checkpoint.step, "made", "counts more updates than were made");
  state.require(s.current.steps() == checkpoint.step, "made", "does not add up to the updates");
  state.require(ordered(s.current.curve, checkpoint.step), "curve", "is out of order, or not that of the updates");
  state.require(s.current.seconds >= 0 && std::isfinite(s.current.seconds) && s.current.passes >= 0 &&
                    std::isfinite(s.current.passes),
                "seconds", "and \"passes\" are not those of a training");
}

}  // namespace

Run train_network_best(const instances::NetworkProblem& problem, const NetworkTraining& method,
                       const std::vector<double>& steps, const RunOptions& options) {
  if (steps.empty()) throw DomainError("steps: none were given");
  NetworkTraining unit = method;
  Search search;
  search.unit_seconds = method.unit_seconds;
  search.steps = steps;
  const Object requested = [&] {
    Object words = detail::requested(options, method.variance_reduced ? "asysvrg" : "hogwild", "openmp");
    return words.add("units", method.units).add("exchange_every", method.exchange.every);
  }();
  if (options.resume) {
    detail::require_same_run(*options.resume, requested);
    if (options.steps > 0) detail::require_more_steps(options, options.resume->step);
    StateReader reader(options.resume->state, options.resume->source);
    search.visit(reader);
    require_fit(search, *options.resume, steps, static_cast<std::size_t>(options.threads),
                problem.shape().parameters());
    unit.unit_seconds = search.unit_seconds;
  }
  Run best;
  double least = std::numeric_limits<double>::infinity(), left = options.time_limit;
  if (!search.tried.empty()) {
    const Search::Tried& found = search.tried[search.best];
    best.x = best.memory = search.best_w;
    best.curve = search.best_curve;
    best.steps = best.curve.back().step;
    best.stop = found.stop;
    if (best.stop == Stop::diverged) best.reason = divergence_of(best.curve.back());
    best.details.add("step", found.step).add("unit_seconds", search.unit_seconds);
    best.threads = options.threads;
    if (best.stop != Stop::diverged) least = found.value;
  }
  std::uint64_t saved = options.resume ? options.resume->step : 0, state_of = saved;
  const auto save = [&] {
    if (saved == state_of && state_of > 0) return;
    StateWriter writer;
    search.visit(writer);
    Checkpoint checkpoint;
    checkpoint.kind = Checkpoint::Kind::training;
    checkpoint.step = saved = state_of;
    checkpoint.partial.requested = requested;
    checkpoint.state = writer.take();
    options.checkpoint(checkpoint);
  };
  double seconds = 0;
  for (std::size_t i = search.tried.size(); i < steps.size(); ++i) {
    RunOptions one = options;
    one.time_limit = left;
    const bool goes_on = options.resume && i == search.tried.size() && !search.current.curve.empty();
    const PassEnd from = search.current;
    Run run = train(problem, unit, steps[i], one, goes_on ? &from : nullptr, i, steps.size(), [&](const PassEnd& end) {
      if (options.checkpoint_every == 0) return;
      search.current = end;
      state_of = end.steps();
      if (state_of >= saved + options.checkpoint_every) save();
    });
    seconds += run.seconds;
    left -= run.seconds;
    const bool cut = run.stop == Stop::interrupted || run.stop == Stop::time_limit;
    if (cut && options.checkpoint_every > 0) save();
    const double reached = value_at(run.curve, method.units);
    if (cut && !best.curve.empty() && best.stop != Stop::diverged) {
      best.stop = run.stop;
      best.reason = run.reason + " of step " + shortest(steps[i]) + ": the best of those before it is kept";
      break;
    }
    const bool better = run.stop != Stop::diverged && reached < least;
    search.tried.push_back({steps[i], reached, run.stop});
    if (better || best.curve.empty() || cut || run.stop == Stop::target_reached) {
      best = std::move(run);
      search.best = i;
      search.best_w = best.memory;
      search.best_curve = best.curve;
    }
    if (better) least = reached;
    if (cut || best.stop == Stop::target_reached) break;
    search.current = {};
    saved = state_of = 0;
    if (!(left > 0)) {
      best.stop = Stop::time_limit;
      best.reason = "the time limit passed before every step was tried";
      break;
    }
  }
  List tried;
  for (const Search::Tried& t : search.tried)
    tried.push_back(Object().add("step", t.step).add("value", t.value).add("stop", to_string(t.stop)));
  best.details.add("steps_tried", std::move(tried));
  best.requested = requested;
  best.requested.add("atomic_add", method.exchange.atomic_add);
  best.seconds = seconds;
  return best;
}

}  // namespace asyncert::solvers
