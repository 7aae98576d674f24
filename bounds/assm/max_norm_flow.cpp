#include <optional>

#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/rational_powers.hpp"
#include "lib/roots.hpp"

namespace asyncert::assm {

namespace {

/// |x| and |y| where |x| > |y| (signs never change there): |x| = 1 + (a-1) e^{s/u}, |y| = b e^{s/v}.
struct Region {
  Ball a, b, u, v;
  std::pair<Ball, Ball> at(const Ball& s) const { return {Ball(1) + (a - 1) * exp(s / u), b * exp(s / v)}; }
  /// Negative until |x| = |y|.
  Ball deficit(const Ball& s) const {
    const auto [larger, smaller] = at(s);
    return smaller - larger;
  }
};

/// When |x| = |y| is reached from a > b >= 0, if ever: the gap 1 + (a-1) e^{s/u} - b e^{s/v} has at most one critical
/// point.
std::optional<Ball> time_to_diagonal(const Rational& a, const Rational& b, const Rational& u, const Rational& v) {
  const Region region{a, b, u, v};
  const auto deficit = [&](const Ball& s) { return region.deficit(s); };
  const Rational one(1);
  if (a >= one && b.sign() == 0) return std::nullopt;
  if (a > one && v == u && a - one >= b) return std::nullopt;
  if (a > one && v > u) {
    // |x| wins in the end; |y| catches up before only if the gap is negative where it is least.
    const Rational ratio = b * u / ((a - one) * v);
    if (ratio <= one) return std::nullopt;
    const Ball least = log(Ball(ratio)) / (Ball(one / u) - Ball(one / v));
    if (!decide_less(Ball(0), deficit(least))) return std::nullopt;
    return crossing(deficit, Ball(0), least);
  }
  return crossing_from_zero(deficit, Ball(1));
}

/// Whether |x| > |y| first meet at this level, where both exponentials are rational and the gap is falling.
bool first_meets_at(const Rational& level, const Rational& a, const Rational& b, const Rational& u, const Rational& v) {
  const Rational one(1);
  if (a == one || b.sign() == 0) return false;
  const Rational p = (one - level) / (one - a), q = level / b;
  return one < p && one < q && (a - one) * p / u < b * q / v && powers_equal(p, u, q, v);
}

/// Sliding |x| = |y| = t: t' = (2t-1)/(u+v).
Ball slide(const Ball& t, const Ball& elapsed, const Ball& total) {
  return Ball(Rational(1, 2)) + (t - Ball(Rational(1, 2))) * exp(Ball(2) * elapsed / total);
}

}  // namespace

Trajectory max_norm_flow(const InitialValueProblem& p) {
  const Rational half(1, 2), one(1), ax = abs(p.x0[0]), ay = abs(p.x0[1]), total = p.ubar[0] + p.ubar[1];
  const std::size_t large = ax < ay ? 1 : 0;  // the coordinate of larger modulus at the start
  const Rational &a = large == 0 ? ax : ay, &b = large == 0 ? ay : ax;
  const std::optional<Ball> meeting =
      a == b ? std::optional<Ball>(Ball(0)) : time_to_diagonal(a, b, p.ubar[large], p.ubar[1 - large]);
  Trajectory r;
  if (meeting) r.hit_time.emplace(a == b ? Value(0) : Value(*meeting));
  const Region before{a, b, p.ubar[large], p.ubar[1 - large]};
  // Sliding needs t <= edge; the solution leaves into the region of the coordinate with the smaller mean time.
  const std::size_t quick = p.ubar[0] < p.ubar[1] ? 0 : 1;
  const Rational difference = abs(p.ubar[0] - p.ubar[1]);
  std::optional<Rational> edge;
  if (difference.sign() != 0) edge = max(p.ubar[0], p.ubar[1]) / difference;
  // The levels 1/2 and edge decide what follows: a meeting point that is rational, or on one of them, is known exactly.
  std::optional<Rational> exact;
  if (a == b) exact = b;
  for (const Rational& level : {half, edge.value_or(half)})
    if (!exact && meeting && first_meets_at(level, a, b, p.ubar[large], p.ubar[1 - large])) exact = level;
  const Ball met = exact ? Ball(*exact) : meeting ? before.at(*meeting).second : Ball(b);
  const auto meets_below = [&](const Rational& level) {
    return exact ? *exact < level : decide_less(met, Ball(level));
  };

  const auto after_meeting = [&](const Ball& elapsed) -> std::pair<Value, Value> {  // (quick coordinate, other one)
    if (edge && !(exact ? *exact <= *edge : decide_less(met, Ball(*edge)))) {
      const auto [x, y] = Region{met, met, p.ubar[quick], p.ubar[1 - quick]}.at(elapsed);
      return {x, y};
    }
    if (exact == half) return {half, half};
    if (meets_below(half)) {
      if (exact && exact->sign() == 0) return {0, 0};
      const Ball gone = Ball(total / Rational(2)) * -log1p(-(Ball(2) * met));
      if (decide_less_equal(gone, elapsed)) return {0, 0};
    } else if (edge) {
      const Ball leaving = Ball(total / Rational(2)) * log(Ball(*edge - half) / (met - Ball(half)));
      if (decide_less(leaving, elapsed)) {
        const auto [x, y] = Region{*edge, *edge, p.ubar[quick], p.ubar[1 - quick]}.at(elapsed - leaving);
        return {x, y};
      }
    }
    const Ball now = slide(met, elapsed, total);
    return {now, now};
  };
  const auto signed_value = [](const Value& modulus, int sign) -> Value {
    if (sign >= 0) return modulus;
    if (const auto* rational = modulus.get<Rational>()) return -*rational;
    return -*modulus.get<Ball>();
  };
  for (const Rational& time : p.times) {
    Value moduli[2];
    if (!meeting || (a != b && decide_less(Ball(time), *meeting))) {
      const auto [larger, smaller] = before.at(time);
      moduli[large] = larger;
      moduli[1 - large] = smaller;
    } else {
      auto [x, y] = after_meeting(Ball(time) - *meeting);
      moduli[quick] = x;
      moduli[1 - quick] = y;
    }
    r.x.push_back({signed_value(moduli[0], p.x0[0].sign()), signed_value(moduli[1], p.x0[1].sign())});
  }
  return r;
}

}  // namespace asyncert::assm
