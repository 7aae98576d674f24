// `asyncert probe` called as a function: its three formats agree with `eval`, and points without a value stay in place.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
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

Outcome probe(ProbeOptions options) {
  std::ostringstream out, err;
  const int code = probe_command(options, out, err);
  return {code, out.str(), err.str()};
}

std::string in_file(ProbeOptions options, const std::string& ending) {
  options.out =
      (std::filesystem::temp_directory_path() / ("asyncert-probe-" + std::to_string(getpid()) + ending)).string();
  CHECK(probe(options).code == exit_ok);
  const std::string text = read_file(options.out);
  std::filesystem::remove(options.out);
  return text;
}

const ProbeOptions lemma3{.quantity = "hogwild.lemma3", .assignments = {"eta=1,2", "tau=0:2:3", "rho=2"}};

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("csv: the varied inputs, then the outputs, a line a point") {
    const Outcome o = probe(lemma3);
    CHECK(o.code == exit_ok);
    // 4 eta^2 tau (2 + ... + 2^tau), and a quarter of it.
    CHECK(o.out.starts_with("eta,tau,coeff_printed,coeff_C1,"));
    CHECK(o.out.find("\n1,0,0,0,") != std::string::npos);
    CHECK(o.out.find("\n1,2,48.000000000000000,12.000000000000000,") != std::string::npos);
    CHECK(o.out.find("\n2,1,32.000000000000000,8.0000000000000000,") != std::string::npos);
    CHECK(o.out.find("rho") == std::string::npos);
  }

  TEST_CASE("json: fixed inputs, axes, points, and the numbers of eval") {
    const Value document = parse_json(in_file(lemma3, ".json"));
    const Object& root = *document.get<Object>();
    CHECK(to_text(*root.find("fixed"), 17) == to_text(Value(Object().add("rho", "2")), 17));
    CHECK(root.find("axes")->get<List>()->size() == 2);
    const List& points = *root.find("points")->get<List>();
    REQUIRE(points.size() == 6);
    std::ostringstream out, err;
    EvalOptions eval{.quantity = "hogwild.lemma3", .assignments = {"eta=2", "tau=2", "rho=2"}};
    eval.digits = 17, eval.json = true;
    REQUIRE(eval_command(eval, out, err) == exit_ok);
    const Value answer = parse_json(out.str());
    CHECK(to_text(*points[5].get<Object>()->find("outputs"), 17) ==
          to_text(*answer.get<Object>()->find("outputs"), 17));
  }

  TEST_CASE("npy: the shape of the grid, and the values as doubles") {
    const std::string file = in_file(lemma3, ".npy");
    CHECK(file.find("'shape': (2, 3, )") != std::string::npos);
    double last[6];
    std::memcpy(last, file.data() + file.size() - sizeof last, sizeof last);
    CHECK((last[0] == 2 && last[1] == 2 && last[2] == 4 * 4 * 2 * 6));
  }

  TEST_CASE("points outside the domain carry the reason, the rest go on") {
    ProbeOptions options = lemma3;
    options.assignments = {"eta=-1,1", "tau=1", "rho=2"};
    const Outcome some = probe(options);
    CHECK(some.code == exit_ok);
    CHECK(some.out.find("eta = -1 is outside its domain") != std::string::npos);
    CHECK(some.out.find("\n1,8.0000000000000000,2.0000000000000000,") != std::string::npos);
    CHECK(some.err.find("1 of 2 points") != std::string::npos);
    options.assignments = {"eta=-1,-2", "tau=1", "rho=2"};
    CHECK(probe(options).code == exit_bad_input);
  }

  TEST_CASE("both arithmetics agree") {
    ProbeOptions options{
        .quantity = "apsgd.rate",
        .assignments = {"theta=0.5", "omega=1", "lambda_min=0.1", "lambda_max=0.9", "delta=1:1e9:10:log"}};
    const Value enclosed = parse_json(in_file(options, ".json"));
    options.floating = true;
    const Value floating = parse_json(in_file(options, ".json"));
    for (std::size_t i = 0; i < 10; ++i) {
      const auto rate = [&](const Value& document) {
        const List& points = *document.get<Object>()->find("points")->get<List>();
        const Object& outputs = *points[i].get<Object>()->find("outputs")->get<Object>();
        return std::stod(to_text(*outputs.find("one_minus_rho"), 17));
      };
      CHECK(rate(floating) == doctest::Approx(rate(enclosed)).epsilon(1e-13));
    }
  }

  TEST_CASE("the page has a figure an output, and names those that stay the same") {
    ProbeOptions options = lemma3;
    options.plot =
        (std::filesystem::temp_directory_path() / ("asyncert-probe-" + std::to_string(getpid()) + ".html")).string();
    options.assignments = {"eta=1", "tau=0:9:10", "rho=1,2"};
    CHECK(probe(options).code == exit_ok);
    const std::string page = read_file(options.plot);
    std::filesystem::remove(options.plot);
    for (const char* part : {"hogwild.lemma3.coeff_sharp", "rho = 2", "Lemma 3 (4)"})
      CHECK(page.find(part) != std::string::npos);
    options.assignments = {"eta=1,2", "tau=0:9:10", "rho=1,2"};
    CHECK_THROWS_WITH_AS(probe(options), doctest::Contains("not 3"), DomainError);
  }

  TEST_CASE("what is no probe is refused") {
    ProbeOptions options = lemma3;
    options.quantity = "hogwild.lemma33";
    CHECK_THROWS_WITH_AS(probe(options), doctest::Contains("hogwild.lemma33"), DomainError);
    options = lemma3;
    options.assignments.push_back("beta=1");
    CHECK_THROWS_WITH_AS(probe(options), doctest::Contains("no parameter beta"), DomainError);
    options.assignments = {"eta=1:2:1000", "tau=0:2000:2001", "rho=2"};
    CHECK_THROWS_WITH_AS(probe(options), doctest::Contains("1000000 points"), DomainError);
    options.assignments = {"eta"};
    CHECK_THROWS_AS(probe(options), UsageError);
  }
}
