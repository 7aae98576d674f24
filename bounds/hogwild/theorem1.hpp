// Theorem 1: the step size, which is a fixed point, and the bound of Hogwild! in its printed, proved and sharper forms.
#pragma once

#include <algorithm>
#include <optional>

#include "bounds/hogwild/region.hpp"

namespace asyncert::hogwild {

/// f0 = f(w_0) with inf f = 0, overwrite bound alpha in (0,1], gradient bound V, smoothness L, delay tau, and the
/// number of updates of all threads together.
template <class T>
struct Theorem1Problem {
  T f0, alpha, V, L;
  long tau;
  T updates;
  T A() const { return T(2) * f0 / alpha; }
  /// The part of B that the step size does not multiply, V^2 L/alpha.
  T B0() const { return V * V * L / alpha; }
};

/// B = 2 V^2 (2 tau L^2 eta K/alpha + L/(2 alpha)), with K = rho + ... + rho^tau.
template <class T>
T B(const Theorem1Problem<T>& p, const T& eta, const T& rho) {
  return p.B0() + T(4) * p.V * p.V / p.alpha * T(p.tau) * p.L * p.L * delayed_sum(rho, p.tau) * eta;
}

/// The bound that needs neither Lemma 2 nor Lemma 3: |w - w_hat| <= eta tau V gives B_direct = V^2 (L + tau^2 L^2
/// eta)/alpha.
template <class T>
T B_direct(const Theorem1Problem<T>& p, const T& eta) {
  const T delay = T(p.tau) * p.L;
  return p.V * p.V / p.alpha * (p.L + delay * delay * eta);
}

inline Ball cube_root(const Ball& x) { return exp(log(x) / 3); }
inline double cube_root(double x) { return std::cbrt(x); }

/// The only positive root of updates (b0 eta^2 + b1 eta^3) = A; cost O(log tau) and a bisection.
template <class T>
T cubic_step(const T& A, const T& updates, const T& b0, const T& b1) {
  using std::min;
  using std::sqrt;
  const T square = sqrt(A / (updates * b0));
  if (!decide_less(T(0), b1)) return square;
  // With one of the two terms alone the root would be this; both together reach A before 9/8 of it, not before 2/3.
  const T alone = min(square, cube_root(T(A / (updates * b1))));
  return crossing([&](const T& eta) { return T(updates * eta * eta * (b0 + b1 * eta) - A); }, T(alone * T(2) / T(3)),
                  T(alone * T(9) / T(8)));
}

/// The step size with eta = sqrt(A/(updates B(eta))) at a fixed rho. `weight` 2 in front of the delay term of B instead
/// gives the minimiser of A/(eta updates) + eta B(eta).
template <class T>
T fixed_point_step(const Theorem1Problem<T>& p, const T& rho, long weight = 1) {
  const T b1 = T(4) * p.V * p.V / p.alpha * T(p.tau) * p.L * p.L * delayed_sum(rho, p.tau);
  return cubic_step(p.A(), p.updates, p.B0(), T(weight) * b1);
}

/// Whether the fixed-point step size meets Lemma 2's condition at this rho > 1: it is at most the cap there exactly if
/// updates eta^2 B(eta), which increases, has reached A at the cap. No root is taken, so that rationals decide ties.
template <class T>
bool fixed_point_step_is_admitted(const Theorem1Problem<T>& p, const T& rho) {
  const T cap = step_cap(Condition::printed, p.L, p.tau, T(rho - T(1)));
  return decide_less_equal(p.A(), T(p.updates * cap * cap * B(p, cap, rho)));
}

/// The minimiser of the direct bound A/(eta updates) + eta B_direct(eta).
template <class T>
T best_direct_step(const Theorem1Problem<T>& p) {
  const T delay = T(p.tau) * p.L * p.V;
  return cubic_step(p.A(), p.updates, p.B0(), T(T(2) * delay * delay / p.alpha));
}

/// The step size where rho is the smallest one that admits it, and the smallest number of updates for which there is
/// one.
template <class T>
struct CoupledStep {
  T T_min, eta_max;
  std::optional<T> eta, rho;
};

/// T_min where it is rational: without delay, where eta_max is 1/(1 + 9 L^2), and where the best rho is rational.
std::optional<Rational> rational_smallest_updates(const Theorem1Problem<Rational>& p);

template <class T>
CoupledStep<T> coupled_step(const Theorem1Problem<T>& p) {
  CoupledStep<T> result;
  const T A = p.A();
  const std::optional<T> top = best_t(Condition::printed, p.L, p.tau);
  result.eta_max = top ? step_cap(Condition::printed, p.L, p.tau, *top) : largest_step(Condition::printed, p.L, p.tau);
  result.T_min = A / (result.eta_max * result.eta_max * B(p, result.eta_max, top ? T(*top + T(1)) : T(1)));
  if (!decide_less(result.T_min, p.updates)) return result;
  if (!top) {
    result.eta = fixed_point_step(p, T(1));
    result.rho = T(1) + undelayed_rho_interval(Condition::printed, p.L, *result.eta)->t_min;
    return result;
  }
  // Up to the best rho, step size and rho grow together: solve for rho = 1 + t, where updates eta^2 B - A increases.
  const auto excess = [&](const T& t) {
    const T eta = step_cap(Condition::printed, p.L, p.tau, t);
    return T(p.updates * eta * eta * B(p, eta, T(T(1) + t)) - A);
  };
  const T t = crossing(excess, T(0), *top);
  result.eta = step_cap(Condition::printed, p.L, p.tau, t);
  result.rho = t + T(1);
  return result;
}

}  // namespace asyncert::hogwild
