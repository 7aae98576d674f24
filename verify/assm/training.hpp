// SGD, HW, ASSM and PASSM train a support vector machine (nonsmooth, convex) on a part of connect-4, in place of the
// paper's network, which needs GPUs; a replay of simulated processes makes the runs repeat.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "bounds/assm/lock_queue.hpp"
#include "lib/figure.hpp"
#include "lib/statistics.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/data/subset.hpp"
#include "solvers/event_workers.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/data_problems.hpp"

namespace asyncert::assm::training {

using namespace solvers;

inline constexpr double lock_hold = 0.2;  // of the mean time of a gradient

/// A method with its number of simulated processes.
struct Method {
  enum Kind { sgd, hw, assm, passm } kind;
  std::uint32_t processes;
  std::string name() const {
    const char* names[] = {"SGD", "HW", "ASSM", "PASSM"};
    return processes == 1 ? names[kind] : std::string(names[kind]) + "-" + std::to_string(processes);
  }
  /// Updates in the mean time of one gradient.
  double throughput() const {
    return kind == assm ? lock_queue<double>(processes, 1, 1 / lock_hold).throughput : processes;
  }
};

enum class Shown { training_loss, test_loss, test_accuracy };

/// Rows of connect-4 that are `stride` apart, for its rows are sorted: win (1) against the rest (-1).
inline data::SparseDataset wins(std::size_t first, std::size_t stride) {
  static const data::SparseDataset all = data::load("connect-4").training;
  data::SparseDataset rows = data::every_nth(all, first, stride);
  for (double& label : rows.label) label = label == 2 ? 1 : -1;
  return rows;
}

/// Share of the rows whose label is the side of the plane w on which they lie.
inline double accuracy(const data::SparseDataset& rows, std::span<const double> w) {
  long right = 0;
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    double margin = 0;
    for (std::size_t e = 0; e < rows.row_columns(r).size(); ++e)
      margin += rows.row_values(r)[e] * w[rows.row_columns(r)[e]];
    right += (margin >= 0) == (rows.label[r] > 0) ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(rows.rows());
}

/// Runs of the methods on every `stride`-th row of connect-4 with the step 0.002 and batches of one.
class Training {
 public:
  Training(const Context& context, double momentum, std::size_t stride)
      : seed_(context.seed),
        momentum_(momentum),
        stride_(stride),
        test_(wins(stride_ / 2, stride_)),
        problem_("connect-4", wins(0, stride_), instances::LinearProblem::Loss::hinge, 1e-3),
        unseen_("connect-4", test_, instances::LinearProblem::Loss::hinge) {}

  FigureData begin() const {
    FigureData data;
    data.conditions.add("data", "connect-4, every " + std::to_string(stride_) + "th row")
        .add("rows", problem_.terms())
        .add("model", "hinge loss, win against the rest, L2 penalty 1e-3")
        .add("step", step_)
        .add("momentum", momentum_)
        .add("batch", 1)
        .add("runs a curve", runs_);
    return data;
  }

  /// The median over independent runs, by epochs or by time, up to `end`.
  Series curve(const Method& m, Shown shown, bool by_time, double end) const {
    const double per_unit = by_time ? m.throughput() : static_cast<double>(problem_.terms());
    const auto at = [&](int k) { return end * k / points_; };
    std::vector<std::vector<double>> values(points_ + 1);
    for (std::uint64_t r = 0; r < runs_; ++r) {
      int next = 0;
      const auto record = [&](std::uint64_t done, std::span<const double> w) {
        while (next <= points_ && static_cast<double>(done) >= at(next) * per_unit - 1e-9)
          values[static_cast<std::size_t>(next++)].push_back(measure(w, shown));
      };
      record(0, problem_.start());
      replay(Subgradient(problem_, rule(m)), options(m, r, static_cast<std::uint64_t>(end * per_unit) + 1),
             [&](const ReplayStep& s) { record(s.job.step + 1, s.after.first(problem_.dimension())); });
    }
    Series s{.name = m.name(), .band = "99 % confidence of the median, order statistics"};
    for (int k = 0; k <= points_; ++k) s.add(at(k), quantile_interval(values[static_cast<std::size_t>(k)], 0.5, 0.01));
    return s;
  }

  /// Training loss of one run after so many epochs, with another momentum and `lengthened` times the step.
  double loss_after(const Method& m, double epochs, std::uint64_t replicate, double momentum, double lengthened) const {
    Subgradient::Options o = rule(m);
    o.momentum = momentum;
    o.step.c *= lengthened;
    const auto steps = static_cast<std::uint64_t>(epochs * static_cast<double>(problem_.terms()));
    return problem_.value(replay(Subgradient(problem_, o), options(m, replicate, steps)).x);
  }

  std::size_t rows() const { return problem_.terms(); }

 private:
  Subgradient::Options rule(const Method& m) const {
    Subgradient::Options o{.step = {.kind = StepSize::Kind::constant, .c = step_}, .momentum = momentum_};
    if (m.kind == Method::passm) o.blocks = o.workers = m.processes;
    return o;
  }
  RunOptions options(const Method& m, std::uint64_t replicate, std::uint64_t steps) const {
    RunOptions o{.steps = steps, .seed = seed_, .replicate = replicate};
    if (m.kind == Method::sgd) return o;
    EventWorkers model;
    for (std::uint32_t c = 0; c < m.processes; ++c) model.service.push_back(exponential_service(1));
    if (m.kind == Method::assm) model.lock_hold = lock_hold;
    if (m.kind == Method::passm) model.blocks = m.processes;
    o.schedule = event_workers(std::move(model));
    if (m.kind == Method::hw) o.inconsistent_read = 0.5;
    return o;
  }
  double measure(std::span<const double> w, Shown shown) const {
    if (shown == Shown::test_accuracy) return accuracy(test_, w);
    return (shown == Shown::test_loss ? unseen_ : problem_).value(w);
  }

  std::uint64_t seed_, runs_ = 8;
  double momentum_, step_ = 0.002;
  int points_ = 12;
  std::size_t stride_;
  data::SparseDataset test_;
  instances::LinearProblem problem_, unseen_;
};

}  // namespace asyncert::assm::training
