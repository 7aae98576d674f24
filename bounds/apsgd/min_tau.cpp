#include "bounds/apsgd/min_tau.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "lib/bisection.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1), two(2);

/// The integers tau >= 1 at which the asynchronous method does not win: empty, [from, to], or [from, infinity).
struct Losing {
  bool empty = true;
  Rational from;
  std::optional<Rational> to;

  bool contains(const Rational& tau) const { return !empty && from <= tau && (!to || tau <= *to); }
};

Losing intersect(const Losing& x, const Losing& y) {
  if (x.empty || y.empty) return {};
  Losing both{false, max(x.from, y.from), x.to};
  if (y.to && (!both.to || *y.to < *both.to)) both.to = y.to;
  both.empty = both.to && *both.to < both.from;
  return both;
}

/// Where a margin m(tau), for which tau m(tau) is convex, is not positive. `slope` is the limit of the derivative of
/// tau m.
Losing losing_interval(const std::function<Surd(const Rational&)>& m, const Rational& slope) {
  const auto wins = [&](const Rational& tau) { return m(tau).sign() > 0; };
  const auto rises = [&](const Rational& tau) { return compare(tau * m(tau), (tau + one) * m(tau + one)) <= 0; };
  const Rational far = pow(two, 200);
  if (slope.sign() <= 0) {  // tau m decreases
    if (!wins(one)) return {false, one, {}};
    Rational end = two;
    while (wins(end)) {
      end *= two;
      if (far < end) return {};
    }
    return {false, first_true(end / two, end, [&](const Rational& t) { return !wins(t); }), {}};
  }
  Rational lowest = one;  // where tau m is least
  if (!rises(one)) {
    Rational end = two;
    while (!rises(end)) end *= two;
    lowest = first_true(end / two, end, rises);
  }
  if (wins(lowest)) return {};
  Rational end = two * lowest;
  while (!wins(end)) end *= two;
  const Rational to = first_true(lowest, end, wins) - one;
  const Rational from = wins(one) ? first_true(one, lowest, [&](const Rational& t) { return !wins(t); }) : one;
  return {false, from, to};
}

std::vector<Rational> candidate_omegas(const Spectrum& s, Definition definition) {
  const Rational star = s.omega_star();
  if (definition == Definition::printed) return {star};
  if (definition == Definition::equation_61) return {two};
  if (star <= two) return {star};
  return {two, star};
}

Surd margin_at(const Spectrum& s, const Rational& c, const Rational& tau, Definition definition,
               const Rational& omega) {
  const Rational delta = c * tau;
  const Surd cost =
      definition == Definition::printed ? scaled_printed_56(s, delta) : scaled_minimum_bound(s, omega, delta);
  return xi(s, tau) + -cost;
}

/// Limit of the derivative of tau m(tau).
Rational final_slope(const Spectrum& s, Definition definition, const Rational& omega) {
  if (definition != Definition::printed) return s.L - s.l / two - one / (two * omega);
  const Rational k = s.sum(), slope = s.L - (Rational(3) * s.l + s.L) / Rational(4);
  return k == two ? slope - (one + (one - k) * s.l) : slope;
}

Losing losing(const Spectrum& s, const Rational& c, Definition definition) {
  std::optional<Losing> all;
  for (const Rational& omega : candidate_omegas(s, definition)) {
    const Losing here = losing_interval([&](const Rational& tau) { return margin_at(s, c, tau, definition, omega); },
                                        final_slope(s, definition, omega));
    all = all ? intersect(*all, here) : here;
  }
  return *all;
}

MinimumProcessors outside(const Losing& n) {
  MinimumProcessors result;
  const std::optional<Rational> after = n.empty ? std::optional<Rational>(one)
                                        : n.to  ? std::optional(*n.to + one)
                                                : std::nullopt;
  result.first = n.contains(one) ? after : std::optional<Rational>(one);
  result.first_ge2 = n.contains(two) ? after : std::optional<Rational>(two);
  result.always_from = after;
  return result;
}

/// Sign of F_w(R) - R + R g for the best of the two candidates of omega, where g = r^{1/delta} and R = g^delay.
int rate_sign(const Spectrum& s, const Rational& c, const Rational& tau, bool one_less) {
  const Rational r = one - s.l / xi(s, tau), delta = c * tau;
  if (r.sign() == 0) return 0;  // both methods need one unit of time
  if (one_less && delta == one) {
    // Delay 0: rho = K1 + K2 is least at theta = 1 and omega = 1, where it is 1 - lambda_min, as for the basic method.
    return 0;
  }
  int sign = 0;
  escalate_precision("the sign of the rate's margin", [&] {
    const Ball log_g = log(Ball(r)) / Ball(delta), l(s.l), L(s.L);
    const Ball R = one_less ? exp(log_g * Ball(delta - one)) : Ball(r);
    const Ball missing = R * expm1(log_g);
    Ball best = -Ball::infinity();
    for (const Rational& omega : candidate_omegas(s, Definition::rate))
      best = max(best, rate_gain(R, l, L, Ball(omega), omega > two) + missing);
    if (certainly_less(0, best) || certainly_less(best, 0)) {
      sign = certainly_less(0, best) ? 1 : -1;
      return true;
    }
    if (one_less || PrecisionScope::bits() < 512) return false;
    // F = r (1 - r^{1/delta}) in rationals: (1 - F/r)^n = r^m with delta = n/m.
    const Rational largest =
        max(rate_gain(r, s.l, s.L, candidate_omegas(s, Definition::rate).front(), false),
            rate_gain(r, s.l, s.L, candidate_omegas(s, Definition::rate).back(), two < s.omega_star()));
    long m = 1;
    while (!(delta * Rational(m)).is_integer() && m < 64) ++m;
    const Rational n = delta * Rational(m);
    if (!n.is_integer() || Rational(4096) < n) return false;
    return pow(one - largest / r, n.to_long()) == pow(r, m);
  });
  return sign;
}

/// The sign of the rate's margin for all tau in [from, to] at once, by bounds that are monotone in tau; 0 where they
/// leave it open. r and R fall as tau grows, F_w(R) falls with R, and -ln(g) = -ln(r)/delta lies between the quotients
/// of its ends.
int rate_sign_on(const Spectrum& s, const Rational& c, const Rational& from, const Rational& to, bool one_less) {
  const PrecisionScope precision(128 + 2 * static_cast<long>(fmpq_height_bits(s.l.raw())));
  const Ball l(s.l), L(s.L);
  const auto log_r = [&](const Rational& tau) { return log1p(-Ball(s.l / xi(s, tau))); };
  const auto delayed = [&](const Ball& log, const Rational& tau) {
    return exp(one_less ? log * Ball(one - one / (c * tau)) : log);
  };
  const auto gain = [&](const Ball& R) {
    Ball best = -Ball::infinity();
    for (const Rational& omega : candidate_omegas(s, Definition::rate))
      best = max(best, rate_gain(R, l, L, Ball(omega), two < omega));
    return best;
  };
  const Ball largest = log_r(from), least = log_r(to), R_from = delayed(largest, from), R_to = delayed(least, to);
  if (certainly_less(0, gain(R_to) + R_from * expm1(least / Ball(c * from)))) return 1;
  return certainly_less(gain(R_from) + R_to * expm1(largest / Ball(c * to)), 0) ? -1 : 0;
}

/// Looks for the numbers of processors at which the asynchronous rate does not win, whole ranges at a time.
class RateSearch {
 public:
  RateSearch(const Spectrum& s, const Rational& c, bool one_less) : s_(s), c_(c), one_less_(one_less) {}

  void search(const Rational& from, const Rational& to) {
    constexpr long most = 100'000;
    if (++comparisons_ > most)
      throw DomainError("lambda_min", s_.l.to_decimal(17),
                        "large enough that the rates are told apart by " + std::to_string(most) + " comparisons");
    const bool single = from == to;
    const int sign = single ? sign_at(from) : rate_sign_on(s_, c_, from, to, one_less_);
    if (sign < 0 || single) {
      if (sign == 0) ties_.push_back(from);
      if (sign <= 0) lost_.emplace_back(from, to);
    } else if (sign == 0) {
      const Rational middle = middle_integer(from, to);
      search(from, middle);
      search(middle + one, to);
    }
  }

  const std::vector<Rational>& ties() const { return ties_; }
  std::optional<Rational> last_lost() const {
    return lost_.empty() ? std::nullopt : std::optional(lost_.back().second);
  }
  /// The first number from `tau` on at which it was not found to lose.
  Rational first_from(Rational tau) const {
    for (const auto& [from, to] : lost_)
      if (from <= tau && tau <= to) tau = to + one;
    return tau;
  }

 private:
  /// A smaller delay gives no larger growth factor, so that a win with delay delta needs no second look.
  int sign_at(const Rational& tau) const {
    const int sign = rate_sign(s_, c_, tau, false);
    return one_less_ && sign <= 0 ? rate_sign(s_, c_, tau, true) : sign;
  }

  const Spectrum& s_;
  Rational c_;
  bool one_less_;
  long comparisons_ = 0;
  std::vector<Rational> ties_;
  std::vector<std::pair<Rational, Rational>> lost_;  ///< ranges in increasing order
};

MinimumProcessors by_rate(const Spectrum& s, const Rational& c, bool one_less, long scan_limit) {
  const Losing candidates = losing(s, c, Definition::bound);
  MinimumProcessors result = outside({});
  if (candidates.empty) return result;
  if (!candidates.to) result.scanned_to = scan_limit;
  const Rational to = candidates.to ? *candidates.to : Rational(scan_limit);
  RateSearch rates(s, c, one_less);
  if (candidates.from <= to) rates.search(candidates.from, to);
  result.ties = rates.ties();
  const auto smallest_from = [&](const Rational& tau) -> std::optional<Rational> {
    const Rational first = rates.first_from(tau);
    if (!candidates.to && to < first) return std::nullopt;
    return first;
  };
  result.first = smallest_from(one);
  result.first_ge2 = smallest_from(two);
  if (!candidates.to)
    result.always_from.reset();
  else if (const auto last = rates.last_lost())
    result.always_from = *last + one;
  return result;
}

MinimumProcessors against_tight(const Spectrum& s, const Rational& c, long scan_limit) {
  MinimumProcessors result;
  result.scanned_to = scan_limit;
  for (long t = 1; t <= scan_limit; ++t) {
    const Rational tau(t);
    int sign = -1;
    for (const Rational& omega : candidate_omegas(s, Definition::bound))
      sign = std::max(sign, (scaled_tight_synchronous(s, tau) + -scaled_minimum_bound(s, omega, c * tau)).sign());
    if (sign == 0) result.ties.push_back(tau);
    if (sign > 0 && !result.first) result.first = tau;
    if (sign > 0 && t >= 2 && !result.first_ge2) result.first_ge2 = tau;
  }
  return result;
}

}  // namespace

std::optional<Rational> MinimumProcessors::first_weak_ge2() const {
  std::optional<Rational> least = first_ge2;
  for (const Rational& tie : ties)
    if (two <= tie && (!least || tie < *least)) least = tie;
  return least;
}

bool applies(Definition definition, const Spectrum& s) {
  if (definition == Definition::printed) return one <= s.sum();
  if (definition == Definition::equation_61) return s.sum() <= one;
  return true;
}

Surd margin(const Spectrum& s, const Rational& c, const Rational& tau, Definition definition) {
  const Rational omega =
      definition == Definition::bound ? best_omega(s, c * tau) : candidate_omegas(s, definition).front();
  return margin_at(s, c, tau, definition, omega);
}

MinimumProcessors minimum_processors(const Spectrum& s, const Rational& c, Definition definition, long scan_limit) {
  if (!applies(definition, s)) {
    throw DomainError(
        "lambda_min + lambda_max", s.sum().to_decimal(17),
        definition == Definition::printed ? "lambda_min + lambda_max >= 1" : "lambda_min + lambda_max <= 1");
  }
  if (definition == Definition::rate) return by_rate(s, c, false, scan_limit);
  if (definition == Definition::rate_one_less) return by_rate(s, c, true, scan_limit);
  if (definition == Definition::bound_vs_tight) return against_tight(s, c, scan_limit);
  const Losing n = losing(s, c, definition);
  MinimumProcessors result = outside(n);
  // The margin is strictly convex up to the factor tau, so that it can vanish at the ends of an interval only.
  for (const std::optional<Rational>& end : {std::optional(n.from), n.to}) {
    if (!end || !n.contains(*end) || margin(s, c, *end, definition).sign() != 0) continue;
    if (result.ties.empty() || !(result.ties.back() == *end)) result.ties.push_back(*end);
  }
  return result;
}

}  // namespace asyncert::apsgd
