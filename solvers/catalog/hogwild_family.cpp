#include "solvers/algorithms/asysvrg.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/catalog/families.hpp"

namespace asyncert::solvers::catalog {

void add_hogwild_family(std::vector<Algorithm>& list) {
  list.push_back(
      {"hogwild",
       "SGD (serial) or Hogwild! (openmp): w <- w - eta grad f_i(w_hat), no lock",
       {step_setting, start_setting},
       MemoryPolicy::wild,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Hogwild rule(problem_of(instance, "hogwild"),
                            {.step = s.positive("step", 0.01), .start = s.numbers("start")});
         return execute(rule, executor, options);
       }});
  list.push_back(
      {"asysvrg",
       "snapshot with full gradient, then lock-free variance-reduced updates",
       {step_setting,
        {"inner", "M~", "updates between two snapshots; 0 is the number of terms", "whole numbers", "0"},
        start_setting},
       MemoryPolicy::wild,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const AsySvrg rule(
             problem_of(instance, "asysvrg"),
             {.step = s.positive("step", 0.01), .inner_steps = s.count("inner", 0), .start = s.numbers("start")});
         return execute(rule, executor, options);
       },
       {"serial", "replay", "openmp"}});
}

}  // namespace asyncert::solvers::catalog
