#include "solvers/executors/simulated.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/document_reader.hpp"
#include "solvers/executors/supervision.hpp"
#include "solvers/state_archive.hpp"
#include "solvers/trace_document.hpp"

namespace asyncert::solvers {

namespace {

// In the order in which they happen at one moment.
enum class Action { store, load, read };

struct Event {
  double time;
  Action action;
  std::uint32_t thread;
  bool operator>(const Event& other) const {
    return std::tie(time, action, thread) > std::tie(other.time, other.action, other.thread);
  }
};

struct Waiting {
  std::uint32_t thread;
  Action action;  ///< what it wants the lock for
};

using Addition = std::pair<std::size_t, double>;

struct Thread {
  Thread(RandomStream messages, RandomStream times) : stream(std::move(messages)), service(std::move(times)) {}

  Job job;
  std::uint64_t count = 0;
  RandomStream stream, service;
  AnySample sample;
  std::vector<double> view, local;
  std::vector<std::uint32_t> seen;
  Update update;
  std::vector<Addition> additions;
  std::size_t next = 0;  ///< the coordinate that it reads or the addition that it writes next
  double loaded = 0, begin = 0, asked = 0;
  std::uint32_t base = 0;
  bool granted = false;  ///< the lock was handed over to it
  TraceMessage message;
};

class Simulation {
 public:
  Simulation(const AnyRule& rule, const RunOptions& options, const EventTimes& times)
      : rule_(rule),
        options_(options),
        times_(times),
        x_(rule.initial()),
        stamp_(x_.size(), 0),
        readable_(rule.read_size(x_.size())),
        traced_(options.trace),
        supervisor_(options, result_.run) {
    const std::uint64_t purpose = stream_key(rule.name());
    for (std::uint32_t k = 0; k < times.compute.size(); ++k) {
      threads_.emplace_back(RandomStream(options.seed, purpose, options.replicate, k),
                            RandomStream(options.seed, stream_key("service"), options.replicate, k));
      threads_[k].view.assign(readable_, 0.0);
      threads_[k].local.assign(rule.local_size(), 0.0);
    }
    result_.ancestry.dimension = x_.size();
  }

  SimulatedRun run() {
    Run& run = result_.run;
    run.requested = detail::requested(options_, rule_.name(), "simulate");
    run.requested.add("threads", times_.compute.size())
        .add("memory", to_string(options_.memory))
        .add("compute", times_.compute_words)
        .add("read_spacing", times_.read_spacing)
        .add("write_time", times_.write_time)
        .add("write_spacing", times_.write_spacing);
    if (options_.resume) {
      resume(*options_.resume);
    } else {
      running_ = options_.record_every == 0 || supervisor_.record(0, 0, rule_.output(x_));
      for (std::uint32_t k = 0; k < threads_.size(); ++k) begin_message(k, 0);
    }
    const std::uint64_t every = options_.checkpoint_every;
    std::uint64_t saved = every > 0 ? begun_ / every : 0;
    for (bool ended = false; !queue_.empty();) {
      // Before anything is left out because the run ends: a longer one goes on from here.
      if (every > 0 && !ended && (begun_ / every > saved || !running_)) {
        save();
        saved = begun_ / every;
        ended = !running_;
      }
      const Event event = queue_.top();
      queue_.pop();
      switch (event.action) {
        case Action::read:
          read(event.thread, event.time);
          break;
        case Action::load:
          load(event.thread, event.time);
          break;
        case Action::store:
          store(event.thread, event.time);
          break;
      }
    }
    result_.ancestry.final_stamp = stamp_;
    run.threads = static_cast<int>(threads_.size());
    run.seconds = seconds_before_ + supervisor_.seconds();
    run.simulated_time = result_.duration;
    run.memory = x_;
    run.x = rule_.output(x_);
    detail::summarise(result_);
    for (const TraceMessage& m : messages_) run.delays.add(m);
    fill_trace();
    run.probes = summarise(run.trace, rule_.blocks(), true);
    if (options_.trace)
      keep_stores();
    else
      run.trace = {};
    return std::move(result_);
  }

 private:
  /// Every field of the state, for a writer or a reader; samples are drawn again.
  template <class Archive>
  void visit(Archive& a, std::vector<Event>& events, double& seconds) {
    Run& run = result_.run;
    Ancestry& ancestry = result_.ancestry;
    a("x", x_);
    a("stamp", stamp_);
    a("begun", begun_);
    a("ended", run.steps);
    a("seconds", seconds);
    a("lock_held", lock_held_);
    a("traced", traced_);
    a.columns("waiting", waiting_, &Waiting::thread, &Waiting::action);
    a.columns("events", events, &Event::time, &Event::action, &Event::thread);
    a.each("threads", threads_, [](auto& b, Thread& t) {
      b("step", t.job.step);
      b("local", t.job.local);
      b("count", t.count);
      b("view", t.view);
      b("own", t.local);
      b("seen", t.seen);
      b("sparse", t.update.sparse);
      b("index", t.update.index);
      b("value", t.update.value);
      b.columns("additions", t.additions, &Addition::first, &Addition::second);
      b("next", t.next);
      b("loaded", t.loaded);
      b("begin", t.begin);
      b("asked", t.asked);
      b("base", t.base);
      b("granted", t.granted);
      b("read_begin", t.message.read_begin);
      b("read_end", t.message.read_end);
      b("lock_wait", t.message.lock_wait);
    });
    a("worker", ancestry.worker);
    a("own_count", ancestry.local);
    a("read", ancestry.read);
    a("replaced", ancestry.base);
    a("duration", result_.duration);
    a.columns("writes", result_.writes, &CoordinateWrite::coordinate, &CoordinateWrite::label, &CoordinateWrite::begin,
              &CoordinateWrite::end);
    a.columns("messages", messages_, &TraceMessage::step, &TraceMessage::local, &TraceMessage::worker,
              &TraceMessage::read_begin, &TraceMessage::read_end, &TraceMessage::write_end, &TraceMessage::time,
              &TraceMessage::lock_wait, &TraceMessage::block, &TraceMessage::block_count);
    a.columns("curve", run.curve, &CurvePoint::step, &CurvePoint::seconds, &CurvePoint::value,
              &CurvePoint::gradient_norm);
  }

  void save() {
    std::vector<Event> events;
    for (auto left = queue_; !left.empty(); left.pop()) events.push_back(left.top());
    double seconds = seconds_before_ + supervisor_.seconds();
    StateWriter writer;
    visit(writer, events, seconds);
    Checkpoint checkpoint;
    checkpoint.partial.requested = result_.run.requested;
    checkpoint.step = result_.run.steps;
    checkpoint.kind = Checkpoint::Kind::simulation;
    checkpoint.state = writer.take();
    options_.checkpoint(checkpoint);
  }

  void resume(const Checkpoint& checkpoint) {
    detail::require_same_run(checkpoint, result_.run.requested);
    std::vector<Event> events;
    StateReader reader(checkpoint.state, checkpoint.source);
    visit(reader, events, seconds_before_);
    detail::require_more_steps(options_, begun_);
    if (options_.trace && !traced_) throw DomainError("trace: " + checkpoint.source + " belongs to a run without one");
    for (std::uint32_t k = 0; k < threads_.size(); ++k) {
      Thread& me = threads_[k];
      me.job.worker = me.message.worker = k;
      me.message.local = me.job.local;
      me.message.step = me.job.step;
      rule_.draw(me.stream.at(me.job.local), me.job, me.sample);
    }
    const DocumentReader state(checkpoint.state, checkpoint.source);
    require_history(state);
    require_threads(state, events);
    for (const Event& event : events) queue_.push(event);
    if (!options_.trace) result_.writes.clear();
    traced_ = options_.trace;
  }

  /// Throws unless what has been written, and by whom, is without contradiction.
  void require_history(const DocumentReader& state) {
    Ancestry& a = result_.ancestry;
    const std::size_t d = a.dimension;
    const auto finite = [](double value) { return std::isfinite(value) && value >= 0; };
    state.require(x_.size() == d && std::all_of(x_.begin(), x_.end(), [](double v) { return std::isfinite(v); }), "x",
                  "is not a finite number for each coordinate: the run had diverged, or the file is damaged");
    state.require(begun_ < Ancestry::untouched - 1 && begun_ == messages_.size() && begun_ == a.worker.size() &&
                      begun_ == a.local.size() && begun_ * d == a.read.size() && begun_ * d == a.base.size(),
                  "begun", "is not the number of updates that the rest tells of");
    const auto stamped = [&](const std::vector<std::uint32_t>& stamps, std::size_t most, bool all) {
      return std::all_of(stamps.begin(), stamps.end(),
                         [&](std::uint32_t s) { return s <= most || (!all && s == Ancestry::untouched); });
    };
    state.require(stamp_.size() == d && stamped(stamp_, begun_, true), "stamp", "names updates that have not begun");
    state.require(stamped(a.read, begun_, false), "read", "names updates that have not begun");
    state.require(stamped(a.base, begun_, false), "replaced", "names updates that have not begun");
    a.final_stamp = stamp_;
    require_lineage(state, a);
    if (traced_) {
      std::vector<Store> stores;
      for (const CoordinateWrite& w : result_.writes) {
        state.require(w.coordinate < d && finite(w.begin) && finite(w.end) && w.begin <= w.end, "writes",
                      "holds a write of no coordinate, or of no time");
        stores.push_back({w.label, static_cast<std::uint32_t>(w.coordinate)});
      }
      require_stores(state, a, stores);
    } else {
      state.require(result_.writes.empty(), "writes", "belongs to runs with a trace");
    }
    std::vector<std::uint64_t> made(threads_.size(), 0);
    for (std::size_t t = 0; t < begun_; ++t) {
      const TraceMessage& m = messages_[t];
      state.require(a.worker[t] < threads_.size() && a.local[t] == made[a.worker[t]]++, "own_count",
                    "does not count the updates of each thread");
      state.require(m.step == t && m.worker == a.worker[t] && m.local == a.local[t] && m.read_begin >= 0 &&
                        m.read_begin <= m.read_end && std::cmp_less_equal(m.read_end, t) && m.write_end <= begun_ &&
                        (m.write_end == 0 || m.write_end > t) && finite(m.time) && finite(m.lock_wait) &&
                        std::uint64_t{m.block} + m.block_count <= rule_.blocks(),
                    "messages", "contradicts the rest of the state");
    }
    const Run& run = result_.run;
    state.require(finite(seconds_before_) && finite(result_.duration), "seconds", "and \"duration\" are no times");
    for (std::size_t i = 0; i < run.curve.size(); ++i)
      state.require(run.curve[i].step <= run.steps && (i == 0 || run.curve[i].step > run.curve[i - 1].step) &&
                        finite(run.curve[i].seconds),
                    "curve", "is out of order, or goes beyond the last update");
  }

  /// Throws unless every thread waits for exactly one thing, which its own state and the lock allow.
  void require_threads(const DocumentReader& state, const std::vector<Event>& events) const {
    const Ancestry& a = result_.ancestry;
    const std::size_t d = a.dimension;
    std::vector<Event> next(threads_.size());
    std::vector<int> things(threads_.size(), 0);
    const auto add = [&](const char* name, std::uint32_t thread, Action action, double time) {
      state.require(thread < threads_.size() && ++things[thread] == 1, name,
                    "names a thread that is not there, or twice");
      state.require(action == Action::store || action == Action::load || action == Action::read, name,
                    "names no action");
      state.require(std::isfinite(time) && time >= result_.duration, name, "holds a time before the last store");
      next[thread] = {time, action, thread};
    };
    for (const Event& event : events) add("events", event.thread, event.action, event.time);
    for (const Waiting& w : waiting_) {
      add("waiting", w.thread, w.action, result_.duration);
      state.require(threads_[w.thread].next == 0 && !threads_[w.thread].granted && w.action != Action::store, "waiting",
                    "names a thread that needs no lock");
    }
    const auto written = [&](std::uint32_t stamp, std::size_t j) {
      return stamp == 0 || (stamp <= begun_ && a.base[(stamp - 1) * d + j] != Ancestry::untouched);
    };
    const auto finite = [](const std::vector<double>& numbers) {
      return std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::isfinite(v); });
    };
    std::vector<std::uint64_t> made(threads_.size(), 0);
    for (const std::uint32_t worker : a.worker) ++made[worker];
    std::uint64_t holders = 0, unfinished = 0;
    for (std::uint32_t k = 0; k < threads_.size(); ++k) {
      const Thread& me = threads_[k];
      const auto require = [&](bool holds, const char* name) {
        if (!holds)
          state.refuse("threads", "contradicts the rest of the state in \"" + std::string(name) + "\" of thread " +
                                      std::to_string(k));
      };
      require(things[k] == 1, "events");
      const bool reading = next[k].action == Action::read,
                 writing = next[k].action == Action::store || (next[k].action == Action::load && me.next > 0);
      require(me.count == me.job.local + 1, "count");
      require(made[k] == me.job.local + (writing ? 1 : 0), "local");
      require(writing ? me.job.step < begun_ && a.worker[me.job.step] == k && a.local[me.job.step] == me.job.local
                      : me.job.step == 0,
              "step");
      require(me.view.size() == readable_ && finite(me.view), "view");
      require(me.local.size() == rule_.local_size() && finite(me.local), "own");
      require(me.seen.size() == d, "seen");
      for (std::size_t j = 0; j < d; ++j) require(me.seen[j] == Ancestry::untouched || written(me.seen[j], j), "seen");
      const auto support = rule_.support(me.sample);
      if (reading) {
        require(me.next < (support.empty() ? readable_ : support.size()), "next");
      } else {
        require(finite(me.update.value), "value");
        require(me.update.index.size() == (me.update.sparse ? me.update.value.size() : 0), "index");
        require(me.update.sparse || me.update.value.size() == readable_, "value");
        for (const std::uint32_t j : me.update.index) require(j < readable_, "index");
      }
      if (writing) {
        require(me.next < me.additions.size(), "next");
        std::vector<std::uint8_t> named(d, 0);
        for (std::size_t e = 0; e < me.additions.size(); ++e) {
          const auto& [j, delta] = me.additions[e];
          require(j < d && std::isfinite(delta) && !std::exchange(named[j], 1), "additions");
          require((a.base[me.job.step * d + j] != Ancestry::untouched) == (e < me.next), "next");
        }
        require(next[k].action != Action::store || written(me.base, me.additions[me.next].first), "base");
        require(messages_[me.job.step].write_end == 0, "step");
        ++unfinished;
      }
      for (const double time : {me.begin, me.asked, me.message.lock_wait})
        require(std::isfinite(time) && time >= 0, "times");
      require(std::isfinite(me.loaded), "loaded");
      const auto most = static_cast<std::int64_t>(begun_);
      require(me.message.read_begin >= 0 && me.message.read_begin <= most, "read_begin");
      require(reading || (me.message.read_end >= me.message.read_begin && me.message.read_end <= most), "read_end");
      const bool mid_read = reading && me.next > 0 && options_.memory == MemoryPolicy::consistent;
      require(!me.granted || (locks_writes() && !writing && !mid_read), "granted");
      holders += me.granted || mid_read || (writing && locks_writes()) ? 1 : 0;
    }
    state.require(holders == (lock_held_ ? 1 : 0) && (lock_held_ || waiting_.empty()), "lock_held",
                  "contradicts what the threads do");
    const auto finished = static_cast<std::uint64_t>(
        std::count_if(messages_.begin(), messages_.end(), [](const TraceMessage& m) { return m.write_end > 0; }));
    state.require(result_.run.steps == finished && finished + unfinished == begun_, "ended",
                  "is not the number of updates that are written");
  }

  /// Writes that have begun are finished; no other begins.
  bool ends() const { return !running_ || begun_ == options_.steps; }

  void schedule(double time, Action action, std::uint32_t k) {
    if (!std::isfinite(time))
      throw DomainError("simulated time", shortest(time),
                        "finite numbers, which the times of the threads must leave it");
    queue_.push({time, action, k});
  }

  /// Has the lock, or waits for it: then the action comes again when it is handed over.
  bool acquire(std::uint32_t k, Action action, double now) {
    if (std::exchange(threads_[k].granted, false)) return true;
    threads_[k].asked = now;
    if (!std::exchange(lock_held_, true)) return true;
    waiting_.push_back({k, action});
    return false;
  }
  void release(double now) {
    lock_held_ = !waiting_.empty();
    if (!lock_held_) return;
    const auto [next, action] = waiting_.front();
    threads_[next].granted = true;
    schedule(now, action, next);
    waiting_.pop_front();
  }

  void begin_message(std::uint32_t k, double now) {
    Thread& me = threads_[k];
    me.job = {.local = me.count++, .worker = k};
    rule_.draw(me.stream.at(me.job.local), me.job, me.sample);
    me.seen.assign(x_.size(), Ancestry::untouched);
    me.message = {.local = me.job.local, .worker = k};
    me.next = 0;
    schedule(now, Action::read, k);
  }

  void read(std::uint32_t k, double now) {
    Thread& me = threads_[k];
    const bool consistent = options_.memory == MemoryPolicy::consistent;
    if (me.next == 0) {
      if (consistent && !acquire(k, Action::read, now)) return;
      me.message.read_begin = static_cast<std::int64_t>(begun_);
    }
    const auto support = rule_.support(me.sample);
    const std::size_t count = support.empty() ? readable_ : support.size();
    while (me.next < count) {
      const std::size_t j = support.empty() ? me.next : support[me.next];
      me.view[j] = x_[j];
      me.seen[j] = stamp_[j];
      if (++me.next < count && times_.read_spacing > 0) return schedule(now + times_.read_spacing, Action::read, k);
    }
    me.message.read_end = static_cast<std::int64_t>(begun_);
    if (consistent) release(now);
    rule_.view(me.view);
    rule_.compute(me.view, me.sample, me.stream, me.job, me.local, me.update);
    const double time = times_.compute[k](me.service.at(me.job.local));
    if (!(time >= 0 && std::isfinite(time))) throw DomainError("service time", shortest(time), "[0, inf)");
    me.next = 0;
    schedule(now + time, Action::load, k);
  }

  void load(std::uint32_t k, double now) {
    Thread& me = threads_[k];
    if (me.next == 0) {
      if (ends()) return;
      if (locks_writes() && !acquire(k, Action::load, now)) return;
      me.message.lock_wait = locks_writes() ? now - me.asked : 0;
      begin_write(me);
    }
    take(me, now);
    // A write that takes no time cannot be interrupted.
    if (times_.write_time == 0) return store(k, now);
    schedule(now + times_.write_time, Action::store, k);
  }

  bool locks_writes() const {
    return options_.memory == MemoryPolicy::locked || options_.memory == MemoryPolicy::consistent;
  }
  void take(Thread& me, double now) {
    const std::size_t j = me.additions[me.next].first;
    me.loaded = x_[j];
    me.base = stamp_[j];
    me.begin = now;
  }

  void begin_write(Thread& me) {
    Ancestry& a = result_.ancestry;
    me.job.step = begun_++;
    a.worker.push_back(me.job.worker);
    a.local.push_back(me.job.local);
    a.read.insert(a.read.end(), me.seen.begin(), me.seen.end());
    a.base.insert(a.base.end(), x_.size(), Ancestry::untouched);
    RandomStream stream(options_.seed, stream_key(rule_.name()) ^ stream_key("step"), options_.replicate);
    rule_.finish(me.update, stream.at(me.job.step), me.job);
    detail::AdditionRecorder recorder;
    rule_.write(recorder, me.update, me.job, me.local);
    me.additions = std::move(recorder.additions);
    if (me.additions.empty()) throw DomainError("simulated threads: an update that writes nothing");
    me.message.step = me.job.step;
    std::tie(me.message.block, me.message.block_count) = rule_.written_blocks(me.sample, me.job);
    messages_.push_back(me.message);
  }

  void store(std::uint32_t k, double now) {
    Thread& me = threads_[k];
    if (options_.memory == MemoryPolicy::atomic_add) take(me, now);
    const auto [j, delta] = me.additions[me.next];
    std::uint32_t& base = result_.ancestry.base[me.job.step * x_.size() + j];
    if (base != Ancestry::untouched)
      throw DomainError("coordinate " + std::to_string(j) + ": the update writes it twice");
    base = me.base;
    x_[j] = me.loaded + delta;
    stamp_[j] = static_cast<std::uint32_t>(me.job.step + 1);
    if (traced_) result_.writes.push_back({j, static_cast<std::uint32_t>(me.job.step), me.begin, now});
    result_.duration = now;
    if (++me.next == me.additions.size()) return end_write(k, now);
    schedule(now + times_.write_spacing, Action::load, k);
  }

  void end_write(std::uint32_t k, double now) {
    if (locks_writes()) release(now);
    TraceMessage& message = messages_[threads_[k].job.step];
    message.write_end = begun_;
    message.time = now;
    Run& run = result_.run;
    ++run.steps;
    if (running_ && supervisor_.records(run.steps)) running_ = supervisor_.record(run.steps, now, rule_.output(x_));
    if (running_) running_ = supervisor_.healthy(run.steps, x_);
    begin_message(k, now);
  }

  /// Blocks are labelled by the newest update that was seen in them.
  void fill_trace() {
    Trace& trace = result_.run.trace;
    trace.workers = static_cast<std::uint32_t>(threads_.size());
    trace.messages = std::move(messages_);
    if (rule_.blocks() == 1) return;
    trace.blocks = rule_.blocks();
    trace.block_labels.assign(begun_ * trace.blocks, 0);
    for (std::size_t t = 0; t < begun_; ++t)
      for (std::size_t j = 0; j < readable_; ++j) {
        std::int64_t& label = trace.block_labels[t * trace.blocks + rule_.block_of(j)];
        const std::uint32_t stamp = result_.ancestry.read[t * x_.size() + j];
        if (stamp != Ancestry::untouched) label = std::max(label, static_cast<std::int64_t>(stamp));
      }
  }

  void keep_stores() {
    Trace& trace = result_.run.trace;
    trace.ancestry = result_.ancestry;
    for (const CoordinateWrite& w : result_.writes)
      trace.stores.push_back({w.label, static_cast<std::uint32_t>(w.coordinate)});
  }

  const AnyRule& rule_;
  const RunOptions& options_;
  const EventTimes& times_;
  std::vector<double> x_;
  std::vector<std::uint32_t> stamp_;
  std::size_t readable_;
  std::vector<Thread> threads_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> queue_;
  std::uint64_t begun_ = 0;
  bool running_ = true, lock_held_ = false, traced_;
  double seconds_before_ = 0;
  std::deque<Waiting> waiting_;
  std::vector<TraceMessage> messages_;  ///< by label
  SimulatedRun result_;
  detail::Supervisor supervisor_;
};

}  // namespace

SimulatedRun simulate(const AnyRule& rule, const RunOptions& options, const EventTimes& times) {
  detail::validate(options);
  if (times.compute.empty()) throw DomainError("simulated threads: no laws of computing were given");
  for (const auto& [name, value] :
       {std::pair("read_spacing", times.read_spacing), std::pair("write_time", times.write_time),
        std::pair("write_spacing", times.write_spacing)})
    if (!(value >= 0 && std::isfinite(value))) throw DomainError(name, shortest(value), "[0, inf)");
  detail::require_workers(rule.workers(), static_cast<std::uint32_t>(times.compute.size()));
  if (rule.batch() != 1 || rule.epoch_length() != 0)
    throw DomainError("simulated threads need one message an update and no epochs");
  if (options.steps >= Ancestry::untouched - 1)
    throw DomainError("steps", std::to_string(options.steps), "fewer than 2^32 - 2");
  if (options.schedule || options.overwrite || options.inconsistent_read || options.work || options.probes)
    throw DomainError("simulated threads: delays and lost writes follow from the times, which take their place");
  return Simulation(rule, options, times).run();
}

}  // namespace asyncert::solvers
