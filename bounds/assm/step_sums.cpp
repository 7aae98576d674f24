#include "bounds/assm/step_sums.hpp"

#include <cmath>

#include "lib/arb.hpp"

namespace asyncert::assm {

namespace {

/// A complex ball that is known to be real.
class ComplexBall {
 public:
  explicit ComplexBall(const Rational& x) { acb_init(value_), acb_set_fmpq(value_, x.raw(), PrecisionScope::bits()); }
  ComplexBall(const ComplexBall&) = delete;
  ComplexBall& operator=(const ComplexBall&) = delete;
  ~ComplexBall() { acb_clear(value_); }
  acb_struct* raw() { return value_; }
  Ball real_part() const {
    Ball r;
    arb_set(r.raw(), acb_realref(value_));
    return r;
  }

 private:
  acb_t value_;
};

/// Sum of k^{-1/2} over k >= first, continued analytically.
Ball hurwitz_zeta_half(long first) {
  ComplexBall s(Rational(1, 2)), a{Rational(first)}, r{Rational(0)};
  acb_dirichlet_hurwitz(r.raw(), s.raw(), a.raw(), PrecisionScope::bits());
  return r.real_part();
}

struct LerchIntegrand {
  const Rational& m;
  Rational rest;  ///< 1 - m
  Rational first;
};

/// e^{-v^2}/((1-m) - m (e^{-v^2/first} - 1)); meromorphic, and a division by a ball that holds a pole is indeterminate,
/// which is how the integrator learns that it must subdivide.
int lerch_integrand(acb_ptr out, const acb_t v, void* parameters, slong, slong bits) {
  const auto& p = *static_cast<const LerchIntegrand*>(parameters);
  acb_t square, numerator;
  acb_init(square), acb_init(numerator);
  acb_mul(square, v, v, bits);
  acb_neg(square, square);
  acb_exp(numerator, square, bits);
  arb_t constant;
  arb_init(constant);
  arb_set_fmpq(constant, p.first.raw(), bits);
  acb_div_arb(square, square, constant, bits);
  acb_expm1(square, square, bits);
  arb_set_fmpq(constant, p.m.raw(), bits);
  acb_mul_arb(square, square, constant, bits);
  arb_set_fmpq(constant, p.rest.raw(), bits);
  acb_neg(square, square);
  acb_add_arb(square, square, constant, bits);
  acb_div(out, numerator, square, bits);
  arb_clear(constant);
  acb_clear(square), acb_clear(numerator);
  return 0;
}

}  // namespace

Ball inverse_root_sum(long first, long last) {
  if (last < first) return 0;
  return hurwitz_zeta_half(first) - hurwitz_zeta_half(last + 1);
}

double inverse_root_sum_double(long first, long last) {
  double sum = 0;
  for (; first <= last && first < 64; ++first) sum += 1 / std::sqrt(static_cast<double>(first));
  if (first > last) return sum;
  const double a = static_cast<double>(first), b = static_cast<double>(last);
  // The derivatives of x^{-1/2} of orders 1, 3, 5, 7 with their Bernoulli weights B_{2j}/(2j)!.
  const auto correction = [](double x) {
    const double y = 1 / (x * x);
    return (-1.0 / 24 + y * (1.0 / 384 - y * (1.0 / 1024 - y * 143.0 / 163840))) / (x * std::sqrt(x));
  };
  // 2 (sqrt(b) - sqrt(a)) without its cancellation.
  const double integral = 2 * static_cast<double>(last - first) / (std::sqrt(a) + std::sqrt(b));
  return sum + integral + (1 / std::sqrt(a) + 1 / std::sqrt(b)) / 2 + (correction(b) - correction(a));
}

Ball harmonic_number(long last) {
  Ball digamma, euler;
  arb_digamma(digamma.raw(), Ball(last + 1).raw(), PrecisionScope::bits());
  arb_const_euler(euler.raw(), PrecisionScope::bits());
  return digamma + euler;
}

Ball geometric_inverse_root_tail(const Rational& m, long first) {
  // k^{-1/2} = 2/sqrt(pi) times the integral of e^{-k u^2} over u > 0; the geometric series is summed inside, and
  // v = u sqrt(first) makes the integrand vary at scale 1 whatever `first` is.
  LerchIntegrand p{m, Rational(1) - m, first};
  const long bits = PrecisionScope::bits();
  const double tail_bits = static_cast<double>(bits) - std::log2(std::max(p.rest.to_double(), 0x1p-1000)) + 16;
  const Rational end(static_cast<long>(std::ceil(std::sqrt(0.7 * tail_bits))));
  ComplexBall from{Rational(0)}, to{end}, r{Rational(0)};
  mag_t tolerance;
  mag_init(tolerance);
  mag_set_ui_2exp_si(tolerance, 1, -bits);
  acb_calc_integrate(r.raw(), lerch_integrand, &p, from.raw(), to.raw(), bits, tolerance, nullptr, bits);
  mag_clear(tolerance);
  // Beyond `end` = V the integrand is at most e^{-v^2}/(1-m), whose integral is below e^{-V^2}/(2 V (1-m)).
  const Ball tail = exp(-Ball(end * end)) / Ball(Rational(2) * end * p.rest);
  return Ball(2) / sqrt(Ball::pi() * Ball(first)) * (r.real_part() + Ball::hull(Ball(0), tail));
}

Ball geometric_inverse_root_sum(const Rational& m, long first, long last) {
  if (last < first) return 0;
  // m^n is enclosed: an exact power would be as long as the range.
  return geometric_inverse_root_tail(m, first) -
         pow(Ball(m), last - first + 1) * geometric_inverse_root_tail(m, last + 1);
}

}  // namespace asyncert::assm
