// `asyncert run` and the lists of algorithms and instances, called as functions.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/instances/constrained.hpp"
#include "verify/commands.hpp"

using namespace asyncert;

namespace {

std::string temporary(const std::string& name) {
  return (std::filesystem::temp_directory_path() / ("asyncert-run-" + std::to_string(getpid()) + "-" + name)).string();
}

struct Outcome {
  int code;
  std::string out;
};

Outcome run(const RunCommandOptions& options) {
  std::ostringstream out, err;
  const int code = run_command(options, out, err);
  return {code, out.str()};
}

/// A number inside a document, as its text.
std::string at(const std::string& document, std::initializer_list<const char*> path) {
  Value value = parse_json(document);
  for (const char* name : path) {
    const auto* object = value.get<Object>();
    REQUIRE(object);
    const Value* found = object->find(name);
    REQUIRE_MESSAGE(found, name);
    value = Value(*found);
  }
  if (const auto* list = value.get<List>()) {
    std::string text;
    for (const Value& v : *list) text += to_text(v, 17) + " ";
    return text;
  }
  return to_text(value, 17);
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("every algorithm runs on an instance with every executor that it has") {
    for (const auto& algorithm : solvers::catalog::algorithm_list()) {
      if (algorithm.default_steps == 0) continue;  // trains on a data set, below
      for (const std::string& executor : algorithm.executors) {
        CAPTURE(algorithm.name);
        CAPTURE(executor);
        RunCommandOptions o;
        o.algorithm = algorithm.name;
        o.instance = algorithm.name == "apsgd" || algorithm.name == "minibatch" ? "spectrum"
                     : algorithm.name == "linear-delay"                         ? ""
                                                                                : "quadratic";
        o.executor = executor;
        o.steps = 200;
        o.json = true;
        if (o.executor == "openmp" || o.executor == "simulate") o.threads = 2;
        if (o.executor == "replay") o.schedule = "uniform:3";
        const Outcome outcome = run(o);
        CHECK(outcome.code == exit_ok);
        CHECK(at(outcome.out, {"realised", "steps"}) == "200");
        CHECK(at(outcome.out, {"requested", "method"}) == algorithm.name);
      }
    }
  }

  TEST_CASE("the training curve of the network is a document in units") {
    RunCommandOptions o;
    o.algorithm = "asysvrg-network";
    o.instance = "connect4-network";
    o.executor = "openmp";
    o.settings = {"units=0.01", "step=0.01"};
    o.json = true;
    const Outcome outcome = run(o);
    CHECK(outcome.code == exit_ok);
    CHECK(at(outcome.out, {"realised", "steps"}) == "67557");
    CHECK(at(outcome.out, {"realised", "details", "step"}) == "0.01");
    const Value document = parse_json(outcome.out);
    const auto* curve = document.get<Object>()->find("curve")->get<List>();
    REQUIRE(curve->size() == 2);
    CHECK(to_text(*curve->at(1).get<Object>()->find("passes"), 3) == "3");
    CHECK(curve->at(1).get<Object>()->find("units"));
    o.executor = "serial";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("openmp"), DomainError);
    o.executor = "openmp";
    o.instance = "quadratic";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("connect4-network"), DomainError);
  }

  TEST_CASE("a training of the network honours or refuses every option, and goes on from its last pass") {
    RunCommandOptions o;
    o.algorithm = "hogwild-network";
    o.instance = "connect4-network";
    o.executor = "openmp";
    o.settings = {"units=1000", "step=0.01"};
    o.steps = 1000;
    o.json = true;
    const auto refused = [&](auto change, const char* reason) {
      RunCommandOptions other = o;
      change(other);
      CHECK_THROWS_WITH_AS(run(other), doctest::Contains(reason), DomainError);
    };
    refused([](auto& c) { c.record_every = 5; }, "a point after every pass");
    refused([](auto& c) { c.stall_limit = 5; }, "--stall-limit");
    refused([](auto& c) { c.equal_shares = true; }, "always have equal shares");
    refused([](auto& c) { c.stamps = true; }, "no stamps");
    const std::string thousand = run(o).out;
    CHECK(at(thousand, {"realised", "steps"}) == "1000");
    o.replicate = 1;
    CHECK(at(run(o).out, {"x"}) != at(thousand, {"x"}));
  }

  TEST_CASE("penalties are in the curve, linear-delay has one, and domains are said as they are") {
    RunCommandOptions o;
    o.algorithm = "hw";
    o.instance = "quadratic";
    o.settings = {"l2=2", "l1=3", "start=1,-2,0,0,0,0,0,0"};
    o.steps = 1;
    o.json = true;
    const auto problem = solvers::catalog::make_instance("quadratic").problem;
    const double x[]{1, -2, 0, 0, 0, 0, 0, 0};
    const Value document = parse_json(run(o).out);
    const auto* first = document.get<Object>()->find("curve")->get<List>()->at(0).get<Object>();
    CHECK(to_text(*first->find("value"), 17) == to_text(Value(problem->value(x) + 5 + 9), 17));
    o = {};
    o.algorithm = "linear-delay";
    o.settings = {"a=0.5"};
    o.steps = 2;
    o.json = true;
    const std::string scalar = run(o).out;
    CHECK(at(scalar, {"x"}) == "2.25 ");
    const Value points = parse_json(scalar);
    const auto* curve = points.get<Object>()->find("curve")->get<List>();
    REQUIRE(curve->size() == 3);
    CHECK(to_text(*curve->at(1).get<Object>()->find("value"), 17) == "1.5");
    o.settings = {"a=0,1,-1,0", "start=1,0"};
    CHECK(at(run(o).out, {"x"}) == "0 -2 ");
    const auto refused = [&](const char* algorithm, const char* instance, std::vector<std::string> settings,
                             const char* reason) {
      RunCommandOptions other;
      other.algorithm = algorithm;
      other.instance = instance;
      other.settings = std::move(settings);
      CHECK_THROWS_WITH_AS(run(other), doctest::Contains(reason), DomainError);
    };
    refused("linear-delay", "quadratic", {}, "runs on no instance");
    refused("linear-delay", "", {"a=1,2,3"}, "3 entries for 2 coordinates");
    refused("dasgd", "quadratic", {"noise=-1"}, "noise = -1 is outside its domain: [0, inf)");
    refused("apsgd", "spectrum", {"theta=5"}, "theta = 5 is outside its domain: (0, 1]");
    refused("sgd", "quadratic", {}, "it is hogwild with --executor serial");
  }

  TEST_CASE("a resumed run gives the document of an uninterrupted one") {
    RunCommandOptions whole;
    whole.algorithm = "asysvrg";
    whole.instance = "cosine";
    whole.executor = "replay";
    whole.schedule = "events:uniform:1-2,1-3,1-3";
    whole.settings = {"step=0.2", "inner=30"};
    whole.steps = 400;
    whole.json = true;
    const std::string expected = at(run(whole).out, {"x"});
    RunCommandOptions part = whole;
    part.steps = 130;
    part.checkpoint = temporary("checkpoint");
    part.checkpoint_every = 65;
    run(part);
    whole.resume = part.checkpoint;
    CHECK(at(run(whole).out, {"x"}) == expected);
    whole.settings = {"step=0.3", "inner=30"};
    CHECK_THROWS_WITH_AS(run(whole), doctest::Contains("step=0.2"), DomainError);
    whole.settings = {"step=0.2", "inner=30"};
    whole.seed = 2;
    CHECK_THROWS_WITH_AS(run(whole), doctest::Contains("seed"), DomainError);
    std::filesystem::remove(part.checkpoint);
  }

  TEST_CASE("a resumed simulated run gives the document of an uninterrupted one") {
    RunCommandOptions whole;
    whole.algorithm = "hw";
    whole.instance = "P14+noise";
    whole.executor = "simulate";
    whole.compute = "exponential:1,1,2";
    whole.write_time = 0.3;
    whole.steps = 500;
    whole.json = true;
    const std::string expected = run(whole).out;
    RunCommandOptions part = whole;
    part.steps = 200;
    part.checkpoint = temporary("simulation");
    run(part);
    whole.resume = part.checkpoint;
    const std::string resumed = run(whole).out;
    CHECK(at(resumed, {"x"}) == at(expected, {"x"}));
    CHECK(at(resumed, {"realised", "survival"}) == at(expected, {"realised", "survival"}));
    whole.compute = "exponential:1,1,3";
    CHECK_THROWS_WITH_AS(run(whole), doctest::Contains("exponential:1,1,2"), DomainError);
    std::filesystem::remove(part.checkpoint);
  }

  TEST_CASE("the trace of a simulated run, and of consistent threads, replays to the same bits") {
    for (const std::string executor : {"simulate", "openmp"}) {
      CAPTURE(executor);
      RunCommandOptions recorded;
      recorded.algorithm = "hogwild";
      recorded.instance = "cosine";
      recorded.executor = executor;
      recorded.settings = {"step=0.1"};
      recorded.steps = 700;
      recorded.seed = 3;
      recorded.trace = true;
      recorded.out = temporary("trace.json");
      recorded.json = true;
      if (executor == "simulate") {
        recorded.compute = "exponential:1,1,2";
        recorded.read_spacing = 0.05;
        recorded.write_time = 0.2;
      } else {
        recorded.threads = 2;
        recorded.memory = "consistent";
      }
      const std::string first = run(recorded).out;
      if (executor == "simulate") CHECK(std::stod(at(first, {"realised", "alpha"})) < 1);
      RunCommandOptions again = recorded;
      again.executor = "replay";
      again.out = again.compute = again.memory = "";
      again.threads.reset();
      again.read_spacing.reset();
      again.write_time.reset();
      again.steps = 0;  // the trace knows
      again.schedule = "trace:" + recorded.out;
      const std::string second = run(again).out;
      CHECK(at(second, {"x"}) == at(first, {"x"}));
      CHECK(at(second, {"realised", "steps"}) == "700");
      CHECK(at(second, {"realised", "delays", "before_read", "mean"}) ==
            at(first, {"realised", "delays", "before_read", "mean"}));
      if (executor == "simulate") CHECK(at(second, {"realised", "survival"}) == at(first, {"realised", "survival"}));
      std::filesystem::remove(recorded.out);
    }
  }

  TEST_CASE("every probe comes out in the document and in the summary") {
    RunCommandOptions o;
    o.algorithm = "passm";
    o.instance = "P14+noise";
    o.executor = "openmp";
    o.threads = 2;
    o.steps = 2000;
    o.probes = true;
    o.json = true;
    const std::string document = run(o).out;
    CHECK(at(document, {"realised", "probes", "classes"}) == "blocks");
    CHECK(at(document, {"realised", "probes", "worker_shares"}) == "0.5 0.5 ");
    CHECK(at(document, {"realised", "probes", "frequencies"}) == "0.5 0.5 ");
    CHECK(at(document, {"realised", "probes", "own_block_age", "max"}) == "0");
    CHECK(at(document, {"realised", "probes", "lock_wait", "total"}) == "0");  // there is no lock
    CHECK(at(document, {"realised", "torn_reads"}) != "");
    for (const char* name : {"conditional_frequencies", "updates_between", "time_between"})
      CHECK_FALSE(at(document, {"realised", "probes", name}).empty());
    for (const char* name : {"before_read", "after_read", "after_write"})
      CHECK(at(document, {"realised", "delays", name, "messages"}) == "2000");
    CHECK(document.find("max_gap") == std::string::npos);  // what was not measured is not shown
    o.json = false;
    const std::string summary = run(o).out;
    for (const char* line :
         {"delay before read:", "delay after read:", "delay after write:", "share of the updates, by worker: 0.5 0.5",
          "frequency of a block: 0.5 to 0.5", "between updates of a block:", "age of the own block: mean 0"})
      CHECK_MESSAGE(summary.find(line) != std::string::npos, line);
    o = {};
    o.algorithm = "assm";
    o.instance = "quadratic";
    o.executor = "simulate";
    o.compute = "fixed:1,1";
    o.write_time = 0.25;
    o.steps = 100;
    const std::string simulated = run(o).out;
    for (const char* line :
         {"delay t - a(t):", "inconsistent reads: ", "alpha: 1", "lock wait: mean ", "units of time"})
      CHECK_MESSAGE(simulated.find(line) != std::string::npos, line);
  }

  TEST_CASE("stamps measure lost writes, labels, inconsistent reads and the gap on real threads") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "cosine";
    o.executor = "openmp";
    o.threads = 2;
    o.steps = 3000;
    o.stamps = true;
    o.json = true;
    const std::string document = run(o).out;
    CHECK(at(document, {"requested", "stamps"}) == "true");
    CHECK(at(document, {"realised", "delays", "label", "messages"}) == "3000");
    for (const char* name : {"alpha", "survival", "inconsistent_reads", "mean_squared_gap", "max_gap"})
      CHECK_FALSE(at(document, {"realised", name}).empty());
    o.json = false;
    const std::string summary = run(o).out;
    for (const char* line : {"delay t - a(t):", "inconsistent reads: ", "alpha: "})
      CHECK_MESSAGE(summary.find(line) != std::string::npos, line);
    o.json = o.trace = true;
    o.out = temporary("stamps.json");
    const std::string first = run(o).out;
    RunCommandOptions again = o;
    again.executor = "replay";
    again.stamps = false;
    again.threads.reset();
    again.out.clear();
    again.steps = 0;
    again.schedule = "trace:" + o.out;
    const std::string second = run(again).out;
    CHECK(at(second, {"x"}) == at(first, {"x"}));
    CHECK(at(second, {"realised", "max_gap"}) == at(first, {"realised", "max_gap"}));
    std::filesystem::remove(o.out);
    o.out.clear();
    o.steps = 1 << 25;  // times eight coordinates
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("more than the 2^27"), DomainError);
    o.steps = 10;
    o.memory = "locked";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("wild or atomic_add"), DomainError);
    o.memory.clear();
    o.algorithm = "asysvrg";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("no epochs"), DomainError);
    o.executor = "serial";
    o.threads.reset();
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("--stamps belongs to --executor openmp"), DomainError);
  }

  TEST_CASE(
      "a resumed run records the curve in the steps in which it began, and is refused where it would mix records") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "cosine";
    o.executor = "openmp";
    o.threads = 2;
    o.steps = 1000;
    o.checkpoint = temporary("threads");
    o.json = true;
    run(o);
    o.resume = o.checkpoint;
    o.checkpoint.clear();
    o.steps = 3000;
    const Value document = parse_json(run(o).out);
    CHECK(document.get<Object>()->find("curve")->get<List>()->size() == 301);
    const auto refused = [&](auto change, const char* reason) {
      RunCommandOptions other = o;
      change(other);
      CHECK_THROWS_WITH_AS(run(other), doctest::Contains(reason), DomainError);
    };
    refused([](auto& c) { c.record_every = 50; }, "its record_every is 10, the run's is 50");
    refused([](auto& c) { c.steps = 999; }, "steps = 999");
    refused([](auto& c) { c.probes = true; }, "no records of messages");
    refused([](auto& c) { c.executor = "serial", c.threads.reset(); }, "its executor is openmp, the run's is serial");
    std::filesystem::remove(o.resume);
  }

  TEST_CASE("the document on standard output is nothing but the document, and says how it came about") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "cosine";
    o.steps = 20;
    o.out = "-";
    o.command = "asyncert run hogwild";
    const std::string text = run(o).out;
    CHECK(at(text, {"environment", "command"}) == o.command);
    o.json = true;
    CHECK(std::count(text.begin(), text.end(), '\n') == std::ranges::count(run(o).out, '\n'));
    o.out = o.checkpoint = temporary("both");
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("--out and --checkpoint are the same file"), DomainError);
    o.checkpoint = "-";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("--checkpoint = -"), DomainError);
  }

  TEST_CASE("a run that ends early shows where it ended") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "quadratic";
    o.executor = "replay";
    o.steps = 1'000'000'000'000;
    o.record_every = 1'000'000'000'000;
    o.time_limit = 0.05;
    o.json = true;
    const Outcome outcome = run(o);
    CHECK(outcome.code == exit_ok);
    const Value document = parse_json(outcome.out);
    const auto* curve = document.get<Object>()->find("curve")->get<List>();
    REQUIRE(curve->size() == 2);
    CHECK(to_text(*curve->at(1).get<Object>()->find("step"), 17) == at(outcome.out, {"realised", "steps"}));
  }

  TEST_CASE("what cannot be written is refused before the run, not after it") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "quadratic";
    o.steps = 1'000'000'000'000;
    o.out = "/no/such/folder/run.json";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("/no/such/folder/run.json"), std::runtime_error);
    o.out = std::filesystem::temp_directory_path().string();
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("folder"), std::runtime_error);
    o.out.clear();
    o.checkpoint = "/no/such/folder/state";
    CHECK_THROWS_WITH_AS(run(o), doctest::Contains("/no/such/folder/state"), std::runtime_error);
  }

  TEST_CASE("divergence is an outcome, with its reason") {
    RunCommandOptions o;
    o.algorithm = "hogwild";
    o.instance = "quadratic";
    o.settings = {"step=5"};
    o.json = true;
    const Outcome outcome = run(o);
    CHECK(outcome.code == exit_differs);
    CHECK(at(outcome.out, {"realised", "stop"}) == "diverged");
  }

  TEST_CASE("bad requests are refused in one sentence") {
    const auto refused = [](auto change, const char* reason) {
      RunCommandOptions o;
      o.algorithm = "hogwild";
      o.instance = "quadratic";
      o.steps = 10;
      change(o);
      CAPTURE(reason);
      CHECK_THROWS_WITH_AS(run(o), doctest::Contains(reason), std::invalid_argument);
    };
    refused([](auto& o) { o.algorithm = "newton"; }, "asysvrg");
    refused([](auto& o) { o.instance = "nothing"; }, "asyncert list instances");
    refused([](auto& o) { o.instance = "spectrum"; }, "linear system");
    refused([](auto& o) { o.settings = {"stepp=1"}; }, "step, start");
    refused([](auto& o) { o.settings = {"step=fast"}; }, "finite number");
    refused([](auto& o) { o.settings = {"step=0"}; }, "step = 0 is outside its domain: (0, inf)");
    refused([](auto& o) { o.algorithm = "passm", o.settings = {"factor=1,0"}; },
            "factor = 0 is outside its domain: (0, inf)");
    refused([](auto& o) { o.algorithm = "dasgd", o.settings = {"c=-1"}; }, "c = -1 is outside");
    refused([](auto& o) { o.algorithm = "dasgd", o.settings = {"exponent=0.7"}; }, "exponent belongs to growth=power");
    refused([](auto& o) { o.algorithm = "pasgd", o.settings = {"gradient-noise=-1"}; }, "gradient-noise = -1");
    refused([](auto& o) { o.executor = "replay", o.schedule = "events:fixed:1e308"; }, "time of the event queue = inf");
    // Numbers that would fill the memory, or be cut to 32 bits, before anything is allocated.
    refused([](auto& o) { o.algorithm = "pasgd", o.settings = {"workers=99999999999"}; },
            "workers = 99999999999 is outside its domain: a whole number from 1 to 1048576");
    refused([](auto& o) { o.algorithm = "minibatch", o.instance = "spectrum", o.settings = {"tau=99999999999"}; },
            "tau = 9");
    refused([](auto& o) { o.algorithm = "linear-delay", o.instance = "", o.settings = {"messages=99999999999"}; },
            "messages = 9");
    refused([](auto& o) { o.algorithm = "passm", o.settings = {"blocks=4294967297"}; },
            "blocks = 4294967297 is outside its domain: a whole number from 1 to 8");
    refused([](auto& o) { o.executor = "replay", o.schedule = "sometimes"; }, "saw-tooth:D");
    refused([](auto& o) { o.executor = "replay", o.schedule = "constant:-1"; }, "whole number");
    refused([](auto& o) { o.threads = 2; }, "--threads belongs to --executor openmp, simulate, the run's is serial");
    refused([](auto& o) { o.write_time = 1; }, "--write-time belongs to --executor simulate");
    refused([](auto& o) { o.checkpoint_every = 5; }, "--checkpoint FILE");
    refused([](auto& o) { o.schedule = "uniform"; }, "--schedule belongs to --executor replay");
    refused([](auto& o) { o.executor = "replay", o.schedule = "uniform"; }, "uniform:D, as uniform:4");
    refused([](auto& o) { o.executor = "replay", o.schedule = "trace"; }, "trace:FILE");
    refused([](auto& o) { o.executor = "replay", o.schedule = "trace:/no/such/file"; }, "/no/such/file");
    refused([](auto& o) { o.executor = "replay", o.schedule = "events:fixed:1,x"; }, "'x'");
    const auto simulated = [&](auto change, const char* reason) {
      refused([&](auto& o) { o.executor = "simulate", change(o); }, reason);
    };
    simulated([](auto& o) { o.compute = "sometimes"; }, "fixed:T,T.., exponential:T,T.. or uniform:A-B,A-B..");
    simulated([](auto& o) { o.compute = "fixed:1,0"; }, "(0, inf)");
    simulated([](auto& o) { o.compute = "fixed:"; }, "''");
    simulated([](auto& o) { o.compute = "fixed:1,1,1", o.threads = 2; }, "--threads = 2 is outside its domain: 3");
    simulated([](auto& o) { o.write_time = -1; }, "write_time = -1");
    simulated([](auto& o) { o.compute = "fixed:1e308"; }, "simulated time = inf");
    simulated([](auto& o) { o.read_spacing = std::numeric_limits<double>::infinity(); }, "read_spacing = inf");
    simulated([](auto& o) { o.algorithm = "asysvrg"; }, "executor of asysvrg = 'simulate'");
    simulated([](auto& o) { o.algorithm = "hw", o.settings = {"momentum=0.5"}; }, "momentum of each worker's own");
    simulated([](auto& o) { o.algorithm = "pasgd", o.settings = {"workers=2"}; }, "one message an update");
    refused([](auto& o) { o.executor = "openmp", o.threads = 100000; }, "from 1 to 1024");
    refused(
        [](auto& o) {
          o.executor = "openmp";
          o.memory = "tame";
        },
        "atomic_add");
    refused(
        [](auto& o) {
          o.executor = "openmp";
          o.schedule = "none";
        },
        "replay");
    refused([](auto& o) { o.executor = "replay", o.survival = 2.0; }, "[0, 1]");
    refused([](auto& o) { o.resume = "/no/such/file"; }, "/no/such/file");
    refused([](auto& o) { o.instance = "libsvm:/no/such/file"; }, "/no/such/file");
  }

  TEST_CASE("a LIBSVM file becomes a logistic regression that the methods solve") {
    const std::string path = temporary("libsvm");
    std::ofstream(path) << "1 1:1 3:0.5\n-1 2:1\n1 1:0.5 2:-0.5\n-1 2:0.25 3:-1\n";
    RunCommandOptions o;
    o.algorithm = "asysvrg";
    o.instance = "libsvm:" + path;
    o.executor = "openmp";
    o.threads = 2;
    o.settings = {"step=1"};
    o.steps = 2000;
    o.target = 0.1;
    o.json = true;
    CHECK(at(run(o).out, {"realised", "stop"}) == "target reached");
    o.target.reset();
    o.algorithm = "hogwild";
    o.executor = "serial";
    o.threads.reset();
    o.steps = 100;
    const auto first_value = [&](const std::string& name) {
      o.instance = name;
      return to_text(
          *parse_json(run(o).out).get<Object>()->find("curve")->get<List>()->at(0).get<Object>()->find("value"), 9);
    };
    o.settings = {"start=1,1,1"};
    // Margins 1.5, -1, 0, 0.75; with the penalty, 0.1 |w|^2 / 2 = 0.15 more.
    CHECK(first_value("libsvm:" + path + ":svm") == "0.8125");
    CHECK(first_value("libsvm:" + path + ":l2=0.1:svm") == "0.9625");
    CHECK(first_value("libsvm:" + path + ":3") == first_value("libsvm:" + path));
    CHECK_THROWS_WITH_AS(first_value("libsvm:" + path + ":4"), doctest::Contains("start: it has 3 coordinates"),
                         DomainError);
    CHECK_THROWS_WITH_AS(first_value("libsvm:" + path + ":2"), doctest::Contains(":1: the index 3 is outside 1 to 2"),
                         ParseError);
    CHECK_THROWS_WITH_AS(first_value("libsvm:" + path + ":0"), doctest::Contains("from 1 to 1073741824"), DomainError);
    CHECK_THROWS_WITH_AS(first_value("libsvm:" + path + ":l2=-1"), doctest::Contains("l2 = -1"), DomainError);
    std::filesystem::remove(path);
  }

  TEST_CASE("lists") {
    std::ostringstream out, err;
    CHECK(list_command({.what = "algorithms", .patterns = {"pass*"}}, out, err) == exit_ok);
    CHECK(out.str().find("momentum") != std::string::npos);
    CHECK(out.str().find("executors: serial, replay, openmp, simulate; memory of threads: wild") != std::string::npos);
    CHECK(out.str().find("momentum (m): u <- m u + g, x <- x - (1 - m) gamma u; [0, 1); default 0") !=
          std::string::npos);
    CHECK(list_command({.what = "instances", .patterns = {"quartic-saddle"}}, out, err) == exit_ok);
    CHECK(out.str().find(
              "d = 2, n = 1; L = 13, V = 10, sigma = 0, f* = -1, rho = 12 on |x| <= 2; stationary points known") !=
          std::string::npos);
    CHECK(out.str().find("rho: the Hessian of every term is rho-Lipschitz") != std::string::npos);
    out.str("");
    CHECK(list_command({.what = "instances", .patterns = {"P14+noise"}, .json = true}, out, err) == exit_ok);
    const auto p14 = parse_json(out.str()).get<List>()->at(0);
    CHECK(to_text(*p14.get<Object>()->find("domain"), 5) == "R^d");
    const auto& sigma = p14.get<Object>()->find("constants")->get<List>()->at(0);
    CHECK(to_text(*sigma.get<Object>()->find("symbol"), 5) == "sigma");
    CHECK(to_text(*sigma.get<Object>()->find("value"), 5) == "0.5");
    CHECK(list_command({.what = "instances", .patterns = {"P1?"}, .json = true}, out, err) == exit_ok);
    CHECK(list_command({.what = "instances", .patterns = {"none*"}}, out, err) == exit_nothing);
    std::vector<std::string> listed;
    for (const auto& instance : solvers::catalog::instance_list()) listed.push_back(instance.name);
    for (const std::string& name : solvers::instances::coherent_names())
      CHECK_MESSAGE(std::count(listed.begin(), listed.end(), name) == 1, name);
  }
}
