// Claims about real threads: two of them on shared memory, with the hypotheses checked on the run as realised.
#include <algorithm>
#include <cmath>

#include "lib/statistics.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/instances/nonsmooth.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

constexpr double step = 0x1p-6;
constexpr std::uint64_t longest = 64;

/// Computing takes 10 microseconds in the first thread and 20 in the second, so that they overlap on two cores, and on
/// one core are interrupted between read and write.
solvers::RunOptions threads(const Context& context, std::uint64_t replicate, std::uint64_t updates, int count = 2) {
  solvers::RunOptions options{.steps = updates, .seed = context.seed, .replicate = replicate};
  options.threads = count;
  options.probes = options.trace = true;
  options.work = [](std::uint32_t worker, std::uint64_t) { return 1e-5 * (worker + 1); };
  return options;
}

/// P(a run ends within the distance), by `near`, against 1/2; the starts are uniform in [-1,1]^2.
template <class Near>
Evidence share_near(const Context& context, const std::string& id, bool blocks, const std::string& what, Near near) {
  const auto problem = solvers::instances::nonsmooth(14);
  const long first = context.effort == Effort::quick ? 40 : context.effort == Effort::standard ? 200 : 2000;
  std::uint64_t largest_delay = 0;
  const ProportionTest test = test_proportion(
      [&](long r) {
        RandomStream start(context.seed, stream_key(id), static_cast<std::uint64_t>(r));
        solvers::Subgradient::Options options;
        options.step.c = step;
        options.start = {start.uniform(-1, 1), start.uniform(-1, 1)};
        if (blocks) options.blocks = options.workers = 2;
        solvers::RunOptions run = threads(context, static_cast<std::uint64_t>(r), 1200);
        run.memory = blocks ? solvers::MemoryPolicy::wild : solvers::MemoryPolicy::locked;
        if (!blocks) run.max_delay = longest;
        const solvers::Run result = solvers::openmp(solvers::Subgradient(*problem, options), run);
        largest_delay = std::max(largest_delay, result.delays.before_read.max());
        return near(result.x);
      },
      0.5, context.false_alarm, first, 4 * first);
  Evidence e = evidence(Coverage::sample,
                        "runs of two threads, 1200 updates of step 1/64; Clopper-Pearson limits, looked at after more "
                        "and more runs until they exclude 1/2");
  e.hypotheses.push_back({"a delay occurred", largest_delay > 0, "largest delay " + std::to_string(largest_delay)});
  if (!blocks)
    e.hypotheses.push_back(
        {"no delay above 64", largest_delay <= longest, "largest delay " + std::to_string(largest_delay)});
  compare(e, "1/2 <= P(" + what + ")", Rational(1, 2), Relation::less_equal, test.probability,
          Object()
              .add("threads", 2)
              .add("runs", test.trials)
              .add("runs near", test.successes)
              .add("largest delay", static_cast<long>(largest_delay)));
  e.smallest_detectable_violation = test.shortfall;
  e.seed = context.seed;
  return e;
}

Evidence full_vector(const Context& context) {
  return share_near(context, "assm.threads.assm", false, "|x+y|/2 <= 1/20 at the end",
                    [](const std::vector<double>& x) { return std::abs(x[0] + x[1]) / 2 <= 0.05; });
}

Evidence blockwise(const Context& context) {
  return share_near(
      context, "assm.threads.passm", true, "|x+y|/2 <= 11/10 and |x-y| <= 1/5 at the end",
      [](const std::vector<double>& x) { return std::abs(x[0] + x[1]) / 2 <= 1.1 && std::abs(x[0] - x[1]) <= 0.2; });
}

/// On f = x + y every update takes the step off its own coordinate, exactly: what is missing at the end was lost. The
/// trace says in which version each thread saw its own block.
Evidence own_block(const Context& context, int count) {
  const auto problem = solvers::instances::linear({1.0, 1.0});
  solvers::Subgradient::Options options;
  options.step.c = step;
  options.blocks = options.workers = 2;
  options.start = {0, 0};
  solvers::RunOptions run = threads(context, 0, 4000, count);
  if (count < 2) options.workers = 1;
  const solvers::Run result = solvers::openmp(solvers::Subgradient(*problem, options), run);
  Evidence e =
      evidence(Coverage::sample,
               "a run of threads with 4000 updates on x + y with the step 1/64, in which nothing is rounded, and "
               "its trace of the versions that were read");
  const std::uint64_t largest = result.delays.before_read.max();
  e.hypotheses.push_back({"a delay occurred", largest > 0, "largest delay " + std::to_string(largest)});
  long written[2] = {0, 0}, stale = 0;
  std::int64_t newest[2] = {0, 0};
  for (std::size_t i = 0; i < result.trace.messages.size(); ++i) {
    const solvers::TraceMessage& m = result.trace.messages[i];
    const std::size_t b = m.block;
    stale += result.trace.block_labels.at(2 * i + b) < newest[b] ? 1 : 0;
    newest[b] = static_cast<std::int64_t>(m.step) + 1;
    ++written[b];
  }
  const Object at = Object().add("threads", count).add("largest delay", static_cast<long>(largest));
  compare(e, "reads of the own block that are not its newest version", stale, Relation::equal, 0, at);
  for (std::size_t b = 0; b < 2; ++b)
    compare(e, "coordinate + step times its updates", Rational::from_double(result.x[b]) + Rational(written[b], 64),
            Relation::equal, 0, at);
  e.seed = context.seed;
  return e;
}

}  // namespace

void register_thread_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.threads.own_block",
       .source = "Section 2 and Algorithm 1, PASSM on threads",
       .statement =
           R"(In a run of two threads each reads its own block in the newest version, and no update of PASSM is lost)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return own_block(c, 2); },
       .uses = {"assm.own_block_age"},
       .note = "Each block has one writer, so that no lock is needed."});
  registry.add(
      {.id = "assm.threads.assm",
       .source = "Section 3.3.3, the full-vector variant on threads, with Assumption 3.1, part 1, enforced",
       .statement =
           R"(Two threads of ASSM with delays of at most 64 end with $|x+y|/2\le\frac1{20}$ on the strongly convex function in at least half of the runs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return full_vector(c); },
       .note = "Older messages are dropped and computed again. The run is vacuous where no delay occurred."});
  registry.add(
      {.id = "assm.threads.passm",
       .source = "Section 3.3.3, block-wise stationarity on threads",
       .statement =
           R"(Two threads of PASSM end near the block-wise stationary segment of the strongly convex function, $|x+y|/2\le\frac{11}{10}$ and $|x-y|\le\frac15$, in at least half of the runs)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return blockwise(c); },
       .uses = {"assm.section3_3_3.segment_P14"},
       .note = "Where on the segment depends on the machine; no bound of the delays is enforced."});
  registry.add({.id = "assm.canary.threads_without_delay",
                .source = "planted",
                .statement = R"(Two threads read their own blocks fresh, tested on a run of one thread)",
                .expected = Verdict::vacuous,
                .procedure = [](const Context& c) { return own_block(c, 1); },
                .canary = true});
}

}  // namespace asyncert::assm
