// Claims are found by the numbers that the papers print.
#include "verify/selection.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "lib/numbering.hpp"
#include "verify/commands.hpp"
#include "verify/registry.hpp"

using namespace asyncert;

namespace {

/// The numbered items of a paper that say something true or false, as a person would ask for them. Not among them are
/// items that only set up notation or cite, and displays in the midst of a proof that no claim decides by themselves.
struct Paper {
  std::string name;
  std::vector<std::string> items;
  std::string equations;  ///< numbers and ranges, separated by spaces
};

const std::vector<Paper> numbered_papers = {
    {"hogwild",
     {"Assumption 1", "Assumption 2", "Assumption 3", "Assumption 4", "Assumption 5", "Algorithm 1", "Algorithm 2",
      "Lemma 1",      "Lemma 2",      "Lemma 3",      "Lemma 4",      "Lemma 5",      "Lemma 6",     "Lemma 7",
      "Theorem 1",    "Theorem 2",    "Figure 1",     "Figure 2",     "complexity",   "experiment",  "contribution"},
     "2-13"},  // (1) is the problem
    {"assm",
     {"Algorithm 1",    "Algorithm 2",   "Assumption 3.1", "Assumption 3.2", "Assumption 3.3", "Assumption 3.4",
      "Definition 3.1", "Lemma 3.1",     "Lemma 3.2",      "Theorem 3.1",    "Theorem 3.2",    "Figure 1",
      "Figure 2",       "Figure 3",      "Figure 4",       "Section 1",      "Section 2",      "Section 3.1",
      "Section 3.2",    "Section 3.3.1", "Section 3.3.2",  "Section 3.3.3",  "Section 4",      "Section 5"},
     "1-8"},
    {"apsgd",
     {"Algorithm 1", "Assumption 1", "Definition 1", "Lemma 1",   "Lemma 2",   "Lemma 3",   "Lemma 4",
      "Lemma 5",     "Lemma 6",      "Lemma 7",      "Lemma 8",   "Lemma 9",   "Lemma 10",  "Lemma 11",
      "Lemma 12",    "Lemma 13",     "Theorem 1",    "Theorem 2", "Theorem 3", "Theorem 4", "Theorem 5",
      "Theorem 6",   "Remark 1",     "Remark 2",     "Remark 3",  "Remark 4",  "Remark 5",  "Remark 6",
      "Remark 7",    "Table 1",      "Table 2",      "Table 3",   "Figure 1"},
     "3-4 6-74"},  // (1), (2) and (5) are the problem; Remark 8 says what is compared
    {"dasgd",
     {"Algorithm 1",    "Algorithm 2", "Algorithm 3",   "Assumption 1",    "Assumption 2",    "Assumption 3",
      "Definition 4.3", "Lemma 3.1",   "Lemma 4.2",     "Proposition 3.2", "Proposition 4.1", "Theorem 3.3",
      "Theorem 4.4",    "Theorem 4.6", "Corollary 4.5", "Remark 2.1",      "Figure 1",        "Section 1",
      "Section 2.1",    "Section 2.2", "Section 3.1",   "Section 4.2",     "Section 4.3",     "Section 5"},
     "2.1 3.1-3.5 4.1-4.6 5.1-5.2"},  // Remark 4.1 cites
    {"pasgd",
     {"Algorithm 1", "Assumption 1", "Assumption 2", "Assumption 3", "Definition 1", "Definition 2", "Lemma 2",
      "Lemma 3",     "Lemma 4",      "Lemma 6",      "Lemma 8",      "Lemma 9",      "Lemma 11",     "Lemma 12",
      "Lemma 14",    "Lemma 15",     "Lemma 17",     "Lemma 18",     "Lemma 19",     "Theorem 1",    "Theorem 5",
      "Theorem 7",   "Theorem 10",   "Theorem 13",   "Theorem 20",   "Corollary 16", "Corollary 21", "Remark 2.1",
      "Remark 2.2",  "Remark 4.1",   "Figure 1"},
     "4-48 50-60"},  // (1)-(3) are the problem and the assumptions, (49) is quoted
};

/// "2-4 3.1-3.2" -> (2), (3), (4), (3.1), (3.2).
std::vector<std::string> equations(const std::string& ranges) {
  std::vector<std::string> numbers;
  std::istringstream in(ranges);
  for (std::string range; in >> range;) {
    const std::size_t dash = range.find('-');
    const std::string text = dash == std::string::npos
                                 ? "(" + range + ")"
                                 : "(" + range.substr(0, dash) + ")-(" + range.substr(dash + 1) + ")";
    for (const std::string& item : read_numbering(text).items)
      numbers.push_back("(" + item.substr(item.find(' ') + 1) + ")");
  }
  return numbers;
}

long matches(const ClaimRegistry& registry, const std::vector<std::string>& patterns) {
  const Selection selection(patterns);
  long n = 0;
  for (const auto& [id, claim] : registry.all()) n += selection.contains(id, claim.source) ? 1 : 0;
  return n;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("globs") {
    CHECK(glob_match("*", ""));
    CHECK(glob_match("apsgd.lemma*", "apsgd.lemma6.printed"));
    CHECK(glob_match("*.lemma?.printed", "apsgd.lemma6.printed"));
    CHECK_FALSE(glob_match("apsgd.lemma", "apsgd.lemma6"));
    CHECK_FALSE(glob_match("", "x"));
  }

  TEST_CASE("a pattern is an id, a paper, or what the paper calls it") {
    const auto selects = [](const std::vector<std::string>& patterns, const std::string& id,
                            const std::string& source) { return Selection(patterns).contains(id, source); };
    CHECK(selects({}, "apsgd.x", ""));
    CHECK(selects({"apsgd.l*"}, "apsgd.lemma6", "Lemma 6"));
    CHECK(selects({"Lemma 6"}, "apsgd.x", "Lemma 6, (28)"));
    CHECK(selects({"lemma 6, (28)"}, "apsgd.x", "Lemma 6, (28), corrected"));
    CHECK(selects({"Lemma 6 corrected"}, "apsgd.x", "Lemma 6, (28), Corrected"));
    CHECK_FALSE(selects({"Lemma 6 corrected"}, "apsgd.x", "Lemma 6, (28)"));
    CHECK_FALSE(selects({"Lemma 6"}, "apsgd.x", "Lemma 16"));
    CHECK_FALSE(selects({"Lemma 16"}, "apsgd.x", "Lemma 6"));
    CHECK_FALSE(selects({"Theorem 3"}, "assm.x", "Theorem 3.2"));
    CHECK_FALSE(selects({"(2)"}, "pasgd.x", "Lemma 12 (2)"));
    CHECK(selects({"Section 3"}, "assm.x", "Section 3.3.3, corrected"));
    CHECK_FALSE(selects({"Section 3.3"}, "assm.x", "Section 3.2"));
    CHECK(selects({"abstract"}, "apsgd.x", "after (53), against the Abstract"));
    CHECK(selects({"apsgd", "Lemma 6"}, "apsgd.x", "Lemma 6"));
    CHECK_FALSE(selects({"apsgd", "Lemma 6"}, "hogwild.x", "Lemma 6"));
    CHECK_FALSE(selects({"apsgd", "Lemma 6"}, "apsgd.x", "Lemma 5"));
    CHECK(selects({"apsgd"}, "apsgd.x", "Lemma 5"));
    CHECK(selects({"apsgd", "hogwild"}, "hogwild.x", "Lemma 5"));
    CHECK_FALSE(Selection({"Lemma 6"}, "apsgd").contains("hogwild.x", "Lemma 6"));
    CHECK_FALSE(selects({"..."}, "apsgd.x", "Lemma 6"));
  }

  TEST_CASE("every numbered item of the papers that says something is found by its number") {
    const ClaimRegistry registry = all_claims();
    for (const Paper& paper : numbered_papers) {
      for (const std::string& item : paper.items) {
        CAPTURE(paper.name);
        CAPTURE(item);
        CHECK(matches(registry, {paper.name, item}) > 0);
      }
      for (const std::string& number : equations(paper.equations)) {
        CAPTURE(paper.name);
        CAPTURE(number);
        CHECK(matches(registry, {paper.name, number}) > 0);
      }
    }
  }

  TEST_CASE("claims, quantities and figures are listed by number") {
    const auto list = [](const std::string& what, const std::vector<std::string>& patterns) {
      std::ostringstream out, err;
      const ListOptions options{.what = what, .patterns = patterns};
      const int code = list_command(options, out, err);
      return std::pair(code, out.str() + err.str());
    };
    const auto [code, text] = list("claims", {"apsgd", "Theorem 3"});
    CHECK(code == exit_ok);
    CHECK(text.find("apsgd.theorem3 ") == 0);
    CHECK(text.find("assm") == std::string::npos);
    CHECK(list("figures", {"figure 1"}).first == exit_ok);
    CHECK(list("quantities", {"Lemma 7"}).first == exit_ok);
    CHECK(list("datasets", {"mnist"}).first == exit_ok);
    CHECK(list("claims", {"Lemma 99"}) ==
          std::pair(int{exit_nothing}, std::string("asyncert list: no claims match 'Lemma 99'\n")));
  }

  TEST_CASE("verify says which of several patterns selects nothing") {
    std::ostringstream out, err;
    VerifyOptions options;
    options.patterns = {"apsgd.theorem3", "Lemma 99"};
    CHECK(verify_command(options, out, err) == exit_ok);
    CHECK(err.str() == "asyncert verify: nothing matches 'Lemma 99'\n");
  }

  TEST_CASE("--show has both sides, the error probability, what a violation must be, and the command that repeats it") {
    const auto show = [](const std::string& id) {
      std::ostringstream out, err;
      VerifyOptions options;
      options.patterns = {id};
      options.show = true;
      options.seed = 7;
      verify_command(options, out, err);
      return out.str();
    };
    const std::string measured = show("apsgd.measured.lemma6.outer");
    for (const char* part : {"confidence 1 - alpha, alpha = 1e-09", "detectable violation: ", "seed: 7",
                             "repeat: asyncert verify 'apsgd.measured.lemma6.outer' --show --effort quick --seed 7",
                             "with probability at most 1e-09"}) {
      CAPTURE(part);
      CHECK(measured.find(part) != std::string::npos);
    }
    const std::string printed = show("apsgd.lemma6.printed");
    CHECK(printed.find("instead: apsgd.lemma6.outer: ") != std::string::npos);
    CHECK(printed.find("confidence") == std::string::npos);
    CHECK(show("hogwild.eq2.range.printed").find("no correction: ") != std::string::npos);
  }
}
