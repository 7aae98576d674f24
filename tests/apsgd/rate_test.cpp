// The spectral radius in double against its enclosure, over the whole domain and at its edges.
#include "bounds/apsgd/rate.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "bounds/apsgd/weak.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

RateParameters exact(const RateInput<double>& p) {
  return {Rational::from_double(p.theta), Rational::from_double(p.omega), Rational::from_double(p.lambda_min),
          Rational::from_double(p.lambda_max), Rational::from_double(p.delta)};
}

/// Relative error of -ln rho in units of 2^-52, against an enclosure at 256 bits.
double error_of(const RateInput<double>& p) {
  const PrecisionScope precision(256);
  const RateParameters q = exact(p);
  const Ball truth = negative_log_root(recursion(q), q.delta);
  const double y = negative_log_root(recursion(p), p.delta);
  if (!truth.is_finite()) return std::isinf(y) ? 0 : INFINITY;
  if (truth.contains_zero()) return y == 0 ? 0 : INFINITY;
  CHECK(truth.accuracy_bits() > 200);
  return abs((Ball::from_double(y) - truth) / truth).upper() / 0x1p-52;
}

}  // namespace

TEST_CASE("the double root is within some units in the last place of the enclosure") {
  std::mt19937_64 engine(7);
  std::uniform_real_distribution<double> unit(0, 1);
  double worst = 0;
  for (int i = 0; i < 4000; ++i) {
    RateInput<double> p;
    p.theta = i % 5 == 0 ? std::exp(-20 * unit(engine)) : unit(engine);
    p.lambda_max = i % 3 == 0 ? 1 : unit(engine);
    p.lambda_min = p.lambda_max * (i % 7 == 0 ? 1 : std::exp(-15 * unit(engine)));
    p.omega = (i % 4 == 0 ? 1.2 : 1) * unit(engine) * 2 / (p.lambda_min + p.lambda_max);
    p.delta = std::exp(std::log(1e12) * unit(engine));
    if (i % 2) p.delta = std::round(p.delta);
    const double error = error_of(p);
    // Where a run is on the edge of stability, 1 - K1 - K2 itself is a difference.
    if (p.omega <= 2 && p.omega * (p.lambda_min + p.lambda_max) <= 2)
      worst = std::max(worst, error);
    else
      CHECK(error < 1e6);
  }
  CHECK(worst < 16);
  MESSAGE("largest error where omega <= min(2, omega*): ", worst, " eps");
}

TEST_CASE("edges of the domain") {
  CHECK(error_of({1, 1, 1, 1, 5}) == 0);               // K1 = K2 = 0
  CHECK(error_of({0, 1, 0.5, 1, 5}) == 0);             // no update at all: rho = 1
  CHECK(error_of({1, 2, 0.25, 0.5, 1e9}) == 0);        // theta omega = 2: 1 - K1 - K2 = 0
  CHECK(error_of({1, 1, 0.5, 0.5, 4}) < 8);            // K1 = 0
  CHECK(error_of({0.5, 1.5, 0.25, 0.75, 0}) < 8);      // no delay
  CHECK(error_of({0.5, 1.5, 1e-300, 0.75, 1e9}) < 8);  // 1 - rho far below the smallest double of its terms
  CHECK(error_of({0.5, 50, 0.5, 1, 1e9}) < 64);        // K1 > 1: divergence at once
  CHECK(error_of({0.5, 4.5, 0.5, 1, 1e9}) < 64);
  CHECK(error_of({0.5, 2.6, 0.5, 1, 1e6}) < 64);
}

TEST_CASE("double and exact coefficients agree, case by case") {
  for (const double omega : {0.5, 1.25, 1.4, 1.9, 2.5, 3.5, 9.0})
    for (const double L : {0.25, 0.9375})
      for (const double theta : {0.0, 0.125, 0.5, 1.0}) {
        const RateInput<double> p{theta, omega, 0.125, L, 10};
        const RecursionOf<double> r = recursion(p);
        const Recursion e = recursion(exact(p));
        CHECK(std::string(r.case_name) == e.case_name);
        CHECK(r.alpha == doctest::Approx(e.alpha.to_double()).epsilon(1e-15));
        CHECK(r.K1 == doctest::Approx(e.K1.to_double()).epsilon(1e-15));
        CHECK(r.K2 == doctest::Approx(e.K2.to_double()).epsilon(1e-15));
        CHECK(r.one_minus_K1_K2 == doctest::Approx(e.one_minus_K1_K2.to_double()).epsilon(1e-14));
        CHECK(e.one_minus_K1 == Rational(1) - e.K1);
        CHECK(e.one_minus_K1_K2 == Rational(1) - e.K1 - e.K2);
      }
}

TEST_CASE("the largest root of g^(D+1) = a g^D + b for negative b") {
  // g^2 = (9/10) g - 1/20 has the roots (9/10 +- sqrt(61/100))/2; g^2 = (1/2) g - 1/4 a complex pair of modulus 1/2.
  const auto modulus = [](const Rational& a, const Rational& b, long D) {
    return exp(-weak_log_rate(a, b, D)).midpoint();
  };
  CHECK(modulus(Rational(9, 10), Rational(-1, 20), 1) == doctest::Approx((0.9 + std::sqrt(0.61)) / 2).epsilon(1e-12));
  CHECK(modulus(Rational(1, 2), Rational(-1, 4), 1) == doctest::Approx(0.5).epsilon(1e-12));
}
