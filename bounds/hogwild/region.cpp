#include "bounds/hogwild/region.hpp"

#include "lib/roots.hpp"

namespace asyncert::hogwild {

namespace {

/// The coefficient of eta S in 1 - 1/r = eta (constant + coefficient S), and the constant.
Rational coefficient(Condition condition, const Rational& L, long tau) {
  if (condition == Condition::sharp) return L;
  return Rational(condition == Condition::printed ? 9 : 1) * Rational(tau + 1) * L * L;
}
Rational constant(Condition condition) { return condition == Condition::sharp ? 0 : 1; }

}  // namespace

Ball step_cap(Condition condition, const Rational& L, long tau, const Ball& t) {
  const Ball r = t + 1;
  return t / (r * (Ball(constant(condition)) + Ball(coefficient(condition, L, tau)) * geometric_sum(r, tau)));
}

std::optional<Ball> best_t(Condition condition, const Rational& L, long tau) {
  if (tau == 0) return std::nullopt;
  const Ball a(constant(condition) / coefficient(condition, L, tau));
  const auto minus_G = [&](const Ball& t) {
    const Ball r = t + 1;
    return Ball(tau) * pow(r, tau + 1) - Ball(2) * delayed_sum(r, tau) - a - 1;
  };
  return crossing_from_zero(minus_G, Ball(Rational(1, tau + 1)));
}

Ball largest_step(Condition condition, const Rational& L, long tau) {
  if (tau == 0) return Ball(Rational(1) / (constant(condition) + coefficient(condition, L, tau)));
  return step_cap(condition, L, tau, *best_t(condition, L, tau));
}

std::optional<RhoInterval> rho_interval(Condition condition, const Rational& L, long tau, const Rational& eta) {
  return rho_interval(condition, L, tau, Ball(eta));
}

std::optional<RhoInterval> rho_interval(Condition condition, const Rational& L, long tau, const Ball& eta) {
  const Ball slope(constant(condition)), weight(coefficient(condition, L, tau));
  if (tau == 0) {
    const Ball used = eta * (slope + weight);
    if (!decide_less(used, Ball(1))) return std::nullopt;
    return RhoInterval{used / (Ball(1) - used), std::nullopt};
  }
  Ball top = *best_t(condition, L, tau);
  if (decide_less(step_cap(condition, L, tau, top), eta)) return std::nullopt;
  arb_get_mid_arb(top.raw(), top.raw());
  // r D - 1 is concave in r, negative at r = 1, positive at the best r, negative for large r.
  const auto excess = [&](const Ball& t) {
    const Ball r = t + 1;
    return t - eta * r * (slope + weight * geometric_sum(r, tau));
  };
  Ball far = top * 2;
  while (!certainly_less(excess(far), 0)) far = far * 2;
  return RhoInterval{crossing(excess, Ball(0), top), crossing([&](const Ball& t) { return -excess(t); }, top, far)};
}

}  // namespace asyncert::hogwild
