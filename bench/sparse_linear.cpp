// Updates a second of sparse logistic regression, for the three data sets of the comparison with other tools.
//   bench_sparse_linear [repeats] [part of "title: loop"]
#include <Eigen/Sparse>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "bench/roofline.hpp"
#include "solvers/data/catalog.hpp"
#include "solvers/data/packed_rows.hpp"
#include "solvers/kernels/linear_sgd.hpp"
#include "solvers/kernels/sampling.hpp"
#include "solvers/kernels/weights.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using bench::Comparison;
using data::SparseDataset;

namespace {

/// n rows of `entries` normal values at uniform columns; labels from a random plane.
SparseDataset synthetic(std::size_t rows, std::size_t columns, std::size_t entries) {
  RandomStream random(1, stream_key("benchmark data"));
  std::vector<double> plane(columns);
  for (double& x : plane) x = random.normal();
  SparseDataset d;
  d.columns = columns;
  std::vector<std::uint32_t> chosen;
  for (std::size_t r = 0; r < rows; ++r) {
    chosen.clear();
    while (chosen.size() < entries) {
      while (chosen.size() < entries) chosen.push_back(static_cast<std::uint32_t>(random.below(columns)));
      std::sort(chosen.begin(), chosen.end());
      chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    }
    double side = 0;
    for (const auto c : chosen) {
      d.column.push_back(c);
      d.value.push_back(random.normal() / std::sqrt(static_cast<double>(entries)));
      side += d.value.back() * plane[c];
    }
    d.row_start.push_back(d.column.size());
    d.label.push_back(side > 0 ? 1 : -1);
  }
  return d;
}

/// What one writes first: 4-byte columns, 8-byte values, rows in a shuffled order of visits, ordinary racy updates.
void plain_loop(const SparseDataset& d, const std::vector<std::uint32_t>& order, double* w, std::size_t from,
                std::size_t count, double step) {
  for (std::size_t s = from; s < from + count; ++s) {
    const std::size_t r = order[s % order.size()];
    double z = 0;
    for (std::size_t e = d.row_start[r]; e < d.row_start[r + 1]; ++e) z += d.value[e] * w[d.column[e]];
    const double factor = step * d.label[r] / (1 + std::exp(d.label[r] * z));
    for (std::size_t e = d.row_start[r]; e < d.row_start[r + 1]; ++e) w[d.column[e]] += factor * d.value[e];
  }
}

using EigenRows = Eigen::SparseMatrix<double, Eigen::RowMajor>;

EigenRows eigen_rows(const SparseDataset& d) {
  EigenRows x(static_cast<Eigen::Index>(d.rows()), static_cast<Eigen::Index>(d.columns));
  x.reserve(static_cast<Eigen::Index>(d.entries()));
  for (std::size_t r = 0; r < d.rows(); ++r) {
    x.startVec(static_cast<Eigen::Index>(r));
    for (std::size_t e = d.row_start[r]; e < d.row_start[r + 1]; ++e) {
      x.insertBack(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(d.column[e])) = d.value[e];
    }
  }
  x.finalize();
  return x;
}

template <class Sampler, class Real, class Access, class Rows>
void add_direct(Comparison& table, const std::string& name, const Rows& rows, std::vector<Real>& w, double step,
                std::size_t batch) {
  auto calls = std::make_shared<std::atomic<std::uint64_t>>(0);
  table.add(name, batch, [&rows, &w, step, batch, calls](int worker, int workers) {
    const std::uint64_t seed = calls->fetch_add(1) / static_cast<std::uint64_t>(workers);
    const auto me = static_cast<std::uint64_t>(worker), all = static_cast<std::uint64_t>(workers);
    Weights<Real, Access> shared{std::span<Real>(w)};
    const auto go = [&](auto sampler) {
      RowStream<Rows, Sampler> stream(rows, std::move(sampler));
      for (std::size_t s = 0; s < batch / all; ++s)
        linear_step<LogisticLoss, Real>(shared, stream.next(), static_cast<Real>(step));
    };
    if constexpr (std::is_same_v<Sampler, UniformSampling>)
      go(UniformSampling(rows.rows(), seed, me));
    else
      go(BlockedPermutation(rows.rows(), seed, me, all));
  });
}

template <class Real, class Access, class Rows>
void add_delayed(Comparison& table, const Rows& rows, std::vector<Real>& w, double step, std::size_t batch,
                 std::size_t every) {
  auto calls = std::make_shared<std::atomic<std::uint64_t>>(0);
  const std::string name =
      std::string(sizeof(Real) == 4 ? "float" : "double") + ", delayed writes, every " + std::to_string(every);
  table.add(name, batch, [&rows, &w, step, batch, calls, every](int worker, int workers) {
    const std::uint64_t seed = calls->fetch_add(1) / static_cast<std::uint64_t>(workers);
    DelayedWrites<Real, Access> copy{std::span<Real>(w)};
    Weights<Real, PrivateAccess> local(copy.local());
    RowStream<Rows, UniformSampling> stream(rows,
                                            UniformSampling(rows.rows(), seed, static_cast<std::uint64_t>(worker)));
    std::size_t left = every;
    for (std::size_t s = 0; s < batch / static_cast<std::size_t>(workers); ++s) {
      linear_step<LogisticLoss, Real>(local, stream.next(), static_cast<Real>(step));
      if (--left == 0) {
        copy.exchange();
        left = every;
      }
    }
    copy.exchange();
  });
}

void compare(const bench::Roofline& roof, const std::string& title, const SparseDataset& d, double step, bool hot,
             const bench::Arguments& arguments) {
  std::vector<std::uint32_t> order(d.rows());
  std::iota(order.begin(), order.end(), 0u);
  RandomStream random(2, stream_key("visiting order"));
  for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
  const EigenRows sparse = eigen_rows(d);
  std::vector<double> w_plain(d.columns);
  Eigen::VectorXd w_eigen = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(d.columns));
  const data::AnyPackedRows packed = data::pack(d, data::Storage::single),
                            shuffled = data::pack(d, data::Storage::single, order);

  // A timed run takes about a millisecond: on a busy machine a longer one is seldom left alone.
  const std::size_t batch = 400000 / (d.entries() / d.rows()) / 2 * 2;
  Comparison table(title, "million updates/s", 1e6);
  const auto from = std::make_shared<std::atomic<std::size_t>>(0);
  table.add("plain racy loop, shuffled order", batch, [&, from](int, int workers) {
    const std::size_t mine = batch / static_cast<std::size_t>(workers);
    plain_loop(d, order, w_plain.data(), from->fetch_add(mine), mine, step);
  });
  table.add(
      "Eigen, sparse row products, shuffled order", batch,
      [&, from](int, int workers) {
        const std::size_t mine = batch / static_cast<std::size_t>(workers), begin = from->fetch_add(mine);
        for (std::size_t s = begin; s < begin + mine; ++s) {
          const std::uint32_t r = order[s % order.size()];
          const auto row = sparse.row(static_cast<Eigen::Index>(r));
          const double y = d.label[r], z = row.dot(w_eigen);
          for (EigenRows::InnerIterator e(sparse, static_cast<Eigen::Index>(r)); e; ++e)
            w_eigen[e.col()] += step * y / (1 + std::exp(y * z)) * e.value();
        }
      },
      1);
  std::visit(
      [&](const auto& rows) {
        using Rows = std::decay_t<decltype(rows)>;
        const auto& in_order = std::get<Rows>(shuffled);
        bench::print_memory_bound(roof, title.c_str(),
                                  static_cast<double>(rows.bytes()) / static_cast<double>(rows.rows()));
        std::vector<double> w1(d.columns), w2(d.columns), w3(d.columns), w4(d.columns);
        std::vector<float> f1(d.columns), f2(d.columns), f3(d.columns), f4(d.columns), f5(d.columns), f6(d.columns);
        add_direct<UniformSampling, double, WildAccess>(table, "double, wild, uniform", rows, w1, step, batch);
        add_direct<UniformSampling, float, WildAccess>(table, "float, wild, uniform", rows, f1, step, batch);
        add_direct<UniformSampling, double, AtomicAddAccess>(table, "double, atomic-add, uniform", rows, w2, step,
                                                             batch);
        add_direct<BlockedPermutation, double, WildAccess>(table, "double, wild, blocked permutation", in_order, w3,
                                                           step, batch);
        add_direct<BlockedPermutation, float, WildAccess>(table, "float, wild, blocked permutation", in_order, f2, step,
                                                          batch);
        if (hot) {
          add_delayed<double, WildAccess>(table, rows, w4, step, batch, 64);
          add_delayed<float, WildAccess>(table, rows, f3, step, batch, 16);
          add_delayed<float, WildAccess>(table, rows, f4, step, batch, 64);
          add_delayed<float, WildAccess>(table, rows, f5, step, batch, 256);
          add_delayed<float, AtomicAddAccess>(table, rows, f6, step, batch, 256);
        }
        table.report(arguments);
        std::printf("loss of the first kernel's weights: %.4f (zero weights: 0.6931)\n",
                    linear_loss<LogisticLoss, double>(rows, w1));
      },
      packed);
}

/// Labels 1 for the classes for which `positive` holds, else -1.
template <class F>
SparseDataset binary(SparseDataset d, F positive) {
  for (double& label : d.label) label = positive(label) ? 1 : -1;
  return d;
}

}  // namespace

int main(int argc, char** argv) {
  const bench::Arguments arguments(argc, argv, 25);
  const bench::Roofline roof = bench::measure_roofline();
  compare(roof, "sparse logistic regression, n = 200000, d = 50000, 50 nonzeros a row", synthetic(200000, 50000, 50),
          0.5, false, arguments);
  compare(roof, "connect-4, 126 binary features, 42 a row",
          binary(data::load("connect-4").training, [](double c) { return c == 2; }), 0.01, true, arguments);
  for (const data::CatalogEntry& entry : data::catalog()) {
    if (entry.columns != 784 || !data::locate(entry)) continue;
    compare(roof, entry.name + " in sparse form, even against odd",
            binary(data::load(entry.name).training, [](double c) { return static_cast<int>(c) % 2 == 0; }), 0.01, true,
            arguments);
  }
}
