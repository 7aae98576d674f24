// The registered quantities of the paper on lock-free Hogwild! and AsySVRG.
#include "bounds/hogwild/lemma2.hpp"
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
}

}  // namespace asyncert
