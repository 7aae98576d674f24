// Sums of the step laws of Assumption 3: staleness windows, cumulative steps and their limits, for any number of steps.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::dasgd {

/// The step laws of Assumption 3, up to a factor.
enum class StepLaw { harmonic, log, loglog };

/// "1/k", "1/(k log k)" or "1/(k log k loglog k)".
StepLaw step_law(const std::string& name);
/// The first k with a finite and positive step: 1, 2 and 3 (1/(k log k) is infinite at 1, and loglog 2 is negative).
long first_index(StepLaw law);

/// The step at k; k > 1 for `log`, k > e for `loglog`.
template <class T>
T step(StepLaw law, const T& k) {
  using std::log;
  if (law == StepLaw::harmonic) return T(1) / k;
  const T l = log(k);
  return law == StepLaw::log ? T(1) / (k * l) : T(1) / (k * l * log(l));
}

/// The antiderivative's difference between a and a (1 + ratio): log, loglog and logloglog without cancellation.
template <class T>
T step_integral(StepLaw law, const T& a, const T& ratio) {
  using std::log;
  using std::log1p;
  const T first = log1p(ratio);
  if (law == StepLaw::harmonic) return first;
  const T l = log(a), second = log1p(T(first / l));
  return law == StepLaw::log ? second : log1p(T(second / log(l)));
}

/// Sum of the steps over k = s+1..n for integers first_index - 1 <= s <= n of any size, enclosed at the working
/// precision.
///
/// Direct up to about bits/2 terms, then the Euler-Maclaurin formula. The laws are completely monotone (log and loglog
/// are Bernstein functions where they are positive, reciprocals of Bernstein functions and products keep the property),
/// so that the derivatives keep their signs and the remainder is at most the last correction term, which is added to
/// the radius. Cost O(bits^2), whatever n.
Ball step_sum(StepLaw law, const Rational& s, const Rational& n);

/// The same in double, accurate to some units in the last place for s < n up to 1e300.
double step_sum_double(StepLaw law, const Rational& s, const Rational& n);

/// lim_N (sum of the steps from the first index to N) - loglog N for `log`, - logloglog N for `loglog`.
Ball step_sum_constant(StepLaw law);

/// Sum of the squared steps from the first index on, for `log` and `loglog`. The remaining integral is an exponential
/// integral for `log`, and is integrated by Arb with an added bound of its tail for `loglog`.
Ball step_square_sum(StepLaw law);

}  // namespace asyncert::dasgd
