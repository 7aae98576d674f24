#include "solvers/executors/openmp.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "solvers/checkpoint.hpp"
#include "solvers/document_reader.hpp"
#include "solvers/executors/kept_states.hpp"
#include "solvers/executors/stamped.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/executors/team.hpp"
#include "solvers/executors/thread_state.hpp"
#include "solvers/executors/watchdog.hpp"
#include "solvers/memory.hpp"
#include "solvers/probes/stamps.hpp"
#include "solvers/rule.hpp"
#include "solvers/state_archive.hpp"

namespace asyncert::solvers {

namespace {

/// Computes for the given time, or until the run ends.
void spin(double seconds, const std::atomic<bool>& stop) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end && !stop.load(std::memory_order_relaxed)) {
  }
}

/// The memory of a stamped run.
template <bool lossless>
class Stamped {
 public:
  static constexpr MemoryPolicy policy = lossless ? MemoryPolicy::atomic_add : MemoryPolicy::wild;
  using Writer = detail::StampedWriter<lossless>;
  NoLock read_lock, write_lock;
  StampedVector words;

  explicit Stamped(const std::vector<double>& initial) : words(initial) {}
  std::size_t size() const { return words.size(); }
  void read(std::span<double> out) const {
    for (std::size_t j = 0; j < out.size(); ++j) out[j] = StampedVector::value(words.load(j));
  }
  std::vector<double> quiescent() const {
    std::vector<double> x(size());
    read(x);
    return x;
  }
};

template <class Memory>
concept HasStamps = requires {
  typename Memory::Writer;
};

template <class Memory, class Probe>
class Threads {
 public:
  Threads(AnyRule& rule, const RunOptions& options, Ancestry* ancestry)
      : rule_(rule),
        options_(options),
        memory_(rule.initial()),
        probe_(rule),
        threads_(static_cast<std::size_t>(options.threads)),
        purpose_(stream_key(rule.name())),
        batch_(rule.batch()),
        numbered_(Probe::enabled || HasStamps<Memory> || rule.numbers_updates()),
        supervisor_(options, run_),
        ancestry_(ancestry) {
    for (detail::ThreadState& state : threads_) {
      state.local.assign(rule.local_size(), 0.0);
      state.view.assign(rule.read_size(memory_.size()), 0.0);
      if constexpr (HasStamps<Memory>) state.seen.assign(memory_.size(), Ancestry::untouched);
    }
    if constexpr (HasStamps<Memory>) {
      ancestry_->single_precision = true;
      ancestry_->dimension = memory_.size();
      ancestry_->worker.resize(options.steps);
      ancestry_->local.resize(options.steps);
      ancestry_->read.assign(options.steps * memory_.size(), Ancestry::untouched);
      ancestry_->base.assign(options.steps * memory_.size(), Ancestry::untouched);
    }
  }

  Run run() {
    run_.requested = detail::requested(options_, rule_.name(), "openmp");
    run_.threads = options_.threads;
    run_.trace.workers = static_cast<std::uint32_t>(options_.threads);
    if (options_.resume)
      resume(*options_.resume);
    else if (options_.record_every > 0)
      aside([&] { stop_ = !supervisor_.record(0, 0, rule_.output(memory_.quiescent())); });
    if (!supervisor_.allowed({.steps = run_.steps})) stop_ = true;
    {
      detail::Watchdog watchdog(static_cast<std::uint32_t>(options_.threads), options_.stall_limit, stalled(), look());
      watchdog_ = &watchdog;
      updates();
    }
    look_failure_.rethrow();
    run_.seconds = seconds();
    run_.memory = memory_.quiescent();
    run_.x = rule_.output(run_.memory);
    for (const detail::ThreadState& state : threads_) run_.dropped += state.dropped;
    if (options_.record_every > 0) {
      settle();
      evaluate();
    }
    if constexpr (Probe::enabled) {
      run_.torn_reads = probe_.torn();
      detail::collect_messages(run_, threads_, rule_.blocks(), options_.trace);
    }
    if constexpr (HasStamps<Memory>) {
      ancestry_->worker.resize(run_.steps);
      ancestry_->local.resize(run_.steps);
      ancestry_->read.resize(run_.steps * memory_.size());
      ancestry_->base.resize(run_.steps * memory_.size());
      for (std::size_t j = 0; j < memory_.size(); ++j)
        ancestry_->final_stamp.push_back(StampedVector::stamp(memory_.words.load(j)));
    }
    return std::move(run_);
  }

 private:
  using Lock = std::lock_guard<std::mutex>;
  static constexpr bool locks_writes =
      Memory::policy == MemoryPolicy::locked || Memory::policy == MemoryPolicy::consistent;

  /// Seconds of the updates: neither of the curve's evaluation nor of checkpoints.
  double seconds() const { return supervisor_.seconds() - aside_; }
  template <class F>
  void aside(F f) {
    const double begin = supervisor_.seconds();
    f();
    aside_ += supervisor_.seconds() - begin;
  }

  detail::Watchdog::Report stalled() {
    return [this](std::uint32_t thread, double seconds, std::uint64_t messages) {
      const Lock lock(supervising_);
      supervisor_.end(Stop::stalled, "thread " + std::to_string(thread) + " finished no message for " +
                                         shortest(seconds) + " s, after " + std::to_string(messages) + " of its own");
      stop_.store(true, std::memory_order_relaxed);
    };
  }

  /// What the watchdog looks after; nothing where the run can be neither interrupted nor watched.
  std::function<void()> look() {
    if (!options_.interrupt && !options_.progress && !std::isfinite(options_.time_limit)) return {};
    return [this] {
      const Lock lock(supervising_);
      const bool good = look_failure_.guard([&] {
        const std::uint64_t done = std::min(options_.steps, claimed_.load(std::memory_order_relaxed) / batch_);
        if (!stop_.load(std::memory_order_relaxed) && !supervisor_.allowed({.steps = done}))
          stop_.store(true, std::memory_order_relaxed);
      });
      if (!good) stop_.store(true, std::memory_order_relaxed);
    };
  }

  /// From one point where all threads rest to the next, until the run ends.
  void updates() {
    const std::uint64_t epoch = rule_.epoch_length(), every = options_.checkpoint_every;
    while (run_.steps < options_.steps && !stop_) {
      if (epoch > 0 && run_.steps % epoch == 0) {
        epoch_memory_ = memory_.quiescent();
        rule_.begin_epoch(epoch_memory_, options_.threads);
      }
      std::uint64_t last = options_.steps;
      for (const std::uint64_t stretch : {epoch, every})
        if (stretch > 0) last = std::min(last, (run_.steps / stretch + 1) * stretch);
      const std::uint64_t first = run_.steps;
      claimed_ = first * batch_;
      detail::run_team(options_.threads, [&](std::uint32_t k) {
        try {
          work(k, first, last);
        } catch (...) {
          stop_.store(true, std::memory_order_relaxed);
          throw;
        }
      });
      const Lock lock(supervising_);
      run_.steps = std::min(last, claimed_.load() / batch_);
      if (!supervisor_.finite(run_.steps, memory_.quiescent())) stop_ = true;
      if (supervisor_.records(run_.steps)) settle();
      if (every > 0 && (stop_ || run_.steps % every == 0)) aside([&] { save(); });
    }
  }

  /// Thread k's messages for the updates first .. last - 1.
  void work(std::uint32_t k, std::uint64_t first, std::uint64_t last) {
    detail::ThreadState& me = threads_[k];
    RandomStream stream(options_.seed, purpose_, options_.replicate, k);
    AnySample sample;
    const std::uint64_t messages = (last - first) * batch_, team = threads_.size();
    std::uint64_t left = options_.equal_shares ? messages * (k + 1) / team - messages * k / team : messages;
    watchdog_->beat(k, me.local_count);
    while (left-- > 0 && !stop_.load(std::memory_order_relaxed)) {
      const std::uint64_t claim = claimed_.fetch_add(1, std::memory_order_relaxed);
      if (claim >= last * batch_) break;
      Job job{.step = claim / batch_, .local = me.local_count++, .worker = k};
      rule_.draw(stream.at(job.local), job, sample);
      TraceMessage message{.local = job.local, .worker = k};
      while (!send(me, stream, sample, job, message)) {
      }
      if constexpr (Probe::enabled) {
        message.write_end = begun_.load(std::memory_order_relaxed);
        message.time = seconds();
        std::tie(message.block, message.block_count) = rule_.written_blocks(sample, job);
        me.messages.push_back(message);
      }
      watchdog_->beat(k, me.local_count);
      if ((claim + 1) % batch_ == 0 && supervisor_.records(claim / batch_ + 1)) record(claim / batch_ + 1);
    }
    watchdog_->rest(k);
  }

  /// Reads, computes and writes one message; false when it was dropped as too old.
  bool send(detail::ThreadState& me, RandomStream& stream, const AnySample& sample, Job& job, TraceMessage& message) {
    const std::size_t versions_before = me.versions.size();
    {
      const std::lock_guard reading(memory_.read_lock);
      if (Probe::enabled) message.read_begin = static_cast<std::int64_t>(begun_.load(std::memory_order_relaxed));
      read(me, sample);
      if (Probe::enabled) message.read_end = static_cast<std::int64_t>(begun_.load(std::memory_order_relaxed));
    }
    rule_.view(me.view);
    rule_.compute(me.view, sample, stream, job, me.local, me.update);
    if (options_.work) spin(options_.work(job.worker, job.local), stop_);

    const double asked = Probe::enabled ? supervisor_.seconds() : 0;
    if (batch_ > 1) {
      const Lock gate(gathering_);
      if constexpr (Probe::enabled) message.lock_wait = supervisor_.seconds() - asked;
      if (too_old(message)) return drop(me, versions_before);
      message.step = begun_.load(std::memory_order_relaxed);
      message.part = static_cast<std::uint32_t>(parts_);
      detail::gather(gathered_, me.update, parts_);
      if (++parts_ == batch_) {
        parts_ = 0;
        const std::lock_guard lock(memory_.write_lock);
        apply(gathered_, me, job);
      }
      return true;
    }
    const std::lock_guard writing(memory_.write_lock);
    if constexpr (locks_writes && Probe::enabled) {
      message.lock_wait = supervisor_.seconds() - asked;
      if (too_old(message)) return drop(me, versions_before);
    }
    apply(me.update, me, job);
    message.step = job.step;
    return true;
  }

  bool too_old(const TraceMessage& m) const {
    const std::uint64_t now = begun_.load(std::memory_order_relaxed);
    return options_.max_delay && now - static_cast<std::uint64_t>(m.read_begin) > *options_.max_delay;
  }
  static bool drop(detail::ThreadState& me, std::size_t versions_before) {
    ++me.dropped;
    me.versions.resize(versions_before);
    return false;
  }

  void read(detail::ThreadState& me, const AnySample& sample) {
    if constexpr (HasStamps<Memory>) {
      std::fill(me.seen.begin(), me.seen.end(), Ancestry::untouched);
      detail::StampedReader reader(memory_.words, me.seen);
      read_through(reader, me, sample);
    } else {
      read_through(memory_, me, sample);
    }
  }
  /// Reads what the message needs. Blocks are read one after the other, each in one version of it.
  template <class Reader>
  void read_through(Reader& reader, detail::ThreadState& me, const AnySample& sample) {
    const auto support = rule_.support(sample);
    if (!support.empty()) {
      for (const std::uint32_t j : support) me.view[j] = reader.load(j);
    } else if constexpr (Probe::enabled) {
      probe_.read(reader, me.view, me.versions);
    } else {
      reader.read(me.view);
    }
  }

  /// Numbers and writes the update.
  void apply(Update& update, detail::ThreadState& me, Job& job) {
    // With stamps, acquire and release: whoever has seen a stamp gets a later label.
    constexpr auto order = HasStamps<Memory> ? std::memory_order_acq_rel : std::memory_order_relaxed;
    if (numbered_) job.step = begun_.fetch_add(1, order);
    RandomStream stream(options_.seed, purpose_ ^ stream_key("step"), options_.replicate);
    rule_.finish(update, stream.at(job.step), job);
    [[maybe_unused]] const auto writing = probe_.write(update);
    if constexpr (HasStamps<Memory>) {
      const std::size_t d = memory_.size();
      ancestry_->worker[job.step] = job.worker;
      ancestry_->local[job.step] = job.local;
      std::copy(me.seen.begin(), me.seen.end(), ancestry_->read.begin() + static_cast<std::ptrdiff_t>(job.step * d));
      typename Memory::Writer writer(memory_.words, static_cast<std::uint32_t>(job.step + 1),
                                     std::span(ancestry_->base).subspan(job.step * d, d));
      rule_.write(writer, update, job, std::span<double>(me.local));
    } else {
      rule_.write(memory_, update, job, std::span<double>(me.local));
    }
  }

  /// Keeps the memory for the curve, as it is while other threads write.
  void record(std::uint64_t done) {
    detail::KeptState state{done, seconds(), std::vector<double>(memory_.size())};
    memory_.read(state.memory);
    if (options_.target) state.value = options_.evaluate(rule_.output(state.memory));
    const Lock lock(supervising_);
    if (!supervisor_.finite(done, state.memory) || (state.value && supervisor_.reached(*state.value)))
      stop_.store(true, std::memory_order_relaxed);
    states_.push_back(std::move(state));
  }

  /// Makes the state in which all threads rest a point of the curve, in place of one of the same step.
  void settle() {
    std::erase_if(states_, [&](const detail::KeptState& s) { return s.step == run_.steps; });
    if (!run_.curve.empty() && run_.curve.back().step == run_.steps) return;
    states_.push_back({run_.steps, seconds(), memory_.quiescent()});
  }
  void evaluate() { detail::evaluate(states_, rule_, options_, supervisor_, run_); }

  /// Every field of the state of threads at rest, for a writer or a reader.
  template <class Archive>
  void visit(Archive& a, std::vector<double>& memory, double& seconds) {
    a("memory", memory);
    a("epoch_memory", epoch_memory_);
    a("seconds", seconds);
    a.each("threads", threads_, [](auto& b, detail::ThreadState& t) {
      b("count", t.local_count);
      b("own", t.local);
    });
    a.columns("curve", run_.curve, &CurvePoint::step, &CurvePoint::seconds, &CurvePoint::value,
              &CurvePoint::gradient_norm);
  }

  void save() {
    evaluate();
    std::vector<double> memory = memory_.quiescent();
    double before = seconds();
    StateWriter writer;
    visit(writer, memory, before);
    Checkpoint checkpoint;
    checkpoint.kind = Checkpoint::Kind::threads;
    checkpoint.step = run_.steps;
    checkpoint.partial.requested = run_.requested;
    checkpoint.state = writer.take();
    options_.checkpoint(checkpoint);
  }

  void resume(const Checkpoint& checkpoint) {
    detail::require_same_run(checkpoint, run_.requested);
    detail::require_more_steps(options_, checkpoint.step);
    std::vector<double> memory;
    double before = 0;
    StateReader reader(checkpoint.state, checkpoint.source);
    visit(reader, memory, before);
    require_fit(DocumentReader(checkpoint.state, checkpoint.source), checkpoint.step, memory, before);
    if constexpr (!HasStamps<Memory>) memory_.quiescent() = memory;
    run_.steps = begun_ = checkpoint.step;
    claimed_ = checkpoint.step * batch_;
    aside_ = -before;
    if (rule_.epoch_length() > 0 && run_.steps % rule_.epoch_length() != 0)
      rule_.begin_epoch(epoch_memory_, options_.threads);
  }

  /// Throws unless the parts of the state are those of such a run after so many updates.
  void require_fit(const DocumentReader& state, std::uint64_t steps, const std::vector<double>& memory,
                   double seconds) const {
    const auto finite = [](const std::vector<double>& numbers) {
      return std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::isfinite(v); });
    };
    state.require(memory.size() == memory_.size() && finite(memory), "memory", "is not that of such a run");
    state.require(
        epoch_memory_.size() == (rule_.epoch_length() > 0 && steps > 0 ? memory_.size() : 0) && finite(epoch_memory_),
        "epoch_memory", "is not that of such a run");
    state.require(std::isfinite(seconds) && seconds >= 0, "seconds", "is no time");
    std::uint64_t made = 0;
    for (const detail::ThreadState& t : threads_) {
      state.require(t.local.size() == rule_.local_size() && finite(t.local), "threads", "are not those of such a run");
      state.require(t.local_count < std::uint64_t{1} << 62, "threads", "count more messages than there can be");
      made += t.local_count;
    }
    state.require(made >= steps * batch_, "threads", "made fewer messages than the updates hold");
    for (std::size_t i = 0; i < run_.curve.size(); ++i)
      state.require(run_.curve[i].step <= steps && (i == 0 || run_.curve[i].step > run_.curve[i - 1].step) &&
                        std::isfinite(run_.curve[i].seconds),
                    "curve", "is out of order, or goes beyond the last update");
  }

  AnyRule& rule_;
  const RunOptions& options_;
  Memory memory_;
  Probe probe_;
  std::vector<detail::ThreadState> threads_;
  const std::uint64_t purpose_, batch_;
  const bool numbered_;
  alignas(128) std::atomic<std::uint64_t> claimed_{0};
  alignas(128) std::atomic<std::uint64_t> begun_{0};  ///< updates begun: the clock of labels and probes
  alignas(128) std::atomic<bool> stop_{false};
  alignas(128) std::mutex gathering_;
  Update gathered_;
  std::size_t parts_ = 0;
  std::mutex supervising_;
  Run run_;
  detail::Supervisor supervisor_;
  std::vector<detail::KeptState> states_;
  detail::FirstException look_failure_;
  detail::Watchdog* watchdog_ = nullptr;
  double aside_ = 0;
  std::vector<double> epoch_memory_;
  Ancestry* ancestry_;
};

void require_valid(const AnyRule& rule, const RunOptions& options) {
  detail::validate(options);
  if (options.schedule || options.overwrite || options.inconsistent_read || options.zero_history)
    throw DomainError("openmp measures delays and lost writes: schedules and overwrite models belong to replay");
  const bool recorded = options.probes || options.trace || options.stamps || options.max_delay;
  if ((options.checkpoint_every > 0 || options.resume) && recorded)
    throw DomainError(
        "checkpoints of threads hold no records of messages: probes, trace, stamps and max_delay need a run without "
        "them");
  if (options.threads < 1 || options.threads > 1024)
    throw DomainError("threads", std::to_string(options.threads), "a whole number from 1 to 1024");
  detail::require_workers(rule.workers(), static_cast<std::uint32_t>(options.threads));
  if (options.max_delay && options.memory != MemoryPolicy::locked && options.memory != MemoryPolicy::consistent)
    throw DomainError("max_delay is enforced at the write lock: it needs the memory policy locked or consistent");
}

template <class Memory>
Run run_threads(AnyRule& rule, const RunOptions& options, Ancestry* ancestry) {
  // A bound on delays needs the clock that the probes read.
  return options.probes || options.trace || options.max_delay
             ? Threads<Memory, StampProbe>(rule, options, ancestry).run()
             : Threads<Memory, NoProbe>(rule, options, ancestry).run();
}

}  // namespace

Run openmp(AnyRule rule, const RunOptions& options) {
  if (options.stamps) return detail::stamped_run(rule, options);
  require_valid(rule, options);
  switch (options.memory) {
    case MemoryPolicy::wild:
      return run_threads<Wild>(rule, options, nullptr);
    case MemoryPolicy::atomic_add:
      return run_threads<AtomicAdd>(rule, options, nullptr);
    case MemoryPolicy::locked:
      return run_threads<Locked>(rule, options, nullptr);
    case MemoryPolicy::consistent:
      return run_threads<Consistent>(rule, options, nullptr);
  }
  return {};
}

Run detail::run_with_stamps(AnyRule rule, const RunOptions& options, Ancestry& ancestry) {
  require_valid(rule, options);
  return options.memory == MemoryPolicy::atomic_add ? run_threads<Stamped<true>>(rule, options, &ancestry)
                                                    : run_threads<Stamped<false>>(rule, options, &ancestry);
}

}  // namespace asyncert::solvers
