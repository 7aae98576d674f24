#include "solvers/executors/replay.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <tuple>
#include <utility>

#include "solvers/executors/ancestry_replay.hpp"
#include "solvers/executors/supervision.hpp"

namespace asyncert::solvers {

namespace {

/// Throws `ParseError` unless the parts of a checkpoint, whose words agree with the run's, are those of such a run.
void require_fit(const Checkpoint& c, const AnyRule& rule, const RunOptions& options, std::uint32_t workers) {
  const auto require = [&](bool fits, const char* name) {
    if (!fits)
      throw ParseError(c.source + ": \"" + name +
                       "\" is not of the size that this algorithm, instance and schedule need");
  };
  const std::size_t size = rule.initial().size();
  require(c.memory.size() == size, "memory");
  require(c.local.size() == workers && c.local.front().size() == rule.local_size(), "local");
  require(c.step == 0 || c.messages / c.step == rule.batch(), "messages");
  require(c.survived.size() == (options.overwrite ? size : 0), "survived");
  require(c.increments.size() == (options.inconsistent_read ? c.history.size() - 1 : 0), "increments");
  require(c.epoch_memory.size() == (rule.epoch_length() > 0 && c.step > 0 ? size : 0), "epoch_memory");
  const Trace& trace = c.partial.trace;
  require(trace.blocks == 0 || trace.blocks == rule.blocks(), "trace_blocks");
  for (const TraceMessage& m : trace.messages) require(m.block + m.block_count <= rule.blocks(), "trace");
  if (options.trace && trace.messages.empty() && c.step > 0)
    throw DomainError("trace: " + c.source + " belongs to a run without one, so that its first " +
                      std::to_string(c.step) + " updates would be missing");
}

}  // namespace

Run replay(AnyRule rule, const RunOptions& options, const ReplayObserver& observer) {
  detail::validate(options);
  if (options.probes || options.max_delay || options.work || options.threads != 1)
    throw DomainError("replay runs one thread: threads, probes, max_delay and work are options of openmp");
  const SchedulePtr schedule = options.schedule ? options.schedule : no_delay();
  if (const Trace* recorded = schedule->stores()) {
    if (options.overwrite || options.inconsistent_read || options.checkpoint_every > 0 || options.resume || observer)
      throw DomainError(
          "the trace holds every store of its run: nothing is left to models of lost writes or inconsistent "
          "reads, to checkpoints or observers");
    return replay_stores(rule, options, *recorded);
  }
  detail::require_workers(rule.workers(), schedule->workers());
  const auto plans = schedule->start(options.seed, options.replicate);
  const std::size_t batch = rule.batch(), blocks = rule.blocks();
  const std::uint64_t purpose = stream_key(rule.name());

  const bool plain = !options.schedule && !options.overwrite && !options.inconsistent_read;
  Object requested = detail::requested(options, rule.name(), plain ? "serial" : "replay");
  Checkpoint state;
  if (options.resume) {
    state = *options.resume;
    detail::require_same_run(state, requested);
    detail::require_more_steps(options, state.step);
    require_fit(state, rule, options, schedule->workers());
    if (rule.epoch_length() > 0 && state.step > 0) rule.begin_epoch(state.epoch_memory, 1);
    if (!options.trace) state.partial.trace = {};
  } else {
    state.memory = rule.initial();
    state.history.push_back(state.memory);
    state.local.assign(schedule->workers(), std::vector<double>(rule.local_size(), 0.0));
    state.local_count.assign(schedule->workers(), 0);
    state.survived.assign(options.overwrite ? state.memory.size() : 0, 0);
  }
  Run& run = state.partial;
  run.requested = std::move(requested);
  run.stop = Stop::finished;
  run.reason.clear();
  run.trace.workers = schedule->workers();
  detail::Supervisor supervisor(options, run);
  const double seconds_before = run.seconds;

  const std::size_t size = state.memory.size();
  const std::vector<double> start = rule.initial();
  const std::size_t readable = rule.read_size(size);
  std::vector<std::vector<double>> views(batch);
  std::vector<double> before(size), increment(size);
  std::vector<std::uint8_t> survives(options.overwrite ? size : 0);
  Plan plan;
  Update update, part;
  AnySample sample;
  detail::MaskedMemory memory(state.memory, survives, increment);

  // A schedule is a function of its start: a resumed run asks again for the plans already used.
  plan.label.resize(batch);
  for (std::uint64_t t = 0; t < state.step; ++t) plans->next(t, plan);
  if (options.resume) {
    const auto step = static_cast<std::int64_t>(state.step), length = static_cast<std::int64_t>(rule.epoch_length());
    const std::int64_t epoch = length > 0 && step > 0 ? (step - 1) / length * length : 0,
                       oldest = std::max(epoch, std::min(step, plans->oldest(state.step)));
    if (state.oldest_label > oldest)
      throw ParseError(state.source + ": \"history\" begins with state " + std::to_string(state.oldest_label) +
                       ", the schedule may still read state " + std::to_string(oldest));
  }

  const auto fill_view = [&](std::size_t m, std::uint64_t t, std::vector<double>& view) {
    const auto past = [&](std::int64_t label, std::size_t j) {
      if (label < 0) return options.zero_history ? 0.0 : start[j];
      return state.history[static_cast<std::size_t>(label - state.oldest_label)][j];
    };
    const auto check = [&](std::int64_t label) {
      if (label > static_cast<std::int64_t>(t) || (label >= 0 && label < state.oldest_label))
        throw DomainError("label " + std::to_string(label) + " of update " + std::to_string(t) +
                          ": the schedule promised " + std::to_string(state.oldest_label) +
                          " <= label <= " + std::to_string(t));
    };
    if (!plan.block_label.empty()) {
      if (plan.block_label.size() != batch * blocks)
        throw DomainError("the schedule names " + std::to_string(plan.block_label.size()) +
                          " block labels, the rule has " + std::to_string(batch * blocks));
      for (std::size_t b = 0; b < blocks; ++b) check(plan.block_label[m * blocks + b]);
      for (std::size_t j = 0; j < readable; ++j) view[j] = past(plan.block_label[m * blocks + rule.block_of(j)], j);
      return;
    }
    const std::int64_t label = plan.label[m];
    check(label);
    for (std::size_t j = 0; j < readable; ++j) view[j] = past(label, j);
    if (!options.inconsistent_read) return;
    RandomStream coin(options.seed, stream_key("inconsistent read"), options.replicate, m);
    coin.at(t);
    for (std::int64_t past_step = std::max<std::int64_t>(label, 0); past_step < static_cast<std::int64_t>(t);
         ++past_step) {
      const auto& added = state.increments[static_cast<std::size_t>(past_step - state.oldest_label)];
      for (std::size_t j = 0; j < readable; ++j)
        if (coin.bernoulli(*options.inconsistent_read)) view[j] += added[j];
    }
  };

  bool running = true;
  if (state.step == 0 && options.record_every > 0) running = supervisor.record(0, 0, rule.output(state.memory));
  while (running && state.step < options.steps) {
    const std::uint64_t t = state.step;
    if (rule.epoch_length() > 0 && t % rule.epoch_length() == 0) {
      rule.begin_epoch(state.memory, 1);
      state.epoch_memory = state.memory;
      state.history.assign(1, state.memory);
      state.increments.clear();
      state.oldest_label = static_cast<std::int64_t>(t);
    }
    plan.label.resize(batch);
    plan.block_label.clear();
    plan.part_worker.clear();
    plans->next(t, plan);
    // A synchronisation ends all older reads.
    for (auto* labels : {&plan.label, &plan.block_label})
      for (std::int64_t& label : *labels)
        if (rule.epoch_length() > 0) label = std::max(label, static_cast<std::int64_t>(t - t % rule.epoch_length()));

    Job job{.step = t};
    for (std::size_t m = 0; m < batch; ++m) {
      job.part = static_cast<std::uint32_t>(m);
      job.worker = plan.part_worker.empty() ? plan.worker : plan.part_worker[m];
      if (job.worker >= state.local.size())
        throw DomainError("worker", std::to_string(job.worker), "fewer than " + std::to_string(state.local.size()));
      job.local = state.local_count[job.worker]++;
      RandomStream stream(options.seed, purpose, options.replicate, job.worker);
      stream.at(job.local);
      views[m].resize(readable);
      fill_view(m, t, views[m]);
      double squared_gap = 0;
      for (std::size_t j = 0; j < readable; ++j)
        squared_gap += (views[m][j] - state.memory[j]) * (views[m][j] - state.memory[j]);
      state.squared_gap_sum += squared_gap;
      ++state.messages;
      run.max_gap = std::max(run.max_gap, std::sqrt(squared_gap));
      rule.view(views[m]);
      rule.draw(stream, job, sample);
      rule.compute(views[m], sample, stream, job, state.local[job.worker], part);
      detail::gather(update, part, m);

      std::int64_t oldest = plan.label[m];
      for (std::size_t b = 0; b < blocks && !plan.block_label.empty(); ++b)
        oldest = std::min(oldest, plan.block_label[m * blocks + b]);
      const auto age = static_cast<std::uint64_t>(static_cast<std::int64_t>(t) - oldest);
      run.delays.before_read.add(age);
      run.delays.after_read.add(age);
      run.delays.after_write.add(age + 1);
      if (options.trace) {
        TraceMessage message{.step = t,
                             .local = job.local,
                             .worker = job.worker,
                             .part = job.part,
                             .read_begin = plan.label[m],
                             .read_end = plan.label[m],
                             .write_end = t + 1};
        std::tie(message.block, message.block_count) = rule.written_blocks(sample, job);
        run.trace.messages.push_back(message);
        if (!plan.block_label.empty()) {
          run.trace.blocks = blocks;
          const auto first = plan.block_label.begin() + static_cast<std::ptrdiff_t>(m * blocks);
          run.trace.block_labels.insert(run.trace.block_labels.end(), first,
                                        first + static_cast<std::ptrdiff_t>(blocks));
        }
      }
    }
    RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
    rule.finish(update, step_stream.at(t), job);

    before = state.memory;
    std::fill(increment.begin(), increment.end(), 0.0);
    if (options.overwrite) {
      options.overwrite->mask(options.seed, options.replicate, t, survives);
      for (std::size_t j = 0; j < size; ++j) state.survived[j] += survives[j];
    }
    rule.write(memory, update, job, state.local[job.worker]);
    ++state.step;
    state.history.push_back(state.memory);
    if (options.inconsistent_read) state.increments.push_back(increment);
    if (observer) observer(ReplayStep{job, plan, before, views, update, increment, survives, state.memory});

    const std::int64_t oldest = plans->oldest(state.step);
    while (state.history.size() > 1 && state.oldest_label < oldest) {
      state.history.pop_front();
      if (!state.increments.empty()) state.increments.pop_front();
      ++state.oldest_label;
    }
    run.steps = state.step;
    if (supervisor.records(state.step))
      running = supervisor.record(state.step, seconds_before + supervisor.seconds(), rule.output(state.memory));
    if (running) running = supervisor.healthy(state.step, state.memory);
    if (options.checkpoint_every > 0 && (!running || state.step % options.checkpoint_every == 0)) {
      run.seconds = seconds_before + supervisor.seconds();
      options.checkpoint(state);
    }
  }
  run.steps = state.step;
  run.seconds = seconds_before + supervisor.seconds();
  run.x = rule.output(state.memory);
  run.memory = state.memory;
  if (options.trace && !run.trace.messages.empty()) run.probes = summarise(run.trace, blocks, false);
  run.gaps = state.messages;
  run.mean_squared_gap = state.messages > 0 ? state.squared_gap_sum / static_cast<double>(state.messages) : 0;
  for (const std::uint64_t s : state.survived)
    run.survival.push_back(static_cast<double>(s) / static_cast<double>(std::max<std::uint64_t>(1, state.step)));
  return std::move(run);
}

}  // namespace asyncert::solvers
