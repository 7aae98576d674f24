// Planted falsehoods, one or more for each kind of check: each must be caught.
#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/lemma3.hpp"
#include "bounds/pasgd/saddle.hpp"
#include "bounds/pasgd/theorem5.hpp"
#include "lib/subdivision.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/delay_sequences.hpp"
#include "verify/pasgd/settings.hpp"

namespace asyncert::pasgd {

namespace {

void plant(ClaimRegistry& registry, const char* name, const char* statement, Evidence (*procedure)(),
           Verdict expected = Verdict::refuted) {
  registry.add({.id = std::string("pasgd.canary.") + name,
                .source = "planted",
                .statement = statement,
                .expected = expected,
                .procedure = [procedure](const Context&) { return procedure(); },
                .canary = true});
}

/// Identity with a flipped sign: r(1+r)^T = a.
Evidence flipped_exponent() {
  const Rational a(1, 10);
  const Ball r = exp(-negative_log_rate(a, 5));
  return single(
      {.label = "r (1+r)^{-T} = a", .left = r * exp(Ball(-5) * log1p(r)), .relation = Relation::equal, .right = a},
      "planted: the sign of the exponent");
}

/// A bound below a certified lower bound of the true quantity.
Evidence bound_below_truth() {
  return single({.label = "f(0,30) <= (1+r)^{20}",
                 .left = fundamental_solution({"constant_T", 10, 1}, Rational(1, 10), 0, 30).back(),
                 .right = exp(Ball(20) * log1p(exp(-negative_log_rate(Rational(1, 10), 10))))},
                "planted: the lower bound used as an upper one");
}

/// A dropped factor in a rate, over a domain: subdivision must find a point.
Evidence dropped_factor() {
  const auto predicate = [](const std::vector<Ball>& x) {
    return compare_less_equal(one_step_rate(x[0], Ball(3)), corollary21_rate(x[0], Ball(3)) * Ball(Rational(9, 8)));
  };
  return certify_on_box(
      {{"a", Rational(1, 1000), 1}}, predicate,
      [](const std::vector<Rational>& x) {
        return Comparison{.label = "a (1+a)^{-T} <= (9/8) a e^{-(T+1)a}",
                          .left = one_step_rate(Ball(x[0]), Ball(3)),
                          .right = corollary21_rate(Ball(x[0]), Ball(3)) * Ball(Rational(9, 8))};
      },
      "planted: true near a = 0 only");
}

/// An index shifted in the enumeration: f(0,t) against f_T(t+1).
Evidence shifted_index() {
  long least = 1;
  const std::vector<long> slow(5, 2);
  const auto below = solution(slow, 0);
  for_each_delay_sequence(2, 5, [&](const std::vector<long>& delays) {
    const auto f = solution(delays, 0);
    for (std::size_t t = 0; t < 5; ++t) least = std::min(least, smallest_coefficient_of_difference(f[t], below[t + 1]));
  });
  return single(
      {.label = "0 <= least coefficient of f(0,t) - f_T(0,t+1)", .left = Rational(0), .right = Rational(least)},
      "planted: one step too far", Coverage::domain);
}

/// The delay T + 1 in a schedule that is bounded by T: slower than the slowest.
Evidence longer_delay() {
  return single({.label = "f_T(0,8) <= f_{T+1}(0,8)",
                 .left = fundamental_solution({"constant_T", 2, 1}, 1, 0, 8).back(),
                 .right = fundamental_solution({"constant_T", 3, 1}, 1, 0, 8).back()},
                "planted: a hypothesis on the delays broken");
}

/// A probability that is too small by a factor of two.
Evidence halved_probability() {
  return single({.label = "P(|Z| >= 1/3) <= 2/3", .left = Ball(2) * normal_tail(Ball(1) / 3), .right = Rational(2, 3)},
                "planted: Lemma 17 reversed");
}

/// Lemma 3 with a constant below the smallest one, at a large n.
Evidence smaller_constant() {
  return single({.label = "ln P(sum >= 4(n+iota)) <= -iota",
                 .left = log(lemma3_failure_probability(3000, 990)),
                 .right = Rational(-990)},
                "planted: c = 4 at n = 3000");
}

/// The least constant of Lemma 3, rounded down.
Evidence rounded_constant() {
  return single({.label = "c <= 4.1229", .left = lemma3_smallest_constant(), .right = Rational(41229, 10000)},
                "planted: rounded down");
}

/// (a) with 2T^2 replaced by T^2 on its boundary.
Evidence weaker_condition() {
  const Rational w(12), T(10);
  Evidence e = single(
      {.label = "0 < w^2 - 3w/2 - 2T^2", .left = Rational(0), .relation = Relation::less, .right = condition_a(w, T)},
      "planted: T^2 in place of 2T^2");
  e.hypotheses.push_back(
      {.statement = "w^2 - 3w/2 - T^2 > 0", .realised = (w * w - Rational(3, 2) * w - T * T).sign() > 0});
  return e;
}

/// The smaller root of (7) passed off as u.
Evidence smaller_root() {
  return single({.label = "u <= 1", .left = feasible_settings().front().constants().u, .right = Rational(1)},
                "planted: the smaller root of (7) is below 1");
}

/// Lipschitz constant lambda_max + 2B^2: the term 2xx' counted once.
Evidence lipschitz_too_small() {
  const Rational x(141, 100), y(140, 100), L(5);
  return single(
      {.label = "|grad f(x) - grad f(y)| <= 5 |x - y|", .left = x + x * x * x - y - y * y * y, .right = L * (x - y)},
      "planted: lambda_max + 2B^2");
}

/// A claim whose hypothesis no run met.
Evidence hypothesis_not_met() {
  Evidence e = single({.label = "0 <= 1", .left = Rational(0), .right = Rational(1)}, "planted: no delay occurred");
  e.hypotheses.push_back({.statement = "some delay is at least 1", .realised = false});
  return e;
}

/// A bound that holds for every probability.
Evidence trivial_bound() {
  Evidence e =
      single({.label = "P <= 1", .left = normal_tail(Ball(1)), .right = Rational(1)}, "planted: a bound above 1");
  e.trivially_true = true;
  return e;
}

/// An equality of two enclosed numbers that agree to forty digits only.
Evidence nearly_equal() {
  const Ball x = lambert_w(Ball(1)), y = x + Ball(Rational(1) / pow(Rational(10), 40));
  return single({.label = "W(1) = W(1) + 1e-40", .left = x, .relation = Relation::equal, .right = y},
                "planted: too close for a double");
}

}  // namespace

void register_canaries(ClaimRegistry& registry) {
  plant(registry, "flipped_exponent", R"($r(1+r)^{-T}=a$)", flipped_exponent);
  plant(registry, "bound_below_truth", R"($f(0,t)\le(1+r)^{t-T}$)", bound_below_truth);
  plant(registry, "dropped_factor", R"($a(1+a)^{-T}\le\frac98ae^{-(T+1)a}$ on $[0.001,1]$)", dropped_factor);
  plant(registry, "shifted_index", R"($f(0,t)\ge f_T(0,t+1)$)", shifted_index);
  plant(registry, "longer_delay", R"(A delay of $T+1$ is no slower than $T$)", longer_delay);
  plant(registry, "halved_probability", R"($P(|Z|\ge 1/3)\le 2/3$)", halved_probability);
  plant(registry, "lemma3_at_large_n", R"(Lemma 3 with $c=4$ at $n=3000$)", smaller_constant);
  plant(registry, "lemma3_constant_rounded_down", R"($c\le 4.1229$)", rounded_constant);
  plant(registry, "condition_a_weakened", R"(Condition (a) from $w^2-\frac32w-T^2>0$)", weaker_condition);
  plant(registry, "smaller_root", R"(The smallest admissible $u$ is at most 1)", smaller_root);
  plant(registry, "lipschitz_too_small", R"($L=\lambda_{\max}+2B^2$)", lipschitz_too_small);
  plant(registry, "nearly_equal", R"($W(1)=W(1)+10^{-40}$)", nearly_equal);
  plant(registry, "hypothesis_not_met", R"(A true inequality under a delay that did not occur)", hypothesis_not_met,
        Verdict::vacuous);
  plant(registry, "trivial_bound", R"(A probability is at most 1)", trivial_bound, Verdict::vacuous);
}

}  // namespace asyncert::pasgd
