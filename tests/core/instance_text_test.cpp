#include "lib/instance_text.hpp"

#include <doctest/doctest.h>

using namespace asyncert;

TEST_SUITE("formula") {
  TEST_CASE("the parameters of a counterexample are exact wherever a line holds them") {
    const auto text = [](const Value& v) { return to_text(instance_text(v, 17), 17); };
    CHECK(text(Rational(1, 4)) == "0.25");
    CHECK(text(Rational(1, 300)) == "1/300");
    CHECK(text(Rational(-8, 11)) == "-8/11");
    Rational tiny(1, 3);
    for (int i = 0; i < 8; ++i) tiny *= tiny;
    CHECK(text(tiny).size() < 30);
    CHECK(text(Object().add("a", Rational(1, 3)).add("word", "x | y")) == "{a: 1/3, word: x | y}");
    CHECK(text(List{Rational(1, 3), Rational(2)}) == "[1/3, 2]");
  }
}
