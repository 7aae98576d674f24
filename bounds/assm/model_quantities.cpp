// Registered quantities about the scheduling model, the lock, and limits in closed form.
#include "bounds/assm/lock_queue.hpp"
#include "bounds/assm/quantities.hpp"
#include "bounds/assm/scheduling.hpp"
#include "bounds/assm/stationary_roots.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

template <class T>
Object lock_queue_of(const Inputs& in) {
  const auto q = lock_queue(in.integer("P"), in.number<T>("compute_rate"), in.number<T>("lock_service_rate"));
  Object o;
  o.add("p_idle", q.idle).add("throughput", q.throughput);
  return o.add("mean_lock_wait", q.wait).add("speedup", q.speedup);
}

// The exact fractions grow with every core; beyond a few hundred, enclosures cost less.
Object lock_queue_certified(const Inputs& in) {
  return in.integer("P") <= 200 ? lock_queue_of<Rational>(in) : lock_queue_of<Ball>(in);
}

Object model_bounds(const Inputs& in) {
  Object o;
  o.add("delay_bound", delay_bound(in.integer("P"), in.rational("service_min"), in.rational("service_max")));
  return o.add("log10_pmin_upper",
               log10_pmin_upper(in.integer("N_blocks"), in.integer("M_samples"), in.integer("batch")));
}

template <class T>
Object fraction_of_time(const Inputs& in) {
  return Object().add("fraction",
                      time_fraction(in.number<T>("x0"), in.number<T>("ubar"), in.number<T>("eps"), in.number<T>("T")));
}

Object limit_of_schedule(const Inputs& in) {
  const Value t = scheduling_limit(in.rational("p1_if_D_pos"), in.rational("p1_if_D_neg"));
  const auto* exact = t.get<Rational>();
  Object o;
  // The joint subdifferential at (t, t) is {(s + t/2, -s + t/2)}, |s| <= 1; its least element is (t/2, t/2).
  o.add("limit_t", t);
  if (exact && exact->sign() == 0)
    o.add("dist_joint", 0);
  else
    o.add("dist_joint", abs(exact ? Ball(*exact) : *t.get<Ball>()) / sqrt(Ball(2)));
  return o.add("block_measure", 0);
}

Object limit_of_schedule_float(const Inputs& in) {
  const Rational &a = in.rational("p1_if_D_pos"), &b = in.rational("p1_if_D_neg");
  const double t = scheduling_limit_double(a.to_double(), b.to_double(), (b - a).to_double());
  return Object().add("limit_t", t).add("dist_joint", std::abs(t) / std::sqrt(2.0)).add("block_measure", 0);
}

Object stationary_roots(const Inputs& in) {
  const std::vector<Value> roots = positive_stationary_points(in.rational("lambda"));
  return Object().add("positive_roots", Value(roots)).add("local_max_then_local_min", roots.size() == 2);
}

Parameter probability(std::string name, std::string meaning) {
  return real(std::move(name), "p", std::move(meaning)).at_least(0).at_most(1);
}

Parameter count(std::string name, std::string symbol, std::string meaning) {
  return integer(std::move(name), std::move(symbol), std::move(meaning)).at_least(1).at_most(Rational::parse("1e15"));
}

}  // namespace

void register_model_quantities(QuantityRegistry& registry) {
  // No version in double: the total weight overflows for many cores, and the waiting time cancels where the lock is
  // idle.
  registry.add({
      .name = "assm.lock_queue",
      .summary = "Idle probability, throughput, waiting time and speedup of the write lock shared by P cores.",
      .source = "the write lock of ASSM, as a machine-repairman queue M/M/1//P",
      .parameters = {integer("P", "P", "number of cores").at_least(1).at_most(100000),
                     real("compute_rate", "\\lambda", "subgradients a unit of time and core").above(0),
                     real("lock_service_rate", "\\mu", "updates a unit of time while the lock is held").above(0)},
      .outputs = {"p_idle: probability that nobody holds the lock", "throughput: updates a unit of time",
                  "mean_lock_wait: mean time from asking for the lock to holding it",
                  "speedup: throughput over that of one core"},
      .enclosed = lock_queue_certified,
  });

  registry.add({
      .name = "assm.model_bounds",
      .summary =
          "Largest delay under bounded service times, and the largest p_min that the assumption read a pair (i, xi) "
          "allows.",
      .source = "Assumption 3.1, parts 1 and 2",
      .parameters = {count("P", "P", "cores"), real("service_min", "a", "shortest service time").above(0),
                     real("service_max", "b", "longest service time").above(0), count("N_blocks", "N", "blocks"),
                     count("M_samples", "M", "samples"), count("batch", "|\\xi|", "samples in a mini-batch")},
      .outputs = {"delay_bound: (P-1)(floor(b/a)+1)", "log10_pmin_upper: -log10(N C(M, batch))"},
      .validate =
          [](const Inputs& in) {
            if (in.rational("service_max") < in.rational("service_min"))
              throw DomainError("service_max", in.rational("service_max").to_decimal(17), "service_max >= service_min");
            if (in.integer("M_samples") < in.integer("batch"))
              throw DomainError("batch", in.rational("batch").to_decimal(17), "1 <= batch <= M_samples");
          },
      .enclosed = model_bounds,
  });

  registry.add({
      .name = "assm.time_fraction",
      .summary = "Share of [0, T] that the solution of ubar x' in -d|x| spends within eps of 0.",
      .source = "Theorem 3.2, last statement",
      .parameters = {real("x0", "x_0", "start"), real("ubar", "\\bar u", "mean inter-update time").above(0),
                     real("eps", "\\epsilon", "radius of the neighbourhood").at_least(0),
                     real("T", "T", "length of the interval").above(0)},
      .outputs = {"fraction: of the time with |x| <= eps"},
      .enclosed = fraction_of_time<Rational>,
      .floating = fraction_of_time<double>,
  });

  registry.add({
      .name = "assm.scheduling_limit",
      .summary =
          "Limit (t, t) of the blocks of |x-y| + (x^2+y^2)/4 when the choice of the block depends on the sign of x-y.",
      .source = "Section 3.3.3, block-wise stationarity; Assumption 3.1",
      .parameters = {probability("p1_if_D_pos", "probability of block 1 where x > y"),
                     probability("p1_if_D_neg", "probability of block 1 where x < y")},
      .outputs = {"limit_t: t", "dist_joint: distance of 0 from the subdifferential at (t, t), |t|/sqrt(2)",
                  "block_measure: largest distance of 0 from a block projection"},
      .validate =
          [](const Inputs& in) {
            const Rational &a = in.rational("p1_if_D_pos"), &b = in.rational("p1_if_D_neg");
            if (a == b && (a.sign() == 0 || a == Rational(1)))
              throw DomainError("p1_if_D_pos", a.to_decimal(17),
                                "not 0 and not 1 together with p1_if_D_neg: one block would never move");
          },
      .enclosed = limit_of_schedule,
      .floating = limit_of_schedule_float,
  });

  registry.add({
      .name = "assm.stationary_roots",
      .summary = "Positive stationary points of (x^2-1)^2/4 + lambda |x|; the stationary points are 0 and +- these.",
      .source = "the L1 penalty of Section 4 on a double well",
      .parameters = {real("lambda", "\\lambda", "weight of the penalty").at_least(0)},
      .outputs = {"positive_roots: of x^3 - x + lambda",
                  "local_max_then_local_min: whether there are two, a maximum and a minimum"},
      .enclosed = stationary_roots,
  });
}

}  // namespace asyncert::assm
