// Lists in text, bisection over integers, registries.
#include "lib/text.hpp"

#include <doctest/doctest.h>

#include "lib/bisection.hpp"
#include "lib/registry.hpp"

using namespace asyncert;

namespace {

struct Entry {
  std::string name;
  int value = 0;
};

}  // namespace

TEST_CASE("text is split at every separator and joined again") {
  using Words = std::vector<std::string>;
  CHECK(split("", ',') == Words{""});
  CHECK(split("a", ',') == Words{"a"});
  CHECK(split("a,,b,", ',') == Words{"a", "", "b", ""});
  CHECK(join(Words{}) == "");
  CHECK(join(Words{"", ""}) == ", ");
  CHECK(join(split("a:b:c", ':'), "/") == "a/b/c");
  CHECK(join(std::vector<int>{1, 2}, [](int i) { return std::to_string(i); }) == "1, 2");
}

TEST_CASE("the first integer with a property is found among integers of every type") {
  for (const long wanted : {1L, 2L, 63L, 64L, 100L}) {
    int tries = 0;
    CHECK(first_true(0L, 100L, [&](long k) { return ++tries, k >= wanted; }) == wanted);
    CHECK(tries <= 7);
    CHECK(first_true(0.0, 100.0, [&](double k) { return k >= static_cast<double>(wanted); }) ==
          static_cast<double>(wanted));
    CHECK(first_true(Rational(0), Rational(100), [&](const Rational& k) { return k >= Rational(wanted); }) ==
          Rational(wanted));
  }
  CHECK(first_true(-5L, -4L, [](long) { return false; }) == -4);
  CHECK(first_true(-1L, 3L, [](long k) { return k >= 0; }) == 0);
  CHECK(first_true(0.0, 1e300, [](double k) { return k >= 1e299; }) == 1e299);
}

TEST_CASE("a registry is in the order of names and refuses a second entry of one name") {
  Registry<Entry, &Entry::name> registry;
  registry.add({"b", 2});
  registry.add({"a", 1});
  CHECK_THROWS_AS(registry.add({"a", 3}), std::logic_error);
  CHECK(registry.find("a")->value == 1);
  CHECK_FALSE(registry.find("c"));
  CHECK(registry.all().begin()->first == "a");
}
