#include "lib/numbering.hpp"

#include <doctest/doctest.h>

using namespace asyncert;

namespace {

using Items = std::set<std::string>;

Items numbered_items(const std::string& source) { return read_numbering(source).items; }

}  // namespace

TEST_SUITE("formula") {
  TEST_CASE("the numbered items of a source") {
    CHECK(numbered_items("Lemma 6, (28), corrected") == Items{"lemma 6", "equation 28"});
    CHECK(numbered_items("Lemmas 5 and 7") == Items{"lemma 5", "lemma 7"});
    CHECK(numbered_items("Lemmas 5, 6 and 7") == Items{"lemma 5", "lemma 6", "lemma 7"});
    CHECK(numbered_items("Tables 2 and 3, 4.4") == Items{"table 2", "table 3", "section 4", "section 4.4"});
    CHECK(numbered_items("(6)-(9), (a)-(c)") ==
          Items{"equation 6", "equation 7", "equation 8", "equation 9", "equation a", "equation b", "equation c"});
    CHECK(numbered_items("(3.4)-(3.6)") == Items{"equation 3.4", "equation 3.5", "equation 3.6"});
    CHECK(numbered_items("Corollary 21, Lemma 12 (4)") == Items{"corollary 21", "lemma 12", "part 4"});
    CHECK(numbered_items("Figure 1(a), Lemma 10") == Items{"figure 1", "part a", "lemma 10"});
    CHECK(numbered_items("Section 3.2, the choice of T(s)") == Items{"section 3", "section 3.2"});
    CHECK(numbered_items("Assumption 2 (VC), at f(2), x_3.") == Items{"assumption 2"});
    CHECK(numbered_items("Theorem 4 (Perron-Frobenius), d = 101") == Items{"theorem 4"});
    CHECK(numbered_items("Eq. (28) and fig. 1, Thm 3 to 5") ==
          Items{"equation 28", "figure 1", "theorem 3", "theorem 4", "theorem 5"});
    CHECK(numbered_items("") == Items{});
    CHECK(numbered_items("Lemma (") == Items{});
    CHECK(numbered_items("(12") == Items{});
    CHECK(numbered_items("(1)-(99999999999999999999)") == Items{"equation 1", "equation 99999999999999999999"});
  }

  TEST_CASE("the other words of a source, in small letters") {
    CHECK(read_numbering("Lemma 6, (28), Corrected").words == Items{"corrected"});
    CHECK(read_numbering("after (53), at d = 101").words == Items{"after", "at", "d", "101"});
    CHECK(read_numbering("the lemma").words == Items{"the", "lemma"});
  }
}
