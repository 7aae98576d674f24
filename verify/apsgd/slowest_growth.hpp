// A lower bound of the second moment's growth factor over all dampings and relaxations, certified by subdivision.
#pragma once

#include <vector>

#include "lib/ball.hpp"
#include "lib/claim.hpp"
#include "lib/subdivision.hpp"

namespace asyncert::apsgd {

/// What decides that the growth factor z of E|r_t|^2 of the asynchronous method has z^updates >= factor, for commuting
/// sketches with the given eigenvalues in (0, 1], not all 1, and the constant delay D >= 1. Domain of factor: (0, 1).
///
/// A coordinate is r_{t+1} = (1-theta) r_t + theta(1 - omega P) r_{t-D} with P = 1 with probability lambda. With s =
/// theta omega, z_0 = factor^{1/updates}, A = (1-theta) z_0^{-1/2}, B = (theta - s lambda) z_0^{-(D+1)/2}, q = s^2
/// lambda(1-lambda) z_0^{-D-1} and the impulse response h of x_{j+1} = A x_j + B x_{j-D}, z >= z_0 exactly where the
/// mean's factor is, or where q sum h_j^2 >= 1. So any of these is enough for one coordinate, on a box of (A, B):
///   q >= 1, as h_0 = 1;
///   the mean's polynomial x^{D+1} - A x^D - B has a root outside of the open unit disc: A + B >= 1; |B| >= 1; A >= 1 +
///   1/D, as the root A D/(D+1) of the derivative lies in the hull of its roots; or, for B < 0, A >=
///   sin((D+1)t)/sin(Dt) and -B >= sin(t)/sin(Dt) with an angle t in (0, pi/(D+1)). With both equal e^{it} is a root,
///   and the bounds move opposite ways with t, so that for a larger A a smaller t has the first equal; and for fixed A,
///   r and |B| of weak.hpp increase with the angle, so that the root r e^{it} has r >= 1;
///   the closed form of 1/sum h_j^2, which holds where the sum converges, is at most q.
class GrowthRules {
 public:
  GrowthRules(std::vector<Rational> lambda, long D, const Rational& factor, long updates);

  /// Of a box of A and of B of the last coordinate: yes where all its dampings and relaxations omega >= 0 have
  /// z^updates >= factor (or it holds none), no for a point that has not, else unknown.
  Ternary decide(const std::vector<Ball>& box) const;
  /// A is at most this for theta in [0, 1]; |B| > 1 is decided at once.
  Rational largest_a() const;

  struct Point {
    Rational theta, omega;
  };
  /// theta > 0 and omega of exact A and B; omega = -1 where theta is not positive.
  Point at(const Ball& a, const Ball& b) const;
  /// exp(-updates y) of the slowest coordinate, by the exact second moments.
  Ball growth(const Point& p) const;
  /// A and B of the last coordinate.
  std::vector<Ball> place(const Ball& theta, const Ball& omega) const;

 private:
  Ball damping(const Ball& a) const;
  Ball product(const Ball& a, const Ball& b) const;
  Ball response(const Ball& a, const Ball& b, const Rational& x) const;
  Ball noise(const Ball& s, const Rational& x) const;
  bool coordinate_decides(const Ball& a, const Ball& b, const Rational& x) const;

  std::vector<Rational> lambda_;
  long D_, updates_;
  Rational last_;
  Ball y_, half_, full_;  ///< -log z_0, z_0^{-1/2}, z_0^{-(D+1)/2}
};

/// Evidence that for every theta in [0, 1] and omega >= 0 the growth factor has z^updates >= factor: the rules on
/// boxes. Where 20,000 of them do not tell, some 1,500 points are tried for one that falls faster before all 200,000.
Evidence slowest_growth(const std::vector<Rational>& lambda, long D, const Rational& factor, long updates);

/// The same for one theta in (0, 1] and every omega in [least, largest], 0 <= least <= largest.
Evidence slowest_growth_at(const std::vector<Rational>& lambda, long D, const Rational& factor, long updates,
                           const Rational& theta, const Rational& least, const Rational& largest);

}  // namespace asyncert::apsgd
