// What real threads do: how old their reads are, and how many of their writes are lost. Every stored number carries the
// label of its writer, so that both are counted, not estimated.
#include <algorithm>
#include <bit>
#include <functional>
#include <thread>

#include "solvers/algorithms/hogwild.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/executors/stamped.hpp"
#include "verify/hogwild/figures.hpp"

namespace asyncert::hogwild {

namespace {

using namespace solvers;

/// Shares of a run's updates by class: 0, 1, 2-3, 4-7, ... , the last one open.
struct Classes {
  std::vector<std::string> names;
  std::size_t of(std::uint64_t value) const {
    return std::min<std::size_t>(names.size() - 1, static_cast<std::size_t>(std::bit_width(value)));
  }
};
const Classes delay_classes{{"0", "1", "2-3", "4-7", "8-15", "16-31", "32-63", "64-127", "128 or more"}};

/// A bar a class: the mean share over runs, from the least to the largest.
FigureData bars(const Context& context, std::size_t classes,
                const std::function<std::vector<double>(const StampedRun&)>& shares) {
  const std::uint64_t runs = context.effort == Effort::quick ? 6 : 50, steps = 60000;
  const catalog::Instance instance = catalog::make_instance("cosine");
  const Hogwild rule(*instance.problem, {.step = 0.01});
  FigureData data;
  data.conditions.add("problem", "cosine, d = 8").add("eta", Fraction{Rational(1, 100)});
  data.conditions.add("updates a run", steps)
      .add("runs", runs)
      .add("hardware threads", std::thread::hardware_concurrency());
  for (const int threads : {2, 4}) {
    std::vector<std::vector<double>> found(classes);
    for (std::uint64_t r = 0; r < runs; ++r) {
      const StampedRun run = openmp_stamped(
          rule, {.steps = steps, .seed = context.seed, .replicate = r, .threads = threads, .equal_shares = true});
      const std::vector<double> share = shares(run);
      for (std::size_t k = 0; k < classes; ++k) found[k].push_back(share[k]);
    }
    Series s{.name = std::to_string(threads) + " threads",
             .mark = Mark::bars,
             .band = "least and largest run",
             .rigor = Rigor::floating};
    for (std::size_t k = 0; k < classes; ++k) {
      double sum = 0;
      for (const double share : found[k]) sum += share;
      const auto [least, largest] = std::minmax_element(found[k].begin(), found[k].end());
      s.x.push_back(static_cast<double>(k));
      s.y.push_back(sum / static_cast<double>(runs));
      s.lower.push_back(*least);
      s.upper.push_back(*largest);
    }
    data.series.push_back(std::move(s));
  }
  return data;
}

FigureData delays(const Context& context) {
  return bars(context, delay_classes.names.size(), [](const StampedRun& run) {
    std::vector<double> share(delay_classes.names.size());
    const Histogram& h = run.run.delays.label;
    for (const auto& [delay, count] : h.counts())
      share[delay_classes.of(delay)] += static_cast<double>(count) / static_cast<double>(h.total());
    return share;
  });
}

FigureData lost_writes(const Context& context) {
  return bars(context, 9, [](const StampedRun& run) {
    std::vector<double> share(9);
    const std::vector<std::uint8_t> survived = run.ancestry.survivors();
    const std::size_t d = run.ancestry.dimension, steps = run.ancestry.steps();
    for (std::size_t t = 0; t < steps; ++t) {
      const auto kept = std::count(survived.begin() + static_cast<std::ptrdiff_t>(t * d),
                                   survived.begin() + static_cast<std::ptrdiff_t>((t + 1) * d), std::uint8_t{1});
      share[d - static_cast<std::size_t>(kept)] += 1.0 / static_cast<double>(steps);
    }
    return share;
  });
}

}  // namespace

void add_thread_figures(FigureRegistry& registry) {
  registry.add({.id = "hogwild.delays",
                .source = "(3), Assumption 2",
                .title = "Delays of real threads",
                .caption = R"(Share of the updates whose read is $t-a(t)$ updates old. The theory asks for one bound )"
                           R"($\tau$; a thread that loses its core makes the tail.)",
                .x = {.label = "delay t - a(t)", .unit = "updates", .categories = delay_classes.names},
                .y = {.label = "share of the updates", .logarithmic = true},
                .compute = delays});
  registry.add({.id = "hogwild.lost_writes",
                .source = "(2), Assumption 3",
                .title = "Lost writes of real threads",
                .caption = R"(Share of the updates of which so many of the eight coordinates were overwritten: the )"
                           R"(zeros of $B_t$.)",
                .x = {.label = "coordinates lost", .categories = {"0", "1", "2", "3", "4", "5", "6", "7", "8"}},
                .y = {.label = "share of the updates", .logarithmic = true},
                .compute = lost_writes});
}

}  // namespace asyncert::hogwild
