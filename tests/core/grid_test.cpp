// Grids of inputs, and the .npy files that hold what was found on them.
#include "lib/grid.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <set>

#include "lib/errors.hpp"
#include "lib/numpy.hpp"

using namespace asyncert;

namespace {

std::vector<std::string> texts(const GridAxis& axis) {
  std::vector<std::string> r;
  for (const Value& v : axis.values) r.push_back(to_text(v, 17));
  return r;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_SUITE("formula") {
  TEST_CASE("axes: one value, several, equidistant, in equal ratios") {
    const Parameter x = real("x", "x", "a number"), n = integer("n", "n", "a count");
    CHECK(texts(parse_axis(x, "0.1")) == Texts{"0.1"});
    CHECK(texts(parse_axis(x, "0.1,1/3")) == Texts{"0.1", "1/3"});
    CHECK(texts(parse_axis(x, "0:1:5")) == Texts{"0", "0.25", "0.5", "0.75", "1"});
    CHECK(texts(parse_axis(x, "1:0:3")) == Texts{"1", "0.5", "0"});
    CHECK(texts(parse_axis(x, "7:9:1")) == Texts{"7"});
    CHECK(*parse_axis(x, "1e-400:1e-398:3:log").values[1].get<Rational>() == Rational::parse("1e-399"));
    CHECK(parse_axis(x, "1:100:3:log").logarithmic);
    CHECK_FALSE(parse_axis(x, "1:100:3").logarithmic);
    // Thirds are exact, not rounded.
    CHECK(*parse_axis(x, "0:1:4").values[1].get<Rational>() == Rational(1, 3));
    // An integer parameter keeps each integer once.
    CHECK(texts(parse_axis(n, "1:4:7")) == Texts{"1", "2", "3", "4"});
    CHECK(texts(parse_axis(n, "1:1000:4:log")) == Texts{"1", "10", "100", "1000"});
    CHECK(texts(parse_axis(word("w", "a word", {"a:b", "c"}), "a:b,c")) == Texts{"a:b", "c"});
    CHECK(parse_axis(real_list("l", "l", "numbers"), "[1,2]").values.size() == 1);
  }

  TEST_CASE("a range that is none is refused with its text") {
    const Parameter x = real("x", "x", "a number");
    for (const char* text : {"1:2", "1:2:0", "1:2:-3", "1:2:x", "1:2:3:lin", "a:2:3", "1:2:3:log:4", "1:2:1e9", ":::"})
      CHECK_THROWS_WITH_AS(parse_axis(x, text), doctest::Contains(text), DomainError);
    CHECK_THROWS_WITH_AS(parse_axis(x, "0:1:3:log"), doctest::Contains("above 0"), DomainError);
  }

  TEST_CASE("a grid's last axis runs fastest, and its size is bounded") {
    const Parameter x = real("x", "x", "a number"), y = real("y", "y", "a number");
    const Grid grid({parse_axis(x, "1,2"), parse_axis(y, "10,20,30")}, 6);
    REQUIRE(grid.size() == 6);
    Texts points;
    for (std::size_t i = 0; i < grid.size(); ++i) points.push_back(to_text(grid.inputs(i), 17));
    CHECK(std::set<std::string>(points.begin(), points.end()).size() == 6);
    CHECK(grid.indices(1) == std::vector<std::size_t>{0, 1});
    CHECK(grid.indices(5) == std::vector<std::size_t>{1, 2});
    CHECK_THROWS_WITH_AS(Grid({parse_axis(x, "1,2"), parse_axis(y, "10,20,30")}, 5), doctest::Contains("y"),
                         DomainError);
    CHECK(Grid({}, 1).size() == 1);
    CHECK_THROWS_WITH_AS(Grid({parse_axis(x, "1,2"), {.name = "y", .values = {}}}, 5),
                         "the axis y of the grid has no value", DomainError);
  }

  TEST_CASE("a .npy file has its header on a multiple of 64 bytes, then the rows") {
    const std::string file = to_npy({2, 1}, {{"a", {1.5, -2}}, {"it's", {0, 1e300}}});
    REQUIRE(file.substr(0, 8) == std::string("\x93NUMPY\x01\0", 8));
    const std::size_t header = static_cast<unsigned char>(file[8]) + 256u * static_cast<unsigned char>(file[9]);
    CHECK((10 + header) % 64 == 0);
    CHECK(file[9 + header] == '\n');
    const std::string text = file.substr(10, header);
    CHECK(text.find(R"(('a', '<f8'), ('it\'s', '<f8'))") != std::string::npos);
    CHECK(text.find("'shape': (2, 1, )") != std::string::npos);
    REQUIRE(file.size() == 10 + header + 4 * 8);
    double values[4];
    std::memcpy(values, file.data() + 10 + header, sizeof values);
    CHECK((values[0] == 1.5 && values[1] == 0 && values[2] == -2 && values[3] == 1e300));
    CHECK_THROWS_AS(to_npy({3}, {{"a", {1, 2}}}), std::invalid_argument);
  }
}
