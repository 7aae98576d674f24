// The registered quantities of the paper on asynchronous subgradient methods with momentum.
#include "bounds/assm/lock_queue.hpp"
#include "bounds/assm/momentum.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

template <class T>
Object lock_queue_in(const Inputs& in) {
  const auto q = assm::lock_queue(in.integer("P"), in.number<T>("compute_rate"), in.number<T>("lock_service_rate"));
  Object o;
  o.add("p_idle", q.idle).add("throughput", q.throughput);
  return o.add("mean_lock_wait", q.wait).add("speedup", q.speedup);
}

// The exact fractions grow with every core; beyond a few hundred, enclosures cost less.
Object lock_queue(const Inputs& in) { return in.integer("P") <= 200 ? lock_queue_in<Rational>(in) : lock_queue_in<Ball>(in); }

template <class T>
Object momentum_weights(const Inputs& in) {
  const T m = in.number<T>("m");
  const std::vector<T> weights = assm::momentum_weights(m, in.integer("k"));
  T sum(0);
  for (const T& w : weights) sum = sum + w;
  // The printed sum starts at j = 1 and so misses the oldest subgradient.
  T printed(0);
  for (std::size_t j = 1; j < weights.size(); ++j) printed = printed + weights[j];
  Object o;
  o.add("weights", Value(weights)).add("sum", sum).add("sum_printed", printed);
  return o.add("geometric_printed", T(printed / (T(1) - m))).add("geometric", T(sum / (T(1) - m)));
}

}  // namespace

void register_assm_quantities(QuantityRegistry& registry) {
  Quantity queue;
  queue.name = "assm.lock_queue";
  queue.summary = "Idle probability, throughput, waiting time and speedup of the write lock shared by P cores.";
  queue.source = "the write lock of ASSM, as a machine-repairman queue M/M/1//P";
  queue.parameters = {integer("P", "P", "number of cores").at_least(1).at_most(100000),
                      real("compute_rate", "\\lambda", "subgradients a unit of time and core").above(0),
                      real("lock_service_rate", "\\mu", "updates a unit of time while the lock is held").above(0)};
  queue.outputs = {"p_idle: probability that nobody holds the lock", "throughput: updates a unit of time",
                   "mean_lock_wait: mean time from asking for the lock to holding it", "speedup: throughput over that of one core"};
  queue.enclosed = lock_queue;
  // No version in double: the total weight overflows for many cores, and the waiting time cancels where the lock is idle.
  registry.add(std::move(queue));

  Quantity weights;
  weights.name = "assm.momentum_weights";
  weights.summary = "Weights of the past subgradients in the momentum variable, their sum, and the printed sum without the oldest.";
  weights.source = "the momentum recursion, (4)";
  weights.parameters = {real("m", "m", "momentum").at_least(0).below(1),
                        integer("k", "k", "number of the step").at_least(0).at_most(10000)};
  weights.outputs = {"weights: (1-m) m^(k-j) for j = 0..k", "sum: of all weights, 1 - m^(k+1)", "sum_printed: from j = 1, 1 - m^k",
                     "geometric_printed: sum_printed / (1-m)", "geometric: sum / (1-m)"};
  weights.enclosed = momentum_weights<Rational>;
  weights.floating = momentum_weights<double>;
  registry.add(std::move(weights));
}

}  // namespace asyncert
