// Exact numbers, enclosures, the judge: containment, round trips, and what must be refused.
#include <doctest/doctest.h>

#include <random>

#include "lib/claim.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/quantity.hpp"
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
