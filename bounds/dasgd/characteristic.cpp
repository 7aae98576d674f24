#include "bounds/dasgd/characteristic.hpp"

#include "lib/arb.hpp"

namespace asyncert::dasgd {

CharacteristicRoot characteristic_root(const Rational& c, const Rational& k) {
  CharacteristicRoot r;
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

}  // namespace asyncert::dasgd
