#include "solvers/instances/data_problems.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "lib/text.hpp"
#include "solvers/kernels/losses.hpp"

namespace asyncert::solvers::instances {

NetworkProblem::NetworkProblem(std::string name, std::shared_ptr<const data::ClassificationData> data,
                               std::size_t hidden, double penalty, std::uint64_t start_seed)
    : name_(std::move(name)), data_(std::move(data)), penalty_(penalty), start_seed_(start_seed) {
  if (hidden == 0) throw DomainError("hidden", "0", "at least 1");
  if (!(penalty >= 0 && std::isfinite(penalty))) throw DomainError("penalty", shortest(penalty), "0 or more, finite");
  shape_ = {data_->training.columns, hidden, data_->classes};
}

double NetworkProblem::term(std::size_t i, std::span<const double> w) const {
  return network_term(shape_, network_row(data_->training, i), w, penalty_);
}

void NetworkProblem::term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const {
  network_term_gradient(shape_, network_row(data_->training, i), w, penalty_, gradient);
}

double NetworkProblem::value(std::span<const double> w) const {
  return network_loss(shape_, data_->training, w, penalty_);
}

void NetworkProblem::gradient(std::span<const double> w, std::span<double> gradient) const {
  network_gradient(shape_, data_->training, w, penalty_, gradient);
}

LinearProblem::LinearProblem(std::string name, data::SparseDataset data, Loss loss, double penalty)
    : name_(std::move(name)), data_(std::move(data)), loss_(loss), penalty_(penalty), share_(data_.columns, 0.0) {
  if (!(penalty >= 0 && std::isfinite(penalty))) throw DomainError("penalty", shortest(penalty), "0 or more, finite");
  for (const double label : data_.label) {
    if (label != 1 && label != -1) throw DomainError("label", shortest(label), "-1 or 1");
  }
  for (const std::uint32_t column : data_.column) share_[column] += 1;
  for (double& share : share_) share = share == 0 ? 0 : static_cast<double>(data_.rows()) / share;
}

double LinearProblem::margin(std::size_t i, std::span<const double> w) const {
  const auto columns = data_.row_columns(i);
  const auto values = data_.row_values(i);
  double z = 0;
  for (std::size_t e = 0; e < columns.size(); ++e) z += values[e] * w[columns[e]];
  return data_.label[i] * z;
}

double LinearProblem::term(std::size_t i, std::span<const double> w) const {
  const double m = margin(i, w);
  double penalty = 0;
  for (const std::uint32_t j : data_.row_columns(i)) penalty += share_[j] * w[j] * w[j];
  return (loss_ == Loss::logistic ? LogisticLoss::value(m) : HingeLoss::value(m)) + penalty_ / 2 * penalty;
}

void LinearProblem::term_gradient(std::size_t i, std::span<const double> w, std::span<double> gradient) const {
  const double m = margin(i, w);
  const double slope = data_.label[i] * (loss_ == Loss::logistic ? LogisticLoss::slope(m) : HingeLoss::slope(m));
  const auto columns = data_.row_columns(i);
  const auto values = data_.row_values(i);
  if (columns.empty()) std::fill(gradient.begin(), gradient.end(), 0.0);  // an empty support stands for all coordinates
  for (std::size_t e = 0; e < columns.size(); ++e) {
    gradient[e] = slope * values[e] + penalty_ * share_[columns[e]] * w[columns[e]];
  }
}

Constants LinearProblem::constants() const {
  double longest = 0;
  for (std::size_t i = 0; i < data_.rows(); ++i) {
    double square = 0;
    for (const double v : data_.row_values(i)) square += v * v;
    longest = std::max(longest, square);
  }
  Constants result;
  if (loss_ == Loss::logistic)
    result.smoothness = longest / 4 + penalty_ * *std::max_element(share_.begin(), share_.end());
  if (penalty_ == 0) {
    result.gradient_bound = std::sqrt(longest);
    result.sigma = data_.rows() == 1 ? std::optional(0.0) : result.gradient_bound;  // the second moment's bound
  }
  return result;
}

namespace {

struct Source {
  const char* prefix;
  const char* dataset;
  bool (*positive)(double label);
};
constexpr Source sources[] = {
    {"connect4", "connect-4", [](double label) { return label == 2; }},
    {"fashion-mnist", "fashion-mnist", [](double label) { return static_cast<int>(label) % 2 == 0; }},
    {"mnist", "mnist", [](double label) { return static_cast<int>(label) % 2 == 0; }},
};
constexpr const char* kinds[] = {"-network", "-logistic", "-svm"};

}  // namespace

std::vector<std::string> data_problem_names() {
  std::vector<std::string> names;
  for (const Source& source : sources) {
    for (const char* kind : kinds) names.push_back(std::string(source.prefix) + kind);
  }
  return names;
}

std::shared_ptr<const Problem> data_problem(const std::string& name) {
  for (const Source& source : sources) {
    for (const std::string kind : kinds) {
      if (name != source.prefix + kind) continue;
      data::ClassificationData data = data::load(source.dataset);
      if (kind == "-network")
        return std::make_shared<NetworkProblem>(name, std::make_shared<data::ClassificationData>(std::move(data)));
      for (double& label : data.training.label) label = source.positive(label) ? 1 : -1;
      return std::make_shared<LinearProblem>(
          name, std::move(data.training),
          kind == "-logistic" ? LinearProblem::Loss::logistic : LinearProblem::Loss::hinge, 1e-3);
    }
  }
  throw DomainError("instance", name, join(data_problem_names()));
}

}  // namespace asyncert::solvers::instances
