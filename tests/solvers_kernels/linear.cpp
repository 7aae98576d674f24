#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "lib/random.hpp"
#include "solvers/data/packed_rows.hpp"
#include "solvers/kernels/linear_sgd.hpp"
#include "solvers/kernels/sampling.hpp"
#include "solvers/kernels/weights.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using data::SparseDataset;

namespace {

/// Rows with `entries` nonzeros at random columns, labels from a random plane with one tenth of them flipped.
SparseDataset synthetic(std::size_t rows, std::size_t columns, std::size_t entries, std::uint64_t seed) {
  RandomStream random(seed, stream_key("test data"));
  std::vector<double> plane(columns);
  for (double& x : plane) x = random.normal();
  SparseDataset result;
  result.columns = columns;
  for (std::size_t r = 0; r < rows; ++r) {
    double side = 0;
    std::size_t wanted = entries;
    for (std::size_t c = 0; c < columns && wanted > 0; ++c) {
      if (random.below(columns - c) >= wanted) continue;
      --wanted;
      result.column.push_back(static_cast<std::uint32_t>(c));
      result.value.push_back(random.normal());
      side += result.value.back() * plane[c];
    }
    result.row_start.push_back(result.column.size());
    result.label.push_back((side > 0) == random.bernoulli(0.9) ? 1 : -1);
  }
  return result;
}

std::vector<double> share_weights(const SparseDataset& d) {
  std::vector<double> weight(d.columns);
  for (const auto c : d.column) weight[c] += 1;
  for (double& w : weight) w = w == 0 ? 0 : static_cast<double>(d.rows()) / w;
  return weight;
}

using Rows = data::PackedRows<std::uint16_t, double>;

/// f_i at w, written from its definition.
template <class Loss>
double term(const SparseDataset& d, std::size_t i, const std::vector<double>& w, double penalty,
            const std::vector<double>& weight) {
  double z = 0, share = 0;
  for (std::size_t e = d.row_start[i]; e < d.row_start[i + 1]; ++e) {
    z += d.value[e] * w[d.column[e]];
    share += weight[d.column[e]] * w[d.column[e]] * w[d.column[e]];
  }
  return Loss::value(d.label[i] * z) + penalty / 2 * share;
}

/// Runs f(0), ..., f(threads - 1) at the same time: no thread begins before all are there.
template <class F>
void on_threads(int threads, F f) {
  std::vector<std::thread> running;
  std::atomic<int> waiting{threads};
  for (int t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      --waiting;
      while (waiting.load() > 0) std::this_thread::yield();
      f(t);
    });
  }
  for (auto& t : running) t.join();
}

template <class Loss, class Real, class Access>
std::vector<Real> train(const SparseDataset& d, int threads, std::uint64_t seed, std::size_t steps, double step,
                        double penalty) {
  const Rows rows(d);
  const std::vector<double> weight = share_weights(d);
  const std::vector<Real> weight_real(weight.begin(), weight.end());
  std::vector<Real> w(d.columns);
  on_threads(threads, [&](int t) {
    Weights<Real, Access> shared{std::span<Real>(w)};
    RowStream<Rows, UniformSampling> stream(rows, UniformSampling(rows.rows(), seed, static_cast<std::uint64_t>(t)));
    const SplitPenalty<Real> l2{static_cast<Real>(penalty), weight_real};
    const std::size_t mine = steps / static_cast<std::size_t>(threads);
    for (std::size_t s = 0; s < mine; ++s) {
      // The step falls, so that the limit is the minimiser itself.
      const double decreasing = step / (1 + 100 * static_cast<double>(s) / static_cast<double>(mine));
      linear_step<Loss, Real>(shared, stream.next(), static_cast<Real>(decreasing), l2);
    }
  });
  return w;
}

/// The minimum by (sub)gradient descent on the whole sum: a slow method that shares nothing with the kernels.
template <class Loss>
double minimum(const SparseDataset& d, double penalty) {
  const auto weight = share_weights(d);
  std::vector<double> w(d.columns), gradient(d.columns);
  double best = std::numeric_limits<double>::infinity();
  for (int t = 0; t < 4000; ++t) {
    std::fill(gradient.begin(), gradient.end(), 0.0);
    double f = 0;
    for (std::size_t i = 0; i < d.rows(); ++i) {
      f += term<Loss>(d, i, w, penalty, weight) / static_cast<double>(d.rows());
      double z = 0;
      for (std::size_t e = d.row_start[i]; e < d.row_start[i + 1]; ++e) z += d.value[e] * w[d.column[e]];
      const double slope = d.label[i] * Loss::slope(d.label[i] * z) / static_cast<double>(d.rows());
      for (std::size_t e = d.row_start[i]; e < d.row_start[i + 1]; ++e) gradient[d.column[e]] += slope * d.value[e];
    }
    best = std::min(best, f);
    for (std::size_t j = 0; j < w.size(); ++j)
      w[j] -= 1.0 / (1 + 0.01 * t) * (gradient[j] + (weight[j] > 0 ? penalty * w[j] : 0));
  }
  return best;
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE_TEMPLATE("slopes are the derivatives of the losses", Loss, LogisticLoss, HingeLoss, SquaredHingeLoss) {
    for (double m = -6.03; m < 6; m += 0.17) {
      const double h = 1e-6;
      const double difference = (Loss::value(m + h) - Loss::value(m - h)) / (2 * h);
      CHECK(Loss::slope(m) == doctest::Approx(difference).epsilon(1e-7).scale(1));
    }
  }

  TEST_CASE("losses at extreme margins are exact, not infinite") {
    CHECK(LogisticLoss::value(0.0) == doctest::Approx(std::log(2.0)).epsilon(1e-15));
    CHECK(LogisticLoss::value(-1000.0) == 1000.0);
    CHECK(LogisticLoss::value(40.0) == doctest::Approx(std::exp(-40.0)).epsilon(1e-12));
    CHECK(LogisticLoss::slope(1000.0) == 0.0);
    CHECK(LogisticLoss::slope(-1000.0) == -1.0);
    CHECK(HingeLoss::slope(1.0) == 0.0);
    CHECK(SquaredHingeLoss::value(-1.0) == 2.0);
  }

  TEST_CASE_TEMPLATE("a step moves along the term's gradient", Loss, LogisticLoss, HingeLoss, SquaredHingeLoss) {
    const SparseDataset d = synthetic(40, 30, 7, 3);
    const Rows rows(d);
    const auto weight = share_weights(d);
    RandomStream random(5, stream_key("point"));
    std::vector<double> w(d.columns);
    for (double& x : w) x = 0.3 * random.normal();
    for (const double penalty : {0.0, 0.37}) {
      for (std::size_t i = 0; i < d.rows(); ++i) {
        std::vector<double> moved = w;
        Weights<double, WildAccess> view{std::span<double>(moved)};
        const double step = 0x1p-10;
        linear_step<Loss, double>(view, rows.row(i), step, SplitPenalty<double>{penalty, weight});
        for (std::size_t j = 0; j < w.size(); ++j) {
          std::vector<double> right = w, left = w;
          const double h = 1e-6;
          right[j] += h;
          left[j] -= h;
          const double difference =
              (term<Loss>(d, i, right, penalty, weight) - term<Loss>(d, i, left, penalty, weight)) / (2 * h);
          CHECK((w[j] - moved[j]) / step == doctest::Approx(difference).epsilon(1e-6).scale(1));
        }
      }
    }
  }

  TEST_CASE("one step by hand") {
    SparseDataset d;
    d.columns = 3;
    d.column = {0, 2};
    d.value = {2, -1};
    d.row_start = {0, 2};
    d.label = {-1};
    const Rows rows(d);
    std::vector<double> w{
        0.5, 7, 1};  // <w, x> = 0, so the slope of the logistic loss is -1/2 and the gradient y slope x = x / 2
    Weights<double, AtomicAddAccess> view{std::span<double>(w)};
    linear_step<LogisticLoss, double>(view, rows.row(0), 0.25);
    CHECK(w == std::vector<double>{0.25, 7, 1.125});
    std::vector<double> u{1, 7, 1};  // margin -1 < 1: the hinge's gradient is -y x = x
    Weights<double, AtomicAddAccess> hinge{std::span<double>(u)};
    linear_step<HingeLoss, double>(hinge, rows.row(0), 0.25);
    CHECK(u == std::vector<double>{0.5, 7, 1.25});
  }

  TEST_CASE("the split penalty averages to the whole penalty") {
    const SparseDataset d = synthetic(60, 20, 5, 11);
    const auto weight = share_weights(d);
    std::vector<double> w(d.columns, 0.7);
    double sum = 0;
    for (std::size_t i = 0; i < d.rows(); ++i)
      sum += term<LogisticLoss>(d, i, w, 0.2, weight) / static_cast<double>(d.rows());
    CHECK(linear_loss<LogisticLoss, double>(Rows(d), w, 0.2) == doctest::Approx(sum).epsilon(1e-13));
  }

  TEST_CASE("one thread: the same seed gives the same bits under every policy, another seed others") {
    const SparseDataset d = synthetic(300, 50, 6, 1);
    const auto wild = train<LogisticLoss, double, WildAccess>(d, 1, 42, 2000, 0.5, 0.01);
    CHECK(wild == train<LogisticLoss, double, WildAccess>(d, 1, 42, 2000, 0.5, 0.01));
    CHECK(wild == train<LogisticLoss, double, AtomicAddAccess>(d, 1, 42, 2000, 0.5, 0.01));
    CHECK(wild == train<LogisticLoss, double, PrivateAccess>(d, 1, 42, 2000, 0.5, 0.01));
    CHECK(wild != train<LogisticLoss, double, WildAccess>(d, 1, 43, 2000, 0.5, 0.01));
  }

  TEST_CASE_TEMPLATE("convergence for each policy, precision and number of threads", Loss, LogisticLoss, HingeLoss,
                     SquaredHingeLoss) {
    const SparseDataset d = synthetic(400, 30, 8, 7);
    const double penalty = 0.05, best = minimum<Loss>(d, penalty);
    const auto gap = [&](const auto& w) {
      const std::vector<double> x(w.begin(), w.end());
      return linear_loss<Loss, double>(Rows(d), x, penalty) - best;
    };
    for (const int threads : {1, 2, 3}) {
      CAPTURE(threads);
      const std::size_t steps = 60000;
      CHECK(gap(train<Loss, double, WildAccess>(d, threads, 1, steps, 0.2, penalty)) < 0.01);
      CHECK(gap(train<Loss, double, AtomicAddAccess>(d, threads, 2, steps, 0.2, penalty)) < 0.01);
      CHECK(gap(train<Loss, float, WildAccess>(d, threads, 3, steps, 0.2, penalty)) < 0.01);
      CHECK(gap(train<Loss, float, AtomicAddAccess>(d, threads, 4, steps, 0.2, penalty)) < 0.01);
    }
    CHECK(gap(std::vector<double>(d.columns)) > 0.05);  // the start is not good already
  }

  TEST_CASE("atomic additions lose nothing: a constant gradient adds up exactly") {
    // The hinge's slope is -1 while the margin stays below 1; rows of label 1 and entries 1, from weights far on the
    // wrong side.
    SparseDataset d;
    d.columns = 8;
    for (std::uint32_t r = 0; r < 4; ++r) {
      for (std::uint32_t c = 0; c < 8; ++c) {
        d.column.push_back(c);
        d.value.push_back(1);
      }
      d.row_start.push_back(d.column.size());
      d.label.push_back(1);
    }
    const data::PackedRows<std::uint8_t, data::One> rows(d);
    const std::size_t steps = 400000;  // long enough that the threads meet, even on a busy machine
    const int threads = 3;
    std::vector<double> w(8, -4194304.0);
    on_threads(threads, [&](int) {
      Weights<double, AtomicAddAccess> shared{std::span<double>(w)};
      for (std::size_t s = 0; s < steps; ++s) linear_step<HingeLoss, double>(shared, rows.row(s % 4), 1.0);
    });
    for (const double x : w) CHECK(x == -4194304.0 + static_cast<double>(threads * steps));

    std::vector<double> delayed(8, -4194304.0);
    on_threads(threads, [&](int) {
      DelayedWrites<double, AtomicAddAccess> copy{std::span<double>(delayed)};
      Weights<double, PrivateAccess> local(copy.local());
      for (std::size_t s = 0; s < steps; ++s) {
        linear_step<HingeLoss, double>(local, rows.row(s % 4), 1.0);
        if (s % 16 == 15) copy.exchange();
      }
    });
    for (const double x : delayed) CHECK(x == -4194304.0 + static_cast<double>(threads * steps));
  }

  TEST_CASE("delayed writes converge, and with one thread they change rounding only") {
    const SparseDataset d = synthetic(400, 30, 8, 7);
    const double penalty = 0.05, best = minimum<LogisticLoss>(d, penalty);
    const Rows rows(d);
    const auto weight = share_weights(d);
    for (const int threads : {1, 2}) {
      std::vector<double> w(d.columns), reference(d.columns);
      const auto run = [&](int t, auto& weights, auto after) {
        RowStream<Rows, UniformSampling> stream(rows, UniformSampling(rows.rows(), 9, static_cast<std::uint64_t>(t)));
        for (int s = 0; s < 30000; ++s) {
          linear_step<LogisticLoss, double>(weights, stream.next(), 0.02, SplitPenalty<double>{penalty, weight});
          after(s);
        }
      };
      on_threads(threads, [&](int t) {
        DelayedWrites<double, WildAccess> copy{std::span<double>(w)};
        Weights<double, PrivateAccess> local(copy.local());
        run(t, local, [&](int s) {
          if (s % 8 == 7) copy.exchange();
        });
      });
      CHECK(linear_loss<LogisticLoss, double>(rows, w, penalty) - best < 0.02);
      if (threads > 1) continue;
      Weights<double, PrivateAccess> direct{std::span<double>(reference)};
      run(0, direct, [](int) {});
      for (std::size_t j = 0; j < w.size(); ++j) CHECK(w[j] == doctest::Approx(reference[j]).epsilon(1e-9).scale(1));
    }
  }
}
