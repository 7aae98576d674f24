// Counter-based random streams: the same numbers whatever the number of threads, and any draw can be made again alone.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string_view>

namespace asyncert {

/// A 64-bit key of a name (FNV-1a), so that every claim and purpose has a stream of its own.
constexpr std::uint64_t stream_key(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

/// Random numbers addressed by (seed, purpose; replicate, worker, step): Philox-4x64-10 of Random123.
///
/// `at(step)` moves to the first draw of a step. Draws within one step are numbered from there; two streams that differ
/// in any part of their address are independent for all practical purposes, and nothing is shared between threads.
/// Models `std::uniform_random_bit_generator`. Cost: about 3 ns a 64-bit draw. The distributions here are own code only
/// because those of the standard library differ between implementations, and a run must be repeatable anywhere.
class RandomStream {
 public:
  using result_type = std::uint64_t;

  /// `purpose` is usually `stream_key` of a claim's or algorithm's name.
  RandomStream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t replicate = 0, std::uint64_t worker = 0)
      : key_{{seed, purpose}}, counter_{{0, 0, worker, replicate}} {}

  RandomStream& at(std::uint64_t step) {
    counter_[0] = 0;
    counter_[1] = step;
    left_ = 0;
    has_normal_ = false;
    return *this;
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    if (left_ == 0) {
      block_ = r123::Philox4x64()(counter_, key_);
      ++counter_[0];
      left_ = 4;
    }
    return block_[4 - left_--];
  }

  /// Uniform on the multiples of 2^-53 in [0, 1).
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }
  double uniform(double lower, double upper) { return lower + (upper - lower) * uniform(); }

  /// Uniform on 0, ..., n-1 without bias (Lemire's multiplication with rejection). Needs n >= 1.
  std::uint64_t below(std::uint64_t n) {
    auto product = wide((*this)(), n);
    if (product.low < n) {
      const std::uint64_t threshold = (0 - n) % n;
      while (product.low < threshold) product = wide((*this)(), n);
    }
    return product.high;
  }

  /// True with probability p, rounded to a multiple of 2^-53.
  bool bernoulli(double p) { return uniform() < p; }

  /// Standard normal, by the Box-Muller transform.
  double normal() {
    if (has_normal_) {
      has_normal_ = false;
      return spare_normal_;
    }
    const double radius = std::sqrt(2 * exponential()), angle = 2 * std::numbers::pi * uniform();
    spare_normal_ = radius * std::sin(angle);
    has_normal_ = true;
    return radius * std::cos(angle);
  }

  /// Exponential with mean 1.
  double exponential() { return -std::log1p(-uniform()); }

 private:
  struct Wide {
    std::uint64_t high, low;
  };
  static Wide wide(std::uint64_t a, std::uint64_t b) {
    __extension__ using uint128 = unsigned __int128;
    const uint128 product = static_cast<uint128>(a) * b;
    return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
  }

  r123::Philox4x64::key_type key_;
  r123::Philox4x64::ctr_type counter_;
  r123::Philox4x64::ctr_type block_{};
  int left_ = 0;
  double spare_normal_ = 0;
  bool has_normal_ = false;
};

}  // namespace asyncert
