// How threads touch the shared vector: which writes may be lost, and who waits for whom. Orthogonal to update rules.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace asyncert::solvers {

/// The memory policies of `openmp`.
enum class MemoryPolicy {
  wild,        ///< relaxed load, then relaxed store: another thread's write in between is lost (Hogwild!, HW)
  atomic_add,  ///< fetch_add, or compare-and-swap for writes that are not additions: no write is lost; reads are
               ///< inconsistent
  locked,      ///< writes under one lock, reads without it (ASSM): no write is lost; reads are inconsistent
  consistent,  ///< reads and writes under one lock: every read is one state of the sequence (master and workers)
};
const char* to_string(MemoryPolicy policy);
/// Throws `DomainError` naming the known policies.
MemoryPolicy memory_policy(const std::string& name);

/// A lock that is not there.
struct NoLock {
  void lock() {}
  void unlock() {}
};

/// The shared vector. Every access is a relaxed atomic one, so that no policy has a data race in the language's sense.
///
/// A policy supplies `add(j, delta)` for x_j += delta, `transform(j, f)` for x_j = f(x_j) (it returns the value
/// that it wrote), and the locks that the executor
/// holds while it reads or writes. Cost: load 0.3 ns, `Wild::add` 0.5 ns, `AtomicAdd::add` 2 ns an element,
/// uncontended.
class SharedVector {
 public:
  explicit SharedVector(std::vector<double> initial) : x_(std::move(initial)) {}

  std::size_t size() const { return x_.size(); }
  double load(std::size_t j) const { return reference(j).load(std::memory_order_relaxed); }
  void store(std::size_t j, double value) { reference(j).store(value, std::memory_order_relaxed); }
  void read(std::span<double> out) const {
    for (std::size_t j = 0; j < out.size(); ++j) out[j] = load(j);
  }
  /// Only while no other thread runs.
  std::vector<double>& quiescent() { return x_; }

 protected:
  // atomic_ref has no const form before C++26; nothing is written through it where the vector is const.
  std::atomic_ref<double> reference(std::size_t j) const { return std::atomic_ref<double>(const_cast<double&>(x_[j])); }

 private:
  std::vector<double> x_;
};

/// Writes by a relaxed load and a relaxed store, between which another thread's write is lost unless a lock is held.
class LoadStore : public SharedVector {
 public:
  using SharedVector::SharedVector;

  void add(std::size_t j, double delta) { store(j, load(j) + delta); }
  template <class F>
  double transform(std::size_t j, F f) {
    const double value = f(load(j));
    store(j, value);
    return value;
  }
};

class Wild : public LoadStore {
 public:
  using LoadStore::LoadStore;
  static constexpr MemoryPolicy policy = MemoryPolicy::wild;
  NoLock read_lock, write_lock;
};

class Locked : public LoadStore {
 public:
  using LoadStore::LoadStore;
  static constexpr MemoryPolicy policy = MemoryPolicy::locked;
  NoLock read_lock;
  std::mutex write_lock;
};

class Consistent : public LoadStore {
 public:
  using LoadStore::LoadStore;
  static constexpr MemoryPolicy policy = MemoryPolicy::consistent;
  std::mutex write_lock;
  std::mutex& read_lock = write_lock;
};

class AtomicAdd : public SharedVector {
 public:
  using SharedVector::SharedVector;
  static constexpr MemoryPolicy policy = MemoryPolicy::atomic_add;
  NoLock read_lock, write_lock;

  void add(std::size_t j, double delta) { reference(j).fetch_add(delta, std::memory_order_relaxed); }
  template <class F>
  double transform(std::size_t j, F f) {
    const auto x = reference(j);
    double seen = x.load(std::memory_order_relaxed), value = f(seen);
    while (!x.compare_exchange_weak(seen, value, std::memory_order_relaxed)) value = f(seen);
    return value;
  }
};

}  // namespace asyncert::solvers
