// Claims about the times between updates: Assumptions 3.3 and 3.4.
#include <string>
#include <utility>

#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// E[dtau; dtau > L] = (L+1) e^{-L} for exponential inter-update times of mean 1.
Evidence uniform_integrability(const Rational& factor) {
  Evidence e = evidence(Coverage::sample, "closed form at L = 1/10, 1, 10, 50, 100");
  for (const Rational& L : {Rational(1, 10), Rational(1), Rational(10), Rational(50), Rational(100)})
    compare(e, "E[dtau; dtau > L] <= 2^-L (L+1)", Ball(L + one) * exp(-Ball(L)), Relation::less_equal,
            Ball(factor * (L + one)) * exp(-Ball(L) * log(Ball(2))), Object().add("L", L));
  return e;
}

/// (L+1) e^{-L} has the derivative -L e^{-L}, with w = e^{-L}, w' = -w.
Certificate exponential_tail() {
  return Certificate(
             "minus the derivative of (L+1) e^{-L} is the integrand L e^{-L}, and both vanish at infinity; e^{-L} <= "
             "2^{-L} since e >= 1 + 1")
      .identity(
          "w + (L+1) (-w) = -L w", {{"L", 1}, {"w", 1}},
          [](const asyncert::Point& p) { return p[1] + (p[0] + one) * -p[1]; },
          [](const asyncert::Point& p) { return -(p[0] * p[1]); });
}

/// dtau_k = sqrt(k): the truncated means E[dtau_k; dtau_k > L] are not bounded in k, let alone small.
Evidence slow_growth() {
  Evidence e = evidence(Coverage::instance,
                        "deterministic times: E[dtau_k; dtau_k > L] = sqrt(k) where k > L^2, else 0; enclosed");
  for (const long exponent : {1L, 3L, 9L}) {
    const Rational L = pow(Rational(10), exponent), k = (L + one) * (L + one);
    compare(e, "L < E[dtau_k; dtau_k > L]", L, Relation::less, L * L < k ? sqrt(Ball(k)) : Ball(0),
            Object().add("k", k).add("L", L));
  }
  return e;
}

/// p sum_{n<=J} n q^{n-1} = (1 - Q)/p - J Q with Q = q^J: the partial means of the number of draws until block i comes.
Certificate geometric_mean_time(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "(1-Q)/p - J Q + (J+1) p Q = (1 - q Q)/p - (J+1) q Q, q = 1-p, times p", {{"p", 2}, {"Q", 1}, {"J", 1}},
          [](const asyncert::Point& v) {
            const Rational &p = v[0], &Q = v[1], &J = v[2];
            return ((one - Q) / p - J * Q + (J + one) * p * Q) * p;
          },
          [](const asyncert::Point& v) {
            const Rational &p = v[0], &Q = v[1], &J = v[2], q = one - p;
            return ((one - q * Q) / p - (J + one) * q * Q) * p;
          });
}

/// Truncated means of the number of draws with probability p, against 1/p.
Evidence truncated_mean_times(const Rational& factor) {
  Evidence e = evidence(Coverage::sample, "exact partial sums of n p q^{n-1} up to n = 200, p = 1/2, 1/3, 1/10");
  for (const Rational& p : {Rational(1, 2), Rational(1, 3), Rational(1, 10)}) {
    const long J = 200;
    Rational sum;
    for (long n = 1; n <= J; ++n) sum += Rational(n) * p * pow(Rational(one - p), n - 1);
    compare(e, "|sum n p q^{n-1} - 1/p| <= (J + 1/p) q^J", abs(Rational(sum - factor / p)), Relation::less_equal,
            (Rational(J) + one / p) * pow(Rational(one - p), J), Object().add("p", p).add("J", J));
  }
  return e;
}

}  // namespace

void register_interval_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.assumption3_3.exponential",
       .source = "Assumption 3.3",
       .statement =
           R"(Exponential inter-update times of mean $1$, which have no bound, are uniformly integrable: $E[\delta\tau;\delta\tau>L]=(L+1)e^{-L}\le2^{-L}(L+1)$ for every $L\ge0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(exponential_tail(), uniform_integrability(1)); },
       .bound = true});
  registry.add(
      {.id = "assm.assumption3_3.slow_growth",
       .source = "Assumption 3.3, \"any core deccelerates exponentially\"",
       .statement =
           R"(The assumption excludes more than exponential slowing: for $\delta\tau_k=\sqrt k$ already $E[\delta\tau_k;\delta\tau_k>L]>L$ at $k=(L+1)^2$, $L=10,10^3,10^9$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return slow_growth(); }});
  registry.add(
      {.id = "assm.assumption3_4",
       .source = "Assumption 3.4",
       .statement =
           R"(A core with independent computing times of one law and of mean $\mu$ that draws block $i$ with probability $p_i>0$, independently, has the assumption with $u=\bar u_i=\mu/p_i$: the conditional means of $\delta\tau$ are $\mu/p_i$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 geometric_mean_time(
                     "between two updates of block i the core draws a geometric number of blocks, of mean "
                     "lim (1-Q)/p - J Q = 1/p, by induction over J; by Wald's identity the time is mu/p in "
                     "the mean, whatever was before, so that all terms of the average vanish, for every "
                     "psi. The times have one law of finite mean: they are uniformly integrable"),
                 truncated_mean_times(1));
           },
       .note =
           "An assumption about the environment: this environment has it, others do not. What it adds to Assumption "
           "3.3 and what it leaves open are claims: assm.assumption3_4.not_implied, "
           "assm.assumption3_4.vanishing_mean_time, assm.assumption3_4.any_mean.printed."});

  registry.add({.id = "assm.canary.exponential_tail_half",
                .source = "planted",
                .statement = R"($E[\delta\tau;\delta\tau>L]\le\frac12\,2^{-L}(L+1)$ for exponential times)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return uniform_integrability(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.mean_time_doubled",
                .source = "planted",
                .statement = R"(A block with probability $p$ is drawn every $2/p$ draws)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return truncated_mean_times(2); },
                .canary = true});
}

}  // namespace asyncert::assm
