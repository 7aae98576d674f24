// Two real threads, with the hypotheses checked on the run as realised: delays, overwrites, and the gradient's bound.
#include <chrono>
#include <thread>

#include "bounds/hogwild/theorem1.hpp"
#include "lib/statistics.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/event_workers.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/executors/stamped.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/cosines.hpp"

namespace asyncert::hogwild {

namespace {

/// f = w_1 + ... + w_d: every gradient is (1, ..., 1), so that with step 1 a coordinate counts the updates in it, in
/// whole numbers. Between its read and its write a thread offers its core to the other one now and then, so that stale
/// reads occur on a single core as well.
class Counting final : public solvers::Problem {
 public:
  static constexpr std::size_t d = 8;
  std::string name() const override { return "counting"; }
  std::size_t dimension() const override { return d; }
  std::size_t terms() const override { return 16; }
  double term(std::size_t, std::span<const double> w) const override {
    double sum = 0;
    for (const double x : w) sum += x;
    return sum;
  }
  void term_gradient(std::size_t i, std::span<const double>, std::span<double> gradient) const override {
    std::fill(gradient.begin(), gradient.end(), 1.0);
    if (i == 0) std::this_thread::yield();
  }
};

/// What a stamped run of `Counting` says about (2) and (3), in whole numbers.
struct Counts {
  long largest_excess = 0;  ///< of |w_t - w_hat_t| in a coordinate over t - a(t)
  long largest_delay = 0;
  bool ends_in_memory = true;  ///< the write sequence ends in what the memory holds
  double alpha = 1;            ///< smallest fraction of a coordinate's writes that survived
};

Counts count(const solvers::StampedRun& run) {
  const solvers::Ancestry& a = run.ancestry;
  const auto survived = a.survivors();
  const auto labels = a.read_labels();
  Counts c;
  c.alpha = *run.run.alpha();
  c.largest_excess = std::numeric_limits<long>::min();
  for (std::size_t j = 0; j < Counting::d; ++j) {
    long state = 0;  // -w_t
    for (std::size_t t = 0; t < a.steps(); ++t) {
      long seen = 0;  // -w_hat_t
      for (std::uint32_t s = a.read[t * Counting::d + j]; s != 0; s = a.base[(s - 1) * Counting::d + j]) ++seen;
      const long delay = static_cast<long>(t) - static_cast<long>(labels[t]);
      c.largest_delay = std::max(c.largest_delay, delay);
      c.largest_excess = std::max(c.largest_excess, std::abs(state - seen) - delay);
      state += survived[t * Counting::d + j];
    }
    c.ends_in_memory = c.ends_in_memory && static_cast<double>(-state) == run.run.memory[j];
  }
  return c;
}

/// |w_t - w_hat_t| <= eta (t - a(t)) V in every coordinate and at every update of lock-free runs.
Evidence gap_on_threads(const Context& context, long planted) {
  const Counting f;
  const long runs = context.effort == Effort::quick ? 8 : context.effort == Effort::standard ? 200 : 2000;
  Counts worst;
  worst.largest_excess = std::numeric_limits<long>::min();
  for (long r = 0; r < runs; ++r) {
    const Counts c =
        count(solvers::openmp_stamped(solvers::Hogwild(f, {.step = 1}), {.steps = 1500,
                                                                         .seed = context.seed,
                                                                         .replicate = static_cast<std::uint64_t>(r),
                                                                         .threads = 2,
                                                                         .equal_shares = true}));
    worst.largest_excess = std::max(worst.largest_excess, c.largest_excess);
    worst.largest_delay = std::max(worst.largest_delay, c.largest_delay);
    worst.ends_in_memory = worst.ends_in_memory && c.ends_in_memory;
    worst.alpha = std::min(worst.alpha, c.alpha);
  }
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method =
      std::to_string(runs) +
      " lock-free runs of two threads, 1500 updates each of f = w_1 + ... + w_8 with step 1, whose stamps give B_t "
      "and a(t): whole numbers, all updates and coordinates";
  e.hypotheses.push_back({"a read missed an update", worst.largest_delay >= 1,
                          "largest t - a(t) as realised: " + std::to_string(worst.largest_delay)});
  e.hypotheses.push_back({"Assumption 3 as realised: some writes of every coordinate survive", worst.alpha > 0,
                          "alpha as realised: " + std::to_string(worst.alpha)});
  const Object instance = Object()
                              .add("threads", 2)
                              .add("coordinates", static_cast<long>(Counting::d))
                              .add("largest_delay", worst.largest_delay)
                              .add("alpha", worst.alpha);
  e.comparisons.push_back({.label = "largest |w_t - w_hat_t| - (t - a(t)) in a coordinate <= 0",
                           .left = worst.largest_excess + planted,
                           .right = 0,
                           .instance = instance});
  e.comparisons.push_back({.label = "runs whose write sequence (2) does not end in the memory: 0",
                           .left = worst.ends_in_memory ? 0 : 1,
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = instance});
  return e;
}

/// The average of |grad f(w_t)|^2 against the direct bound, for threads whose messages are dropped when older than 8
/// updates. A run is computed again from its trace: the same bits show that no update was lost, and give w_t.
Evidence theorem1_on_threads(const Context& context, double factor) {
  constexpr long tau = 8, updates = 400;
  const Cosines f;
  const double V = Cosines::s, eta = 1;
  const std::vector<double> start = {0.6, 0.2};
  const long runs = context.effort == Effort::quick ? 1500 : context.effort == Effort::standard ? 5000 : 20000;
  const solvers::Hogwild rule(f, {.step = eta, .start = start});
  BoundedMean average(0, V * V);
  std::uint64_t largest = 0;
  bool same = true;
  for (long r = 0; r < runs; ++r) {
    solvers::RunOptions options{.steps = updates, .seed = context.seed, .replicate = static_cast<std::uint64_t>(r)};
    solvers::RunOptions threads = options;
    threads.trace = true;
    threads.threads = 2;
    threads.memory = solvers::MemoryPolicy::consistent;
    threads.max_delay = tau;
    // In two runs every thread sleeps between its read and its write, so that stale reads occur on a single core as
    // well.
    if (r < 2)
      threads.work = [](std::uint32_t, std::uint64_t) {
        std::this_thread::sleep_for(std::chrono::microseconds(1));
        return 0.0;
      };
    const solvers::Run run = solvers::openmp(rule, threads);
    options.schedule = solvers::recorded_schedule(run.trace);
    double sum = 0;
    const solvers::Run again =
        solvers::replay(rule, options, [&](const solvers::ReplayStep& s) { sum += squared_gradient(f, s.before); });
    same = same && again.memory == run.memory;
    average.add(sum / updates);
    largest = std::max(largest, run.delays.before_read.max());
  }
  const Theorem1Problem<double> p{f.value(start), 1, V, Cosines::s, tau, updates};
  const double bound = factor * (p.A() / (eta * updates) + eta * B_direct(p, eta));
  Evidence e;
  e.coverage = Coverage::sample;
  e.seed = context.seed;
  e.method =
      std::to_string(runs) +
      " runs of two threads with consistent reads and writes, 400 updates, delays of at most 8; averages from the "
      "replay of each run";
  e.hypotheses.push_back({"a read missed an update, none more than 8", largest >= 1 && largest <= tau,
                          "largest delay " + std::to_string(largest)});
  e.hypotheses.push_back({"no update was lost: alpha = 1", same, "the replays end in the same bits"});
  e.trivially_true = bound >= V * V;
  e.comparisons.push_back({.label = "(1/T) sum E|grad f(w_t)|^2 <= direct bound at tau = 8, alpha = 1",
                           .left = average.interval(context.false_alarm),
                           .right = Ball::from_double(bound),
                           .instance = Object()
                                           .add("problem", "four cosines")
                                           .add("eta", eta)
                                           .add("T", updates)
                                           .add("tau", tau)
                                           .add("largest_delay", static_cast<long>(largest))
                                           .add("mean", average.mean())
                                           .add("bound", bound)});
  e.smallest_detectable_violation = detectable_in_mean(V * V, runs, context.false_alarm);
  e.hypotheses.push_back(detects_violations(*e.smallest_detectable_violation, bound));
  return e;
}

}  // namespace

void register_thread_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.threads.gap",
      .source = "Algorithm 1, (2), (3), after Lemma 3, with threads",
      .statement =
          R"(Two lock-free threads: the write sequence ends in the memory, and $|w_t-\hat w_t|\le\eta(t-a(t))V$ in every coordinate, with $B_t$ and $a(t)$ as realised)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return gap_on_threads(c, 0); },
      .uses = {"hogwild.lemma2.read_difference"},
  });
  registry.add({
      .id = "hogwild.threads.theorem1",
      .source = "Theorem 1, without Lemmas 2 and 3, with threads",
      .statement =
          R"(Two threads with delays of at most 8 and no overwrites: $\frac1T\sum_tE\|\nabla f(w_t)\|^2\le\frac{2f(w_0)}{\eta T}+\eta V^2(L+64L^2\eta)$)",
      .expected = Verdict::supported,
      .procedure = [](const Context& c) { return theorem1_on_threads(c, 1); },
      .uses = {"hogwild.theorem1.direct_bound"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.canary.threads_gap",
      .source = "planted",
      .statement = R"($|w_t-\hat w_t|<\eta(t-a(t))V$ on two threads, also for reads that miss nothing)",
      .expected = Verdict::refuted,
      .procedure = [](const Context& c) { return gap_on_threads(c, 1); },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
