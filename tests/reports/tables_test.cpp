// Tables by name, escaping, the errata and the papers' pages.
#include <doctest/doctest.h>

#include "lib/claim.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "reports/escape.hpp"
#include "reports/report.hpp"
#include "reports/table.hpp"
#include "tests/markdown_tables.hpp"

using namespace asyncert;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Claim claim(const std::string& id, Verdict expected, const Rational& right) {
  Claim c;
  c.id = id;
  c.source = "Lemma 1";
  c.statement = R"($\|x\| \le c$ for every x_0)";
  c.note = "note of " + id;
  c.expected = expected;
  c.procedure = [right](const Context&) {
    Evidence e;
    e.comparisons.push_back({.label = "|x| <= c",
                             .left = Rational(1, 3),
                             .relation = Relation::less_equal,
                             .right = right,
                             .instance = Object().add("lambda", Rational(1, 7))});
    return e;
  };
  return c;
}

/// A document as `asyncert verify` writes it: a printed lemma that fails, its correction, a table and a figure.
Value document() {
  List entries, tables, figures, papers;
  Claim lemma = claim("toy.lemma1", Verdict::proved, 1), other = claim("toy.limit", Verdict::proved, 2),
        printed = claim("toy.lemma1.printed", Verdict::refuted, Rational(1, 4)),
        wrong = claim("toy.remark.printed", Verdict::refuted, 0);
  lemma.bound = true;
  printed.instead = "toy.lemma1";
  wrong.source = "Remark 1, (7)";
  wrong.no_correction = "There is | no such thing.";
  for (const Claim* c : {&lemma, &other, &printed, &wrong}) entries.push_back(to_object(examine(*c, Context{})));
  Table t{.id = "toy.table1",
          .title = "Table 1",
          .columns = {"x_0", "printed"},
          .rows = {{{"1"}, {"2|3", true}}},
          .notes = {"50% of omega*"}};
  tables.push_back(to_object(t));
  figures.push_back(parse_json(
      R"({"id": "toy.curve", "paper": "toy", "source": "Figure 1", "title": "A curve", "caption": "It rises.",
    "x": {"label": "t"}, "y": {"label": "rate"}, "series": [{"name": "s", "mark": "line", "x": [1, 2], "y": [0.25, null]}]})"));
  papers.push_back(Object().add("id", "toy").add("title", "A toy paper"));
  return parse_json(to_json(Object()
                                .add("schema", 1)
                                .add("kind", "ledger")
                                .add("entries", std::move(entries))
                                .add("papers", std::move(papers))
                                .add("tables", std::move(tables))
                                .add("figures", std::move(figures))));
}

}  // namespace

TEST_SUITE("reports") {
  TEST_CASE("formulas stay, the rest is escaped for the format") {
    CHECK(reports::markdown_text("a_b and _c_ *d* <e> 1 < 2 $x_1*y$") == "a_b and \\_c\\_ \\*d\\* \\<e> 1 < 2 $x_1*y$");
    CHECK(reports::markdown_text(R"($\|x\|$ or |y|)", true) == R"($\Vert x\Vert $ or \|y\|)");
    CHECK(reports::latex_text("50% & x_0 ≤ $y_1$, a lone $") ==
          "50\\% \\& x\\_\\allowbreak{}0 $\\le$ $y_1$, a lone \\$");
    CHECK(reports::xml_text("a<b & \"c\"\x01") == "a&lt;b &amp; &quot;c&quot;");
    CHECK(reports::xml_text("\xCF\x84 \xE2\x89\xA4 \xF0\x9D\x9C\x8F") == "\xCF\x84 \xE2\x89\xA4 \xF0\x9D\x9C\x8F");
    for (const char* broken : {"\xCF", "\xC0\x80", "\xED\xA0\x80", "\xEF\xBF\xBF", "\xF4\x90\x80\x80", "\xFF"})
      CHECK(reports::xml_text(broken).find_first_not_of('?') == std::string::npos);
    CHECK(reports::csv_field("plain") == "plain");
    CHECK(reports::csv_field("a,\"b\"") == "\"a,\"\"b\"\"\"");
  }

  TEST_CASE("a table comes back from its tree, and a broken one is refused") {
    const Table t{.id = "t", .title = "T", .columns = {"a", "b"}, .rows = {{{"1"}, {"2", true}}}, .notes = {"n"}};
    const Table back = table_from(to_object(t));
    CHECK(render_table(back, "json") == render_table(t, "json"));
    CHECK(back.rows[0][1].marked);
    CHECK_THROWS_AS(table_from(Value("text")), ParseError);
    CHECK_THROWS_AS(table_from(parse_json(R"({"id": "t", "title": "T", "columns": ["a"], "rows": [[]], "notes": []})")),
                    ParseError);
  }

  TEST_CASE("exactly one table by its name") {
    const Value d = document();
    CHECK(contains(render_report_table(d, "table1", "md"), "| 1 | **2\\|3** |"));
    CHECK(render_report_table(d, "toy.table1", "csv") == "x_0,printed\n1,2|3\n");
    CHECK(contains(render_report_table(d, "table1", "tex"), "\\begin{tabular}{ll}"));
    CHECK(render_report_table(d, "figure.toy.curve", "csv") == "series,t,rate,lower,upper\ns,1,0.25,,\ns,2,,,\n");
    CHECK(contains(render_report_table(d, "slack", "csv"), "toy.lemma1,Lemma 1,3,exact"));
    CHECK(contains(render_report_table(d, "refuted", "text"), "toy.lemma1.printed"));
    CHECK(contains(render_report_table(d, "claims.toy", "text"), "toy.lemma1"));
    CHECK_THROWS_WITH_AS(render_report_table(d, "table9", "md"), doctest::Contains("figure.toy.curve"), DomainError);
  }

  TEST_CASE("the errata name what is printed, what refutes it and what holds instead") {
    const std::string text = render_report(document(), "errata");
    CHECK(contains(text, "| [A toy paper](papers/toy.md) | 2 | 1 | 1 |"));
    CHECK(contains(text, "note of toy.lemma1.printed"));
    CHECK(contains(text, "claimed `left <= right`, but left = `1/3` and right = `1/4`, at `lambda = 1/7`"));
    CHECK(contains(text, "- **Instead:** [`toy.lemma1`](papers/toy.md#toy.lemma1) (proved, for the instance): $"));
    CHECK(contains(text, "- **No correction:** There is | no such thing."));
    CHECK_FALSE(contains(text, "seconds"));
  }

  TEST_CASE("a paper's page has a row for every claim, and says how loose its bounds are") {
    const auto pages = render_paper_pages(document());
    REQUIRE(pages.size() == 1);
    const std::string& page = pages.at("toy");
    CHECK(contains(
        page, "| Lemma 1 | [lemma1.printed](#toy.lemma1.printed) | [lemma1](#toy.lemma1), [limit](#toy.limit) |  |"));
    CHECK(contains(page, "| Remark 1 | [remark.printed](#toy.remark.printed) |  |  |"));
    CHECK(contains(page, "## What is false as printed (2)"));
    CHECK(contains(page, "names: values, examples, limits of validity (2)"));
    CHECK(contains(page, "| <a id=\"toy.lemma1\"></a>`toy.lemma1` | Lemma 1 | "));
    CHECK(contains(page, "<br>*Note:* note of toy.lemma1 | for the instance, exact |"));
    CHECK(contains(page, "| [`toy.lemma1`](#toy.lemma1) | Lemma 1 | $"));
    CHECK_FALSE(contains(page, "| [`toy.limit`](#toy.limit) | Lemma 1"));
    CHECK(contains(page, "`toy.curve` (Figure 1): It rises."));
  }

  TEST_CASE("a counterexample is given in full, and rows of one family stand in a table") {
    List entries;
    std::string law(300, 'x');
    law += " | `y`\nz";
    for (int i = 1; i <= 5; ++i) {
      Claim c = claim("toy.row" + std::to_string(i) + ".printed", Verdict::refuted, 0);
      c.note = "One note for all | of them.";
      c.no_correction = "None | at all.";
      c.statement = "$|a| \\le \\|b\\|$ or |c|";
      c.procedure = [law](const Context&) {
        Evidence e;
        e.comparisons.push_back(
            {.label = "|x| <= c", .left = 1, .right = 0, .instance = Object().add("law", law).add("E|x|", 2)});
        return e;
      };
      entries.push_back(to_object(examine(c, Context{})));
    }
    const Value d =
        parse_json(to_json(Object().add("schema", 1).add("kind", "ledger").add("entries", std::move(entries))));
    const std::string page = render_paper_pages(d).at("toy");
    CHECK(contains(page, "### Lemma 1 to Lemma 1"));
    CHECK(contains(page, std::string(300, 'x') + " \\| 'y' z, E\\|x\\| = 2`"));
    for (int i = 1; i <= 5; ++i) CHECK(contains(page, "<a id=\"toy.row" + std::to_string(i) + ".printed\"></a>"));
    for (const std::string& text : {page, render_report(d, "errata"), render_report(d, "md")})
      CHECK(uneven_tables(text) == 0);
  }

  TEST_CASE("the canaries' page says of each what caught it, and which was missed") {
    Claim lemma = claim("toy.lemma1", Verdict::proved, 1),
          caught = claim("toy.canary.planted", Verdict::refuted, Rational(1, 4)),
          missed = claim("toy.canary.missed", Verdict::refuted, 1);
    caught.canary = missed.canary = true;
    Claim empty = caught;
    empty.id = "toy.canary.empty";
    empty.expected = Verdict::vacuous;
    empty.procedure = [](const Context&) {
      Evidence e;
      e.hypotheses.push_back({.statement = "a | delay occurred", .realised = false});
      e.comparisons.push_back({.label = "1 <= 2", .left = 1, .relation = Relation::less_equal, .right = 2});
      return e;
    };
    List entries;
    for (const Claim* c : {&lemma, &caught, &missed, &empty}) entries.push_back(to_object(examine(*c, Context{})));
    const std::string page = render_report(
        parse_json(to_json(Object().add("schema", 1).add("kind", "ledger").add("entries", std::move(entries)))),
        "canaries");
    CHECK(contains(page, "Caught: 2 of 3."));
    CHECK(contains(
        page,
        "| refuted | \\|x\\| <= c: claimed `left <= right`, but left = `1/3` and right = `1/4`, at `lambda = 1/7` |"));
    CHECK(contains(page, "| **missed:** proved | "));
    CHECK(contains(page, "| vacuous | the hypothesis was not realised: a \\| delay occurred"));
    CHECK_FALSE(contains(page, "toy.lemma1`"));
    CHECK(uneven_tables(page) == 0);
  }

  TEST_CASE("no bar of a formula or an instance breaks a table") {
    const Value d = document();
    for (const char* format : {"errata", "md"}) CHECK(uneven_tables(render_report(d, format)) == 0);
    CHECK(uneven_tables(render_paper_pages(d).at("toy")) == 0);
    for (const char* table : {"summary", "claims", "refuted", "slack", "table1", "figure.toy.curve"})
      CHECK(uneven_tables(render_report_table(d, table, "md")) == 0);
    CHECK(uneven_tables("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n") == 1);
  }
}
