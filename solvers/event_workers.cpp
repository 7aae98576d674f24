#include "solvers/event_workers.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

ServiceLaw fixed_service(double time) {
  if (!(time > 0 && std::isfinite(time))) throw DomainError("service time", shortest(time), "(0, inf)");
  return [=](RandomStream&) { return time; };
}

ServiceLaw uniform_service(double low, double high) {
  if (!(low > 0 && low <= high && std::isfinite(high)))
    throw DomainError("service times [" + shortest(low) + ", " + shortest(high) + "]: needs 0 < low <= high < inf");
  return [=](RandomStream& stream) { return stream.uniform(low, high); };
}

ServiceLaw exponential_service(double mean) {
  if (!(mean > 0 && std::isfinite(mean))) throw DomainError("mean service time", shortest(mean), "(0, inf)");
  return [=](RandomStream& stream) { return mean * stream.exponential(); };
}

namespace {

struct Event {
  double time;
  std::uint32_t worker;
  bool operator>(const Event& other) const { return time != other.time ? time > other.time : worker > other.worker; }
};

class EventGenerator final : public PlanGenerator {
 public:
  EventGenerator(const EventWorkers& model, std::uint64_t seed, std::uint64_t replicate)
      : model_(model), started_(model.service.size(), 0.0), local_(model.service.size(), 0) {
    for (std::uint32_t w = 0; w < model.service.size(); ++w) {
      streams_.emplace_back(seed, stream_key("service"), replicate, w);
      begin(w, 0.0);
    }
  }

  void next(std::uint64_t t, Plan& plan) override {
    const std::size_t messages = plan.label.size();
    plan.part_worker.resize(messages);
    plan.block_label.clear();
    double applied = 0;
    for (std::size_t m = 0; m < messages; ++m) {
      const Event event = queue_.top();
      queue_.pop();
      applied = event.time;
      if (model_.lock_hold > 0) applied = lock_free_at_ = std::max(event.time, lock_free_at_) + model_.lock_hold;
      plan.part_worker[m] = event.worker;
      read(event.worker, t, plan, m);
      // The last message's update takes effect at `applied`; its sender reads the new state.
      if (m + 1 == messages) write_times_.push_back(applied);
      begin(event.worker, applied);
    }
    plan.worker = plan.part_worker.back();
  }

  std::int64_t oldest(std::uint64_t) const override {
    return static_cast<std::int64_t>(label_at(*std::min_element(started_.begin(), started_.end())));
  }

 private:
  void begin(std::uint32_t worker, double now) {
    started_[worker] = now;
    const double service = model_.service[worker](streams_[worker].at(local_[worker]++));
    if (!(service >= 0 && std::isfinite(service))) throw DomainError("service time", shortest(service), "[0, inf)");
    const double time = now + model_.read_spacing * static_cast<double>(model_.blocks - 1) + service;
    if (!std::isfinite(time)) throw DomainError("time of the event queue", shortest(time), "finite numbers");
    queue_.push({time, worker});
  }
  // Updates that have taken effect up to and including a time.
  std::size_t label_at(double time) const {
    return static_cast<std::size_t>(std::upper_bound(write_times_.begin(), write_times_.end(), time) -
                                    write_times_.begin());
  }
  void read(std::uint32_t worker, std::uint64_t t, Plan& plan, std::size_t m) const {
    const auto at = [&](std::size_t block) {
      return static_cast<std::int64_t>(
          std::min<std::uint64_t>(t, label_at(started_[worker] + model_.read_spacing * static_cast<double>(block))));
    };
    plan.label[m] = at(0);
    if (model_.blocks == 1 || model_.read_spacing == 0) return;
    for (std::size_t b = 0; b < model_.blocks; ++b) plan.block_label.push_back(at(b));
  }

  EventWorkers model_;
  std::vector<RandomStream> streams_;
  std::vector<double> started_, write_times_;
  std::vector<std::uint64_t> local_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> queue_;
  double lock_free_at_ = 0;
};

class EventSchedule final : public Schedule {
 public:
  explicit EventSchedule(EventWorkers model) : model_(std::move(model)) {}
  std::unique_ptr<PlanGenerator> start(std::uint64_t seed, std::uint64_t replicate) const override {
    return std::make_unique<EventGenerator>(model_, seed, replicate);
  }
  std::string describe() const override {
    return "event queue with " + std::to_string(model_.service.size()) + " workers";
  }
  std::uint32_t workers() const override { return static_cast<std::uint32_t>(model_.service.size()); }

 private:
  EventWorkers model_;
};

class RecordedSchedule final : public Schedule {
 public:
  explicit RecordedSchedule(Trace trace) : trace_(std::make_unique<Trace>(std::move(trace))) {
    workers_ = trace_->workers;
    std::size_t first = 0;
    auto& messages = trace_->messages;
    while (first < messages.size()) {
      starts_.push_back(first);
      const std::uint64_t step = messages[first].step;
      if (step != starts_.size() - 1)
        throw DomainError(trace_->source + ": update " + std::to_string(starts_.size() - 1) + " is missing");
      for (; first < messages.size() && messages[first].step == step; ++first)
        workers_ = std::max(workers_, messages[first].worker + 1);
    }
    starts_.push_back(messages.size());
    // Suffix minima of the labels, in place of `read_end`, which a replay does not need.
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    oldest_.resize(starts_.size());
    for (std::size_t t = starts_.size(); t-- > 0;) {
      if (t + 1 < starts_.size())
        for (std::size_t m = starts_[t]; m < starts_[t + 1]; ++m) {
          least = std::min(least, messages[m].read_begin);
          for (std::size_t b = 0; b < block_count(); ++b)
            least = std::min(least, trace_->block_labels[m * trace_->blocks + b]);
        }
      oldest_[t] = least;
    }
  }
  std::unique_ptr<PlanGenerator> start(std::uint64_t, std::uint64_t) const override {
    struct Generator final : PlanGenerator {
      explicit Generator(const RecordedSchedule& schedule) : s(schedule) {}
      void next(std::uint64_t t, Plan& plan) override {
        if (t + 1 >= s.starts_.size())
          throw DomainError(s.trace_->source + ": it ends after " + std::to_string(s.starts_.size() - 1) + " updates");
        const std::size_t first = s.starts_[t], messages = s.starts_[t + 1] - first;
        if (messages != plan.label.size())
          throw DomainError(s.trace_->source + ": update " + std::to_string(t) + " has " + std::to_string(messages) +
                            " messages, the rule gathers " + std::to_string(plan.label.size()));
        plan.part_worker.resize(messages);
        plan.block_label.clear();
        for (std::size_t m = 0; m < messages; ++m) {
          plan.label[m] = s.trace_->messages[first + m].read_begin;
          plan.part_worker[m] = s.trace_->messages[first + m].worker;
          for (std::size_t b = 0; b < s.block_count(); ++b)
            plan.block_label.push_back(s.trace_->block_labels[(first + m) * s.block_count() + b]);
        }
        plan.worker = plan.part_worker.back();
      }
      std::int64_t oldest(std::uint64_t t) const override {
        return std::min(static_cast<std::int64_t>(t), s.oldest_[std::min<std::size_t>(t, s.oldest_.size() - 1)]);
      }
      const RecordedSchedule& s;
    };
    return std::make_unique<Generator>(*this);
  }
  std::string describe() const override {
    return "recorded trace of " + std::to_string(starts_.size() - 1) + " updates";
  }
  std::uint32_t workers() const override { return workers_; }
  std::optional<std::uint64_t> length() const override { return starts_.size() - 1; }
  const Trace* stores() const override { return trace_->ancestry.dimension > 0 ? trace_.get() : nullptr; }

 private:
  std::size_t block_count() const { return trace_->block_labels.empty() ? 0 : trace_->blocks; }

  std::unique_ptr<Trace> trace_;
  std::vector<std::size_t> starts_;
  std::vector<std::int64_t> oldest_;
  std::uint32_t workers_ = 1;
};

}  // namespace

SchedulePtr event_workers(EventWorkers model) {
  if (model.service.empty()) throw DomainError("event workers: no service laws were given");
  if (model.blocks == 0) throw DomainError("blocks", "0", "1 or more");
  if (!(model.read_spacing >= 0 && std::isfinite(model.read_spacing)))
    throw DomainError("read spacing", shortest(model.read_spacing), "[0, inf)");
  if (!(model.lock_hold >= 0 && std::isfinite(model.lock_hold)))
    throw DomainError("lock hold time", shortest(model.lock_hold), "[0, inf)");
  return std::make_shared<EventSchedule>(std::move(model));
}

SchedulePtr recorded_schedule(Trace trace) { return std::make_shared<RecordedSchedule>(std::move(trace)); }

}  // namespace asyncert::solvers
