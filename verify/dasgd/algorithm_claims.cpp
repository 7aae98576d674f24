// The algorithms as the solvers run them: Algorithm 3 replayed, Algorithm 1 as a simulation of events.
#include <algorithm>
#include <cmath>

#include "bounds/dasgd/dagd.hpp"
#include "solvers/algorithms/dasgd.hpp"
#include "solvers/event_workers.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/instances/analytic.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

/// The solver's Algorithm 3 against the exact recursion, on x^2/2 over [-1,1] with alpha_n = 1/(n+1).
Evidence replay_is_algorithm3(long shift) {
  Evidence e = evidence(Coverage::instance,
                        "200 steps of the replay in double precision against the rational run, three read rules");
  const auto problem = solvers::instances::quadratic(1, 0);
  for (const char* name : {"n", "floor(n/2)", "max(0,n-3)"}) {
    const ReadRule read = read_rule(name);
    const solvers::Dasgd rule(*problem,
                              {.step = {.kind = solvers::StepSize::Kind::power, .c = 1, .exponent = 1, .n0 = 1},
                               .set = solvers::box(-1, 1),
                               .start = {1.5}});
    const auto schedule = solvers::custom_labels(
        [read, shift](std::uint64_t t, std::uint32_t) { return std::max(0L, read(static_cast<long>(t)) - shift); },
        [](std::uint64_t) { return 0; }, name);
    const solvers::Run run = solvers::replay(rule, {.steps = 200, .schedule = schedule});
    const auto exact = dagd_run(Rational(1), Rational(3, 2), read, 200);
    compare(e, "|y_N of the replay - exact y_N| < 1e-13", abs(Rational::from_double(run.memory[0]) - exact.y),
            Relation::less, Rational(1, 10'000'000'000'000L), Object().add("read", name));
  }
  return e;
}

/// U_{n+1} = (Y_n - Y_{n+1})/alpha_{n+1} - X_{s(n)} of a replay with noise 1/2 on x^2/2 over [-1,1] under two read
/// rules.
Evidence noise_belongs_to_the_receipt(const std::string& other) {
  Evidence e = evidence(Coverage::instance,
                        "200 steps of the replay with noise 1/2 under two read rules and one seed, the noise recovered "
                        "from the steps in double precision");
  const auto problem = solvers::instances::quadratic(1, 0);
  const solvers::Dasgd rule(*problem, {.step = {.kind = solvers::StepSize::Kind::power, .c = 1, .exponent = 1, .n0 = 1},
                                       .set = solvers::box(-1, 1),
                                       .noise = 0.5,
                                       .start = {1.5}});
  const auto noise = [&](const std::string& name) {
    const ReadRule read = read_rule(name);
    std::vector<double> x{1}, recovered;
    const auto schedule =
        solvers::custom_labels([read](std::uint64_t t, std::uint32_t) { return read(static_cast<long>(t)); },
                               [](std::uint64_t) { return 0; }, name);
    solvers::replay(rule, {.steps = 200, .seed = 7, .schedule = schedule}, [&](const solvers::ReplayStep& s) {
      const auto from = static_cast<std::size_t>(read(static_cast<long>(s.job.step)));
      recovered.push_back((s.before[0] - s.after[0]) / rule.step_at(s.job.step + 1) - x[from]);
      x.push_back(rule.output(s.after)[0]);
    });
    return recovered;
  };
  const std::vector<double> first = noise("n"), second = noise(other);
  double difference = 0, largest = 0;
  for (std::size_t n = 0; n < first.size(); ++n) {
    difference = std::max(difference, std::abs(first[n] - second[n]));
    largest = std::max(largest, std::abs(first[n]));
  }
  e.hypotheses.push_back({"there is noise", largest > 0.5, std::to_string(largest)});
  std::vector<double> sorted = first;
  std::sort(sorted.begin(), sorted.end());
  double closest = largest;
  for (std::size_t n = 1; n < sorted.size(); ++n) closest = std::min(closest, sorted[n] - sorted[n - 1]);
  e.hypotheses.push_back({"no two steps have the same noise, to 1e-8", closest > 1e-8, std::to_string(closest)});
  compare(e, "the noise of step n is the same under both rules, to 1e-10", Rational::from_double(difference),
          Relation::less, Rational(1, 10'000'000'000L), Object().add("rules", "n, " + other));
  return e;
}

/// Algorithm 1 as an event simulation: K workers with exponential computing times whose means differ by a factor of
/// 1000.
Evidence event_simulation(const Context& context) {
  Evidence e = evidence(
      Coverage::instance,
      "the event simulation's realised delays n - s(n), counted exactly, for 2, 5 and 20 workers with means 1 to 1000");
  e.seed = context.seed;
  const auto problem = solvers::instances::quadratic(1, 0);
  for (const long K : {2L, 5L, 20L}) {
    solvers::EventWorkers model;
    for (long k = 0; k < K; ++k)
      model.service.push_back(
          solvers::exponential_service(std::pow(1000.0, static_cast<double>(k) / static_cast<double>(K - 1))));
    const solvers::Dasgd rule(*problem, {.step = {.kind = solvers::StepSize::Kind::n_log_n, .c = 1, .n0 = 1},
                                         .set = solvers::box(-1, 1),
                                         .start = {1}});
    const solvers::Run run =
        solvers::replay(rule, {.steps = 20000, .seed = context.seed, .schedule = solvers::event_workers(model)});
    std::uint64_t total = 0;
    for (const auto& [delay, count] : run.delays.before_read.counts()) total += delay * count;
    e.hypotheses.push_back({"a delay above 10 (K-1) occurs",
                            run.delays.before_read.max() > static_cast<std::uint64_t>(10 * (K - 1)),
                            std::to_string(run.delays.before_read.max())});
    compare(e, "sum of n - s(n) <= (K-1) N", static_cast<long>(total), Relation::less_equal, (K - 1) * 20000,
            Object().add("K", K).add("N", 20000));
  }
  return e;
}

}  // namespace

void register_algorithm_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.algorithm3.replay",
       .source = "Algorithms 2 and 3",
       .statement =
           R"(The replayed algorithm is Algorithm 3 (lazy projection, delayed gradients, the step of the write) to $10^{-13}$, in 200 steps on $x^2/2$ under three read rules)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return replay_is_algorithm3(0); }});
  add({.id = "dasgd.algorithm2.replay",
       .source = "Algorithm 2",
       .statement =
           R"(The replayed DASGD draws a fresh sample for each receipt: under $s(n)=n$ and $s(n)=\lfloor n/2\rfloor$ the noise $U_{n+1}=(Y_n-Y_{n+1})/\alpha_{n+1}-\nabla f(X_{s(n)})$ of 200 steps on $x^2/2$ is the same)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return noise_belongs_to_the_receipt("floor(n/2)"); },
       .uses = {"dasgd.algorithm3.replay"},
       .note = "So the measured claims are on the corrected algorithm; the printed one takes the sample of the read, "
               "see dasgd.theorem4.6.shared_samples."});
  add({.id = "dasgd.algorithm1.event_simulation",
       .source = "Algorithm 1",
       .statement =
           R"(In simulations of 20000 receipts with exponential computing times of means 1 to 1000 the mean delay is at most $K-1$, and single delays exceed ten times that, $K=2,5,20$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return event_simulation(c); },
       .uses = {"dasgd.algorithm1.mean_delay"}});
  add({.id = "dasgd.canary.replay_reads_one_too_old",
       .source = "planted",
       .statement = "A broken algorithm, whose reads are one step older than the rule says, is Algorithm 3",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return replay_is_algorithm3(1); },
       .canary = true});
}

}  // namespace asyncert::dasgd
