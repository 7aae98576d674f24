// Theorem 1: the step size, which is a fixed point, and the bound of Hogwild! in its printed, proved and sharper forms.
#pragma once

#include <optional>

#include "bounds/hogwild/region.hpp"

namespace asyncert::hogwild {

/// f0 = f(w_0) with inf f = 0, overwrite probability bound alpha in (0,1], gradient bound V, smoothness L, delay tau,
/// T updates of all threads together.
struct Theorem1Problem {
  Rational f0, alpha, V, L;
  long tau;
  Rational T;
  Rational A() const { return Rational(2) * f0 / alpha; }
};

/// B = 2 V^2 (2 tau L^2 eta K/alpha + L/(2 alpha)), with K = rho + ... + rho^tau.
Ball B(const Theorem1Problem& p, const Ball& eta, const Ball& rho);

/// The step size with eta = sqrt(A/(T B(eta))) at a fixed rho: the only positive root of T (b0 eta^2 + b1 eta^3) = A.
/// `weight` 2 in front of b1 instead gives the minimiser of A/(eta T) + eta B(eta).
Ball fixed_point_step(const Theorem1Problem& p, const Ball& rho, long weight = 1);

/// The bound that needs neither Lemma 2 nor Lemma 3: |w - w_hat| <= eta tau V gives B_direct = V^2 (L + tau^2 L^2 eta)/alpha.
Ball B_direct(const Theorem1Problem& p, const Ball& eta);

/// The step size where rho is the smallest one that admits it, and the smallest T for which there is one.
struct CoupledStep {
  Ball T_min, eta_max;
  std::optional<Ball> eta, rho;
};
CoupledStep coupled_step(const Theorem1Problem& p);

}  // namespace asyncert::hogwild
