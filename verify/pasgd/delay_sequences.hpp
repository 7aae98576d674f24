// All delay sequences of a few steps, and the fundamental solution of each as a polynomial in a: what holds coefficient
// by coefficient holds for every a >= 0.
//
// One gradient a step suffices: with M of them, f(i, j) is the expectation over a delay drawn uniformly from the step's
// M, independently from step to step, and every inequality here is linear in each step or a product over disjoint
// steps.
#pragma once

#include <algorithm>
#include <vector>

namespace asyncert::pasgd {

/// Coefficients from the constant term on; they count paths.
using Polynomial = std::vector<long>;

inline Polynomial shifted_sum(const Polynomial& x, const Polynomial& read) {  // x + a read
  Polynomial r = x;
  r.resize(std::max(x.size(), read.size() + 1));
  for (std::size_t i = 0; i < read.size(); ++i) r[i + 1] += read[i];
  return r;
}

inline Polynomial product(const Polynomial& x, const Polynomial& y) {
  Polynomial r(x.size() + y.size() - 1);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) r[i + j] += x[i] * y[j];
  return r;
}

inline void add_to(Polynomial& sum, const Polynomial& x) {
  sum.resize(std::max(sum.size(), x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) sum[i] += x[i];
}

/// The smallest coefficient of x - y (zeros beyond both ends not counted).
inline long smallest_coefficient_of_difference(const Polynomial& x, const Polynomial& y) {
  long least = x.front() - y.front();
  for (std::size_t i = 1; i < std::max(x.size(), y.size()); ++i)
    least = std::min(least, (i < x.size() ? x[i] : 0) - (i < y.size() ? y[i] : 0));
  return least;
}

/// f(start, start), f(start, start + 1), ..., f(start, t) for the delays of steps 0, ..., t-1.
inline std::vector<Polynomial> solution(const std::vector<long>& delays, long start) {
  std::vector<Polynomial> f = {{1}};
  for (long n = start; n < static_cast<long>(delays.size()); ++n) {
    const long read = n - delays[static_cast<std::size_t>(n)];
    f.push_back(read >= start ? shifted_sum(f.back(), f[static_cast<std::size_t>(read - start)]) : f.back());
  }
  return f;
}

/// Calls `visit` with each of the (T+1)^t sequences of t delays.
template <class Visit>
void for_each_delay_sequence(long T, long t, Visit&& visit) {
  std::vector<long> delays(static_cast<std::size_t>(t), 0);
  for (;;) {
    visit(delays);
    std::size_t i = 0;
    while (i < delays.size() && delays[i] == T) delays[i++] = 0;
    if (i == delays.size()) return;
    ++delays[i];
  }
}

}  // namespace asyncert::pasgd
