// The weak recursion, equations (16)-(20): how fast the mean error of one eigendirection falls.
#pragma once

#include "lib/ball.hpp"

namespace asyncert::apsgd {

/// -ln of the largest modulus of the roots of g^{D+1} = a g^D + b (20), for a in [0, 1], any b and a delay of D >= 0
/// updates; infinite where all roots are 0. The paper takes b > 0; b = theta(1 - omega lambda_i) is negative for omega
/// > 1/lambda_i.
///
/// b >= 0: the unique positive root dominates (Cauchy). b < 0: with r(t) = a sin(D t)/sin((D+1) t) on (0, pi/(D+1)) the
/// pair r e^{+-it} dominates if |b| > a^{D+1} D^D/(D+1)^{D+1}, and |b| = r^D a sin t/sin((D+1) t), which increases with
/// t; otherwise the larger of two positive roots does, which lies in [a D/(D+1), a]. As a function of b the modulus
/// falls up to its minimum a D/(D+1) and rises after it. Cost: O(bits) elementary functions.
Ball weak_log_rate(const Rational& a, const Rational& b, long D);

}  // namespace asyncert::apsgd
