// An adversary of Theorem 1: a run that meets every assumption, and a certified lower bound of its average squared
// gradient.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::hogwild {

/// f_i(w) = Phi(w) +- sigma w in one coordinate, n = 2, with Phi' = L w on [-W, W] and constant beyond: gradients are
/// L-Lipschitz, at most V = sigma + L W, and f = Phi >= 0. No update is overwritten (alpha = 1). Read t takes a(t) =
/// max(0, t - tau) and leaves out those of the last tau gradients whose noise pushed w away from 0, so that w_hat lies
/// nearer to the minimum than w.
struct Theorem1Adversary {
  Rational L, sigma, W, eta, rho;
  long tau = 1;
  Rational updates;  ///< T of all threads together
  long settled = 1;  ///< from this update on the lower bound counts what the adversary gains; at least tau
};

/// The adversary whose eta L tau^2 is 16/10000 and whose horizon is 1000/(eta L), for tau >= 1: the start and W do not
/// change with tau.
Theorem1Adversary adversary_at(long tau);

/// What is certified about a run of the adversary whose start w_0 > 0 makes eta the paper's step size sqrt(A/(T B)).
struct AdversaryBound {
  Ball w0, V, A, B;
  Ball condition;  ///< rho D, which Lemma 2 wants to be at least 1, with D > 0
  Ball printed;    ///< sqrt(A B/T)
  Ball average;    ///< a lower bound of (1/T) sum_t E|grad f(w_t)|^2
};

/// The derivation, with h = eta L, delta = eta tau V, N the number of noises among the last tau that are opposite to
/// sign(w), and the auxiliary process x that is w until |w| first exceeds W and from then on x' = x - eta (L (x -
/// sign(x) Delta) + sigma xi) with Delta = eta (sigma - L W) N, N counted by sign(x).
///
/// 1. eta (sigma - L W) N <= Delta <= delta at all times: until the exit, where f' = L w, each of the N gradients left
/// out moves w_hat
///    towards 0 from w by at least eta (sigma - L W) and at most eta V; after the exit by the definition of Delta,
///    since N <= tau. So at all times x' = (1-h) x + h sign(x) Delta - eta sigma xi with a sign xi that is independent
///    of the past, and m(t) = E x_t^2 has m(t+1) >= (1-2h) m(t) + 2h E|x_t| Delta_t + (eta sigma)^2, the rest being h^2
///    E(|x_t| - Delta_t)^2. Summed over t, sum m >= (w_0^2 - m(T) + T (eta sigma)^2)/(2h) + sum E|x| Delta.
/// 2. x_t = (1-h)^t w_0 + e_t + Z_t with |e_t| <= delta and a weighted sum Z_t of independent signs, whose variance is
/// between
///    v = eta^2 sigma^2 (1 - e^{-2ht})/(2h) and eta^2 sigma^2/(2h - h^2), and E Z^4 <= 3 (E Z^2)^2. So E|x_t| >=
///    sqrt(v/3) - delta.
/// 3. N = (tau - sign(x_t) M_t)/2 with the sum M_t of the last tau signs, and E[x_t M_t] <= h tau delta sqrt(tau): the
/// last tau steps
///    have -eta sigma xi in them, which makes the rest negative.
/// 4. |x| exceeds W before T with probability at most 2 T exp(-(W - w_0 - delta)^2/(2 v_max)) by Hoeffding's
/// inequality. Where it does
///    not, w = x and |grad f(w)| = L |x| throughout; what x_t^2 contributes elsewhere is taken off by the inequality of
///    Cauchy and Schwarz.
AdversaryBound certify(const Theorem1Adversary& adversary);

}  // namespace asyncert::hogwild
