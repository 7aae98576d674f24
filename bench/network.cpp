// Batch-1 steps a second of the 784-100-10 sigmoid network with softmax, on Fashion-MNIST or MNIST where installed, and
// of the 126-100-3 network on connect-4.
//   bench_network [repeats] [part of "title: loop"]
#include "solvers/kernels/network.hpp"

#include <Eigen/Core>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "bench/roofline.hpp"
#include "solvers/data/catalog.hpp"
#include "solvers/kernels/sampling.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

/// A straightforward version with Eigen: dense products, no penalty, updates without any protection.
template <class Real>
struct EigenNetwork {
  using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using Vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  Matrix w1, w2;
  Vector b1, b2;

  explicit EigenNetwork(const NetworkShape& shape)
      : w1(Real(0.1) *
           Matrix::Random(static_cast<Eigen::Index>(shape.hidden), static_cast<Eigen::Index>(shape.inputs))),
        w2(Real(0.1) *
           Matrix::Random(static_cast<Eigen::Index>(shape.classes), static_cast<Eigen::Index>(shape.hidden))),
        b1(Vector::Zero(static_cast<Eigen::Index>(shape.hidden))),
        b2(Vector::Zero(static_cast<Eigen::Index>(shape.classes))) {}

  void step(const Vector& x, const NetworkRow& row, Real step, bool skip_zeros) {
    Vector z = b1;
    if (skip_zeros) {
      for (std::size_t k = 0; k < row.inputs.size(); ++k) z += static_cast<Real>(row.values[k]) * w1.col(row.inputs[k]);
    } else {
      z.noalias() += w1 * x;
    }
    const Vector h = (Real(1) / (Real(1) + (-z.array()).exp())).matrix();
    Vector o = w2 * h + b2;
    o = (o.array() - o.maxCoeff()).exp().matrix();
    o /= o.sum();
    o[static_cast<Eigen::Index>(row.label)] -= 1;
    const Vector back = ((w2.transpose() * o).array() * h.array() * (Real(1) - h.array())).matrix();
    w2.noalias() -= step * o * h.transpose();
    b2 -= step * o;
    if (skip_zeros) {
      for (std::size_t k = 0; k < row.inputs.size(); ++k)
        w1.col(row.inputs[k]) -= step * static_cast<Real>(row.values[k]) * back;
    } else {
      w1.noalias() -= step * back * x.transpose();
    }
    b1 -= step * back;
  }
};

template <class Real>
void compare(const std::string& title, const data::ClassificationData& set, const bench::Arguments& arguments) {
  const NetworkShape shape{set.training.columns, 100, set.classes};
  const std::size_t batch = 240;  // about a millisecond
  const Real step = Real(0.05);
  const double penalty = 1e-3;
  const NetworkRows<Real> rows(set.training);
  using Stream = RowStream<NetworkRows<Real>, UniformSampling, 4>;
  const auto start = network_start(shape, 1);

  bench::Comparison table(title + (sizeof(Real) == 4 ? ", float" : ", double"), "thousand steps/s", 1e3);
  auto calls = std::make_shared<std::atomic<std::uint64_t>>(0);
  // make(worker) gives what does one step on a row of `data`; rows come from a stream, which asks for memory ahead,
  // where `data` can.
  const auto add = [&](const std::string& name, auto make, int most_workers) {
    table.add(
        name, static_cast<double>(batch),
        [&, calls, make](int worker, int workers) {
          const UniformSampling sampling(set.training.rows(), calls->fetch_add(1), static_cast<std::uint64_t>(worker));
          auto one = make(static_cast<std::size_t>(worker), sampling);
          for (std::size_t s = 0; s < batch / static_cast<std::size_t>(workers); ++s) one();
        },
        most_workers);
  };

  const auto racy = [&](bool skip) {
    auto net = std::make_shared<EigenNetwork<Real>>(shape);
    auto dense = std::make_shared<Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>>();
    if (!skip) {
      *dense = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>::Zero(static_cast<Eigen::Index>(shape.inputs), 4096);
      for (std::size_t r = 0; r < 4096; ++r) {
        const NetworkRow row = network_row(set.training, r);
        for (std::size_t k = 0; k < row.inputs.size(); ++k)
          (*dense)(static_cast<Eigen::Index>(row.inputs[k]), static_cast<Eigen::Index>(r)) =
              static_cast<Real>(row.values[k]);
      }
    }
    return [&set, net, dense, skip, step](std::size_t, UniformSampling sampling) {
      return [&set, net, dense, skip, step, sampling]() mutable {
        const std::size_t r = skip ? sampling.next() : sampling.next() % 4096;
        const Eigen::Matrix<Real, Eigen::Dynamic, 1> none;
        if (skip)
          net->step(none, network_row(set.training, r), step, true);
        else
          net->step(dense->col(static_cast<Eigen::Index>(r)), network_row(set.training, r), step, false);
      };
    };
  };
  add("Eigen, dense, racy, no penalty", racy(false), 2);
  add("Eigen, skipping zero inputs, racy, no penalty", racy(true), 2);

  const auto on = [&](std::shared_ptr<NetworkWorker<Real>> worker, UniformSampling sampling) {
    return [worker, stream = Stream(rows, std::move(sampling))]() mutable { worker->step(stream.next()); };
  };
  for (const double l2 : {0.0, penalty}) {
    auto serial = std::make_shared<NetworkWorker<Real>>(shape, start, step, l2);
    add(
        l2 == 0 ? "ours, serial, no penalty" : "ours, serial, penalty 1e-3",
        [&, serial](std::size_t, UniformSampling sampling) { return on(serial, std::move(sampling)); }, 1);
  }
  for (const double l2 : {0.0, penalty}) {
    for (const std::uint64_t every : {1, 32, 120}) {
      auto shared = std::make_shared<SharedNetwork<Real>>(shape, start);
      std::vector<std::shared_ptr<NetworkWorker<Real>>> workers;  // they live on between the timed runs
      for (int k = 0; k < 2; ++k) {
        workers.push_back(std::make_shared<NetworkWorker<Real>>(*shared, step, l2, NetworkExchange{every, false}));
      }
      add(
          std::string("ours, wild, exchange every ") + std::to_string(every) +
              (l2 == 0 ? ", no penalty" : ", penalty 1e-3"),
          [&, shared, workers](std::size_t worker, UniformSampling sampling) {
            return on(workers[worker], std::move(sampling));
          },
          2);
    }
  }
  table.report(arguments);
}

}  // namespace

int main(int argc, char** argv) {
  const bench::Arguments arguments(argc, argv, 40);
  bench::measure_roofline();
  for (const data::CatalogEntry& entry : data::catalog()) {
    if ((entry.columns != 784 && entry.name != "connect-4") || !data::locate(entry)) continue;
    const data::ClassificationData set = data::load(entry.name);
    const std::string title =
        entry.name + ", " + std::to_string(entry.columns) + "-100-" + std::to_string(entry.classes);
    compare<float>(title, set, arguments);
    compare<double>(title, set, arguments);
  }
}
