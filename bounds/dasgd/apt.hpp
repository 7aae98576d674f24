// The distance between the interpolated iterates and the flow of f = x^2/2, over a window of time: the quantity of
// Definition 4.3.
#pragma once

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::dasgd {

/// sup over 0 <= h <= T of |A(h) - e^{-h}|, where A interpolates y_{n+j}/y_n = (n+1)/(n+j+1), the iterates of alpha_n =
/// 1/(n+1) inside
/// [-1,1], at the times 1/(n+2) + ... + 1/(n+j+1). n >= 0 is an integer of any size.
///
/// e^{-h} - A is not negative and convex on every segment, so that its supremum is at a node or at T. At the nodes it
/// first increases and then decreases, since A/e^{-h} decreases and (n+j+2)(1 - e^{-1/(n+j+2)}) increases in j: the
/// best node is found by bisection, with the times as differences of the digamma function. Cost O(log n) digamma
/// values.
Ball apt_distance(const Rational& n, const Rational& T);

/// The same in double, from differences of digamma(x+1) - ln x that do not cancel, for any n.
double apt_distance(double n, double T);

}  // namespace asyncert::dasgd
