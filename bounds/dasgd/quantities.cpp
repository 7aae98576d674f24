// The registered quantities of the paper on distributed asynchronous SGD with unbounded delays.
#include "bounds/dasgd/rosenbrock.hpp"
#include "lib/errors.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

template <class T>
Object rosenbrock_at(const Inputs& in) {
  const std::vector<T> x = in.numbers<T>("x");
  const std::vector<T> g = dasgd::rosenbrock_gradient(x);
  T squared(0), product(0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    squared = squared + g[i] * g[i];
    product = product + g[i] * (x[i] - T(1));
  }
  Object o;
  o.add("f", dasgd::rosenbrock(x)).add("squared_gradient_norm", squared);
  return o.add("gradient_first", g.front()).add("gradient_last", g.back()).add("inner_product", product);
}

/// Exact results are shown as p/q, as they were given.
Object rosenbrock_exact(const Inputs& in) {
  const Object exact = rosenbrock_at<Rational>(in);
  Object o;
  for (const auto& [name, value] : exact.members()) o.add(name, Fraction{*value.get<Rational>()});
  return o;
}

}  // namespace

void register_dasgd_quantities(QuantityRegistry& registry) {
  Quantity q;
  q.name = "dasgd.rosenbrock";
  q.summary = "Value, gradient and coherence product of the Rosenbrock function, exactly.";
  q.source = "the experiments' test function; variational coherence";
  q.parameters = {real_list("x", "x", "the point, of dimension at least 2")};
  q.outputs = {"f: the value", "squared_gradient_norm: |grad f(x)|^2", "gradient_first: first component of the gradient",
               "gradient_last: last component of the gradient", "inner_product: <grad f(x), x - (1,...,1)>"};
  q.validate = [](const Inputs& in) {
    if (in.list("x").size() < 2) throw DomainError("x", "a list of 1 number", "a list of at least 2 numbers");
  };
  q.enclosed = rosenbrock_exact;
  q.floating = rosenbrock_at<double>;
  registry.add(std::move(q));
}

}  // namespace asyncert
