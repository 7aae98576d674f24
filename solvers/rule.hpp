// What an algorithm is: an update rule, written once, which any executor can run.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lib/random.hpp"

namespace asyncert::solvers {

/// One message on its way: who computes it, and where it will be applied.
struct Job {
  std::uint64_t step = 0;   ///< label n of the update, counted from 0; known from the write on
  std::uint64_t local = 0;  ///< how many messages this worker has computed before
  std::uint32_t worker = 0;
  std::uint32_t part = 0;  ///< 0 .. batch-1 within one update
};

/// What a worker sends: a dense vector, or values at some coordinates.
struct Update {
  bool sparse = false;
  std::vector<std::uint32_t> index;  ///< empty when dense
  std::vector<double> value;

  void reset_dense(std::size_t dimension) {
    sparse = false;
    index.clear();
    value.assign(dimension, 0.0);
  }
  void reset_sparse(std::span<const std::uint32_t> support) {
    sparse = true;
    index.assign(support.begin(), support.end());
    value.assign(support.size(), 0.0);
  }
  std::size_t coordinate(std::size_t entry) const { return sparse ? index[entry] : entry; }
};

/// The defaults of a rule; a rule inherits them and hides what differs.
struct RuleBase {
  /// True when `write` uses `Job::step`, so that threads must number their updates.
  bool numbers_updates() const { return false; }
  /// Messages that one update gathers.
  std::size_t batch() const { return 1; }
  /// Block that a coordinate of the memory belongs to, for rules whose workers own blocks; 1 block otherwise.
  std::size_t blocks() const { return 1; }
  std::size_t block_of(std::size_t) const { return 0; }
  /// First block that a message writes, and their number; (0, 0) for all.
  template <class Sample>
  std::pair<std::uint32_t, std::uint32_t> written_blocks(const Sample&, const Job&) const {
    return {0, 0};
  }
  /// Workers that the rule is made for; 0 for any number.
  std::uint32_t workers() const { return 0; }
  /// Doubles that each worker keeps for itself, zero at the start.
  std::size_t local_size() const { return 0; }
  /// Updates between two synchronisations; 0 for none. `begin_epoch` then sees the synchronised memory.
  std::uint64_t epoch_length() const { return 0; }
  void begin_epoch(std::span<const double>, int /*threads*/) {}
  /// Leading coordinates of the memory that messages are computed from.
  std::size_t read_size(std::size_t memory_size) const { return memory_size; }
  /// Coordinates of the memory that the message needs; empty means all.
  template <class Sample>
  std::span<const std::uint32_t> support(const Sample&) const {
    return {};
  }
  /// Turns a copy of the memory into the point where the gradient is taken, in place (a projection).
  void view(std::span<double>) const {}
  /// Changes the gathered update just before it is written; the stream belongs to the step, not to a worker.
  void finish(Update&, RandomStream&, const Job&) const {}
  /// The iterate that the memory holds.
  std::vector<double> output(std::span<const double> memory) const { return {memory.begin(), memory.end()}; }
};

namespace detail {
/// Adds the message number `part` to the update that gathers them. Several messages must be dense.
inline void gather(Update& update, const Update& message, std::size_t part) {
  if (part == 0) {
    update = message;
    return;
  }
  for (std::size_t e = 0; e < update.value.size(); ++e) update.value[e] += message.value[e];
}

/// A memory for checking the concept.
struct ArchetypeMemory {
  double load(std::size_t) const { return 0; }
  void add(std::size_t, double) {}
  template <class F>
  double transform(std::size_t, F) {
    return 0;
  }
};
}  // namespace detail

/// An update rule.
///
/// `draw` chooses the message's random part before anything is read; `compute` fills the update with the message,
/// evaluated at `view`; `write` applies the update, or the sum of `batch` of them, through a memory policy. A rule is
/// copied by the executor and holds no thread's state; `local` is the worker's own.
template <class R>
concept UpdateRule = std::derived_from<R, RuleBase> && std::copyable<R> &&
    requires(R rule, const R constant, RandomStream& stream, std::span<const double> view, std::span<double> local,
             Update& update, const Job& job, const typename R::Sample& sample, detail::ArchetypeMemory& memory) {
  { constant.name() } -> std::convertible_to<std::string>;
  { constant.initial() } -> std::convertible_to<std::vector<double>>;
  { constant.draw(stream, job) } -> std::same_as<typename R::Sample>;
  constant.compute(view, sample, stream, job, local, update);
  constant.write(memory, update, job, local);
};

}  // namespace asyncert::solvers
