// The asynchronous subgradient methods HW, ASSM and PASSM, with momentum, penalties and diminishing steps: one rule.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "solvers/algorithms/hogwild.hpp"
#include "solvers/step_sizes.hpp"

namespace asyncert::solvers {

/// Common update: g = a subgradient of f_i at the read x~, plus l2 x~ + l1 sign(x~); u <- m u + g; x <- x - (1 - m)
/// gamma u.
///
/// | method | blocks | memory of `openmp` |
/// |---|---|---|
/// | HW | 0 | `wild` (or `atomic_add`) |
/// | ASSM, write lock | 0 | `locked` |
/// | ASSM, consistent read | 0 | `consistent` |
/// | PASSM | N >= workers | `wild`: each block has one writer, so that nothing is lost |
/// The problem must outlive the rule.
class Subgradient : public RuleBase {
 public:
  enum class Clock { local, global };  ///< the index of gamma: the worker's own updates, or all
  struct Options {
    StepSize step{};
    double momentum = 0;    ///< m in [0, 1)
    double l2 = 0, l1 = 0;  ///< penalties, both >= 0
    Clock clock = Clock::local;
    std::vector<double> factor{};   ///< alpha^c: worker c multiplies gamma by factor[c mod size]; empty: 1
    bool shared_momentum = true;    ///< u in shared memory beside x, or one u a worker (PASSM: always the owner's)
    std::uint32_t blocks = 0;       ///< N of PASSM: blocks of neighbouring coordinates, of equal size up to one
    std::uint32_t workers = 1;      ///< of PASSM: worker c owns the blocks [c N / P, (c + 1) N / P)
    bool all_owned_blocks = false;  ///< PASSM: update all own blocks, instead of one drawn uniformly
    std::vector<double> start{};
  };
  struct Sample {
    std::size_t term;
    std::uint32_t first_block, block_count;
  };

  Subgradient(const Problem& problem, Options options);

  std::string name() const { return partitioned() ? "passm" : "assm"; }
  bool numbers_updates() const { return options_.clock == Clock::global; }
  std::vector<double> initial() const {
    std::vector<double> memory = options_.start;
    if (memory_momentum()) memory.resize(2 * dimension_, 0.0);
    return memory;
  }
  std::size_t read_size(std::size_t) const { return dimension_; }
  std::size_t local_size() const { return options_.momentum > 0 && !memory_momentum() ? dimension_ : 0; }
  std::uint32_t workers() const { return partitioned() ? options_.workers : 0; }
  std::size_t blocks() const { return partitioned() ? options_.blocks : 1; }
  std::size_t block_of(std::size_t j) const {
    // The inverse of first(b) = floor(b d / N).
    return partitioned() ? ((j + 1) * options_.blocks - 1) / dimension_ : 0;
  }
  std::size_t block_begin(std::size_t b) const { return b * dimension_ / options_.blocks; }
  std::vector<double> output(std::span<const double> memory) const {
    return {memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(dimension_)};
  }

  Sample draw(RandomStream& stream, const Job& job) const {
    Sample sample{static_cast<std::size_t>(stream.below(problem_->terms())), 0, 0};
    if (!partitioned()) return sample;
    const std::uint64_t n = options_.blocks, p = options_.workers, c = job.worker;
    const auto first = static_cast<std::uint32_t>(c * n / p),
               count = static_cast<std::uint32_t>((c + 1) * n / p) - first;
    sample.first_block = options_.all_owned_blocks ? first : first + static_cast<std::uint32_t>(stream.below(count));
    sample.block_count = options_.all_owned_blocks ? count : 1;
    return sample;
  }
  std::pair<std::uint32_t, std::uint32_t> written_blocks(const Sample& sample, const Job&) const {
    return {sample.first_block, sample.block_count};
  }

  void compute(std::span<const double> view, const Sample& sample, RandomStream&, const Job&, std::span<double>,
               Update& update) const {
    update.reset_dense(dimension_);
    dense_term_gradient(*problem_, sample.term, view, update.value);
    if (options_.l2 > 0 || options_.l1 > 0)
      for (std::size_t j = 0; j < dimension_; ++j)
        update.value[j] += options_.l2 * view[j] + options_.l1 * static_cast<double>((view[j] > 0) - (view[j] < 0));
    if (!partitioned()) return;
    // Keep the coordinates of the blocks that are written.
    const std::size_t begin = block_begin(sample.first_block),
                      end = block_begin(sample.first_block + sample.block_count);
    std::copy(update.value.begin() + static_cast<std::ptrdiff_t>(begin),
              update.value.begin() + static_cast<std::ptrdiff_t>(end), update.value.begin());
    update.value.resize(end - begin);
    update.sparse = true;
    for (std::size_t j = begin; j < end; ++j) update.index.push_back(static_cast<std::uint32_t>(j));
  }

  template <class Memory>
  void write(Memory& memory, const Update& update, const Job& job, std::span<double> local) const {
    const std::uint64_t n = 1 + (options_.clock == Clock::global ? job.step : job.local);
    const double m = options_.momentum,
                 factor = options_.factor.empty() ? 1.0 : options_.factor[job.worker % options_.factor.size()];
    const double step = (1 - m) * factor * options_.step.at(n);
    for (std::size_t e = 0; e < update.value.size(); ++e) {
      const std::size_t j = update.coordinate(e);
      double u = update.value[e];
      if (memory_momentum()) {
        u = memory.transform(dimension_ + j, [&](double old) { return m * old + u; });
      } else if (m > 0) {
        u = local[j] = m * local[j] + u;
      }
      memory.add(j, -step * u);
    }
  }

 private:
  bool partitioned() const { return options_.blocks > 0; }
  bool memory_momentum() const { return options_.momentum > 0 && options_.shared_momentum && !partitioned(); }

  const Problem* problem_;
  Options options_;
  std::size_t dimension_;
};

}  // namespace asyncert::solvers
