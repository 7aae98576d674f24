// The fundamental solution f(t0, t) of the delayed recursion of Section 4: exact for any schedule of delays.
#pragma once

#include <string>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// Delay of worker m's gradient at step n: "zero", "constant_T", "zero_then_max" (0 for n < T, then T), "arith"
/// ((7n + 3m) mod (T+1)) or "saw" (n mod (T+1)).
long delay_at(const std::string& schedule, long T, long n, long m);

/// f(start, start), ..., f(start, t): x(n+1) = x(n) + (a/M) sum_m x(n - tau_{n,m}), x(start) = 1 and 0 before. Exact.
std::vector<Rational> fundamental_solution(const std::string& schedule, long T, long M, const Rational& a, long start, long t);

/// sum_j C(t - jT, j) a^j: f(0, t) where every delay is T, the smallest over all delays up to T.
Ball constant_delay_solution(long T, const Rational& a, long t);

}  // namespace asyncert::pasgd
