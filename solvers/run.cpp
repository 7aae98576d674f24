#include "solvers/run.hpp"

#include <algorithm>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/shortest.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/document_reader.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/trace_document.hpp"

namespace asyncert::solvers {

const char* to_string(Stop stop) {
  switch (stop) {
    case Stop::finished:
      return "finished";
    case Stop::target_reached:
      return "target reached";
    case Stop::diverged:
      return "diverged";
    case Stop::interrupted:
      return "interrupted";
    case Stop::time_limit:
      return "time limit";
    case Stop::stalled:
      return "stalled";
  }
  return "finished";
}

void Delays::add(const TraceMessage& m) {
  before_read.add(m.step - static_cast<std::uint64_t>(m.read_begin));
  after_read.add(m.step - static_cast<std::uint64_t>(m.read_end));
  after_write.add(m.write_end - static_cast<std::uint64_t>(m.read_begin));
}

std::optional<double> Run::alpha() const {
  if (survival.empty()) return std::nullopt;
  return *std::min_element(survival.begin(), survival.end());
}

Object to_document(const Run& run, bool with_trace) {
  Object realised;
  realised.add("stop", to_string(run.stop))
      .add("reason", run.reason)
      .add("steps", run.steps)
      .add("threads", run.threads)
      .add("seconds", run.seconds);
  if (run.curve_seconds > 0) realised.add("curve_seconds", run.curve_seconds);
  if (run.unevaluated > 0) realised.add("unevaluated", run.unevaluated);
  if (run.simulated_time) realised.add("simulated_time", *run.simulated_time);
  realised.add("dropped", run.dropped).add("torn_reads", run.torn_reads);
  if (run.inconsistent_reads) realised.add("inconsistent_reads", *run.inconsistent_reads);
  Object delays;
  delays.add("before_read", to_document(run.delays.before_read))
      .add("after_read", to_document(run.delays.after_read))
      .add("after_write", to_document(run.delays.after_write));
  if (run.delays.label.total() > 0) delays.add("label", to_document(run.delays.label));
  realised.add("delays", std::move(delays));
  if (run.gaps > 0) realised.add("mean_squared_gap", run.mean_squared_gap).add("max_gap", run.max_gap);
  if (run.probes) realised.add("probes", to_document(*run.probes));
  if (!run.details.members().empty()) realised.add("details", run.details);
  if (!run.survival.empty()) realised.add("alpha", *run.alpha()).add("survival", Value(run.survival));
  List curve;
  for (const CurvePoint& p : run.curve) {
    Object point;
    point.add("step", p.step).add("seconds", p.seconds).add("value", p.value).add("gradient_norm", p.gradient_norm);
    if (!std::isnan(p.units)) point.add("units", p.units);
    if (!std::isnan(p.passes)) point.add("passes", p.passes);
    curve.push_back(std::move(point));
  }
  Object document;
  document.add("schema", 1)
      .add("requested", run.requested)
      .add("realised", std::move(realised))
      .add("curve", std::move(curve))
      .add("x", Value(run.x));
  if (with_trace && !run.trace.messages.empty()) document.add("trace", to_document(run.trace));
  return document;
}

namespace detail {

void validate(const RunOptions& options) {
  if (options.steps == 0) throw DomainError("steps", "0", "1 or more");
  if ((options.record_every > 0 || options.target) && !options.evaluate)
    throw DomainError("record_every and target need an `evaluate` function");
  if (options.target && options.record_every == 0)
    throw DomainError("target: it is tested at recorded points, and record_every is 0");
  if (options.inconsistent_read && !(*options.inconsistent_read >= 0 && *options.inconsistent_read <= 1))
    throw DomainError("inconsistent_read", shortest(*options.inconsistent_read), "[0, 1]");
  if (!(options.divergence > 0)) throw DomainError("divergence", shortest(options.divergence), "(0, inf]");
  if (!(options.time_limit > 0)) throw DomainError("time_limit", shortest(options.time_limit), "(0, inf]");
  if (!(options.stall_limit > 0)) throw DomainError("stall_limit", shortest(options.stall_limit), "(0, inf]");
  if (options.checkpoint_every > 0 && !options.checkpoint)
    throw DomainError("checkpoint_every needs a `checkpoint` function");
}

Object requested(const RunOptions& options, const std::string& rule, const std::string& executor) {
  Object words;
  words.add("algorithm", rule)
      .add("executor", executor)
      .add("steps", options.steps)
      .add("seed", Fraction{Rational::parse(std::to_string(options.seed))})
      .add("replicate", Rational::parse(std::to_string(options.replicate)));
  if (!options.subject.empty()) words.add("subject", options.subject);
  if (options.record_every > 0) words.add("record_every", options.record_every);
  if (executor == "openmp") {
    words.add("threads", options.threads)
        .add("memory", to_string(options.memory))
        .add("equal_shares", options.equal_shares)
        .add("probes", options.probes);
    if (options.stamps) words.add("stamps", true);
    if (options.max_delay) words.add("max_delay", *options.max_delay);
  } else if (executor != "simulate") {
    words.add("schedule", options.schedule ? options.schedule->describe() : "no delay")
        .add("overwrite", options.overwrite ? options.overwrite->describe() : "none");
    if (options.inconsistent_read) words.add("inconsistent_read", *options.inconsistent_read);
    if (options.zero_history) words.add("zero_history", true);
  }
  return words;
}

void require_workers(std::uint32_t wanted, std::uint32_t given) {
  if (wanted != 0 && wanted != given)
    throw DomainError("workers: the rule is partitioned over " + std::to_string(wanted) + ", the run has " +
                      std::to_string(given));
}

void require_same_run(const Checkpoint& checkpoint, const Object& options) {
  const Object& before = checkpoint.partial.requested;
  const auto text = [](const Object& words, const std::string& name) {
    const Value* value = words.find(name);
    return value ? canonical_text(*value) : "absent";
  };
  for (const Object* words : {&options, &before})
    for (const auto& [name, value] : words->members()) {
      const std::string was = text(before, name), is = text(options, name);
      if (name != "steps" && was != is)
        throw DomainError(checkpoint.source + ": its " + name + " is " + was + ", the run's is " + is);
    }
}

void require_more_steps(const RunOptions& options, std::uint64_t begun) {
  if (options.steps < begun)
    throw DomainError("steps", std::to_string(options.steps),
                      std::to_string(begun) + " or more, which " + options.resume->source + " has made or begun");
}

}  // namespace detail

}  // namespace asyncert::solvers
