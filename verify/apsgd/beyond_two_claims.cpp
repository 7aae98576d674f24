// Claims on relaxations in [2, omega_star], which 4.2.15 leaves open: the best damping there, and the best omega.
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), four(4);

/// For 2 <= w <= omega_star, alpha = 1 - w l and m = L: with beta = 2l + (w-2)L, 1 - K1 = theta (1 + (1-theta) w l) and
/// 1 - K1 - K2 = theta w (2l - theta beta). So U = N/D with N = delta theta (1 + (1-theta) w l) + 1, D = delta theta w
/// (2l - theta beta), and N'D - N D' = delta w (Q delta theta^2 + 2 beta theta - 2l), which rises with theta.
Evidence best_damping() {
  Certificate e(
      "identities: the coefficients of Theorem 5 for 2 <= omega <= omega_star; the numerator of dU/dtheta is delta "
      "omega "
      "(Q delta theta^2 + 2 beta theta - 2l), negative at 0 and rising, as beta >= 2l and Q = beta + omega l (omega-2) "
      "L "
      "> 0; it vanishes at theta = 2l/(beta + s), s^2 = beta^2 + 2 l delta Q, which is at most 1, and there U has the "
      "closed form; beyond theta = 2l/beta there is no bound, 1 - K1 - K2 <= 0");
  const std::vector<Variable> coefficients = {{"theta", 2}, {"omega", 2}, {"l", 2}, {"L", 1}};
  const auto beta_of = [](const Rational& w, const Rational& l, const Rational& L) { return two * l + (w - two) * L; };
  const auto K1 = [](const Rational& t, const Rational& w, const Rational& l) {
    return (one - t) * (one - t + t * (one - w * l));
  };
  e.identity(
      "1 - K1 = theta (1 + (1-theta) omega l)", coefficients,
      [&](const Point& v) { return one - K1(v[0], v[1], v[2]); },
      [](const Point& v) { return v[0] * (one + (one - v[0]) * v[1] * v[2]); });
  e.identity(
      "1 - K1 - K2 = theta omega (2l - theta beta)", coefficients,
      [&](const Point& v) {
        const Rational &t = v[0], &w = v[1], &l = v[2], &L = v[3];
        return one - K1(t, w, l) - t * (t * (one - w * (two - w) * L) + (one - t) * (one - w * l));
      },
      [&](const Point& v) { return v[0] * v[1] * (two * v[2] - v[0] * beta_of(v[1], v[2], v[3])); });
  e.identity(
      "Q = (1 + omega l) beta - 2 omega l^2 = beta + omega l (omega-2) L", {{"omega", 2}, {"l", 2}, {"L", 1}},
      [&](const Point& v) { return (one + v[0] * v[1]) * beta_of(v[0], v[1], v[2]) - two * v[0] * v[1] * v[1]; },
      [&](const Point& v) { return beta_of(v[0], v[1], v[2]) + v[0] * v[1] * (v[0] - two) * v[2]; });
  e.identity(
      "N'D - N D' = delta omega (Q delta theta^2 + 2 beta theta - 2l)",
      {{"theta", 4}, {"omega", 2}, {"l", 2}, {"beta", 1}, {"delta", 2}},
      [](const Point& v) {
        const Rational &t = v[0], &w = v[1], &l = v[2], &beta = v[3], &d = v[4];
        const Rational N = d * t * (one + (one - t) * w * l) + one, D = d * t * w * (two * l - t * beta),
                       slope_N = d * (one + w * l - two * t * w * l), slope_D = d * w * (two * l - two * t * beta);
        return slope_N * D - N * slope_D;
      },
      [](const Point& v) {
        const Rational &t = v[0], &w = v[1], &l = v[2], &beta = v[3], &d = v[4];
        const Rational Q = (one + w * l) * beta - two * w * l * l;
        return d * w * (Q * d * t * t + two * beta * t - two * l);
      });
  e.identity(
      "(beta+s)^2 [Q delta theta^2 + 2 beta theta - 2l] = 0 at theta = 2l/(beta+s), 2 l delta Q = s^2 - beta^2",
      {{"s", 4, one, one}, {"beta", 4}, {"l", 3, one, one}},
      [](const Point& v) {
        const Rational sum = v[0] + v[1], theta = two * v[2] / sum,
                       Q_delta = (v[0] * v[0] - v[1] * v[1]) / (two * v[2]);
        return sum * sum * (Q_delta * theta * theta + two * v[1] * theta - two * v[2]);
      },
      [](const Point&) { return zero; });
  // With s = beta + u: delta = u (u + 2 beta)/(2 l Q), delta theta = u/Q; times 2 u omega (beta + u) both sides are
  // polynomials of degrees at most 2, 3, 4, 3.
  e.identity(
      "lambda_min U = l/2 + 1/(2 omega) + (beta + s)/(2 omega l delta)",
      {{"u", 4, Rational(1, 8), Rational(1, 8)},
       {"omega", 6, two, Rational(1, 8)},
       {"l", 6, Rational(1, 32), Rational(1, 64)},
       {"gap", 4, Rational(1, 64), Rational(1, 64)}},
      [&](const Point& v) {
        const Rational &w = v[1], &l = v[2], L = l + v[3], beta = beta_of(w, l, L), s = beta + v[0],
                       Q = (one + w * l) * beta - two * w * l * l, d = (s * s - beta * beta) / (two * l * Q),
                       t = two * l / (beta + s);
        return l * (d * t * (one + (one - t) * w * l) + one) / (d * t * w * (two * l - t * beta));
      },
      [&](const Point& v) {
        const Rational &w = v[1], &l = v[2], L = l + v[3], beta = beta_of(w, l, L), s = beta + v[0],
                       Q = (one + w * l) * beta - two * w * l * l, d = (s * s - beta * beta) / (two * l * Q);
        return l / two + one / (two * w) + (beta + s) / (two * w * l * d);
      });
  return e;
}

/// As a function of t = 1/omega in [1/omega_star, 1/2], 2 l delta (lambda_min U - l/2 - t/2) = b + sqrt(P) with b = L -
/// 2gt, g = L - l, P = b^2 + 2 l delta [(t+l) b - 2 l^2 t]. The second derivative of sqrt(P) has the sign of -disc(P):
/// concave for disc >= 0. For disc < 0 the leading coefficient 4g(g - l delta) is positive, g = l delta + e, and the
/// convex function still falls at t = 1/2.
Evidence best_relaxation(const Rational& planted) {
  Certificate e(
      "in t = 1/omega: identities for b = beta t, Q t^2 and the leading coefficient 4g(g - l delta) of P, g = L - l; 2 "
      "P "
      "P'' - P'^2 = -disc for a quadratic, so that lambda_min U is concave for disc >= 0 and an end is least; disc < 0 "
      "needs g > l delta (P > 0), and then the slope at t = 1/2 is a sum of negative terms, so that the convex "
      "function "
      "falls up to t = 1/2, omega = 2");
  const std::vector<Variable> variables = {{"t", 2}, {"l", 3}, {"L", 2}};
  const auto b = [](const Rational& t, const Rational& l, const Rational& L) { return L - two * (L - l) * t; };
  e.identity(
      "beta = 2l + (1/t - 2) L: beta t = b", {{"t", 1, one, one}, {"l", 1}, {"L", 1}},
      [](const Point& v) { return (two * v[1] + (one / v[0] - two) * v[2]) * v[0]; },
      [&](const Point& v) { return b(v[0], v[1], v[2]); });
  e.identity(
      "Q t^2 = (t + l) b - 2 l^2 t", {{"t", 4, one, one}, {"l", 2}, {"L", 1}},
      [](const Point& v) {
        const Rational w = one / v[0], beta = two * v[1] + (w - two) * v[2];
        return ((one + w * v[1]) * beta - two * w * v[1] * v[1]) * v[0] * v[0];
      },
      [&](const Point& v) { return (v[0] + v[1]) * b(v[0], v[1], v[2]) - two * v[1] * v[1] * v[0]; });
  const auto P = [&](const Rational& t, const Rational& l, const Rational& L, const Rational& d) {
    const Rational here = b(t, l, L);
    return here * here + two * l * d * ((t + l) * here - two * l * l * t);
  };
  e.identity(
      "P(t+h) - 2 P(t) + P(t-h) = 8 g (g - l delta) h^2", {{"t", 2}, {"h", 2}, {"l", 3}, {"L", 2}, {"delta", 1}},
      [&](const Point& v) {
        return P(v[0] + v[1], v[2], v[3], v[4]) - two * P(v[0], v[2], v[3], v[4]) + P(v[0] - v[1], v[2], v[3], v[4]);
      },
      [&](const Point& v) {
        const Rational g = v[3] - v[2];
        return planted * g * (g - v[2] * v[4]) * v[1] * v[1];
      });
  e.identity(
      "2 (p2 t^2 + p1 t + p0) 2 p2 - (2 p2 t + p1)^2 = -(p1^2 - 4 p0 p2)", {{"p0", 1}, {"p1", 2}, {"p2", 2}, {"t", 2}},
      [](const Point& v) {
        const Rational slope = two * v[2] * v[3] + v[1];
        return four * v[2] * (v[2] * v[3] * v[3] + v[1] * v[3] + v[0]) - slope * slope;
      },
      [](const Point& v) { return four * v[0] * v[2] - v[1] * v[1]; });
  const std::vector<Variable> half_variables = {{"l", 3}, {"delta", 2}, {"e", 1}};
  const auto at_half = [&](const Point& v) { return v[0] + v[0] * v[1] + v[2]; };  // L = l + g, g = l delta + e
  e.identity(
      "P(1/2) = l^2 (1 + delta)", half_variables,
      [&](const Point& v) { return P(Rational(1, 2), v[0], at_half(v), v[1]); },
      [](const Point& v) { return v[0] * v[0] * (one + v[1]); });
  e.identity(
      "l delta + b' = -(l delta + 2e), g = l delta + e", half_variables,
      [](const Point& v) { return v[0] * v[1] - two * (v[0] * v[1] + v[2]); },
      [](const Point& v) { return -(v[0] * v[1] + two * v[2]); });
  e.identity(
      "P'(1/2) = P(1) - P(0) = -2l [l delta + 2e + 2 l^2 delta + delta (1+2l) g], times 1",
      {{"l", 4}, {"delta", 3}, {"e", 2}},
      [&](const Point& v) { return P(one, v[0], at_half(v), v[1]) - P(zero, v[0], at_half(v), v[1]); },
      [](const Point& v) {
        const Rational &l = v[0], &d = v[1], &rest = v[2], g = l * d + rest;
        return -two * l * (l * d + two * rest + two * l * l * d + d * (one + two * l) * g);
      });
  return e;
}

}  // namespace

void register_beyond_two_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.best_damping.beyond", "4.2.15, left open",
      R"(for $2\le\omega\le\omega_*$, $\delta>0$, $\beta=2\lambda_{\min}+(\omega-2)\lambda_{\max}$, $Q=(1+\omega\lambda_{\min})\beta-2\omega\lambda_{\min}^2$: $U$ is least at $\theta=\frac{2\lambda_{\min}}{\beta+s}$, $s^2=\beta^2+2\lambda_{\min}\delta Q$, where $\lambda_{\min}U=\frac{\lambda_{\min}}2+\frac1{2\omega}+\frac{\beta+s}{2\omega\lambda_{\min}\delta}$)",
      Verdict::proved, best_damping);
  registry.add(
      {.id = "apsgd.lemma11.beyond",
       .source = "4.2.15, left open",
       .statement =
           R"($\min_\theta U(\theta,\omega)$ is least at an end of $2\le\omega\le\omega_*$, for every spectrum and $\delta>0$)",
       .procedure = [](const Context&) { return best_relaxation(Rational(8)); },
       .uses = {"apsgd.best_damping.beyond"},
       .note = "So the minimum of U in (38) is at omega = 2 or omega_star wherever lambda_min + lambda_max <= 1."});
  add.canary("apsgd.canary.lemma11_beyond", "the leading coefficient of P halved", Verdict::refuted,
             [] { return best_relaxation(four); });
}

}  // namespace asyncert::apsgd
