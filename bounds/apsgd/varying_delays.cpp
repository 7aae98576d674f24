#include "bounds/apsgd/varying_delays.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "bounds/apsgd/rate.hpp"
#include "lib/certified_root.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1);

/// Entry s of a period reads entry `source` of the period `wraps` before.
struct Read {
  long source, wraps;
};

/// q_{t+1} with t + 1 = s + 1 in [1, n] reads q_{s-d}; index i stands for q_{i+1}.
Read read_of(long s, long d, long n) {
  const long wanted = s - d - 1;  // zero-based index of q_{s-d}
  const long wraps = wanted >= 0 ? 0 : (-wanted + n - 1) / n;
  return {wanted + wraps * n, wraps};
}

/// Negative if rho(M(e^{-y})) < 1, positive if it is larger.
Ball excess(const Ball& K1, const Ball& K2, const std::vector<long>& delays, const Ball& y) {
  const long n = static_cast<long>(delays.size());
  std::vector<Ball> a(static_cast<std::size_t>(n * n));  // I - M
  const auto at = [&](long i, long j) -> Ball& { return a[static_cast<std::size_t>(i * n + j)]; };
  for (long s = 0; s < n; ++s) {
    at(s, s) += Ball(1);
    const Read newest = read_of(s, 0, n), delayed = read_of(s, delays[static_cast<std::size_t>(s)], n);
    at(s, newest.source) -= K1 * exp(Ball(newest.wraps) * y);
    at(s, delayed.source) -= K2 * exp(Ball(delayed.wraps) * y);
  }
  for (long k = 0;; ++k) {
    const Ball pivot = at(k, k);
    if (k == n - 1 || !certainly_less(0, pivot)) return -pivot;
    for (long i = k + 1; i < n; ++i) {
      if (arb_is_zero(at(i, k).raw())) continue;
      const Ball factor = at(i, k) / pivot;
      for (long j = k + 1; j < n; ++j)
        if (!arb_is_zero(at(k, j).raw())) at(i, j) -= factor * at(k, j);
    }
  }
}

/// K1 = 0: every entry is K2 times one other, so that a cycle of L reads over k periods grows by K2^{L/k} a period.
Rational exponent_without_newest(const Rational& K2, const std::vector<long>& delays) {
  const long n = static_cast<long>(delays.size());
  std::optional<Rational> best;
  for (long start = 0; start < n; ++start) {
    long at = start, length = 0, periods = 0;
    do {
      const Read r = read_of(at, delays[static_cast<std::size_t>(at)], n);
      at = r.source;
      periods += r.wraps;
      ++length;
    } while (at != start && length <= n);
    if (at != start) continue;  // leads into a cycle that another start finds
    const Rational exponent(length, periods);
    // Below 1 the slowest decay has the smallest exponent, above 1 the fastest growth the largest.
    if (!best || (K2 < one ? exponent < *best : *best < exponent)) best = exponent;
  }
  return *best;
}

Ball power(const Rational& x, const Rational& exponent) {
  return exponent.is_integer() ? pow(Ball(x), exponent.to_long()) : pow(Ball(x), Ball(exponent));
}

}  // namespace

VaryingDelays varying_delays(const Rational& K1, const Rational& K2, const std::vector<long>& delays) {
  if (K1.sign() < 0) throw DomainError("K1", K1.to_decimal(17), "K1 >= 0");
  if (K2.sign() < 0) throw DomainError("K2", K2.to_decimal(17), "K2 >= 0");
  if (delays.empty()) throw DomainError("delays", "[]", "at least one delay");
  const long n = static_cast<long>(delays.size()), longest = *std::max_element(delays.begin(), delays.end());
  const long shortest = *std::min_element(delays.begin(), delays.end());
  if (shortest < 0) throw DomainError("delays", std::to_string(shortest), "integers >= 0");
  const Rational sum = K1 + K2;
  if (K2.sign() == 0 || sum == one) {
    const Rational growth = sum == one ? one : pow(K1, n);
    return {growth, growth, growth, false, false};
  }
  if (K1.sign() == 0) {
    const Rational growth = exponent_without_newest(K2, delays), outer(n, longest + 1);
    Rational product;
    for (const long d : delays) product += Rational(1, d + 1);
    const auto larger = [&](const Rational& bound) { return K2 < one ? growth < bound : bound < growth; };
    return {power(K2, growth), power(K2, product), power(K2, outer), larger(product), larger(outer)};
  }
  std::map<long, Ball> log_rates;
  Ball product;
  for (const long d : delays) {
    auto found = log_rates.find(d);
    if (found == log_rates.end()) found = log_rates.emplace(d, negative_log_root(K1, K2, Rational(d))).first;
    product += found->second;
  }
  const Ball outer = Ball(n) * log_rates.at(longest);
  if (shortest == longest) return {exp(-outer), exp(-outer), exp(-outer), false, false};
  // Per update q shrinks by at most K1 + K2 < 1 (grows by at most K1 + K2 > 1).
  const Ball end = Ball(-n) * log(Ball(sum)) * 2;
  const auto f = [&](const Ball& y) { return excess(Ball(K1), Ball(K2), delays, y); };
  const Ball growth =
      sum < one ? certified_root(f, Ball(0), end.upper_end()) : certified_root(f, end.lower_end(), Ball(0));
  return {exp(-growth), exp(-product), exp(-outer), decide_less(growth, product), decide_less(growth, outer)};
}

}  // namespace asyncert::apsgd
