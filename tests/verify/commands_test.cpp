// The commands called as functions: exit codes, bad input, and a fuzz of the batch reader.
#include "verify/commands.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <random>
#include <sstream>

#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "verify/registry.hpp"

using namespace asyncert;

namespace {

/// A file that disappears with the scope.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text = "")
      : path_((std::filesystem::temp_directory_path() /
               ("asyncert-" + std::to_string(getpid()) + "-" + std::to_string(count_++)))
                  .string()) {
    if (!text.empty()) write_file(path_, text);
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::string path_;
};

struct Outcome {
  int code;
  std::string out, err;
};

Outcome batch(const std::string& text) {
  const TemporaryFile file(text);
  std::ostringstream out, err;
  EvalOptions options;
  options.batch = file.path();
  const int code = eval_command(options, out, err);
  return {code, out.str(), err.str()};
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("a batch answers good rows and names what is wrong with bad ones") {
    const Outcome o = batch(R"({"rows": [
      {"id": "good", "quantity": "hogwild.lemma3", "inputs": {"eta": "0.00003", "tau": "9", "rho": "1.1"}},
      {"id": "unknown", "quantity": "hogwild.lemma99", "inputs": {}},
      {"id": "negative", "quantity": "hogwild.lemma3", "inputs": {"eta": "-1", "tau": "9", "rho": "1.1"}},
      {"id": "text", "quantity": "hogwild.lemma3", "inputs": {"eta": "nan", "tau": "9", "rho": "1.1"}},
      {"id": "missing", "quantity": "hogwild.lemma3", "inputs": {"eta": "0.1", "tau": "9"}},
      {"id": "extra", "quantity": "hogwild.lemma3", "inputs": {"eta": "0.1", "tau": "9", "rho": "1.1", "x": "1"}},
      17
    ]})");
    CHECK(o.code == exit_bad_input);
    const Value answer = parse_json(o.out);
    const List& rows = *answer.get<Object>()->find("rows")->get<List>();
    REQUIRE(rows.size() == 7);
    const auto error = [&](std::size_t i) { return to_text(*rows[i].get<Object>()->find("error"), 17); };
    CHECK(rows[0].get<Object>()->find("outputs"));
    CHECK(error(1).find("hogwild.lemma99") != std::string::npos);
    CHECK(error(2).find("eta = -1") != std::string::npos);
    CHECK(error(3).find("eta = nan") != std::string::npos);
    CHECK(error(4).find("rho") != std::string::npos);
    CHECK(error(5).find("no parameter x") != std::string::npos);
    CHECK(rows[6].get<Object>()->find("error"));
  }

  TEST_CASE("an empty batch measured nothing, and no document is refused as bad input") {
    CHECK(batch(R"({"rows": []})").code == exit_nothing);
    CHECK_THROWS_AS(batch("[]"), ParseError);
    CHECK_THROWS_AS(batch("{\"rows\": 3}"), ParseError);
    CHECK_THROWS_AS(batch("{\"rows\": [}"), ParseError);
    CHECK_THROWS_WITH_AS(parse_json("[1e400]"),
                         "the number 1e400 at byte 6 lies beyond double's range; written as a string it is exact",
                         ParseError);
    CHECK_THROWS_AS(batch(R"({"rows": [], "rows": []})"), ParseError);
    CHECK_THROWS_AS(batch(std::string(100000, '[')), ParseError);
  }

  TEST_CASE("mutated batches never do more than fail with a sentence") {
    const std::string good =
        R"({"rows": [{"id": "a", "quantity": "hogwild.lemma3", "inputs": {"eta": "0.00003", "tau": "9", "rho": "1.1"}}]})";
    std::mt19937 random(7);
    const std::string alphabet = "{}[]\",:0123456789.eE+-/ntf\\ \n\x01\xff";
    int read = 0;
    for (int i = 0; i < 3000; ++i) {
      std::string text = good;
      for (unsigned k = 1 + random() % 4; k > 0; --k) {
        const std::size_t at = random() % text.size();
        switch (random() % 3) {
          case 0:
            text[at] = alphabet[random() % alphabet.size()];
            break;
          case 1:
            text.erase(at, 1 + random() % 5);
            break;
          default:
            text.insert(at, 1, alphabet[random() % alphabet.size()]);
        }
      }
      // A mutation may ask for a delay of a billion; the point here is reading, not evaluating.
      if (text.find("eE") != std::string::npos || text.find('e', text.find("\"tau\"") + 5) < text.find("\"rho\""))
        continue;
      try {
        const Outcome o = batch(text);
        CHECK((o.code == exit_ok || o.code == exit_bad_input || o.code == exit_nothing));
        ++read;
      } catch (const ParseError&) {
      }
    }
    CHECK(read > 100);
  }

  TEST_CASE("a single evaluation refuses what is no assignment") {
    std::ostringstream out, err;
    EvalOptions options;
    options.quantity = "hogwild.lemma3";
    options.assignments = {"eta"};
    CHECK_THROWS_AS(eval_command(options, out, err), UsageError);
    options.assignments = {"eta=0.1", "tau=-1", "rho=2"};
    CHECK_THROWS_WITH_AS(eval_command(options, out, err), doctest::Contains("tau = -1"), DomainError);
  }

  TEST_CASE("a list on the command line is written with or without quotes") {
    const auto value = [](const std::string& x) {
      std::ostringstream out, err;
      EvalOptions options;
      options.quantity = "dasgd.rosenbrock";
      options.assignments = {x};
      eval_command(options, out, err);
      return out.str();
    };
    CHECK(value("x=[0,1/2]") == value(R"(x=["0", "1/2"])"));
    CHECK(value("x=[0,5e-1]") == value("x=[0,1/2]"));
    CHECK_THROWS_AS(value("x=[0,1/2"), ParseError);
  }

  TEST_CASE("a value outside double's range is enclosed, also where doubles are asked for") {
    std::ostringstream out, err;
    EvalOptions options;
    options.quantity = "hogwild.theorem1";
    options.assignments = {"f0=1", "alpha=1", "V=1", "L=1", "tau=1000", "rho=10", "T=1e6"};
    options.floating = true;
    CHECK(eval_command(options, out, err) == exit_ok);
    // B grows like 10^tau times eta, eta like its inverse: in double B is infinite, and eta would be zero.
    CHECK(out.str().find("B = 1.5808414686622501e+667") != std::string::npos);
    CHECK(out.str().find("eta = 0\n") == std::string::npos);
    CHECK(out.str().find("inf") == std::string::npos);
  }

  TEST_CASE("an exact zero that no enclosure can decide stays a zero in double precision") {
    std::ostringstream out, err;
    EvalOptions options;
    options.quantity = "hogwild.scale_free_condition";
    options.assignments = {"L=1", "tau=1", "eta=1/3", "rho=4"};
    options.floating = true;
    CHECK(eval_command(options, out, err) == exit_ok);
    CHECK(out.str().find("denominator = 0\n") != std::string::npos);
  }

  TEST_CASE("verify that selects nothing measured nothing") {
    std::ostringstream out, err;
    VerifyOptions options;
    options.patterns = {"no.such.claim"};
    CHECK(verify_command(options, out, err) == exit_nothing);
  }

  TEST_CASE("a document that cannot be written is refused before the claims are examined") {
    std::ostringstream out, err;
    VerifyOptions options;
    options.patterns = {"apsgd.lemma6.printed"};
    options.out = "/nonexistent-folder/x";
    CHECK_THROWS_AS(verify_command(options, out, err), std::runtime_error);
    CHECK(out.str().empty());
  }

  TEST_CASE("verify tells what it found also where the disk is full") {
    std::ostringstream out, err;
    VerifyOptions options;
    options.patterns = {"apsgd.lemma6.printed"};
    options.out = "/dev/full";
    CHECK_THROWS_AS(verify_command(options, out, err), std::runtime_error);
    CHECK(out.str().find("every verdict is as expected") != std::string::npos);
  }

  TEST_CASE("a file is replaced whole or not at all") {
    const TemporaryFile file("old");
    CHECK_THROWS_AS(write_file("/nonexistent-folder/x", "new"), std::runtime_error);
    write_file(file.path(), "new");
    CHECK(read_file(file.path()) == "new");
    CHECK_THROWS_AS(read_file("/nonexistent-folder/x"), ParseError);
    CHECK_THROWS_WITH_AS(read_file("/dev/zero"), doctest::Contains("/dev/zero: it is a device"), ParseError);
  }
}

TEST_SUITE("formula") {
  TEST_CASE("every quantity is documented: symbols, domains, outputs, source") {
    const QuantityRegistry registry = all_quantities();
    for (const auto& [name, q] : registry.all()) {
      CAPTURE(name);
      CHECK_FALSE(q.summary.empty());
      CHECK_FALSE(q.source.empty());
      CHECK_FALSE(q.outputs.empty());
      CHECK(q.enclosed);
      for (const Parameter& p : q.parameters) CHECK_FALSE(p.meaning.empty());
    }
  }

  TEST_CASE("every claim has source, statement and procedure, and uses only claims that exist") {
    const ClaimRegistry registry = all_claims();
    for (const auto& [id, c] : registry.all()) {
      CAPTURE(id);
      CHECK_FALSE(c.source.empty());
      CHECK_FALSE(c.statement.empty());
      CHECK(c.procedure);
      for (const std::string& used : c.uses) CHECK(registry.find(used));
    }
  }
}
