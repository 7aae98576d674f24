// The section on computational complexity as a quantity: eta = mu n^{-2/3}, beta = v n^{-1/3}, M = floor(1/a), total
// cost.
#include "bounds/hogwild/quantities.hpp"
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/errors.hpp"

namespace asyncert::hogwild {

namespace {

/// floor(x) and, for -x, ceil(x). A double's is `Undecided` where x may have been rounded across an integer.
Rational floor_of(const Ball& x) {
  Ball r;
  arb_floor(r.raw(), x.raw(), PrecisionScope::bits());
  return r.unique_integer();
}
double floor_of(double x) {
  constexpr double rounding = 0x1p-36;
  if (std::abs(x) * rounding < 1 && std::abs(x - std::round(x)) <= rounding * std::abs(x))
    throw Undecided("the integer below a double that is close to one");
  return std::floor(x);
}

/// The real cube root of n where it is an integer.
std::optional<Rational> exact_cube_root(const Rational& n) {
  Rational root;
  if (fmpz_root(fmpq_numref(root.raw()), fmpq_numref(n.raw()), 3) == 0) return std::nullopt;
  return root;
}

/// The sequences where they are rational: n is a perfect cube and the smallest rho rational. There 1/a and the number
/// of outer steps may be integers, which no enclosure can decide.
std::optional<InnerLoop<Rational>> exact_loop(const Inputs& in, Sequences which) {
  const std::optional<Rational> root = exact_cube_root(in.rational("n"));
  if (!root) return std::nullopt;
  const long tau = in.integer("tau");
  const Rational eta = in.rational("mu") / (*root * *root), beta = in.rational("v") / *root, L = in.rational("L");
  const std::vector<RealRoot> ends = ends_of_r(Condition::printed, L, tau, eta);
  if (ends.empty() || !ends[0].exact) return std::nullopt;
  const Rational rho = *ends[0].exact;
  return inner_loop(which, printed_gap(tau, rho), L, rho, eta, beta, in.rational("alpha"), Rational(0));
}

/// M = floor(1/a).
double inner_steps(const InnerLoop<double>& s, const ExactLoop&) { return floor_of(1 / s.a); }
Rational inner_steps(const InnerLoop<Ball>& s, const ExactLoop& exact) {
  try {
    return floor_of(Ball(1) / s.a);
  } catch (const Undecided&) {
    if (const auto loop = exact()) return (Rational(1) / loop->a).floor();
    throw;
  }
}

/// ceil(f_drop/(gamma eps M)).
double outer_steps(const Inputs& in, double M, double gamma, const ExactLoop&) {
  return -floor_of(-in.number<double>("f_drop") / (gamma * in.number<double>("eps") * M));
}
Rational outer_steps(const Inputs& in, const Rational& M, const Ball& gamma, const ExactLoop& exact) {
  try {
    return -floor_of(-Ball(in.rational("f_drop")) / (gamma * Ball(in.rational("eps") * M)));
  } catch (const Undecided&) {
    const auto loop = exact();
    const std::optional<Rational> rate = loop ? rational_gamma(*loop, M - 1) : std::nullopt;
    if (!rate) throw;
    return (in.rational("f_drop") / (*rate * in.rational("eps") * M)).ceil();
  }
}

template <class T>
Object variant(const Inputs& in, const InnerLoop<T>& sequences, const T& root, const ExactLoop& exact) {
  using std::expm1;
  InnerLoop<T> s = sequences;
  const T one(1), n = in.number<T>("n");
  const auto M = inner_steps(s, exact);
  s.M = T(M);
  const T c0 = s.c(s.M), scale = T(2) * s.L * s.L * s.eta * s.eta * s.f / s.a;
  const T mu = in.number<T>("mu"), v = in.number<T>("v");
  Object o;
  o.add("g", s.g).add("f", s.f).add("a", s.a).add("c0", c0).add("M_tilde", M);
  o.add("c0_upper_4", T(2) * scale).add("c0_upper_sharp", T(expm1(one)) * scale);
  o.add("cond_16", T(16) * s.L * s.L * mu * s.f / (s.alpha * v * v))
      .add("4c0_over_alpha_beta", T(4) * c0 / (s.alpha * s.beta));
  o.add("M_over_n", s.M / n);
  // a > 1 leaves no inner step, hence no gamma.
  if (M <= 0) return o;
  const T before = s.M - one;
  const Value rate = gamma_value(s, before, exact);
  o.add("c1", M > 1 ? Value(s.c(before)) : Value(0)).add("gamma", rate);
  o.add("gamma_with_c0", gamma_value(s, s.M, exact));
  const T* gamma = rate.get<T>();  // absent where it is zero
  o.add("gamma_n23", gamma ? Value(T(*gamma * root * root)) : Value(0));
  if (!gamma || !decide_less(T(0), *gamma)) return o;
  const auto outer = outer_steps(in, M, *gamma, exact);
  if constexpr (std::same_as<T, Ball>)
    return o.add("T_outer", outer).add("grad_evals_total", outer * (in.rational("n") + Rational(2) * M));
  else
    return o.add("T_outer", outer).add("grad_evals_total", outer * (n + 2 * M));
}

template <class T>
Object complexity(const Inputs& in) {
  const T L = in.number<T>("L"), n = in.number<T>("n");
  const long tau = in.integer("tau");
  const std::optional<Rational> exact_root = exact_cube_root(in.rational("n"));
  const T root = exact_root ? from_rational<T>(*exact_root) : cube_root(n);
  const T eta = in.number<T>("mu") / (root * root), beta = in.number<T>("v") / root;
  Object o;
  // mu n^{-2/3} < v n^{-1/3} exactly where mu^3 < v^3 n.
  o.add("eta", eta).add("beta", beta);
  o.add("eta_lt_beta", pow(in.rational("mu"), 3) < pow(in.rational("v"), 3) * in.rational("n"));
  const auto interval = exact_root ? rho_interval_of<T>(Condition::printed, in.rational("L"), tau,
                                                        Rational(in.rational("mu") / (*exact_root * *exact_root)))
                                   : rho_interval(Condition::printed, L, tau, eta);
  o.add("lemma5_feasible", interval.has_value());
  if (!interval) return o;
  const T rho = T(1) + interval->t_min;
  o.add("rho_min", rho);
  const auto add = [&](const char* name, Sequences which) {
    const auto s = inner_loop(which, printed_gap(tau, rho), L, rho, eta, beta, in.number<T>("alpha"), T(0));
    o.add(name, variant(in, s, root, [&] { return exact_loop(in, which); }));
  };
  add("printed", Sequences::printed);
  add("corrected", Sequences::corrected);
  return o;
}

}  // namespace

void register_complexity_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "hogwild.complexity",
      .summary = "The complexity section: eta = mu n^(-2/3), beta = v n^(-1/3), M = floor(1/a), and the total cost.",
      .source = "Section on computational complexity",
      .parameters = {integer("n", "n", "number of samples").at_least(1),
                     real("mu", "\\mu", "scale of the step size").above(0), real("v", "v", "scale of beta").above(0),
                     smoothness(), delay(), overwrite_bound(), real("eps", "\\epsilon", "wanted accuracy").above(0),
                     decrease()},
      .outputs = {"eta, beta: step size and constant", "eta_lt_beta",
                  "lemma5_feasible: whether some rho admits eta; the rest only then", "rho_min: smallest such rho",
                  "printed, corrected: {g, f, a, c0, M_tilde, c0_upper_4, c0_upper_sharp, cond_16, "
                  "4c0_over_alpha_beta, M_over_n}, where M_tilde > 0 also {c1, gamma, gamma_with_c0, gamma_n23}, and "
                  "where gamma > 0 also {T_outer, grad_evals_total}"},
      .enclosed = complexity<Ball>,
      .floating = complexity<double>,
  });
}

}  // namespace asyncert::hogwild
