#include "verify/hogwild/theorem1_adversary.hpp"

#include "bounds/hogwild/theorem1.hpp"

namespace asyncert::hogwild {

Theorem1Adversary adversary_at(long tau) {
  Theorem1Adversary a;
  a.tau = tau;
  a.L = Rational(7, 20) / Rational(tau);
  a.sigma = 1;
  a.W = 8;
  const Rational h = Rational(16, 10000) / Rational(tau) / Rational(tau);
  a.eta = h / a.L;
  a.rho = Rational(1) + Rational(1, 100) / Rational(tau);
  a.updates = Rational(1000) / h;
  a.settled = 2500 * tau * tau;
  return a;
}

AdversaryBound certify(const Theorem1Adversary& p) {
  const Ball L(p.L), sigma(p.sigma), W(p.W), eta(p.eta), T(p.updates), tau(p.tau), h(p.L * p.eta), one(1);
  AdversaryBound r;
  const Rational V = p.sigma + p.L * p.W;
  r.V = V;
  // B does not depend on f(w_0), so the start can be chosen such that eta is the paper's step size: A = L w_0^2 = eta^2
  // T B.
  r.B = B<Ball>({one, one, r.V, L, p.tau, T}, eta, Ball(p.rho));
  r.w0 = eta * sqrt(T * r.B / L);
  r.A = L * r.w0 * r.w0;
  r.printed = sqrt(r.A * r.B / T);
  r.condition = Ball(p.rho) * lemma2_denominator(L, p.tau, eta, Ball(p.rho));

  const Ball noise = eta * eta * sigma * sigma, delta = eta * tau * r.V;
  const Ball v_max = noise / (h * (Ball(2) - h)), v = noise / (h * 2) * -expm1(Ball(-2) * h * Ball(p.settled));
  const Ball root_last = r.w0 * exp(-(h * T)) + delta + sqrt(v_max);
  const Ball without_reads = (r.w0 * r.w0 - root_last * root_last + T * noise) / (h * 2);
  const Ball magnitude = sqrt(v / 3) - delta, correlation = h * tau * delta * sqrt(tau);
  const Ball opposite = (tau * magnitude - correlation) / 2;  // a lower bound of E|w_t| N_t
  const Ball gained = (T - Ball(p.settled)) * eta * (sigma - L * W) * opposite;

  const Ball room = W - r.w0 - delta;
  const Ball leaving = T * 2 * exp(-(room * room / (v_max * 2)));
  const Ball fourth = pow(r.w0 + delta + sqrt(sqrt(Ball(3))) * sqrt(v_max), 4);
  r.average = L * L * ((without_reads + gained) / T - sqrt(fourth * leaving));
  return r;
}

}  // namespace asyncert::hogwild
