#include "bounds/pasgd/constants.hpp"

#if __has_include(<flint/arb_hypgeom.h>)
#include <flint/arb_hypgeom.h>
#else
#include <arb_hypgeom.h>
#endif

#include "lib/roots.hpp"

namespace asyncert::pasgd {

namespace {

constexpr long c = 4;  // the paper's choice in (6)

}  // namespace

Ball noise_factor(long d) { return Ball(6 * c) * sqrt(log(Ball(6 * (d + 1)))); }

Ball smallest_u(const Ball& A_squared, const Ball& th) {
  // u ln 4 - ln(A^2 (u + th)) increases beyond u + th = 1/ln 4, where it is negative for A^2 >= 4.
  const Ball slope = log(Ball(4)), target = log(A_squared);
  const auto excess = [&](const Ball& v) { return (v - th) * slope - target - log(v); };
  Ball far = 4;
  while (!certainly_less(0, excess(far))) far = far * 2;
  return crossing(excess, (Ball(1) / slope).upper_end(), far) - th;
}

EscapeConstants escape_constants(const EscapeProblem& p) {
  EscapeConstants k;
  const Rational delay(p.T), M(p.M), one(1);
  k.eta = one / (p.w * M * p.L);
  const Ball eta(k.eta), gain(M * k.eta), L(p.L), T(delay);
  k.c1 = noise_factor(p.d);
  k.r = k.c1 * sqrt(Ball(p.d)) * Ball(p.s);
  k.sigma2 = Ball(p.s * p.s) + k.r * k.r;
  const Ball curvature = sqrt(Ball(p.rho * p.eps2));
  k.kappa = L / curvature;
  k.a = gain * curvature;
  k.f = Ball(p.T + 1) * k.a;
  k.q = k.a * exp(-k.f);
  const Ball A2 = Ball(4320 * p.d) * k.sigma2 / (k.r * k.r), th(delay / p.w);
  k.u = smallest_u(A2, th);
  k.u_with_c = smallest_u(Ball(c) * A2, th);
  k.lhs_8 = k.u * exp(k.f) / k.a;
  k.Tmax = T + k.lhs_8;
  k.F = Ball(50 * c) * k.sigma2 * eta * Ball(M * p.L * delay);
  k.F2 = Ball(2) * k.r * k.r;
  k.S = gain * sqrt(k.sigma2 * Ball(15 * c) * k.Tmax);
  k.b = log(Ball(12 * (p.d + 1)));
  k.C = Ball(12) * sqrt(Ball(8 * c) * k.b);
  k.p = Ball(1) / (Ball(1) + k.C);
  k.lhs_a = Ball(k.eta * k.eta * (Rational(3, 4) * p.L + p.L * p.L * M * delay * delay * k.eta) - k.eta / (Rational(2) * M));
  const Rational ML = M * k.eta * p.L;
  k.lhs_b = Ball(8 * c) * k.Tmax * Ball(ML * ML * delay * delay);
  k.lhs_c = gain * k.Tmax * Ball(p.rho) * k.S;
  k.lhs_9 = Ball(Rational(2) * ML * ML * delay * delay * delay);
  k.iota = log(Ball(Rational(3) / p.delta));
  const Ball steps = Ball(100) * k.iota * Ball(p.Delta_f) / gain;
  k.K2 = steps * k.Tmax / k.F2;
  const Ball noise = (Ball(Rational(3, 2) * k.eta * k.eta * p.L) + Ball(p.L * p.L * delay * delay * M) * eta * eta * eta) *
                     Ball(M * M * Rational(c)) * k.sigma2;
  k.noise_over_descent = Ball(4) * k.Tmax * noise / (gain * k.F2 / Ball(128));
  return k;
}

Ball normal_tail(const Ball& x) {
  Ball result;
  arb_hypgeom_erfc(result.raw(), (x / sqrt(Ball(2))).raw(), PrecisionScope::bits());
  return result / 2;
}

}  // namespace asyncert::pasgd
