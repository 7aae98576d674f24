#include "solvers/executors/openmp.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <optional>
#include <tuple>
#include <vector>

#include "solvers/executors/supervision.hpp"
#include "solvers/executors/thread_state.hpp"
#include "solvers/executors/watchdog.hpp"
#include "solvers/memory.hpp"
#include "solvers/probes/stamps.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

namespace {

/// Computes for the given time, or until the run ends.
void spin(double seconds, const std::atomic<bool>& stop) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end && !stop.load(std::memory_order_relaxed)) {
  }
}

/// Reads what the message needs. Blocks are read one after the other, each in one version of it.
template <class Memory, class Probe>
void read_view(const AnyRule& rule, Memory& memory, Probe& probe, const AnySample& sample, std::vector<double>& view,
               std::vector<std::uint32_t>& versions) {
  const auto support = rule.support(sample);
  if (!support.empty()) {
    for (const std::uint32_t j : support) view[j] = memory.load(j);
  } else if constexpr (Probe::enabled) {
    probe.read(memory, view, versions);
  } else {
    memory.read(view);
  }
}

template <class Memory, class Probe>
Run run_threads(AnyRule& rule, const RunOptions& options) {
  Run run;
  run.requested = detail::requested(options, rule.name(), "openmp");
  Memory memory(rule.initial());
  const std::size_t size = memory.size(), batch = rule.batch();
  Probe probe(rule);
  std::vector<detail::ThreadState> threads(static_cast<std::size_t>(options.threads));
  for (detail::ThreadState& state : threads) {
    state.local.assign(rule.local_size(), 0.0);
    state.view.assign(rule.read_size(size), 0.0);
  }
  const std::uint64_t purpose = stream_key(rule.name());
  alignas(128) std::atomic<std::uint64_t> claimed{0};
  alignas(128) std::atomic<std::uint64_t> begun{0};  // updates begun: the clock of labels and probes
  alignas(128) std::atomic<bool> stop{false};
  std::mutex gathering, supervising;
  Update gathered;
  std::size_t parts = 0;
  struct Snapshot {
    std::uint64_t step;
    double seconds;
    std::vector<double> memory;
  };
  std::vector<Snapshot> snapshots;
  detail::Supervisor supervisor(options, run);
  const bool numbered = Probe::enabled || rule.numbers_updates();
  constexpr bool locks_writes = Memory::policy == MemoryPolicy::locked || Memory::policy == MemoryPolicy::consistent;
  std::atomic<int> team{0};
  detail::Watchdog watchdog(static_cast<std::uint32_t>(options.threads), options.stall_limit,
                            [&](std::uint32_t thread, double seconds, std::uint64_t messages) {
                              const std::lock_guard lock(supervising);
                              supervisor.end(Stop::stalled, "thread " + std::to_string(thread) +
                                                                " finished no message for " + std::to_string(seconds) +
                                                                " s, after " + std::to_string(messages) +
                                                                " of its own");
                              stop.store(true, std::memory_order_relaxed);
                            });

  if (options.record_every > 0 && !supervisor.record(0, 0, rule.output(memory.quiescent()))) stop = true;
  const std::uint64_t epoch = rule.epoch_length() > 0 ? rule.epoch_length() : options.steps;
  for (std::uint64_t first = 0; first < options.steps && !stop; first += epoch) {
    if (rule.epoch_length() > 0) rule.begin_epoch(memory.quiescent(), options.threads);
    const std::uint64_t last = std::min(options.steps, first + epoch);
    claimed = first * batch;
#pragma omp parallel num_threads(options.threads)
    {
      const auto k = static_cast<std::uint32_t>(omp_get_thread_num());
      team.store(omp_get_num_threads(), std::memory_order_relaxed);
      detail::ThreadState& me = threads[k];
      RandomStream stream(options.seed, purpose, options.replicate, k);
      AnySample sample;
      // Applies an update; returns its label.
      const auto apply = [&](Update& update, Job& job) {
        job.step = numbered ? begun.fetch_add(1, std::memory_order_relaxed) : job.step;
        RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
        rule.finish(update, step_stream.at(job.step), job);
        if constexpr (Probe::enabled) probe.begin_write(update);
        rule.write(memory, update, job, me.local);
        if constexpr (Probe::enabled) probe.end_write(update);
      };
      const auto too_old = [&](const TraceMessage& m) {
        const std::uint64_t now = begun.load(std::memory_order_relaxed);
        return options.max_delay && now - static_cast<std::uint64_t>(m.read_begin) > *options.max_delay;
      };
      const std::uint64_t messages = (last - first) * batch, team_size = threads.size();
      std::uint64_t left = options.equal_shares ? messages * (k + 1) / team_size - messages * k / team_size : messages;
#pragma omp barrier
      watchdog.beat(k, me.local_count);
      while (left-- > 0 && !stop.load(std::memory_order_relaxed)) {
        const std::uint64_t claim = claimed.fetch_add(1, std::memory_order_relaxed);
        if (claim >= last * batch) break;
        Job job{.step = claim / batch, .local = me.local_count++, .worker = k};
        rule.draw(stream.at(job.local), job, sample);
        TraceMessage message{.local = job.local, .worker = k};
        while (true) {
          const std::size_t versions_before = me.versions.size();
          {
            const std::lock_guard reading(memory.read_lock);
            if (Probe::enabled) message.read_begin = static_cast<std::int64_t>(begun.load(std::memory_order_relaxed));
            read_view(rule, memory, probe, sample, me.view, me.versions);
            if (Probe::enabled) message.read_end = static_cast<std::int64_t>(begun.load(std::memory_order_relaxed));
          }
          rule.view(me.view);
          rule.compute(me.view, sample, stream, job, me.local, me.update);
          if (options.work) spin(options.work(k, job.local), stop);

          const double asked = Probe::enabled ? supervisor.seconds() : 0;
          if (batch > 1) {
            const std::lock_guard gate(gathering);
            if constexpr (Probe::enabled) message.lock_wait = supervisor.seconds() - asked;
            if (too_old(message)) {
              ++me.dropped;
              me.versions.resize(versions_before);
              continue;
            }
            message.step = begun.load(std::memory_order_relaxed);
            message.part = static_cast<std::uint32_t>(parts);
            detail::gather(gathered, me.update, parts);
            if (++parts == batch) {
              parts = 0;
              const std::lock_guard lock(memory.write_lock);
              apply(gathered, job);
            }
          } else {
            const std::lock_guard writing(memory.write_lock);
            if constexpr (locks_writes && Probe::enabled) message.lock_wait = supervisor.seconds() - asked;
            if constexpr (locks_writes && Probe::enabled) {
              if (too_old(message)) {
                ++me.dropped;
                me.versions.resize(versions_before);
                continue;
              }
            }
            apply(me.update, job);
            message.step = job.step;
          }
          break;
        }
        if constexpr (Probe::enabled) {
          message.write_end = begun.load(std::memory_order_relaxed);
          message.time = supervisor.seconds();
          std::tie(message.block, message.block_count) = rule.written_blocks(sample, job);
          me.messages.push_back(message);
        }
        watchdog.beat(k, me.local_count);
        const std::uint64_t done = claim / batch + 1;
        if ((claim + 1) % batch == 0 && supervisor.records(done)) {
          Snapshot snapshot{done, supervisor.seconds(), std::vector<double>(size)};
          memory.read(snapshot.memory);
          const std::lock_guard lock(supervising);
          const bool good = supervisor.healthy(done, snapshot.memory) && supervisor.allowed(done) &&
                            (!options.target || options.evaluate(rule.output(snapshot.memory)).value > *options.target);
          if (!good) {
            if (run.stop == Stop::finished) supervisor.end(Stop::target_reached, "f reached the target");
            stop.store(true, std::memory_order_relaxed);
          }
          snapshots.push_back(std::move(snapshot));
        } else if (job.local % 1024 == 0) {
          const std::lock_guard lock(supervising);
          if (!supervisor.allowed(done)) stop.store(true, std::memory_order_relaxed);
        }
      }
      watchdog.rest(k);
    }
    run.steps = std::min(last, claimed.load() / batch);
    if (!supervisor.healthy(run.steps, memory.quiescent())) stop = true;
  }
  run.seconds = supervisor.seconds();
  run.threads = team;
  run.trace.workers = static_cast<std::uint32_t>(options.threads);
  run.memory = memory.quiescent();
  run.x = rule.output(run.memory);
  for (const detail::ThreadState& state : threads) run.dropped += state.dropped;
  std::sort(snapshots.begin(), snapshots.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  for (const Snapshot& snapshot : snapshots)
    supervisor.record(snapshot.step, snapshot.seconds, rule.output(snapshot.memory));
  if constexpr (Probe::enabled) {
    run.torn_reads = probe.torn();
    detail::collect_messages(run, threads, rule.blocks(), options.trace);
  }
  return run;
}

}  // namespace

Run openmp(AnyRule rule, const RunOptions& options) {
  detail::validate(options);
  if (options.schedule || options.overwrite || options.inconsistent_read || options.zero_history)
    throw DomainError("openmp measures delays and lost writes: schedules and overwrite models belong to replay");
  if (options.checkpoint_every > 0 || options.resume)
    throw DomainError("checkpoints belong to serial and replay: threads cannot be resumed");
  if (options.threads < 1 || options.threads > 1024)
    throw DomainError("threads", std::to_string(options.threads), "a whole number from 1 to 1024");
  detail::require_workers(rule.workers(), static_cast<std::uint32_t>(options.threads));
  if (options.max_delay && options.memory != MemoryPolicy::locked && options.memory != MemoryPolicy::consistent)
    throw DomainError("max_delay is enforced at the write lock: it needs the memory policy locked or consistent");
  const auto with_probe = [&]<class Memory>() {
    // A bound on delays needs the clock that the probes read.
    return options.probes || options.trace || options.max_delay ? run_threads<Memory, StampProbe>(rule, options)
                                                                : run_threads<Memory, NoProbe>(rule, options);
  };
  switch (options.memory) {
    case MemoryPolicy::wild:
      return with_probe.template operator()<Wild>();
    case MemoryPolicy::atomic_add:
      return with_probe.template operator()<AtomicAdd>();
    case MemoryPolicy::locked:
      return with_probe.template operator()<Locked>();
    case MemoryPolicy::consistent:
      return with_probe.template operator()<Consistent>();
  }
  return {};
}

}  // namespace asyncert::solvers
