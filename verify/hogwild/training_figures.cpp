// Figures 1 and 2: Hogwild! and AsySVRG on the network of the experiments, on a part of connect-4 that takes seconds.
#include <algorithm>

#include "lib/statistics.hpp"
#include "solvers/data/subset.hpp"
#include "solvers/kernels/network_training.hpp"
#include "verify/hogwild/figures.hpp"

namespace asyncert::hogwild {

namespace {

using namespace solvers;

/// Every `stride`-th row: the rows of the file are sorted, so that its beginning would not do.
std::shared_ptr<const data::ClassificationData> thinned_connect4(std::size_t stride) {
  const data::ClassificationData whole = data::load("connect-4");
  return std::make_shared<const data::ClassificationData>(
      data::ClassificationData{data::every_nth(whole.training, 0, stride), {}, whole.classes});
}

/// The experiment of both figures at one effort.
struct Training {
  explicit Training(const Context& context)
      : seed(context.seed),
        stride(context.effort == Effort::quick      ? 400
               : context.effort == Effort::standard ? 12
                                                    : 1),
        problem("connect-4", thinned_connect4(stride)) {
    unit_seconds = training_unit(problem, {}, seed);
  }

  NetworkTraining method(bool reduced) const {
    return {.variance_reduced = reduced, .units = units, .unit_seconds = unit_seconds};
  }

  /// The median loss over independent runs at equidistant times, with the paper's grid searched by the first run.
  Series curve(FigureData& data, bool reduced, int threads, const std::string& name) const {
    RunOptions options{.seed = seed, .threads = threads};
    const Run best = train_network_best(problem, method(reduced), {0.05, 0.01}, options);
    double step = 0.1;
    for (const auto& [key, value] : best.details.members())
      if (key == "step") step = *value.get<double>();
    std::vector<std::vector<CurvePoint>> curves;
    for (std::uint64_t r = 1; r <= runs; ++r) {
      options.seed = seed + r;
      curves.push_back(train_network(problem, method(reduced), step, options).curve);
    }
    data.conditions.add("step of " + name, step);
    Series s{.name = name, .band = "99 % confidence of the median, order statistics"};
    for (double at = 0; at <= units; at += 1) {
      std::vector<double> values;
      for (const auto& c : curves) values.push_back(value_at(c, at));
      s.add(at, quantile_interval(values, 0.5, 0.01));
    }
    return s;
  }

  FigureData begin() const {
    FigureData data;
    data.conditions.add("data", "connect-4, every " + std::to_string(stride) + "th row")
        .add("rows", problem.terms())
        .add("hidden units", problem.shape().hidden)
        .add("lambda", Rational(1, 1000))
        .add("runs a curve", runs);
    return data;
  }

  std::uint64_t seed;
  std::size_t stride;
  instances::NetworkProblem problem;
  double units = 5, unit_seconds = 0;
  std::uint64_t runs = 8;
};

FigureData figure1(const Context& context) {
  const Training t(context);
  FigureData data = t.begin();
  for (const bool reduced : {false, true})
    data.series.push_back(t.curve(data, reduced, 2, reduced ? "AsySVRG-2" : "Hogwild!-2"));
  return data;
}

FigureData figure2(const Context& context) {
  const Training t(context);
  FigureData data = t.begin();
  for (const bool reduced : {false, true})
    for (const int threads : {1, 2})
      data.series.push_back(
          t.curve(data, reduced, threads, (reduced ? "AsySVRG-" : "Hogwild!-") + std::to_string(threads)));
  return data;
}

}  // namespace

void add_training_figures(FigureRegistry& registry) {
  const Axis time{.label = "CPU time of the slowest thread", .unit = "passes of Hogwild! with one thread"},
      loss{.label = "training loss"};
  registry.add({.id = "hogwild.figure1",
                .source = "Figure 1",
                .title = "Hogwild! against AsySVRG",
                .caption = "The paper's experiment on a part of its data, with two threads and the better of two steps "
                           "of its grid.",
                .x = time,
                .y = loss,
                .compute = figure1});
  registry.add({.id = "hogwild.figure2",
                .source = "Figure 2",
                .title = "One thread against two",
                .caption = "CPU time of a thread, so that waiting for a core does not count: with two threads a pass "
                           "costs each of them less.",
                .x = time,
                .y = loss,
                .compute = figure2});
}

}  // namespace asyncert::hogwild
