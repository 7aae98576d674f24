// What the machine can do: the limits against which the loops are read.
#pragma once

#include <cstdint>
#include <cstdio>
#include <numeric>
#include <random>
#include <vector>

#include "bench/harness.hpp"

namespace asyncert::bench {

struct Roofline {
  double read_bandwidth[2];  ///< bytes a second, sequential, by 1 and 2 threads
  double latency;            ///< seconds for a dependent access to a random cache line of 128 MiB
  double random_lines[2];    ///< independent random cache lines a second
  double transfer;           ///< seconds for a cache line to pass from one core to the other
  double peak[2];            ///< single precision operations a second, one thread, as compiled: float, double
};

template <class Real>
double peak_operations() {
  typedef Real V __attribute__((vector_size(64)));
  double best = 0;
  for (int repeat = 0; repeat < 10; ++repeat) {
    V a[10] = {};
    const V x = V{} + Real(0.999), y = V{} + Real(0.001);
    const int rounds = 100000;
    const Timing t = timed(1, [&](int) {
      for (int r = 0; r < rounds; ++r) {
        for (V& v : a) v = v * x + y;
      }
    });
    for (const V& v : a) keep(v[0]);
    best = std::max(best, 2.0 * 10 * (64 / sizeof(Real)) * rounds / t.wall);
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
      "         a cache line from core to core %.0f ns, multiply-add peak %.0f float / %.0f double Gop/s a thread as "
      "compiled\n",
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
