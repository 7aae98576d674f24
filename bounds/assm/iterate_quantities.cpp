// Registered quantities about schedules and iterates.
#include <algorithm>

#include "bounds/assm/iterates.hpp"
#include "bounds/assm/quantities.hpp"
#include "bounds/assm/schedule.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

Object schedule(const Inputs& in) {
  const std::vector<Write> writes = deterministic_schedule(in.list("periods"), in.integer("K"));
  List cores, ages, block_ages;
  std::vector<long> counts(in.list("periods").size(), 0);
  long largest = 0;
  for (const Write& w : writes) {
    cores.push_back(w.core);
    ages.push_back(w.global_age);
    block_ages.push_back(Value(w.block_ages));
    ++counts[static_cast<std::size_t>(w.core)];
    largest = std::max(largest, w.global_age);
  }
  Object o;
  o.add("core_sequence", std::move(cores))
      .add("global_age", std::move(ages))
      .add("block_age_vectors", std::move(block_ages));
  return o.add("max_global_age", largest).add("counts", Value(counts));
}

Object sgd_iterates(const Inputs& in) {
  const auto list = [&](bool as_printed) {
    return Value(absolute_value_iterates(in.rational("m"), in.rational("gamma0"), in.rational("x0"), in.integer("K"),
                                         as_printed));
  };
  return Object().add("x", list(false)).add("x_printed", list(true));
}

Object passm(const Inputs& in) {
  const DiagonalProblem problem =
      in.word("problem") == "P04" ? DiagonalProblem::absolute_difference : DiagonalProblem::tilted_difference;
  const PassmOptions options{in.rational("m"), in.rational("gamma0"), in.rational("l2"), in.rational("l1")};
  const auto& x0 = in.list("x0");
  List rows;
  for (const PassmStep& s : passm_iterates(problem, options, in.list("periods"), x0[0], x0[1], in.integer("K")))
    rows.push_back(List{s.core, s.x, s.y});
  return Object().add("core_x_y", std::move(rows));
}

Parameter periods() {
  return real_list("periods", "\\delta\\tau", "time that each core needs for one update").above(0);
}
Parameter momentum() { return real("m", "m", "momentum").at_least(0).below(1); }
Parameter first_step() { return real("gamma0", "\\gamma", "initial step size").above(0); }
Parameter steps(long largest) { return integer("K", "K", "number of updates").at_least(1).at_most(largest); }

void need_two(const Inputs& in, const std::string& name) {
  if (in.list(name).size() != 2)
    throw DomainError(name, std::string("a list of ") + std::to_string(in.list(name).size()) + " numbers",
                      "a list of 2 numbers, one a core");
}

}  // namespace

void register_iterate_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "assm.deterministic_schedule",
      .summary =
          "Which core writes next, and the ages of what it read, when every core needs a fixed time for an update.",
      .source = "Algorithm 1 on an event-driven clock; Assumption 3.1, part 1",
      .parameters = {periods(), steps(100000)},
      .outputs = {"core_sequence: the core of each write", "global_age: writes between its read and its write",
                  "block_age_vectors: the same a block", "max_global_age: the largest", "counts: writes a core"},
      .validate =
          [](const Inputs& in) {
            const std::size_t P = in.list("periods").size();
            if (static_cast<long>(P) * in.integer("K") > 2'000'000)
              throw DomainError("K", in.rational("K").to_decimal(17), "K times the number of cores <= 2000000");
          },
      .enclosed = schedule,
  });

  registry.add({
      .name = "assm.sgd_iterates",
      .summary = "Iterates on |x| with momentum, as Algorithm 1 makes them and as (4) is printed.",
      .source = "Algorithm 1 and (4)",
      .parameters = {momentum(), first_step(), real("x0", "x_0", "start"), steps(20000)},
      .outputs = {"x: x_1..x_K, step gamma0/sqrt(k+1)", "x_printed: with the plus sign and the sum from j = 1 of (4)"},
      .enclosed = sgd_iterates,
  });

  registry.add({
      .name = "assm.passm_iterates",
      .summary = "Iterates of PASSM with two cores of fixed speeds on a plane problem with the kink x = y.",
      .source = "Algorithm 1 with one block a core; the steps and penalties of Section 4",
      .parameters = {word("problem", "P04: |x-y| + (x^2+y^2)/4; P14: max(x-y, 2(y-x)) + ((x-1)^2+(y+1)^2)/4",
                          {"P04", "P14"}),
                     periods(), steps(5000), momentum(), first_step(), real_list("x0", "x_0", "the start (x, y)"),
                     real("l2", "", "weight decay: l2 x is added to the gradient").at_least(0),
                     real("l1", "", "L1 penalty: l1 sign(x) is added to the gradient").at_least(0)},
      .outputs = {"core_x_y: for every write the core and the point after it"},
      .validate =
          [](const Inputs& in) {
            need_two(in, "periods");
            need_two(in, "x0");
          },
      .enclosed = passm,
  });
}

}  // namespace asyncert::assm
