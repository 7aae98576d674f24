// Which row comes next, and its memory in time. The law belongs to the method: theory asks for uniform draws with
// replacement, and that is what a kernel gets unless it is told otherwise by name.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "lib/errors.hpp"
#include "lib/random.hpp"

namespace asyncert::solvers {

/// Independent uniform draws with replacement from 0 .. rows - 1, from the stream (seed, replicate, worker). A kernel
/// may ask for them ahead of their use, which does not change their law: the draws depend on nothing that the run
/// computes.
class UniformSampling {
 public:
  static constexpr const char* name = "uniform";
  UniformSampling(std::size_t rows, std::uint64_t seed, std::uint64_t worker, std::uint64_t replicate = 0)
      : rows_(rows), stream_(seed, stream_key("row sampling"), replicate, worker) {
    if (rows == 0) throw DomainError("rows", "0", "at least 1");
  }
  std::size_t next() { return static_cast<std::size_t>(stream_.below(rows_)); }

 private:
  std::uint64_t rows_;
  RandomStream stream_;
};

/// Not uniform sampling: pass after pass over the worker's own share of the rows, which are cut into blocks of `block`
/// consecutive rows; the blocks come in a new random order in each pass, the rows of a block in the order of storage.
/// Rows that were stored in random order once make this a good sample, and memory is read in stretches. Worker `worker`
/// of `workers` owns every `workers`-th block.
class BlockedPermutation {
 public:
  static constexpr const char* name = "blocked-permutation";
  BlockedPermutation(std::size_t rows, std::uint64_t seed, std::uint64_t worker, std::uint64_t workers = 1,
                     std::size_t block = 256)
      : rows_(rows), block_(block), stream_(seed, stream_key("block order"), 0, worker) {
    if (rows == 0) throw DomainError("rows", "0", "at least 1");
    if (block == 0) throw DomainError("block", "0", "at least 1");
    if (worker >= workers)
      throw DomainError("worker", std::to_string(worker), "below workers = " + std::to_string(workers));
    for (std::size_t b = worker; b * block < rows; b += workers) order_.push_back(b);
    if (order_.empty())
      throw DomainError("block", std::to_string(block), "small enough that every worker owns a block of the rows");
    at_block_ = order_.size();
  }
  std::size_t next() {
    if (row_ == end_) {
      if (at_block_ == order_.size()) {
        for (std::size_t k = order_.size(); k > 1; --k) std::swap(order_[k - 1], order_[stream_.below(k)]);
        at_block_ = 0;
      }
      row_ = order_[at_block_++] * block_;
      end_ = std::min(row_ + block_, rows_);
    }
    return row_++;
  }

 private:
  std::size_t rows_, block_;
  RandomStream stream_;
  std::vector<std::size_t> order_;
  std::size_t at_block_ = 0, row_ = 0, end_ = 0;
};

/// Draws rows ahead of their use and asks for their memory, so that a random row is in the cache when its turn comes.
///
/// The rows come in exactly the order of the sampler. `ahead` rows are on their way; 16 of them hide a memory latency
/// of 100 ns behind updates of 10 ns or more.
template <class Rows, class Sampler, std::size_t ahead = 16>
class RowStream {
  static_assert((ahead & (ahead - 1)) == 0);

 public:
  RowStream(const Rows& rows, Sampler sampler) : rows_(&rows), sampler_(std::move(sampler)) {
    for (std::size_t& row : drawn_) row = draw();
  }
  typename Rows::Row next() {
    const std::size_t row = std::exchange(drawn_[at_], draw());
    at_ = (at_ + 1) & (ahead - 1);
    return rows_->row(row);
  }

 private:
  std::size_t draw() {
    const std::size_t row = sampler_.next();
    rows_->prefetch(row);
    return row;
  }
  const Rows* rows_;
  Sampler sampler_;
  std::array<std::size_t, ahead> drawn_{};
  std::size_t at_ = 0;
};

}  // namespace asyncert::solvers
