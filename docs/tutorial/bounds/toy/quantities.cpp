#include "bounds/toy/rate.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

template <class T>
Object growth_rate(const Inputs& in) {
  return Object().add("rate", toy::growth_rate(in.number<T>("eta") * in.number<T>("lambda")));
}

}  // namespace

void register_toy_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "toy.growth_rate",
      .summary = "The growth rate per step of gradient descent with a gradient that is one step old.",
      .source = "the toy paper, Theorem 1",
      .parameters = {real("eta", "\\eta", "step size").above(0), real("lambda", "\\lambda", "curvature").above(0)},
      .outputs = {"rate: below 1 the iterates shrink"},
      .enclosed = growth_rate<Ball>,
      .floating = growth_rate<double>,
  });
}

}  // namespace asyncert
