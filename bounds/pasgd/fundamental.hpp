// The fundamental solution f(t0, t) of the delayed recursion of Section 4, for any schedule of delays.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// The delays tau_{n,m} of M gradients in step n: "zero", "constant_T", "zero_then_max" (0 for n < T, then T), "arith"
/// ((7n + 3m) mod (T+1)) or "saw" (n mod (T+1)).
struct DelaySchedule {
  std::string word;
  long T, M;

  /// Delay and number of gradients for each delay of step n that is at most `largest`. Cost O(1), for "arith"
  /// O(largest).
  std::vector<std::pair<long, long>> reads(long n, long largest) const;
};

/// f(start, start), ..., f(start, t): x(n+1) = x(n) + (a/M) sum_m x(n - tau_{n,m}), x(start) = 1 and 0 before. Exact.
std::vector<Rational> fundamental_solution(const DelaySchedule& schedule, const Rational& a, long start, long t);

/// f(0, t), ..., f(t, t) at one end t by one pass of the adjoint recursion; cost that of a single solution.
std::vector<Ball> fundamental_solution_to(const DelaySchedule& schedule, const Rational& a, long t);

/// f(0, t) where every delay is T, the smallest over all delays up to T: sum_j C(t - jT, j) a^j, or the t-th power
/// modulo the characteristic polynomial where that sum is long. Domain: t / (T+1) <= 20000 or T <= 100000.
Ball constant_delay_solution(long T, const Rational& a, long t);

}  // namespace asyncert::pasgd
