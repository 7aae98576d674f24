#include "solvers/executors/stamped.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <utility>

#include "solvers/executors/supervision.hpp"

namespace asyncert::solvers {

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
    result.run.delays.label.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(t) - labels[t]));
  const auto inconsistent = a.inconsistent_reads();
  result.run.inconsistent_reads = static_cast<std::uint64_t>(std::count(inconsistent.begin(), inconsistent.end(), 1));
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
  a.single_precision = true;
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
  run.delays.before_read = run.delays.label;
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

}  // namespace asyncert::solvers
