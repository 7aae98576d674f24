#include <cmath>

#include "lib/shortest.hpp"
#include "solvers/algorithms/apsgd.hpp"
#include "solvers/algorithms/linear_delay.hpp"
#include "solvers/catalog/families.hpp"
#include "solvers/problem.hpp"

namespace asyncert::solvers::catalog {

void add_linear_family(std::vector<Algorithm>& list) {
  const Setting omega{"omega", "omega", "relaxation; (0, 2) where the theory applies", "finite numbers", "1"};
  list.push_back(
      {"apsgd",
       "asynchronous parallel SGD for consistent linear systems",
       {omega, {"theta", "theta", "damping", "(0, 1]", "1"}, start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const double theta = s.number("theta", 1);
         if (!(theta > 0 && theta <= 1)) throw DomainError("theta", shortest(theta), "(0, 1]");
         const Apsgd rule(system_of(instance, "apsgd"),
                          {.omega = s.number("omega", 1), .theta = theta, .start = s.numbers("start")});
         return execute(rule, executor, options);
       },
       {"serial", "replay", "openmp"}});
  list.push_back(
      {"minibatch",
       "the synchronous parallel method: the mean of tau messages from one point",
       {omega,
        {"tau", "tau", "messages an update, all from one point", "whole numbers from 1 to 1048576", "2"},
        start_setting},
       MemoryPolicy::consistent,
       [](const Instance& instance, const Settings& s, const std::string& executor, const RunOptions& options) {
         const Apsgd rule(system_of(instance, "minibatch"), {.omega = s.number("omega", 1),
                                                             .messages = s.count("tau", 2, 1, most_messages),
                                                             .start = s.numbers("start")});
         return execute(rule, executor, options);
       },
       {"serial", "replay"}});
  list.push_back(
      {.name = "linear-delay",
       .summary = "x(n+1) = x(n) + (1/M) sum of A times M delayed states, which before the start are x(0); its curve "
                  "is |x(n)| (needs no instance)",
       .settings = {{"a", "A", "a number, or d x d numbers with commas, row after row", "finite numbers", "0.01"},
                    {"messages", "M", "delayed states an update", "whole numbers from 1 to 1048576", "1"},
                    {"start", "x(0)", "first state, numbers with commas", "a finite number for each coordinate",
                     "1 in every coordinate"}},
       .memory = MemoryPolicy::consistent,
       .run =
           [](const Instance&, const Settings& s, const std::string& executor, const RunOptions& options) {
             LinearDelay::Options o{.matrix = s.numbers("a"),
                                    .start = s.numbers("start"),
                                    .messages = s.count("messages", 1, 1, most_messages)};
             if (o.matrix.empty()) o.matrix = {0.01};
             std::size_t d = 1;
             while (d * d < o.matrix.size()) ++d;
             if (o.start.empty()) o.start.assign(d, 1.0);
             return execute(LinearDelay(std::move(o)), executor, options);
           },
       .objective = [](const Instance&, const Settings&) -> Evaluate {
         return [](std::span<const double> x) { return Evaluation{std::sqrt(squared_norm(x))}; };
       },
       .needs_instance = false});
}

}  // namespace asyncert::solvers::catalog
