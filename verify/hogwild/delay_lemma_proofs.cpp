#include "verify/hogwild/delay_lemma_proofs.hpp"

namespace asyncert::hogwild {

namespace {

const Rational zero(0), one(1), two(2);

/// n (x_1^2 + ... + x_n^2) - (x_1 + ... + x_n)^2 = sum of (x_i - x_j)^2 over the pairs: pair by pair, for every n.
void cauchy_schwarz(Certificate& e) {
  e.identity(
      "n sum x_i^2 - (sum x_i)^2, the part of a pair: x_i^2 + x_j^2 - 2 x_i x_j = (x_i - x_j)^2",
      {{"x_i", 2}, {"x_j", 2}}, [](const Point& v) { return v[0] * v[0] + v[1] * v[1] - two * v[0] * v[1]; },
      [](const Point& v) { return (v[0] - v[1]) * (v[0] - v[1]); });
}

/// q_j <= r^{t-j} q_t for t - tau <= j <= t adds up to the library's sum, for tau = 0..12.
void geometric(Certificate& e, bool from_one) {
  for (long tau = 0; tau <= 12; ++tau)
    e.identity(
        "sum of r^{t-j}, tau = " + std::to_string(tau), {{"r", tau, one, Rational(1, 4)}},
        [&](const Point& v) {
          Rational sum;
          for (long j = from_one ? 1 : 0; j <= tau; ++j) sum += j == 0 ? one : pow(v[0], j);
          return sum;
        },
        [&](const Point& v) { return from_one ? delayed_sum(v[0], tau) : geometric_sum(v[0], tau); });
}

/// With S free: q_t (1 - eta - C eta (tau+1) L^2 S) <= q_{t+1} and rho D >= 1 give q_t <= rho q_{t+1}.
void squared_chain(Certificate& e, Condition condition) {
  const Rational C(condition == Condition::printed ? 9 : 1);
  e.identity(
      "(1/eta) L^2 eta^2 C (tau+1) = C eta (tau+1) L^2, with (10) at r = 1/eta: q_t - q_{t+1} <= (1-D) q_t",
      {{"eta", 2}, {"n", 1}, {"L", 2}, {"S", 1}, {"q", 1}},
      [&](const Point& v) { return v[0] * (v[0] * v[4]) + v[2] * v[2] * v[0] * v[0] * C * v[1] * v[3] * v[4]; },
      [&](const Point& v) {
        const Rational D = one - v[0] - C * v[0] * v[1] * v[2] * v[2] * v[3];
        return v[0] * (one - D) * v[4];
      });
  for (long tau = 0; tau <= 6 && condition == Condition::printed; ++tau)
    e.identity(
        "the library's D, tau = " + std::to_string(tau), {{"L", 2}, {"eta", 1}, {"rho", tau, one, Rational(1, 4)}},
        [&](const Point& v) { return lemma2_denominator(v[0], tau, v[1], v[2]); },
        [&](const Point& v) {
          return one - v[1] - C * v[1] * Rational(tau + 1) * v[0] * v[0] * geometric_sum(v[2], tau);
        });
  e.identity(
      "rho (D q + e) - q = (rho D - 1) q + rho e, q_{t+1} = D q_t + e", {{"rho", 1}, {"D", 1}, {"q", 1}, {"e", 1}},
      [](const Point& v) { return v[0] * (v[1] * v[2] + v[3]) - v[2]; },
      [](const Point& v) { return (v[0] * v[1] - one) * v[2] + v[0] * v[3]; });
}

}  // namespace

Evidence lemma2_proof(Condition condition) {
  const bool sharp = condition == Condition::sharp;
  Certificate e(sharp ? "induction, D > 0: Minkowski's inequality for (E q)^(1/2) =: p gives p_t - p_{t+1} <= eta L "
                        "sum p_j, whose coefficients are -1, 0 or 1, and p_j <= s^{t-j} p_t; identities of the steps"
                      : "induction, D > 0: (10) with r = 1/eta, coefficients -1, 0 or 1 of at most tau + 1 past "
                        "gradients (the paper allows 3), Cauchy-Schwarz, E|grad f_i|^2 = E q by a fresh i, and q_j <= "
                        "rho^{t-j} q_t; identities of the steps");
  geometric(e, false);
  if (sharp) {
    e.identity(
        "s (D p + e) - p = (s D - 1) p + s e, p_{t+1} = D p_t + e", {{"s", 1}, {"D", 1}, {"p", 1}, {"e", 1}},
        [](const Point& v) { return v[0] * (v[1] * v[2] + v[3]) - v[2]; },
        [](const Point& v) { return (v[0] * v[1] - one) * v[2] + v[0] * v[3]; });
    return e;
  }
  cauchy_schwarz(e);
  squared_chain(e, condition);
  return e;
}

Evidence lemma3_proof(Condition condition) {
  const bool sharp = condition == Condition::sharp;
  Certificate e(sharp ? "Minkowski's inequality: (E|w - w_hat|^2)^(1/2) <= eta sum p_j over the last tau updates, with "
                        "coefficients -1, 0 or 1, and p_j <= s^{t-j} p_t; identities of the steps"
                      : "coefficients -1, 0 or 1 (the paper allows 2) of the last tau gradients, Cauchy-Schwarz, and "
                        "q_j <= rho^{t-j} q_t of Lemma 2; identities of the steps");
  geometric(e, true);
  if (sharp) return e;
  cauchy_schwarz(e);
  // |w - w_hat| is at most the allowed coefficient times eta sum |grad f_{i_j}|.
  const Rational allowed = condition == Condition::printed ? two : one;
  for (long tau = 0; tau <= 6; ++tau)
    e.identity(
        "(allowed eta)^2 tau (rho + ... + rho^tau) is the coefficient, allowed = " + allowed.to_string() +
            ", tau = " + std::to_string(tau),
        {{"eta", 2}, {"rho", tau, one, Rational(1, 4)}},
        [&](const Point& v) {
          Rational sum;
          for (long k = 1; k <= tau; ++k) sum += pow(v[1], k);
          return allowed * v[0] * allowed * v[0] * Rational(tau) * sum;
        },
        [&](const Point& v) {
          return lemma3_coefficient(v[0], tau, v[1]) / Rational(condition == Condition::printed ? 1 : 4);
        });
  return e;
}

}  // namespace asyncert::hogwild
