// Timing of competing loops within one run, so that their ratios mean something on a machine that others use too.
#pragma once

#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace asyncert::bench {

inline double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Keeps the compiler from dropping a computation.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

struct Timing {
  double wall = 0;       ///< seconds from the common start to the last thread's end
  double occupancy = 0;  ///< the smallest share of that time that a thread had a core
};

/// Runs f(worker) on `workers` threads that start together.
template <class F>
Timing timed(int workers, F f) {
  using Clock = std::chrono::steady_clock;
  std::atomic<int> waiting{workers};
  std::vector<Clock::time_point> begin(static_cast<std::size_t>(workers)), end(begin);
  std::vector<double> cpu(static_cast<std::size_t>(workers));
  const auto body = [&](int w) {
    --waiting;
    while (waiting.load() > 0) std::this_thread::yield();
    const auto k = static_cast<std::size_t>(w);
    const double before = thread_seconds();
    begin[k] = Clock::now();
    f(w);
    end[k] = Clock::now();
    cpu[k] = thread_seconds() - before;
  };
  std::vector<std::thread> threads;
  for (int w = 1; w < workers; ++w) threads.emplace_back(body, w);
  body(0);
  for (auto& t : threads) t.join();
  Timing result;
  result.wall = std::chrono::duration<double>(*std::max_element(end.begin(), end.end()) -
                                              *std::min_element(begin.begin(), begin.end()))
                    .count();
  result.occupancy = *std::min_element(cpu.begin(), cpu.end()) / result.wall;
  return result;
}

/// Command line of a program that compares loops: [repeats] [part of "title: loop"], which picks the loops for a
/// profile.
struct Arguments {
  int repeats;
  std::string only;
  Arguments(int argc, char** argv, int usual) : repeats(argc > 1 ? std::atoi(argv[1]) : usual) {
    if (argc > 2) only = argv[2];
    if (repeats < 1) {
      std::fprintf(stderr, "usage: %s [repeats, at least 1] [part of \"title: loop\"]\n", argv[0]);
      std::exit(2);
    }
  }
};

/// Loops that do the same work. Each run of `run(worker, workers)` does `work` units over all its workers; the first
/// case is the baseline of the ratios.
class Comparison {
 public:
  Comparison(std::string title, std::string unit, double scale)
      : title_(std::move(title)), unit_(std::move(unit)), scale_(scale) {}
  void add(std::string name, double work, std::function<void(int, int)> run, int most_workers = 2) {
    cases_.push_back({std::move(name), work, std::move(run), most_workers, {}});
  }

  /// Repeats the chosen cases in turn and prints, for one and two threads, the best rate and the median of the
  /// undisturbed runs: those in which every thread had a core for 95 % of the time.
  void report(const Arguments& arguments) {
    std::erase_if(cases_,
                  [&](const Case& c) { return (title_ + ": " + c.name).find(arguments.only) == std::string::npos; });
    if (cases_.empty()) return;
    for (int r = 0; r < arguments.repeats; ++r) {
      for (Case& c : cases_) {
        for (int p = 1; p <= c.most_workers; ++p) {
          const Timing t = timed(p, [&](int w) { c.run(w, p); });
          c.rates[p - 1].push_back({c.work / t.wall / scale_, t.occupancy});
        }
      }
    }
    std::printf("\n%s [%s]\n%-46s %31s %31s %8s\n", title_.c_str(), unit_.c_str(), "", "1 thread: best median(n) ratio",
                "2 threads: best median(n) ratio", "2 vs 1");
    for (const Case& c : cases_) {
      std::printf("%-46s", c.name.c_str());
      for (int p = 1; p <= 2; ++p) {
        if (p > c.most_workers) {
          std::printf(" %31s", "-");
          continue;
        }
        const Summary s = summary(c.rates[p - 1]), base = summary(cases_[0].rates[p - 1]);
        std::printf("  %8.3f %8.3f(%2d) %8.2f", s.best, s.median, s.undisturbed, s.best / base.best);
      }
      if (c.most_workers > 1) std::printf(" %8.2f", summary(c.rates[1]).best / summary(c.rates[0]).best);
      std::printf("\n");
    }
    std::fflush(stdout);
  }

 private:
  struct Rate {
    double rate, occupancy;
  };
  struct Summary {
    double best = 0, median = 0;
    int undisturbed = 0;
  };
  struct Case {
    std::string name;
    double work;
    std::function<void(int, int)> run;
    int most_workers;
    std::vector<Rate> rates[2];
  };
  static Summary summary(const std::vector<Rate>& rates) {
    Summary s;
    std::vector<double> good;
    for (const Rate& r : rates) {
      s.best = std::max(s.best, r.rate);
      if (r.occupancy >= 0.95) good.push_back(r.rate);
    }
    s.undisturbed = static_cast<int>(good.size());
    if (!good.empty()) {
      std::nth_element(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2), good.end());
      s.median = good[good.size() / 2];
    }
    return s;
  }
  std::string title_, unit_;
  double scale_;
  std::vector<Case> cases_;
};

}  // namespace asyncert::bench
