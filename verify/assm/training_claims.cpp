// Claims about the orders of Figures 1 and 2 on the stand-in for the paper's network.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "verify/assm/claims.hpp"
#include "verify/assm/training.hpp"

namespace asyncert::assm {

namespace {

using namespace training;

/// What most pairs of runs with the same samples and times show at the end.
struct Outcome {
  std::string what;
  double epochs, momentum;
  std::function<bool(const Training&, std::uint64_t)> happens;
};

/// P(outcome) against 1/2, for each of them.
Evidence most_runs(const Context& context, const std::vector<Outcome>& outcomes) {
  const Training training(context, 0, 180);
  const long runs = context.effort == Effort::quick ? 40 : context.effort == Effort::standard ? 100 : 400;
  Evidence e =
      evidence(Coverage::sample,
               "replayed runs of simulated processes with exponential times on a hinge loss with L2 penalty for "
               "rows of connect-4, in pairs; Clopper-Pearson limits, looked at after more and more runs until "
               "they exclude 1/2");
  for (const Outcome& outcome : outcomes) {
    const ProportionTest test =
        test_proportion([&](long r) { return outcome.happens(training, static_cast<std::uint64_t>(r)); }, 0.5,
                        context.false_alarm / static_cast<double>(outcomes.size()), runs, 16 * runs);
    compare(e, "1/2 <= P(" + outcome.what + ")", Rational(1, 2), Relation::less_equal, test.probability,
            Object()
                .add("rows", static_cast<long>(training.rows()))
                .add("processes", 10)
                .add("epochs", outcome.epochs)
                .add("momentum", outcome.momentum)
                .add("pairs of runs", test.trials)
                .add("pairs in this order", test.successes));
    // The weakest of the tests; none where one of them detects nothing.
    const auto& weakest = e.smallest_detectable_violation;
    e.smallest_detectable_violation =
        e.comparisons.size() == 1 || !test.shortfall || (weakest && *test.shortfall > *weakest) ? test.shortfall
                                                                                                : weakest;
  }
  e.seed = context.seed;
  return e;
}

/// PASSM against both full-vector methods.
Evidence partitioned_is_slower(const Context& context) {
  const double epochs = 0.5;
  return most_runs(context,
                   {{"loss of PASSM > losses of HW and of ASSM", epochs, 0, [=](const Training& t, std::uint64_t r) {
                       const auto loss = [&](Method::Kind kind) { return t.loss_after({kind, 10}, epochs, r, 0, 1); };
                       return loss(Method::passm) > std::max(loss(Method::hw), loss(Method::assm));
                     }}});
}

/// Loss of PASSM with momentum and the step times `lengthened` over that without.
double loss_with_momentum(const Training& t, double epochs, std::uint64_t replicate, double lengthened) {
  const Method passm{Method::passm, 10};
  return t.loss_after(passm, epochs, replicate, 0.9, lengthened) / t.loss_after(passm, epochs, replicate, 0, 1);
}

/// Momentum with the factor 1-m: behind at first, and at most a share `gain` apart later.
Evidence averaged_momentum(const Context& context, const Rational& gain) {
  return most_runs(context, {{"loss with momentum > loss without", 0.5, 0.9,
                              [](const Training& t, std::uint64_t r) { return loss_with_momentum(t, 0.5, r, 1) > 1; }},
                             {"|loss with momentum/loss without - 1| <= " + gain.to_string(), 3, 0.9,
                              [=](const Training& t, std::uint64_t r) {
                                return std::abs(loss_with_momentum(t, 3, r, 1) - 1) <= gain.to_double();
                              }}});
}

/// Momentum without the factor.
Evidence library_momentum(const Context& context) {
  return most_runs(context, {{"loss with momentum < loss without", 0.5, 0.9, [](const Training& t, std::uint64_t r) {
                                return loss_with_momentum(t, 0.5, r, 10) < 1;
                              }}});
}

}  // namespace

void register_training_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.measured.figure1",
       .source = "Figure 1, on a stand-in",
       .statement =
           R"(Without momentum, ten processes, one step for all: after half an epoch PASSM has a larger training loss than HW and ASSM in at least half of the runs, on a support vector machine for connect-4)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return partitioned_is_slower(c); },
       .uses = {"assm.figure1.clocks"},
       .note =
           "The order of Figure 1 at first. A message of PASSM changes one of ten blocks. From the second epoch on, "
           "where a constant step leaves noise, the losses are within about a tenth of each other."});
  registry.add(
      {.id = "assm.measured.figure2",
       .source = "Figure 2, on a stand-in, momentum as in Algorithm 1",
       .statement =
           R"(For ten processes of PASSM on a support vector machine for connect-4 momentum $0.9$ with the factor $1-m$ does not help: in at least half of the runs the training loss is larger than without after half an epoch, and within $\frac1{100}$ of that without after three epochs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return averaged_momentum(c, Rational(1, 100)); },
       .uses = {"assm.effective_step"},
       .note = "Unlike Figure 2. The averages lag at first, and no step is longer."});
  registry.add(
      {.id = "assm.measured.figure2.library",
       .source = "Figure 2, on a stand-in, momentum as in the library of Section 4",
       .statement =
           R"(For ten processes of PASSM on a support vector machine for connect-4 momentum $0.9$ without the factor $1-m$ lowers the training loss after half an epoch in at least half of the runs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return library_momentum(c); },
       .uses = {"assm.section4.library_momentum"},
       .note =
           "As in Figure 2 at first: every subgradient has ten times the weight. From the second epoch on the "
           "longer step leaves more noise, and the losses are within about a tenth of each other in either order."});

  registry.add(
      {.id = "assm.canary.momentum_changes_nothing",
       .source = "planted",
       .statement = R"(After three epochs the loss of PASSM with momentum is within $10^{-5}$ of that without)",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return averaged_momentum(c, Rational(1, 100000)); },
       .canary = true});
}

}  // namespace asyncert::assm
