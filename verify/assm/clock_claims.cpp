// Claims about clocks: the steps of Section 4 and their sums, local counters against real time and a global counter.
#include "bounds/assm/step_sums.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

Ball inverse_root(long k) { return Ball(1) / sqrt(Ball(k)); }

Evidence step_sum_diverges() {
  Evidence e = evidence(Coverage::sample, "Hurwitz zeta values at K = 1, 10, ..., 10^18, steps 1/sqrt(k)");
  for (long exponent = 0; exponent <= 18; ++exponent) {
    const long K = pow(Rational(10), exponent).to_long();
    compare(e, "2 sqrt(K+1) - 2 <= sum_{k<=K} k^{-1/2}", Ball(2) * sqrt(Ball(Rational(K) + Rational(1))) - 2,
            Relation::less_equal, inverse_root_sum(1, K), Object().add("K", K));
  }
  return e;
}

Evidence not_square_summable() {
  Evidence e =
      evidence(Coverage::instance,
               "difference of harmonic numbers by the digamma function: the blocks K+1..2K do not become small");
  const long K = 1'000'000'000'000'000'000;
  compare(e, "1/2 < sum_{k=K+1}^{2K} gamma_k^2", Rational(1, 2), Relation::less,
          harmonic_number(2 * K) - harmonic_number(K), Object().add("gamma_k", "1/sqrt(k)").add("K", K));
  return e;
}

/// sum_{nu <= T/ubar} nu^{-1/2} times sqrt(ubar), at a constant unit gradient, against 2 sqrt(T).
Evidence local_counters(const Rational& factor) {
  Evidence e = evidence(
      Coverage::sample,
      "displacements at a constant gradient up to real times from 1 to 2e12 with mean times 1, 2, 3, 7, by zeta "
      "values");
  for (const long T : {1L, 2L, 10L, 1000L, 2'000'000'000'000L})
    for (const long ubar : {1L, 2L, 3L, 7L}) {
      const Ball root = sqrt(Ball(ubar)), sum = T < ubar ? Ball(0) : inverse_root_sum(1, T / ubar);
      compare(e, "|sqrt(ubar) sum nu^{-1/2} - 2 sqrt(T)| <= 2 sqrt(ubar)", abs(root * sum - Ball(2) * sqrt(Ball(T))),
              Relation::less_equal, Ball(factor) * Ball(2) * root, Object().add("ubar", ubar).add("T", T));
    }
  return e;
}

/// The quotient of the displacements of two blocks with mean times 1 and 2 against that of (8).
Evidence common_speeds() {
  Evidence e =
      evidence(Coverage::instance, "displacements at a constant unit gradient, mean times 1 and 2, by zeta values");
  for (const long T : {1'000L, 2'000'000'000'000L})
    compare(e, "|quotient - 2| <= 1/2", abs(inverse_root_sum(1, T) / inverse_root_sum(1, T / 2) - Ball(2)),
            Relation::less_equal, Rational(1, 2),
            Object().add("ubar", List{1, 2}).add("a", Rational(1, 2)).add("T", T));
  return e;
}

/// int_nu^{nu+1} s^{-a} ds <= nu^{-a} <= int_{nu-1}^nu s^{-a} ds, and s^{1-a}/(1-a) has the derivative s^{-a}; with n
/// <= T/ubar < n+1 the sum is between ((T/ubar)^{1-a} - 1)/(1-a) and (T/ubar)^{1-a}/(1-a).
Certificate sums_of_powers(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "((1-a) w/(1-a) - w) (1-a) = 0, w = s^{-a}", {{"a", 1, 0, Rational(1, 3)}, {"w", 1}},
          [](const Point& v) { return ((one - v[0]) * v[1] / (one - v[0]) - v[1]) * (one - v[0]); },
          [](const Point&) { return Rational(0); })
      .identity(
          "u ((y - 1)/(1-a)) = u y/(1-a) - u/(1-a), times 1-a, u = ubar^{1-a}, y = (T/ubar)^{1-a}",
          {{"u", 1}, {"y", 1}, {"a", 1, 0, Rational(1, 3)}},
          [](const Point& v) { return v[0] * ((v[1] - one) / (one - v[2])) * (one - v[2]); },
          [](const Point& v) { return v[0] * v[1] - v[0]; });
}

/// At real time T the counts are T/ubar_i: the steps gamma_0 sqrt(ubar_i/T) differ by sqrt(2), the averages of one
/// gamma(s) over the last inter-update intervals do not in the limit, by (5).
Evidence no_common_law() {
  Evidence e =
      evidence(Coverage::instance, "counts 10^{2j} and 10^{2j}/2 at real time 10^{2j} of blocks with periods 1 and 2");
  for (const long j : {2L, 6L, 9L}) {
    const long T = pow(Rational(10), 2 * j).to_long();
    compare(e, "2/5 < gamma^{k_2,2}/gamma^{k_1,1} - 1", Rational(2, 5), Relation::less,
            inverse_root(T / 2) / inverse_root(T) - 1,
            Object().add("real time", T).add("k_1", T).add("k_2", T / 2).add("gamma^{k,i}", "1/sqrt(k)"));
  }
  return e;
}

Evidence clocks() {
  Evidence e =
      evidence(Coverage::sample, "zeta values: travelled step sums of a coordinate after K gradients of P cores");
  for (const long P : {2L, 5L, 10L, 40L})
    for (const long least : {1'000L, 1'000'000'000'000L}) {
      const long K = least / P * P;
      const Ball ratio = inverse_root_sum(1, K) / inverse_root_sum(1, K / P), root = sqrt(Ball(P));
      const Object at = Object().add("P", P).add("K", K);
      compare(e, "sqrt(P) (1 - 1/sqrt(K)) <= ratio", root * (Ball(1) - inverse_root(K)), Relation::less_equal, ratio,
              at);
      compare(e, "ratio <= sqrt(P)/(1 - sqrt(P/K))", ratio, Relation::less_equal,
              root / (Ball(1) - root * inverse_root(K)), at);
    }
  return e;
}

/// 2b - 2 <= sum_{k<=K} k^{-1/2} <= 2b with b = sqrt(K).
Certificate clock_bounds() {
  return Certificate(
             "2 sqrt(K) - 2 <= sum_{k<=K} k^{-1/2} <= 2 sqrt(K), the upper bound by induction over K with a = "
             "sqrt(K-1), b = sqrt(K), b^2 - a^2 = 1; with p = sqrt(P), b = sqrt(K) the bounds of the quotient are "
             "identities")
      .identity(
          "2b(b-a) - (b^2 - a^2) = (b-a)^2", {{"a", 2}, {"b", 2}},
          [](const Point& v) { return two * v[1] * (v[1] - v[0]) - (v[1] * v[1] - v[0] * v[0]); },
          [](const Point& v) { return (v[1] - v[0]) * (v[1] - v[0]); })
      .identity(
          "(2b-2)/(2b/p) = p (1 - 1/b), times b", {{"b", 1}, {"p", 1}},
          [](const Point& v) { return (two * v[0] - two) / (two * v[0] / v[1]) * v[0]; },
          [](const Point& v) { return v[1] * (v[0] - one); })
      .identity(
          "2b (1 - p/b) = p (2b/p - 2)", {{"b", 1}, {"p", 1}},
          [](const Point& v) { return two * v[0] * (one - v[1] / v[0]); },
          [](const Point& v) { return v[1] * (two * v[0] / v[1] - two); });
}

}  // namespace

void register_clock_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section4.step_sum",
       .source = "Section 4, the step size",
       .statement = R"($\sum_{k\le K}k^{-1/2}\ge2\sqrt{K+1}-2$, so that $\sum\gamma^k=\infty$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("induction over K with a = sqrt(K), b = sqrt(K+1), b^2 - a^2 = 1: a (1/a - 2(b-a)) = "
                             "(b-a)^2, an identity of degree 2")
                     .identity(
                         "b^2 - a^2 - 2a(b-a) = (b-a)^2", {{"a", 2}, {"b", 2}},
                         [](const Point& p) { return p[1] * p[1] - p[0] * p[0] - two * p[0] * (p[1] - p[0]); },
                         [](const Point& p) { return (p[1] - p[0]) * (p[1] - p[0]); }),
                 step_sum_diverges());
           },
       .bound = true});
  registry.add(
      {.id = "assm.section4.not_square_summable",
       .source = "Section 4 against the cited theorem on tame functions",
       .statement =
           R"(The steps $1/\sqrt k$ are not square summable, which the cited convergence theorem requires: $\sum_{k=K+1}^{2K}\gamma_k^2\ge\frac12$ for every $K\ge1$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(Certificate("each of the K terms 1/k is at least 1/(2K): K + j <= 2K for j <= K")
                                    .identity(
                                        "1/(K+j) - 1/(2K) = (K-j)/(2K(K+j)), times 2K(K+j)", {{"K", 2}, {"j", 2}},
                                        [](const Point& p) {
                                          return (one / (p[0] + p[1]) - one / (two * p[0])) * two * p[0] *
                                                 (p[0] + p[1]);
                                        },
                                        [](const Point& p) { return p[0] - p[1]; }),
                                not_square_summable());
           },
       .note = "Only the route by large deviations, which needs sum exp(-c/gamma_k) < infinity, can apply to these "
               "steps: assm.section4.exponentially_summable."});
  registry.add(
      {.id = "assm.equation5.no_common_law",
       .source = "Section 3.2, the steps of local counters against (5)",
       .statement =
           R"(Steps $\gamma_0/\sqrt\nu$ of local counters are no averages of one $\gamma(s)$ as (5) asks: for $\bar u=(1,2)$ they differ by more than $\frac25$ at the real times $10^4,10^{12},10^{18}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return no_common_law(); },
       .note = "Under (5) the quotient tends to 1. Both definitions of gamma^{k,i} stand in Section 3.2; with core "
               "factors alpha^j = c/sqrt(ubar_j) they agree. What (8) becomes is assm.equation8.local_counters."});
  registry.add(
      {.id = "assm.equation8.local_counters.printed",
       .source = "(8) with the steps of Algorithm 1, Section 3.2 and Section 4",
       .statement =
           R"(With the steps $1/\sqrt\nu$ of local counters the blocks have the speeds of (8): for $\bar u=(1,2)$ and equal gradients the quotient of the displacements is within $\frac12$ of $2$ at late times)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return common_speeds(); },
       .note =
           "It tends to sqrt(2). Section 3.2 has two definitions of gamma^{k,i}, that of Algorithm 1 and (5), which "
           "exclude each other: assm.equation5.no_common_law. The runs of Section 4 have the first, and Section 5 says "
           "that the theory applies to them.",
       .instead = "assm.equation8.local_counters"});
  registry.add(
      {.id = "assm.equation8.local_counters",
       .source = "(8), corrected for local counters",
       .statement =
           R"(With the steps $\nu^{-a}$, $0<a<1$, of local counters and updates at the multiples of $\bar u_i$ the speeds are those of $\bar u_i^{1-a}\dot x_i\in-\partial_if$ in the time $T^{1-a}/(1-a)$: at a constant unit gradient and the real time $T$ the displacement $S_i$ has $|\bar u_i^{1-a}S_i-\frac{T^{1-a}}{1-a}|\le\frac{\bar u_i^{1-a}}{1-a}$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 sums_of_powers("sums against integrals of the decreasing s^{-a}, n <= T/ubar < n+1; the "
                                "bounds are identities"),
                 local_counters(1));
           },
       .note = "The quotient of the speeds of two blocks is that of the ubar_i^{a-1}, by (8) it would be that of the "
               "1/ubar_i.",
       .bound = true});
  registry.add(
      {.id = "assm.figure1.clocks",
       .source = "Figure 1, progress a gradient",
       .statement =
           R"(After $K>P$ gradients, $K/P$ of each core, with steps $1/\sqrt k$, a coordinate of the full-vector methods under one global counter has travelled $r$ times as far as one of PASSM under its core's counter, $\sqrt P(1-\frac1{\sqrt K})\le r\le\sqrt P/(1-\sqrt{P/K})$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(clock_bounds(), clocks()); },
       .uses = {"assm.section4.step_sum"},
       .note = "Under the same counters, local for both or global for both, the factor is P: every core moves every "
               "coordinate, in PASSM only its own. The clocks alone would order Figure 1 as it is."});

  registry.add({.id = "assm.canary.local_counters_tenth",
                .source = "planted",
                .statement = R"($|\sqrt{\bar u_i}S_i-2\sqrt T|\le\frac15\sqrt{\bar u_i}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return local_counters(Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
