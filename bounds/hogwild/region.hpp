// Where the condition of Lemmas 2 and 5 can be met: the largest step size, and the interval of rho for a given one.
#pragma once

#include <optional>
#include <vector>

#include "bounds/hogwild/lemma2.hpp"
#include "lib/real_roots.hpp"
#include "lib/roots.hpp"

namespace asyncert::hogwild {

/// Which form of the condition: 1/D <= rho with D = 1 - eta - C eta (tau+1) L^2 S(rho), C = 9 as printed or 1, which
/// the coefficients of the proof allow; or the scale-free 1/(1 - eta L S(s)) <= s with s = sqrt(rho).
enum class Condition { printed, one, sharp };

/// The condition reads 1 - 1/r >= eta (slope + weight S(r)), with r = rho, or r = s in the scale-free form.
template <class T>
struct ConditionTerms {
  T slope, weight;
};
template <class T>
ConditionTerms<T> condition_terms(Condition condition, const T& L, long tau) {
  if (condition == Condition::sharp) return {T(0), L};
  return {T(1), T(condition == Condition::printed ? 9 : 1) * T(tau + 1) * L * L};
}

/// The step size that just meets the condition at r = 1 + t, t >= 0.
template <class T>
T step_cap(Condition condition, const T& L, long tau, const T& t) {
  const auto [slope, weight] = condition_terms(condition, L, tau);
  return t / ((T(1) + t) * (slope + weight * geometric_sum_from_excess(t, tau)));
}

/// The t at which `step_cap` is largest; empty for tau = 0, where the supremum is not attained.
///
/// The derivative has the sign of slope/weight + 1 + 2K - tau r^{tau+1}, which decreases for r > 1.
template <class T>
std::optional<T> best_t(Condition condition, const T& L, long tau) {
  if (tau == 0) return std::nullopt;
  const auto [slope, weight] = condition_terms(condition, L, tau);
  const T a = slope / weight;
  const auto falling = [&](const T& t) {
    // r^{tau+1} = 1 + t S, and K = S - 1.
    return geometric_sum_from_excess(t, tau) * (T(tau) * t - T(2)) + (T(tau + 1) - a);
  };
  return crossing_from_zero(falling, T(1) / T(tau + 1));
}

/// The supremum of admissible step sizes.
template <class T>
T largest_step(Condition condition, const T& L, long tau) {
  if (const std::optional<T> t = best_t(condition, L, tau)) return step_cap(condition, L, tau, *t);
  const auto [slope, weight] = condition_terms(condition, L, tau);
  return T(1) / (slope + weight);
}

/// The interval of r = 1 + t that admits a step size; a missing upper end is infinite.
template <class T>
struct RhoInterval {
  T t_min;
  std::optional<T> t_max;
};

/// The interval without delay, where the condition is linear: empty where the step is too large.
template <class T>
std::optional<RhoInterval<T>> undelayed_rho_interval(Condition condition, const T& L, const T& eta) {
  const auto [slope, weight] = condition_terms(condition, L, 0);
  const T used = eta * (slope + weight);
  if (!decide_less(used, T(1))) return std::nullopt;
  return RhoInterval<T>{used / (T(1) - used), std::nullopt};
}

/// The relative distance from the largest step below which doubles do not solve for rho: a root so close to another one
/// keeps less than half of their digits.
inline constexpr double near_largest_step = 0x1p-20;

/// Empty where the step is too large. Throws `Undecided` where the precision does not tell it from the largest one, and
/// in double also close to that.
template <class T>
std::optional<RhoInterval<T>> rho_interval(Condition condition, const T& L, long tau, const T& eta) {
  if (tau == 0) return undelayed_rho_interval(condition, L, eta);
  const auto [slope, weight] = condition_terms(condition, L, tau);
  const T top = middle(*best_t(condition, L, tau)), largest = step_cap(condition, L, tau, top);
  if constexpr (std::same_as<T, double>)
    if (std::abs(largest - eta) <= near_largest_step * eta) throw Undecided("a step close to the largest one");
  if (decide_less(largest, eta)) return std::nullopt;
  // r D - 1 is concave in r, negative at r = 1, positive at the best r, negative for large r.
  const auto excess = [&, slope = slope, weight = weight](const T& t) {
    return t - eta * (T(1) + t) * (slope + weight * geometric_sum_from_excess(t, tau));
  };
  const auto missing = [&](const T& t) { return T(-excess(t)); };
  return RhoInterval<T>{crossing(excess, T(0), top),
                        crossing(missing, top, doubled_until_positive(missing, T(top * T(2))))};
}

/// The r > 1 at which the condition holds with equality, in increasing order: none, two, or a double one where the step
/// size is exactly the largest one. They are the positive roots of r - 1 - eta r (slope + weight S(r)), whose
/// coefficients change their signs twice at most. None also for delays above 64 updates. Cost: a factorisation.
std::vector<RealRoot> ends_of_r(Condition condition, const Rational& L, long tau, const Rational& eta);

/// The best r = 1 + t, where it is rational and the delay at most 64 updates. Cost: a factorisation.
std::optional<Rational> rational_best_r(Condition condition, const Rational& L, long tau);

/// `rho_interval` for rational inputs, where also a step is decided that is exactly the largest one.
template <class T>
std::optional<RhoInterval<T>> rho_interval_of(Condition condition, const Rational& L, long tau, const Rational& eta) {
  if (tau == 0) {
    const auto exact = undelayed_rho_interval(condition, L, eta);
    if (!exact) return std::nullopt;
    return RhoInterval<T>{from_rational<T>(exact->t_min), std::nullopt};
  }
  try {
    return rho_interval(condition, from_rational<T>(L), tau, from_rational<T>(eta));
  } catch (const Undecided&) {
    if constexpr (std::same_as<T, Ball>) {
      const std::vector<RealRoot> ends = ends_of_r(condition, L, tau, eta);
      if (ends.size() == 1 && ends[0].multiplicity == 2) return RhoInterval<Ball>{ends[0].value - 1, ends[0].value - 1};
    }
    throw;
  }
}

}  // namespace asyncert::hogwild
