// Problems on data sets: the first paper's network, logistic regression and the support vector machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "solvers/data/catalog.hpp"
#include "solvers/kernels/network.hpp"
#include "solvers/problem.hpp"

namespace asyncert::solvers::instances {

/// The network of the first paper's experiment on a data set, with the L2 penalty on the weights in every term (so
/// every term's gradient is dense, as in the paper). It has neither a gradient bound nor a Lipschitz gradient: no
/// constants.
class NetworkProblem final : public Problem {
 public:
  NetworkProblem(std::string name, std::shared_ptr<const data::ClassificationData> data, std::size_t hidden = 100,
                 double penalty = 1e-3, std::uint64_t start_seed = 1);

  std::string name() const override { return name_; }
  std::size_t dimension() const override { return shape_.parameters(); }
  std::size_t terms() const override { return data_->training.rows(); }
  double term(std::size_t i, std::span<const double> w) const override;
  void term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const override;
  double value(std::span<const double> w) const override;
  void gradient(std::span<const double> w, std::span<double> gradient) const override;
  Vector start() const override { return network_start(shape_, start_seed_); }

  const NetworkShape& shape() const { return shape_; }
  double penalty() const { return penalty_; }
  const data::ClassificationData& data() const { return *data_; }

 private:
  std::string name_;
  std::shared_ptr<const data::ClassificationData> data_;
  NetworkShape shape_;
  double penalty_;
  std::uint64_t start_seed_;
};

/// f_i(w) = loss(y_i <w, x_i>) + (penalty / 2) sum over the row's columns j of (n / n_j) w_j^2, n_j the rows that have
/// column j: sparse terms whose mean carries the whole penalty on every column that occurs. Labels are -1 and 1.
class LinearProblem final : public Problem {
 public:
  enum class Loss { logistic, hinge };
  /// Throws `DomainError` unless every label is -1 or 1 and the penalty is at least 0 and finite.
  LinearProblem(std::string name, data::SparseDataset data, Loss loss, double penalty = 0);

  std::string name() const override { return name_; }
  std::size_t dimension() const override { return data_.columns; }
  std::size_t terms() const override { return data_.rows(); }
  double term(std::size_t i, std::span<const double> w) const override;
  void term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const override;
  std::span<const std::uint32_t> support(std::size_t i) const override { return data_.row_columns(i); }
  /// L = max over rows of |x|^2 / 4 + penalty max_j n / n_j for the logistic loss (the hinge is not smooth); no V where
  /// there is a penalty.
  Constants constants() const override;

 private:
  double margin(std::size_t i, std::span<const double> w) const;
  std::string name_;
  data::SparseDataset data_;
  Loss loss_;
  double penalty_;
  Vector share_;  ///< n / n_j; 0 for a column that does not occur
};

/// The names that `data_problem` knows, whether or not their data are on this machine.
std::vector<std::string> data_problem_names();

/// DATASET-network, DATASET-logistic or DATASET-svm for connect4, fashion-mnist and mnist. The linear problems separate
/// two halves of the classes: connect4 win from the rest, the images' even classes from the odd ones; penalty 1e-3.
/// Throws `DomainError` for another name and `data::DataError`, saying how to get it, when the data set is not here.
std::shared_ptr<const Problem> data_problem(const std::string& name);

}  // namespace asyncert::solvers::instances
