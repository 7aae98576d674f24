#include "solvers/executors/ancestry_replay.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "lib/errors.hpp"
#include "solvers/executors/stamped.hpp"
#include "solvers/executors/supervision.hpp"

namespace asyncert::solvers {

namespace {

/// Every number of a run, from its start and its ancestry. `Number` is the precision of the recorded memory.
template <class Number>
class Recomputation {
 public:
  /// `source` is what errors call the trace.
  Recomputation(const AnyRule& rule, const RunOptions& options, const Ancestry& a, const std::string& source)
      : a_(a), start_(rule.initial()), value_(a.steps() * a.dimension), increment_(value_.size(), 0.0) {
    if (a.dimension != start_.size())
      throw DomainError(source + ": its memory has " + std::to_string(a.dimension) + " coordinates, that of " +
                        rule.name() + " has " + std::to_string(start_.size()));
    known_.assign(value_.size(), 0);
    written_.assign(a.dimension, 0);
    const std::uint64_t purpose = stream_key(rule.name());
    std::uint32_t workers = 1;
    for (const std::uint32_t w : a.worker) workers = std::max(workers, w + 1);
    std::vector<std::vector<double>> local(workers, std::vector<double>(rule.local_size(), 0.0));
    const std::size_t d = a.dimension;
    std::vector<double> view(rule.read_size(d));
    const auto survived = a.survivors();
    // w_t, rounded as the memory is.
    std::vector<double> state(d);
    for (std::size_t j = 0; j < d; ++j) state[j] = static_cast<double>(static_cast<Number>(start_[j]));
    Update update;
    AnySample sample;
    for (std::size_t t = 0; t < a.steps(); ++t) {
      Job job{.step = t, .local = a.local[t], .worker = a.worker[t]};
      RandomStream stream(options.seed, purpose, options.replicate, job.worker);
      rule.draw(stream.at(job.local), job, sample);
      const auto other = [&](const char* what, std::size_t j) {
        return DomainError(source + ": update " + std::to_string(t) + " and this run do not both " + what +
                           " coordinate " + std::to_string(j) +
                           ": algorithm, settings, seed and replicate must be those of the recorded run");
      };
      const auto support = rule.support(sample);
      std::size_t needed = 0;  // of the support
      for (std::size_t j = 0; j < view.size(); ++j) {
        const bool reads = support.empty() || (needed < support.size() && support[needed] == j);
        needed += reads ? 1 : 0;
        if (reads != (a.read[t * d + j] != Ancestry::untouched)) throw other("read", j);
      }
      double squared_gap = 0;
      for (std::size_t j = 0; j < view.size(); ++j) {
        const std::uint32_t stamp = a.read[t * d + j];
        if (stamp == Ancestry::untouched) continue;
        view[j] = number(stamp, j);
        squared_gap += (view[j] - state[j]) * (view[j] - state[j]);
      }
      squared_gap_sum_ += squared_gap;
      max_gap_ = std::max(max_gap_, std::sqrt(squared_gap));
      rule.view(view);
      rule.compute(view, sample, stream, job, local[job.worker], update);
      RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
      rule.finish(update, step_stream.at(t), job);
      detail::AdditionRecorder recorder;
      rule.write(recorder, update, job, std::span<double>(local[job.worker]));
      for (const auto& [j, delta] : recorder.additions) {
        if (a.base[t * d + j] == Ancestry::untouched) throw other("write", j);
        increment_[t * d + j] = delta;
        if (survived[t * d + j]) state[j] = static_cast<double>(static_cast<Number>(state[j] + delta));
        written_[j] = t + 1;
      }
      for (std::size_t j = 0; j < d; ++j)
        if (a.base[t * d + j] != Ancestry::untouched && written_[j] != t + 1) throw other("write", j);
    }
  }

  /// The number of coordinate j with a stamp: the one that it replaced plus the writer's increment. Whatever an update
  /// read carries smaller labels all the way down, although a single write may replace a number with a later label.
  Number number(std::uint32_t stamp, std::size_t j) {
    const std::size_t d = a_.dimension;
    while (stamp != 0 && !known_[(stamp - 1) * d + j]) {
      pending_.push_back((stamp - 1) * d + j);
      stamp = a_.base[(stamp - 1) * d + j];
    }
    Number x = stamp == 0 ? static_cast<Number>(start_[j]) : value_[(stamp - 1) * d + j];
    for (; !pending_.empty(); pending_.pop_back()) {
      const std::size_t at = pending_.back();
      x = value_[at] = static_cast<Number>(static_cast<double>(x) + increment_[at]);
      known_[at] = 1;
    }
    return x;
  }

  void tell_gap(Run& run) const {
    run.gaps = a_.steps();
    run.mean_squared_gap = a_.steps() > 0 ? squared_gap_sum_ / static_cast<double>(a_.steps()) : 0;
    run.max_gap = max_gap_;
  }

  std::vector<double> final_memory() {
    std::vector<double> memory(a_.dimension);
    for (std::size_t j = 0; j < memory.size(); ++j) memory[j] = number(a_.final_stamp[j], j);
    return memory;
  }

 private:
  const Ancestry& a_;
  double squared_gap_sum_ = 0, max_gap_ = 0;
  std::vector<double> start_;
  std::vector<Number> value_;
  std::vector<double> increment_;
  std::vector<std::uint8_t> known_;
  std::vector<std::uint64_t> written_;  // 1 + the last update that wrote the coordinate
  std::vector<std::size_t> pending_;
};

/// Stores again in the recorded order, for the curve and the reasons to stop.
template <class Number>
void store_again(Recomputation<Number>& numbers, const AnyRule& rule, const RunOptions& options, const Trace& trace,
                 Run& run) {
  const Ancestry& a = trace.ancestry;
  detail::Supervisor supervisor(options, run);
  std::vector<double> memory = rule.initial();
  std::vector<std::uint32_t> left(a.steps(), 0);
  for (const Store& s : trace.stores) ++left[s.label];
  bool running = options.record_every == 0 || supervisor.record(0, 0, rule.output(memory));
  std::uint64_t ended = 0;
  for (const Store& s : trace.stores) {
    memory[s.coordinate] = numbers.number(s.label + 1, s.coordinate);
    if (--left[s.label] > 0 || !running) continue;
    ++ended;
    if (supervisor.records(ended))
      running = supervisor.record(ended, trace.messages[s.label].time, rule.output(memory));
    if (running) running = supervisor.healthy(ended, memory);
  }
}

template <class Number>
Run run_again(const AnyRule& rule, const RunOptions& options, const Trace& trace) {
  const Ancestry& a = trace.ancestry;
  if (a.steps() != options.steps)
    throw DomainError(
        "steps", std::to_string(options.steps),
        std::to_string(a.steps()) + ", the updates of the trace " + trace.source + ": it holds their stores");
  for (const TraceMessage& m : trace.messages)
    if ((m.block_count == 0 && rule.blocks() > 1) || m.block + m.block_count > rule.blocks() ||
        (trace.blocks != 0 && trace.blocks != rule.blocks()))
      throw DomainError(trace.source + ": update " + std::to_string(m.step) + " writes blocks " +
                        std::to_string(m.block) + " to " + std::to_string(m.block + m.block_count) + ", the rule has " +
                        std::to_string(rule.blocks()));
  StampedRun result;
  Run& run = result.run;
  const detail::Supervisor clock(options, run);
  run.requested = detail::requested(options, rule.name(), "replay");
  Recomputation<Number> numbers(rule, options, a, trace.source);
  if (!trace.stores.empty()) store_again(numbers, rule, options, trace, run);
  run.memory = numbers.final_memory();
  run.x = rule.output(run.memory);
  run.steps = a.steps();
  run.threads = 1;
  run.seconds = clock.seconds();
  result.ancestry = a;
  detail::summarise(result);
  for (const TraceMessage& m : trace.messages) run.delays.add(m);
  numbers.tell_gap(run);
  run.probes = summarise(trace, rule.blocks(), true);
  run.trace.workers = trace.workers;
  if (options.trace) run.trace = trace;
  return std::move(run);
}

}  // namespace

std::vector<double> replay_stamped(const AnyRule& rule, const RunOptions& options, const Ancestry& a) {
  return a.single_precision ? Recomputation<float>(rule, options, a, "trace").final_memory()
                            : Recomputation<double>(rule, options, a, "trace").final_memory();
}

void measure_gap(const AnyRule& rule, const RunOptions& options, const Ancestry& a, Run& run) {
  try {
    Recomputation<float>(rule, options, a, "stamps").tell_gap(run);
  } catch (const detail::NotAnAddition&) {
    run.gaps = 0;  // then B_t and the gap are not defined
  }
}

Run replay_stores(const AnyRule& rule, const RunOptions& options, const Trace& trace) {
  return trace.ancestry.single_precision ? run_again<float>(rule, options, trace)
                                         : run_again<double>(rule, options, trace);
}

}  // namespace asyncert::solvers
