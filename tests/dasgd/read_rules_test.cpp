// The read rules by name, against their definitions.
#include <doctest/doctest.h>

#include "bounds/dasgd/dagd.hpp"
#include "lib/errors.hpp"

using namespace asyncert;
using dasgd::read_rule;

TEST_CASE("read rules are what their names say") {
  for (long n = 0; n < 2000; ++n) {
    CHECK(read_rule("n")(n) == n);
    const long half = read_rule("floor(n/2)")(n), root = read_rule("isqrt(n)")(n);
    CHECK(2 * half <= n);
    CHECK(n < 2 * half + 2);
    CHECK(root * root <= n);
    CHECK(n < (root + 1) * (root + 1));
    CHECK(read_rule("max(0,n-3)")(n) == (n < 3 ? 0 : n - 3));
  }
  CHECK_THROWS_AS(read_rule("n+1"), DomainError);
}
