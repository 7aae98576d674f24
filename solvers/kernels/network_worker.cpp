#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/kernels/network.hpp"
#include "solvers/kernels/vector_loops.hpp"

namespace asyncert::solvers {
namespace {

/// Rows of the padded form: the weights of each input, b1, the weights of each class, b2.
std::size_t stride_of(const NetworkShape& shape) {
  return WeightRows<double>::stride_for(std::max(shape.hidden, shape.classes));
}
std::size_t b1_row(const NetworkShape& shape) { return shape.inputs; }
std::size_t w2_row(const NetworkShape& shape) { return shape.inputs + 1; }
std::size_t b2_row(const NetworkShape& shape) { return shape.inputs + shape.classes + 1; }
std::size_t rows_of(const NetworkShape& shape) { return shape.inputs + shape.classes + 2; }

/// Visits every parameter with its place in the padded form.
template <class F>
void for_each_parameter(const NetworkShape& shape, F f) {
  const std::size_t stride = stride_of(shape);
  for (std::size_t j = 0; j < shape.parameters(); ++j) {
    const bool last = j >= shape.b2();
    const std::size_t row = last ? b2_row(shape) : j / shape.hidden;
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
    throw DomainError("step * penalty", shortest(step * penalty), "0 <= step * penalty < 1 with both at least 0");
  }
  double power = 1, earlier = 0, sum = 0;
  for (Contraction& c : contraction_) {
    c = {static_cast<Real>(power), static_cast<Real>(earlier), static_cast<Real>(sum)};
    sum += power;
    earlier = power;
    power *= 1 - step * penalty;
  }
  last_.assign(rows_of(shape), {});
  directions_ = WeightRows<Real>(contraction_.size(), stride_);
  uses_.resize(shape.inputs);
  local_ = WeightRows<Real>(rows_of(shape), stride_);
  exchanged_ = WeightRows<Real>(2, stride_);
  here_ = {WeightRows<Real>(2, stride_), Array::Zero(static_cast<Eigen::Index>(shape.classes))};
  there_ = here_;
  every_class_.resize(shape.classes);
  std::iota(every_class_.begin(), every_class_.end(), 0u);
  scaled_ = shrink_ = here_.output;
}

template <class Real>
NetworkWorker<Real>::NetworkWorker(const NetworkShape& shape, std::span<const double> w, double step, double penalty)
    : NetworkWorker(shape, step, penalty, NetworkExchange{}) {
  if (w.size() != shape.parameters()) {
    throw DomainError("parameters", std::to_string(w.size()), "the network's " + std::to_string(shape.parameters()));
  }
  for_each_parameter(shape, [&](std::size_t j, std::size_t place) { local_[place] = static_cast<Real>(w[j]); });
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
  snapshot_ = drift_ = WeightRows<Real>(rows_of(shape_), stride_);
  for_each_parameter(shape_, [&](std::size_t j, std::size_t place) {
    const bool bias = (j >= shape_.b1() && j < shape_.w2()) || j >= shape_.b2();
    snapshot_[place] = static_cast<Real>(snapshot[j]);
    drift_[place] = -step_ * (static_cast<Real>(full_gradient[j]) - (bias ? Real(0) : penalty_ * snapshot_[place]));
  });
}

/// Brings the weights of row r up to date.
template <class Real>
void NetworkWorker<Real>::settle(std::size_t r) {
  // Biases carry no penalty, and every update changes them.
  if (r == b1_row(shape_) || r == b2_row(shape_) || last_[r].step == now_) return;
  const Contraction& owed = contraction_[now_ - last_[r].step];
  auto row = local_.row(r);
  row = owed.power * row + owed.earlier * last_[r].change * directions_.row(last_[r].step);
  if (!drift_.empty()) row += owed.sum * drift_.row(r);
  last_[r] = {now_, 0};
}

template <class Real>
void NetworkWorker<Real>::settle_all() {
  for (std::size_t r = 0; r < rows_of(shape_); ++r) settle(r);
  std::fill(last_.begin(), last_.end(), Use{});
  now_ = 0;
}

/// Takes over the shared row, plus the change that the worker has made since it read the row last; with `publish` the
/// sum is written to the shared row as well, and without it the change stays one that is still to come.
template <class Real>
void NetworkWorker<Real>::exchange_row(std::size_t r, bool publish) {
  if (publish) settle(r);
  std::uint64_t* words = shared_->words_.data() + r * stride_ / width<Real>;
  const std::size_t count = stride_ / width<Real>;
  auto local = local_.row(r), base = base_.row(r), read = exchanged_.row(0), change = exchanged_.row(1);
  // The shared words pass through a row of our own, so that the arithmetic is on whole vectors.
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint64_t word = load_word(words[k]);
    std::memcpy(read.data() + k * width<Real>, &word, sizeof word);
  }
  change = local - base;
  local = read + change;
  if (!publish) {
    base = read;
    return;
  }
  base = local;
  for (std::size_t k = 0; k < count; ++k) {
    Real* mine = local.data() + k * width<Real>;
    const std::atomic_ref<std::uint64_t> shared(words[k]);
    std::uint64_t sum = 0, seen = 0;
    std::memcpy(&sum, mine, sizeof sum);
    if (!exchange_.atomic_add) {
      shared.store(sum, std::memory_order_relaxed);
      continue;
    }
    std::memcpy(&seen, read.data() + k * width<Real>, sizeof seen);
    while (!shared.compare_exchange_weak(seen, sum, std::memory_order_relaxed)) {
      std::memcpy(mine, &seen, sizeof seen);
      for (std::size_t s = 0; s < width<Real>; ++s) mine[s] += change[static_cast<Eigen::Index>(k * width<Real> + s)];
      std::memcpy(base.data() + k * width<Real>, mine, sizeof sum);
      std::memcpy(&sum, mine, sizeof sum);
    }
  }
}

template <class Real>
void NetworkWorker<Real>::exchange_touched(std::span<const std::uint32_t> inputs, bool publish) {
  for (const std::uint32_t input : inputs) exchange_row(input, publish);
  for (std::size_t r = shape_.inputs; r < rows_of(shape_); ++r) exchange_row(r, publish);
}

/// Forward and back through the parameters `w`, from the hidden units' inputs in `layers.units.row(0)`.
template <class Real>
double NetworkWorker<Real>::differentiate(const WeightRows<Real>& w, std::size_t label, Layers& layers) {
  const Real* w2 = w.data(w2_row(shape_));
  auto& output = layers.output;
  auto hidden = layers.hidden(), delta = layers.delta();
  hidden = (Real(1) + (-hidden).exp()).inverse();
  // Units that only pad must not learn.
  hidden.tail(static_cast<Eigen::Index>(stride_ - shape_.hidden)).setZero();
  std::copy_n(w.data(b2_row(shape_)), shape_.classes, output.data());
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
double NetworkWorker<Real>::update(const BasicNetworkRow<Real>& row) {
  const auto [inputs, values, label] = row;
  const std::size_t count = inputs.size();
  const bool reduced = !drift_.empty();
  const auto classes = static_cast<Eigen::Index>(shape_.classes);
  for (std::size_t k = 0; k < count; ++k) {
    if (reduced) settle(inputs[k]);
    Use& last = last_[inputs[k]];
    const Contraction& owed = contraction_[now_ - last.step];
    uses_[k] = {inputs[k], last.step, owed.power, owed.earlier * last.change, values[k]};
    last = {now_, -step_ * values[k]};
  }
  here_.hidden() = local_.row(b1_row(shape_));
  change_and_gather_rows(local_.data(), stride_, uses_.data(), count, directions_.data(), here_.hidden().data());
  const double loss = differentiate(local_, label, here_);
  Real* w2 = local_.data(w2_row(shape_));
  if (reduced) {
    // Minus the same gradient at the snapshot, plus the full gradient there.
    there_.hidden() = snapshot_.row(b1_row(shape_));
    gather_rows(snapshot_.data(), stride_, inputs.data(), values.data(), count, there_.hidden().data());
    differentiate(snapshot_, label, there_);
    // Written before the contraction by `keep`, so divided by it.
    for (std::size_t r = w2_row(shape_); r < b2_row(shape_); ++r) local_.row(r) += drift_.row(r) / keep_;
    scaled_ = step_ / keep_ * there_.output;
    shrink_.setOnes();
    scatter_rows(w2, stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes,
                 there_.hidden().data());
    here_.delta() -= there_.delta();
    local_.row(b1_row(shape_)) += drift_.row(b1_row(shape_));
    local_.row(b2_row(shape_)).head(classes) += drift_.row(b2_row(shape_)).head(classes) + step_ * there_.output;
  }
  directions_.row(now_) = here_.delta();
  local_.row(b1_row(shape_)) -= step_ * here_.delta();
  local_.row(b2_row(shape_)).head(classes) -= step_ * here_.output;
  scaled_ = -step_ * here_.output;
  shrink_.setConstant(keep_);
  for (std::size_t r = w2_row(shape_); r < b2_row(shape_); ++r) last_[r].step = now_ + 1;
  scatter_rows(w2, stride_, every_class_.data(), scaled_.data(), shrink_.data(), shape_.classes, here_.hidden().data());
  ++now_;
  return loss;
}

template <class Real>
double NetworkWorker<Real>::step(const BasicNetworkRow<Real>& row) {
  const bool direct = shared_ != nullptr && exchange_.every == 1;
  if (direct) exchange_touched(row.inputs, false);
  const double loss = update(row);
  if (direct) exchange_touched(row.inputs, true);
  if (shared_ != nullptr && !direct && ++unexchanged_ == exchange_.every) finish();
  if (now_ + 1 == contraction_.size()) settle_all();
  return loss;
}

template <class Real>
void NetworkWorker<Real>::finish() {
  for (std::size_t r = 0; shared_ != nullptr && r < rows_of(shape_); ++r) {
    if (exchange_.every == 1) exchange_row(r, false);
    exchange_row(r, true);
  }
  settle_all();
  unexchanged_ = 0;
}

template <class Real>
double NetworkWorker<Real>::accumulate(const BasicNetworkRow<Real>& row) {
  const auto [inputs, values, label] = row;
  if (sum_.empty()) {
    sum_ = WeightRows<Real>(rows_of(shape_), stride_);
    ones_ = Array::Ones(static_cast<Eigen::Index>(std::max(shape_.inputs, shape_.classes)));
  }
  here_.hidden() = local_.row(b1_row(shape_));
  gather_rows(local_.data(), stride_, inputs.data(), values.data(), inputs.size(), here_.hidden().data());
  const double loss = differentiate(local_, label, here_);
  scatter_rows(sum_.data(), stride_, inputs.data(), values.data(), ones_.data(), inputs.size(), here_.delta().data());
  scatter_rows(sum_.data(w2_row(shape_)), stride_, every_class_.data(), here_.output.data(), ones_.data(),
               shape_.classes, here_.hidden().data());
  sum_.row(b1_row(shape_)) += here_.delta();
  sum_.row(b2_row(shape_)).head(static_cast<Eigen::Index>(shape_.classes)) += here_.output;
  return loss;
}

template <class Real>
std::vector<double> NetworkWorker<Real>::take_sum() {
  std::vector<double> gradient(shape_.parameters());
  if (!sum_.empty()) {
    for_each_parameter(shape_,
                       [&](std::size_t j, std::size_t place) { gradient[j] = static_cast<double>(sum_[place]); });
    sum_.set_zero();
  }
  return gradient;
}

template <class Real>
std::vector<double> NetworkWorker<Real>::parameters() const {
  std::vector<double> w(shape_.parameters());
  for_each_parameter(shape_, [&](std::size_t j, std::size_t place) { w[j] = static_cast<double>(local_[place]); });
  return w;
}

template class SharedNetwork<float>;
template class SharedNetwork<double>;
template class NetworkWorker<float>;
template class NetworkWorker<double>;

}  // namespace asyncert::solvers
