// Where the condition of Lemmas 2 and 5 can be met: the largest step size, and the interval of rho for a given one.
#pragma once

#include <optional>

#include "bounds/hogwild/lemma2.hpp"

namespace asyncert::hogwild {

/// Which form of the condition: 1/D <= rho with D = 1 - eta - C eta (tau+1) L^2 S(rho), C = 9 as printed or 1, which the
/// coefficients of the proof allow; or the scale-free 1/(1 - eta L S(s)) <= s with s = sqrt(rho).
enum class Condition { printed, one, sharp };

/// The step size that just meets the condition at rho = (1+t) (for `sharp` at s = 1+t), t > 0.
Ball step_cap(Condition condition, const Rational& L, long tau, const Ball& t);

/// The t at which `step_cap` is largest; empty for tau = 0, where the supremum is not attained.
///
/// The derivative has the sign of G = a + 1 + 2K - tau r^{tau+1}, with a = 1/(C (tau+1) L^2) or 0, which decreases for r > 1.
std::optional<Ball> best_t(Condition condition, const Rational& L, long tau);

/// The supremum of admissible step sizes.
Ball largest_step(Condition condition, const Rational& L, long tau);

/// The interval of rho that admits `eta`; a missing upper end is infinite.
struct RhoInterval {
  Ball t_min;                 ///< rho_min - 1 (or s_min - 1)
  std::optional<Ball> t_max;  ///< rho_max - 1
};
/// Empty where the step is too large. Throws `Undecided` where the precision does not tell it from the largest one.
std::optional<RhoInterval> rho_interval(Condition condition, const Rational& L, long tau, const Rational& eta);

/// The same for an enclosed step size.
std::optional<RhoInterval> rho_interval(Condition condition, const Rational& L, long tau, const Ball& eta);

}  // namespace asyncert::hogwild
