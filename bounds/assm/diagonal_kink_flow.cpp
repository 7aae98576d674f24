#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/rational_powers.hpp"
#include "lib/errors.hpp"
#include "lib/roots.hpp"

namespace asyncert::assm {

namespace {

/// On one side of x = y the inclusion is x' = (X - x)/(2 ubar_1), y' = (Y - y)/(2 ubar_2).
struct Targets {
  Rational X, Y;
};

Targets targets(Problem problem, int side) {
  const Rational s(side);
  if (problem == Problem::P04) return {Rational(-2) * s, Rational(2) * s};
  return side > 0 ? Targets{-1, 1} : Targets{5, -5};
}

enum class Motion { side, sliding };

struct Phase {
  Ball start;
  Motion motion;
  int side;  ///< sign of x - y in a side phase
  Ball x, y;
};

class Flow {
 public:
  Flow(Problem problem, const InitialValueProblem& p) : problem_(problem), u1_(p.ubar[0]), u2_(p.ubar[1]) {}

  std::pair<Ball, Ball> at(const Phase& phase, const Ball& elapsed) const {
    if (phase.motion == Motion::sliding) {
      const Ball t = phase.x * exp(-elapsed / (u1_ + u2_));
      return {t, t};
    }
    const Targets to = targets(problem_, phase.side);
    return {Ball(to.X) + (phase.x - Ball(to.X)) * exp(-elapsed / (Ball(2) * u1_)),
            Ball(to.Y) + (phase.y - Ball(to.Y)) * exp(-elapsed / (Ball(2) * u2_))};
  }

  /// The time from the start of a side phase to x = y: |x - y| tends to a negative number and has at most one critical
  /// point, so that it changes sign once.
  Ball duration(const Phase& phase) const {
    const auto gap = [&](const Ball& s) {
      const auto [x, y] = at(phase, s);
      return phase.side > 0 ? y - x : x - y;
    };
    return crossing_from_zero(gap, Ball(1));
  }

  /// What happens at x = y = t: the velocity of x - y on a side decides whether the solution leaves into it.
  Phase from_kink(const Ball& start, const Ball& t) const {
    for (const int side : {1, -1}) {
      const Targets to = targets(problem_, side);
      const Ball outward = Ball(side) * ((Ball(to.X) - t) * u2_ - (Ball(to.Y) - t) * u1_);
      if (decide_less(Ball(0), outward)) return {start, Motion::side, side, t, t};
    }
    return {start, Motion::sliding, 0, t, t};
  }

 private:
  Problem problem_;
  Ball u1_, u2_;
};

/// Whether a side phase from a rational point ends at (t, t): e^{s/(2 ubar_i)} is rational there for both i.
bool ends_at(const Rational& t, const Targets& to, const Point& start, const Point& ubar) {
  if (to.X == t || to.Y == t) return false;
  const Rational p = (to.X - start[0]) / (to.X - t), q = (to.Y - start[1]) / (to.Y - t), one(1);
  return one < p && one < q && powers_equal(p, ubar[0], q, ubar[1]);
}

/// Where a side phase from a rational point ends, if that is one of the points whose enclosure decides nothing: the
/// origin, at which a sliding solution rests, and the edges of the sliding part, at which the velocity of one side
/// points along the kink.
std::optional<Rational> delicate_end(Problem problem, int side, const Point& start, const Point& ubar) {
  std::vector<Rational> points = {0};
  if (!(ubar[0] == ubar[1]))
    for (const int edge : {1, -1}) {
      const Targets to = targets(problem, edge);
      points.push_back((to.X * ubar[1] - to.Y * ubar[0]) / (ubar[1] - ubar[0]));
    }
  for (const Rational& t : points)
    if (ends_at(t, targets(problem, side), start, ubar)) return t;
  return std::nullopt;
}

/// The same decision as `from_kink` in exact arithmetic, for a rational point of the kink, where a velocity may vanish.
Phase exact_from_kink(Problem problem, const Ball& start, const Rational& t, const Point& ubar) {
  for (const int side : {1, -1}) {
    const Targets to = targets(problem, side);
    const Rational outward = Rational(side) * ((to.X - t) * ubar[1] - (to.Y - t) * ubar[0]);
    if (outward.sign() > 0) return {start, Motion::side, side, t, t};
  }
  return {start, Motion::sliding, 0, t, t};
}

}  // namespace

Trajectory diagonal_kink_flow(Problem problem, const InitialValueProblem& p) {
  const Flow flow(problem, p);
  const Rational &x0 = p.x0[0], &y0 = p.x0[1];
  Trajectory r;
  std::vector<Phase> phases;
  if (x0 == y0) {
    r.hit_time.emplace(Rational(0));
    phases.push_back(exact_from_kink(problem, Ball(0), x0, p.ubar));
  } else {
    phases.push_back({Ball(0), Motion::side, y0 < x0 ? 1 : -1, x0, y0});
  }
  while (phases.back().motion != Motion::sliding) {
    const Phase& phase = phases.back();
    const Ball duration = flow.duration(phase), time = phase.start + duration;
    if (!r.hit_time) r.hit_time.emplace(time);
    const std::optional<Rational> end =
        phases.size() == 1 ? delicate_end(problem, phase.side, p.x0, p.ubar) : std::nullopt;
    phases.push_back(end ? exact_from_kink(problem, time, *end, p.ubar)
                         : flow.from_kink(time, flow.at(phase, duration).first));
  }
  for (const Rational& time : p.times) {
    std::size_t k = 0;
    while (k + 1 < phases.size() && decide_less_equal(phases[k + 1].start, Ball(time))) ++k;
    const auto [x, y] = flow.at(phases[k], Ball(time) - phases[k].start);
    r.x.push_back({x, y});
  }
  return r;
}

}  // namespace asyncert::assm
