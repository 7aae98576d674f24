// `asyncert compare`: what counts as a change, and what becomes of the baseline.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "verify/commands.hpp"

using namespace asyncert;

namespace {

struct Outcome {
  int code;
  std::string out, err;
};

/// A folder with a baseline and results, which disappears with the scope.
class Workplace {
 public:
  Workplace() { std::filesystem::create_directories(folder_); }
  ~Workplace() { std::filesystem::remove_all(folder_); }

  void baseline(const std::string& text) { write_file(file("baseline.json"), text); }
  std::string baseline() const { return read_file(file("baseline.json")); }

  Outcome compare(const std::string& results, bool update = false, bool json = false) {
    write_file(file("results.json"), results);
    CompareOptions options;
    options.results = file("results.json");
    options.baseline = file("baseline.json");
    options.update = update;
    options.json = json;
    std::ostringstream out, err;
    const int code = compare_command(options, out, err);
    return {code, out.str(), err.str()};
  }

 private:
  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("asyncert-compare-" + std::to_string(getpid()));
};

std::string entry(const std::string& id, const std::string& verdict, const std::string& slack,
                  const std::string& rigor = "exact") {
  return R"({"id": ")" + id + R"(", "verdict": ")" + verdict + R"(", "rigor": ")" + rigor + "\"" +
         (slack.empty() ? "" : ", \"slack\": " + slack) + "}";
}

std::string results(const std::string& entries, const std::string& effort = "quick", bool selected = false,
                    bool partial = false) {
  const auto flag = [](bool b) { return std::string(b ? "true" : "false"); };
  return R"({"schema": 1, "kind": "ledger", "options": {"effort": ")" + effort + R"(", "seed": "1", "selected": )" +
         flag(selected) + R"(}, "partial": )" + flag(partial) + R"(, "entries": [)" + entries + "]}";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("a changed verdict, a moved slack, a gone and a new claim are changes, each a row of the table") {
    Workplace w;
    w.baseline(R"({"schema": 1, "kind": "baseline", "entries": [)" + entry("p.a", "proved", "0.5") + "]}");
    CHECK(w.compare(results(entry("p.a", "proved", "0.5"))).code == exit_ok);
    CHECK(w.compare(results(entry("p.a", "refuted", "0.5"))).code == exit_differs);
    CHECK(w.compare(results(entry("p.a", "proved", "0.51"))).code == exit_differs);
    CHECK(w.compare(results(entry("p.a", "proved", ""))).code == exit_differs);
    CHECK(w.compare(results(entry("p.a", "proved", "0.8", "finite-sample"))).code == exit_ok);
    CHECK(w.compare(results(entry("p.a", "proved", "1.3", "finite-sample"))).code == exit_differs);
    const Outcome other = w.compare(results(entry("p.b", "proved", "0.5")));
    CHECK(other.code == exit_differs);
    CHECK(contains(other.out, "p.a    gone  proved    -\n"));
    CHECK(contains(other.out, "p.b    new   -         proved\n"));
    CHECK(contains(other.out, "2 changes against "));
    const Value json = parse_json(w.compare(results(entry("p.b", "proved", "0.5")), false, true).out);
    CHECK(json.get<Object>()->find("changes")->get<List>()->size() == 2);
    CHECK(w.compare(results("")).code == exit_nothing);
    CHECK_THROWS_AS(w.compare("{}"), ParseError);
    CHECK_THROWS_AS(w.compare(results("{}")), ParseError);
  }

  TEST_CASE("results of some claims are held against these alone, and an interrupted run too") {
    Workplace w;
    w.baseline(results(entry("p.a", "proved", "0.5") + "," + entry("p.b", "proved", "0.5")));
    const Outcome some = w.compare(results(entry("p.a", "proved", "0.5"), "quick", true));
    CHECK(some.code == exit_ok);
    CHECK(contains(some.out, ", 1 claim compared of 2: the run was of some claims only"));
    const Outcome part = w.compare(results(entry("p.a", "proved", "0.5"), "quick", false, true));
    CHECK(part.code == exit_ok);
    CHECK(contains(part.out, "1 claim compared of 2: the run was interrupted"));
    CHECK(w.compare(results(entry("p.a", "refuted", "0.5"), "quick", true)).code == exit_differs);
  }

  TEST_CASE("results of another effort are compared by verdict, and a sentence says so") {
    Workplace w;
    w.baseline(results(entry("p.a", "proved", "0.5")));
    const Outcome same = w.compare(results(entry("p.a", "proved", "0.7"), "deep"));
    CHECK(same.code == exit_ok);
    CHECK(contains(same.out,
                   "slacks were not compared, as the baseline was made with --effort quick and the results "
                   "with --effort deep"));
    CHECK(w.compare(results(entry("p.a", "refuted", "0.7"), "deep")).code == exit_differs);
  }

  TEST_CASE("an update is sorted, keeps what did not change to the digit, and says what changed") {
    Workplace w;
    const Outcome first = w.compare(results(entry("p.b", "supported", "0.5", "finite-sample") + "," +
                                            entry("p.a", "proved", "0.5") + "," + entry("p.c", "proved", "")),
                                    true);
    CHECK(first.code == exit_ok);
    CHECK(contains(first.out, "baseline.json: 3 claims"));
    const std::string before = w.baseline();
    CHECK(before.find("p.a") < before.find("p.b"));
    CHECK(contains(before, "\"effort\": \"quick\",\n \"seed\": \"1\",\n"));
    // A measured slack wanders, and the file stays as it is.
    const std::string wandered =
        results(entry("p.a", "proved", "0.5") + "," + entry("p.b", "supported", "0.6", "finite-sample") + "," +
                entry("p.c", "proved", ""));
    CHECK(w.compare(wandered, true).code == exit_ok);
    CHECK(w.baseline() == before);
    const Outcome changed = w.compare(
        results(entry("p.a", "refuted", "0.5") + "," + entry("p.b", "supported", "0.6", "finite-sample")), true);
    CHECK(contains(changed.out, "p.a    verdict  proved    refuted\n"));
    CHECK(contains(changed.out, "p.c    gone     proved    -\n"));
    CHECK_FALSE(contains(w.baseline(), "p.c"));
  }

  TEST_CASE("a part is merged into the baseline; an interrupted run and a part of another effort are refused") {
    Workplace w;
    const std::string all = entry("p.a", "proved", "0.5") + "," + entry("p.b", "proved", "0.5");
    CHECK(w.compare(results(all), true).code == exit_ok);
    const Outcome merged =
        w.compare(results(entry("p.b", "refuted", "0.5") + "," + entry("p.c", "proved", "1"), "quick", true), true);
    CHECK(merged.code == exit_ok);
    CHECK(contains(merged.out, "3 claims (1 of them not among the results, and kept)"));
    CHECK(contains(w.baseline(), "p.a"));
    const std::string before = w.baseline();
    CHECK_THROWS_WITH_AS(w.compare(results(all, "quick", false, true), true),
                         doctest::Contains("a run that was not interrupted"), DomainError);
    CHECK_THROWS_WITH_AS(w.compare(results(entry("p.b", "proved", "0.5"), "deep", true), true),
                         doctest::Contains("--effort deep"), DomainError);
    CHECK(w.baseline() == before);
    CHECK(w.compare(results(all, "deep"), true).code == exit_ok);
    CHECK(contains(w.baseline(), "\"effort\": \"deep\""));
  }
}
