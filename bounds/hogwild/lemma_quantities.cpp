// The condition of Lemmas 2 and 5 and the gaps of Lemmas 3, 6 and 7, as quantities.
#include "bounds/hogwild/quantities.hpp"
#include "bounds/hogwild/region.hpp"

namespace asyncert::hogwild {

namespace {

/// rho - 1, rounded once.
template <class T>
T excess(const Inputs& in) {
  return from_rational<T>(in.rational("rho") - Rational(1));
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
  return o.add("eta_cap_at_rho", step_cap(Condition::printed, L, tau, excess<T>(in)));
}

Object lemma2_check(const Inputs& in) {
  return decided(
      in, [&] { return lemma2_check_in<Ball>(in); }, [&] { return lemma2_check_in<Rational>(in); });
}

template <class T>
Object scale_free_condition(const Inputs& in) {
  const long tau = in.integer("tau");
  const T L = in.number<T>("L"), eta = in.number<T>("eta"), rho = in.number<T>("rho");
  const T D = scale_free_denominator(L, tau, eta, rho);
  Object o;
  o.add("denominator", D).add("holds", decide_less(T(0), D) && decide_less_equal(T(1), rho * D * D));
  o.add("eta_cap_at_rho", step_cap(Condition::sharp, L, tau, root_excess(excess<T>(in))));
  return o.add("gap_coefficient", scale_free_gap_coefficient(eta, tau, rho));
}

template <class T>
Object lemma3(const Inputs& in) {
  const long tau = in.integer("tau");
  const T eta = in.number<T>("eta"), rho = in.number<T>("rho");
  const T printed = lemma3_coefficient(eta, tau, rho);
  Object o;
  o.add("coeff_printed", printed).add("coeff_C1", printed / T(4));
  return o.add("coeff_sharp", scale_free_gap_coefficient(eta, tau, rho)).add("coeff_lemma6_eq7", printed * rho);
}

template <class T>
Value infinity() {
  if constexpr (std::same_as<T, double>)
    return std::numeric_limits<double>::infinity();
  else
    return Ball::infinity();
}

template <class T>
Object lemma2_region(const Inputs& in) {
  const T L = in.number<T>("L");
  const long tau = in.integer("tau");
  Object o;
  const auto add = [&](const std::string& suffix, Condition condition) {
    if (const std::optional<T> t = best_t(condition, L, tau)) {
      const T root = T(1) + *t;
      o.add("rho_star" + suffix, condition == Condition::sharp ? root * root : root);
      o.add("eta_max" + suffix, step_cap(condition, L, tau, *t));
    } else {
      o.add("rho_star" + suffix, infinity<T>()).add("eta_max" + suffix, largest_step(condition, L, tau));
    }
  };
  add("", Condition::printed);
  add("_C1", Condition::one);
  add("_sharp", Condition::sharp);
  return o;
}

template <class T>
Object lemma2_rho(const Inputs& in) {
  const long tau = in.integer("tau");
  const auto interval_of = [&](Condition condition) {
    return rho_interval_of<T>(condition, in.rational("L"), tau, in.rational("eta"));
  };
  Object o;
  const auto printed = interval_of(Condition::printed);
  o.add("feasible", printed.has_value());
  if (printed) {
    const T rho = T(1) + printed->t_min;
    o.add("rho_min", rho).add("rho_max", printed->t_max ? Value(T(T(1) + *printed->t_max)) : infinity<T>());
    o.add("lemma3_coeff", tau == 0 ? Value(0) : Value(lemma3_coefficient(in.number<T>("eta"), tau, rho)));
  }
  const auto one = interval_of(Condition::one);
  o.add("feasible_C1", one.has_value());
  if (one) o.add("rho_min_C1", T(1) + one->t_min);
  const auto sharp = interval_of(Condition::sharp);
  o.add("feasible_sharp", sharp.has_value());
  if (sharp) {
    const T s = T(1) + sharp->t_min;
    o.add("rho_min_sharp", s * s);
  }
  return o;
}

}  // namespace

void register_lemma_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "hogwild.lemma2_check",
      .summary =
          "Whether step size, delay and rho meet the condition of Lemmas 2 and 5, as printed and as it must read.",
      .source = "Lemmas 2 and 5",
      .parameters = {smoothness(), delay(), step(), growth()},
      .outputs = {"denominator: D = 1 - eta - 9 eta (tau+1) L^2 sum_{k<=tau} rho^k", "lhs: 1/D, where D is not 0",
                  "holds_as_printed: 1/D <= rho", "holds_correct: D > 0 and 1/D <= rho",
                  "eta_cap_at_rho: the largest step size that meets the condition at this rho"},
      .enclosed = lemma2_check,
      .floating = lemma2_check_in<double>,
  });

  registry.add({
      .name = "hogwild.scale_free_condition",
      .summary = "The condition under which Minkowski's inequality gives the conclusions of Lemmas 2, 3, 5 and 6, for "
                 "s = sqrt(rho).",
      .source = "Lemmas 2, 3, 5 and 6, sharpened",
      .parameters = {smoothness(), delay(), step(), growth()},
      .outputs = {"denominator: D = 1 - eta L sum_{k<=tau} s^k", "holds: D > 0 and 1/D <= s",
                  "eta_cap_at_rho: the largest step size that meets it at this rho",
                  "gap_coefficient: (eta sum_{1<=k<=tau} s^k)^2 in E|w - w_hat|^2 <= coefficient E q(w_hat)"},
      .enclosed = scale_free_condition<Ball>,
      .floating = scale_free_condition<double>,
  });

  registry.add({
      .name = "hogwild.lemma3",
      .summary = "Coefficient of E q in the bound of the gap E|w - w_hat|^2, printed and sharpened.",
      .source = "Lemma 3 (4), Lemmas 6-7 (6)-(7)",
      .parameters = {step(), delay(), growth()},
      .outputs = {"coeff_printed: 4 eta^2 tau K with K = sum_{k=1}^tau rho^k", "coeff_C1: without the spare factor 4",
                  "coeff_sharp: eta^2 (sum_{k=1}^tau rho^{k/2})^2, by Minkowski's inequality",
                  "coeff_lemma6_eq7: 4 eta^2 tau rho K"},
      .enclosed = lemma3<Ball>,
      .floating = lemma3<double>,
  });

  registry.add({
      .name = "hogwild.lemma2_region",
      .summary = "The largest step size that some rho admits, with the printed constant 9, with 1, and in the "
                 "scale-free form.",
      .source = "Lemmas 2 and 5",
      .parameters = {smoothness(), delay()},
      .outputs = {"rho_star: the rho that admits the largest step size (infinite without delay)",
                  "eta_max: that step size", "rho_star_C1, eta_max_C1: with the constant 1",
                  "rho_star_sharp, eta_max_sharp: with 1/(1 - eta L sum s^k) <= s"},
      .enclosed = lemma2_region<Ball>,
      .floating = lemma2_region<double>,
  });

  registry.add({
      .name = "hogwild.lemma2_rho",
      .summary = "The interval of rho that admits a step size, and Lemma 3's coefficient at its lower end.",
      .source = "Lemmas 2, 3 and 5",
      .parameters = {smoothness(), delay(), step()},
      .outputs = {"feasible: whether some rho admits the step size", "rho_min: smallest such rho",
                  "rho_max: largest such rho", "lemma3_coeff: 4 eta^2 tau K at rho_min",
                  "feasible_C1, rho_min_C1: with the constant 1",
                  "feasible_sharp, rho_min_sharp: in the scale-free form"},
      .enclosed = lemma2_rho<Ball>,
      .floating = lemma2_rho<double>,
  });
}

}  // namespace asyncert::hogwild
