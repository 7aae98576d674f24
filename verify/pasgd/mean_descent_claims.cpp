// (11): the descent in expectation, with its constants.
#include <algorithm>

#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/descent_proofs.hpp"

namespace asyncert::pasgd {

namespace {

/// (11) with its constants on f = h x^2/2 from x_0 = 1, noises +-z in each step: exact expectations over all 2^{K+1}
/// sequences. The m-th gradient of step k has the delay (k + m) mod (T+1), as far as there are iterates.
Evidence expected_descent(const Rational& C) {
  Evidence e;
  e.method = "exact expectations over all signs of the noise at K = 5 for h = +-1, M and T up to 3, eta = 1/(2M(T+1))";
  constexpr std::size_t K = 5;
  for (const Rational& h : {Rational(1), Rational(-1)})
    for (long M : {1L, 3L})
      for (long T : {0L, 1L, 3L})
        for (const Rational& z : {Rational(0), Rational(1)}) {
          const Rational eta(1, M * (2 * T + 2));  // w = 2T + 2 > 3/4 + sqrt(9/16 + 2T^2): (a) holds
          Rational descent, gradients;
          for (long signs = 0; signs < 1L << (K + 1); ++signs) {
            std::vector<Rational> x = {1};
            for (std::size_t k = 0; k <= K; ++k) {
              gradients += x[k] * x[k];
              Rational step = (signs >> k & 1) == 1 ? z : -z;
              for (long m = 0; m < M; ++m) {
                const long read = std::max(0L, static_cast<long>(k) - (static_cast<long>(k) + m) % (T + 1));
                step += h * x[static_cast<std::size_t>(read)];
              }
              x.push_back(x[k] - eta * step);
            }
            descent += h * (x.back() * x.back() - Rational(1)) / 2;
          }
          const Rational all(1L << (K + 1)),
              noise = (Rational(3, 2) * eta * eta + Rational(T * T * M) * eta * eta * eta) * Rational(K + 1) * z * z;
          e.comparisons.push_back({.label = "(a): eta^2 (3L/4 + L^2 M T^2 eta) < eta/(2M)",
                                   .left = eta * eta * (Rational(3, 4) + Rational(M * T * T) * eta),
                                   .relation = Relation::less,
                                   .right = eta / Rational(2 * M)});
          e.comparisons.push_back(
              {.label = "E f(x_{K+1}) - f(x_0) <= -C eta M sum E|grad f(x_k)|^2 + variance",
               .left = descent / all,
               .right = -C * eta * Rational(M) * gradients / all + noise,
               .instance = Object().add("h", h).add("M", M).add("T", T).add("eta", eta).add("noise", z).add("C", C)});
        }
  return e;
}

}  // namespace

void register_mean_descent_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "pasgd.equation11",
       .source = "(11), with its constants",
       .statement =
           R"(For Algorithm 1 under Assumption 1 and (a), $\zeta_{k,m}$ with mean zero given the past, $x_k=x_0$ for $k<0$ and every $K\ge0$: $E f(x_{K+1})-f(x_0)\le-\frac{\eta M}2\sum_{k\le K}E\|\nabla f(x_k)\|^2+(\frac{3\eta^2L}2+L^2T^2M\eta^3)\sum_{k\le K}E\|\sum_m\zeta_{k,m}\|^2$)",
       .procedure = [](const Context&) { return with_search(equation11_proof(), expected_descent(Rational(1, 2))); },
       .uses = {"pasgd.lemma6"},
       .note =
           "(11) gives neither C nor the variance terms; this is it with C = 1/2, and for every K, not for large ones "
           "only.",
       .bound = true});
  registry.add({.id = "pasgd.canary.equation11_constant",
                .source = "planted",
                .statement = "(11) with C = 1",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return expected_descent(1); },
                .canary = true});
}

}  // namespace asyncert::pasgd
