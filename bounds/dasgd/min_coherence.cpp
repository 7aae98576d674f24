#include "bounds/dasgd/min_coherence.hpp"

#include <optional>
#include <vector>

#include "bounds/dasgd/projections.hpp"
#include "lib/real_roots.hpp"

namespace asyncert::dasgd {

namespace {

struct Candidate {
  std::optional<Rational> exact;  // of the value; then both coordinates are rational
  Ball value;
  Value x1, x2;
};

Candidate at(const Rational& x1, const Rational& x2) {
  const Rational v = rosenbrock_coherence(x1, x2);
  return {v, Ball(v), x1, x2};
}

bool less(const Candidate& a, const Candidate& b) {
  return a.exact && b.exact ? *a.exact < *b.exact : decide_less(a.value, b.value);
}

/// The minimiser of V(x1, .) over [lower, upper].
Rational best_second(const Rational& x1, const Rational& lower, const Rational& upper) {
  return clip(Rational((Rational(3) * x1 * x1 - Rational(2) * x1 + Rational(1)) / Rational(2)), lower, upper);
}

/// Stationary points of V(., x2) inside (lower, upper).
void add_edge(const Rational& x2, const Rational& lower, const Rational& upper, std::vector<Candidate>& candidates) {
  const Rational c0 = Rational(400) * x2 - Rational(4), c1 = Rational(404) - Rational(1200) * x2, c2(-1200), c3(1600);
  for (const RealRoot& root : real_roots({c0, c1, c2, c3})) {
    if (root.exact) {
      if (lower < *root.exact && *root.exact < upper) candidates.push_back(at(*root.exact, x2));
    } else if (decide_less(Ball(lower), root.value) && decide_less(root.value, Ball(upper))) {
      candidates.push_back({std::nullopt, rosenbrock_coherence(root.value, Ball(x2)), root.value, x2});
    }
  }
}

}  // namespace

CoherenceMinimum min_coherence(const Rational& lower, const Rational& upper) {
  const Rational one(1);
  std::vector<Candidate> candidates;
  for (const Rational& x1 : {lower, upper}) candidates.push_back(at(x1, best_second(x1, lower, upper)));
  for (const Rational& x2 : {lower, upper}) add_edge(x2, lower, upper, candidates);
  // Stationary inside: (x1-1)(2 - 100(x1-1)^2) = 0 at the best x2. Where (x1-1)^2 = 1/50 the value is a maximum along
  // the best x2.
  if (lower <= one && one <= upper) candidates.push_back(at(one, one));
  const Candidate* best = &candidates.front();
  for (const Candidate& c : candidates)
    if (&c != best && less(c, *best)) best = &c;
  return {best->exact ? Value(*best->exact) : Value(best->value), best->x1, best->x2};
}

}  // namespace asyncert::dasgd
