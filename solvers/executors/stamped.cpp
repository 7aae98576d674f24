#include "solvers/executors/stamped.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <utility>

#include "solvers/executors/supervision.hpp"

namespace asyncert::solvers {

namespace {

/// The labels on the way from a coordinate's initial value to its final one, in the order of stores.
std::vector<std::uint32_t> chain(const Ancestry& a, std::size_t j) {
  std::vector<std::uint32_t> labels;
  for (std::uint32_t stamp = a.final_stamp[j]; stamp != 0; stamp = a.base[(stamp - 1) * a.dimension + j])
    labels.push_back(stamp - 1);
  std::reverse(labels.begin(), labels.end());
  return labels;
}

}  // namespace

std::vector<std::uint8_t> Ancestry::survivors() const {
  std::vector<std::uint8_t> survived(steps() * dimension, 0);
  for (std::size_t j = 0; j < dimension; ++j)
    for (const std::uint32_t label : chain(*this, j)) survived[label * dimension + j] = 1;
  return survived;
}

std::vector<std::int64_t> Ancestry::read_labels() const {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::int64_t> labels(steps());
  for (std::size_t t = 0; t < steps(); ++t) labels[t] = static_cast<std::int64_t>(t);
  for (std::size_t j = 0; j < dimension; ++j) {
    const std::vector<std::uint32_t> line = chain(*this, j);
    // The least label by which what was read under a stamp differs from the final line. A stamp on the line: survivors
    // after it were not seen although they survive. A dead one: it was seen although it does not survive, and then the
    // same as for the stamp that it replaced. Each stamp is settled once, however long its dead branch is.
    std::vector<std::uint32_t> differs(steps() + 1, none);
    std::vector<std::uint8_t> settled(steps() + 1, 0);
    std::uint32_t least = none;
    for (std::size_t p = line.size(); p-- > 0;) {
      differs[line[p] + 1] = least, settled[line[p] + 1] = 1;
      least = std::min(least, line[p]);
    }
    differs[0] = least, settled[0] = 1;
    std::vector<std::uint32_t> branch;
    for (std::size_t t = 0; t < steps(); ++t) {
      std::uint32_t stamp = read[t * dimension + j];
      if (stamp == untouched) continue;
      for (; !settled[stamp]; stamp = base[(stamp - 1) * dimension + j]) branch.push_back(stamp);
      for (std::uint32_t first = differs[stamp]; !branch.empty(); branch.pop_back()) {
        stamp = branch.back();
        differs[stamp] = first = std::min(first, stamp - 1);
        settled[stamp] = 1;
      }
      if (differs[stamp] != none) labels[t] = std::min(labels[t], static_cast<std::int64_t>(differs[stamp]));
    }
  }
  return labels;
}

void detail::summarise(StampedRun& result) {
  const Ancestry& a = result.ancestry;
  const auto survived = a.survivors();
  result.run.survival.assign(a.dimension, 1.0);
  for (std::size_t j = 0; j < a.dimension; ++j) {
    std::uint64_t writes = 0, alive = 0;
    for (std::size_t t = 0; t < a.steps(); ++t) {
      writes += a.base[t * a.dimension + j] != Ancestry::untouched ? 1 : 0;
      alive += survived[t * a.dimension + j];
    }
    if (writes > 0) result.run.survival[j] = static_cast<double>(alive) / static_cast<double>(writes);
  }
  const auto labels = a.read_labels();
  for (std::size_t t = 0; t < a.steps(); ++t)
    result.run.delays.before_read.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(t) - labels[t]));
}

namespace {

template <bool lossless>
StampedRun run_stamped(const AnyRule& rule, const RunOptions& options) {
  StampedRun result;
  Run& run = result.run;
  run.requested = detail::requested(options, rule.name(), "openmp");
  run.requested.add("stamps", true);
  const std::vector<double> start = rule.initial();
  StampedVector memory(start);
  Ancestry& a = result.ancestry;
  const std::size_t d = a.dimension = start.size(), readable = rule.read_size(d);
  a.worker.resize(options.steps);
  a.local.resize(options.steps);
  a.read.assign(options.steps * d, Ancestry::untouched);
  a.base.assign(options.steps * d, Ancestry::untouched);
  const std::uint64_t purpose = stream_key(rule.name());
  std::atomic<std::uint64_t> claimed{0}, begun{0};
  detail::Supervisor supervisor(options, run);
#pragma omp parallel num_threads(options.threads)
  {
    const auto k = static_cast<std::uint32_t>(omp_get_thread_num());
    RandomStream stream(options.seed, purpose, options.replicate, k);
    std::vector<double> view(readable), local(rule.local_size(), 0.0);
    std::vector<std::uint32_t> seen(d);
    Update update;
    AnySample sample;
    std::uint64_t count = 0;
    const std::uint64_t share = options.equal_shares
                                    ? options.steps * (k + 1) / static_cast<std::uint64_t>(options.threads) -
                                          options.steps * k / static_cast<std::uint64_t>(options.threads)
                                    : options.steps;
#pragma omp barrier
    while (count < share && claimed.fetch_add(1, std::memory_order_relaxed) < options.steps) {
      Job job{.local = count++, .worker = k};
      rule.draw(stream.at(job.local), job, sample);
      const auto support = rule.support(sample);
      std::fill(seen.begin(), seen.end(), Ancestry::untouched);
      const auto read = [&](std::size_t j) {
        const std::uint64_t word = memory.load(j);
        view[j] = StampedVector::value(word);
        seen[j] = StampedVector::stamp(word);
      };
      for (const std::uint32_t j : support) read(j);
      for (std::size_t j = 0; j < readable && support.empty(); ++j) read(j);
      rule.view(view);
      rule.compute(view, sample, stream, job, local, update);
      job.step = begun.fetch_add(1, std::memory_order_acq_rel);
      a.worker[job.step] = k;
      a.local[job.step] = job.local;
      std::copy(seen.begin(), seen.end(), a.read.begin() + static_cast<std::ptrdiff_t>(job.step * d));
      RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
      rule.finish(update, step_stream.at(job.step), job);
      detail::StampedWriter<lossless> writer(memory, static_cast<std::uint32_t>(job.step + 1),
                                             std::span<std::uint32_t>(a.base).subspan(job.step * d, d));
      rule.write(writer, update, job, std::span<double>(local));
    }
  }
  run.seconds = supervisor.seconds();
  run.threads = options.threads;
  run.steps = options.steps;
  for (std::size_t j = 0; j < d; ++j) {
    run.memory.push_back(StampedVector::value(memory.load(j)));
    a.final_stamp.push_back(StampedVector::stamp(memory.load(j)));
  }
  run.x = rule.output(run.memory);
  supervisor.healthy(run.steps, run.memory);
  detail::summarise(result);
  return result;
}

}  // namespace

StampedRun openmp_stamped(const AnyRule& rule, const RunOptions& options) {
  detail::validate(options);
  detail::require_workers(rule.workers(), static_cast<std::uint32_t>(options.threads));
  if (rule.batch() != 1 || rule.epoch_length() != 0)
    throw DomainError("stamps: they need one message an update and no epochs");
  if (options.steps >= Ancestry::untouched - 1)
    throw DomainError("steps", std::to_string(options.steps), "fewer than 2^32 - 2");
  if (options.threads < 1) throw DomainError("threads", std::to_string(options.threads), "1 or more");
  if (options.memory == MemoryPolicy::wild) return run_stamped<false>(rule, options);
  if (options.memory == MemoryPolicy::atomic_add) return run_stamped<true>(rule, options);
  throw DomainError("memory", to_string(options.memory), "wild or atomic_add, for stamped runs");
}

std::vector<double> replay_stamped(const AnyRule& rule, const RunOptions& options, const Ancestry& a) {
  const std::vector<double> start = rule.initial();
  const std::size_t d = a.dimension, readable = rule.read_size(d);
  const std::uint64_t purpose = stream_key(rule.name());
  std::uint32_t workers = 1;
  for (const std::uint32_t w : a.worker) workers = std::max(workers, w + 1);
  std::vector<std::vector<double>> local(workers, std::vector<double>(rule.local_size(), 0.0));
  std::vector<float> value(a.steps() * d);
  std::vector<std::uint8_t> known(a.steps() * d, 0);
  std::vector<double> increment(a.steps() * d, 0.0), view(readable);
  // The number with a stamp is the one that it replaced plus the writer's increment. Whatever an update read carries
  // smaller labels all the way down, although a single write may replace a number with a later label than its own.
  std::vector<std::size_t> pending;
  const auto number = [&](std::uint32_t stamp, std::size_t j) {
    while (stamp != 0 && !known[(stamp - 1) * d + j]) {
      pending.push_back((stamp - 1) * d + j);
      stamp = a.base[(stamp - 1) * d + j];
    }
    float x = stamp == 0 ? static_cast<float>(start[j]) : value[(stamp - 1) * d + j];
    for (; !pending.empty(); pending.pop_back()) {
      const std::size_t at = pending.back();
      x = value[at] = static_cast<float>(static_cast<double>(x) + increment[at]);
      known[at] = 1;
    }
    return x;
  };
  Update update;
  AnySample sample;
  for (std::size_t t = 0; t < a.steps(); ++t) {
    Job job{.step = t, .local = a.local[t], .worker = a.worker[t]};
    RandomStream stream(options.seed, purpose, options.replicate, job.worker);
    rule.draw(stream.at(job.local), job, sample);
    for (std::size_t j = 0; j < readable; ++j)
      if (const std::uint32_t stamp = a.read[t * d + j]; stamp != Ancestry::untouched) view[j] = number(stamp, j);
    rule.view(view);
    rule.compute(view, sample, stream, job, local[job.worker], update);
    RandomStream step_stream(options.seed, purpose ^ stream_key("step"), options.replicate);
    rule.finish(update, step_stream.at(t), job);
    detail::AdditionRecorder recorder;
    rule.write(recorder, update, job, std::span<double>(local[job.worker]));
    for (const auto& [j, delta] : recorder.additions) increment[t * d + j] = delta;
  }
  std::vector<double> memory(d);
  for (std::size_t j = 0; j < d; ++j) memory[j] = number(a.final_stamp[j], j);
  return memory;
}

}  // namespace asyncert::solvers
