// Figures whose numbers must add up, whatever the machine measured.
#include <doctest/doctest.h>

#include "lib/figure.hpp"
#include "verify/registry.hpp"

using namespace asyncert;

TEST_SUITE("openmp") {
  TEST_CASE("the shares of delays and of lost writes add up to one for each number of threads") {
    const FigureRegistry registry = all_figures();
    for (const char* id : {"hogwild.delays", "hogwild.lost_writes"}) {
      CAPTURE(id);
      const FigureData data = registry.all().at(id).compute(Context{});
      REQUIRE(data.series.size() == 2);
      for (const Series& series : data.series) {
        double sum = 0;
        for (const double y : series.y) sum += y;
        CHECK(sum == doctest::Approx(1));
      }
    }
  }
}
