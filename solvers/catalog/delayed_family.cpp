#include <numbers>

#include "lib/shortest.hpp"
#include "solvers/algorithms/dasgd.hpp"
#include "solvers/algorithms/pasgd.hpp"
#include "solvers/catalog/families.hpp"

namespace asyncert::solvers::catalog {

namespace {

StepSize step_from(const Settings& s) {
  StepSize step{.kind = StepSize::Kind::n_log_n,
                .c = s.positive("c", 1),
                .exponent = s.nonnegative("exponent", 1),
                .n0 = s.nonnegative("n0", 10)};
  const std::string kind = s.word("growth", "n-log-n");
  if (kind == "constant")
    step.kind = StepSize::Kind::constant;
  else if (kind == "power")
    step.kind = StepSize::Kind::power;
  else if (kind == "n-log-n-loglog-n")
    step.kind = StepSize::Kind::n_log_n_loglog_n;
  else if (kind != "n-log-n")
    throw DomainError("growth", "'" + kind + "'", "constant, power, n-log-n or n-log-n-loglog-n");
  if (s.given("exponent") && kind != "power")
    throw DomainError("exponent belongs to growth=power, the run's is " + kind);
  if (kind == "n-log-n" && !(step.n0 > 0)) throw DomainError("n0", "0", "(0, inf), for growth=n-log-n");
  if (kind == "n-log-n-loglog-n" && !(1 + step.n0 > std::numbers::e))
    throw DomainError("n0", shortest(step.n0), "(e - 1, inf), for growth=n-log-n-loglog-n");
  return step;
}

}  // namespace

void add_delayed_family(std::vector<Algorithm>& list) {
  list.push_back(
      {"pasgd",
       "perturbed asynchronous SGD: M delayed gradients and one isotropic perturbation an update",
       {{"step", "eta", "step size", "(0, inf)", "0.001"},
        {"workers", "M", "gradients an update", "whole numbers from 1 to 1048576", "1"},
        {"perturbation", "r", "root mean square norm of the perturbation of an update", "[0, inf)", "0"},
        {"gradient-noise", "", "standard deviation of the Gaussian noise in each coordinate of a gradient", "[0, inf)",
         "0"},
        {"sampled", "", "whether a gradient is that of one drawn term", "true or false", "false"},
        start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Pasgd rule(problem_of(instance, "pasgd"), {.step = s.positive("step", 0.001),
                                                          .workers = s.count("workers", 1, 1, most_messages),
                                                          .perturbation = s.nonnegative("perturbation", 0),
                                                          .gradient_noise = s.nonnegative("gradient-noise", 0),
                                                          .sampled_terms = s.flag("sampled", false),
                                                          .start = s.numbers("start")});
         return execute(rule, executor, options);
       }});
  list.push_back(
      {"dasgd",
       "distributed asynchronous SGD with lazy projection; without noise DAGD",
       {{"growth", "g", "of the step size alpha_n = c / g(n + n0): 1, n^exponent, n log n, n log n log log n",
         "constant, power, n-log-n or n-log-n-loglog-n", "n-log-n"},
        {"c", "c", "factor of the step size", "(0, inf)", "1"},
        {"n0", "n_0", "shift of the index n = 1, 2, ...", "[0, inf), where every logarithm is positive", "10"},
        {"exponent", "p", "of growth=power", "[0, inf)", "1"},
        {"noise", "", "standard deviation of the Gaussian noise in each coordinate of a gradient", "[0, inf)", "0"},
        {"sampled", "", "whether a gradient is that of one drawn term", "true or false", "false"},
        start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Dasgd rule(problem_of(instance, "dasgd"), {.step = step_from(s),
                                                          .set = instance.set,
                                                          .noise = s.nonnegative("noise", 0),
                                                          .sampled_terms = s.flag("sampled", false),
                                                          .start = s.numbers("start")});
         return execute(rule, executor, options);
       }});
}

}  // namespace asyncert::solvers::catalog
