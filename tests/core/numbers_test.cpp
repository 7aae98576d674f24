// Exact numbers, enclosures, the judge: containment, round trips, and what must be refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <type_traits>

#include "lib/claim.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/quantity.hpp"
#include "lib/real.hpp"
#include "lib/subdivision.hpp"

using namespace asyncert;

TEST_SUITE("formula") {
  TEST_CASE("rationals parse exactly and print the shortest exact decimal") {
    CHECK(Rational::parse("-0.125") == Rational(-1, 8));
    CHECK(Rational::parse("2.5E+3") == Rational(2500));
    CHECK(Rational::parse("6/4") == Rational(3, 2));
    CHECK(Rational::parse("1e-5").to_decimal(30) == "0.00001");
    CHECK(Rational(1, 3).to_decimal(5) == "0.33333");
    for (const char* bad :
         {"", "-", ".", "1/0", "1/", "/2", "1e", "0x10", "nan", "inf", "1 ", "--1", "1e99999999999", "1/2/3"})
      CHECK_THROWS_AS(Rational::parse(bad), ParseError);
    std::mt19937_64 random(3);
    for (int i = 0; i < 500; ++i) {
      const Rational x(static_cast<long>(random() >> 20) - (1L << 42), static_cast<long>(random() >> 30) + 1);
      CHECK(Rational::parse(x.to_string()) == x);
    }
    CHECK_THROWS_AS(Rational(1) / Rational(0), DomainError);
  }

  TEST_CASE("doubles convert exactly, there and back") {
    for (double x : {0.1, -3.5, 1e-300, 4.9e-324, 1e300, 0.0}) CHECK(Rational::from_double(x).to_double() == x);
    CHECK_THROWS_AS(Rational::from_double(1.0 / 0.0), DomainError);
  }

  TEST_CASE("balls of two precisions overlap and contain the exact value") {
    std::mt19937_64 random(5);
    for (int i = 0; i < 500; ++i) {
      const Rational a(static_cast<long>(random() % 2000) - 1000, static_cast<long>(random() % 997) + 1);
      const Rational b(static_cast<long>(random() % 2000) + 1, static_cast<long>(random() % 997) + 1);
      const Rational exact = (a * a - b) / (b + Rational(1)) + a;
      const auto enclosure = [&](long bits) {
        const PrecisionScope precision(bits);
        return (Ball(a) * Ball(a) - Ball(b)) / (Ball(b) + 1) + Ball(a);
      };
      CHECK(enclosure(64).contains(exact));
      CHECK(enclosure(512).contains(exact));
      const auto transcendental = [&](long bits) {
        const PrecisionScope precision(bits);
        return log1p(Ball(b)) * sqrt(Ball(b)) - expm1(-Ball(b));
      };
      CHECK(transcendental(64).overlaps(transcendental(512)));
    }
  }

  TEST_CASE("integers of 64 bits are exact; truth values and characters are no numbers") {
    const std::uint64_t large = 18446744073709551615ULL;
    CHECK(Rational(large) == pow(Rational(2), 64) - 1);
    CHECK(Rational(std::size_t{1} << 63) == pow(Rational(2), 63));
    CHECK(Ball(large).contains(pow(Rational(2), 64) - 1));
    CHECK(Ball(large).is_exact());
    CHECK(to_text(Value(large), 30) == "18446744073709551615");
    CHECK(Measure(large).exact == pow(Rational(2), 64) - 1);
    CHECK(Rational(std::numeric_limits<std::int64_t>::min()) == -pow(Rational(2), 63));
    CHECK(Rational(static_cast<unsigned char>(200)) == Rational(200));
    CHECK_FALSE(std::is_constructible_v<Rational, bool>);
    CHECK_FALSE(std::is_constructible_v<Rational, char>);
    CHECK_FALSE(std::is_constructible_v<Ball, bool>);
    CHECK_FALSE(std::is_constructible_v<Ball, char>);
    CHECK_FALSE(std::is_constructible_v<Real, bool>);
    CHECK_FALSE(std::is_constructible_v<Measure, char>);
  }

  TEST_CASE("doubles that agree to 40 bits are not told apart, since rounding may have swapped them") {
    CHECK(decide_less(1.0, 1.0 + 1e-9));
    CHECK_FALSE(decide_less_equal(1.0 + 1e-9, 1.0));
    CHECK(decide_less(0.0, 1e-300));
    CHECK_FALSE(decide_less(0.0, 0.0));
    CHECK(decide_less_equal(0.0, 0.0));
    CHECK_THROWS_AS(decide_less(1.0, 1.0), Undecided);
    CHECK_THROWS_AS(decide_less_equal(-1.0, -1.0 - 1e-14), Undecided);
  }

  TEST_CASE("zero times a number is zero; times infinity, or a ball that may hold no number, it is not") {
    const Ball indeterminate = log(Ball::hull(Ball(-1), Ball(1)));
    const Real zero(0), wide(Ball::hull(Ball(-1), Ball(1)));
    CHECK((zero * Real(sqrt(Ball(2)))).is_zero());
    CHECK((Real(sqrt(Ball(2))) * zero).is_zero());
    CHECK((zero / Real(sqrt(Ball(2)))).is_zero());
    CHECK_FALSE((zero * Real(Ball::infinity())).is_zero());
    CHECK_FALSE((Real(Ball::infinity()) * zero).ball().is_finite());
    CHECK_FALSE((zero * Real(indeterminate)).is_zero());
    CHECK_FALSE((zero / wide).is_zero());  // perhaps 0/0
    CHECK_FALSE((zero / Real(indeterminate)).is_zero());
  }

  TEST_CASE("the simplest rational of a ball lies in it") {
    const PrecisionScope precision(64);
    CHECK(simplest_rational(sqrt(Ball(2)) * sqrt(Ball(2))) == Rational(2));
    CHECK(simplest_rational(Ball(Rational(1, 3))) == Rational(1, 3));
    CHECK(simplest_rational(Ball(7)) == Rational(7));
    std::mt19937_64 random(9);
    for (int i = 0; i < 200; ++i) {
      // A radius far below the precision: ends rounded to 64 bits would leave the ball.
      Ball x = Ball(Rational(static_cast<long>(random() >> 1), 1L << 61));
      mag_set_ui_2exp_si(arb_radref(x.raw()), 1 + random() % 1000, -80);
      CHECK(x.contains(simplest_rational(x)));
    }
    CHECK_THROWS_AS(simplest_rational(Ball::infinity()), DomainError);
    CHECK_THROWS_AS(simplest_rational(log(Ball(-1))), DomainError);
  }

  TEST_CASE("errors show doubles by their shortest text") {
    CHECK(std::string(DomainError("alpha", 1e-300, "0 < alpha < 1").what()) ==
          "alpha = 1e-300 is outside its domain: 0 < alpha < 1");
    CHECK(std::string(DomainError("x", 0.1, "x > 1").what()) == "x = 0.1 is outside its domain: x > 1");
  }

  TEST_CASE("where doubles leave their range on the way, or decide nothing, the enclosure answers") {
    Quantity q;
    q.name = "toy";
    q.parameters = {real("x", "x", "a number")};
    q.enclosed = [](const Inputs& in) {
      const Ball x = in.number<Ball>("x");
      return Object().add("root", sqrt(x * x));
    };
    // An unguarded square underflows at 1e-200 and gives 0; at 1e-160 it is subnormal and costs digits.
    q.floating = [](const Inputs& in) {
      const double x = in.number<double>("x");
      return Object().add("root", std::sqrt(x * x));
    };
    const auto at = [&q](const char* x) { return q.evaluate_floating(q.read(Object().add("x", x))).outputs; };
    const auto rigor_at = [&q](const char* x) { return q.evaluate_floating(q.read(Object().add("x", x))).rigor; };
    CHECK(at("0.25").find("root")->get<double>());
    CHECK(rigor_at("0.25") == Rigor::floating);
    CHECK(rigor_at("1e-200") == Rigor::enclosed);
    for (const char* x : {"1.23456789e-160", "1e-200", "1e200", "1e-400", "1e400"}) {
      REQUIRE(at(x).find("root")->get<Ball>());
      CHECK(at(x).find("root")->get<Ball>()->contains(Rational::parse(x)));
    }
    q.floating = [](const Inputs& in) {
      return Object().add("root", decide_less(in.number<double>("x"), 1.0) ? 0.5 : 2.0);
    };
    CHECK(at("0.5").find("root")->get<double>());
    CHECK(at("1.00000000000000001").find("root")->get<Ball>());
    q.enclosed = [](const Inputs&) -> Object { throw Undecided("a tie"); };
    CHECK_THROWS_AS(at("1"), Undecided);
  }

  TEST_CASE("only certain digits are printed") {
    const PrecisionScope precision(64);
    CHECK(Ball::pi().to_decimal(15) == "3.14159265358979");
    CHECK(Ball::pi().to_decimal(100).size() < 22);
    CHECK_THROWS_AS(Ball::hull(Ball(-1), Ball(1)).to_decimal(5), Undecided);
    CHECK(Ball::infinity().to_decimal(5) == "inf");
  }

  TEST_CASE("precision escalates until a predicate is decided, and stops at its cap") {
    long bits = 0;
    const auto tiny_difference = [&] {
      bits = PrecisionScope::bits();
      return decide_less(sqrt(Ball(2)), sqrt(Ball(2) + Ball(pow(Rational(2), -300))));
    };
    escalate_precision("a close call", tiny_difference);
    CHECK(bits >= 256);
    CHECK_THROWS_AS(escalate_precision("a tie", [] { return decide_less(sqrt(Ball(2)) * sqrt(Ball(2)), Ball(2)); }),
                    Undecided);
  }

  TEST_CASE("inputs are refused with parameter, value and domain") {
    Quantity q;
    q.name = "toy";
    q.parameters = {real("eta", "\\eta", "step").above(0).at_most(1),
                    integer("tau", "\\tau", "delay").at_least(0).or_absent()};
    const auto read = [&](const char* json) { return q.read(*parse_json(json).get<Object>()); };
    CHECK(read(R"({"eta": "0.5"})").rational("eta") == Rational(1, 2));
    CHECK_THROWS_WITH(read(R"({"eta": "0"})"), "eta = 0 is outside its domain: a number 0 < eta <= 1");
    CHECK_THROWS_WITH(read(R"({"eta": "1", "tau": "1.5"})"), "tau = 1.5 is outside its domain: an integer tau >= 0");
    CHECK_THROWS_AS(read(R"({"eta": [1]})"), DomainError);
    CHECK_THROWS_AS(read(R"({})"), DomainError);
    CHECK_THROWS_AS(read(R"({"eta": "1", "zeta": "1"})"), DomainError);
  }
}

TEST_SUITE("canary") {
  Comparison compare(Measure a, Relation r, Measure b) {
    return {.label = "test", .left = std::move(a), .relation = r, .right = std::move(b)};
  }

  TEST_CASE("every verdict is reached by the evidence that deserves it") {
    Evidence e;
    CHECK(judge(e).verdict == Verdict::error);
    e.comparisons = {compare(Rational(1, 3), Relation::less, Rational(1, 2))};
    CHECK(judge(e).verdict == Verdict::proved);
    e.coverage = Coverage::sample;
    CHECK(judge(e).verdict == Verdict::supported);
    e.coverage = Coverage::domain;
    e.boxes = 3;
    e.undecided_boxes = 1;
    CHECK(judge(e).verdict == Verdict::inconclusive);
    e.undecided_boxes = 0;
    CHECK(judge(e).verdict == Verdict::proved);
    e.comparisons.push_back(compare(2, Relation::less_equal, 1));
    CHECK(judge(e).verdict == Verdict::refuted);
    CHECK(judge(e).deciding == 1u);
    e.hypotheses = {{"a delay occurred", false}};
    CHECK(judge(e).verdict == Verdict::vacuous);
    e.not_testable = "no constant is given";
    CHECK(judge(e).verdict == Verdict::not_testable);
  }

  TEST_CASE("overlapping enclosures decide nothing, floating point refutes nothing") {
    Evidence e;
    e.comparisons = {compare(Ball::hull(Ball(0), Ball(2)), Relation::less, 1)};
    CHECK(judge(e).verdict == Verdict::inconclusive);
    Measure rounded(Ball(2));
    rounded.rigor = Rigor::floating;
    e.comparisons = {compare(rounded, Relation::less, 1)};
    CHECK(judge(e).verdict == Verdict::inconclusive);
    e.comparisons = {compare(Measure::confidence(2, 3, 1e-9), Relation::less, 1)};
    CHECK(judge(e).verdict == Verdict::refuted);
    e.comparisons = {compare(Measure::confidence(0.1, 0.3, 1e-9), Relation::less, 1)};
    CHECK(judge(e).verdict == Verdict::supported);
    e.comparisons = {compare(sqrt(Ball(2)), Relation::equal, sqrt(Ball(2)))};
    CHECK(judge(e).verdict == Verdict::inconclusive);
  }

  TEST_CASE("the judgement does not depend on the order of the comparisons") {
    Measure rounded(Ball(2));
    rounded.rigor = Rigor::floating;
    const Comparison tight = compare(Rational(9, 10), Relation::less, 1), loose = compare(1, Relation::less, 5),
                     open = compare(Ball::hull(Ball(0), Ball(2)), Relation::less, 1),
                     nearly = compare(Ball::hull(Ball(1), Ball(2)), Relation::less, Rational(3, 2)),
                     unequal = compare(sqrt(Ball(2)), Relation::equal, sqrt(Ball(2))),
                     doubtful = compare(rounded, Relation::less, 1),
                     measured = compare(Measure::confidence(2, 3, 1e-9), Relation::less, 1),
                     fails = compare(2, Relation::less, 1), fails_more = compare(3, Relation::less, 1);
    struct Case {
      std::vector<Comparison> comparisons;
      Verdict verdict;
      std::size_t deciding;
    };
    for (const Case& c : {Case{{tight, loose, tight}, Verdict::proved, 0},
                          {{tight, loose, open}, Verdict::inconclusive, 2},
                          {{open, fails, tight, loose}, Verdict::refuted, 1},
                          {{doubtful, loose, tight}, Verdict::inconclusive, 0},
                          {{doubtful, nearly}, Verdict::inconclusive, 0},
                          {{doubtful, fails, open, unequal}, Verdict::refuted, 1},
                          {{fails, fails_more, measured, loose}, Verdict::refuted, 1},
                          {{unequal, open, doubtful, measured}, Verdict::refuted, 3},
                          {{unequal, unequal, loose}, Verdict::inconclusive, 0}}) {
      std::vector<std::size_t> order(c.comparisons.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      Evidence first;
      first.comparisons = c.comparisons;
      const Judgement expected = judge(first);
      CHECK(expected.verdict == c.verdict);
      CHECK(expected.deciding == c.deciding);
      do {
        Evidence e;
        for (const std::size_t i : order) e.comparisons.push_back(c.comparisons[i]);
        const Judgement j = judge(e);
        CHECK(j.verdict == expected.verdict);
        CHECK(j.rigor == expected.rigor);
        CHECK(j.slack == expected.slack);
        CHECK(j.reason == expected.reason);
      } while (std::next_permutation(order.begin(), order.end()));
    }
  }

  TEST_CASE("subdivision proves x(1-x) <= 1/4 with a margin, and finds the planted counterexample") {
    const auto below = [](const Rational& bound) {
      return [bound](const std::vector<Ball>& x) { return compare_less_equal(x[0] * (Ball(1) - x[0]), Ball(bound)); };
    };
    const auto at = [](const std::vector<Rational>& x) {
      return Comparison{.label = "x(1-x) <= c",
                        .left = x[0] * (Rational(1) - x[0]),
                        .relation = Relation::less_equal,
                        .right = Rational(24, 100)};
    };
    const std::vector<Side> box = {{"x", 0, 1}};
    CHECK(judge(certify_on_box(box, below(Rational(26, 100)), at, "subdivision")).verdict == Verdict::proved);
    CHECK(judge(certify_on_box(box, below(Rational(24, 100)), at, "subdivision")).verdict == Verdict::refuted);
    CHECK(judge(certify_on_box(box, below(Rational(26, 100)), at, "subdivision", 2)).verdict == Verdict::inconclusive);
  }
}
