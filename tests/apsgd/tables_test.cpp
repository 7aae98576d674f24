// Minimum processor counts: exact ties, every definition, and the committed tables.
#include "verify/apsgd/tables.hpp"

#include <doctest/doctest.h>

#include "bounds/apsgd/min_tau.hpp"
#include "lib/errors.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

const Rational one(1), two(2);

bool has(const std::vector<Rational>& list, long x) {
  for (const Rational& y : list)
    if (y == Rational(x)) return true;
  return false;
}

}  // namespace

TEST_CASE("the tables equal the committed values, under every definition") {
  int differences = 0;
  complexity_table(&differences);
  for (const int number : {2, 3})
    for (const char* definition : {"printed", "U", "rate", "rate-one-less", "all"})
      minimum_processors_table(number, definition, &differences);
  CHECK(differences == 0);
  CHECK(printed_rows().size() == 63);
}

TEST_CASE("ties are found and are no wins") {
  const MinimumProcessors row = minimum_processors({Rational(1, 100), Rational(3, 10)}, two, Definition::equation_61);
  CHECK(has(row.ties, 40));
  CHECK(*row.first_ge2 == Rational(41));
  CHECK(*row.first_weak_ge2() == Rational(40));
  CHECK(has(minimum_processors({Rational(1, 10), Rational(7, 10)}, one, Definition::bound).ties, 3));
  CHECK(has(minimum_processors({Rational(3, 10), Rational(6, 10)}, one, Definition::equation_61).ties, 8));
}

TEST_CASE("the margin changes its sign where the count says, also for a system that one step solves") {
  for (const Spectrum& s : {Spectrum{Rational(1, 10), Rational(9, 10)},
                            {Rational(1, 1000), Rational(27, 100)},
                            {Rational(2, 5), Rational(2, 5)}})
    for (const Rational& c : {one, Rational(3, 2), two}) {
      const MinimumProcessors m = minimum_processors(s, c, Definition::bound);
      if (!m.first_ge2) continue;
      CHECK(margin(s, c, *m.first_ge2, Definition::bound).sign() > 0);
      if (two < *m.first_ge2) CHECK(margin(s, c, *m.first_ge2 - one, Definition::bound).sign() <= 0);
    }
  // lambda_min = lambda_max = 1: the synchronous method needs one unit of time, which nothing beats.
  const MinimumProcessors perfect = minimum_processors({one, one}, one, Definition::bound);
  CHECK_FALSE(perfect.first);
  CHECK_FALSE(perfect.always_from);
  CHECK_THROWS_AS(minimum_processors({Rational(1, 10), Rational(2, 10)}, one, Definition::printed), DomainError);
}

TEST_CASE("the rate's count is found among millions of processors, where the complexities cross") {
  const PrecisionScope precision(256);
  for (const Spectrum& s : {Spectrum{Rational::parse("1e-6"), Rational::parse("2e-6")},
                            {Rational::parse("1e-9"), Rational::parse("1e-6")},
                            {Rational(1, 50), Rational(1, 10)}})
    for (const Rational& c : {one, Rational(3, 2)}) {
      const auto wins = [&](const Rational& tau) {
        return certainly_less(best_rate_complexity(s, c * tau), Ball(xi(s, tau) / s.l));
      };
      const MinimumProcessors m = minimum_processors(s, c, Definition::rate);
      REQUIRE(m.first_ge2);
      CHECK(*m.always_from == *m.first_ge2);
      CHECK(m.ties.empty());
      CHECK(wins(*m.first_ge2));
      CHECK(wins(*m.first_ge2 * Rational(1000)));
      CHECK_FALSE(wins(*m.first_ge2 - one));
      CHECK_FALSE(wins((*m.first_ge2 / Rational(3)).ceil()));
      // With one update of delay less there are at most as many, and not many fewer.
      const MinimumProcessors less = minimum_processors(s, c, Definition::rate_one_less);
      CHECK(*less.first_ge2 <= *m.first_ge2);
      CHECK(*m.first_ge2 - Rational(5) < *less.first_ge2);
    }
}
