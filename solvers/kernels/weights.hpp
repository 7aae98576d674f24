// Weights of any precision under the access policies, and private copies that exchange their updates now and then.
#pragma once

#include <Eigen/Core>
#include <atomic>
#include <cstddef>
#include <span>

namespace asyncert::solvers {

/// For weights that no other thread touches: ordinary loads and stores, which the compiler vectorises.
struct PrivateAccess {
  static constexpr const char* name = "private";
  template <class Real>
  static Real load(const Real& x) {
    return x;
  }
  template <class Real>
  static Real add(Real& x, Real delta) {
    return x += delta;
  }
};

/// Relaxed load, then relaxed store: a write of another thread in between is lost.
struct WildAccess {
  static constexpr const char* name = "wild";
  template <class Real>
  static Real load(const Real& x) {
    return std::atomic_ref<Real>(const_cast<Real&>(x)).load(std::memory_order_relaxed);
  }
  /// The sum that was stored.
  template <class Real>
  static Real add(Real& x, Real delta) {
    const std::atomic_ref<Real> shared(x);
    const Real sum = shared.load(std::memory_order_relaxed) + delta;
    shared.store(sum, std::memory_order_relaxed);
    return sum;
  }
};

/// An atomic addition: no write is lost.
struct AtomicAddAccess {
  static constexpr const char* name = "atomic-add";
  template <class Real>
  static Real load(const Real& x) {
    return WildAccess::load(x);
  }
  template <class Real>
  static Real add(Real& x, Real delta) {
    return std::atomic_ref<Real>(x).fetch_add(delta, std::memory_order_relaxed) + delta;
  }
};

/// A view of weights under an access policy. The memory policies of the executors serve as weights as well: a kernel
/// asks only for `load(j)` and `add(j, delta)`.
template <class Real, class Access>
class Weights {
 public:
  using real_type = Real;
  using access_type = Access;
  explicit Weights(std::span<Real> values) : values_(values) {}
  std::size_t size() const { return values_.size(); }
  Real load(std::size_t j) const { return Access::load(values_[j]); }
  void add(std::size_t j, Real delta) { Access::add(values_[j], delta); }
  std::span<Real> span() const { return values_; }

 private:
  std::span<Real> values_;
};

/// One worker's private copy of the shared weights. The worker computes on the copy at full speed, and `exchange` adds
/// what it has changed since the last exchange to the shared weights and takes over theirs.
///
/// For vectors that every update changes almost entirely: there two threads that write through to the shared vector
/// wait for each other's cache lines, about 34 ns each, and are slower than one. In the model of delays, an iterate
/// then contains all of the worker's own updates, but none of another's that is younger than its last exchange: with
/// one exchange every k updates of each of p workers the delay is below 2 k p if the workers keep pace. Cost of an
/// exchange: about 1 ns an element, plus the transfer.
template <class Real, class Access>
class DelayedWrites {
 public:
  explicit DelayedWrites(std::span<Real> shared) : shared_(shared), local_(shared.size()), base_(shared.size()) {
    refresh();
  }

  std::span<Real> local() { return {local_.data(), static_cast<std::size_t>(local_.size())}; }

  /// Takes over the shared weights; unpublished changes are dropped.
  void refresh() {
    for (std::size_t j = 0; j < shared_.size(); ++j) local_[index(j)] = base_[index(j)] = Access::load(shared_[j]);
  }

  void exchange() {
    for (std::size_t j = 0; j < shared_.size(); ++j) {
      const Real delta = local_[index(j)] - base_[index(j)];
      // A coordinate that did not change is only read, so that its cache line can stay shared.
      local_[index(j)] = base_[index(j)] = delta == 0 ? Access::load(shared_[j]) : Access::add(shared_[j], delta);
    }
  }

 private:
  static Eigen::Index index(std::size_t j) { return static_cast<Eigen::Index>(j); }
  std::span<Real> shared_;
  Eigen::Array<Real, Eigen::Dynamic, 1> local_, base_;
};

}  // namespace asyncert::solvers
