// Figures 1 to 4: the methods on a stand-in for the paper's network.
#include "verify/assm/figures.hpp"
#include "verify/assm/training.hpp"

namespace asyncert::assm {

namespace {

using namespace training;

std::size_t stride(const Context& context) { return context.effort == Effort::quick ? 180 : 30; }

/// Figures 1 and 2: ten processes, by epochs.
FigureData by_epochs(const Context& context, double momentum) {
  const Training t(context, momentum, stride(context));
  FigureData data = t.begin();
  for (const Method m : {Method{Method::sgd, 1}, {Method::hw, 10}, {Method::assm, 10}, {Method::passm, 10}})
    data.series.push_back(t.curve(m, Shown::training_loss, false, 5));
  return data;
}

/// Figures 3 and 4: five and ten processes, by time.
FigureData by_time(const Context& context, Shown shown) {
  const Training t(context, 0.9, stride(context));
  FigureData data = t.begin();
  data.conditions.add("gradient", "exponential time, mean 1").add("write lock of ASSM", lock_hold);
  for (const Method m : {Method{Method::sgd, 1},
                         {Method::hw, 10},
                         {Method::assm, 5},
                         {Method::assm, 10},
                         {Method::passm, 5},
                         {Method::passm, 10}})
    data.series.push_back(t.curve(m, shown, true, 1.2 * static_cast<double>(t.rows())));
  return data;
}

}  // namespace

void add_training_figures(FigureRegistry& registry) {
  const Axis epochs{.label = "epochs", .unit = "gradients over rows"},
      time{.label = "time", .unit = "mean gradient times"};
  registry.add({.id = "assm.figure1",
                .source = "Figure 1",
                .title = "Training without momentum, by epochs",
                .caption = "Ten simulated processes. A message of PASSM changes one of ten blocks, so "
                           "that an epoch takes it a tenth of the way.",
                .x = epochs,
                .y = {.label = "training loss"},
                .compute = [](const Context& c) { return by_epochs(c, 0); }});
  registry.add({.id = "assm.figure2",
                .source = "Figure 2",
                .title = "Training with momentum 0.9, by epochs",
                .caption =
                    R"(As before, with momentum 0.9. The update is $(1-\beta)\gamma u$, so that momentum averages )"
                    R"(gradients and does not lengthen the step.)",
                .x = epochs,
                .y = {.label = "training loss"},
                .compute = [](const Context& c) { return by_epochs(c, 0.9); }});
  registry.add({.id = "assm.figure3",
                .source = "Figure 3",
                .title = "Test loss by time, five and ten processes",
                .caption =
                    "The clock is a model: without a lock P processes make P updates in the time of a gradient; a "
                    "lock held for a fifth of that time lets five do what ten do.",
                .x = time,
                .y = {.label = "test loss"},
                .compute = [](const Context& c) { return by_time(c, Shown::test_loss); }});
  registry.add({.id = "assm.figure4",
                .source = "Figure 4",
                .title = "Test accuracy by time, five and ten processes",
                .caption = "The runs of Figure 3.",
                .x = time,
                .y = {.label = "test rows classified correctly"},
                .compute = [](const Context& c) { return by_time(c, Shown::test_accuracy); }});
}

}  // namespace asyncert::assm
