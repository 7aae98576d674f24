// What the machine can do: the limits against which the loops are read.
#pragma once

#include <cstdint>
#include <cstdio>
#include <numeric>
#include <random>
#include <vector>

#include "bench/harness.hpp"
#include "solvers/kernels/vector_loops.hpp"

namespace asyncert::bench {

struct Roofline {
  double read_bandwidth[2];  ///< bytes a second, sequential, by 1 and 2 threads
  double latency;            ///< seconds for a dependent access to a random cache line of 128 MiB
  double random_lines[2];    ///< independent random cache lines a second
  double transfer;           ///< seconds for a cache line to pass from one core to the other
  double peak[2];            ///< operations a second of one thread: float, double
};

/// Eight independent chains of multiply-adds, on the widest vectors of the machine up to 32 bytes.
#define ASYNCERT_MULTIPLY_ADDS(Real)                                                    \
  ASYNCERT_CLONES inline void multiply_adds(Real* values, Real x, Real y, int rounds) { \
    typedef Real V __attribute__((vector_size(32), aligned(sizeof(Real)), may_alias));  \
    V a[8];                                                                             \
    for (int k = 0; k < 8; ++k) a[k] = reinterpret_cast<V*>(values)[k];                 \
    for (int r = 0; r < rounds; ++r) {                                                  \
      for (int k = 0; k < 8; ++k) a[k] = a[k] * x + y;                                  \
    }                                                                                   \
    for (int k = 0; k < 8; ++k) reinterpret_cast<V*>(values)[k] = a[k];                 \
  }
ASYNCERT_MULTIPLY_ADDS(float)
ASYNCERT_MULTIPLY_ADDS(double)
#undef ASYNCERT_MULTIPLY_ADDS

template <class Real>
double peak_operations() {
  constexpr int numbers = 8 * 32 / sizeof(Real), rounds = 200000;
  Real values[numbers] = {};
  double best = 0;
  for (int repeat = 0; repeat < 10; ++repeat) {
    const Timing t = timed(1, [&](int) { multiply_adds(values, Real(0.999), Real(0.001), rounds); });
    keep(values[0]);
    best = std::max(best, 2.0 * numbers * rounds / t.wall);
  }
  return best;
}

inline Roofline measure_roofline() {
  Roofline result{};
  struct alignas(64) Line {
    std::uint64_t next[8];
  };
  std::vector<Line> lines((std::size_t{128} << 20) / sizeof(Line));
  std::vector<std::uint32_t> order(lines.size());
  std::iota(order.begin(), order.end(), 0u);
  std::mt19937_64 random(1);
  std::shuffle(order.begin(), order.end(), random);
  for (std::size_t k = 0; k < order.size(); ++k) lines[order[k]].next[0] = order[(k + 1) % order.size()];

  for (int p = 1; p <= 2; ++p) {
    for (int repeat = 0; repeat < 5; ++repeat) {
      const Timing read = timed(p, [&](int w) {
        const std::size_t n = lines.size() / static_cast<std::size_t>(p), from = n * static_cast<std::size_t>(w);
        std::uint64_t sum[8] = {};
        for (std::size_t k = from; k < from + n; ++k) {
          for (int s = 0; s < 8; ++s) sum[s] += lines[k].next[s];
        }
        keep(sum[0] + sum[7]);
      });
      result.read_bandwidth[p - 1] =
          std::max(result.read_bandwidth[p - 1], static_cast<double>(lines.size() * sizeof(Line)) / read.wall);
      const std::size_t draws = 200000;
      const Timing scattered = timed(p, [&](int w) {
        std::uint64_t sum = 0;
        const std::size_t from = draws * static_cast<std::size_t>(w + 2 * repeat);
        for (std::size_t k = from; k < from + draws; ++k) sum += lines[order[k]].next[0];
        keep(sum);
      });
      result.random_lines[p - 1] =
          std::max(result.random_lines[p - 1], static_cast<double>(draws) * p / scattered.wall);
    }
  }
  result.latency = 1;
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::uint64_t at = order[static_cast<std::size_t>(repeat) * 99991];
    const int steps = 50000;
    const Timing chase = timed(1, [&](int) {
      for (int s = 0; s < steps; ++s) at = lines[at].next[0];
    });
    keep(at);
    result.latency = std::min(result.latency, chase.wall / steps);
  }
  result.transfer = 1;
  for (int repeat = 0; repeat < 8; ++repeat) {
    alignas(64) std::atomic<int> ball{0};
    const int rounds = 5000;
    const Timing ping = timed(2, [&](int w) {
      for (int r = 0; r < rounds; ++r) {
        // A thread that waits for one without a core must give up its own.
        for (int spin = 0; ball.load(std::memory_order_acquire) != 2 * r + w; ++spin)
          if (spin > 10000) std::this_thread::yield();
        ball.store(2 * r + w + 1, std::memory_order_release);
      }
    });
    result.transfer = std::min(result.transfer, ping.wall / (2.0 * rounds));
  }
  result.peak[0] = peak_operations<float>();
  result.peak[1] = peak_operations<double>();
  std::printf(
      "machine: sequential read %.1f / %.1f GB/s (1 / 2 threads), random cache lines %.0f / %.0f M/s, latency %.0f "
      "ns,\n"
      "         a cache line from core to core %.0f ns, multiply-add peak %.0f float / %.0f double Gop/s a thread\n",
      result.read_bandwidth[0] / 1e9, result.read_bandwidth[1] / 1e9, result.random_lines[0] / 1e6,
      result.random_lines[1] / 1e6, result.latency * 1e9, result.transfer * 1e9, result.peak[0] / 1e9,
      result.peak[1] / 1e9);
  std::fflush(stdout);
  return result;
}

/// The most rows a second that memory can deliver: rows at random places, whole cache lines.
inline void print_memory_bound(const Roofline& roof, const char* what, double bytes_per_row) {
  const double lines = (bytes_per_row + 63) / 64;
  std::printf(
      "memory bound, %s: %.0f bytes a row, at most %.1f / %.1f M rows/s (the larger of random lines and bandwidth)\n",
      what, bytes_per_row, std::max(roof.random_lines[0] / lines, roof.read_bandwidth[0] / bytes_per_row) / 1e6,
      std::max(roof.random_lines[1] / lines, roof.read_bandwidth[1] / bytes_per_row) / 1e6);
}

}  // namespace asyncert::bench
