// The memories of executors other than `openmp`: writes that a mask drops, writes that carry stamps, writes that are
// only noted.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "lib/errors.hpp"

namespace asyncert::solvers {

/// A number and the stamp of its writer, in one word that is read and written at once.
class StampedVector {
 public:
  explicit StampedVector(std::span<const double> initial)
      : size_(initial.size()), words_(std::make_unique<std::atomic<std::uint64_t>[]>(size_)) {
    for (std::size_t j = 0; j < size_; ++j) words_[j] = pack(static_cast<float>(initial[j]), 0);
  }
  std::size_t size() const { return size_; }
  static std::uint64_t pack(float value, std::uint32_t stamp) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(value)} << 32 | stamp;
  }
  static float value(std::uint64_t word) { return std::bit_cast<float>(static_cast<std::uint32_t>(word >> 32)); }
  static std::uint32_t stamp(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  // Acquire and release order stamps with the counter that gives the labels: whoever sees a stamp gets a later label.
  std::uint64_t load(std::size_t j) const { return words_[j].load(std::memory_order_acquire); }
  void store(std::size_t j, std::uint64_t word) { words_[j].store(word, std::memory_order_release); }
  bool exchange(std::size_t j, std::uint64_t& seen, std::uint64_t word) {
    return words_[j].compare_exchange_weak(seen, word, std::memory_order_acq_rel, std::memory_order_acquire);
  }

 private:
  std::size_t size_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> words_;
};

namespace detail {

/// The memory of a replay: writes go through the mask, and what they meant to add is kept.
class MaskedMemory {
 public:
  MaskedMemory(std::vector<double>& x, std::vector<std::uint8_t>& survives, std::vector<double>& increment)
      : x_(x), survives_(survives), increment_(increment) {}
  double load(std::size_t j) const { return x_[j]; }
  void add(std::size_t j, double delta) { put(j, x_[j] + delta); }
  template <class F>
  double transform(std::size_t j, F f) {
    const double value = f(x_[j]);
    put(j, value);
    return value;
  }

 private:
  void put(std::size_t j, double value) {
    increment_[j] += value - x_[j];
    if (survives_.empty() || survives_[j]) x_[j] = value;
  }
  std::vector<double>& x_;
  std::vector<std::uint8_t>& survives_;
  std::vector<double>& increment_;
};

/// One thread's reads of one message; `seen` takes the stamps.
class StampedReader {
 public:
  StampedReader(const StampedVector& memory, std::span<std::uint32_t> seen) : memory_(memory), seen_(seen) {}
  double load(std::size_t j) {
    const std::uint64_t word = memory_.load(j);
    seen_[j] = StampedVector::stamp(word);
    return StampedVector::value(word);
  }
  void read(std::span<double> out) {
    for (std::size_t j = 0; j < out.size(); ++j) out[j] = load(j);
  }

 private:
  const StampedVector& memory_;
  std::span<std::uint32_t> seen_;
};

/// One thread's writes of one update.
template <bool lossless>
class StampedWriter {
 public:
  StampedWriter(StampedVector& memory, std::uint32_t stamp, std::span<std::uint32_t> base)
      : memory_(memory), stamp_(stamp), base_(base) {}
  double load(std::size_t j) const { return StampedVector::value(memory_.load(j)); }
  void add(std::size_t j, double delta) {
    transform(j, [=](double x) { return x + delta; });
  }
  template <class F>
  double transform(std::size_t j, F f) {
    std::uint64_t seen = memory_.load(j);
    while (true) {
      const auto value = static_cast<float>(f(StampedVector::value(seen)));
      base_[j] = StampedVector::stamp(seen);
      if constexpr (lossless) {
        if (!memory_.exchange(j, seen, StampedVector::pack(value, stamp_))) continue;
      } else {
        memory_.store(j, StampedVector::pack(value, stamp_));
      }
      return value;
    }
  }

 private:
  StampedVector& memory_;
  std::uint32_t stamp_;
  std::span<std::uint32_t> base_;
};

/// Thrown where a rule's writes have to be additions.
struct NotAnAddition : DomainError {
  using DomainError::DomainError;
};

/// Takes the additions of one write, in their order; for rules that add and do nothing else.
class AdditionRecorder {
 public:
  std::vector<std::pair<std::size_t, double>> additions;  ///< coordinate and increment
  [[noreturn]] double load(std::size_t) const { refuse(); }
  void add(std::size_t j, double delta) { additions.emplace_back(j, delta); }
  template <class F>
  [[noreturn]] double transform(std::size_t, F) {
    refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw NotAnAddition(
        "the rule's writes must be additions, each to its own coordinate (momentum of each worker's own is; shared "
        "momentum and damping are not)");
  }
};

}  // namespace detail

}  // namespace asyncert::solvers
