#include "bounds/pasgd/fundamental.hpp"

#include <algorithm>
#include <numeric>

#include "lib/arb.hpp"

namespace asyncert::pasgd {

std::vector<std::pair<long, long>> DelaySchedule::reads(long n, long largest) const {
  if (word == "arith") {
    // The delays repeat with this period in m; beyond `largest`, m jumps to where they wrap around.
    const long modulus = T + 1, period = modulus / std::gcd(3L, modulus);
    std::vector<std::pair<long, long>> r;
    long delay = 7 * n % modulus;
    for (long m = 0; m < std::min(M, period);) {
      if (delay <= largest) r.emplace_back(delay, M / period + (m < M % period ? 1 : 0));
      const long steps = delay + 3 <= largest ? 1 : (modulus - delay + 2) / 3;
      m += steps;
      delay = (delay + 3 * steps) % modulus;
    }
    return r;
  }
  const long delay = word == "constant_T"      ? T
                     : word == "zero_then_max" ? (n < T ? 0 : T)
                     : word == "saw"           ? n % (T + 1)
                                               : 0;
  if (delay > largest) return {};
  return {{delay, M}};
}

std::vector<Rational> fundamental_solution(const DelaySchedule& schedule, const Rational& a, long start, long t) {
  std::vector<Rational> x = {1};
  const Rational share = a / Rational(schedule.M);
  for (long n = start; n < t; ++n) {
    Rational sum;
    for (const auto& [delay, count] : schedule.reads(n, n - start))
      sum += Rational(count) * x[static_cast<std::size_t>(n - delay - start)];
    x.push_back(x.back() + share * sum);
  }
  return x;
}

std::vector<Ball> fundamental_solution_to(const DelaySchedule& schedule, const Rational& a, long t) {
  std::vector<Ball> f(static_cast<std::size_t>(t) + 1);
  f.back() = 1;
  const Ball share(a / Rational(schedule.M));
  for (long n = t - 1; n >= 0; --n) {
    // x(n+1) reads x(n) and, with these weights, x(n - delay).
    const Ball next = f[static_cast<std::size_t>(n + 1)];
    f[static_cast<std::size_t>(n)] += next;
    for (const auto& [delay, count] : schedule.reads(n, n))
      f[static_cast<std::size_t>(n - delay)] += share * Ball(count) * next;
  }
  return f;
}

namespace {

class Polynomial {
 public:
  Polynomial() { arb_poly_init(value_); }
  ~Polynomial() { arb_poly_clear(value_); }
  Polynomial(const Polynomial&) = delete;
  Polynomial& operator=(const Polynomial&) = delete;
  arb_poly_struct* raw() { return value_; }

 private:
  arb_poly_t value_;
};

/// z^{T+1} = z^T + a, from the highest coefficient down; no coefficient is negative, so that nothing cancels.
void reduce(arb_poly_struct* p, long T, const Ball& a) {
  const long bits = PrecisionScope::bits();
  for (long i = arb_poly_length(p) - 1; i > T; --i) {
    arb_ptr c = p->coeffs;
    arb_add(c + i - 1, c + i - 1, c + i, bits);
    arb_addmul(c + i - T - 1, c + i, a.raw(), bits);
  }
  arb_poly_truncate(p, T + 1);
}

Ball by_powers(long T, const Ball& a, long t) {
  const long bits = PrecisionScope::bits();
  Polynomial power;
  arb_poly_one(power.raw());
  for (int bit = 62; bit >= 0; --bit) {
    arb_poly_mul(power.raw(), power.raw(), power.raw(), bits);
    if (t >> bit & 1) arb_poly_shift_left(power.raw(), power.raw(), 1);
    reduce(power.raw(), T, a);
  }
  // f(0, 0) = ... = f(0, T) = 1.
  Ball sum;
  for (long i = 0; i < arb_poly_length(power.raw()); ++i) arb_add(sum.raw(), sum.raw(), power.raw()->coeffs + i, bits);
  return sum;
}

}  // namespace

Ball constant_delay_solution(long T, const Rational& a, long t) {
  if (t / (T + 1) > 20000) return by_powers(T, Ball(a), t);
  Ball sum;
  for (long j = 0; j <= t / (T + 1); ++j) {
    Ball binomial;
    arb_bin_uiui(binomial.raw(), static_cast<ulong>(t - j * T), static_cast<ulong>(j), PrecisionScope::bits());
    sum += binomial * pow(Ball(a), j);
  }
  return sum;
}

}  // namespace asyncert::pasgd
