#include <type_traits>

#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/quantities.hpp"

namespace asyncert::pasgd {

namespace {

/// T is Ball or double. Beside balls, what is algebraic is computed and decided in rationals.
template <class T>
Object constants(const Inputs& in) {
  using std::log;
  using std::max;
  using Exact = std::conditional_t<std::is_same_v<T, Ball>, Rational, double>;
  const Exact M = in.number<Exact>("M"), L = in.number<Exact>("L"), delay = in.number<Exact>("T"),
              w = in.number<Exact>("w");
  const Exact eta = Exact(1) / (w * M * L), margin_a = condition_a(w, delay), margin_9 = condition_9(w, delay);
  const EscapeConstants<T> k = escape_constants<T>({in.number<T>("d"), T(M), T(L), in.number<T>("rho"),
                                                    in.number<T>("eps1"), in.number<T>("eps2"), in.number<T>("s"),
                                                    T(delay), in.number<T>("Delta_f"), in.number<T>("delta"), T(w)});
  // Without delay F, (b) and (9) are zero, and the blocks of length 2T are empty.
  const bool delayed = Exact(0) < delay;
  const auto or_zero = [&](const T& x) { return delayed ? Value(x) : Value(Exact(0)); };
  Object o;
  o.add("eta", eta)
      .add("c1", k.c1)
      .add("r", k.r)
      .add("sigma2", k.sigma2)
      .add("kappa", k.kappa)
      .add("a", k.a)
      .add("f", k.f);
  o.add("q", k.q)
      .add("u_min_eq7", k.u)
      .add("u_min_eq7_with_c", k.u_with_c)
      .add("Tmax", k.Tmax)
      .add("F", or_zero(k.F))
      .add("F2", k.F2);
  o.add("S", k.S).add("b", k.b).add("C", k.C).add("p", k.p);
  o.add("lhs_a", -eta / M * (margin_a / (Exact(2) * w * w)))
      .add("lhs_b", or_zero(k.lhs_b))
      .add("lhs_c", k.lhs_c)
      .add("lhs_8", k.lhs_8);
  o.add("lhs_9", Exact(2) * delay * (delay / w) * (delay / w));
  o.add("ok_a", Exact(0) < margin_a)
      .add("ok_b", !delayed || decide_less_equal(k.lhs_b, T(1)))
      .add("ok_c", decide_less_equal(k.lhs_c, k.p));
  o.add("ok_8", decide_less_equal(log(T(48)), k.lhs_8)).add("ok_9", Exact(0) <= margin_9);
  const T eps1 = in.number<T>("eps1"), three_F = T(3) * k.F;
  o.add("three_F", or_zero(three_F)).add("ok_3F_le_eps1sq", !delayed || decide_less_equal(three_F, T(eps1 * eps1)));
  o.add("iota", k.iota).add("K1", k.K1).add("K2", k.K2);
  o.add("K", max(k.K1, k.K2));
  return o.add("eq25_noise_over_descent", k.noise_over_descent);
}

}  // namespace

void register_constants_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "pasgd.constants",
      .summary = "The constants (6)-(9), the conditions (a)-(c), and the numbers of steps, at one step size.",
      .source = "(6)-(9), Definition 2, (25)",
      .parameters = {integer("d", "d", "dimension").at_least(1), integer("M", "M", "gradients in one step").at_least(1),
                     real("L", "L", "Lipschitz constant of the gradient").above(0),
                     real("rho", "\\rho", "Lipschitz constant of the Hessian").above(0),
                     real("eps1", "\\epsilon_1", "wanted gradient norm").above(0),
                     real("eps2", "\\epsilon_2", "wanted curvature").above(0),
                     real("s", "s", "scale of the gradient noise").above(0),
                     integer("T", "T", "largest delay in steps").at_least(0),
                     real("Delta_f", "f(x_0)-f_*", "initial gap").above(0),
                     real("delta", "\\delta", "failure probability").above(0).below(1),
                     real("w", "w", "factor of the step size 1/(w M L)").above(0)},
      .outputs = {"eta: 1/(w M L)", "c1, r, sigma2, kappa: noise factor, scale, s^2 + r^2, L/sqrt(rho eps2)",
                  "a, f, q: M eta sqrt(rho eps2), (T+1)a, a e^{-f}",
                  "u_min_eq7: smallest admissible u, the larger root of (7)",
                  "u_min_eq7_with_c: with the missing factor c", "Tmax, F, F2, S, b, C, p: as in (6)",
                  "lhs_a, lhs_b, lhs_c, lhs_8, lhs_9: left sides of (a), (b), (c), (8), (9)",
                  "ok_a, ok_b, ok_c, ok_8, ok_9: whether they hold", "three_F, ok_3F_le_eps1sq: 3F <= eps1^2",
                  "iota: ln(3/delta)",
                  "K1, K2, K: numbers of steps; K1 as 2 iota Delta_f/(c sigma^2 eta^2 M^2 L), in which T has cancelled "
                  "against F",
                  "eq25_noise_over_descent: must be below 1 for the proof"},
      .enclosed = constants<Ball>,
      .floating = constants<double>,
  });
}

}  // namespace asyncert::pasgd
