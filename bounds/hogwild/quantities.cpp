// The registered quantities of the paper on lock-free Hogwild! and AsySVRG.
#include "bounds/hogwild/lemma2.hpp"
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

using namespace hogwild;

/// Exact powers of rho grow by its size with every update of delay; beyond this many bits enclosures answer instead.
bool affordable_exactly(const Inputs& in) {
  constexpr long limit = 1'000'000;
  return in.integer("tau") < limit / static_cast<long>(fmpq_height_bits(in.rational("rho").raw()));
}

template <class T>
Object lemma2_check_in(const Inputs& in) {
  const long tau = in.integer("tau");
  const T L = in.number<T>("L"), eta = in.number<T>("eta"), rho = in.number<T>("rho");
  const T D = lemma2_denominator(L, tau, eta, rho);
  Object o;
  o.add("denominator", D);
  const bool positive = decide_less(T(0), D), negative = decide_less(D, T(0));
  if (positive || negative) o.add("lhs", T(1) / D);
  // With D < 0 the printed condition holds because its left side is negative; with D = 0 it is undefined.
  const bool correct = positive && decide_less_equal(T(1), rho * D);
  o.add("holds_as_printed", negative || correct).add("holds_correct", correct);
  o.add("eta_cap_at_rho", lemma2_eta_cap(L, tau, rho));
  return o;
}

Object lemma2_check(const Inputs& in) {
  return affordable_exactly(in) ? lemma2_check_in<Rational>(in) : lemma2_check_in<Ball>(in);
}

template <class T>
Object lemma3(const Inputs& in) {
  using std::sqrt;
  const long tau = in.integer("tau");
  const T eta = in.number<T>("eta"), rho = in.number<T>("rho");
  const T printed = lemma3_coefficient(eta, tau, rho);
  const T sharp = eta * delayed_sum(T(sqrt(rho)), tau);
  Object o;
  o.add("coeff_printed", printed).add("coeff_C1", printed / T(4)).add("coeff_sharp", sharp * sharp);
  return o.add("coeff_lemma6_eq7", printed * rho);
}

Object lemma2_region(const Inputs& in) {
  const Rational L = in.rational("L");
  const long tau = in.integer("tau");
  Object o;
  const auto add = [&](const std::string& suffix, Condition condition) {
    const std::optional<Ball> t = best_t(condition, L, tau);
    const Ball root = t ? *t + 1 : Ball::infinity();
    o.add("rho_star" + suffix, condition == Condition::sharp && t ? root * root : root);
    o.add("eta_max" + suffix, largest_step(condition, L, tau));
  };
  add("", Condition::printed);
  add("_C1", Condition::one);
  add("_sharp", Condition::sharp);
  return o;
}

Object lemma2_rho(const Inputs& in) {
  const Rational L = in.rational("L"), eta = in.rational("eta");
  const long tau = in.integer("tau");
  Object o;
  const auto printed = rho_interval(Condition::printed, L, tau, eta);
  o.add("feasible", printed.has_value());
  if (printed) {
    const Ball rho = printed->t_min + 1;
    o.add("rho_min", rho).add("rho_max", printed->t_max ? *printed->t_max + 1 : Ball::infinity());
    o.add("lemma3_coeff", tau == 0 ? Value(0) : Value(lemma3_coefficient(Ball(eta), tau, rho)));
  }
  const auto one = rho_interval(Condition::one, L, tau, eta);
  o.add("feasible_C1", one.has_value());
  if (one) o.add("rho_min_C1", one->t_min + 1);
  const auto sharp = rho_interval(Condition::sharp, L, tau, eta);
  o.add("feasible_sharp", sharp.has_value());
  if (sharp) o.add("rho_min_sharp", (sharp->t_min + 1) * (sharp->t_min + 1));
  return o;
}

Theorem1Problem theorem1_problem(const Inputs& in) {
  return {in.rational("f0"), in.rational("alpha"), in.rational("V"), in.rational("L"), in.integer("tau"), in.rational("T")};
}

void add_theorem1_bounds(Object& o, const Theorem1Problem& p, const Ball& eta, const Ball& rho) {
  const Ball A(p.A()), T(p.T), b = B(p, eta, rho), printed = sqrt(A * b / T);
  o.add("eta", eta).add("rho", rho).add("A", p.A()).add("B", b);
  o.add("bound_printed", printed).add("bound_corrected", Ball(2) * printed).add("bound_eight_sevenths", Ball(Rational(8, 7)) * printed);
  o.add("bound_direct", A / (eta * T) + eta * B_direct(p, eta)).add("B_direct", B_direct(p, eta));
}

Object theorem1(const Inputs& in) {
  const Theorem1Problem p = theorem1_problem(in);
  const Ball rho(in.rational("rho")), eta = fixed_point_step(p, rho);
  Object o;
  add_theorem1_bounds(o, p, eta, rho);
  const Ball D = lemma2_denominator(Ball(p.L), p.tau, eta, rho);
  o.add("lemma2_holds", decide_less(Ball(0), D) && decide_less_equal(Ball(1), rho * D));
  const Ball best = fixed_point_step(p, rho, 2);
  return o.add("eta_opt", best).add("bound_opt", Ball(p.A()) / (best * Ball(p.T)) + best * B(p, best, rho));
}

Object theorem1_coupled(const Inputs& in) {
  const Theorem1Problem p = theorem1_problem(in);
  const CoupledStep step = coupled_step(p);
  Object o;
  o.add("T_min", step.T_min).add("eta_max", step.eta_max).add("feasible", step.eta.has_value());
  if (step.eta) add_theorem1_bounds(o, p, *step.eta, *step.rho);
  return o;
}

template <class T>
Object inner_loop_object(const InnerLoop<T>& s, const T& first_half, const T& f_drop_over_T) {
  const T before = s.M - T(1);
  Object o;
  o.add("g", s.g).add("f", s.f).add("a", s.a).add("c0", s.c(s.M));
  // With a single step c_1 = c_M = 0 exactly.
  const bool several = decide_less(T(1), s.M);
  o.add("c1", several ? Value(s.c(before)) : Value(0)).add("c_half", s.c(s.M - first_half)).add("c_last", s.c(T(1)));
  o.add("h0", s.h(s.M)).add("h1", s.h(before)).add("hM", s.f);
  const T gamma = s.gamma(before);
  o.add("gamma", gamma).add("gamma_with_c0", s.gamma(s.M));
  bool usable = decide_less(T(0), gamma);
  if (s.absorbed) {
    const bool valid = decide_less_equal(s.c(before), s.beta / T(2));
    o.add("valid", valid);
    usable = usable && valid;
  }
  return o.add("bound", usable ? Value(T(f_drop_over_T / (s.M * gamma))) : Value(s.absorbed ? "none" : "none (gamma<=0)"));
}

template <class T>
Object theorem2(const Inputs& in) {
  const long tau = in.integer("tau"), M = in.integer("M");
  const T L = in.number<T>("L"), rho = in.number<T>("rho"), eta = in.number<T>("eta"), beta = in.number<T>("beta"),
          alpha = in.number<T>("alpha"), drop = in.number<T>("f_drop") / in.number<T>("T");
  // The condition may hold with equality, which only rationals can decide.
  const auto holds = [tau]<class S>(const S& l, const S& step, const S& r) {
    const S D = lemma2_denominator(l, tau, step, r);
    return decide_less(S(0), D) && decide_less_equal(S(1), r * D);
  };
  Object o;
  o.add("lemma5_holds", affordable_exactly(in) ? holds(in.rational("L"), in.rational("eta"), in.rational("rho")) : holds(L, eta, rho));
  const auto add = [&](const char* name, Sequences which) {
    o.add(name, inner_loop_object(inner_loop(which, L, tau, rho, eta, beta, alpha, T(M)), T(M / 2), drop));
  };
  add("printed", Sequences::printed);
  add("corrected", Sequences::corrected);
  add("absorbed", Sequences::absorbed);
  return o;
}

Object complexity(const Inputs& in) {
  const Rational L = in.rational("L");
  const long tau = in.integer("tau");
  const Ball n(in.rational("n")), root = exp(log(n) / 3), l(L), alpha(in.rational("alpha")), one(1);
  const Ball eta = Ball(in.rational("mu")) / (root * root), beta = Ball(in.rational("v")) / root;
  Object o;
  // mu n^{-2/3} < v n^{-1/3} exactly where mu^3 < v^3 n.
  o.add("eta", eta).add("beta", beta);
  o.add("eta_lt_beta", pow(in.rational("mu"), 3) < pow(in.rational("v"), 3) * in.rational("n"));
  const auto interval = rho_interval(Condition::printed, L, tau, eta);
  o.add("lemma5_feasible", interval.has_value());
  if (!interval) return o;
  const Ball rho = interval->t_min + 1;
  o.add("rho_min", rho);
  for (const Sequences which : {Sequences::printed, Sequences::corrected}) {
    InnerLoop<Ball> s = inner_loop(which, l, tau, rho, eta, beta, alpha, Ball(0));
    Ball steps;
    arb_floor(steps.raw(), (one / s.a).raw(), PrecisionScope::bits());
    const Rational M = steps.unique_integer();
    Object part;
    part.add("g", s.g).add("f", s.f).add("a", s.a);
    if (M.sign() > 0) {
      s.M = Ball(M);
      const Ball before(M - Rational(1)), c0 = s.c(s.M), gamma = s.gamma(before), scale = Ball(2) * l * l * eta * eta * s.f / s.a;
      part.add("c0", c0).add("c1", M == Rational(1) ? Value(0) : Value(s.c(before))).add("gamma", gamma).add("gamma_with_c0", s.gamma(s.M));
      part.add("M_tilde", M).add("c0_upper_4", Ball(2) * scale).add("c0_upper_sharp", expm1(Ball(1)) * scale);
      part.add("cond_16", Ball(Rational(16) * L * L * in.rational("mu")) * s.f / (alpha * Ball(in.rational("v") * in.rational("v"))));
      part.add("4c0_over_alpha_beta", Ball(4) * c0 / (alpha * beta)).add("gamma_n23", gamma * root * root);
      part.add("M_over_n", M / in.rational("n"));
      if (decide_less(Ball(0), gamma)) {
        Ball outer;
        arb_ceil(outer.raw(), (Ball(in.rational("f_drop")) / (gamma * Ball(in.rational("eps") * M))).raw(), PrecisionScope::bits());
        const Rational T = outer.unique_integer();
        part.add("T_outer", T).add("grad_evals_total", T * (in.rational("n") + Rational(2) * M));
      }
    }
    o.add(which == Sequences::printed ? "printed" : "corrected", std::move(part));
  }
  return o;
}

Parameter smoothness() { return real("L", "L", "Lipschitz constant of the gradients").above(0); }
Parameter delay() { return integer("tau", "\\tau", "largest delay in updates").at_least(0).at_most(Rational::parse("1e12")); }
Parameter step() { return real("eta", "\\eta", "step size").above(0); }
Parameter growth() { return real("rho", "\\rho", "factor of Lemma 2").above(1); }

}  // namespace

void register_hogwild_quantities(QuantityRegistry& registry) {
  Quantity check;
  check.name = "hogwild.lemma2_check";
  check.summary = "Whether step size, delay and rho meet the condition of Lemmas 2 and 5, as printed and as it must read.";
  check.source = "Lemmas 2 and 5";
  check.parameters = {smoothness(), delay(), step(), growth()};
  check.outputs = {"denominator: D = 1 - eta - 9 eta (tau+1) L^2 sum_{k<=tau} rho^k", "lhs: 1/D, where D is not 0",
                   "holds_as_printed: 1/D <= rho", "holds_correct: D > 0 and 1/D <= rho",
                   "eta_cap_at_rho: the largest step size that meets the condition at this rho"};
  check.enclosed = lemma2_check;
  registry.add(std::move(check));

  Quantity gap;
  gap.name = "hogwild.lemma3";
  gap.summary = "Coefficient of E q in the bound of the gap E|w - w_hat|^2, printed and sharpened.";
  gap.source = "Lemma 3 (4), Lemmas 6-7 (6)-(7)";
  gap.parameters = {step(), delay(), growth()};
  gap.outputs = {"coeff_printed: 4 eta^2 tau K with K = sum_{k=1}^tau rho^k", "coeff_C1: without the spare factor 4",
                 "coeff_sharp: eta^2 (sum_{k=1}^tau rho^{k/2})^2, by Minkowski's inequality",
                 "coeff_lemma6_eq7: 4 eta^2 tau rho K"};
  gap.enclosed = lemma3<Ball>;
  gap.floating = lemma3<double>;
  registry.add(std::move(gap));

  Quantity region;
  region.name = "hogwild.lemma2_region";
  region.summary = "The largest step size that some rho admits, with the printed constant 9, with 1, and in the scale-free form.";
  region.source = "Lemmas 2 and 5";
  region.parameters = {smoothness(), delay()};
  region.outputs = {"rho_star: the rho that admits the largest step size (infinite without delay)", "eta_max: that step size",
                    "rho_star_C1, eta_max_C1: with the constant 1", "rho_star_sharp, eta_max_sharp: with 1/(1 - eta L sum s^k) <= s"};
  region.enclosed = lemma2_region;
  registry.add(std::move(region));

  Quantity interval;
  interval.name = "hogwild.lemma2_rho";
  interval.summary = "The interval of rho that admits a step size, and Lemma 3's coefficient at its lower end.";
  interval.source = "Lemmas 2, 3 and 5";
  interval.parameters = {smoothness(), delay(), step()};
  interval.outputs = {"feasible: whether some rho admits the step size", "rho_min: smallest such rho", "rho_max: largest such rho",
                      "lemma3_coeff: 4 eta^2 tau K at rho_min", "feasible_C1, rho_min_C1: with the constant 1",
                      "feasible_sharp, rho_min_sharp: in the scale-free form"};
  interval.enclosed = lemma2_rho;
  registry.add(std::move(interval));

  const Parameter f0 = real("f0", "f(w_0)", "objective at the start, with infimum 0").above(0);
  const Parameter alpha = real("alpha", "\\alpha", "lower bound of the expected overwrite matrix").above(0).at_most(1);
  const Parameter V = real("V", "V", "bound of the gradients").above(0);
  const Parameter T = real("T", "\\tilde T", "updates of all threads together").at_least(1);
  const std::vector<std::string> bounds = {"eta: step size sqrt(A/(T B))", "rho: factor of Lemma 2", "A: 2 f0/alpha",
                                           "B: 2 V^2 (2 tau L^2 eta K/alpha + L/(2 alpha))", "bound_printed: sqrt(A B/T)",
                                           "bound_corrected: twice that, which the proof gives", "bound_eight_sevenths: 8/7 of it, provable",
                                           "bound_direct: A/(eta T) + eta B_direct, without Lemmas 2 and 3",
                                           "B_direct: V^2 (L + tau^2 L^2 eta)/alpha"};
  Quantity first;
  first.name = "hogwild.theorem1";
  first.summary = "Theorem 1 at a given rho: its step size as the fixed point that it is, and the bound in four forms.";
  first.source = "Theorem 1";
  first.parameters = {f0, alpha, V, smoothness(), delay(), growth(), T};
  first.outputs = bounds;
  first.outputs.insert(first.outputs.end(), {"lemma2_holds: whether rho admits this step size",
                                             "eta_opt: minimiser of A/(eta T) + eta B(eta)", "bound_opt: its value"});
  first.enclosed = theorem1;
  registry.add(std::move(first));

  Quantity coupled;
  coupled.name = "hogwild.theorem1_coupled";
  coupled.summary = "Theorem 1 where rho is the smallest one that admits the step size, and the smallest T for which there is one.";
  coupled.source = "Theorem 1 with Lemma 2";
  coupled.parameters = {f0, alpha, V, smoothness(), delay(), T};
  coupled.outputs = {"T_min: smallest number of updates", "eta_max: largest step size", "feasible: T > T_min; the rest only then"};
  coupled.outputs.insert(coupled.outputs.end(), bounds.begin(), bounds.end());
  coupled.enclosed = theorem1_coupled;
  registry.add(std::move(coupled));

  const Parameter drop = real("f_drop", "f(w_0)-f(w_T)", "decrease of the objective").above(0);
  Quantity second;
  second.name = "hogwild.theorem2";
  second.summary = "Theorem 2's sequences and gamma as printed, with the missing L^2, and with the dropped terms absorbed.";
  second.source = "Theorem 2, (8)";
  second.parameters = {smoothness(), delay(), growth(), step(), real("beta", "\\beta", "free constant of (8)").above(0), alpha,
                       integer("M", "\\tilde M", "inner steps of all threads together").at_least(1), drop,
                       real("T", "T", "outer steps").at_least(1)};
  second.outputs = {"lemma5_holds: whether rho admits the step size",
                    "printed, corrected, absorbed: {g, f, a, c0, c1, c_half, c_last, h0, h1, hM, gamma, gamma_with_c0, bound}",
                    "absorbed.valid: c1 <= beta/2, which that form needs"};
  second.enclosed = theorem2<Ball>;
  second.floating = theorem2<double>;
  registry.add(std::move(second));

  Quantity cost;
  cost.name = "hogwild.complexity";
  cost.summary = "The complexity section: eta = mu n^(-2/3), beta = v n^(-1/3), M = floor(1/a), and the total cost.";
  cost.source = "Section on computational complexity";
  cost.parameters = {integer("n", "n", "number of samples").at_least(1), real("mu", "\\mu", "scale of the step size").above(0),
                     real("v", "v", "scale of beta").above(0), smoothness(), delay(), alpha,
                     real("eps", "\\epsilon", "wanted accuracy").above(0), drop};
  cost.outputs = {"eta, beta: step size and constant", "eta_lt_beta", "lemma5_feasible: whether some rho admits eta; the rest only then",
                  "rho_min: smallest such rho",
                  "printed, corrected: {g, f, a, c0, c1, gamma, gamma_with_c0, M_tilde, c0_upper_4, c0_upper_sharp, cond_16, "
                  "4c0_over_alpha_beta, gamma_n23, M_over_n, T_outer, grad_evals_total}"};
  cost.enclosed = complexity;
  registry.add(std::move(cost));
}

}  // namespace asyncert
