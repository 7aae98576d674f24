#include "bounds/apsgd/reformulation.hpp"
#include "lib/arb.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

struct Ratios {
  std::vector<Rational> kappa;  ///< the positive mu over the largest
  std::size_t index;            ///< of the wanted eigenvalue
};

/// The integrand at the complex ball v; where `order` is positive it has to be analytic there, or not finite.
int integrand(acb_ptr result, const acb_t v, void* parameters, slong order, slong precision) {
  const Ratios& ratios = *static_cast<const Ratios*>(parameters);
  acb_t square, factor, ratio;
  acb_init(square);
  acb_init(factor);
  acb_init(ratio);
  acb_mul(square, v, v, precision);
  acb_pow_ui(result, v, ratios.kappa.size() - 1, precision);
  for (std::size_t j = 0; j < ratios.kappa.size(); ++j) {
    // v^2 + kappa (1 - v^2) = kappa + (1 - kappa) v^2
    const Rational rest = Rational(1) - ratios.kappa[j];
    acb_set_fmpq(ratio, rest.raw(), precision);
    acb_mul(factor, square, ratio, precision);
    acb_set_fmpq(ratio, ratios.kappa[j].raw(), precision);
    acb_add(factor, factor, ratio, precision);
    if (j == ratios.index) {
      acb_div(result, result, factor, precision);
      acb_mul(result, result, ratio, precision);
    }
    acb_sqrt_analytic(factor, factor, order != 0, precision);
    acb_div(result, result, factor, precision);
  }
  acb_clear(ratio);
  acb_clear(factor);
  acb_clear(square);
  return 0;
}

Ball integral(Ratios ratios) {
  const long bits = PrecisionScope::bits();
  acb_t from, to, value;
  mag_t tolerance;
  acb_init(from);
  acb_init(to);
  acb_init(value);
  mag_init(tolerance);
  acb_one(to);
  // The eigenvalue is at least kappa/r, so that an absolute tolerance this far below it is a relative one.
  const Ball least = Ball(ratios.kappa[ratios.index] / Rational(static_cast<long>(ratios.kappa.size())));
  const long scale = arf_abs_bound_lt_2exp_si(arb_midref(least.raw())) - 1;
  mag_set_ui_2exp_si(tolerance, 1, scale - bits);
  acb_calc_integrate_opt_t options;
  acb_calc_integrate_opt_init(options);
  acb_calc_integrate(value, integrand, &ratios, from, to, bits, tolerance, options, bits);
  Ball result;
  arb_set(result.raw(), acb_realref(value));
  mag_clear(tolerance);
  acb_clear(value);
  acb_clear(to);
  acb_clear(from);
  return result;
}

}  // namespace

std::vector<Ball> gaussian_spectrum(const std::vector<Rational>& mu) {
  Rational largest;
  for (const Rational& m : mu) {
    if (m.sign() < 0) throw DomainError("mu", m.to_decimal(17), "mu >= 0");
    largest = max(largest, m);
  }
  if (largest.sign() == 0) throw DomainError("mu", "0", "at least one positive entry");
  Ratios ratios{{}, 0};
  for (const Rational& m : mu)
    if (m.sign() > 0) ratios.kappa.push_back(m / largest);
  std::vector<Ball> lambda;
  for (const Rational& m : mu) lambda.push_back(m.sign() == 0 ? Ball(0) : integral({ratios.kappa, ratios.index++}));
  return lambda;
}

}  // namespace asyncert::apsgd
