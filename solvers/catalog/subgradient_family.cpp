#include <cmath>

#include "lib/shortest.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/catalog/families.hpp"

namespace asyncert::solvers::catalog {

namespace {

Subgradient::Options options_from(const Settings& s, double default_exponent) {
  Subgradient::Options o;
  o.step = {.kind = StepSize::Kind::power,
            .c = s.positive("step", 0.01),
            .exponent = s.nonnegative("exponent", default_exponent)};
  o.momentum = s.number("momentum", 0);
  o.l2 = s.nonnegative("l2", 0);
  o.l1 = s.nonnegative("l1", 0);
  o.clock = s.word("clock", "local") == "global" ? Subgradient::Clock::global : Subgradient::Clock::local;
  if (s.word("clock", "local") != "global" && s.word("clock", "local") != "local")
    throw DomainError("clock", "'" + s.word("clock", "") + "'", "local or global");
  o.factor = s.numbers("factor");
  for (const double factor : o.factor)
    if (!(factor > 0)) throw DomainError("factor", shortest(factor), "(0, inf)");
  o.shared_momentum = s.flag("shared-momentum", true);
  o.start = s.numbers("start");
  return o;
}

/// f + l2 |x|^2 / 2 + l1 |x|_1.
Evaluate penalised(const Instance& instance, const Settings& s) {
  const double l2 = s.nonnegative("l2", 0), l1 = s.nonnegative("l1", 0);
  if (!instance.problem || (l2 == 0 && l1 == 0)) return instance.evaluate;
  return [problem = instance.problem, l2, l1](std::span<const double> x) {
    Vector g(x.size());
    problem->gradient(x, g);
    double value = problem->value(x);
    for (std::size_t j = 0; j < x.size(); ++j) {
      value += l2 / 2 * x[j] * x[j] + l1 * std::abs(x[j]);
      g[j] += l2 * x[j] + l1 * static_cast<double>((x[j] > 0) - (x[j] < 0));
    }
    return Evaluation{value, std::sqrt(squared_norm(g))};
  };
}

}  // namespace

void add_subgradient_family(std::vector<Algorithm>& list) {
  const std::vector<Setting> settings{
      {"step", "gamma_0", "first step size: gamma_k = gamma_0 / k^exponent", "(0, inf)", "0.01"},
      {"exponent", "", "of the step size; (1/2, 1] where the theory applies", "[0, inf)", "0.5"},
      {"momentum", "m", "u <- m u + g, x <- x - (1 - m) gamma u", "[0, 1)", "0"},
      {"l2", "", "penalty l2 |x|^2 / 2, in the curve too", "[0, inf)", "0"},
      {"l1", "", "penalty l1 |x|_1, in the curve too", "[0, inf)", "0"},
      {"clock", "k", "updates that the step size counts: the worker's own, or all", "local or global", "local"},
      {"factor", "alpha", "factors of the workers' step sizes, numbers with commas", "(0, inf)", "1"},
      {"shared-momentum", "", "whether u is in shared memory, instead of one a worker", "true or false", "true"},
      start_setting};
  const std::size_t first = list.size();
  const auto full = [](const Instance& instance, const Settings& s, const std::string& executor,
                       const RunOptions& options) {
    return execute(Subgradient(problem_of(instance, "the subgradient method"), options_from(s, 0.5)), executor,
                   options);
  };
  list.push_back({"hw", "HW: asynchronous subgradient method without locks; writes may be lost", settings,
                  MemoryPolicy::wild, full});
  list.push_back({"assm", "ASSM: reads without lock, writes under a lock", settings, MemoryPolicy::locked, full});
  list.push_back({"assm-consistent", "ASSM with consistent reads: reads and writes under a lock", settings,
                  MemoryPolicy::consistent, full});
  std::vector<Setting> blocks = settings;
  blocks.push_back({"blocks", "N", "blocks of neighbouring coordinates",
                    "whole numbers from the workers to the coordinates", "one a worker"});
  blocks.push_back({"all-blocks", "",
                    "whether an update writes all blocks of its worker, instead of one drawn uniformly",
                    "true or false", "false"});
  list.push_back(
      {"passm", "PASSM: blocks of coordinates are owned by workers; no locks, nothing is lost", blocks,
       MemoryPolicy::wild,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Problem& problem = problem_of(instance, "passm");
         Subgradient::Options o = options_from(s, 0.5);
         o.workers = executor == "openmp" ? static_cast<std::uint32_t>(options.threads)
                     : options.times      ? static_cast<std::uint32_t>(options.times->compute.size())
                     : options.schedule   ? options.schedule->workers()
                                          : 1;
         o.blocks = static_cast<std::uint32_t>(s.count("blocks", o.workers, 1, problem.dimension()));
         o.all_owned_blocks = s.flag("all-blocks", false);
         RunOptions fair = options;
         fair.equal_shares = executor == "openmp";  // a worker that sleeps would leave its blocks where they started
         return execute(Subgradient(problem, o), executor, fair);
       }});
  for (std::size_t i = first; i < list.size(); ++i) list[i].objective = penalised;
}

}  // namespace asyncert::solvers::catalog
