// The section on computational complexity as a quantity: eta = mu n^{-2/3}, beta = v n^{-1/3}, M = floor(1/a), total
// cost.
#include "bounds/hogwild/parameters.hpp"
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/errors.hpp"

namespace asyncert::hogwild {

namespace {

Rational floor_of(const Ball& x) {
  Ball r;
  arb_floor(r.raw(), x.raw(), PrecisionScope::bits());
  return r.unique_integer();
}
Rational ceil_of(const Ball& x) { return -floor_of(-x); }
double floor_of(double x) { return std::floor(x); }
double ceil_of(double x) { return std::ceil(x); }

/// The real cube root of n where it is an integer.
std::optional<Rational> exact_cube_root(const Rational& n) {
  Rational root = Rational::from_double(std::round(std::cbrt(n.to_double())));
  return pow(root, 3) == n ? std::optional(root) : std::nullopt;
}

/// floor(1/a) exactly where a is rational: without delay and with a perfect cube n. There 1/a may be an integer, which
/// no enclosure can decide.
std::optional<Rational> exact_inner_steps(const Inputs& in, Sequences which) {
  const std::optional<Rational> root = exact_cube_root(in.rational("n"));
  if (!root || in.integer("tau") != 0) return std::nullopt;
  const Rational eta = in.rational("mu") / (*root * *root), beta = in.rational("v") / *root, L = in.rational("L");
  const auto interval = undelayed_rho_interval(Condition::printed, L, eta);
  if (!interval) return std::nullopt;
  const Rational rho = interval->t_min + Rational(1);
  return (Rational(1) / inner_loop(which, Rational(0), L, rho, eta, beta, in.rational("alpha"), Rational(0)).a).floor();
}

/// Whether the delay condition can be met at all, exactly where it is a rational question.
template <class T>
std::optional<RhoInterval<T>> smallest_rho(const Inputs& in, const T& L, const T& eta) {
  const std::optional<Rational> root = exact_cube_root(in.rational("n"));
  if (root && in.integer("tau") == 0 &&
      !undelayed_rho_interval(Condition::printed, in.rational("L"), Rational(in.rational("mu") / (*root * *root))))
    return std::nullopt;
  return rho_interval(Condition::printed, L, in.integer("tau"), eta);
}

/// What `floor_of` gives for the scalar: an exact integer beside balls, a double beside doubles.
template <class T>
auto exact_as(const Rational& x) {
  if constexpr (std::same_as<T, double>)
    return x.to_double();
  else
    return x;
}

template <class T>
Object variant(const Inputs& in, const InnerLoop<T>& sequences, const T& root, const std::optional<Rational>& exact_M) {
  using std::expm1;
  InnerLoop<T> s = sequences;
  const T one(1), n = in.number<T>("n");
  const auto M = exact_M ? exact_as<T>(*exact_M) : floor_of(T(one / s.a));
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
  if (!decide_less(T(0), s.M)) return o;
  const T before = s.M - one, gamma = s.gamma(before);
  o.add("c1", decide_less(one, s.M) ? Value(s.c(before)) : Value(0))
      .add("gamma", gamma)
      .add("gamma_with_c0", s.gamma(s.M));
  o.add("gamma_n23", gamma * root * root);
  if (!decide_less(T(0), gamma)) return o;
  const auto outer = ceil_of(T(in.number<T>("f_drop") / (gamma * in.number<T>("eps") * s.M)));
  if constexpr (std::same_as<T, Ball>)
    return o.add("T_outer", outer).add("grad_evals_total", outer * (in.rational("n") + Rational(2) * M));
  else
    return o.add("T_outer", outer).add("grad_evals_total", outer * (n + 2 * M));
}

Ball exact_or(const std::optional<Rational>& exact, const Ball& value) { return exact ? Ball(*exact) : value; }
double exact_or(const std::optional<Rational>&, double value) { return value; }

template <class T>
Object complexity(const Inputs& in) {
  const T L = in.number<T>("L"), n = in.number<T>("n");
  const long tau = in.integer("tau");
  const T root = exact_or(exact_cube_root(in.rational("n")), cube_root(n));
  const T eta = in.number<T>("mu") / (root * root), beta = in.number<T>("v") / root;
  Object o;
  // mu n^{-2/3} < v n^{-1/3} exactly where mu^3 < v^3 n.
  o.add("eta", eta).add("beta", beta);
  o.add("eta_lt_beta", pow(in.rational("mu"), 3) < pow(in.rational("v"), 3) * in.rational("n"));
  const auto interval = smallest_rho(in, L, eta);
  o.add("lemma5_feasible", interval.has_value());
  if (!interval) return o;
  const T rho = T(1) + interval->t_min;
  o.add("rho_min", rho);
  const auto add = [&](const char* name, Sequences which) {
    const auto s = inner_loop(which, printed_gap(tau, rho), L, rho, eta, beta, in.number<T>("alpha"), T(0));
    o.add(name, variant(in, s, root, exact_inner_steps(in, which)));
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
