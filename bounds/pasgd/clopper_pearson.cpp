#include "bounds/pasgd/clopper_pearson.hpp"

#include "lib/statistics.hpp"

namespace asyncert::pasgd {

Rational exact_binomial_tail(long k, long n, const Rational& p) {
  const Rational rest = Rational(1) - p;
  if (rest.sign() == 0) return 1;
  // sum_{i >= k} C(n, i) p^i (1-p)^{n-i}, by Horner's rule in the odds p/(1-p).
  const Rational odds = p / rest;
  Rational sum = 1, factor = pow(odds, k) * pow(rest, n);
  for (long i = n - 1; i >= k; --i) sum = Rational(1) + sum * odds * Rational(n - i, i + 1);
  for (long i = 0; i < k; ++i) factor *= Rational(n - i, i + 1);
  return factor * sum;
}

bool certifies_at_least(const Rational& p, long k, long n, const Rational& alpha) {
  const Rational level = alpha / Rational(2);
  if (n <= 1000) return exact_binomial_tail(k, n, p) <= level;
  return k > 0 && decide_less_equal(binomial_upper_tail(k, n, Ball(p)), Ball(level));
}

}  // namespace asyncert::pasgd
