// The probe of threaded runs: versions of blocks, and one record a message.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "solvers/executors/any_rule.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Nothing is recorded, and nothing is paid.
struct NoProbe {
  static constexpr bool enabled = false;
  explicit NoProbe(const AnyRule&) {}
  struct Writing {};
  Writing write(const Update&) { return {}; }
};

/// Records counts of updates begun at each read and write. Where the rule has blocks, each block carries a version that
/// is odd while it is written (a sequence lock): a reader takes each block in one version, so that a recorded run can
/// be replayed.
class StampProbe {
 public:
  static constexpr bool enabled = true;
  explicit StampProbe(const AnyRule& rule)
      : blocks_(rule.blocks()), versions_(std::make_unique<Version[]>(blocks_)), members_(blocks_) {
    if (blocks_ == 1) return;
    const std::size_t size = rule.initial().size();
    for (std::size_t j = 0; j < size; ++j) {
      block_of_.push_back(rule.block_of(j));
      members_[block_of_.back()].push_back(j);
    }
  }

  /// Reads the memory, block by block where there are several; appends the versions seen.
  template <class Memory>
  void read(Memory& memory, std::span<double> view, std::vector<std::uint32_t>& versions) {
    if (blocks_ == 1) {
      memory.read(view);
      return;
    }
    for (std::size_t b = 0; b < blocks_; ++b) {
      while (true) {
        const std::uint32_t before = versions_[b].number.load(std::memory_order_acquire);
        for (const std::size_t j : members_[b])
          if (j < view.size()) view[j] = memory.load(j);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (before % 2 == 0 && versions_[b].number.load(std::memory_order_relaxed) == before) {
          versions.push_back(before / 2);
          break;
        }
        torn_.fetch_add(1, std::memory_order_relaxed);
      }
    }
  }
  /// Marks the blocks of the update as being written while it lives.
  class Writing {
   public:
    Writing(StampProbe& probe, const Update& update) : probe_(probe), update_(update) { probe_.bump(update_); }
    ~Writing() { probe_.bump(update_); }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

   private:
    StampProbe& probe_;
    const Update& update_;
  };
  Writing write(const Update& update) { return {*this, update}; }

  /// Reads of a block that met a write and were repeated.
  std::uint64_t torn() const { return torn_; }

 private:
  struct alignas(64) Version {
    std::atomic<std::uint32_t> number{0};
  };
  // Only a block's own worker writes it, and an update lists the coordinates of a block together.
  void bump(const Update& update) {
    if (blocks_ == 1) return;
    for (std::size_t e = 0; e < update.value.size(); ++e) {
      const std::size_t block = block_of_[update.coordinate(e)];
      if (e > 0 && block == block_of_[update.coordinate(e - 1)]) continue;
      std::atomic<std::uint32_t>& number = versions_[block].number;
      number.store(number.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }
    std::atomic_thread_fence(std::memory_order_release);
  }
  std::size_t blocks_;
  std::unique_ptr<Version[]> versions_;
  std::vector<std::vector<std::size_t>> members_;  ///< coordinates of each block
  std::vector<std::size_t> block_of_;              ///< block of each coordinate; both empty for one block
  std::atomic<std::uint64_t> torn_{0};
};

}  // namespace asyncert::solvers
