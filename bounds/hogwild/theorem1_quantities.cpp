// Theorem 1 as quantities: at a given rho, with the smallest rho that admits the step, and without Lemmas 2 and 3.
#include "bounds/hogwild/quantities.hpp"
#include "bounds/hogwild/theorem1.hpp"

namespace asyncert::hogwild {

namespace {

template <class T>
Theorem1Problem<T> problem(const Inputs& in) {
  return {in.number<T>("f0"), in.number<T>("alpha"), in.number<T>("V"),
          in.number<T>("L"),  in.integer("tau"),     in.number<T>("T")};
}

template <class T>
void add_bounds(Object& o, const Theorem1Problem<T>& p, const T& eta, const T& rho) {
  using std::sqrt;
  const T A = p.A(), b = B(p, eta, rho), printed = sqrt(A * b / p.updates);
  o.add("eta", eta).add("rho", rho).add("A", A).add("B", b);
  o.add("bound_printed", printed)
      .add("bound_corrected", T(2) * printed)
      .add("bound_eight_sevenths", T(8) * printed / T(7));
  o.add("bound_direct", A / (eta * p.updates) + eta * B_direct(p, eta)).add("B_direct", B_direct(p, eta));
}

template <class T>
Object theorem1(const Inputs& in) {
  const Theorem1Problem<T> p = problem<T>(in);
  const T rho = in.number<T>("rho"), eta = fixed_point_step(p, rho);
  Object o;
  add_bounds(o, p, eta, rho);
  // The condition may hold with equality, which only rationals can decide.
  const auto admitted = [&] { return fixed_point_step_is_admitted(p, rho); };
  if constexpr (std::same_as<T, Ball>)
    o.add("lemma2_holds", decided(in, admitted, [&] {
            return fixed_point_step_is_admitted(problem<Rational>(in), in.rational("rho"));
          }));
  else
    o.add("lemma2_holds", admitted());
  const T best = fixed_point_step(p, rho, 2);
  return o.add("eta_opt", best).add("bound_opt", p.A() / (best * p.updates) + best * B(p, best, rho));
}

/// The coupled step. T may equal T_min, where there is none, which only rationals can decide.
template <class T>
CoupledStep<T> decided_coupled_step(const Inputs& in) {
  const Theorem1Problem<T> p = problem<T>(in);
  const auto at_end = [&] {
    const Theorem1Problem<Rational> exact = problem<Rational>(in);
    return rational_smallest_updates(exact) == exact.updates;
  };
  const auto none = [&] { return CoupledStep<T>{p.updates, largest_step(Condition::printed, p.L, p.tau), {}, {}}; };
  if (p.tau == 0 && at_end()) return none();
  try {
    return coupled_step(p);
  } catch (const Undecided&) {
    if (std::same_as<T, Ball> && at_end()) return none();
    throw;
  }
}

template <class T>
Object theorem1_coupled(const Inputs& in) {
  const Theorem1Problem<T> p = problem<T>(in);
  const CoupledStep<T> step = decided_coupled_step<T>(in);
  Object o;
  o.add("T_min", step.T_min).add("eta_max", step.eta_max).add("feasible", step.eta.has_value());
  if (step.eta) add_bounds(o, p, *step.eta, *step.rho);
  return o;
}

template <class T>
Object direct_bound(const Inputs& in) {
  const Theorem1Problem<T> p = problem<T>(in);
  const T best = best_direct_step(p), eta = in.has("eta") ? in.number<T>("eta") : best;
  const auto at = [&](const T& step) { return T(p.A() / (step * p.updates) + step * B_direct(p, step)); };
  Object o;
  o.add("A", p.A()).add("B_direct", B_direct(p, eta)).add("bound", at(eta));
  return o.add("eta_opt", best).add("bound_opt", at(best));
}

}  // namespace

void register_theorem1_quantities(QuantityRegistry& registry) {
  const Parameter f0 = real("f0", "f(w_0)", "objective at the start, with infimum 0").above(0);
  const Parameter V = real("V", "V", "bound of the gradients").above(0);
  const Parameter T = real("T", "\\tilde T", "updates of all threads together").at_least(1);
  const auto with_bounds = [](std::vector<std::string> outputs, const std::vector<std::string>& more) {
    for (const char* bound :
         {"eta: step size sqrt(A/(T B))", "rho: factor of Lemma 2", "A: 2 f0/alpha",
          "B: 2 V^2 (2 tau L^2 eta K/alpha + L/(2 alpha))", "bound_printed: sqrt(A B/T)",
          "bound_corrected: twice that, which the proof gives", "bound_eight_sevenths: 8/7 of it, provable",
          "bound_direct: A/(eta T) + eta B_direct, without Lemmas 2 and 3", "B_direct: V^2 (L + tau^2 L^2 eta)/alpha"})
      outputs.push_back(bound);
    outputs.insert(outputs.end(), more.begin(), more.end());
    return outputs;
  };
  registry.add({
      .name = "hogwild.theorem1",
      .summary = "Theorem 1 at a given rho: its step size as the fixed point that it is, and the bound in four forms.",
      .source = "Theorem 1",
      .parameters = {f0, overwrite_bound(), V, smoothness(), delay(), growth(), T},
      .outputs = with_bounds({}, {"lemma2_holds: whether rho admits this step size",
                                  "eta_opt: minimiser of A/(eta T) + eta B(eta)", "bound_opt: its value"}),
      .enclosed = theorem1<Ball>,
      .floating = theorem1<double>,
  });

  registry.add({
      .name = "hogwild.theorem1_coupled",
      .summary = "Theorem 1 where rho is the smallest one that admits the step size, and the smallest T for which "
                 "there is one.",
      .source = "Theorem 1 with Lemma 2",
      .parameters = {f0, overwrite_bound(), V, smoothness(), delay(), T},
      .outputs = with_bounds({"T_min: smallest number of updates", "eta_max: largest step size",
                              "feasible: T > T_min; the rest only then"},
                             {}),
      .enclosed = theorem1_coupled<Ball>,
      .floating = theorem1_coupled<double>,
  });

  registry.add({
      .name = "hogwild.direct_bound",
      .summary =
          "Bound of the average E|grad f(w_t)|^2 of Hogwild! for every step size: no rho, no condition, no smallest T.",
      .source = "Theorem 1, by |w - w_hat| <= eta tau V",
      .parameters = {f0, overwrite_bound(), V, smoothness(), delay(), T, step().or_absent()},
      .outputs = {"A: 2 f0/alpha", "B_direct: V^2 (L + tau^2 L^2 eta)/alpha",
                  "bound: A/(eta T) + eta B_direct, at eta_opt where no eta is given",
                  "eta_opt: the step size with the smallest bound", "bound_opt: that bound"},
      .enclosed = direct_bound<Ball>,
      .floating = direct_bound<double>,
  });
}

}  // namespace asyncert::hogwild
