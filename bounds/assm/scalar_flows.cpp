#include "bounds/assm/differential_inclusion.hpp"

namespace asyncert::assm {

namespace {

/// x' = (target - x)/ubar from `from` after `elapsed`.
Ball relaxed(const Ball& target, const Ball& from, const Ball& elapsed, const Ball& ubar) {
  return target + (from - target) * exp(-elapsed / ubar);
}

}  // namespace

Trajectory lasso_flow(const InitialValueProblem& start, const Rational& b, const Rational& lambda) {
  // Mirrored so that the start is positive, or zero and about to grow if it moves at all.
  const Rational &x0 = start.x0[0], &u = start.ubar[0];
  const bool mirrored = x0.sign() < 0 || (x0.sign() == 0 && b.sign() < 0);
  const Rational size = abs(x0), c = mirrored ? -b : b, sign(mirrored ? -1 : 1);
  const Rational target = c - lambda, beyond = c + lambda;
  Trajectory r;
  const bool hits = size.sign() > 0 && target.sign() < 0, at_kink = size.sign() == 0;
  const Ball hit = hits ? Ball(u) * log1p(Ball(-(size / target))) : Ball(0);
  if (hits) r.hit_time.emplace(hit);
  if (at_kink) r.hit_time.emplace(Rational(0));
  for (const Rational& time : start.times) {
    Value x;
    if (at_kink && target.sign() <= 0) {
      x = 0;
    } else if (!hits || decide_less(Ball(time), hit)) {
      x = Ball(sign) * relaxed(target, size, time, u);
    } else if (beyond.sign() >= 0) {
      x = 0;
    } else {
      x = Ball(sign) * relaxed(beyond, 0, Ball(time) - hit, u);
    }
    r.x.push_back({x});
  }
  return r;
}

Trajectory phase_retrieval_flow(const InitialValueProblem& start) {
  const Rational &x0 = start.x0[0], &u = start.ubar[0], size = abs(x0), one(1);
  const Ball two(2);
  Trajectory r;
  const bool hits = size.sign() > 0;
  const Ball hit = size == one || !hits ? Ball(0) : abs(log(Ball(size))) * Ball(u) / two;
  if (hits) r.hit_time.emplace(size == one ? Value(0) : Value(hit));
  for (const Rational& time : start.times) {
    if (!hits || size == one) {
      r.x.push_back({x0});
    } else if (decide_less(Ball(time), hit)) {
      r.x.push_back({Ball(x0) * exp(two * Ball(size < one ? time : -time) / Ball(u))});
    } else {
      r.x.push_back({Rational(x0.sign())});
    }
  }
  return r;
}

}  // namespace asyncert::assm
