// The certificate of the slowest second moment, against the exact second moments themselves.
#include "verify/apsgd/slowest_growth.hpp"

#include <doctest/doctest.h>

#include "bounds/apsgd/second_moment.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

const Rational one(1);

/// The least z^updates on a grid of theta and omega, for two commuting coordinates.
Ball least_on_grid(const Rational& low, const Rational& high, long D, long updates) {
  Ball least = 1;
  for (long i = 1; i <= 24; ++i)
    for (long j = 1; j <= 24; ++j) {
      const Rational theta(i, 24), omega(j, 10);
      const Ball y = min(second_moment_log_rate(bernoulli_coordinate(low), theta, omega, D),
                         second_moment_log_rate(bernoulli_coordinate(high), theta, omega, D));
      least = min(least, exp(-Ball(updates) * y));
    }
  return least;
}

}  // namespace

TEST_CASE("a factor below every second moment is certified, one above some is refuted with that point") {
  struct Case {
    Rational low, high;
    long D, updates;
  };
  for (const Case& c : {Case{Rational(1, 10), Rational(9, 10), 3, 3},
                        {Rational(3, 10), Rational(4, 5), 1, 2},
                        {Rational(19, 20), one, 4, 4},
                        {Rational(1, 5), Rational(1, 2), 5, 6}}) {
    CAPTURE(c.D);
    const double grid = least_on_grid(c.low, c.high, c.D, c.updates).upper();
    const Evidence certified = slowest_growth({c.low, c.high}, c.D, Rational::from_double(0.8 * grid), c.updates);
    CHECK(judge(certified).verdict == Verdict::proved);
    const Evidence refuted =
        slowest_growth({c.low, c.high}, c.D, Rational::from_double(grid + 0.1 * (1 - grid)), c.updates);
    REQUIRE(judge(refuted).verdict == Verdict::refuted);
    CHECK(refuted.comparisons.front().instance.find("omega"));
  }
}
