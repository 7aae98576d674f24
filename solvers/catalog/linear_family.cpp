#include "solvers/algorithms/apsgd.hpp"
#include "solvers/algorithms/linear_delay.hpp"
#include "solvers/catalog/families.hpp"

namespace asyncert::solvers::catalog {

void add_linear_family(std::vector<Algorithm>& list) {
  const Setting omega{"omega", "relaxation; default 1"}, theta{"theta", "damping; default 1"};
  list.push_back(
      {"apsgd",
       "asynchronous parallel SGD for consistent linear systems",
       {omega, theta, start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Apsgd rule(system_of(instance, "apsgd"),
                          {.omega = s.number("omega", 1), .theta = s.number("theta", 1), .start = s.numbers("start")});
         return execute(rule, executor, options);
       },
       {"serial", "replay", "openmp"}});
  list.push_back(
      {"minibatch",
       "the synchronous parallel method: the mean of tau messages from one point",
       {omega, {"tau", "messages an update; default 2"}, start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Apsgd rule(system_of(instance, "minibatch"), {.omega = s.number("omega", 1),
                                                             .messages = s.count("tau", 2, 1, most_messages),
                                                             .start = s.numbers("start")});
         return execute(rule, executor, options);
       },
       {"serial", "replay"}});
  list.push_back({"linear-delay",
                  "x(n+1) = x(n) + (a/M) sum of M delayed states, x(0) = 1 (needs no instance)",
                  {{"a", "growth; default 0.01"}, {"messages", "M; default 1"}},
                  MemoryPolicy::consistent,
                  [](const Instance&, const Settings& s, const std::string& executor, const RunOptions& options) {
                    return execute(LinearDelay({.matrix = {s.number("a", 0.01)},
                                                .start = {1},
                                                .messages = s.count("messages", 1, 1, most_messages)}),
                                   executor, options);
                  }});
}

}  // namespace asyncert::solvers::catalog
