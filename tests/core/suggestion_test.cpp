#include "lib/suggestion.hpp"

#include <doctest/doctest.h>

using namespace asyncert;

TEST_CASE("edit distance counts insertions, removals, replacements and swaps of neighbours") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("verify", "verfy") == 1);
  CHECK(edit_distance("table1", "tabel1") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("sitting", "kitten") == 3);
}

TEST_CASE("a suggestion is the nearest name, and none is made for something else") {
  CHECK(suggestion("verfy", {"list", "verify", "report"}) == "; did you mean verify?");
  CHECK(suggestion("frobnicate", {"list", "verify", "report"}).empty());
  CHECK(suggestion("x", {}).empty());
}
