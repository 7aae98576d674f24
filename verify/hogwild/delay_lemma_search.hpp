// Searches over everything that delayed reads may miss, shared by the claims on Lemmas 2 and 3.
#pragma once

#include <string>
#include <vector>

#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/delay_setting.hpp"

namespace asyncert::hogwild {

/// The largest ratio of two moments over all patterns of reads, on the quadratic.
struct Worst {
  Rational ratio;
  Comparison comparison = {.label = "nothing was searched", .left = 1, .right = 0};
  long patterns = 0;
};

/// The largest left(m, t)/right(m, t) of the moments m after t updates, over all patterns of reads that see or miss
/// whole updates. Cost: exponential in `steps` and in the delay.
template <class Left, class Right>
Evidence worst_over_reads(const Setting& s, bool noisy, long steps, const std::string& label, Left left, Right right) {
  const auto f = noisy_quadratic<Rational>(s.L, Rational(1, 2) * s.L, noisy);
  Walk<Rational> walk;
  walk.start = {Rational(1)};
  walk.eta = s.eta;
  walk.steps = steps;
  walk.tau = s.tau;
  Worst worst;
  for_each_pattern(s.tau, steps, [&](const std::vector<long>& missed) {
    walk.seen = reads_of(missed);
    const auto m = enumerate(f, walk);
    ++worst.patterns;
    for (std::size_t t = 0; t < static_cast<std::size_t>(steps); ++t) {
      const Rational a = left(m, t), b = right(m, t);
      if (b.sign() <= 0 || a <= worst.ratio * b) continue;
      worst.ratio = a / b;
      List pattern;
      for (const long mask : missed) pattern.push_back(mask);
      worst.comparison = {.label = label,
                          .left = a,
                          .right = b,
                          .instance = Object()
                                          .add("f_i", noisy ? "L w^2/2 +- L w/2" : "L w^2/2")
                                          .add("L", Fraction{s.L})
                                          .add("eta", Fraction{s.eta})
                                          .add("rho", Fraction{s.rho})
                                          .add("tau", s.tau)
                                          .add("t", static_cast<long>(t))
                                          .add("missed_updates_by_read", pattern)};
    }
  });
  worst.comparison.instance.add("patterns_searched", worst.patterns);
  Evidence e = at_instance(
      "exact expectations on quadratics for every pattern of reads that see or miss whole updates; the worst pattern "
      "of each setting is shown",
      std::move(worst.comparison));
  e.coverage = Coverage::sample;
  e.hypotheses.push_back({"the condition holds at eta and rho", admissible(s), ""});
  return e;
}

/// The comparisons and hypotheses of all parts, with the method and the coverage of the first.
inline Evidence together(std::vector<Evidence> parts) {
  Evidence all = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    all.comparisons.insert(all.comparisons.end(), parts[i].comparisons.begin(), parts[i].comparisons.end());
    all.hypotheses.insert(all.hypotheses.end(), parts[i].hypotheses.begin(), parts[i].hypotheses.end());
  }
  return all;
}

/// The lemma at delays of 1 to 3, without noise over many updates and with noise over a few.
inline Evidence every_delay(Condition condition, Evidence (*lemma)(const Setting&, bool, long)) {
  return together({lemma(setting(condition, 1, 1), false, 7), lemma(setting(condition, 2, 1), false, 5),
                   lemma(setting(condition, 3, Rational(1, 10)), false, 4), lemma(setting(condition, 1, 1), true, 4),
                   lemma(setting(condition, 2, Rational(5)), true, 3)});
}

}  // namespace asyncert::hogwild
