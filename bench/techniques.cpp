// What each technique of the fast kernels is worth alone: a table a technique, the first line without it. The arrays
// have the sizes of a step of the 784-100-10 network in float, on rows with 150 of 784 inputs.
//   bench_techniques [repeats] [part of "title: loop"]
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>

#include "bench/roofline.hpp"
#include "solvers/data/packed_rows.hpp"
#include "solvers/kernels/network.hpp"
#include "solvers/kernels/sampling.hpp"
#include "solvers/kernels/weights.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using bench::Comparison;

namespace {

constexpr std::size_t inputs = 784, used = 150, hidden = 100, classes = 10;

/// Rows with `used` inputs that are not zero, at random places.
data::SparseDataset synthetic(std::size_t rows) {
  RandomStream random(1, stream_key("techniques"));
  data::SparseDataset set;
  set.columns = inputs;
  std::vector<std::uint32_t> places(inputs);
  std::iota(places.begin(), places.end(), 0u);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < used; ++k) std::swap(places[k], places[k + random.below(inputs - k)]);
    set.column.insert(set.column.end(), places.begin(), places.begin() + used);
    std::sort(set.column.end() - used, set.column.end());
    for (std::size_t k = 0; k < used; ++k) set.value.push_back(random.uniform());
    set.row_start.push_back(set.column.size());
    set.label.push_back(static_cast<double>(random.below(classes)));
  }
  return set;
}

/// What a worker's loops touch; each worker has its own.
struct Arrays {
  WeightRows<float> weights{inputs, WeightRows<float>::stride_for(hidden)}, sum{2, weights.stride()};
  std::vector<std::uint32_t> index = std::vector<std::uint32_t>(used), every = std::vector<std::uint32_t>(inputs);
  std::vector<float> x = std::vector<float>(inputs, 0.5f), keep = std::vector<float>(inputs, 1.0f);
  std::vector<RowUse<float>> uses{used};

  explicit Arrays(const data::SparseDataset& set) {
    std::copy_n(set.column.begin(), used, index.begin());
    std::iota(every.begin(), every.end(), 0u);
    for (std::size_t k = 0; k < used; ++k) uses[k] = {index[k], 0, 1.0f, 0.0f, 0.5f};
  }
};

/// As `gather_rows`, one number at a time.
[[gnu::noinline, gnu::optimize("no-tree-vectorize")]] void gather_scalar(const float* rows, std::size_t stride,
                                                                         const std::uint32_t* index, const float* x,
                                                                         std::size_t count, float* sum) {
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t h = 0; h < stride; ++h) sum[h] += x[k] * rows[index[k] * stride + h];
  }
}

class Techniques {
 public:
  explicit Techniques(const bench::Arguments& arguments) : arguments_(arguments), set_(synthetic(40000)) {
    for (int k = 0; k < 2; ++k) arrays_.push_back(std::make_unique<Arrays>(set_));
  }

  void sparsity_and_vectors() {
    Comparison table("the product of weights and inputs", "thousand products/s", 1e3);
    add(table, "every input, vectors", [](Arrays& a) {
      gather_rows(a.weights.data(), a.weights.stride(), a.every.data(), a.x.data(), inputs, a.sum.data());
    });
    add(table, "inputs that are not zero, scalars", [](Arrays& a) {
      gather_scalar(a.weights.data(), a.weights.stride(), a.index.data(), a.x.data(), used, a.sum.data());
    });
    add(table, "inputs that are not zero, vectors", [](Arrays& a) {
      gather_rows(a.weights.data(), a.weights.stride(), a.index.data(), a.x.data(), used, a.sum.data());
    });
    table.report(arguments_);
  }

  void alignment() {
    // One row less, so that the rows may begin 16 bytes later, as memory from malloc does.
    Comparison table("rows of 416 bytes, the update of the inputs' weights", "thousand updates/s", 1e3);
    for (const std::size_t offset : {4, 0}) {
      add(table, offset == 0 ? "at multiples of 32 bytes" : "16 bytes behind", [offset](Arrays& a) {
        std::replace(a.index.begin(), a.index.end(), std::uint32_t{inputs - 1}, std::uint32_t{0});
        scatter_rows(a.weights.data() + offset, a.weights.stride(), a.index.data(), a.x.data(), a.keep.data(), used,
                     a.sum.data());
      });
    }
    table.report(arguments_);
  }

  void one_pass() {
    Comparison table("product and update of the inputs' weights", "thousand steps/s", 1e3);
    add(table, "two passes over the memory", [](Arrays& a) {
      gather_rows(a.weights.data(), a.weights.stride(), a.index.data(), a.x.data(), used, a.sum.data());
      scatter_rows(a.weights.data(), a.weights.stride(), a.index.data(), a.x.data(), a.keep.data(), used,
                   a.sum.data(1));
    });
    add(table, "one: the update waits for the next product", [](Arrays& a) {
      change_and_gather_rows(a.weights.data(), a.weights.stride(), a.uses.data(), used, a.sum.data(1), a.sum.data());
    });
    table.report(arguments_);
  }

  void rows() {
    const NetworkShape shape{inputs, hidden, classes};
    const auto start = network_start(shape, 1);
    const NetworkRows<float> packed(set_);
    std::vector<std::vector<float>> values(set_.rows());
    for (std::size_t r = 0; r < values.size(); ++r)
      values[r].assign(set_.row_values(r).begin(), set_.row_values(r).end());
    std::vector<std::unique_ptr<NetworkWorker<float>>> workers;
    for (int k = 0; k < 2; ++k) workers.push_back(std::make_unique<NetworkWorker<float>>(shape, start, 0.01, 0.0));
    Comparison table("the network's step, each worker with a network of its own", "thousand steps/s", 1e3);
    std::atomic<std::uint64_t> calls{0};
    const auto add_rows = [&](const char* name, auto step) {
      table.add(name, steps_, [&, step](int w, int all) {
        const auto k = static_cast<std::size_t>(w);
        step(*workers[k], UniformSampling(set_.rows(), calls++, k), steps_ / all);
      });
    };
    add_rows("rows in vectors, asked for when needed", [&](auto& worker, UniformSampling sampling, int count) {
      for (int s = 0; s < count; ++s) {
        const std::size_t r = sampling.next();
        worker.step({set_.row_columns(r), values[r], static_cast<std::size_t>(set_.label[r])});
      }
    });
    add_rows("packed on large pages, asked for when needed", [&](auto& worker, UniformSampling sampling, int count) {
      for (int s = 0; s < count; ++s) worker.step(packed.row(sampling.next()));
    });
    add_rows("the same, four rows ahead", [&](auto& worker, UniformSampling sampling, int count) {
      RowStream<NetworkRows<float>, UniformSampling, 4> stream(packed, std::move(sampling));
      for (int s = 0; s < count; ++s) worker.step(stream.next());
    });
    table.report(arguments_);
  }

  void penalty() {
    const NetworkShape shape{inputs, hidden, classes};
    const auto start = network_start(shape, 1);
    const NetworkRows<float> packed(set_);
    Comparison table("the network's step with the penalty 1e-3", "thousand steps/s", 1e3);
    std::atomic<std::uint64_t> calls{0};
    for (const bool dense : {true, false}) {
      const auto worker = std::make_shared<NetworkWorker<float>>(shape, start, 0.01, 1e-3);
      table.add(
          dense ? "applied to all weights at every step" : "applied to a row when it is used", steps_,
          [&, worker, dense](int, int) {
            RowStream<NetworkRows<float>, UniformSampling, 4> stream(packed, UniformSampling(set_.rows(), calls++, 0));
            for (int s = 0; s < steps_; ++s) {
              worker->step(stream.next());
              if (dense) worker->finish();
            }
          },
          1);
    }
    table.report(arguments_);
  }

  void false_sharing() {
    // Each worker adds to counters of its own, as probes do.
    struct Counters {
      alignas(64) std::atomic<std::uint64_t> of[2][8];
    };
    auto counters = std::make_shared<Counters>();
    Comparison table("counters of each thread", "million additions/s", 1e6);
    for (const bool padded : {false, true}) {
      table.add(padded ? "a cache line a thread" : "side by side", 100000, [counters, padded](int w, int all) {
        auto& mine = padded ? counters->of[w][0] : counters->of[0][w];
        for (int s = 0; s < 100000 / all; ++s)
          mine.store(mine.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
      });
    }
    table.report(arguments_);
  }

  void random_numbers() {
    Comparison table("row numbers below 60000", "million draws/s", 1e6);
    constexpr int draws = 100000;
    table.add("mt19937_64 and uniform_int_distribution", draws, [](int w, int all) {
      std::mt19937_64 engine(static_cast<std::uint64_t>(w));
      std::uniform_int_distribution<std::uint64_t> uniform(0, 59999);
      for (int s = 0; s < draws / all; ++s) bench::keep(uniform(engine));
    });
    table.add("counter-based, a block for each draw", draws, [](int w, int all) {
      RandomStream stream(1, 2, 3, static_cast<std::uint64_t>(w));
      for (int s = 0; s < draws / all; ++s) bench::keep(stream.at(static_cast<std::uint64_t>(s)).below(60000));
    });
    table.add("counter-based, a block of four draws", draws, [](int w, int all) {
      RandomStream stream(1, 2, 3, static_cast<std::uint64_t>(w));
      for (int s = 0; s < draws / all; ++s) bench::keep(stream.below(60000));
    });
    table.report(arguments_);
  }

 private:
  static constexpr int steps_ = 600;

  template <class F>
  void add(Comparison& table, const char* name, F once) {
    table.add(name, steps_, [this, once](int w, int all) {
      Arrays& mine = *arrays_[static_cast<std::size_t>(w)];
      for (int s = 0; s < steps_ / all; ++s) {
        once(mine);
        bench::keep(mine.sum.data());
      }
    });
  }

  bench::Arguments arguments_;
  data::SparseDataset set_;
  std::vector<std::unique_ptr<Arrays>> arrays_;
};

}  // namespace

int main(int argc, char** argv) {
  bench::measure_roofline();
  Techniques techniques(bench::Arguments(argc, argv, 25));
  techniques.sparsity_and_vectors();
  techniques.alignment();
  techniques.one_pass();
  techniques.rows();
  techniques.penalty();
  techniques.false_sharing();
  techniques.random_numbers();
}
