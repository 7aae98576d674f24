// The first paper's experiment: a network of one hidden sigmoid layer with softmax output, cross entropy and an L2
// penalty on the weights. Its function and gradient as definitions, and a step for batches of one that skips the inputs
// that are zero.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "solvers/data/packed_rows.hpp"
#include "solvers/kernels/vector_loops.hpp"
#include "solvers/kernels/weight_rows.hpp"

namespace asyncert::solvers {

/// Sizes of the network, and where its parameters lie in a vector: W1 by input (inputs x hidden), b1 (hidden), W2 by
/// class (classes x hidden), b2 (classes). Ordered by input, a row of data touches whole stretches.
struct NetworkShape {
  std::size_t inputs = 0;
  std::size_t hidden = 100;
  std::size_t classes = 0;

  std::size_t b1() const { return inputs * hidden; }
  std::size_t w2() const { return b1() + hidden; }
  std::size_t b2() const { return w2() + classes * hidden; }
  std::size_t parameters() const { return b2() + classes; }
};

/// One row of data: inputs that are not zero, each once, and its class.
template <class Real>
struct BasicNetworkRow {
  std::span<const std::uint32_t> inputs;
  std::span<const Real> values;
  std::size_t label = 0;
};
using NetworkRow = BasicNetworkRow<double>;
NetworkRow network_row(const data::SparseDataset& data, std::size_t row);

/// The rows of a data set, packed with values of type `Real` (float: rounded); for `RowStream`, which asks for their
/// memory ahead of their use.
template <class Real>
class NetworkRows {
 public:
  using Row = BasicNetworkRow<Real>;
  explicit NetworkRows(const data::SparseDataset& data) : packed_(data) {}
  std::size_t rows() const { return packed_.rows(); }
  Row row(std::size_t r) const {
    const auto row = packed_.row(r);
    return {{row.indices, row.count}, {row.values, row.count}, static_cast<std::size_t>(row.label)};
  }
  /// Not into the first level of the cache: a step sweeps through more weights than that holds.
  void prefetch(std::size_t r) const { packed_.template prefetch<2>(r); }

 private:
  data::PackedRows<std::uint32_t, Real> packed_;
};

/// The paper's start: weights independent normal with mean 0 and variance 0.01, biases 0; from the stream (seed).
std::vector<double> network_start(const NetworkShape& shape, std::uint64_t seed);

/// f_i(w) = -log o_{y_i} + (penalty / 2) (|W1|^2 + |W2|^2), o = softmax(W2 sigmoid(W1 x + b1) + b2). The penalty of the
/// paper is 1e-3.
double network_term(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w, double penalty);
/// Writes grad f_i(w), all of it. Cost: as many operations as the row touches parameters, plus one a parameter where
/// the penalty is not 0.
void network_term_gradient(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w, double penalty,
                           std::span<double> gradient);
/// f(w), the mean of the terms, on all cores.
double network_loss(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w,
                    double penalty);
/// Writes grad f(w), the mean of the terms' gradients, on all cores: sums over each core's rows are added in the order
/// of the rows, so that the result depends on the number of threads by rounding only.
void network_gradient(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w,
                      double penalty, std::span<double> gradient);
/// The share of rows whose largest output is their class.
double network_accuracy(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w);

/// Parameters that several workers share, as words of 64 bits (two floats or one double) that are read and written by
/// relaxed atomic operations only. Rows are padded to 8 numbers.
template <class Real>
class SharedNetwork {
 public:
  SharedNetwork(const NetworkShape& shape, std::span<const double> w);
  /// The parameters in the order of `NetworkShape`; while workers run, an inconsistent read.
  std::vector<double> parameters() const;

 private:
  template <class>
  friend class NetworkWorker;
  NetworkShape shape_;
  std::vector<std::uint64_t> words_;
};

/// When a worker's changes reach the shared parameters.
struct NetworkExchange {
  /// Updates between two exchanges of all parameters. 1 exchanges before and after every update, what the update
  /// touches only.
  std::uint64_t every = 1;
  /// Whether additions to the shared parameters are atomic (no write is lost) or a load and a store (a write may be
  /// lost).
  bool atomic_add = false;
};

/// Steps w <- w - step grad f_i(w) of one worker. `Real` is float or double.
///
/// The penalty's gradient is dense, but it is applied to the weights of an input only when the input is next used, by
/// the factor (1 - step penalty)^(steps in between): in exact arithmetic the trajectory of dense steps. Without a
/// shared network the worker is the serial method. With one, it works on a private copy and exchanges changes; between
/// exchanges of all parameters the penalty's contraction of unused inputs is among the changes that are still to come.
/// Cost of a step: 4 (nonzero inputs + classes) x hidden operations, on the memory of these weights. Needs 0 <= step x
/// penalty < 1.
template <class Real>
class NetworkWorker {
 public:
  NetworkWorker(const NetworkShape& shape, std::span<const double> w, double step, double penalty);
  NetworkWorker(SharedNetwork<Real>& shared, double step, double penalty, NetworkExchange exchange);

  /// One step on the row; returns the data part of f_i before the step. Inputs must be below `inputs`, the label below
  /// `classes`.
  double step(const BasicNetworkRow<Real>& row);
  /// Adds the data part of grad f_i at the worker's parameters to a sum of its own; returns the data part of f_i. Call
  /// `finish` before the first.
  double accumulate(const BasicNetworkRow<Real>& row);
  /// The sum so far, in the order of `NetworkShape`; it begins anew at zero.
  std::vector<double> take_sum();
  /// From now on the steps are those of AsySVRG: w <- w - step (grad f_i(w) - grad f_i(u) + grad f(u)), with
  /// `full_gradient` = grad f(u) at the snapshot u, the same for all workers. The dense part is applied to an input's
  /// weights when the input is next used.
  void reduce_variance(std::span<const double> snapshot, std::span<const double> full_gradient);
  /// Applies what the penalty still owes, and exchanges all parameters with the shared network, if there is one.
  void finish();
  /// The private copy, in the order of `NetworkShape`; call `finish` first.
  std::vector<double> parameters() const;

 private:
  using Array = Eigen::Array<Real, Eigen::Dynamic, 1>;
  NetworkWorker(const NetworkShape& shape, double step, double penalty, NetworkExchange exchange);
  void settle(std::size_t r);
  void settle_all();
  void exchange_row(std::size_t r, bool publish);
  void exchange_touched(std::span<const std::uint32_t> inputs, bool publish);
  struct Layers {
    WeightRows<Real> units;
    Array output;  ///< the loss's derivative by the output's inputs
    /// The hidden units, first their inputs.
    auto hidden() { return units.row(0); }
    /// The loss's derivative by the hidden units' inputs.
    auto delta() { return units.row(1); }
  };
  double differentiate(const WeightRows<Real>& w, std::size_t label, Layers& layers);
  double update(const BasicNetworkRow<Real>& row);

  NetworkShape shape_;
  std::size_t stride_;
  Real step_, penalty_, keep_;
  /// Of the penalty over t steps, with keep = 1 - step penalty: keep^t, keep^(t - 1), and keep^0 + ... + keep^(t - 1).
  struct Contraction {
    Real power, earlier, sum;
  };
  /// For t = 0, 1, ... up to the longest time between two settlements of all rows. The first `earlier` is 0.
  std::array<Contraction, 257> contraction_;
  std::uint32_t now_ = 0;          ///< steps since the last settlement of all rows
  std::uint64_t unexchanged_ = 0;  ///< steps since the last exchange of all rows
  /// The last step that used a row. The row's weights in `local_` are those before it; what it adds, `change` times
  /// the step's direction, is added when the row is next used: one pass over its memory a step instead of two.
  struct Use {
    std::uint32_t step = 0;
    Real change = 0;
  };
  std::vector<Use> last_;        ///< of each row
  WeightRows<Real> directions_;  ///< `delta` of each step since the last settlement of all rows
  std::vector<RowUse<Real>> uses_;
  WeightRows<Real> local_, base_;
  WeightRows<Real> snapshot_, drift_;  ///< of reduced variance: u, and the constant part of a step; empty before
  WeightRows<Real> exchanged_;         ///< a row as read, and its change
  WeightRows<Real> sum_;               ///< of `accumulate`; empty before
  Layers here_, there_;
  Array ones_, scaled_, shrink_;
  std::vector<std::uint32_t> every_class_;
  SharedNetwork<Real>* shared_ = nullptr;
  NetworkExchange exchange_;
};

}  // namespace asyncert::solvers
