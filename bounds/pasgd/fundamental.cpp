#include "bounds/pasgd/fundamental.hpp"

namespace asyncert::pasgd {

long delay_at(const std::string& schedule, long T, long n, long m) {
  if (schedule == "constant_T") return T;
  if (schedule == "zero_then_max") return n < T ? 0 : T;
  if (schedule == "arith") return (7 * n + 3 * m) % (T + 1);
  if (schedule == "saw") return n % (T + 1);
  return 0;
}

std::vector<Rational> fundamental_solution(const std::string& schedule, long T, long M, const Rational& a, long start, long t) {
  std::vector<Rational> x = {1};
  const Rational share = a / Rational(M);
  for (long n = start; n < t; ++n) {
    Rational sum;
    for (long m = 0; m < M; ++m) {
      const long read = n - delay_at(schedule, T, n, m);
      if (read >= start) sum += x[static_cast<std::size_t>(read - start)];
    }
    x.push_back(x.back() + share * sum);
  }
  return x;
}

Ball constant_delay_solution(long T, const Rational& a, long t) {
  Ball sum;
  for (long j = 0; j * (T + 1) <= t; ++j) {
    Ball binomial;
    arb_bin_uiui(binomial.raw(), static_cast<ulong>(t - j * T), static_cast<ulong>(j), PrecisionScope::bits());
    sum += binomial * pow(Ball(a), j);
  }
  return sum;
}

}  // namespace asyncert::pasgd
