// Every format of a report, from one small ledger with hostile text in it.
#include "reports/report.hpp"

#include <doctest/doctest.h>

#include "lib/claim.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"

using namespace asyncert;

namespace {

Value sample_ledger() {
  Claim claim;
  claim.id = "toy.lemma1";
  claim.source = "Lemma 1, (3) & more";
  claim.statement = "$a < b$ | \"quoted\" <script>alert(1)</script> 50%_x";
  claim.procedure = [](const Context&) {
    Evidence e;
    e.coverage = Coverage::instance;
    e.comparisons.push_back({.label = "a < b",
                             .left = Rational(1, 3),
                             .relation = Relation::less,
                             .right = Rational(1, 2),
                             .instance = Object().add("x", Rational(1, 7))});
    return e;
  };
  Claim wrong = claim;
  wrong.id = "toy.lemma2";
  wrong.procedure = [](const Context&) {
    Evidence e;
    e.comparisons.push_back({.label = "1 = 2", .left = 1, .relation = Relation::equal, .right = 2});
    return e;
  };
  Claim canary = wrong;
  canary.id = "toy.canary.planted";
  canary.canary = true;
  canary.expected = Verdict::refuted;
  List entries;
  for (const Claim* c : {&claim, &wrong, &canary}) entries.push_back(to_object(examine(*c, Context{})));
  const Value document = Object().add("schema", 1).add("kind", "ledger").add("entries", std::move(entries));
  return parse_json(to_json(document));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_SUITE("reports") {
  TEST_CASE("markdown counts verdicts without canaries and escapes cells") {
    const std::string text = render_report(sample_ledger(), "md");
    CHECK(contains(text, "| toy | 1 | 0 | 1 | 0 | 0 | 0 | 0 |"));
    CHECK(contains(text, "Canaries caught: 1 of 1. Verdicts that differ from the expected ones: 1."));
    CHECK(contains(text, "\\| \"quoted\""));
  }

  TEST_CASE("junit has a case a claim, and a failure for the verdict that differs") {
    const std::string text = render_report(sample_ledger(), "junit");
    CHECK(count(text, "<testcase ") == 3);
    CHECK(count(text, "<failure ") == 1);
    CHECK(contains(text, "<testsuites tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0."));
    CHECK(contains(text, "$a &lt; b$ | &quot;quoted&quot; &lt;script&gt;"));
    CHECK_FALSE(contains(text, "e-0"));  // times are decimals
    CHECK(contains(text, "refuted instead of proved"));
  }

  TEST_CASE("csv quotes every text cell") {
    const std::string text = render_report(sample_ledger(), "csv");
    CHECK(count(text, "\n") == 4);
    CHECK(contains(text, "\"\"quoted\"\""));
  }

  TEST_CASE("html is one file that runs no script of the data") {
    const std::string text = render_report(sample_ledger(), "html");
    CHECK_FALSE(contains(text, "<script>alert"));
    CHECK(contains(text, "\\u003cscript>alert"));
    CHECK_FALSE(contains(text, "<script src"));
    CHECK_FALSE(contains(text, "<link"));
    CHECK_FALSE(contains(text, "@import"));
    CHECK(count(text, "</script>") == 4);
    CHECK(contains(text, "\"fraction\":\"1/3\""));
    CHECK(text.size() < 4u << 20);
  }

  TEST_CASE("latex escapes text outside of formulas") {
    const std::string text = render_report(sample_ledger(), "tex");
    CHECK(contains(text, "$a < b$"));
    CHECK(contains(text, "50\\%\\_\\allowbreak{}x"));
    CHECK(contains(text, "\\toprule"));
  }

  TEST_CASE("json comes back as it was; other documents and formats are refused") {
    const Value ledger = sample_ledger();
    CHECK(to_json(parse_json(render_report(ledger, "json"))) == to_json(ledger));
    const std::string numbers =
        R"({"schema": 1, "kind": "ledger", "entries": [], "seconds": 0.1, "far": 1e+90, "few": 7})";
    CHECK(contains(render_report(parse_json(numbers), "json"), "\"seconds\": 0.1,"));
    CHECK(contains(render_report(parse_json(numbers), "json"), "\"far\": 1e+90,"));
    CHECK(contains(render_report(parse_json(numbers), "json"), "\"few\": 7"));
    CHECK_THROWS_AS(render_report(parse_json("{\"schema\": 1}"), "md"), ParseError);
    CHECK_THROWS_AS(render_report(parse_json("{\"schema\": 2, \"kind\": \"ledger\", \"entries\": []}"), "md"),
                    ParseError);
    CHECK_THROWS_AS(render_report(sample_ledger(), "docx"), DomainError);
  }
}
