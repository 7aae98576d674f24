// The registered quantities about solutions of the differential inclusion.
#include "bounds/assm/integrator.hpp"
#include "bounds/assm/quantities.hpp"
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
    case Problem::P08:
    case Problem::P10:
      return integrate(problem, start, {true, pow(Ball(2), 8 - PrecisionScope::bits() / 2)}).trajectory;
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

/// A number to a multiple of `grid`, and a bound of the error, itself to two digits of that grid.
struct Shown {
  Rational number, error;
};

Shown shown(const Value& x, const Rational& grid) {
  if (const auto* exact = x.get<Rational>()) return {*exact, {}};
  const Ball& enclosure = *x.get<Ball>();
  Rational middle, farthest;
  arf_get_fmpq(middle.raw(), arb_midref(enclosure.raw()));
  const Rational number = (middle / grid + Rational(1, 2)).floor() * grid, fine = grid / Rational(100);
  arf_get_fmpq(farthest.raw(), arb_midref(abs(enclosure - Ball(number)).upper_end().raw()));
  return {number, (farthest / fine).ceil() * fine};
}

Object di_integrate(const Inputs& in) {
  const Problem problem = problem_named(in.word("problem"));
  const InitialValueProblem start{in.list("x0"), in.list("ubar"), in.list("tau")};
  const Rational& tolerance = in.rational("tolerance");
  Rational grid(1), error;
  while (Rational(4) * grid > tolerance) grid /= Rational(10);
  Integration path;
  List points;
  const auto attempt = [&] {
    path = integrate(problem, start, {false, Ball(tolerance / Rational(4))});
    points.clear();
    error = Rational(0);
    for (const std::vector<Value>& x : path.trajectory.x) {
      List point;
      for (const Value& coordinate : x) {
        Shown s = shown(coordinate, grid);
        error = max(error, s.error);
        point.emplace_back(std::move(s.number));
      }
      points.emplace_back(std::move(point));
    }
    return error <= tolerance;
  };
  escalate_precision("the solution to its tolerance", attempt, PrecisionScope::bits());
  List events;
  for (const FlowEvent& e : path.events)
    events.emplace_back(Object().add("time", e.time).add("kind", to_string(e.kind)).add("x", Value(e.x)));
  Object o;
  o.add("x", std::move(points))
      .add("error", error.sign() == 0 ? Value(error) : Value(Ball(error)))
      .add("settled", path.settled);
  return o.add("events", std::move(events)).add("steps", path.steps);
}

void validate(const Inputs& in) {
  const std::string& name = in.word("problem");
  const std::size_t n = dimension_of(name);
  for (const char* list : {"x0", "ubar"})
    if (in.list(list).size() != n)
      throw DomainError(list, std::string("a list of ") + std::to_string(in.list(list).size()),
                        std::string("a list of ") + std::to_string(n) + " for " + name);
  if (in.has("tolerance")) return;
  for (const char* parameter : {"b", "lambda"})
    if (in.has(parameter) != (name == "lasso"))
      throw DomainError(std::string("the problem ") + name +
                        (name == "lasso" ? " needs the parameter " : " has no parameter ") + parameter);
}

}  // namespace

void register_inclusion_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "assm.di_trajectory",
      .summary = "The solution of ubar_i x_i' in -(df(x))_i from x0 at given times, sliding along kinks where it must.",
      .source = "(8), with the sign that descends",
      .parameters = {word("problem", "a test function; lasso: (x-b)^2/2 + lambda |x|; phase_retrieval: |x^2-1|",
                          {"P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12", "P13",
                           "P14", "lasso", "phase_retrieval"}),
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
  registry.add({
      .name = "assm.di_integrate",
      .summary = "The same by integration with certified steps and events, to a tolerance.",
      .source = "(8), with the sign that descends",
      .parameters = {word("problem", "a test function", problem_names()), real_list("x0", "x(0)", "the start"),
                     real_list("ubar", "\\bar u", "mean inter-update time of each coordinate").above(0),
                     real_list("tau", "\\tau", "times at which the solution is wanted").at_least(0),
                     real("tolerance", "", "largest absolute error of a coordinate").above(0).at_most(1)},
      .outputs = {"x: the solution at each time, to the tolerance",
                  "error: certified bound of the absolute error of every coordinate of x, at most the tolerance",
                  "settled: whether it rests after the last time, or stays within the tolerance of its limit",
                  "events: what happened at kinks up to then: time, kind (crosses, slides, leaves, rests, branches), x",
                  "steps: Taylor steps that were needed"},
      .validate = validate,
      .enclosed = di_integrate,
  });
}

}  // namespace asyncert::assm
