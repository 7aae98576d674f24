// Algorithm 3 (DAGD) on f = x^2/2 over [-1,1], exactly or not, with a given read rule.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace asyncert::dasgd {

/// s(n) <= n: the iterate whose gradient arrives at step n.
using ReadRule = std::function<long(long)>;
/// "n" (no delay), "floor(n/2)", "isqrt(n)" or "max(0,n-3)".
ReadRule read_rule(const std::string& name);

/// What a run of N steps leaves.
template <class T>
struct DagdRun {
  T y, x;                ///< y_N and x_N = P(y_N)
  T energy;              ///< E(y_N) with base point 0
  T ergodic;             ///< (5.2): sum of alpha_k x_k over sum of alpha_k, k = 1..N
  T max_gradient_error;  ///< max |b_n| = |x_{s(n)} - x_n| over the steps n = 0..N-1
};

/// y_{n+1} = y_n - alpha_{n+1} x_{s(n)} with alpha_n = c/(n+1), for N >= 1 steps. Cost O(N) operations and memory;
/// exact iterates grow by O(log N) bits a step.
template <class T>
DagdRun<T> dagd_run(const T& c, const T& y0, const ReadRule& read, long N) {
  using std::abs;
  using std::max;
  using std::min;
  const auto project = [](const T& y) { return T(max(T(-1), T(min(T(1), y)))); };
  std::vector<T> x{project(y0)};
  T y = y0, error(0), weighted(0), weights(0);
  for (long n = 0; n < N; ++n) {
    const long from = read(n);
    const T& used = x[static_cast<std::size_t>(from)];
    if (from < n) error = max(error, T(abs(used - x.back())));
    const T next(n + 2);
    y = y - c * used / next;
    x.push_back(project(y));
    weighted = weighted + x.back() / next;
    weights = weights + T(1) / next;
  }
  const T& last = x.back();
  return {y, last, last * last + T(2) * (y - last) * last, weighted / weights, error};
}

}  // namespace asyncert::dasgd
