#include "bounds/dasgd/characteristic.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "lib/arb.hpp"
#include "lib/roots.hpp"

namespace asyncert::dasgd {

CharacteristicRoot<Ball> characteristic_root(const Rational& c, const Rational& k) {
  CharacteristicRoot<Ball> r;
  if (k == Rational(1)) {
    r.real = -Ball(c);
    r.stable = true;
    return r;
  }
  const Ball delay = log(Ball(k));
  r.c_log_k = Ball(c) * delay;
  r.stable = decide_less(r.c_log_k, Ball::pi() / 2);
  const Ball argument = -r.c_log_k;
  if (decide_less(r.c_log_k, exp(Ball(-1)))) {
    arb_lambertw(r.real.raw(), argument.raw(), 0, PrecisionScope::bits());
    r.real /= delay;
    return r;
  }
  // On its cut W_0 continues the upper half plane.
  acb_t z, w;
  fmpz_t branch;
  acb_init(z), acb_init(w), fmpz_init(branch);
  acb_set_arb(z, argument.raw());
  acb_lambertw(w, z, branch, 0, PrecisionScope::bits());
  arb_set(r.real.raw(), acb_realref(w));
  arb_set(r.imaginary.raw(), acb_imagref(w));
  acb_clear(z), acb_clear(w), fmpz_clear(branch);
  r.real /= delay;
  r.imaginary /= delay;
  return r;
}

CharacteristicRoot<double> characteristic_root_double(const Rational& c, const Rational& k) {
  if (k == Rational(1)) return {-c.to_double(), 0, true, 0};
  const double delay = k < Rational(2) ? std::log1p((k - Rational(1)).to_double()) : std::log(k.to_double());
  const double x = c.to_double() * delay;
  CharacteristicRoot<double> r{0, 0, x < std::numbers::pi / 2, x};
  if (x < std::exp(-1.0)) {  // -u e^{-u} = -x with u in (0, 1)
    const double u = crossing([&](double w) { return w * std::exp(-w) - x; }, 0.0, 1.0);
    r.real = -u / delay;
    return r;
  }
  // -v cot v + i v, whose modulus v/sin v times e^{-v cot v} is x, with an increasing logarithm.
  const double v = crossing([&](double w) { return std::log(w / std::sin(w)) - w / std::tan(w) - std::log(x); },
                            std::numeric_limits<double>::min(), std::numbers::pi);
  r.real = -v / std::tan(v) / delay;
  r.imaginary = v / delay;
  return r;
}

}  // namespace asyncert::dasgd
