// Claims about the local counters: (3) and what Assumption 3.1 implies for it.
#include <algorithm>

#include "lib/statistics.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// gamma^nu/k with nu <= k and any vanishing step: here gamma_nu = nu^{-1/2}, nu = k.
Evidence equation3_printed() {
  Evidence e = evidence(Coverage::instance, "one core, gamma_k = 1/sqrt(k): gamma_k/k = k^{-3/2}, exactly at squares");
  for (const long exponent : {4L, 20L, 100L}) {
    const Rational root = pow(Rational(10), exponent);
    compare(e, "a positive lower bound c = 10^{-exponent} of gamma^{nu}/k", Rational(1) / root, Relation::less_equal,
            Rational(1) / (root * root * root), Object().add("k", root * root).add("c", Rational(1) / root));
  }
  return e;
}

/// The largest probability of at most j updates in k steps over all adaptive choices of the conditional probability in
/// {p, 1}, by dynamic programming, is that of independent choices with probability p.
Evidence equation3_domination() {
  const long K = 30;
  const Rational p(1, 4);
  std::vector<Rational> worst(K + 2, Rational(0)), independent(K + 2, Rational(0));
  // worst[j]: largest probability of at most j more updates in the remaining steps.
  std::fill(worst.begin(), worst.end(), one);
  std::fill(independent.begin(), independent.end(), one);
  Evidence e = evidence(Coverage::instance,
                        "dynamic programming over adaptive conditional probabilities p = 1/4 or 1, 30 steps, exactly");
  for (long k = 1; k <= K; ++k) {
    const auto advance = [&](std::vector<Rational>& v, bool adaptive) {
      for (long j = K; j >= 0; --j) {
        const auto at = static_cast<std::size_t>(j);
        const Rational after_update = j == 0 ? Rational(0) : v[at - 1];
        const Rational slow = p * after_update + (one - p) * v[at];
        v[at] = adaptive ? max(slow, after_update) : slow;
      }
    };
    advance(worst, true);
    advance(independent, false);
  }
  for (long j = 0; j <= K; ++j)
    compare(e, "max P(nu <= j) = P(Bin(30, 1/4) <= j)", worst[static_cast<std::size_t>(j)], Relation::equal,
            independent[static_cast<std::size_t>(j)], Object().add("j", j).add("p_min", p).add("k", K));
  return e;
}

/// P(nu(k)/k <= p - eps) <= exp(-2 k eps^2), summable in k, so that liminf nu/k >= p_min almost surely.
Evidence equation3_tail() {
  Evidence e = evidence(Coverage::sample,
                        "exact binomial tails against Hoeffding's bound at p = 1/4, eps = 1/20, 1/10, k up to 10^5");
  for (const long k : {100L, 1000L, 10000L, 100000L})
    for (const Rational& eps : {Rational(1, 20), Rational(1, 10)}) {
      const Rational p(1, 4);
      const long j = ((p - eps) * Rational(k)).floor().to_long();
      compare(e, "P(Bin(k, p) <= (p - eps) k)", binomial_upper_tail(k - j, k, Ball(Rational(1) - p)),
              Relation::less_equal, exp(-(Ball(2) * Ball(Rational(k) * eps * eps))),
              Object().add("k", k).add("p_min", p).add("eps", eps));
    }
  return e;
}

/// With I_j = 1 for an update of the core and p_j >= p its conditional probability, E[exp(-h(I_j - p_j)) | past] <=
/// exp(h^2/8): the second derivative of its logarithm is q(1-q) for a tilted probability q. So P(nu <= (p-eps) k) <=
/// exp(k h^2/8 - k h eps), here at h = 4 eps.
Certificate exponential_moments() {
  return Certificate(
             "Chernoff's bound along the conditional probabilities: the tilted variance is at most 1/4, and the "
             "exponent at h = 4 eps, identities of degree 2; the bounds are summable in k")
      .identity(
          "1/4 - q(1-q) = (1/2-q)^2", {{"q", 2}},
          [](const asyncert::Point& p) { return Rational(1, 4) - p[0] * (one - p[0]); },
          [](const asyncert::Point& p) { return (Rational(1, 2) - p[0]) * (Rational(1, 2) - p[0]); })
      .identity(
          "h^2/8 - h eps = -2 eps^2 at h = 4 eps", {{"eps", 2}},
          [](const asyncert::Point& p) {
            const Rational h = Rational(4) * p[0];
            return h * h / Rational(8) - h * p[0];
          },
          [](const asyncert::Point& p) { return -(two * p[0] * p[0]); });
}

/// Two cores in turn, except that core 1 cannot be chosen at k = 2^j: its conditional probability vanishes on a
/// subsequence.
Evidence equation3_implication() {
  long nu = 0;
  Rational least(1);
  bool turn = true;
  for (long k = 1; k <= 4096; ++k) {
    const bool forbidden = (k & (k - 1)) == 0;
    if (!forbidden && turn) ++nu;
    if (!forbidden) turn = !turn;
    if (k >= 64) least = min(least, Rational(nu, k));
  }
  Evidence e = evidence(Coverage::instance,
                        "two cores in turn with core 1 excluded at the powers of two, counted up to k = 4096");
  compare(e, "2/5 < min of nu/k over 64 <= k <= 4096", Rational(2, 5), Relation::less, least,
          Object().add("P(core 1 | past)", "0 at k = 2^j").add("k", "64..4096"));
  return e;
}

}  // namespace

void register_counter_claims(ClaimRegistry& registry) {
  registry.add({.id = "assm.equation3.printed",
                .source = "(3)",
                .statement = R"($\liminf_k\gamma^{\nu(c^k,k)}/k>0$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return equation3_printed(); },
                .note = "Vanishing steps make gamma/k vanish; nu(c,k)/k is meant.",
                .instead = "assm.equation3"});
  registry.add(
      {.id = "assm.equation3.domination",
       .source = "(3), corrected",
       .statement =
           R"(If a core has conditional probability at least $p$ at each step, then $\nu(k)$ is at least $\mathrm{Bin}(k,p)$ in distribution, $k=30$, $p=1/4$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return equation3_domination(); }});
  registry.add(
      {.id = "assm.equation3",
       .source = "(3), corrected",
       .statement =
           R"($\liminf_k\nu(c,k)/k\ge p_{\min}$ almost surely: $P(\nu(k)\le(p-\varepsilon)k)\le e^{-2k\varepsilon^2}$ for conditional probabilities of at least $p$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(exponential_moments(), equation3_tail()); },
       .uses = {"assm.equation3.domination"},
       .bound = true});
  registry.add(
      {.id = "assm.equation3.implication",
       .source = "before (3), \"is implied by\", with nu in place of the step",
       .statement =
           R"(A conditional probability that vanishes at all $k=2^j$ leaves $\nu(c,k)/k>\frac25$ for $64\le k\le4096$: it does not make $\liminf\nu/k=0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return equation3_implication(); },
       .note = "What (3) needs is the other direction. With the step in place of nu, as printed, the conclusion always "
               "holds, since steps are bounded, and says nothing about the probabilities."});
}

}  // namespace asyncert::assm
