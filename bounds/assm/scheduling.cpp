#include "bounds/assm/scheduling.hpp"

#include "lib/square_root.hpp"

namespace asyncert::assm {

namespace {

Ball log_factorial(long n) {
  Ball r;
  arb_lgamma(r.raw(), Ball(Rational(n) + Rational(1)).raw(), PrecisionScope::bits());
  return r;
}

}  // namespace

Value log10_pmin_upper(long N, long M, long b) {
  if (N == 1 && b == M) return 0;
  const Ball subsets = log_factorial(M) - log_factorial(b) - log_factorial(M - b);
  return -(log(Ball(N)) + subsets) / log(Ball(10));
}

Value scheduling_limit(const Rational& a, const Rational& b) {
  const Rational one(1), two(2), to_lower = a * (one - b), to_upper = b * (one - a);
  if (to_lower.sign() == 0) return two;
  const Value root = square_root(to_upper / to_lower);
  if (const auto* s = root.get<Rational>()) return two * (*s - one) / (*s + one);
  const Ball s = *root.get<Ball>();
  // (s-1)/(s+1) = (s^2-1)/(s+1)^2, whose numerator is exact.
  return Ball(two * (to_upper / to_lower - one)) / ((s + 1) * (s + 1));
}

}  // namespace asyncert::assm
