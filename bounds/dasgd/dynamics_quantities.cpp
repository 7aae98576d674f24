#include <bit>

#include "bounds/dasgd/apt.hpp"
#include "bounds/dasgd/characteristic.hpp"
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/flow.hpp"
#include "bounds/dasgd/linear_flow.hpp"
#include "bounds/dasgd/quantities.hpp"

namespace asyncert::dasgd {

namespace {

std::vector<Real> reals(const std::vector<Rational>& v) { return {v.begin(), v.end()}; }

FlowPoint quadratic_flow(const Inputs& in, const std::vector<Rational>& center, const Real& t) {
  const std::string set = in.word("set");
  const std::vector<Rational>& y0 = in.list("y0");
  if (set == "ball") return quadratic_flow_on_ball(y0, center, t);
  if (set == "simplex") return quadratic_flow_on_simplex(y0, center, t);
  if (set == "box") return quadratic_flow_on_box(reals(y0), reals(center), 0, 1, t);
  return quadratic_flow_on_box(reals(y0), reals(center), in.rational("lower"), in.rational("upper"), t);
}

FlowPoint tilted_flow(const Inputs& in) {
  const std::vector<Rational>& y0 = in.list("y0");
  return (in.word("set") == "box" ? tilted_flow_on_box : tilted_flow_on_simplex)(y0[0], y0[1], in.rational("t"));
}

Object mean_field_flow(const Inputs& in) {
  const std::string f = in.word("function"), set = in.word("set");
  const std::vector<Rational>& y0 = in.list("y0");
  const Rational t = in.rational("t");
  FlowPoint at;
  std::optional<Real> limit_energy;
  if (f == "half_squared_distance") {
    at = quadratic_flow(in, in.list("center"), t);
  } else if (f == "log1p_square") {
    const std::vector<Rational> origin(y0.size());
    at = log_flow([&](const Real& sigma) { return quadratic_flow(in, origin, sigma); }, t);
  } else if (f == "linear") {
    const bool interval = set == "interval";
    at = linear_flow(set, y0, in.list("c"), interval ? in.rational("lower") : Rational(0),
                     interval ? in.rational("upper") : Rational(1), t);
  } else if (set == "ball") {
    const TiltedFlow tilted = tilted_flow_on_disc(y0[0], y0[1], t);
    at = tilted.point;
    limit_energy = tilted.limit_energy;
  } else {
    at = tilted_flow(in);
  }
  Object o;
  o.add("y", values(at.y)).add("energy", at.energy.value()).add("x", values(at.x));
  if (limit_energy) o.add("E_infinity", limit_energy->value());
  return o;
}

void validate_flow(const Inputs& in) {
  const std::string f = in.word("function"), set = in.word("set");
  require_given(in, "center", f == "half_squared_distance", "the function " + f);
  require_given(in, "c", f == "linear", "the function " + f);
  require_given(in, "lower", set == "interval", "the set " + set);
  require_given(in, "upper", set == "interval", "the set " + set);
  if (in.has("center")) require_same_length(in, "center", "y0");
  if (in.has("c")) require_same_length(in, "c", "y0");
  const std::string length = "a list of " + std::to_string(in.list("y0").size()) + " numbers";
  if (set == "interval") {
    if (in.list("y0").size() != 1) throw DomainError("y0", length, "1 number for the set interval");
    if (in.rational("upper") < in.rational("lower"))
      throw DomainError("upper", in.rational("upper").to_decimal(17),
                        "upper >= lower = " + in.rational("lower").to_decimal(17));
  }
  if (f == "tilted_parabola" && in.list("y0").size() != 2)
    throw DomainError("y0", length, "2 numbers for the function tilted_parabola");
}

/// Exact while the iterates stay short, else with balls.
Object dagd(const Inputs& in) {
  // Rounding errors add up over the steps, and iterates shrink: bits for both spare a second run.
  const long steps = in.integer("N");
  const PrecisionScope precision(PrecisionScope::bits() + 3 * std::bit_width(static_cast<unsigned long>(steps)));
  const auto r = dagd_run(Real(in.rational("c")), Real(in.rational("y0")), read_rule(in.word("read")), steps);
  Object o;
  o.add("y", r.y.value()).add("x", r.x.value()).add("energy", r.energy.value()).add("ergodic", r.ergodic.value());
  return o.add("max_gradient_error", r.max_gradient_error.value());
}

Object dagd_double(const Inputs& in) {
  const auto r = dagd_run(in.number<double>("c"), in.number<double>("y0"), read_rule(in.word("read")), in.integer("N"));
  Object o;
  o.add("y", r.y).add("x", r.x).add("energy", r.energy).add("ergodic", r.ergodic);
  return o.add("max_gradient_error", r.max_gradient_error);
}

template <class T>
Object root_object(const CharacteristicRoot<T>& r) {
  Object o;
  return o.add("real", r.real).add("imaginary", r.imaginary).add("stable", r.stable).add("c_log_k", r.c_log_k);
}

}  // namespace

void register_dynamics_quantities(QuantityRegistry& registry) {
  // No version in double: the flow goes from event to event, and which comes first, and whether a coordinate is exactly
  // at rest, is decided in rationals where they last; in double a wrong order gives another path.
  registry.add({
      .name = "dasgd.mean_field_flow",
      .summary = "The mean-field flow y' = -grad f(P(y)) at a time, with its energy, in closed form or piecewise so.",
      .source = "(4.5), Lemma 4.2",
      .parameters = {real_list("y0", "y(0)", "initial point"), real("t", "t", "time").at_least(0),
                     word("function", "|x-center|^2/2; <c,x>; log(1+|x|^2); -x_1-x_2^2/4",
                          {"half_squared_distance", "linear", "log1p_square", "tilted_parabola"}),
                     word("set", "unit ball, box [0,1]^d, [lower, upper] (d = 1), simplex",
                          {"ball", "box", "interval", "simplex"}),
                     real_list("center", "", "center of half_squared_distance").or_absent(),
                     real_list("c", "c", "coefficients of linear").or_absent(),
                     real("lower", "", "lower end of interval").or_absent(),
                     real("upper", "", "upper end of interval").or_absent()},
      .outputs = {"y: y(t)", "energy: E(y(t)), base point the minimiser on the set (of several, the one of least norm)",
                  "x: P(y(t))", "E_infinity: limit of the energy, for tilted_parabola on the ball"},
      .validate = validate_flow,
      .enclosed = mean_field_flow,
  });

  registry.add({
      .name = "dasgd.apt_distance",
      .summary = "How far the interpolated iterates leave the flow within a window of time, for f = x^2/2 and alpha_n "
                 "= 1/(n+1).",
      .source = "Definition 4.3, (4.6)",
      .parameters =
          {real("y", "y_n", "start, not 0, in [-1,1]; the distance is per unit of |y_n|").at_least(-1).at_most(1),
           integer("n", "n", "index of the start").at_least(0), real("T", "T", "length of the window").at_least(0)},
      .outputs = {"distance: sup over 0 <= h <= T, divided by |y_n|"},
      .validate =
          [](const Inputs& in) {
            if (in.rational("y").sign() == 0) throw DomainError("y", "0", "a number y != 0 with -1 <= y <= 1");
          },
      .enclosed =
          [](const Inputs& in) { return Object().add("distance", apt_distance(in.rational("n"), in.rational("T"))); },
      .floating =
          [](const Inputs& in) {
            return Object().add("distance", apt_distance(in.number<double>("n"), in.number<double>("T")));
          },
  });

  registry.add({
      .name = "dasgd.dagd_run",
      .summary =
          "A run of Algorithm 3 on x^2/2 over [-1,1] with steps c/(n+1) and delayed reads: exact, with balls where "
          "rationals grow long.",
      .source = "Algorithm 3, (3.1), (3.2), (5.2)",
      .parameters = {real("c", "c", "step factor").above(0), real("y0", "y_0", "initial point"),
                     word("read", "s(n)", {"n", "floor(n/2)", "isqrt(n)", "max(0,n-3)"}),
                     integer("N", "N", "number of steps").at_least(1).at_most(1'000'000)},
      .outputs = {"y: y_N", "x: P(y_N)", "energy: E(y_N), base point 0", "ergodic: (5.2) over k = 1..N",
                  "max_gradient_error: max |b_n| over n < N"},
      .enclosed = dagd,
      .floating = dagd_double,
  });

  registry.add({
      .name = "dasgd.delay_characteristic_root",
      .summary =
          "The principal characteristic root of x^2/2 under alpha_n = c/n and s(n) = ceil(n/k), in the time log n.",
      .source = "Assumption 3, why the logarithms are needed",
      .parameters = {real("c", "c", "step factor").above(0), real("k", "k", "n/s(n)").at_least(1)},
      .outputs = {"real: real part of lambda = -c exp(-lambda log k)", "imaginary: imaginary part, >= 0",
                  "stable: c log k < pi/2", "c_log_k: c log k"},
      .enclosed = [](const Inputs& in) { return root_object(characteristic_root(in.rational("c"), in.rational("k"))); },
      .floating =
          [](const Inputs& in) { return root_object(characteristic_root_double(in.rational("c"), in.rational("k"))); },
  });
}

}  // namespace asyncert::dasgd
