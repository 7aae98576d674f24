#include "bounds/pasgd/growth.hpp"

#include "lib/roots.hpp"

namespace asyncert::pasgd {

Ball lambert_w(const Ball& z) {
  // w + ln w = ln z in l = ln w: e^l + l increases; w lies between z e^{-z} and z.
  const Ball target = log(z);
  const auto excess = [&](const Ball& l) { return exp(l) + l - target; };
  return exp(crossing(excess, (target - z).lower_end(), target.upper_end()));
}

Ball negative_log_rate(const Rational& a, const Rational& n) {
  if (n.sign() == 0) return -log(Ball(a));
  // q lies between a exp(-n a) and a; with y = -ln q the excess is y - n log1p(e^{-y}) + ln a, which increases in y.
  const Ball log_a = log(Ball(a));
  const auto excess = [&](const Ball& y) { return y - Ball(n) * log1p(exp(-y)) + log_a; };
  return crossing(excess, (-log_a).lower_end(), (Ball(n * a) - log_a).upper_end());
}

Ball corollary21_rate(const Rational& a, long T) { return Ball(a) * exp(-Ball(Rational(T + 1) * a)); }

}  // namespace asyncert::pasgd
