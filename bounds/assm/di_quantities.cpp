// The registered quantity about solutions of the differential inclusion.
#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/registration.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

std::size_t dimension_of(const std::string& word) {
  return word == "lasso" || word == "phase_retrieval" ? 1 : dimension(problem_named(word));
}

Trajectory trajectory(const Inputs& in) {
  const std::string& name = in.word("problem");
  const InitialValueProblem start{in.list("x0"), in.list("ubar"), in.list("tau")};
  if (name == "lasso") return lasso_flow(start, in.rational("b"), in.rational("lambda"));
  if (name == "phase_retrieval") return phase_retrieval_flow(start);
  const Problem problem = problem_named(name);
  switch (problem) {
    case Problem::P04:
    case Problem::P14:
      return diagonal_kink_flow(problem, start);
    case Problem::P09:
      return relu_flow(start);
    case Problem::P11:
      return max_norm_flow(start);
    default:
      return piecewise_linear_flow(problem, start);
  }
}

Object di_trajectory(const Inputs& in) {
  const Trajectory t = trajectory(in);
  List points;
  for (const auto& x : t.x) points.push_back(Value(x));
  return Object().add("x", std::move(points)).add("hit_time", t.hit_time ? *t.hit_time : Value());
}

void validate(const Inputs& in) {
  const std::string& name = in.word("problem");
  const std::size_t n = dimension_of(name);
  for (const char* list : {"x0", "ubar"})
    if (in.list(list).size() != n)
      throw DomainError(list, std::string("a list of ") + std::to_string(in.list(list).size()),
                        std::string("a list of ") + std::to_string(n) + " for " + name);
  for (const char* parameter : {"b", "lambda"})
    if (in.has(parameter) != (name == "lasso"))
      throw DomainError(std::string("the problem ") + name +
                        (name == "lasso" ? " needs the parameter " : " has no parameter ") + parameter);
}

}  // namespace

void register_di_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "assm.di_trajectory",
      .summary = "The solution of ubar_i x_i' in -(df(x))_i from x0 at given times, sliding along kinks where it must.",
      .source = "(8), with the sign that descends",
      .parameters = {word("problem", "a test function; lasso: (x-b)^2/2 + lambda |x|; phase_retrieval: |x^2-1|",
                          {"P01", "P02", "P03", "P04", "P07", "P09", "P11", "P12", "P13", "P14", "lasso",
                           "phase_retrieval"}),
                     real_list("x0", "x(0)", "the start"),
                     real_list("ubar", "\\bar u", "mean inter-update time of each coordinate").above(0),
                     real_list("tau", "\\tau", "times at which the solution is wanted").at_least(0),
                     real("b", "b", "centre of the lasso problem").or_absent(),
                     real("lambda", "\\lambda", "weight of its penalty").at_least(0).or_absent()},
      .outputs = {"x: the solution at each time",
                  "hit_time: first time on a kink of f; null where it never comes there"},
      .validate = validate,
      .enclosed = di_trajectory,
  });
}

}  // namespace asyncert::assm
