// Claims on longer and on varying delays, (27), (28) and Lemmas 5 and 6.
#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "bounds/apsgd/varying_delays.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2);

/// With G = g^{delta_a}, t = g^delta and s = g^{delta_a - delta} in [0,1] as free variables: s p_delta(g) -
/// p_{delta_a}(g) = K2 (1 - s).
Evidence lemma5() {
  Certificate e(
      "identities in g, t = g^delta, s = g^(delta_a - delta), K1, K2, hence for all real delays; so p_delta >= 0 at "
      "the root of p_delta_a if that is at most 1; and (72), whose right side is not positive for K1 <= g <= 1");
  e.identity(
      "p_delta_a(g) - p_delta(g) = t (g - K1)(s - 1), (72)", {{"g", 1}, {"t", 1}, {"s", 1}, {"K1", 1}, {"K2", 1}},
      [](const Point& v) { return (v[1] * v[2] * (v[0] - v[3]) - v[4]) - (v[1] * (v[0] - v[3]) - v[4]); },
      [](const Point& v) { return v[1] * (v[0] - v[3]) * (v[2] - one); });
  e.identity(
      "s p_delta(g) - p_delta_a(g) = K2 (1 - s)", {{"g", 1}, {"t", 1}, {"s", 1}, {"K1", 1}, {"K2", 1}},
      [](const Point& v) { return v[2] * (v[1] * (v[0] - v[3]) - v[4]) - (v[1] * v[2] * (v[0] - v[3]) - v[4]); },
      [](const Point& v) { return v[4] * (one - v[2]); });
  e.nonnegative("1 - s", {{"s", zero, one}}, [](const Point& v) { return one - v[0]; });
  return e;
}

/// The order of the growth factors for two delays.
Evidence delay_order(const RateParameters& p, const Rational& shorter, const Rational& longer) {
  Evidence e;
  e.method = "enclosures of both growth factors";
  const Recursion r = recursion(p);
  e.comparisons.push_back({.label = "rho(delta) <= rho(delta_a)",
                           .left = exp(-negative_log_root(r, shorter)),
                           .relation = Relation::less_equal,
                           .right = exp(-negative_log_root(r, longer)),
                           .instance = Object()
                                           .add("theta", p.theta)
                                           .add("omega", p.omega)
                                           .add("lambda_min", p.lambda_min)
                                           .add("lambda_max", p.lambda_max)
                                           .add("delta", shorter)
                                           .add("delta_a", longer)
                                           .add("K1", r.K1)
                                           .add("K2", r.K2)});
  return e;
}

/// Growth over a period against one of the two bounds of (28).
Evidence growth_over_period(const Rational& K1, const Rational& K2, const std::vector<long>& delays, bool outer) {
  Evidence e;
  e.method = "enclosure of the growth factor of (25) over the period";
  const VaryingDelays v = varying_delays(K1, K2, delays);
  e.comparisons.push_back({.label = outer ? "growth <= rho(delta_a)^n" : "growth <= prod rho(delta_i)",
                           .left = v.period_growth,
                           .relation = Relation::less_equal,
                           .right = outer ? v.outer_bound : v.product_bound,
                           .instance = Object().add("K1", K1).add("K2", K2).add("delays", Value(delays))});
  return e;
}

/// Halanay's step of the outer bound: C G (K1 + K2 g^{-d}) <= C G (K1 + K2 g^{-delta_a}) in free variables.
Evidence lemma6_outer() {
  Certificate e(
      "induction q_s <= C g^s (s <= t) => q_{t+1} <= C g^{t+1} for g = rho(delta_a) <= 1 and nonnegative K1, K2: with "
      "G = g^delta_a, s = g^(delta_a - d) in [0,1] it is K1 G + K2 s <= K1 G + K2 = g G; identity in G, s, K1, K2");
  e.identity(
      "(K1 G + K2) - (K1 G + K2 s) = K2 (1 - s)", {{"K1", 1}, {"K2", 1}, {"G", 1}, {"s", 1}},
      [](const Point& v) { return (v[0] * v[2] + v[1]) - (v[0] * v[2] + v[1] * v[3]); },
      [](const Point& v) { return v[1] * (one - v[3]); });
  e.nonnegative("1 - s", {{"s", zero, one}}, [](const Point& v) { return one - v[0]; });
  return e;
}

/// E|x|^2 of Algorithm 1 itself, one Kaczmarz coordinate with lambda = 1/2, delays (1, 0, 0, 3) in every unit of time:
/// from equal iterates it is halved exactly at theta = omega = 1, whatever the product of the rho(delta_i).
Evidence lemma6_second_moment(const Rational& theta, const Rational& omega, int units, bool outer) {
  Evidence e;
  e.method = "exact second moments of the iteration with delays 1, 0, 0, 3 over " + std::to_string(units) +
             " units of time, one coordinate, lambda = 1/2, theta = " + theta.to_string() +
             ", omega = " + omega.to_string();
  const std::vector<long> delays = {1, 0, 0, 3};
  const Rational lambda(1, 2);
  const Reformulation s = bernoulli_coordinate(lambda);
  RationalMatrix C = equal_moments(4);
  const Recursion k = recursion(RateParameters{theta, omega, lambda, lambda, Rational(3)});
  const VaryingDelays v = varying_delays(k.K1, k.K2, delays);
  for (int unit = 1; unit <= units; ++unit) {
    for (const long d : delays) C = updated_moments(s, theta, omega, d, C);
    e.comparisons.push_back(
        {.label = "E|x|^2 after " + std::to_string(unit) + " units <= (" + (outer ? "rho(3)^4" : "prod rho(delta_i)") +
                  ")^units |x_0|^2",
         .left = C(0, 0),
         .relation = Relation::less_equal,
         .right = pow(outer ? v.outer_bound : v.product_bound, static_cast<long>(unit)),
         .instance =
             Object().add("delays", Value(delays)).add("theta", theta).add("omega", omega).add("lambda", lambda)});
  }
  return e;
}

}  // namespace

void register_delay_claims(ClaimRegistry& registry) {
  registry.add({.id = "apsgd.lemma5",
                .source = "Lemma 5, (27), (72), corrected",
                .statement = R"($\delta\le\delta_a\Rightarrow\rho(\delta)\le\rho(\delta_a)$ where $K_1+K_2\le1$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return lemma5(); }});
  registry.add(
      {.id = "apsgd.lemma5.printed",
       .source = "Lemma 5, (27), as stated",
       .statement = R"($\delta\le\delta_a\Rightarrow\rho(\delta)\le\rho(\delta_a)$ for all $\theta,\omega$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             return delay_order({Rational(1, 2), Rational(7, 2), Rational(1, 2), Rational(9, 10), one}, one, two);
           },
       .note = "Where K1 + K2 > 1 the growth factor exceeds 1 and falls with the delay; the lemma needs K1 + K2 <= 1.",
       .instead = "apsgd.lemma5"});
  registry.add({.id = "apsgd.lemma6.printed",
                .source = "Lemma 6, (28), first inequality",
                .statement = R"($\rho_a\le\prod_i\rho(\delta_i)$)",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      return growth_over_period(zero, Rational(1, 2), {1, 0, 0, 3}, false);
                    },
                .note = "The slow worker overwrites the fast one's updates; a product of factors of different "
                        "recursions bounds nothing.",
                .instead = "apsgd.lemma6.outer"});
  registry.add({.id = "apsgd.lemma6.second_moment.printed",
                .source = "Lemma 6, (28), for Algorithm 1",
                .statement = R"($E\|x\|^2$ falls by $\prod_i\rho(\delta_i)$ a unit of time)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma6_second_moment(one, one, 3, false); },
                .instead = "apsgd.lemma6.second_moment"});
  registry.add(
      {.id = "apsgd.lemma6.optimum.printed",
       .source = "Lemma 6, (28), near the paper's optimum",
       .statement =
           R"($E\|x\|^2$ falls by $\prod_i\rho(\delta_i)$ a unit of time at $\omega=2$, $\theta\approx\theta_2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return lemma6_second_moment(Rational(31, 100), two, 12, false); },
       .instead = "apsgd.lemma6.second_moment"});
  registry.add(
      {.id = "apsgd.lemma6.second_moment",
       .source = "Lemma 6, (28), corrected, for Algorithm 1",
       .statement =
           R"($E\|r_t\|^2\le\rho(\delta_a)^t\|r_0\|^2$ for Algorithm 1 from $x_0$, every exact system, any delays $\delta\le\min(t,\delta_a)$ that do not depend on the sketches, and an independent sketch for every job, where $K_1+K_2\le1$)",
       .procedure =
           [](const Context&) {
             return with_search(lemma6_outer(), lemma6_second_moment(Rational(31, 100), two, 12, true));
           },
       .uses = {"apsgd.theorem5", "apsgd.remark6"},
       .note = "(21) holds with the delay of every update, so that the induction of apsgd.lemma6.outer applies to "
               "E|r_t|^2 itself, from C = |r_0|^2 on. The sketch of an update is in no earlier one, so that it is "
               "independent of the iterates. Delays that depend on sketches break it (apsgd.algorithm1.tougher_job).",
       .bound = true});
  registry.add({.id = "apsgd.lemma6.outer",
                .source = "Lemma 6, (28), corrected",
                .statement = R"($\rho_a\le\rho(\delta_a)^{\delta_a}$ where $K_1+K_2\le1$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return lemma6_outer(); },
                .note = "Halanay's induction; nothing else of the paper uses the product."});
  registry.add({.id = "apsgd.canary.unstable_outer",
                .source = "planted",
                .statement = R"($\rho_a\le\rho(\delta_a)^n$ although $K_1+K_2>1$)",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      return growth_over_period(Rational(1, 2), Rational(7, 10), {1, 0, 3}, true);
                    },
                .canary = true});
}

}  // namespace asyncert::apsgd
