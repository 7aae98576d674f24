// Exact matrices, certified roots and algebraic certificates.
#include <doctest/doctest.h>

#include "lib/ball_matrix.hpp"
#include "lib/certificate.hpp"
#include "lib/certified_root.hpp"
#include "lib/errors.hpp"
#include "lib/rational_matrix.hpp"

using namespace asyncert;

namespace {

const Rational one(1), two(2);

Verdict verdict_of(const Evidence& e) { return judge(e).verdict; }

}  // namespace

TEST_CASE("exact matrices: inverse, rank, eigenvalues") {
  const RationalMatrix a({{two, one}, {one, Rational(3)}});
  CHECK(a * a.inverse() == RationalMatrix::identity(2));
  CHECK(a.transposed() == a);
  const RationalMatrix poor({{Rational(0), Rational(0)}, {one, two}, {two, Rational(4)}, {one, one}});
  CHECK(poor.independent_rows() == std::vector<long>{1, 3});
  CHECK(RationalMatrix(2, 2).independent_rows().empty());
  const auto values = real_eigenvalues(
      RationalMatrix({{Rational(1, 3), Rational(0)}, {one, Rational(1, 3)}}));  // one double eigenvalue
  REQUIRE(values.size() == 1);
  CHECK(values[0].contains(Rational(1, 3)));
  const auto pair = real_eigenvalues(a);  // (5 -+ sqrt 5)/2
  REQUIRE(pair.size() == 2);
  CHECK((pair[0] * pair[1]).contains(Rational(5)));
  CHECK((pair[0] + pair[1]).contains(Rational(5)));
  CHECK(certainly_less(pair[0], pair[1]));
  CHECK_THROWS_AS(real_eigenvalues(RationalMatrix({{Rational(0), Rational(-1)}, {one, Rational(0)}})), DomainError);
  CHECK_THROWS_AS(poor.inverse(), DomainError);
  CHECK_THROWS_AS(a * RationalMatrix(3, 1), DomainError);
  CHECK_THROWS_AS(RationalMatrix({{one, two}, {one}}), DomainError);
}

TEST_CASE("definiteness and solutions in ball arithmetic") {
  CHECK(is_positive_definite(BallMatrix(RationalMatrix({{two, one}, {one, Rational(3)}}))) == Ternary::yes);
  CHECK(is_positive_definite(BallMatrix(RationalMatrix({{one, two}, {two, one}}))) == Ternary::no);
  CHECK(is_positive_definite(BallMatrix(RationalMatrix({{one, one}, {one, one}}))) == Ternary::unknown);
  CHECK_FALSE(BallMatrix(RationalMatrix({{one, one}, {one, one}})).solve(BallMatrix::identity(2)));
  const auto x = BallMatrix(RationalMatrix({{two, one}, {one, Rational(3)}})).solve(BallMatrix::identity(2));
  REQUIRE(x);
  CHECK((*x)(0, 0).contains(Rational(3, 5)));
}

TEST_CASE("certified roots: smooth functions, jumps, flat and steep ones, the root 0") {
  const PrecisionScope precision(256);
  int evaluations = 0;
  const Ball root = certified_root(
      [&](const Ball& x) {
        ++evaluations;
        return x * x - 2;
      },
      Ball(0), Ball(10));
  CHECK((root * root).contains(two));
  CHECK(root.accuracy_bits() > 220);
  CHECK(evaluations < 30);
  // A jump between two smooth pieces, where the sign changes without a zero.
  const Ball jump = certified_root(
      [](const Ball& x) { return certainly_less(x, Ball(Rational(1, 3))) ? x - 5 : x + 5; }, Ball(0), Ball(7));
  CHECK(jump.contains(Rational(1, 3)));
  CHECK(jump.accuracy_bits() > 200);
  // The right piece vanishes at 1/2 without changing sign, which attracts secants.
  const Ball decoy = certified_root(
      [](const Ball& x) {
        const Ball y = x - Ball(Rational(1, 2));
        return certainly_less(x, Ball(Rational(1, 5))) ? Ball(-1) : certainly_less(y, 0) ? Ball(100) : y;
      },
      Ball(0), Ball(3));
  CHECK(decoy.contains(Rational(1, 5)));
  CHECK(decoy.accuracy_bits() > 200);
  // Plateaus on both sides: secant steps on one are small, and all to one side.
  {
    const PrecisionScope usual(128);
    const Ball shoulder = Rational(21, 100), target = Rational::parse("1e-9");
    const auto tail = [&](const Ball& x) {
      const Ball y = (x - shoulder) * Rational(50, 3);
      return certainly_less(x, shoulder) ? Ball(1) : exp(-y * y);
    };
    evaluations = 0;
    const Ball plateau =
        certified_root([&](const Ball& x) { return ++evaluations, target - tail(x); }, Ball(0), Ball(1));
    CHECK(tail(plateau).overlaps(target));
    CHECK(plateau.accuracy_bits() > 90);
    CHECK(evaluations < 60);
  }
  CHECK(certified_root([](const Ball& x) { return x * x * x; }, Ball(-1), Ball(3)).contains(Rational(0)));
  const Ball steep = certified_root([](const Ball& x) { return exp(x * 1000) - 2; }, Ball(-5), Ball(100));
  CHECK((exp(steep * 1000)).contains(two));
}

TEST_CASE("an identity is proved by degrees, and a wrong one refuted with a point") {
  const std::vector<Variable> variables = {{"x", 2}, {"y", 2}};
  const auto square = [](const Point& v) { return (v[0] + v[1]) * (v[0] + v[1]); };
  Certificate right("binomial formula");
  right.identity("(x+y)^2", variables, square,
                 [](const Point& v) { return v[0] * v[0] + two * v[0] * v[1] + v[1] * v[1]; });
  CHECK(verdict_of(right) == Verdict::proved);
  Certificate wrong("a dropped factor");
  wrong.identity("(x+y)^2", variables, square, [](const Point& v) { return v[0] * v[0] + v[0] * v[1] + v[1] * v[1]; });
  CHECK(verdict_of(wrong) == Verdict::refuted);
  CHECK(wrong.evidence().comparisons.back().instance.find("x"));
}

TEST_CASE("signs of multi-affine factors are decided at the corners") {
  const std::vector<Side> unit = {{"a", Rational(0), one}, {"b", Rational(0), one}};
  Certificate good("1 - ab");
  good.nonnegative("1 - ab", unit, [](const Point& v) { return one - v[0] * v[1]; });
  CHECK(verdict_of(good) == Verdict::proved);
  Certificate bad("1 - 2ab");
  bad.nonnegative("1 - 2ab", unit, [](const Point& v) { return one - two * v[0] * v[1]; });
  CHECK(verdict_of(bad) == Verdict::refuted);
}
