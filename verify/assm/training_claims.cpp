// Claims about the orders of Figures 1 and 2 on the stand-in for the paper's network.
#include <algorithm>
#include <string>

#include "verify/assm/claims.hpp"
#include "verify/assm/training.hpp"

namespace asyncert::assm {

namespace {

using namespace training;

constexpr double epochs = 0.5;

/// P(the first loss is above the second after half an epoch), in runs with the same samples and times, against 1/2.
template <class First, class Second>
Evidence larger_loss(const Context& context, const std::string& what, double momentum, First first, Second second) {
  const Training training(context, 0, 180);
  const long runs = context.effort == Effort::quick ? 40 : context.effort == Effort::standard ? 100 : 400;
  const ProportionTest test = test_proportion(
      [&](long r) {
        const auto replicate = static_cast<std::uint64_t>(r);
        return first(training, replicate) > second(training, replicate);
      },
      0.5, context.false_alarm, runs, 16 * runs);
  Evidence e =
      evidence(Coverage::sample,
               "replayed runs of simulated processes with exponential times on a hinge loss with L2 penalty for "
               "rows of connect-4, in pairs; Clopper-Pearson limits, looked at after more and more runs until "
               "they exclude 1/2");
  compare(e, "1/2 <= P(" + what + ")", Rational(1, 2), Relation::less_equal, test.probability,
          Object()
              .add("rows", static_cast<long>(training.rows()))
              .add("processes", 10)
              .add("epochs", epochs)
              .add("momentum", momentum)
              .add("pairs of runs", test.trials)
              .add("pairs in this order", test.successes));
  e.smallest_detectable_violation = test.shortfall;
  e.seed = context.seed;
  return e;
}

double loss(const Training& t, Method::Kind kind, std::uint64_t replicate, double momentum = 0, double lengthened = 1) {
  return t.loss_after({kind, 10}, epochs, replicate, momentum, lengthened);
}

/// PASSM against both full-vector methods.
Evidence partitioned_is_slower(const Context& context) {
  return larger_loss(
      context, "loss of PASSM > losses of HW and of ASSM", 0,
      [](const Training& t, std::uint64_t r) { return loss(t, Method::passm, r); },
      [](const Training& t, std::uint64_t r) { return std::max(loss(t, Method::hw, r), loss(t, Method::assm, r)); });
}

/// PASSM with momentum and the step times `lengthened` against PASSM without: `sign` 1 for a larger loss, -1 for a
/// smaller.
Evidence momentum_of_partitioned(const Context& context, double lengthened, double sign) {
  return larger_loss(
      context, sign > 0 ? "loss with momentum > loss without" : "loss with momentum < loss without", 0.9,
      [=](const Training& t, std::uint64_t r) { return sign * loss(t, Method::passm, r, 0.9, lengthened); },
      [=](const Training& t, std::uint64_t r) { return sign * loss(t, Method::passm, r); });
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
       .note = "The order of Figure 1. A message of PASSM changes one of ten blocks."});
  registry.add(
      {.id = "assm.measured.figure2",
       .source = "Figure 2, on a stand-in, momentum as in Algorithm 1",
       .statement =
           R"(There momentum $0.9$ with the factor $1-m$ does not help PASSM: after half an epoch its training loss is larger than without in at least half of the runs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return momentum_of_partitioned(c, 1, 1); },
       .uses = {"assm.effective_step"},
       .note = "Unlike Figure 2. The averages lag at first, and no step is longer."});
  registry.add(
      {.id = "assm.measured.figure2.library",
       .source = "Figure 2, on a stand-in, momentum as in the library of Section 4",
       .statement =
           R"(There momentum $0.9$ without the factor $1-m$ lowers the training loss of PASSM after half an epoch in at least half of the runs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return momentum_of_partitioned(c, 10, -1); },
       .uses = {"assm.section4.library_momentum"},
       .note = "As in Figure 2: every subgradient has ten times the weight."});
}

}  // namespace asyncert::assm
