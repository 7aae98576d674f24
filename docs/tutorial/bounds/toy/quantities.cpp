#include "bounds/toy/rate.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

void register_toy_quantities(QuantityRegistry& registry) {
  Quantity q;
  q.name = "toy.growth_rate";
  q.summary = "The growth rate per step of gradient descent with a gradient that is one step old.";
  q.source = "the toy paper, Theorem 1";
  q.parameters = {real("eta", "\\eta", "step size").above(0), real("lambda", "\\lambda", "curvature").above(0)};
  q.outputs = {"rate: below 1 the iterates shrink"};
  q.enclosed = [](const Inputs& in) { return Object().add("rate", toy::growth_rate(in.number<Ball>("eta") * in.number<Ball>("lambda"))); };
  q.floating = [](const Inputs& in) { return Object().add("rate", toy::growth_rate(in.number<double>("eta") * in.number<double>("lambda"))); };
  registry.add(q);
}

}  // namespace asyncert
