// Checkpoints and traces that are spoilt in one place: each is read or refused in a sentence, and nothing else happens.
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "solvers/algorithms/apsgd.hpp"
#include "solvers/algorithms/asysvrg.hpp"
#include "solvers/algorithms/dasgd.hpp"
#include "solvers/algorithms/hogwild.hpp"
#include "solvers/algorithms/linear_delay.hpp"
#include "solvers/algorithms/pasgd.hpp"
#include "solvers/algorithms/subgradient.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/document_reader.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/replay.hpp"
#include "solvers/executors/simulated.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/instances/data_problems.hpp"
#include "solvers/instances/ridge.hpp"
#include "solvers/kernels/network_training.hpp"
#include "solvers/linear_system.hpp"
#include "solvers/trace_document.hpp"
#include "spoilt.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::solvers::instances;

namespace {

const auto noisy = with_noise(quadratic(1, 0.5, 2), 0.3);
const LinearSystem consistent_system = system_with_spectrum({0.5, 1}, 1);
/// Rows of one entry or two: supports.
const auto sparse_ridge = std::make_shared<Ridge>(
    Ridge::interpolating(Loss::square, RowMatrix::dense(3, 3, Vector{1, 0, 0, 0, 1, 0.5, 0.5, 0, 0}), {1, 2, 3}));

Evaluation evaluate(std::span<const double> x) { return {squared_norm(x), 1}; }

/// Counts what was read and what was refused; whatever else is thrown leaves the test.
struct Tally {
  std::uint64_t read = 0, refused = 0;
  void count(const std::function<void()>& attempt) {
    try {
      attempt();
      ++read;
    } catch (const ParseError& error) {
      ++refused;
      if (std::string(error.what()).rfind("file.json: ", 0) != 0) FAIL_CHECK(error.what());
    } catch (const DomainError&) {  // another run is asked for than the document's
      ++refused;
    }
  }
};

Object sealed_anew(const Object& document) {
  Object again;
  for (const auto& [name, value] : document.members())
    if (name != "checksum") again.add(name, value);
  return seal(again);
}

using Resume = std::function<Run(const RunOptions&)>;

/// Takes the first checkpoint, and goes on from every spoilt one to update 12.
void check_checkpoint(const char* name, RunOptions options, const Resume& run, std::uint64_t every = 8) {
  CAPTURE(std::string(name));
  options.evaluate = evaluate;
  options.record_every = 3;
  options.steps = 12;
  RunOptions first = options;
  first.steps = 10;
  first.checkpoint_every = every;
  std::string saved;
  first.checkpoint = [&](const Checkpoint& c) {
    if (saved.empty()) saved = to_json(to_document(c), -1);
  };
  run(first);
  REQUIRE(!saved.empty());
  const auto go_on = [&](const Value& document) {
    RunOptions rest = options;
    rest.resume = std::make_shared<Checkpoint>(checkpoint_from(document, "file.json"));
    return run(rest);
  };
  const Value good = parse_json(saved);
  CHECK(go_on(good).x == run(options).x);

  for (std::size_t size = 0; size < saved.size(); size += 97)
    CHECK_THROWS_AS(parse_json(std::string_view(saved).substr(0, size)), ParseError);
  Tally sealed, opened;
  each_spoilt(good, [&](Value v) {
    sealed.count([&] { go_on(v); });
    if (v.get<Object>()) opened.count([&] { go_on(sealed_anew(*v.get<Object>())); });
  });
  // The checksum refuses all but what a change left as it was; without it the state itself must.
  CHECK(sealed.read * 50 < sealed.refused);
  CHECK(opened.refused > 1000);
  CHECK(opened.read < opened.refused);
}

void check_trace(const char* name, const AnyRule& rule, const Run& run) {
  CAPTURE(std::string(name));
  const Value good = parse_json(to_json(to_document(run), -1));
  const auto again = [&](const Value& document) {
    RunOptions options{.evaluate = evaluate, .record_every = 3, .trace = true};
    options.schedule = recorded_schedule(trace_from(document, "file.json"));
    options.steps = options.schedule->length().value();
    return replay(rule, options);
  };
  CHECK(again(good).memory.size() == run.memory.size());
  Tally sealed, opened;
  each_spoilt(*good.get<Object>()->find("trace"), [&](Value v) {
    const Object document = Object().add("trace", v);
    sealed.count([&] { again(document); });
    if (!v.get<Object>()) return;
    const Object other = Object().add("trace", sealed_anew(*v.get<Object>()));
    opened.count([&] { again(other); });
  });
  CHECK(sealed.read * 20 < sealed.refused);
  CHECK(opened.refused > 500);
  CHECK(opened.read < opened.refused);
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("a checkpoint of a replay spoilt in one place is refused, or goes on") {
    const auto check = [](const char* name, const AnyRule& rule, const RunOptions& options) {
      check_checkpoint(name, options, [&](const RunOptions& o) { return replay(rule, o); });
    };
    const EventWorkers two{
        .service = {exponential_service(1), uniform_service(1, 2)}, .read_spacing = 0.3, .blocks = 2};
    check("hogwild", Hogwild(*noisy, {.step = 0.1}),
          {.trace = true,
           .schedule = uniform_delay(3),
           .overwrite = bernoulli_overwrite({0.7}),
           .inconsistent_read = 0.4});
    check("asysvrg", AsySvrg(*noisy, {.step = 0.1, .inner_steps = 5}), {.schedule = constant_delay(2)});
    check("passm", Subgradient(*noisy, {.step = {.c = 0.2}, .momentum = 0.5, .blocks = 2, .workers = 2}),
          {.trace = true, .schedule = event_workers(two)});
    check("pasgd", Pasgd(*noisy, {.step = 0.1, .workers = 2, .perturbation = 0.1}),
          {.trace = true, .schedule = event_workers({.service = {fixed_service(1), fixed_service(1.5)}})});
    check("dasgd", Dasgd(*noisy, {.step = {.c = 0.5}, .set = box(-1, 1), .noise = 0.1}),
          {.schedule = linear_growth(1)});
    check("apsgd", Apsgd(consistent_system, {.theta = 0.5}), {});
    check("linear-delay", LinearDelay({.matrix = {0.01}, .start = {1}}),
          {.schedule = constant_delay(3, BeforeStart::keep), .zero_history = true});
  }

  TEST_CASE("a checkpoint of a simulated run spoilt in one place is refused, or goes on") {
    const EventTimes times{.compute = {exponential_service(1), fixed_service(1)},
                           .compute_words = "two",
                           .read_spacing = 0.1,
                           .write_time = 0.2,
                           .write_spacing = 0.05};
    const auto check = [&](const char* name, const AnyRule& rule, const RunOptions& options) {
      check_checkpoint(name, options, [&](const RunOptions& o) { return simulate(rule, o, times).run; });
    };
    check("wild", Hogwild(*noisy, {.step = 0.1}), {.trace = true});
    check("sparse", Hogwild(*sparse_ridge, {.step = 0.1}), {.memory = MemoryPolicy::atomic_add});
    check("locked", Hogwild(*noisy, {.step = 0.1}), {.memory = MemoryPolicy::locked});
    check("consistent", Hogwild(*noisy, {.step = 0.1}), {.memory = MemoryPolicy::consistent});
    check("passm", Subgradient(*noisy, {.step = {.c = 0.2}, .momentum = 0.5, .blocks = 2, .workers = 2}),
          {.trace = true});
  }

  TEST_CASE("a checkpoint of threads spoilt in one place is refused, or goes on") {
    const auto check = [](const char* name, const AnyRule& rule) {
      check_checkpoint(name, {}, [&](const RunOptions& o) { return openmp(rule, o); });
    };
    check("asysvrg on a thread", AsySvrg(*noisy, {.step = 0.1, .inner_steps = 5}));
    check("momentum on a thread", Subgradient(*noisy, {.step = {.c = 0.2}, .momentum = 0.5, .shared_momentum = false}));
  }

  TEST_CASE("a checkpoint of threads, and of a network's training, spoilt in one place is refused, or goes on") {
    const auto check = [](const char* name, const AnyRule& rule, const RunOptions& options) {
      check_checkpoint(name, options, [&](const RunOptions& o) { return openmp(rule, o); });
    };
    check("wild", Hogwild(*noisy, {.step = 0.1}), {});
    check("asysvrg", AsySvrg(*noisy, {.step = 0.1, .inner_steps = 5}), {.memory = MemoryPolicy::atomic_add});
    check("assm", Subgradient(*noisy, {.step = {.c = 0.2}, .momentum = 0.5, .shared_momentum = false}),
          {.memory = MemoryPolicy::locked});
    auto set = std::make_shared<data::ClassificationData>();
    set->classes = 2;
    set->training = {.columns = 2,
                     .row_start = {0, 1, 2, 4},
                     .column = {0, 1, 0, 1},
                     .value = {1, 1, 0.5, 0.25},
                     .label = {0, 1, 0}};
    const NetworkProblem network("small", set, 2);
    for (const bool reduced : {false, true})
      check_checkpoint(
          reduced ? "asysvrg-network" : "hogwild-network", {},
          [&](const RunOptions& o) {
            RunOptions plain = o;
            plain.record_every = 0;
            return train_network_best(network, {.variance_reduced = reduced, .units = 1e9, .unit_seconds = 1},
                                      {0.1, 0.2}, plain);
          },
          3);
  }

  TEST_CASE("a trace spoilt in one place is refused, or replays") {
    const EventTimes times{
        .compute = {exponential_service(1), fixed_service(1)}, .read_spacing = 0.1, .write_time = 0.2};
    const RunOptions traced{.steps = 10, .trace = true};
    const Hogwild hogwild(*noisy, {.step = 0.1}), sparse(*sparse_ridge, {.step = 0.1});
    const Subgradient passm(*noisy, {.step = {.c = 0.2}, .blocks = 2, .workers = 2});
    const Pasgd pasgd(*noisy, {.step = 0.1, .workers = 2});
    check_trace("simulated", hogwild, simulate(hogwild, traced, times).run);
    check_trace("simulated, sparse", sparse, simulate(sparse, traced, times).run);
    check_trace("simulated passm", passm, simulate(passm, traced, times).run);
    RunOptions stamped = traced;
    stamped.memory = MemoryPolicy::atomic_add;
    stamped.stamps = true;
    check_trace("stamped", hogwild, openmp(hogwild, stamped));
    RunOptions replayed = traced;
    replayed.schedule =
        event_workers({.service = {exponential_service(1), uniform_service(1, 2)}, .read_spacing = 0.3, .blocks = 2});
    check_trace("blocks", passm, replay(passm, replayed));
    replayed.schedule = event_workers({.service = {fixed_service(1), fixed_service(1.5)}});
    check_trace("two messages an update", pasgd, replay(pasgd, replayed));
  }

  TEST_CASE("what a spoilt document is refused for") {
    const Hogwild rule(*noisy, {.step = 0.1});
    std::string saved;
    RunOptions options{.steps = 8, .checkpoint_every = 8};
    options.checkpoint = [&](const Checkpoint& c) { saved = to_json(to_document(c), -1); };
    replay(rule, options);
    const auto refused = [&](const std::string& from, const std::string& to, const char* reason) {
      std::string text = saved;
      REQUIRE(text.find(from) != std::string::npos);
      text.replace(text.find(from), from.size(), to);
      CAPTURE(to);
      CHECK_THROWS_WITH_AS(checkpoint_from(parse_json(text), "s.json"), doctest::Contains(reason), ParseError);
    };
    refused("\"schema\":2", "\"schema\":1", "s.json: \"schema\" is 1, this version reads 2");
    refused("\"step\":8", "\"step\":9", "s.json: \"checksum\" is ");
    refused("\"kind\":\"checkpoint\"", "\"kind\":\"state\"", "s.json: \"kind\" is 'state'");
    const auto state = std::make_shared<Checkpoint>(checkpoint_from(parse_json(saved), "s.json"));
    // Fewer updates than were made: a simulated run would never end.
    CHECK_THROWS_WITH_AS(replay(rule, {.steps = 7, .resume = state}), doctest::Contains("8 or more, which s.json"),
                         DomainError);
    CHECK_THROWS_WITH_AS(replay(rule, {.steps = 9, .trace = true, .resume = state}), doctest::Contains("trace: s.json"),
                         DomainError);
    const auto diverged = std::make_shared<Checkpoint>(*state);
    diverged->memory[1] = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(checkpoint_from(parse_json(to_json(to_document(*diverged)))),
                         doctest::Contains("\"memory\" holds inf at position 1: the run had diverged"), ParseError);
  }

  TEST_CASE("a run with times that are small goes on from its own checkpoint, and no run from a later one") {
    const Hogwild rule(*noisy, {.step = 0.1});
    const EventTimes times{.compute = {fixed_service(1), fixed_service(1)}, .write_time = 1e-9};
    std::shared_ptr<Checkpoint> state;
    RunOptions options{.steps = 20, .seed = 18446744073709551615u, .checkpoint_every = 10};
    options.checkpoint = [&](const Checkpoint& c) {
      state = std::make_shared<Checkpoint>(checkpoint_from(parse_json(to_json(to_document(c)))));
    };
    const Run whole = simulate(rule, options, times).run;
    CHECK(to_text(*whole.requested.find("seed"), 30) == "18446744073709551615");
    options.resume = state;
    CHECK(simulate(rule, options, times).run.memory == whole.memory);
    options.steps = 9;
    CHECK_THROWS_WITH_AS(simulate(rule, options, times), doctest::Contains("steps = 9"), DomainError);
  }
}
