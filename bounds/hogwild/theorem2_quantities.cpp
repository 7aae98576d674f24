// Theorem 2 as quantities: its sequences as printed, corrected, absorbed and sharpened.
#include "bounds/hogwild/quantities.hpp"
#include "bounds/hogwild/theorem2.hpp"

namespace asyncert::hogwild {

namespace {

template <class T>
Object inner_loop_object(const InnerLoop<T>& s, const T& first_half, const T& f_drop_over_T, const ExactLoop& exact) {
  const T before = s.M - T(1);
  Object o;
  o.add("g", s.g).add("f", s.f).add("a", s.a).add("c0", s.c(s.M));
  // With a single step c_1 = c_M = 0 exactly.
  const bool several = certainly_less(T(1), s.M);
  o.add("c1", several ? Value(s.c(before)) : Value(0)).add("c_half", s.c(s.M - first_half)).add("c_last", s.c(T(1)));
  o.add("h0", s.h(s.M)).add("h1", s.h(before)).add("hM", s.f);
  const Value gamma = gamma_value(s, before, exact);
  o.add("gamma", gamma).add("gamma_with_c0", gamma_value(s, s.M, exact));
  const T* inexact = gamma.get<T>();
  if (s.absorbed) o.add("valid", decide_less_equal(s.c(before), s.beta / T(2)));
  const bool positive = inexact && decide_less(T(0), *inexact);
  return o.add("bound", positive ? Value(T(f_drop_over_T / (s.M * *inexact))) : Value("none (gamma<=0)"));
}

/// Theorem 2's inputs as scalars of one type.
template <class T>
struct Setting {
  explicit Setting(const Inputs& in)
      : tau(in.integer("tau")),
        M(in.integer("M")),
        L(in.number<T>("L")),
        rho(in.number<T>("rho")),
        eta(in.number<T>("eta")),
        beta(in.number<T>("beta")),
        alpha(in.number<T>("alpha")),
        drop(in.number<T>("f_drop") / in.number<T>("T")) {
    exact = [&in, this](Sequences which) -> std::optional<InnerLoop<Rational>> {
      if (which == Sequences::sharpened || !affordable_exactly(in)) return std::nullopt;  // roots of rho, long powers
      const auto number = [&](const char* name) { return in.rational(name); };
      return inner_loop(which, printed_gap(tau, number("rho")), number("L"), number("rho"), number("eta"),
                        number("beta"), number("alpha"), Rational(M));
    };
  }
  Object object(Sequences which) const {
    const T gap = which == Sequences::sharpened ? scale_free_gap(tau, rho) : printed_gap(tau, rho);
    return inner_loop_object(inner_loop(which, gap, L, rho, eta, beta, alpha, T(M)), T(M / 2), drop,
                             [&] { return exact(which); });
  }
  long tau, M;
  T L, rho, eta, beta, alpha, drop;
  std::function<std::optional<InnerLoop<Rational>>(Sequences)> exact;
};

template <class T>
bool lemma5_holds(const Inputs& in) {
  const T rho = in.number<T>("rho"),
          D = lemma2_denominator(in.number<T>("L"), in.integer("tau"), in.number<T>("eta"), rho);
  return decide_less(T(0), D) && decide_less_equal(T(1), T(rho * D));
}

template <class T>
Object theorem2(const Inputs& in) {
  const Setting<T> setting(in);
  Object o;
  // The condition may hold with equality, which only rationals can decide.
  if constexpr (std::same_as<T, Ball>)
    o.add("lemma5_holds", decided(
                              in, [&] { return lemma5_holds<Ball>(in); }, [&] { return lemma5_holds<Rational>(in); }));
  else
    o.add("lemma5_holds", lemma5_holds<T>(in));
  o.add("printed", setting.object(Sequences::printed)).add("corrected", setting.object(Sequences::corrected));
  return o.add("absorbed", setting.object(Sequences::absorbed));
}

template <class T>
Object theorem2_sharpened(const Inputs& in) {
  const Setting<T> setting(in);
  const T D = scale_free_denominator(setting.L, setting.tau, setting.eta, setting.rho);
  Object o;
  o.add("condition_holds", decide_less(T(0), D) && decide_less_equal(T(1), T(setting.rho * D * D)));
  const Object sequences = setting.object(Sequences::sharpened);
  for (const auto& [name, value] : sequences.members()) o.add(name, value);
  return o;
}

}  // namespace

void register_theorem2_quantities(QuantityRegistry& registry) {
  const std::vector<Parameter> parameters = {
      smoothness(),
      delay(),
      growth(),
      step(),
      real("beta", "\\beta", "free constant of (8)").above(0),
      overwrite_bound(),
      integer("M", "\\tilde M", "inner steps of all threads together").at_least(1).at_most(Rational::parse("1e18")),
      decrease(),
      real("T", "T", "outer steps").at_least(1)};
  const std::string bound =
      "bound: f_drop/(T M gamma), or \"none\" with the reason; not proved where lemma5_holds or valid is false";
  registry.add({
      .name = "hogwild.theorem2",
      .summary =
          "Theorem 2's sequences and gamma as printed, with the missing L^2, and with the dropped terms absorbed.",
      .source = "Theorem 2, (8)",
      .parameters = parameters,
      .outputs =
          {"lemma5_holds: whether rho admits the step size",
           "printed, corrected, absorbed: {g, f, a, c0, c1, c_half, c_last, h0, h1, hM, gamma, gamma_with_c0, bound}",
           "absorbed.valid: c1 <= beta/2, which that form needs", bound},
      .enclosed = theorem2<Ball>,
      .floating = theorem2<double>,
  });

  registry.add({
      .name = "hogwild.theorem2_sharpened",
      .summary = "Theorem 2 in its sharpest form: dropped terms absorbed, the gap of Minkowski's inequality, Lemma 4 "
                 "without its 2s.",
      .source = "Theorem 2, sharpened",
      .parameters = parameters,
      .outputs = {"condition_holds: the scale-free condition at this rho, which it needs",
                  "g, f, a: h_m = g c_m + f, and c_m = (1+a) c_{m+1} + L^2 eta^2 f",
                  "c0, c1, c_half, c_last, h0, h1, hM: the sequences at m = 0, 1, floor(M/2), M-1, 0, 1, M",
                  "gamma: alpha eta/2 - eta^2 h_1", "gamma_with_c0: with h_0 instead",
                  "valid: c1 <= beta/2, which it needs", bound},
      .enclosed = theorem2_sharpened<Ball>,
      .floating = theorem2_sharpened<double>,
  });
}

}  // namespace asyncert::hogwild
