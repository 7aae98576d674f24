#include "bounds/dasgd/chain_coherence.hpp"
#include "bounds/dasgd/coherence.hpp"
#include "bounds/dasgd/min_coherence.hpp"
#include "bounds/dasgd/quantities.hpp"
#include "bounds/dasgd/rosenbrock.hpp"

namespace asyncert::dasgd {

namespace {

template <class T>
Object rosenbrock_at(const Inputs& in) {
  const std::vector<T> x = in.numbers<T>("x");
  const std::vector<T> g = rosenbrock_gradient(x);
  T squared(0), product(0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    squared = squared + g[i] * g[i];
    product = product + g[i] * (x[i] - T(1));
  }
  Object o;
  o.add("f", rosenbrock(x)).add("squared_gradient_norm", squared);
  return o.add("gradient_first", g.front()).add("gradient_last", g.back()).add("inner_product", product);
}

/// Exact results are shown as p/q, as they were given.
Object rosenbrock_exact(const Inputs& in) {
  const Object exact = rosenbrock_at<Rational>(in);
  Object o;
  for (const auto& [name, value] : exact.members()) o.add(name, Fraction{*value.get<Rational>()});
  return o;
}

Object coherence(const Inputs& in) {
  const std::string f = in.word("function");
  std::vector<Real> x;
  for (const Rational& v : in.list("x")) x.push_back(v);
  Real product;
  if (f == "gaussian_well")
    product = coherence_gaussian_well(x);
  else if (f == "rational_well")
    product = coherence_rational_well(x);
  else if (f == "tilted_parabola")
    product = coherence_tilted_parabola(x);
  else if (const Real s = inner_product(x, x); !s.is_zero())
    product = coherence_polar(x, sqrt(s));
  return Object().add("inner_product", product.value());
}

Object coherence_double(const Inputs& in) {
  const std::string f = in.word("function");
  const std::vector<double> x = in.numbers<double>("x");
  double product = 0;
  if (f == "gaussian_well")
    product = coherence_gaussian_well(x);
  else if (f == "rational_well")
    product = coherence_rational_well(x);
  else if (f == "tilted_parabola")
    product = coherence_tilted_parabola(x);
  else if (const double r = std::hypot(x[0], x[1]); r > 0)
    product = coherence_polar(x, r);
  return Object().add("inner_product", product);
}

}  // namespace

void register_coherence_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "dasgd.rosenbrock",
      .summary = "Value, gradient and coherence product of the Rosenbrock function, exactly.",
      .source = "(5.1); variational coherence",
      .parameters = {real_list("x", "x", "the point, of dimension at least 2")},
      .outputs = {"f: the value", "squared_gradient_norm: |grad f(x)|^2",
                  "gradient_first: first component of the gradient", "gradient_last: last component of the gradient",
                  "inner_product: <grad f(x), x - (1,...,1)>"},
      .validate =
          [](const Inputs& in) {
            if (in.list("x").size() < 2) throw DomainError("x", "a list of 1 number", "a list of at least 2 numbers");
          },
      .enclosed = rosenbrock_exact,
      .floating = rosenbrock_at<double>,
  });

  registry.add({
      .name = "dasgd.coherence",
      .summary = "The coherence product <grad f(x), x - x*> of the instances with a known minimiser.",
      .source = "Assumption 2 (VC)",
      .parameters =
          {word("function",
                "1-exp(-|x|^2/2); (3+sin 5t+cos 3t) r^2 (5/3-r); |x|^2/(1+|x|^2); -x_1-x_2^2/4 with x* = (1,0)",
                {"gaussian_well", "polar", "rational_well", "tilted_parabola"}),
           real_list("x", "x", "the point; of the plane for polar and tilted_parabola")},
      .outputs = {"inner_product: <grad f(x), x - x*>"},
      .validate =
          [](const Inputs& in) {
            const std::string f = in.word("function");
            const std::size_t d = in.list("x").size();
            if ((f == "polar" || f == "tilted_parabola") && d != 2)
              throw DomainError("x", "a list of " + std::to_string(d) + " numbers", "2 numbers for " + f);
          },
      .enclosed = coherence,
      .floating = coherence_double,
  });

  // No version in double: the minimum is the least of values that cancel where it is zero or close to it, at (1,1).
  registry.add({
      .name = "dasgd.min_coherence",
      .summary =
          "The minimum over a square of the coherence product of the two-dimensional Rosenbrock function, certified.",
      .source = "Section 5; Assumption 2 (VC)",
      .parameters = {real("lower", "", "lower end of both coordinates"),
                     real("upper", "", "upper end of both coordinates")},
      .outputs = {"minimum: min <grad f(x), x - (1,1)>", "x1: first coordinate of a minimiser",
                  "x2: second coordinate"},
      .validate =
          [](const Inputs& in) {
            if (in.rational("upper") < in.rational("lower"))
              throw DomainError("upper", in.rational("upper").to_decimal(17),
                                "upper >= lower = " + in.rational("lower").to_decimal(17));
          },
      .enclosed =
          [](const Inputs& in) {
            const CoherenceMinimum m = min_coherence(in.rational("lower"), in.rational("upper"));
            return Object().add("minimum", m.minimum).add("x1", m.x1).add("x2", m.x2);
          },
  });

  registry.add({
      .name = "dasgd.min_coherence_chain",
      .summary =
          "Certified bounds of the minimum over a cube of the d-dimensional Rosenbrock function's coherence product.",
      .source = "Section 5; Assumption 2 (VC)",
      .parameters = {real("lower", "", "lower end of all coordinates").at_least(-100).at_most(100),
                     real("upper", "", "upper end of all coordinates").at_least(-100).at_most(100),
                     integer("d", "d", "dimension").at_least(2).at_most(10000),
                     integer("cells", "", "intervals a coordinate; the lower bound's error is O(d/cells)")
                         .at_least(1)
                         .at_most(4000)},
      .outputs = {"lower_bound: certainly at most the minimum", "upper_bound: the exact value at the witness",
                  "witness: a point"},
      .validate =
          [](const Inputs& in) {
            if (in.rational("upper") <= in.rational("lower"))
              throw DomainError("upper", in.rational("upper").to_decimal(17),
                                "upper > lower = " + in.rational("lower").to_decimal(17));
          },
      .enclosed =
          [](const Inputs& in) {
            const ChainMinimum m = chain_coherence_minimum(in.rational("lower"), in.rational("upper"), in.integer("d"),
                                                           in.integer("cells"));
            return Object()
                .add("lower_bound", m.lower_bound)
                .add("upper_bound", m.upper_bound)
                .add("witness", m.witness);
          },
  });
}

}  // namespace asyncert::dasgd
