#include "lib/real_roots.hpp"

#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly_factor.h>

#include "lib/arb.hpp"

namespace asyncert {

namespace {

void add_roots_of_irreducible(const fmpz_poly_struct* p, long multiplicity, std::vector<RealRoot>& roots) {
  const slong degree = fmpz_poly_degree(p);
  if (degree == 1) {
    Rational root;
    fmpq_set_fmpz_frac(root.raw(), p->coeffs, p->coeffs + 1);
    fmpq_neg(root.raw(), root.raw());
    roots.push_back({root, Ball(root), multiplicity});
    return;
  }
  acb_ptr z = _acb_vec_init(degree);
  arb_fmpz_poly_complex_roots(z, p, 0, PrecisionScope::bits());
  for (slong i = 0; i < degree; ++i) {
    if (!arb_is_zero(acb_imagref(z + i))) continue;  // real roots come with an exactly zero imaginary part
    RealRoot root{.exact = {}, .value = {}, .multiplicity = multiplicity};
    arb_set(root.value.raw(), acb_realref(z + i));
    roots.push_back(root);
  }
  _acb_vec_clear(z, degree);
}

}  // namespace

std::vector<RealRoot> real_roots(const std::vector<Rational>& coefficients) {
  fmpq_poly_t rational;
  fmpz_poly_t integral;
  fmpz_poly_factor_t factors;
  fmpq_poly_init(rational), fmpz_poly_init(integral), fmpz_poly_factor_init(factors);
  for (std::size_t k = 0; k < coefficients.size(); ++k)
    fmpq_poly_set_coeff_fmpq(rational, static_cast<slong>(k), coefficients[k].raw());
  fmpq_poly_get_numerator(integral, rational);
  fmpz_poly_factor(factors, integral);
  std::vector<RealRoot> roots;
  for (slong i = 0; i < factors->num; ++i) add_roots_of_irreducible(factors->p + i, factors->exp[i], roots);
  fmpq_poly_clear(rational), fmpz_poly_clear(integral), fmpz_poly_factor_clear(factors);
  return roots;
}

}  // namespace asyncert
