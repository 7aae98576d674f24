// The first paper's experiment: a network of one hidden sigmoid layer with softmax output, cross entropy and an L2
// penalty on the weights. Its function and gradient as definitions, and a step for batches of one that skips the inputs
// that are zero.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "solvers/data/dataset.hpp"

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

/// One row of data: inputs that are not zero, and its class.
struct NetworkRow {
  std::span<const std::uint32_t> inputs;
  std::span<const double> values;
  std::size_t label = 0;
};
NetworkRow network_row(const data::SparseDataset& data, std::size_t row);

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
  double step(std::span<const std::uint32_t> inputs, std::span<const Real> values, std::size_t label);
  /// Adds the data part of grad f_i at the worker's parameters to a sum of its own; returns the data part of f_i. Call
  /// `finish` before the first.
  double accumulate(std::span<const std::uint32_t> inputs, std::span<const Real> values, std::size_t label);
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
  Real* row(std::size_t r) { return local_.data() + r * stride_; }
  void settle(std::size_t r);
  void exchange_row(std::size_t r, bool publish);
  void exchange_touched(std::span<const std::uint32_t> inputs, bool publish);
  struct Layers {
    Array hidden, delta, output;  ///< hidden units; the loss's derivative by their inputs, and by the output's inputs
  };
  double differentiate(const Real* rows, std::span<const std::uint32_t> inputs, std::size_t label, Layers& layers);
  double update(std::span<const std::uint32_t> inputs, std::span<const Real> values, std::size_t label);

  NetworkShape shape_;
  std::size_t stride_;
  Real step_, penalty_, keep_;
  std::vector<Real> keep_power_;      ///< keep^0, keep^1, ... up to the longest time between two settlements
  std::uint32_t now_ = 0;             ///< steps since the last settlement of all rows
  std::vector<std::uint32_t> since_;  ///< for each row, the step up to which the penalty has been applied
  std::vector<Real> keep_sum_;        ///< keep^0 + ... + keep^(t - 1)
  Array local_, base_;
  Array snapshot_, drift_;  ///< of reduced variance: u, and the constant part of a step; empty before
  Layers here_, there_;
  Array sum_;  ///< of `accumulate`; empty before
  Array scaled_, shrink_, read_, change_;
  std::vector<std::uint32_t> every_class_;
  SharedNetwork<Real>* shared_ = nullptr;
  NetworkExchange exchange_;
};

}  // namespace asyncert::solvers
