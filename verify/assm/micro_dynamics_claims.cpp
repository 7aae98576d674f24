// Claims about the leading order near the kink: the motion of (x-y)/gamma at a fixed t, which no step size enters.
#include <map>
#include <numeric>
#include <tuple>

#include "bounds/assm/schedule.hpp"
#include "verify/assm/themes.hpp"

namespace asyncert::assm {

namespace {

/// At (x, y) near (t, t) an update of core 1 moves x by -gamma (s + (t-1)/2), one of core 2 moves y by -gamma (-s +
/// (t+1)/2), with s = 1, -2 or 0 as the D = x - y of the core's view is positive, negative or zero. With t frozen,
/// D/gamma follows a map of finitely many states (D lives on a lattice and is driven towards 0), so that it becomes
/// periodic.
struct FrozenMotion {
  Rational drift;  ///< mean change of (x+y)/2 an update, in units of gamma, over the cycle
  long length;     ///< updates of the cycle
};

FrozenMotion frozen_motion(const std::vector<long>& cores, const Rational& t, const Rational& start) {
  Rational D = start, views[2] = {start, start}, moved;
  std::map<std::tuple<long, std::string, std::string, std::string>, std::pair<long, Rational>> seen;
  const long n = static_cast<long>(cores.size());
  for (long k = 0;; ++k) {
    const auto [at, fresh] =
        seen.try_emplace({k % n, D.to_string(), views[0].to_string(), views[1].to_string()}, k, moved);
    if (!fresh) return {(moved - at->second.second) / Rational(k - at->second.first), k - at->second.first};
    const long c = cores[static_cast<std::size_t>(k % n)], sign = views[c].sign();
    const Rational s(sign > 0 ? 1 : sign < 0 ? -2 : 0), one(1), two(2);
    const Rational step = c == 0 ? -(s + (t - one) / two) : -((t + one) / two - s);
    D += c == 0 ? step : -step;
    moved += step / two;
    views[c] = D;
  }
}

/// The cores' order in one common period of two integer periods.
std::vector<long> one_round(long first, long second) {
  const long common = std::lcm(first, second);
  std::vector<long> cores;
  for (const Write& w : deterministic_schedule({first, second}, common / first + common / second))
    cores.push_back(w.core);
  return cores;
}

/// Appends the drift at `t` from every generic start with |D/gamma| <= 3, compared with `wanted`. For t = p/q all
/// increments of D are multiples of 1/(2q), so that the starts between two neighbouring multiples move alike: the
/// midpoints stand for all of them.
void add_drifts(Evidence& e, long p, long q, Relation relation, const Rational& wanted) {
  const std::vector<long> cores = one_round(1, 3);
  const Rational t(p, q);
  for (long cell = -6 * q; cell < 6 * q; ++cell) {
    const Rational start(2 * cell + 1, 4 * q);
    const FrozenMotion m = frozen_motion(cores, t, start);
    compare(e, "mean drift of (x+y)/2", m.drift, relation, wanted,
            Object()
                .add("t", t)
                .add("D/gamma at the start", start)
                .add("length of the cycle", m.length)
                .add("periods", List{1, 3}));
  }
}

Evidence cycles() {
  return evidence(
      Coverage::instance,
      "exact cycles of the frozen motion with periods 1 and 3, one start for each class of generic starts in [-3,3]");
}

Evidence drift_at_minimiser() {
  Evidence e = cycles();
  add_drifts(e, 0, 1, Relation::equal, Rational(-1, 8));
  return e;
}

/// Above the limit the drift is downwards, at it it vanishes, below it is upwards.
Evidence limit_of_frozen_motion() {
  Evidence e = cycles();
  add_drifts(e, 1, 4, Relation::less, Rational(-1, 20));
  add_drifts(e, 0, 1, Relation::less, Rational(-1, 10));
  add_drifts(e, -1, 5, Relation::equal, 0);
  Evidence upwards = cycles();
  add_drifts(upwards, -1, 4, Relation::less, 0);
  for (Comparison c : upwards.comparisons) {
    std::swap(c.left, c.right);
    e.comparisons.push_back(std::move(c));
  }
  return e;
}

}  // namespace

void register_micro_dynamics_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.theorem3_2.leading_order.minimiser",
       .source = "proof of Theorem 3.2 for PASSM, the limit of the stale terms",
       .statement =
           R"(At the minimiser of the strongly convex function the leading-order mean drift of $(x+y)/2$ is $-\frac18$ an update, in units of the step, cores of periods 1 and 3)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return drift_at_minimiser(); },
       .note = "The motion of (x-y)/gamma contains no step size: the drift does not vanish for any gamma."});
  registry.add(
      {.id = "assm.theorem3_2.leading_order",
       .source = "proof of Theorem 3.2 for PASSM, corrected",
       .statement =
           R"(With periods 1 and 3 the leading-order drift vanishes at $t=-1/5$, is positive at $-1/4$ and negative at $0$ and $1/4$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return limit_of_frozen_motion(); },
       .uses = {"assm.theorem3_2.bias_persists"},
       .note = "So the runs with vanishing steps settle at -1/5, which is where the certified runs tend."});
}

}  // namespace asyncert::assm
