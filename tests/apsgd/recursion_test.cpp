// The scalar recursions: roots against all roots of the characteristic polynomial, products against exact matrices.
#include <doctest/doctest.h>

#if __has_include(<flint/arb_fmpz_poly.h>)
#include <flint/arb_fmpz_poly.h>
#else
#include <arb_fmpz_poly.h>
#endif
#include <flint/fmpq_poly.h>

#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/varying_delays.hpp"
#include "bounds/apsgd/weak.hpp"
#include "lib/errors.hpp"
#include "lib/rational_matrix.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

/// Largest modulus of the roots of a polynomial with the given coefficients, constant term first.
Ball largest_root(const std::vector<Rational>& coefficients) {
  fmpq_poly_t p;
  fmpz_poly_t f, derivative;
  fmpq_poly_init(p);
  fmpz_poly_init(f);
  fmpz_poly_init(derivative);
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    fmpq_poly_set_coeff_fmpq(p, static_cast<slong>(i), coefficients[i].raw());
  fmpq_poly_get_numerator(f, p);
  fmpz_poly_derivative(derivative, f);
  fmpz_poly_gcd(derivative, f, derivative);
  fmpz_poly_div(f, f, derivative);
  const slong n = fmpz_poly_degree(f);
  acb_ptr roots = _acb_vec_init(n);
  arb_fmpz_poly_complex_roots(roots, f, 0, PrecisionScope::bits());
  Ball largest = 0;
  for (slong i = 0; i < n; ++i) {
    Ball modulus;
    acb_abs(modulus.raw(), roots + i, PrecisionScope::bits());
    largest = max(largest, modulus);
  }
  _acb_vec_clear(roots, n);
  fmpz_poly_clear(derivative);
  fmpz_poly_clear(f);
  fmpq_poly_clear(p);
  return largest;
}

/// Growth over a period, from the characteristic polynomial of the exact product of companion matrices.
Ball product_of_companions(const Rational& K1, const Rational& K2, const std::vector<long>& delays) {
  long longest = 0;
  for (const long d : delays) longest = std::max(longest, d);
  RationalMatrix M = RationalMatrix::identity(longest + 1);
  for (const long d : delays) {
    RationalMatrix step(longest + 1, longest + 1);
    for (long i = 1; i <= longest; ++i) step.set(i, i - 1, Rational(1));
    step.set(0, 0, K1);
    step.set(0, d, step(0, d) + K2);
    M = step * M;
  }
  fmpq_poly_t p;
  fmpq_poly_init(p);
  fmpq_mat_charpoly(p, M.raw());
  std::vector<Rational> coefficients(static_cast<std::size_t>(fmpq_poly_length(p)));
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    fmpq_poly_get_coeff_fmpq(coefficients[i].raw(), p, static_cast<slong>(i));
  fmpq_poly_clear(p);
  return largest_root(coefficients);
}

}  // namespace

TEST_CASE("the weak recursion's rate is the largest root, whatever the sign of b") {
  for (const long D : {1L, 2L, 3L, 7L, 20L})
    for (const Rational& a : {Rational(1, 10), Rational(1, 2), Rational(9, 10), Rational(1)})
      for (const Rational& b : {Rational(-2), Rational(-4, 5), Rational(-2, 5), Rational(-1, 20), Rational(-1, 1000),
                                Rational(0), Rational(1, 100), Rational(1, 2)}) {
        std::vector<Rational> p(static_cast<std::size_t>(D + 2));
        p.back() = Rational(1);
        p[static_cast<std::size_t>(D)] = -a;
        p.front() = -b;
        CAPTURE(D);
        CAPTURE(a.to_string());
        CAPTURE(b.to_string());
        const Ball modulus = exp(-weak_log_rate(a, b, D));
        CHECK(modulus.overlaps(largest_root(p)));
        CHECK(modulus.accuracy_bits() > 40);
      }
  // Between the two branches: a double root a D/(D+1).
  CHECK(exp(-weak_log_rate(Rational(1, 2), Rational(-1, 16), 1)).contains(Rational(1, 4)));
  CHECK(exp(-weak_log_rate(Rational(0), Rational(-1, 16), 3)).contains(Rational(1, 2)));
  CHECK(exp(-weak_log_rate(Rational(1, 2), Rational(-1, 4), 0)).contains(Rational(1, 4)));
  CHECK_FALSE(weak_log_rate(Rational(1, 2), Rational(-1, 2), 0).is_finite());
  CHECK_THROWS_AS(weak_log_rate(Rational(3, 2), Rational(0), 1), DomainError);
}

TEST_CASE("the growth over a period of delays is that of the product of companion matrices") {
  const std::vector<std::vector<long>> sequences = {
      {0}, {3}, {1, 0, 2}, {0, 5, 0}, {3, 3, 3, 3}, {1, 0, 0, 3}, {7, 2, 0, 1, 9}, {0, 1}, {12, 0}};
  for (const auto& delays : sequences)
    for (const auto& [K1, K2] : {std::pair{Rational(0), Rational(1, 2)},
                                 {Rational(2, 5), Rational(1, 2)},
                                 {Rational(3, 5), Rational(7, 20)},
                                 {Rational(1, 4), Rational(3, 4)},
                                 {Rational(1, 2), Rational(4, 5)},
                                 {Rational(1, 3), Rational(0)},
                                 {Rational(0), Rational(3)},
                                 {Rational(1, 100), Rational(1, 50)}}) {
      CAPTURE(K1.to_string());
      CAPTURE(K2.to_string());
      CAPTURE(delays.size());
      const VaryingDelays v = varying_delays(K1, K2, delays);
      const Ball truth = product_of_companions(K1, K2, delays);
      CHECK(v.period_growth.overlaps(truth));
      CHECK(v.period_growth.accuracy_bits() > 40);
      if (K1 + K2 <= Rational(1)) CHECK_FALSE(v.outer_violated);
    }
  CHECK_FALSE(varying_delays(Rational(0), Rational(1, 2), {1, 0, 0, 3}).outer_violated);  // equality
  CHECK(varying_delays(Rational(0), Rational(1, 2), {1, 0, 0, 3}).product_violated);
  // Long delays among short ones once sent the search to a jump of its function.
  CHECK(varying_delays(Rational(1, 2), Rational(2, 5), {1'000'000'000, 0, 3}).period_growth.accuracy_bits() > 40);
  CHECK_THROWS_AS(varying_delays(Rational(-1), Rational(1), {1}), DomainError);
  CHECK_THROWS_AS(varying_delays(Rational(1), Rational(1), {}), DomainError);
  CHECK_THROWS_AS(varying_delays(Rational(1), Rational(1), {-1}), DomainError);
}
