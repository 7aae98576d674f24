#include "solvers/kernels/network.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {
namespace {

/// The outputs of the network at w, and the hidden layer.
struct Forward {
  Eigen::ArrayXd hidden, output;
  Forward(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w) {
    const auto columns = [&](std::size_t at) {
      return Eigen::Map<const Eigen::ArrayXd>(w.data() + at, static_cast<Eigen::Index>(shape.hidden));
    };
    hidden = columns(shape.b1());
    for (std::size_t k = 0; k < row.inputs.size(); ++k) hidden += row.values[k] * columns(row.inputs[k] * shape.hidden);
    hidden = 1 / (1 + (-hidden).exp());
    output.resize(static_cast<Eigen::Index>(shape.classes));
    for (std::size_t c = 0; c < shape.classes; ++c) {
      output[static_cast<Eigen::Index>(c)] =
          w[shape.b2() + c] + (hidden * columns(shape.w2() + c * shape.hidden)).sum();
    }
  }
  double cross_entropy(std::size_t label) const {
    const double largest = output.maxCoeff();
    return largest + std::log((output - largest).exp().sum()) - output[static_cast<Eigen::Index>(label)];
  }
  Eigen::ArrayXd softmax() const {
    const Eigen::ArrayXd e = (output - output.maxCoeff()).exp();
    return e / e.sum();
  }
};

/// |W1|^2 + |W2|^2
double squared_weights(const NetworkShape& shape, std::span<const double> w) {
  const auto norm = [&](std::size_t from, std::size_t to) {
    return Eigen::Map<const Eigen::ArrayXd>(w.data() + from, static_cast<Eigen::Index>(to - from)).square().sum();
  };
  return norm(0, shape.b1()) + norm(shape.w2(), shape.b2());
}

void check_rows(const NetworkShape& shape, const data::SparseDataset& data) {
  if (data.columns > shape.inputs) {
    throw DomainError("columns", std::to_string(data.columns),
                      "at most the network's " + std::to_string(shape.inputs) + " inputs");
  }
  for (const double label : data.label) {
    if (!(label >= 0 && label < static_cast<double>(shape.classes))) {
      throw DomainError("label", shortest(label), "0 to classes - 1 = " + std::to_string(shape.classes - 1));
    }
  }
}

}  // namespace

NetworkRow network_row(const data::SparseDataset& data, std::size_t row) {
  return {data.row_columns(row), data.row_values(row), static_cast<std::size_t>(data.label[row])};
}

std::vector<double> network_start(const NetworkShape& shape, std::uint64_t seed) {
  RandomStream random(seed, stream_key("network start"));
  std::vector<double> w(shape.parameters());
  for (std::size_t j = 0; j < shape.b1(); ++j) w[j] = 0.1 * random.normal();
  for (std::size_t j = shape.w2(); j < shape.b2(); ++j) w[j] = 0.1 * random.normal();
  return w;
}

double network_term(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w, double penalty) {
  return Forward(shape, row, w).cross_entropy(row.label) + (penalty == 0 ? 0 : penalty / 2 * squared_weights(shape, w));
}

namespace {

/// Adds the gradient of the row's cross entropy.
void add_data_gradient(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w,
                       std::span<double> gradient) {
  const auto hidden_units = static_cast<Eigen::Index>(shape.hidden);
  const auto from = [&](std::size_t at) { return Eigen::Map<const Eigen::ArrayXd>(w.data() + at, hidden_units); };
  const auto to = [&](std::size_t at) { return Eigen::Map<Eigen::ArrayXd>(gradient.data() + at, hidden_units); };
  const Forward forward(shape, row, w);
  Eigen::ArrayXd error = forward.softmax();
  error[static_cast<Eigen::Index>(row.label)] -= 1;
  Eigen::ArrayXd back = Eigen::ArrayXd::Zero(hidden_units);
  for (std::size_t c = 0; c < shape.classes; ++c) {
    const double e = error[static_cast<Eigen::Index>(c)];
    back += e * from(shape.w2() + c * shape.hidden);
    to(shape.w2() + c * shape.hidden) += e * forward.hidden;
    gradient[shape.b2() + c] += e;
  }
  back *= forward.hidden * (1 - forward.hidden);
  for (std::size_t k = 0; k < row.inputs.size(); ++k) to(row.inputs[k] * shape.hidden) += row.values[k] * back;
  to(shape.b1()) += back;
}

/// Writes the gradient of the penalty.
void set_penalty_gradient(const NetworkShape& shape, std::span<const double> w, double penalty,
                          std::span<double> gradient) {
  const auto whole = static_cast<Eigen::Index>(shape.parameters());
  Eigen::Map<Eigen::ArrayXd> g(gradient.data(), whole);
  g = penalty * Eigen::Map<const Eigen::ArrayXd>(w.data(), whole);
  g.segment(static_cast<Eigen::Index>(shape.b1()), static_cast<Eigen::Index>(shape.hidden)).setZero();
  g.tail(static_cast<Eigen::Index>(shape.classes)).setZero();
}

}  // namespace

void network_term_gradient(const NetworkShape& shape, const NetworkRow& row, std::span<const double> w, double penalty,
                           std::span<double> gradient) {
  set_penalty_gradient(shape, w, penalty, gradient);
  add_data_gradient(shape, row, w, gradient);
}

void network_gradient(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w,
                      double penalty, std::span<double> gradient) {
  check_rows(shape, data);
  set_penalty_gradient(shape, w, penalty, gradient);
  const std::size_t rows = data.rows();
  const double share = 1 / static_cast<double>(rows);
#pragma omp parallel
  {
    const auto me = static_cast<std::size_t>(omp_get_thread_num()),
               team = static_cast<std::size_t>(omp_get_num_threads());
    std::vector<double> sum(shape.parameters());
    for (std::size_t r = rows * me / team; r < rows * (me + 1) / team; ++r)
      add_data_gradient(shape, network_row(data, r), w, sum);
#pragma omp for ordered schedule(static, 1)
    for (std::size_t t = 0; t < team; ++t) {
#pragma omp ordered
      for (std::size_t j = 0; j < sum.size(); ++j) gradient[j] += share * sum[j];
    }
  }
}

double network_loss(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w,
                    double penalty) {
  check_rows(shape, data);
  const auto rows = static_cast<std::int64_t>(data.rows());
  double sum = 0;
#pragma omp parallel for reduction(+ : sum)
  for (std::int64_t r = 0; r < rows; ++r) {
    const NetworkRow row = network_row(data, static_cast<std::size_t>(r));
    sum += Forward(shape, row, w).cross_entropy(row.label);
  }
  return sum / static_cast<double>(data.rows()) + penalty / 2 * squared_weights(shape, w);
}

double network_accuracy(const NetworkShape& shape, const data::SparseDataset& data, std::span<const double> w) {
  check_rows(shape, data);
  const auto rows = static_cast<std::int64_t>(data.rows());
  std::int64_t right = 0;
#pragma omp parallel for reduction(+ : right)
  for (std::int64_t r = 0; r < rows; ++r) {
    const NetworkRow row = network_row(data, static_cast<std::size_t>(r));
    Eigen::Index best = 0;
    Forward(shape, row, w).output.maxCoeff(&best);
    right += static_cast<std::size_t>(best) == row.label ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(data.rows());
}

}  // namespace asyncert::solvers
