// Step-size laws of real time: condition (5), the steps that are averages over an inter-update interval, Lemma 3.2's
// windows.
#pragma once

#include <cmath>
#include <vector>

#include "lib/ball.hpp"

namespace asyncert::assm {

enum class StepLaw { power, inverse_s_log_s, exponential, inverse_log_s };
enum class HorizonRule { s, log_s, sqrt_s, s_to_four_fifths };

/// T(s) of condition (5), s > 0.
template <class T>
T horizon(HorizonRule rule, const T& s) {
  using std::exp;
  using std::log;
  using std::sqrt;
  switch (rule) {
    case HorizonRule::s:
      return s;
    case HorizonRule::log_s:
      return log(s);
    case HorizonRule::sqrt_s:
      return sqrt(s);
    case HorizonRule::s_to_four_fifths:
      return exp(log(s) * T(4) / T(5));
  }
  return s;
}

/// sup over 0 <= t <= horizon of |gamma(s)/gamma(s+t) - 1|, attained at t = horizon because the laws decrease: gamma(s)
/// is s^-parameter, 1/(s log s), exp(-parameter s) or 1/log s. Domain: s > 0, and s > 1 for the laws with a logarithm.
/// Every term is nonnegative, so that nothing cancels.
template <class T>
T relative_step_change(StepLaw law, const T& parameter, const T& s, const T& horizon) {
  using std::expm1;
  using std::log;
  using std::log1p;
  const T growth = horizon / s;
  switch (law) {
    case StepLaw::power:
      return expm1(parameter * log1p(growth));
    case StepLaw::inverse_s_log_s:
      return growth + (T(1) + growth) * log1p(growth) / log(s);
    case StepLaw::exponential:
      return expm1(parameter * horizon);
    case StepLaw::inverse_log_s:
      return log1p(growth) / log(s);
  }
  return growth;
}

template <class T>
struct IntervalSteps {
  std::vector<T> gamma;  ///< gamma^{k,i}, the mean of gamma(s) over the k-th interval
  std::vector<T> tau;    ///< partial sums of gamma^{k,i} dtau_k
  std::vector<T> t;      ///< partial sums of gamma^{k,i}
};

/// The steps (5) of gamma(s) = gamma0/sqrt(1+s) over consecutive intervals of lengths `dtau` > 0 from `start` >= 0. The
/// partial sums tau are those of the integral, 2 gamma0 (sqrt(1+s) - sqrt(1+start)), written without cancellation.
template <class T>
IntervalSteps<T> interval_average_steps(const T& gamma0, const T& start, const std::vector<T>& dtau) {
  using std::sqrt;
  IntervalSteps<T> r;
  T elapsed(0), t(0);
  for (const T& d : dtau) {
    const T before = sqrt(T(1) + start + elapsed);
    elapsed = elapsed + d;
    const T after = sqrt(T(1) + start + elapsed);
    r.gamma.push_back(T(2) * gamma0 / (before + after));
    t = t + r.gamma.back();
    r.t.push_back(t);
    r.tau.push_back(T(2) * gamma0 * elapsed / (sqrt(T(1) + start) + after));
  }
  return r;
}

}  // namespace asyncert::assm
