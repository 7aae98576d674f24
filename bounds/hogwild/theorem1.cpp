#include "bounds/hogwild/theorem1.hpp"

#include "lib/roots.hpp"

namespace asyncert::hogwild {

Ball B(const Theorem1Problem& p, const Ball& eta, const Ball& rho) {
  const Ball V2(p.V * p.V / p.alpha);
  return V2 * (Ball(Rational(4) * Rational(p.tau) * p.L * p.L) * eta * delayed_sum(rho, p.tau) + Ball(p.L));
}

Ball fixed_point_step(const Theorem1Problem& p, const Ball& rho, long weight) {
  const Ball A(p.A()), T(p.T);
  // Without delay B is constant; its step size bounds the others from above.
  const Ball upper = sqrt(A / (T * B(p, Ball(0), rho)));
  if (p.tau == 0) return upper;
  const auto excess = [&](const Ball& eta) { return T * eta * eta * B(p, Ball(weight) * eta, rho) - A; };
  return crossing(excess, Ball(0), upper.upper_end());
}

Ball B_direct(const Theorem1Problem& p, const Ball& eta) {
  const Rational delay(p.tau);
  return Ball(p.V * p.V / p.alpha) * (Ball(p.L) + Ball(delay * delay * p.L * p.L) * eta);
}

CoupledStep coupled_step(const Theorem1Problem& p) {
  CoupledStep result;
  const Ball A(p.A()), T(p.T);
  result.eta_max = largest_step(Condition::printed, p.L, p.tau);
  const std::optional<Ball> top = best_t(Condition::printed, p.L, p.tau);
  const Ball rho_top = top ? *top + 1 : Ball(1);
  result.T_min = A / (result.eta_max * result.eta_max * B(p, result.eta_max, rho_top));
  if (!decide_less(result.T_min, T)) return result;
  if (!top) {
    result.eta = fixed_point_step(p, Ball(1));
    result.rho = rho_interval(Condition::printed, p.L, p.tau, *result.eta)->t_min + 1;
    return result;
  }
  // Up to the best rho, step size and rho grow together: solve for rho = 1 + t, where T eta^2 B - A increases.
  const auto step = [&](const Ball& t) { return step_cap(Condition::printed, p.L, p.tau, t); };
  const auto excess = [&](const Ball& t) {
    const Ball eta = step(t);
    return T * eta * eta * B(p, eta, t + 1) - A;
  };
  const Ball t = crossing(excess, Ball(0), top->upper_end());
  result.eta = step(t);
  result.rho = t + 1;
  return result;
}

}  // namespace asyncert::hogwild
