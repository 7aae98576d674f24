// The write lock of ASSM as a closed queue: P cores compute, then wait for one lock (M/M/1//P).
#pragma once

namespace asyncert::assm {

template <class T>
struct LockQueue {
  T idle;        ///< probability that the lock is free
  T throughput;  ///< updates a unit of time, nondecreasing in P
  T wait;        ///< mean time in the queue before the lock is obtained
  T speedup;     ///< throughput over that of one core
};

/// Stationary state for P >= 1 cores, exponential computing at `compute_rate` and exponential updates at `lock_rate`.
/// Exact over the rationals; cost O(P) operations.
template <class T>
LockQueue<T> lock_queue(long P, const T& compute_rate, const T& lock_rate) {
  // Weights of n = 0..P cores at the lock: P!/(P-n)! (compute/lock)^n.
  const T load = compute_rate / lock_rate;
  T weight(1), total(1);
  for (long n = 1; n <= P; ++n) {
    weight = weight * T(P - n + 1) * load;
    total = total + weight;
  }
  LockQueue<T> q;
  q.idle = T(1) / total;
  q.throughput = lock_rate * ((total - T(1)) / total);
  const T cycle = T(1) / compute_rate + T(1) / lock_rate;
  q.wait = P == 1 ? T(0) : T(P) / q.throughput - cycle;
  q.speedup = q.throughput * cycle;
  return q;
}

}  // namespace asyncert::assm
