#include "bounds/pasgd/growth.hpp"

#include "lib/roots.hpp"

namespace asyncert::pasgd {

Ball lambert_w(const Ball& z) {
  Ball w;
  arb_lambertw(w.raw(), z.raw(), 0, PrecisionScope::bits());
  return w;
}

Ball negative_log_rate(const Rational& a, const Rational& n) {
  if (n.sign() == 0) return -log(Ball(a));
  // q lies between a exp(-n a) and a; with y = -ln q the excess is y - n log1p(e^{-y}) + ln a, which increases in y.
  const Ball log_a = log(Ball(a));
  const auto excess = [&](const Ball& y) { return y - Ball(n) * log1p(exp(-y)) + log_a; };
  return crossing(excess, (-log_a).lower_end(), (Ball(n * a) - log_a).upper_end());
}

namespace {

/// Newton's method on l = ln x for an excess that increases and is convex in l, given with its slope; stops when a step
/// is so small that the next one would be below eps.
template <class Excess>
double newton_on_log(double x, Excess&& excess) {
  for (int step = 0; step < 100; ++step) {
    const auto [value, slope] = excess(x);
    const double change = -value / slope;
    x *= std::exp(change);
    if (std::fabs(change) < 1e-8) break;
  }
  return x;
}

/// W_0 to about two percent.
double rough_lambert_w(double z) {
  const double l = std::log1p(z);
  return l * (1 - std::log1p(l) / (2 + l));
}

}  // namespace

double lambert_w(double z) {
  // The logarithm of the ratio, not the difference of logarithms: the error then scales with w, not with ln z.
  return newton_on_log(rough_lambert_w(z), [z](double w) { return std::pair{w + std::log(w / z), 1 + w}; });
}

double growth_rate(double a, double n) {
  if (n == 0) return a;
  // (1+q)^n is close to e^{nq} for small q, and to q^n for large ones.
  const double start = std::fmin(a, std::fmax(rough_lambert_w(n * a) / n, std::exp(std::log(a) / (n + 1)) - 1));
  return newton_on_log(start, [a, n](double q) {
    return std::pair{n * std::log1p(q) + std::log(q / a), 1 + n * (q / (1 + q))};
  });
}

}  // namespace asyncert::pasgd
