// Figures as data: what a series keeps of its numbers, and what is refused.
#include "lib/figure.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

#include "lib/json.hpp"

using namespace asyncert;

namespace {

Object drawn(const Series& series) {
  const Figure figure{.id = "toy.curve",
                      .source = "Figure 1",
                      .title = "A curve",
                      .caption = "It rises.",
                      .x = {.label = "t"},
                      .y = {.label = "y"},
                      .compute = [&](const Context&) { return FigureData{.series = {series}}; }};
  return to_object(figure, Context{});
}

std::string error_of(const Series& series) {
  const Object o = drawn(series);
  const Value* error = o.find("error");
  return error ? to_text(*error, 17) : "";
}

}  // namespace

TEST_SUITE("figures") {
  TEST_CASE("the weakest number decides the rigor, and only a confidence interval leaves a band") {
    Series s{.name = "s"};
    s.add(0, Rational(1, 3));
    CHECK(s.rigor == Rigor::exact);
    s.add(1, sqrt(Ball(2)));
    CHECK(s.rigor == Rigor::enclosed);
    CHECK(s.lower.empty());
    Series measured{.name = "m", .band = "99 % confidence"};
    measured.add(0, Measure::confidence(1, 3, 0.01));
    CHECK(measured.rigor == Rigor::finite_sample);
    CHECK(measured.y[0] == doctest::Approx(2));
    CHECK(measured.lower[0] == doctest::Approx(1));
    CHECK(error_of(measured) == "");
    s.add_float(2, 1.5);
    CHECK(s.rigor == Rigor::floating);
  }

  TEST_CASE("a value that is not finite is a gap") {
    Series s{.name = "s"};
    s.add_float(0, std::numeric_limits<double>::infinity());
    s.add_float(1, 2);
    const std::string text = to_json(drawn(s), -1);
    CHECK(text.find("\"y\":[null,2") != std::string::npos);
  }

  TEST_CASE("series that do not fit together are named in the error") {
    CHECK(error_of({.name = "empty"}).find("'empty': no points") != std::string::npos);
    CHECK(error_of({.name = "short", .x = {1, 2}, .y = {1}}).find("differ in length") != std::string::npos);
    CHECK(error_of({.name = "half", .x = {1, 2}, .y = {1, 2}, .lower = {0}, .upper = {3}, .band = "b"})
              .find("interval") != std::string::npos);
    CHECK(error_of({.name = "unnamed", .x = {1}, .y = {1}, .lower = {0}, .upper = {2}}).find("meaning") !=
          std::string::npos);
    CHECK(error_of({.name = "open", .mark = Mark::band, .x = {1}}).find("interval") != std::string::npos);
    CHECK(error_of({.name = "region", .mark = Mark::band, .x = {1}, .lower = {0}, .upper = {2}}) == "");
  }

  TEST_CASE("a computation that throws leaves its reason, and an id is taken once") {
    Figure f{.id = "toy.fails",
             .source = "s",
             .title = "t",
             .caption = "c",
             .x = {.label = "x"},
             .y = {.label = "y"},
             .compute = [](const Context&) -> FigureData { throw std::runtime_error("no data"); }};
    CHECK(to_text(*to_object(f, Context{}).find("error"), 17) == "no data");
    FigureRegistry registry;
    registry.add(f);
    CHECK_THROWS_AS(registry.add(f), std::logic_error);
  }
}
