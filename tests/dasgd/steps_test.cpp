// Sums of step laws: against direct summation, at two precisions, additivity, and limits.
#include "bounds/dasgd/steps.hpp"

#include <doctest/doctest.h>

#include "bounds/dasgd/apt.hpp"

using namespace asyncert;
using dasgd::StepLaw;

TEST_CASE("Euler-Maclaurin sums contain the direct sums") {
  for (const StepLaw law : {StepLaw::harmonic, StepLaw::log, StepLaw::loglog})
    for (const long s : {dasgd::first_index(law) - 1, 50L, 999L}) {
      const PrecisionScope scope(160);
      Ball direct(0);
      for (long k = s + 1; k <= 4000; ++k) direct += dasgd::step(law, Ball(k));
      const Ball sum = dasgd::step_sum(law, s, 4000);
      CHECK(sum.overlaps(direct));
      CHECK(sum.accuracy_bits() > 120);
      // A remainder that is too small by its last term would show: the two precisions cut the formula at different
      // places.
      Ball finer;
      {
        const PrecisionScope higher(320);
        finer = dasgd::step_sum(law, s, 4000);
      }
      CHECK(sum.overlaps(finer));
      CHECK(abs(sum - finer).upper() < 1e-40);
      CHECK(abs(Ball::from_double(dasgd::step_sum_double(law, s, 4000)) / sum - Ball(1)).upper() < 1e-14);
    }
}

TEST_CASE("windows add up, far beyond the range of double") {
  const PrecisionScope scope(2048);
  const Rational a = Rational::parse("1e30"), b = Rational::parse("1e100"), c = Rational::parse("1e400");
  for (const StepLaw law : {StepLaw::harmonic, StepLaw::log, StepLaw::loglog}) {
    const Ball whole = dasgd::step_sum(law, a, c);
    CHECK(whole.overlaps(dasgd::step_sum(law, a, b) + dasgd::step_sum(law, b, c)));
    // Monotone: the integrals from a to c and from a+1 to c+1 are on either side.
    const Ball from_a = dasgd::step_integral(law, Ball(a), Ball((c - a) / a));
    CHECK(certainly_less(whole, from_a));
    CHECK(certainly_less(from_a - dasgd::step(law, Ball(a)), whole));
  }
}

TEST_CASE("limits of the step sums") {
  const PrecisionScope scope(128);
  // The partial sum at 1e40 differs from its limit by less than half a step.
  const Rational far = Rational::parse("1e40");
  CHECK(abs(dasgd::step_sum_constant(StepLaw::log) - (dasgd::step_sum(StepLaw::log, 1, far) - log(log(Ball(far)))))
            .upper() < 1e-35);
  CHECK(abs(dasgd::step_sum_constant(StepLaw::loglog) -
            (dasgd::step_sum(StepLaw::loglog, 2, far) - log(log(log(Ball(far))))))
            .upper() < 1e-35);
  for (const StepLaw law : {StepLaw::log, StepLaw::loglog}) {
    const Ball limit = dasgd::step_square_sum(law);
    Ball partial(0);
    for (long k = dasgd::first_index(law); k <= 3000; ++k)
      partial += dasgd::step(law, Ball(k)) * dasgd::step(law, Ball(k));
    CHECK(certainly_less(partial, limit));
    const Ball l = log(Ball(3000));  // the rest is at most the integral of 1/(x log^2 3000 ...)^2
    Ball rest = Ball(1) / (Ball(3000) * l * l);
    if (law == StepLaw::loglog) rest = rest / (log(l) * log(l));
    CHECK(certainly_less(limit, partial + rest));
  }
}

TEST_CASE("the pseudotrajectory distance is the largest over nodes and fine grids") {
  for (const long n : {0L, 1L, 7L, 60L})
    for (const double T : {0.2, 0.5, 0.75, 2.0, 5.0}) {
      double largest = 0, h = 0, a = 1;
      for (long m = n; h < T; ++m) {
        const double step = 1.0 / static_cast<double>(m + 2);
        for (int i = 0; i <= 200; ++i) {
          const double s = step * i / 200;
          if (h + s <= T) largest = std::max(largest, std::fabs(a * (1 - s) - std::exp(-h - s)));
        }
        if (T - h < step) largest = std::max(largest, std::fabs(a * (1 - (T - h)) - std::exp(-T)));
        h += step;
        a *= 1 - step;
      }
      double measured = 0;
      escalate_precision("distance", [&] {
        const Ball d = dasgd::apt_distance(n, Rational::from_double(T));
        measured = d.midpoint();
        return d.accuracy_bits() > 50;
      });
      CAPTURE(n);
      CAPTURE(T);
      CHECK(measured == doctest::Approx(largest).epsilon(1e-12));
    }
}
