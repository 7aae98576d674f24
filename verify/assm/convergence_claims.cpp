// Claims about weak convergence and convergence with probability one.
#include <optional>

#include "bounds/assm/scheduling.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// The modulus of the space D on [0, 2]: the least oscillation over partitions whose gaps are at least delta, of the
/// function that jumps at `jumps` and takes `values` between. Oscillation counts inside the half-open parts, so that
/// cuts are worth making at jumps only.
Rational modulus(const std::vector<Rational>& jumps, const std::vector<Rational>& values, const Rational& delta) {
  std::optional<Rational> least;
  for (unsigned cuts = 0; cuts < (1u << jumps.size()); ++cuts) {
    Rational last_cut, worst, low = values.front(), high = values.front();
    bool wide_enough = true;
    for (std::size_t j = 0; j < jumps.size(); ++j) {
      if (cuts >> j & 1) {
        wide_enough = wide_enough && jumps[j] - last_cut >= delta;
        last_cut = jumps[j];
        low = high = values[j + 1];
      }
      low = min(low, values[j + 1]);
      high = max(high, values[j + 1]);
      worst = max(worst, Rational(high - low));
    }
    wide_enough = wide_enough && Rational(2) - last_cut >= delta;
    if (wide_enough && (!least || worst < *least)) least = worst;
  }
  return *least;
}

/// A_n = indicator of [U, U + 1/n), U uniform on [0,1], here at U = 1/2. At a deterministic tau the increment within s
/// is nonzero only if a jump lies between, which for s -> 0 has a vanishing probability of at most 2s; compactness in D
/// needs small moduli.
Evidence tightness() {
  Evidence e =
      evidence(Coverage::instance,
               "indicator of [U, U+1/n) with U uniform on [0,1]: exact modulus of D at U = 1/2, over all partitions");
  for (const long n : {10L, 100L, 1000L}) {
    const Rational delta(2, n), U(1, 2);
    e.hypotheses.push_back({"P(a jump within s of a fixed tau) <= 2s", true, "U has density 1"});
    compare(e, "modulus of A_n at delta <= 1/2", modulus({U, U + Rational(1, n)}, {0, 1, 0}, delta),
            Relation::less_equal, Rational(1, 2), Object().add("n", n).add("delta", delta).add("U", U));
  }
  return e;
}

/// f_n = indicator of [1 + 1/n, infinity) tends to the indicator of [1, infinity) in D, not uniformly.
Evidence skorohod() {
  Evidence e = evidence(Coverage::instance,
                        "indicators of [1+1/n, inf): a time change of size 1/n matches the jumps, values at t = 1");
  for (const long n : {10L, 1000L, 1000000L}) {
    const Rational jump = Rational(1) + Rational(1, n), at(1);
    const Rational f_n(at < jump ? 0 : 1), f(1);
    compare(e, "sup |f_n - f| on [0, 2] <= distance 1/n in D", abs(f_n - f), Relation::less_equal, Rational(1, n),
            Object().add("n", n).add("t", at));
  }
  return e;
}

/// A_n: independent fair signs on the intervals of length 1/n; A: one fair sign for all times. Both are fair signs at
/// every t.
Evidence laws_at_single_times() {
  Evidence e =
      evidence(Coverage::instance,
               "independent fair signs on [j/n, (j+1)/n), and one fair sign for all times: for every F and t E "
               "F(A_n(t)) = (F(1) + F(-1))/2 = E F(A(t)); enumeration of the signs at t = 0 and t = 1");
  for (const bool constant : {false, true}) {
    Rational product;
    for (const long first : {-1L, 1L})
      for (const long last : {-1L, 1L})
        if (!constant || first == last) product += Rational(first * last, constant ? 2 : 4);
    compare(e, constant ? "E A(0) A(1)" : "E A_n(0) A_n(1)", product, Relation::equal, constant ? 1 : 0,
            Object().add("process", constant ? "A" : "A_n"));
  }
  return e;
}

/// The share of [0, T] that the solution for |x| spends away from 0 is at most ubar |x_0|/T.
Evidence time_fraction_tends_to_one(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample, "closed form of the solution for |x|, three starts, three mean times, T up to 10^12");
  for (const Rational& x0 : {Rational(1, 2), Rational(-3), Rational(100)})
    for (const Rational& ubar : {Rational(1, 3), Rational(1), Rational(5)})
      for (long exponent = 3; exponent <= 12; exponent += 3) {
        const Rational T = pow(Rational(10), exponent);
        compare(e, "1 - fraction <= ubar |x_0|/T", Rational(1) - time_fraction(x0, ubar, Rational(1, 1000), T),
                Relation::less_equal, factor * ubar * abs(x0) / T,
                Object().add("x_0", x0).add("ubar", ubar).add("T", T));
      }
  return e;
}

/// f = log(1 + e^{-x}), one core, no delay, exact gradients: x + e^x = tau/ubar + x_0 + e^{x_0} along (8) with its
/// sign.
Evidence bounded_invariant_set() {
  Evidence e =
      evidence(Coverage::instance,
               "closed form of ubar x' = 1/(1+e^x), x + e^x = tau/ubar + x_0 + e^{x_0}, for the logistic loss of "
               "one sample: from every start it passes every R, as it passes every -R with the printed sign, so "
               "that no bounded set holds a solution; one core, no delay, dtau = 1, |g| <= 1");
  for (const long R : {10L, 100L, 1000L}) {
    const Rational tau = pow(Rational(3), R + 1);
    compare(e, "x(tau) <= R at tau = 3^{R+1}: tau + x_0 + e^{x_0} <= R + e^R", tau + Rational(1), Relation::less_equal,
            Ball(R) + exp(Ball(R)), Object().add("f", "log(1+exp(-x))").add("x_0", 0).add("R", R));
  }
  return e;
}

}  // namespace

void register_convergence_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.theorem3_1.printed",
       .source = "Theorem 3.1",
       .statement =
           R"(Small expected increments after all times $|\tau|\le T$, as printed, make a sequence of processes tight)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return tightness(); },
       .note = "The quoted criterion takes the supremum over stopping times, which the paper does not mention; the "
               "increments after the stopping time U are not small.",
       .no_correction = "The criterion with the supremum over stopping times, which the paper cites, is a theorem of "
                        "the literature and not computed here."});
  registry.add({.id = "assm.skorohod.printed",
                .source = "Section 3.3.1",
                .statement = R"(Convergence in the Skorohod topology is uniform convergence on bounded intervals)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return skorohod(); },
                .note = "Equivalent only where the limit is continuous, as it is here.",
                .no_correction =
                    "The limits of Theorem 3.2 are continuous, and for those convergence in the Skorohod topology is "
                    "uniform on bounded intervals, which is a theorem on a space of functions and not computed here."});
  registry.add(
      {.id = "assm.section3_3_1.weak_convergence",
       .source = "Section 3.3.1, the definition of weak convergence",
       .statement =
           R"($E\,F(A_n(t))\to E\,F(A(t))$ for all $F$ on $\mathbb R^n$ and all $t$, as printed, does not determine the process $A$: independent signs on intervals of length $\frac1n$ meet it for one sign at all times, with $E\,A_n(0)A_n(1)=0$ and $E\,A(0)A(1)=1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return laws_at_single_times(); },
       .note = "F has to act on paths."});
  registry.add(
      {.id = "assm.theorem3_2.time_fraction",
       .source = "Theorem 3.2, last statement",
       .statement = R"(The solution for $|x|$ spends all but a share $\bar u|x_0|/T$ of $[0,T]$ near $0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("the solution is at distance eps at the time ubar(|x_0| - eps): an identity of degree "
                             "one in each variable, T times the share, where eps <= |x_0| and T >= ubar |x_0|")
                     .identity(
                         "T (1 - fraction) = ubar |x_0| - ubar eps",
                         {{"x_0", 1, 10}, {"ubar", 1, 1}, {"eps", 1, 1}, {"T", 1, 100}},
                         [](const asyncert::Point& p) {
                           return p[3] * (Rational(1) - time_fraction(p[0], p[1], p[2], p[3]));
                         },
                         [](const asyncert::Point& p) { return p[1] * p[0] - p[1] * p[2]; }),
                 time_fraction_tends_to_one(1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.theorem3_2.bounded_invariant_set.printed",
       .source = "Theorem 3.2, last statement, for the logistic loss of Section 3.3.3",
       .statement =
           R"(Under Assumptions 3.1-3.4 there is a bounded invariant set of (8), near which $\hat x^\sigma$ spends nearly all of its time: here in some $[-R,R]$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return bounded_invariant_set(); },
       .note = "Bounded iterates are a hidden assumption, which losses of separable data do not meet: their minimum is "
               "not attained, and the iterates go to infinity.",
       .no_correction = "Bounded iterates have to be assumed; for |x|, where they are, assm.theorem3_2.time_fraction "
                        "has the statement."});
  registry.add({.id = "assm.canary.time_fraction_tenth",
                .source = "planted",
                .statement = R"(The solution for $|x|$ is away from $0$ for at most $\bar u|x_0|/(10T)$ of the time)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return time_fraction_tends_to_one(Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
