#include "bounds/pasgd/clopper_pearson.hpp"
#include "bounds/pasgd/lemma3.hpp"
#include "bounds/pasgd/quantities.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/errors.hpp"
#include "lib/statistics.hpp"

namespace asyncert::pasgd {

namespace {

Object limits(const Inputs& in) {
  const long k = in.integer("successes"), n = in.integer("n");
  const Rational alpha = in.rational("alpha");
  Object o;
  o.add("lower", k == 0 ? Value(0) : Value(clopper_pearson_lower(k, n, alpha)));
  o.add("upper", k == n ? Value(1) : Value(clopper_pearson_upper(k, n, alpha)));
  return o.add("certifies_ge_1_24", certifies_at_least(Rational(1, 24), k, n, alpha));
}

Object lemma3_failure(const Inputs& in) {
  const Ball fails = lemma3_failure_probability(in.integer("n"), in.rational("iota")),
             allowed = exp(-Ball(in.rational("iota")));
  return Object().add("prob_fails", fails).add("allowed", allowed).add("violated", decide_less(allowed, fails));
}

template <class T>
Object theorem5_counterexample(const Inputs& in) {
  using std::exp;
  const T M = in.number<T>("M"), iota = in.number<T>("iota"), d = in.number<T>("d"), chance = exp(-iota);
  const T fails_12 = linear_failure_probability(T(10), M, iota, d),
          fails_34 = linear_failure_probability(T(2), M, iota, d);
  Object o;
  o.add("prob_eq12_fails", fails_12).add("allowed_eq12", T(2) * chance);
  o.add("prob_eq34_fails", fails_34).add("allowed_eq34", chance);
  return o.add("violated_eq12", decide_less(T(2) * chance, fails_12));
}

}  // namespace

void register_probabilities_quantities(QuantityRegistry& registry) {
  // No version in double: the limits are inverse incomplete beta functions of up to 10^12 trials, which double keeps no
  // digits of by the usual continued fraction; and certifies_ge_1_24 is a decision.
  registry.add({
      .name = "pasgd.clopper_pearson",
      .summary = "Clopper-Pearson limits of a probability, and whether they certify the 1/24 of Theorem 7.",
      .source = "Theorem 7, measured",
      .parameters = {integer("successes", "x", "events seen").at_least(0),
                     integer("n", "n", "trials").at_least(1).at_most(1'000'000'000'000),
                     real("alpha", "\\alpha", "error probability, half on either side").above(0).below(1)},
      .outputs = {"lower: lower limit", "upper: upper limit", "certifies_ge_1_24: lower >= 1/24"},
      .validate =
          [](const Inputs& in) {
            if (in.rational("n") < in.rational("successes"))
              throw DomainError("successes", in.rational("successes").to_decimal(17),
                                "successes <= n = " + in.rational("n").to_decimal(17));
          },
      .enclosed = limits,
  });

  registry.add({
      .name = "pasgd.lemma3_failure",
      .summary =
          "Probability that Lemma 3 with c = 4 fails under the extremal law P(|X| >= t) = min(1, 2 exp(-t^2/2)).",
      .source = "Lemma 3",
      .parameters = {integer("n", "n", "number of terms").at_least(1).at_most(1'000'000'000'000),
                     real("iota", "\\iota", "confidence exponent").at_least(0)},
      .outputs = {"prob_fails: probability of failure", "allowed: e^{-iota}", "violated: prob_fails > allowed"},
      .enclosed = lemma3_failure,
  });

  registry.add({
      .name = "pasgd.lemma3_smallest_c",
      .summary = "The smallest constant with which Lemma 3 holds for all n and iota.",
      .source = "Lemma 3",
      .outputs = {"c: root of 1 + ln(1 - 2/c) - (2/c) ln 2"},
      .enclosed = [](const Inputs&) { return Object().add("c", lemma3_smallest_constant()); },
  });

  registry.add({
      .name = "pasgd.theorem5_counterexample",
      .summary = "Probability that (12) and (34) fail on a linear objective with exact gradients.",
      .source = "Theorem 5, (12), (34)",
      .parameters = {integer("M", "M", "gradients in one step").at_least(1),
                     real("iota", "\\iota", "confidence exponent").above(0), integer("d", "d", "dimension").at_least(1),
                     real("L", "L", "zero: the objective is linear").at_least(0).at_most(0)},
      .outputs = {"prob_eq12_fails: at n g^2 = (8/5) c sigma^2 iota/M", "allowed_eq12: 2 e^{-iota}",
                  "prob_eq34_fails: at n g^2 = 8 c sigma^2 iota/M", "allowed_eq34: e^{-iota}",
                  "violated_eq12: whether (12) fails too often"},
      .enclosed = theorem5_counterexample<Ball>,
      .floating = theorem5_counterexample<double>,
  });
}

}  // namespace asyncert::pasgd
