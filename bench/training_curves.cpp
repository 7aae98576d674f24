// The first paper's experiment: training loss of Hogwild! and AsySVRG against CPU time, in units of one pass of
// Hogwild! with one thread (Figures 1 and 2). For every method and number of threads the step of the grid with the
// least final loss is shown.
//   bench_training_curves [DATASET [UNITS [THREADS...]]]      DATASET connect-4, fashion-mnist or mnist
#include <cstdlib>
#include <limits>
#include <memory>

#include "bench/harness.hpp"
#include "solvers/data/catalog.hpp"
#include "solvers/kernels/network.hpp"
#include "solvers/kernels/sampling.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

constexpr double penalty = 1e-3;
constexpr NetworkExchange exchange{32, false};

class Experiment {
 public:
  explicit Experiment(const std::string& dataset)
      : set_(data::load(dataset)), shape_{set_.training.columns, 100, set_.classes} {}

  struct Curve {
    std::vector<double> seconds, loss;  ///< CPU seconds of the slowest thread; f
  };

  /// Hogwild!: passes of n updates, with replacement, until the time is spent. AsySVRG: outer loops of a full gradient,
  /// which the threads share, and n inner updates (M = n / p of each of p threads).
  Curve run(bool reduced, int threads, double step, double most_seconds, std::uint64_t seed) const {
    SharedNetwork<double> shared(shape_, network_start(shape_, seed));
    Curve curve{{0}, {loss(shared)}};
    std::vector<UniformSampling> samplers;
    for (int k = 0; k < threads; ++k) samplers.emplace_back(rows(), seed, static_cast<std::uint64_t>(k));
    const std::size_t p = static_cast<std::size_t>(threads);
    while (curve.seconds.back() < most_seconds && curve.loss.back() < 1e3) {
      std::vector<double> cpu(p), full(shape_.parameters());
      const std::vector<double> snapshot = shared.parameters();
      if (reduced) {
        std::vector<std::vector<double>> parts(p);
        bench::timed(threads, [&](int w) {
          const auto k = static_cast<std::size_t>(w);
          const double before = bench::thread_seconds();
          NetworkWorker<double> worker(shared, step, penalty, exchange);
          for (std::size_t r = rows() * k / p; r < rows() * (k + 1) / p; ++r) visit(worker, r, true);
          parts[k] = worker.take_sum();
          cpu[k] += bench::thread_seconds() - before;
        });
        for (std::size_t j = 0; j < full.size(); ++j) {
          for (const auto& part : parts) full[j] += part[j] / static_cast<double>(rows());
          if (j < shape_.b1() || (j >= shape_.w2() && j < shape_.b2())) full[j] += penalty * snapshot[j];
        }
      }
      bench::timed(threads, [&](int w) {
        const auto k = static_cast<std::size_t>(w);
        const double before = bench::thread_seconds();
        NetworkWorker<double> worker(shared, step, penalty, exchange);
        if (reduced) worker.reduce_variance(snapshot, full);
        for (std::size_t s = 0; s < rows() / p; ++s) visit(worker, samplers[k].next(), false);
        worker.finish();
        cpu[k] += bench::thread_seconds() - before;
      });
      curve.seconds.push_back(curve.seconds.back() + *std::max_element(cpu.begin(), cpu.end()));
      curve.loss.push_back(loss(shared));
    }
    return curve;
  }

 private:
  std::size_t rows() const { return set_.training.rows(); }
  double visit(NetworkWorker<double>& worker, std::size_t r, bool accumulate) const {
    const NetworkRow row = network_row(set_.training, r);
    return accumulate ? worker.accumulate(row.inputs, row.values, row.label)
                      : worker.step(row.inputs, row.values, row.label);
  }
  double loss(SharedNetwork<double>& shared) const {
    NetworkWorker<double> reader(shared, 0, 0, exchange);
    double sum = 0, squares = 0;
    for (std::size_t r = 0; r < rows(); ++r) sum += visit(reader, r, true);
    const auto w = shared.parameters();
    for (std::size_t j = 0; j < w.size(); ++j)
      squares += j < shape_.b1() || (j >= shape_.w2() && j < shape_.b2()) ? w[j] * w[j] : 0;
    return sum / static_cast<double>(rows()) + penalty / 2 * squares;
  }

  data::ClassificationData set_;
  NetworkShape shape_;
};

/// f at the given time, between the points around it.
double at(const Experiment::Curve& c, double seconds) {
  for (std::size_t k = 1; k < c.seconds.size(); ++k) {
    if (c.seconds[k] >= seconds) {
      const double share = (seconds - c.seconds[k - 1]) / (c.seconds[k] - c.seconds[k - 1]);
      return (1 - share) * c.loss[k - 1] + share * c.loss[k];
    }
  }
  return c.loss.back();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string dataset = argc > 1 ? argv[1] : "connect-4";
  const double units = argc > 2 ? std::atof(argv[2]) : 12;
  std::vector<int> threads;
  for (int k = 3; k < argc; ++k) threads.push_back(std::atoi(argv[k]));
  if (threads.empty()) threads = {1, 2};
  const Experiment experiment(dataset);
  const double unit = experiment.run(false, 1, 0.05, 1e-9, 1).seconds[1];
  std::printf("%s: one unit = one pass of Hogwild! with one thread = %.3f s of CPU; exchange every %llu updates\n",
              dataset.c_str(), unit, static_cast<unsigned long long>(exchange.every));
  for (const int p : threads) {
    for (const bool reduced : {false, true}) {
      Experiment::Curve best;
      double best_step = 0, least = std::numeric_limits<double>::infinity();
      for (const double step : {0.1, 0.05, 0.01, 0.005}) {
        const auto curve = experiment.run(reduced, p, step, units * unit, 1);
        const double last = at(curve, units * unit);
        std::printf("  %-8s %d threads, step %-6g loss after %g units %.5f\n", reduced ? "AsySVRG" : "Hogwild!", p,
                    step, units, last);
        if (last < least) {
          least = last;
          best = curve;
          best_step = step;
        }
      }
      std::printf("%-8s-%d step %g:", reduced ? "AsySVRG" : "Hogwild!", p, best_step);
      for (int u = 0; u <= units; ++u) std::printf(" %.4f", at(best, u * unit));
      std::printf("\n");
      std::fflush(stdout);
    }
  }
}
