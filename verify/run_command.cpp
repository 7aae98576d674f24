// `asyncert run`: one run of one algorithm, with its loss curve, delays and stop reason as a document.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "lib/environment.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "lib/text.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/executors/simulated.hpp"
#include "verify/commands.hpp"
#include "verify/interrupt.hpp"
#include "verify/run_summary.hpp"

namespace asyncert {

namespace {

using namespace solvers;

/// The state in which the run ended, where that is no point of its curve: runs end early.
void add_last_point(Run& run, const Evaluate& evaluate) {
  if (run.curve.empty() || run.curve.back().step == run.steps || !std::isnan(run.curve.back().units)) return;
  const Evaluation end = evaluate(run.x);
  run.curve.push_back({run.steps, run.simulated_time.value_or(run.seconds), end.value, end.gradient_norm});
}

catalog::Settings parse_settings(const std::vector<std::string>& assignments) {
  std::map<std::string, std::string> values;
  for (const std::string& text : assignments) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) throw DomainError("setting", "'" + text + "'", "key=value");
    if (!values.emplace(text.substr(0, equals), text.substr(equals + 1)).second)
      throw DomainError("setting '" + text + "' is given twice");
  }
  return catalog::Settings(std::move(values));
}

/// Throws `DomainError` when an option is given that the executor does not have.
void require_options_of(const RunCommandOptions& o) {
  struct Rule {
    const char* option;
    bool given;
    std::vector<std::string> executors;
  };
  const std::vector<Rule> rules{
      {"--threads", o.threads.has_value(), {"openmp", "simulate"}},
      {"--memory", !o.memory.empty(), {"openmp", "simulate"}},
      {"--stamps", o.stamps, {"openmp"}},
      {"--equal-shares", o.equal_shares, {"openmp"}},
      {"--max-delay", o.max_delay.has_value(), {"openmp"}},
      {"--stall-limit", o.stall_limit.has_value(), {"openmp"}},
      {"--compute", !o.compute.empty(), {"simulate"}},
      {"--read-spacing", o.read_spacing.has_value(), {"simulate"}},
      {"--write-time", o.write_time.has_value(), {"simulate"}},
      {"--write-spacing", o.write_spacing.has_value(), {"simulate"}},
      {"--schedule", !o.schedule.empty(), {"replay"}},
      {"--survival", o.survival.has_value(), {"replay"}},
      {"--inconsistent-read", o.inconsistent_read.has_value(), {"replay"}},
  };
  for (const Rule& rule : rules) {
    if (!rule.given || std::find(rule.executors.begin(), rule.executors.end(), o.executor) != rule.executors.end())
      continue;
    throw DomainError(std::string(rule.option) + " belongs to --executor " + join(rule.executors) + ", the run's is " +
                      o.executor);
  }
  if (o.checkpoint_every > 0 && o.checkpoint.empty()) throw DomainError("--checkpoint-every needs --checkpoint FILE");
}

/// One thread for each law of --compute, or one law for all of --threads.
std::shared_ptr<const EventTimes> event_times(const RunCommandOptions& o) {
  auto times = std::make_shared<EventTimes>();
  times->compute_words = o.compute.empty() ? "exponential:1" : o.compute;
  times->compute = catalog::parse_laws("--compute", times->compute_words);
  const std::size_t laws = times->compute.size(),
                    threads = o.threads ? static_cast<std::size_t>(std::max(*o.threads, 0)) : laws;
  if (laws == 1)
    times->compute.resize(threads, times->compute.front());
  else if (laws != threads)
    throw DomainError("--threads", std::to_string(threads),
                      std::to_string(laws) + ", the number of times of --compute");
  times->read_spacing = o.read_spacing.value_or(0);
  times->write_time = o.write_time.value_or(0);
  times->write_spacing = o.write_spacing.value_or(0);
  return times;
}

}  // namespace

int run_command(const RunCommandOptions& o, std::ostream& out, std::ostream& err) {
  const catalog::Algorithm& algorithm = catalog::find_algorithm(o.algorithm);
  if (o.instance.empty() && algorithm.needs_instance)
    throw DomainError("--instance is missing: a name from `asyncert list instances`");
  const catalog::Instance instance = o.instance.empty() ? catalog::Instance{} : catalog::make_instance(o.instance);

  require_options_of(o);
  if (o.checkpoint == "-") throw DomainError("--checkpoint", "-", "a file");
  if (!o.out.empty() && !o.checkpoint.empty() &&
      std::filesystem::weakly_canonical(o.out) == std::filesystem::weakly_canonical(o.checkpoint))
    throw DomainError("--out and --checkpoint are the same file, '" + o.out + "'");
  const bool json = o.json || o.out == "-";
  const std::string file = o.out == "-" ? "" : o.out;
  for (const std::string& path : {file, o.checkpoint})
    if (!path.empty()) require_writable(path);
  const SchedulePtr schedule = o.schedule.empty() ? nullptr : catalog::parse_schedule(o.schedule);
  const std::uint64_t steps = o.steps > 0 ? o.steps
                              : schedule  ? schedule->length().value_or(algorithm.default_steps)
                                          : algorithm.default_steps;
  RunOptions options{.steps = steps, .seed = o.seed, .replicate = o.replicate};
  const catalog::Settings settings = parse_settings(o.settings);
  options.evaluate = catalog::objective(algorithm, instance, settings);
  options.record_every = o.record_every;
  // Methods that end by themselves have points of their own.
  if (o.record_every == 0 && algorithm.default_steps > 0)
    options.record_every = std::max<std::uint64_t>(1, steps / 100);
  options.target = o.target;
  if (o.time_limit) options.time_limit = *o.time_limit;
  options.interrupt = &InterruptGuard::flag();
  options.trace = o.trace;
  if (o.executor == "openmp" || o.executor == "simulate")
    options.memory = o.memory.empty() ? algorithm.memory : memory_policy(o.memory);
  if (o.executor == "openmp") {
    options.threads = o.threads.value_or(1);
    options.probes = o.probes;
    options.stamps = o.stamps;
    options.equal_shares = o.equal_shares;
    options.max_delay = o.max_delay;
    if (o.stall_limit) options.stall_limit = *o.stall_limit;
  }
  if (o.executor == "simulate") options.times = event_times(o);
  options.schedule = schedule;
  if (o.survival) options.overwrite = bernoulli_overwrite({*o.survival});
  options.inconsistent_read = o.inconsistent_read;
  if (!o.checkpoint.empty()) {
    options.checkpoint_every = o.checkpoint_every > 0 ? o.checkpoint_every : std::max<std::uint64_t>(1, steps / 10);
    options.checkpoint = [&](const Checkpoint& c) { write_file(o.checkpoint, to_json(to_document(c), -1) + "\n"); };
  }
  if (!o.resume.empty()) {
    const Checkpoint checkpoint = checkpoint_from(read_json(o.resume), o.resume);
    // The curve goes on in the steps in which it began.
    if (const Value* every = checkpoint.partial.requested.find("record_every"); every && o.record_every == 0)
      if (const auto* number = every->get<Rational>(); number && number->is_integer() && number->sign() > 0)
        options.record_every = static_cast<std::uint64_t>(number->to_long());
    options.resume = std::make_shared<Checkpoint>(checkpoint);
  }
  Run run;
  {
    const InterruptGuard guard;
    RunProgress progress(steps, options.resume ? options.resume->step : 0, err);
    options.progress = [&](const Position& position) { progress.show(position); };
    run = catalog::run(algorithm, instance, settings, o.executor, options);
  }
  add_last_point(run, options.evaluate);
  if (json || !file.empty()) {
    Object environment = run_environment();
    if (!o.command.empty()) environment.add("command", o.command);
    Object results = to_document(run);
    results.add("environment", std::move(environment));
    const std::string text = to_json(results) + "\n";
    if (!file.empty()) write_file(file, text);
    if (json) out << text;
  }
  if (!json) print_summary(out, run);
  return run.stop == Stop::interrupted                             ? exit_interrupted
         : run.stop == Stop::diverged || run.stop == Stop::stalled ? exit_differs
                                                                   : exit_ok;
}

}  // namespace asyncert
