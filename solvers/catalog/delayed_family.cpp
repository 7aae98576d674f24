#include "solvers/algorithms/dasgd.hpp"
#include "solvers/algorithms/pasgd.hpp"
#include "solvers/catalog/families.hpp"

namespace asyncert::solvers::catalog {

namespace {

StepSize step_from(const Settings& s) {
  StepSize step{.kind = StepSize::Kind::n_log_n,
                .c = s.number("c", 1),
                .exponent = s.number("exponent", 1),
                .n0 = s.number("n0", 10)};
  const std::string kind = s.word("growth", "n-log-n");
  if (kind == "constant")
    step.kind = StepSize::Kind::constant;
  else if (kind == "power")
    step.kind = StepSize::Kind::power;
  else if (kind == "n-log-n-loglog-n")
    step.kind = StepSize::Kind::n_log_n_loglog_n;
  else if (kind != "n-log-n")
    throw DomainError("growth", "'" + kind + "'", "constant, power, n-log-n or n-log-n-loglog-n");
  return step;
}

}  // namespace

void add_delayed_family(std::vector<Algorithm>& list) {
  list.push_back(
      {"pasgd",
       "perturbed asynchronous SGD: M delayed gradients and one isotropic perturbation an update",
       {{"step", "eta; default 0.001"},
        {"workers", "M; default 1"},
        {"perturbation", "r, total size of the noise; default 0"},
        {"gradient-noise", "standard deviation of each coordinate; default 0"},
        {"sampled", "true: gradients of drawn terms; default false"},
        start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Pasgd rule(problem_of(instance, "pasgd"), {.step = s.number("step", 0.001),
                                                          .workers = s.count("workers", 1, 1, most_messages),
                                                          .perturbation = s.number("perturbation", 0),
                                                          .gradient_noise = s.number("gradient-noise", 0),
                                                          .sampled_terms = s.flag("sampled", false),
                                                          .start = s.numbers("start")});
         return execute(rule, executor, options);
       }});
  list.push_back(
      {"dasgd",
       "distributed asynchronous SGD with lazy projection; without noise DAGD",
       {{"growth",
         "alpha_n = c / (n, n log n or n log n loglog n): constant, power, n-log-n (default), n-log-n-loglog-n"},
        {"c", "default 1"},
        {"n0", "n is n + n0; default 10"},
        {"exponent", "of power; default 1"},
        {"noise", "standard deviation of each coordinate; default 0"},
        {"sampled", "true: gradients of drawn terms; default false"},
        start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Dasgd rule(problem_of(instance, "dasgd"), {.step = step_from(s),
                                                          .set = instance.set,
                                                          .noise = s.number("noise", 0),
                                                          .sampled_terms = s.flag("sampled", false),
                                                          .start = s.numbers("start")});
         return execute(rule, executor, options);
       }});
}

}  // namespace asyncert::solvers::catalog
