// The constants (6)-(9) of the escape theorem, its conditions (a)-(c), and the numbers of steps of Definition 2.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// c1 = 6 c sqrt(ln(2(d+1)) + ln 3) with c = 4.
Ball noise_factor(long d);

/// The larger root of 4^u = A^2 (u + th), which is the smallest admissible u of (7): u = -W_{-1}(...)/ln 4 - th.
///
/// The smaller root would satisfy every printed condition, too, but leaves the theorem false. Domain: A^2 >= 4, th >= 0.
Ball smallest_u(const Ball& A_squared, const Ball& th);

/// Dimension, workers, smoothness constants, target accuracies, noise scale, delay, initial gap, failure probability, and
/// the free factor w of the step size eta = 1/(w M L).
struct EscapeProblem {
  long d, M;
  Rational L, rho, eps1, eps2, s;
  long T;
  Rational Delta_f, delta, w;
};

struct EscapeConstants {
  Rational eta;
  Ball c1, r, sigma2, kappa, a, f, q, u, u_with_c, Tmax, F, F2, S, b, C, p;
  Ball lhs_a, lhs_b, lhs_c, lhs_8, lhs_9;
  Ball iota, K2, noise_over_descent;
};
/// All of them at once. `noise_over_descent` is the ratio of the two terms of (25); the proof needs it below 1.
EscapeConstants escape_constants(const EscapeProblem& p);

/// P(N(0,1) > x).
Ball normal_tail(const Ball& x);

}  // namespace asyncert::pasgd
