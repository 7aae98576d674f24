#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

#include "lib/errors.hpp"
#include "solvers/kernels/network.hpp"
#include "solvers/kernels/vector_loops.hpp"

namespace asyncert::solvers {
namespace {

constexpr std::size_t padded(std::size_t n) { return (n + 7) / 8 * 8; }

/// Rows of the padded form: the weights of each input, b1, the weights of each class, b2 (a row of `stride` numbers or
/// more).
std::size_t stride_of(const NetworkShape& shape) { return padded(std::max(shape.hidden, shape.classes)); }
std::size_t rows_of(const NetworkShape& shape) { return shape.inputs + shape.classes + 2; }

/// Visits every parameter with its place in the padded form.
template <class F>
void for_each_parameter(const NetworkShape& shape, F f) {
  const std::size_t stride = stride_of(shape);
  for (std::size_t j = 0; j < shape.parameters(); ++j) {
    const bool last = j >= shape.b2();
    const std::size_t row = last ? rows_of(shape) - 1 : j / shape.hidden;
    f(j, row * stride + (last ? j - shape.b2() : j % shape.hidden));
  }
}

/// Numbers in a word of 64 bits.
template <class Real>
constexpr std::size_t width = 8 / sizeof(Real);

std::uint64_t load_word(const std::uint64_t& word) {
  return std::atomic_ref<std::uint64_t>(const_cast<std::uint64_t&>(word)).load(std::memory_order_relaxed);
}

}  // namespace

template <class Real>
SharedNetwork<Real>::SharedNetwork(const NetworkShape& shape, std::span<const double> w) : shape_(shape) {
  if (w.size() != shape.parameters()) {
    throw DomainError("parameters", std::to_string(w.size()), "the network's " + std::to_string(shape.parameters()));
  }
  std::vector<Real> values(rows_of(shape) * stride_of(shape));
  for_each_parameter(shape, [&](std::size_t j, std::size_t place) { values[place] = static_cast<Real>(w[j]); });
  words_.resize(values.size() / width<Real>);
  std::memcpy(words_.data(), values.data(), values.size() * sizeof(Real));
}

template <class Real>
std::vector<double> SharedNetwork<Real>::parameters() const {
  std::vector<Real> values(words_.size() * width<Real>);
  for (std::size_t k = 0; k < words_.size(); ++k) {
    const std::uint64_t word = load_word(words_[k]);
    std::memcpy(values.data() + k * width<Real>, &word, sizeof word);
  }
  std::vector<double> w(shape_.parameters());
  for_each_parameter(shape_, [&](std::size_t j, std::size_t place) { w[j] = static_cast<double>(values[place]); });
  return w;
}

template <class Real>
NetworkWorker<Real>::NetworkWorker(const NetworkShape& shape, double step, double penalty, NetworkExchange exchange)
    : shape_(shape),
      stride_(stride_of(shape)),
      step_(static_cast<Real>(step)),
      keep_(static_cast<Real>(1 - step * penalty)),
      exchange_(exchange) {
  if (exchange.every == 0 || exchange.every > 1u << 24) {
    throw DomainError("every", std::to_string(exchange.every), "1 to 2^24 updates between exchanges");
  }
  if (!(step >= 0 && penalty >= 0 && step * penalty < 1)) {
    throw DomainError("step * penalty", std::to_string(step * penalty), "0 <= step * penalty < 1 with both at least 0");
  }
  const std::uint64_t longest = std::max<std::uint64_t>(1024, exchange_.every);
  keep_power_.resize(longest + 1);
  for (std::uint64_t t = 0; t <= longest; ++t)
    keep_power_[t] = static_cast<Real>(std::pow(1 - step * penalty, static_cast<double>(t)));
  since_.assign(rows_of(shape), 0);
  local_ = Array::Zero(static_cast<Eigen::Index>(rows_of(shape) * stride_));
  hidden_ = delta_ = read_ = change_ = Array::Zero(static_cast<Eigen::Index>(stride_));
  output_ = Array::Zero(static_cast<Eigen::Index>(shape.classes));
  every_class_.resize(shape.classes);
  std::iota(every_class_.begin(), every_class_.end(), 0u);
  scaled_ = shrink_ = Array::Zero(static_cast<Eigen::Index>(std::max(shape.inputs, shape.classes)));
}

template <class Real>
NetworkWorker<Real>::NetworkWorker(const NetworkShape& shape, std::span<const double> w, double step, double penalty)
    : NetworkWorker(shape, step, penalty, NetworkExchange{}) {
  if (w.size() != shape.parameters()) {
    throw DomainError("parameters", std::to_string(w.size()), "the network's " + std::to_string(shape.parameters()));
  }
  for_each_parameter(shape, [&](std::size_t j, std::size_t place) {
    local_[static_cast<Eigen::Index>(place)] = static_cast<Real>(w[j]);
  });
}

template <class Real>
NetworkWorker<Real>::NetworkWorker(SharedNetwork<Real>& shared, double step, double penalty, NetworkExchange exchange)
    : NetworkWorker(shared.shape_, step, penalty, exchange) {
  shared_ = &shared;
  base_ = local_;
  for (std::size_t r = 0; r < rows_of(shape_); ++r) exchange_row(r, false);
}

template <class Real>
void NetworkWorker<Real>::settle(std::size_t r) {
  // Biases carry no penalty.
  if (r == shape_.inputs || r + 1 == rows_of(shape_) || since_[r] == now_) return;
  local_.segment(static_cast<Eigen::Index>(r * stride_), static_cast<Eigen::Index>(stride_)) *=
      keep_power_[now_ - since_[r]];
  since_[r] = now_;
}

/// Takes over the shared row, plus the change that the worker has made since it read the row last; with `publish` the
/// sum is written to the shared row as well, and without it the change stays one that is still to come.
template <class Real>
void NetworkWorker<Real>::exchange_row(std::size_t r, bool publish) {
  const auto segment = [&](Array& a) {
    return a.segment(static_cast<Eigen::Index>(r * stride_), static_cast<Eigen::Index>(stride_));
  };
  std::uint64_t* words = shared_->words_.data() + r * stride_ / width<Real>;
  const std::size_t count = stride_ / width<Real>;
  // The shared words pass through a row of our own, so that the arithmetic is on whole vectors.
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t word = load_word(words[k]);
    std::memcpy(read_.data() + k * width<Real>, &word, sizeof word);
  }
  change_ = segment(local_) - segment(base_);
  segment(local_) = read_ + change_;
  if (publish)
    segment(base_) = segment(local_);
  else
    segment(base_) = read_;
  if (!publish) return;
  for (std::size_t k = 0; k < count; ++k) {
    Real* local = local_.data() + r * stride_ + k * width<Real>;
    const std::atomic_ref<std::uint64_t> shared(words[k]);
    std::uint64_t sum = 0, seen = 0;
    std::memcpy(&sum, local, sizeof sum);
    if (!exchange_.atomic_add) {
      shared.store(sum, std::memory_order_relaxed);
      continue;
    }
    std::memcpy(&seen, read_.data() + k * width<Real>, sizeof seen);
    while (!shared.compare_exchange_weak(seen, sum, std::memory_order_relaxed)) {
      std::memcpy(local, &seen, sizeof seen);
      for (std::size_t s = 0; s < width<Real>; ++s) local[s] += change_[static_cast<Eigen::Index>(k * width<Real> + s)];
      std::memcpy(base_.data() + r * stride_ + k * width<Real>, local, sizeof sum);
      std::memcpy(&sum, local, sizeof sum);
    }
  }
}

template <class Real>
void NetworkWorker<Real>::exchange_touched(std::span<const std::uint32_t> inputs, bool publish) {
  for (const std::uint32_t input : inputs) exchange_row(input, publish);
  for (std::size_t r = shape_.inputs; r < rows_of(shape_); ++r) exchange_row(r, publish);
}

template <class Real>
double NetworkWorker<Real>::update(std::span<const std::uint32_t> inputs, std::span<const Real> values,
                                   std::size_t label) {
  const std::size_t count = inputs.size();
  for (std::size_t k = 0; k < count; ++k) {
    // What the penalty owes to the input's weights enters the product now, and the weights together with the update.
    const Real owed = keep_power_[now_ - since_[inputs[k]]];
    const auto e = static_cast<Eigen::Index>(k);
    scaled_[e] = owed * values[k];
    shrink_[e] = owed * keep_;
    since_[inputs[k]] = now_ + 1;
  }
  Real* b1 = row(shape_.inputs);
  Real* w2 = row(shape_.inputs + 1);
  Real* b2 = row(rows_of(shape_) - 1);
  std::copy_n(b1, stride_, hidden_.data());
  gather_rows(local_.data(), stride_, inputs.data(), scaled_.data(), count, hidden_.data());
  hidden_ = (Real(1) + (-hidden_).exp()).inverse();
  // Units that only pad must not learn.
  hidden_.tail(static_cast<Eigen::Index>(stride_ - shape_.hidden)).setZero();
  std::copy_n(b2, shape_.classes, output_.data());
  multiply_rows(w2, stride_, shape_.classes, hidden_.data(), output_.data());
  const auto wanted = static_cast<Eigen::Index>(label);
  output_ -= output_.maxCoeff();
  const Real target = output_[wanted];
  output_ = output_.exp();
  const Real total = output_.sum();
  output_ /= total;
  output_[wanted] -= 1;

  delta_.setZero();
  gather_rows(w2, stride_, every_class_.data(), output_.data(), shape_.classes, delta_.data());
  delta_ *= hidden_ * (Real(1) - hidden_);

  Eigen::Map<Array>(b1, static_cast<Eigen::Index>(stride_)) -= step_ * delta_;
  Eigen::Map<Array>(b2, static_cast<Eigen::Index>(shape_.classes)) -= step_ * output_;
  for (std::size_t k = 0; k < count; ++k) scaled_[static_cast<Eigen::Index>(k)] = -step_ * values[k];
  scatter_rows(local_.data(), stride_, inputs.data(), scaled_.data(), shrink_.data(), count, delta_.data());
  for (std::size_t c = 0; c < shape_.classes; ++c) {
    scaled_[static_cast<Eigen::Index>(c)] = -step_ * output_[static_cast<Eigen::Index>(c)];
    shrink_[static_cast<Eigen::Index>(c)] = keep_;
    since_[shape_.inputs + 1 + c] = now_ + 1;
  }
  scatter_rows(w2, stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes, hidden_.data());
  ++now_;
  return std::log(static_cast<double>(total)) - static_cast<double>(target);
}

template <class Real>
double NetworkWorker<Real>::step(std::span<const std::uint32_t> inputs, std::span<const Real> values,
                                 std::size_t label) {
  const bool direct = shared_ != nullptr && exchange_.every == 1;
  if (direct) exchange_touched(inputs, false);
  const double loss = update(inputs, values, label);
  if (direct) exchange_touched(inputs, true);
  const bool due = shared_ != nullptr && !direct && now_ >= exchange_.every;
  if (due || now_ + 1 == keep_power_.size()) finish();
  return loss;
}

template <class Real>
void NetworkWorker<Real>::finish() {
  for (std::size_t r = 0; r < rows_of(shape_); ++r) {
    if (shared_ != nullptr && exchange_.every == 1) exchange_row(r, false);
    settle(r);
    if (shared_ != nullptr) exchange_row(r, true);
  }
  std::fill(since_.begin(), since_.end(), 0u);
  now_ = 0;
}

template <class Real>
std::vector<double> NetworkWorker<Real>::parameters() const {
  std::vector<double> w(shape_.parameters());
  for_each_parameter(shape_, [&](std::size_t j, std::size_t place) {
    w[j] = static_cast<double>(local_[static_cast<Eigen::Index>(place)]);
  });
  return w;
}

template class SharedNetwork<float>;
template class SharedNetwork<double>;
template class NetworkWorker<float>;
template class NetworkWorker<double>;

}  // namespace asyncert::solvers
