// Algorithm 1 and the bookkeeping of delays.
#include <algorithm>

#include "lib/certificate.hpp"
#include "lib/random.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

/// Maps s of {0,...,size-1} into itself that are injective with s(n) <= n; position n onwards, given the values used.
long injective_reads(long n, long size, unsigned used) {
  if (n == size) return 1;
  long count = 0;
  for (long value = 0; value <= n; ++value)
    if (!(used >> value & 1u)) count += injective_reads(n + 1, size, used | 1u << value);
  return count;
}

/// s(m) = m for m < n uses up n of the n+1 values up to n.
Evidence delays_with_one_gradient_an_iterate() {
  Evidence e = evidence(Coverage::sample, "enumeration of all injective s with s(n) <= n on up to 10 steps");
  for (long steps = 1; steps <= 10; ++steps)
    compare(e, "read rules", injective_reads(0, steps, 0), Relation::equal, 1, Object().add("steps", steps));
  return with_search(
      Certificate("induction: s(m) = m for m < n leaves one of the values 0, ..., n, an identity of degree one")
          .identity(
              "(n+1) - n = 1", {{"n", 1}}, [](const asyncert::Point& p) { return p[0] + Rational(1) - p[0]; },
              [](const asyncert::Point&) { return Rational(1); }),
      e);
}

/// Sum of n - s(n) over a sequence of receipts: a worker reads X_{n+1} after its receipt at n, and X_0 at first.
long total_delay(const std::vector<long>& workers, long K) {
  std::vector<long> read(static_cast<std::size_t>(K), 0);
  long total = 0;
  for (std::size_t n = 0; n < workers.size(); ++n) {
    long& s = read[static_cast<std::size_t>(workers[n])];
    total += static_cast<long>(n) - s;
    s = static_cast<long>(n) + 1;
  }
  return total;
}

/// The K gradients under way at a receipt n have the ages n - r_k, where worker k holds X_{r_k}. Let S be the sum of
/// the K-1 ages that are not received and d = n - s(n) the one that is: the ages' sum is S + d before and S + K-1
/// after, when the others are one older and the new one is 0. So d = K-1 plus the fall of that sum, which starts at 0
/// and is never negative. The identity has degree one in S, d and K.
Evidence mean_delay_identity() {
  Evidence e =
      evidence(Coverage::domain,
               "identity of degree one in each variable for one receipt, exact at all corners of the unit cube; "
               "over N receipts it telescopes from ages that are all 0 to ages that are not negative");
  for (int corner = 0; corner < 8; ++corner) {
    const Rational S(corner & 1), d(corner >> 1 & 1), K(corner >> 2 & 1), before = S + d, after = S + K - Rational(1);
    compare(e, "n - s(n) = K-1 + fall of the sum of ages", d, Relation::equal, K - Rational(1) + before - after,
            Object().add("S", S).add("n - s(n)", d).add("K", K));
  }
  return e;
}

/// `less` is taken off the bound.
Evidence mean_delay_all_sequences(long less) {
  Evidence e = evidence(Coverage::instance,
                        "enumeration of all sequences of receipts: 2 workers and 12 receipts, 3 and 9, 4 and 7");
  for (const auto& [K, N] : {std::pair(2L, 12L), std::pair(3L, 9L), std::pair(4L, 7L)}) {
    long count = 1, largest = 0;
    for (long n = 0; n < N; ++n) count *= K;
    std::vector<long> worst, workers(static_cast<std::size_t>(N));
    for (long code = 0; code < count; ++code) {
      long rest = code;
      for (long& w : workers) w = rest % K, rest /= K;
      if (const long total = total_delay(workers, K); total > largest) largest = total, worst = workers;
    }
    compare(e, "largest sum of n - s(n) over N receipts <= (K-1) N", largest, Relation::less_equal, (K - 1) * N - less,
            Object().add("K", K).add("N", N).add("workers", Value(worst)));
  }
  return e;
}

/// Long random sequences with very unequal workers.
Evidence mean_delay_random(const Context& context) {
  Evidence e = evidence(
      Coverage::instance,
      "exact sums along random sequences of 20000 receipts or more whose workers' speeds differ by factors up to 2^19");
  for (const long K : {2L, 20L, 100L}) {
    RandomStream stream(context.seed, stream_key("dasgd.algorithm1.mean_delay"), static_cast<std::uint64_t>(K));
    std::vector<long> workers;
    for (long n = 0; n < widened(context, 20000); ++n) {
      long w = 0;
      while (w < K - 1 && w < 19 && stream.bernoulli(0.5)) ++w;
      workers.push_back(w);
    }
    compare(e, "sum of n - s(n) over N receipts <= (K-1) N", total_delay(workers, K), Relation::less_equal,
            (K - 1) * widened(context, 20000), Object().add("K", K));
  }
  return e;
}

/// Delays of at least n/2 for all n < N sum to at least N(N-1)/4.
Evidence linear_delays_with_fixed_workers() {
  const auto excess = [](const asyncert::Point& p) {
    const Rational N = p[0], K = p[1];
    return N * (N - Rational(1)) / Rational(4) - (K - Rational(1)) * N;
  };
  return Certificate(
             "identity of degree at most 2 in N and 1 in K; with j = N - (4K-3) >= 1 the excess of N(N-1)/4 over "
             "(K-1) N is N j/4 > 0")
      .identity(
          "N(N-1)/4 - (K-1) N = N (N - (4K-3))/4", {{"N", 2}, {"K", 1}}, excess,
          [](const asyncert::Point& p) { return p[0] * (p[0] - (Rational(4) * p[1] - Rational(3))) / Rational(4); })
      .compare({.label = "0 < N j/4 at the smallest N = j = 1",
                .left = 0,
                .relation = Relation::less,
                .right = Rational(1, 4)});
}

}  // namespace

void register_delay_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.section2.one_gradient_an_iterate",
       .source = "Section 2.1, the delays d_n and d_{s(n)}",
       .statement =
           R"(If the gradient of each iterate is received once, as a function $d_n$ of the request says, and $s(n)\le n$, then $s(n)=n$: there are no delays)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return delays_with_one_gradient_an_iterate(); },
       .note = "Several workers must be allowed to read the same iterate, as all of Algorithm 1 read X_0, and then its "
               "sample is used more than once: see dasgd.proposition4.1.martingale.printed."});
  add({.id = "dasgd.algorithm1.mean_delay",
       .source = "Algorithm 1",
       .statement =
           R"(With $K$ workers, $\sum_{n<N}(n-s(n))\le(K-1)N$ for every $N$ and whatever the order of the receipts)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return mean_delay_identity(); },
       .note = "Each receipt adds one to the ages of the K-1 other gradients under way."});
  add({.id = "dasgd.algorithm1.mean_delay.every_order",
       .source = "Algorithm 1",
       .statement =
           R"(With $K$ workers, $\sum_{n<N}(n-s(n))\le(K-1)N$ whatever the order of the receipts: $(K,N)=(2,12),(3,9),(4,7)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return mean_delay_all_sequences(0); },
       .uses = {"dasgd.algorithm1.mean_delay"},
       .bound = true});
  add({.id = "dasgd.algorithm1.mean_delay.long_runs",
       .source = "Algorithm 1",
       .statement =
           R"(In random sequences of 20000 receipts or more from very unequal workers the mean delay is at most $K-1$, $K=2,20,100$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return mean_delay_random(c); },
       .bound = true});
  add({.id = "dasgd.section5.linear_delays",
       .source = "Section 5, delays that grow linearly at all n",
       .statement =
           R"($K$ workers of Algorithm 1 cannot have $n-s(n)\ge n/2$ at all $n<N$ once $N>4K-3$: these delays sum to $N(N-1)/4>(K-1)N$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return linear_delays_with_fixed_workers(); },
       .uses = {"dasgd.algorithm1.mean_delay"},
       .note =
           "Only sparse delays can grow linearly when the number of workers is fixed; Section 5 does not say how its "
           "delays come about."});
  registry.add({.id = "dasgd.canary.mean_delay_less_two",
                .source = "planted",
                .statement = R"($\sum_{n<N}(n-s(n))\le(K-1)N-2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return mean_delay_all_sequences(2); },
                .canary = true});
}

}  // namespace asyncert::dasgd
