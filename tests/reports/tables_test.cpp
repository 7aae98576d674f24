// Tables by name, escaping, the errata and the papers' pages.
#include <doctest/doctest.h>

#include "lib/claim.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "reports/escape.hpp"
#include "reports/report.hpp"
#include "reports/table.hpp"

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
  for (const Claim& c :
       {claim("toy.lemma1", Verdict::proved, 1), claim("toy.lemma1.printed", Verdict::refuted, Rational(1, 4))})
    entries.push_back(to_object(examine(c, Context{})));
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
    CHECK(contains(text, "A toy paper"));
    CHECK(contains(text, "note of toy.lemma1.printed"));
    CHECK(contains(text, "left = `1/3` and right = `1/4`, at `lambda = 0.14285714`"));
    CHECK(contains(text, "**Instead** (proved, for the instance, `toy.lemma1`)"));
    CHECK_FALSE(contains(text, "seconds"));
  }

  TEST_CASE("a paper's page says how loose its bounds are") {
    const auto pages = render_paper_pages(document());
    REQUIRE(pages.size() == 1);
    CHECK(contains(pages.at("toy"), "## What is proved (1)"));
    CHECK(contains(pages.at("toy"), "| toy.lemma1 | Lemma 1 | 3 | exact |"));
    CHECK(contains(pages.at("toy"), "`toy.curve` (Figure 1): It rises."));
  }
}
