#include "bounds/dasgd/quantities.hpp"
#include "bounds/dasgd/steps.hpp"

namespace asyncert::dasgd {

void register_step_quantities(QuantityRegistry& registry) {
  const std::string log_law = "1/(k log k)", loglog_law = "1/(k log k loglog k)";

  registry.add({
      .name = "dasgd.staleness_window",
      .summary = "The sum of the steps between the read and the write, W_n, for windows of any size.",
      .source = "Assumption 3; |b_n| <= L M W_n",
      .parameters = {word("law", "step law, up to a factor", {"1/k", log_law, loglog_law}),
                     integer("s", "s(n)", "the sum starts at k = s+1").at_least(0),
                     integer("n", "n", "last k").at_least(0)},
      .outputs = {"window: sum of the steps over k = s+1..n"},
      .validate =
          [](const Inputs& in) {
            const long smallest = first_index(step_law(in.word("law"))) - 1;
            if (in.rational("s") < Rational(smallest))
              throw DomainError("s", in.rational("s").to_decimal(17),
                                "s >= " + std::to_string(smallest) + ", for finite and positive steps");
            if (in.rational("n") < in.rational("s"))
              throw DomainError("n", in.rational("n").to_decimal(17), "n >= s = " + in.rational("s").to_decimal(17));
          },
      .enclosed =
          [](const Inputs& in) {
            return Object().add("window", step_sum(step_law(in.word("law")), in.rational("s"), in.rational("n")));
          },
      .floating =
          [](const Inputs& in) {
            return Object().add("window",
                                step_sum_double(step_law(in.word("law")), in.rational("s"), in.rational("n")));
          },
  });

  const auto from_first = [](StepLaw law, const Rational& N, auto&& sum) {
    const Rational s(first_index(law) - 1);
    return sum(law, s, max(s, N));
  };
  registry.add({
      .name = "dasgd.cumulative_step",
      .summary = "The sum of all steps up to N, which is the time of the mean-field flow.",
      .source = "Assumption 3, Section 4.3",
      .parameters = {integer("N", "N", "last k").at_least(1)},
      .outputs = {"n_log_n: sum of 1/(k log k) over k = 2..N",
                  "n_log_n_loglog_n: sum of 1/(k log k loglog k) over k = 3..N"},
      .enclosed =
          [from_first](const Inputs& in) {
            const Rational N = in.rational("N");
            return Object()
                .add("n_log_n", from_first(StepLaw::log, N, step_sum))
                .add("n_log_n_loglog_n", from_first(StepLaw::loglog, N, step_sum));
          },
      .floating =
          [from_first](const Inputs& in) {
            const Rational N = in.rational("N");
            return Object()
                .add("n_log_n", from_first(StepLaw::log, N, step_sum_double))
                .add("n_log_n_loglog_n", from_first(StepLaw::loglog, N, step_sum_double));
          },
  });

  registry.add({
      .name = "dasgd.step_sum_limit",
      .summary =
          "Limits of the sums of steps: the constant beside loglog N or logloglog N, and the sum of the squares.",
      .source = "Assumption 3",
      .parameters = {word("law", "step law, up to a factor", {log_law, loglog_law}),
                     word("kind", "which limit", {"constant", "squares"})},
      .outputs = {"value: the limit"},
      .enclosed =
          [](const Inputs& in) {
            const StepLaw law = step_law(in.word("law"));
            return Object().add("value", in.word("kind") == "constant" ? step_sum_constant(law) : step_square_sum(law));
          },
  });
}

}  // namespace asyncert::dasgd
