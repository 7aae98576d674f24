// The certificate of the slowest second moment, against the exact second moments themselves.
#include "verify/apsgd/slowest_growth.hpp"

#include <doctest/doctest.h>

#include "bounds/apsgd/second_moment.hpp"
#include "lib/random.hpp"
#include "lib/roots.hpp"

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

TEST_CASE("a factor just above the fastest second moment is refuted, not left open") {
  // The least z^3 is about 0.8063326, and the points below this factor lie between the midpoints of 200,000 boxes.
  const Evidence e = slowest_growth({Rational(1, 10), Rational(9, 10)}, 3, Rational(80634, 100'000), 3);
  CHECK(judge(e).verdict == Verdict::refuted);
  CHECK(e.boxes < 200'000);
}

TEST_CASE("for one damping the growth factor is bounded over a range of relaxations, or a relaxation refutes it") {
  const Rational lambda(9, 10), theta(1, 4), star = one / lambda;
  const auto growth = [&](const Rational& omega) {
    return exp(-second_moment_log_rate(bernoulli_coordinate(lambda), theta, omega, 1));
  };
  // It falls with omega up to omega_star.
  const Rational least = Rational::from_double(growth(star).midpoint());
  CHECK(judge(slowest_growth_at({lambda}, 1, Rational(999, 1000) * least, 1, theta, one, star)).verdict ==
        Verdict::proved);
  const Evidence e = slowest_growth_at({lambda}, 1, Rational(1001, 1000) * least, 1, theta, one, star);
  REQUIRE(judge(e).verdict == Verdict::refuted);
  CHECK(e.comparisons.front().left.exact == Rational(1001, 1000) * least);
  CHECK(judge(slowest_growth_at({lambda}, 1, Rational(999, 1000) * least, 1, theta, one, Rational(2))).verdict ==
        Verdict::refuted);
}

TEST_CASE("the rules decide points and small boxes exactly as the second moments do") {
  RandomStream random(5, stream_key("growth rules"));
  int positive = 0, negative = 0;
  for (int draw = 0; draw < 4000; ++draw) {
    const long D = 1 + static_cast<long>(random.below(6)), updates = 1 + static_cast<long>(random.below(6));
    // One coordinate or two; all regimes of damping and relaxation, and lambda = 1, which has no noise.
    const auto part = [&](long parts) { return Rational(1 + static_cast<long>(random.below(parts)), parts); };
    std::vector<Rational> lambda{part(20)};
    if (random.bernoulli(0.5)) lambda.push_back(part(20));
    if (lambda.back() == one && lambda.front() == one) continue;
    const GrowthRules::Point p{part(64), part(64) * Rational(3)};
    const Ball growth = GrowthRules(lambda, D, Rational(1, 2), updates).growth(p);
    const double z = growth.midpoint();
    if (!(z > 1e-6 && z < 0.99)) continue;
    CAPTURE(D);
    CAPTURE(p.theta.to_string());
    CAPTURE(p.omega.to_string());
    CAPTURE(lambda.front().to_string());
    CAPTURE(lambda.back().to_string());
    for (const double relative : {1e-5, 1e-3, 1e-2}) {
      const GrowthRules above(lambda, D, Rational::from_double(z * (1 + relative)), updates);
      const std::vector<Ball> place = above.place(Ball(p.theta), Ball(p.omega));
      // The point falls faster than the factor asks: it refutes, and whatever holds it must not be passed. Boxes that
      // have it at a corner pass where only their middle grows, if a derivative is wrong.
      REQUIRE(above.decide({middle(place[0]), middle(place[1])}) == Ternary::no);
      for (const double width : {1e-6, 1e-4, 1e-3, 1e-2, 0.05})
        for (const double right : {-1.0, 0.0, 1.0})
          for (const double up : {-1.0, 0.0, 1.0})
            REQUIRE(above.decide({Ball::hull(place[0], place[0] + Ball::from_double(right * width)),
                                  Ball::hull(place[1], place[1] + Ball::from_double(up * width))}) != Ternary::yes);
    }
    const GrowthRules below(lambda, D, Rational::from_double(z * (1 - 1e-3)), updates);
    std::vector<Ball> at;
    for (const Ball& x : below.place(Ball(p.theta), Ball(p.omega))) at.push_back(middle(x));
    REQUIRE(below.decide(at) == Ternary::yes);
    (certainly_less(at[1], 0) ? negative : positive) += 1;
  }
  CHECK(positive > 500);
  CHECK(negative > 500);
}
