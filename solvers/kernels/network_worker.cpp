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
      penalty_(static_cast<Real>(penalty)),
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
  keep_sum_.resize(longest + 1);
  double power = 1, sum = 0;
  for (std::uint64_t t = 0; t <= longest; ++t) {
    keep_power_[t] = static_cast<Real>(power);
    keep_sum_[t] = static_cast<Real>(sum);
    sum += power;
    power *= 1 - step * penalty;
  }
  since_.assign(rows_of(shape), 0);
  local_ = Array::Zero(static_cast<Eigen::Index>(rows_of(shape) * stride_));
  read_ = change_ = Array::Zero(static_cast<Eigen::Index>(stride_));
  here_.hidden = here_.delta = read_;
  here_.output = Array::Zero(static_cast<Eigen::Index>(shape.classes));
  there_ = here_;
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
void NetworkWorker<Real>::reduce_variance(std::span<const double> snapshot, std::span<const double> full_gradient) {
  for (const std::size_t size : {snapshot.size(), full_gradient.size()}) {
    if (size != shape_.parameters()) {
      throw DomainError("snapshot and full gradient", std::to_string(size),
                        "the network's " + std::to_string(shape_.parameters()));
    }
  }
  finish();
  snapshot_ = drift_ = Array::Zero(local_.size());
  for_each_parameter(shape_, [&](std::size_t j, std::size_t place) {
    const auto e = static_cast<Eigen::Index>(place);
    const bool bias = (j >= shape_.b1() && j < shape_.w2()) || j >= shape_.b2();
    snapshot_[e] = static_cast<Real>(snapshot[j]);
    drift_[e] = -step_ * (static_cast<Real>(full_gradient[j]) - (bias ? Real(0) : penalty_ * snapshot_[e]));
  });
}

template <class Real>
void NetworkWorker<Real>::settle(std::size_t r) {
  // Biases carry no penalty, and every update changes them.
  if (r == shape_.inputs || r + 1 == rows_of(shape_) || since_[r] == now_) return;
  const auto from = static_cast<Eigen::Index>(r * stride_), length = static_cast<Eigen::Index>(stride_);
  const std::uint32_t owed = now_ - since_[r];
  local_.segment(from, length) *= keep_power_[owed];
  if (drift_.size() > 0) local_.segment(from, length) += keep_sum_[owed] * drift_.segment(from, length);
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

/// Forward and back through the parameters `rows`, with the inputs' values scaled by `scaled_`.
template <class Real>
double NetworkWorker<Real>::differentiate(const Real* rows, std::span<const std::uint32_t> inputs, std::size_t label,
                                          Layers& layers) {
  const Real* w2 = rows + (shape_.inputs + 1) * stride_;
  auto& [hidden, delta, output] = layers;
  std::copy_n(rows + shape_.inputs * stride_, stride_, hidden.data());
  gather_rows(rows, stride_, inputs.data(), scaled_.data(), inputs.size(), hidden.data());
  hidden = (Real(1) + (-hidden).exp()).inverse();
  // Units that only pad must not learn.
  hidden.tail(static_cast<Eigen::Index>(stride_ - shape_.hidden)).setZero();
  std::copy_n(rows + (rows_of(shape_) - 1) * stride_, shape_.classes, output.data());
  multiply_rows(w2, stride_, shape_.classes, hidden.data(), output.data());
  const auto wanted = static_cast<Eigen::Index>(label);
  output -= output.maxCoeff();
  const Real target = output[wanted];
  output = output.exp();
  const Real total = output.sum();
  output /= total;
  output[wanted] -= 1;
  delta.setZero();
  gather_rows(w2, stride_, every_class_.data(), output.data(), shape_.classes, delta.data());
  delta *= hidden * (Real(1) - hidden);
  return std::log(static_cast<double>(total)) - static_cast<double>(target);
}

template <class Real>
double NetworkWorker<Real>::update(std::span<const std::uint32_t> inputs, std::span<const Real> values,
                                   std::size_t label) {
  const std::size_t count = inputs.size();
  const bool reduced = drift_.size() > 0;
  for (std::size_t k = 0; k < count; ++k) {
    // What the penalty owes to the input's weights enters the product now, and the weights together with the update.
    if (reduced) settle(inputs[k]);
    const Real owed = keep_power_[now_ - since_[inputs[k]]];
    const auto e = static_cast<Eigen::Index>(k);
    scaled_[e] = owed * values[k];
    shrink_[e] = owed * keep_;
    since_[inputs[k]] = now_ + 1;
  }
  const double loss = differentiate(local_.data(), inputs, label, here_);
  Real* w2 = row(shape_.inputs + 1);
  if (reduced) {
    // Minus the same gradient at the snapshot, plus the full gradient there.
    differentiate(snapshot_.data(), inputs, label, there_);
    for (std::size_t c = 0; c < shape_.classes; ++c) {
      scaled_[static_cast<Eigen::Index>(c)] = step_ * there_.output[static_cast<Eigen::Index>(c)];
      shrink_[static_cast<Eigen::Index>(c)] = 1;
    }
    // Written before the contraction by `keep`, so divided by it.
    Eigen::Map<Array>(w2, static_cast<Eigen::Index>(shape_.classes * stride_)) +=
        drift_.segment(static_cast<Eigen::Index>((shape_.inputs + 1) * stride_),
                       static_cast<Eigen::Index>(shape_.classes * stride_)) /
        keep_;
    scaled_.head(static_cast<Eigen::Index>(shape_.classes)) /= keep_;
    scatter_rows(w2, stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes,
                 there_.hidden.data());
    for (std::size_t k = 0; k < count; ++k) {
      const auto from = static_cast<Eigen::Index>(inputs[k] * stride_), length = static_cast<Eigen::Index>(stride_);
      local_.segment(from, length) += drift_.segment(from, length) / keep_;
      shrink_[static_cast<Eigen::Index>(k)] = keep_;
    }
    here_.delta -= there_.delta;
    const auto b1 = static_cast<Eigen::Index>(shape_.inputs * stride_),
               b2 = static_cast<Eigen::Index>((rows_of(shape_) - 1) * stride_);
    local_.segment(b1, static_cast<Eigen::Index>(stride_)) += drift_.segment(b1, static_cast<Eigen::Index>(stride_));
    local_.segment(b2, static_cast<Eigen::Index>(shape_.classes)) +=
        drift_.segment(b2, static_cast<Eigen::Index>(shape_.classes)) + step_ * there_.output;
  }
  Eigen::Map<Array>(row(shape_.inputs), static_cast<Eigen::Index>(stride_)) -= step_ * here_.delta;
  Eigen::Map<Array>(row(rows_of(shape_) - 1), static_cast<Eigen::Index>(shape_.classes)) -= step_ * here_.output;
  for (std::size_t k = 0; k < count; ++k) scaled_[static_cast<Eigen::Index>(k)] = -step_ * values[k];
  scatter_rows(local_.data(), stride_, inputs.data(), scaled_.data(), shrink_.data(), count, here_.delta.data());
  for (std::size_t c = 0; c < shape_.classes; ++c) {
    scaled_[static_cast<Eigen::Index>(c)] = -step_ * here_.output[static_cast<Eigen::Index>(c)];
    shrink_[static_cast<Eigen::Index>(c)] = keep_;
    since_[shape_.inputs + 1 + c] = now_ + 1;
  }
  scatter_rows(w2, stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes, here_.hidden.data());
  ++now_;
  return loss;
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
double NetworkWorker<Real>::accumulate(std::span<const std::uint32_t> inputs, std::span<const Real> values,
                                       std::size_t label) {
  if (sum_.size() == 0) sum_ = Array::Zero(local_.size());
  std::copy(values.begin(), values.end(), scaled_.data());
  const double loss = differentiate(local_.data(), inputs, label, here_);
  shrink_.setOnes();
  scatter_rows(sum_.data(), stride_, inputs.data(), scaled_.data(), shrink_.data(), inputs.size(), here_.delta.data());
  const auto at = [this](std::size_t r) { return sum_.data() + r * stride_; };
  std::copy_n(here_.output.data(), shape_.classes, scaled_.data());
  scatter_rows(at(shape_.inputs + 1), stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes,
               here_.hidden.data());
  Eigen::Map<Array>(at(shape_.inputs), static_cast<Eigen::Index>(stride_)) += here_.delta;
  Eigen::Map<Array>(at(rows_of(shape_) - 1), static_cast<Eigen::Index>(shape_.classes)) += here_.output;
  return loss;
}

template <class Real>
std::vector<double> NetworkWorker<Real>::take_sum() {
  std::vector<double> gradient(shape_.parameters());
  if (sum_.size() > 0) {
    for_each_parameter(shape_, [&](std::size_t j, std::size_t place) {
      gradient[j] = static_cast<double>(sum_[static_cast<Eigen::Index>(place)]);
    });
    sum_.setZero();
  }
  return gradient;
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
