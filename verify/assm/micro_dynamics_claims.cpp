// Claims about the leading order near the kink: the motion of (x-y)/gamma at a fixed t, which no step size enters.
#include <map>
#include <numeric>
#include <tuple>

#include "bounds/assm/schedule.hpp"
#include "lib/rational_matrix.hpp"
#include "verify/assm/claims.hpp"

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

/// The frozen motion at t = 0 with independent cores, core 1 with probability 2/3, and ages of at most 1: a core sees D
/// as it is if it wrote last, else D before the last update.
struct ModelState {
  Rational D, before;
  std::size_t last;
  std::string key() const { return D.to_string() + "|" + before.to_string() + "|" + std::to_string(last); }
};

struct ModelMotion {
  Rational drift_of_t, drift_of_D;
  long states = 0;
};

/// Mean changes of (x+y)/2 and D in units of gamma under the stationary law of the recurrent class from D = start.
ModelMotion model_motion(const Rational& start, long delta) {
  const Rational probability[2] = {Rational(2, 3), Rational(1, 3)}, half(1, 2);
  const auto step_of = [&](const ModelState& s, std::size_t c) {
    const Rational& view = delta == 0 || s.last == c ? s.D : s.before;
    const Rational slope(view.sign() > 0 ? 1 : -2);
    return c == 0 ? half - slope : slope - half;  // of x, or of y
  };
  const auto next = [&](const ModelState& s, std::size_t c) {
    const Rational step = step_of(s, c);
    return ModelState{c == 0 ? Rational(s.D + step) : Rational(s.D - step), s.D, c};
  };
  const auto reachable = [&](const ModelState& from) {
    std::vector<ModelState> list{from};
    std::map<std::string, long> index{{from.key(), 0}};
    for (std::size_t k = 0; k < list.size(); ++k)
      for (std::size_t c = 0; c < 2; ++c) {
        const ModelState s = next(list[k], c);
        if (index.try_emplace(s.key(), static_cast<long>(list.size())).second) list.push_back(s);
      }
    return std::pair(list, index);
  };
  // A state that leads to the fewest lies in a recurrent class, and leads to nothing else.
  auto best = reachable({start, start, 0});
  for (const ModelState& s : std::vector<ModelState>(best.first))
    if (auto other = reachable(s); other.first.size() < best.first.size()) best = std::move(other);
  const auto& [states, index] = best;
  const long n = static_cast<long>(states.size());
  RationalMatrix balance(n, n);  // rows: the law is invariant, and adds up to 1
  for (long j = 0; j < n; ++j) balance.set(j, j, Rational(-1));
  for (long j = 0; j < n; ++j)
    for (std::size_t c = 0; c < 2; ++c) {
      const long i = index.at(next(states[static_cast<std::size_t>(j)], c).key());
      balance.set(i, j, balance(i, j) + probability[c]);
    }
  for (long j = 0; j < n; ++j) balance.set(n - 1, j, Rational(1));
  const RationalMatrix solution = balance.inverse();
  ModelMotion m;
  m.states = n;
  for (long j = 0; j < n; ++j)
    for (std::size_t c = 0; c < 2; ++c) {
      const Rational flow = solution(j, n - 1) * probability[c] * step_of(states[static_cast<std::size_t>(j)], c);
      m.drift_of_t += flow / Rational(2);
      m.drift_of_D += c == 0 ? flow : Rational(-flow);
    }
  return m;
}

/// All increments of D at t = 0 are multiples of 1/2, so that generic starts between two of them move alike.
Evidence model_drift(long delta, const Rational& drift) {
  Evidence e =
      evidence(Coverage::instance,
               "exact stationary law of the frozen motion with independent cores (2/3, 1/3), one start for each "
               "class of generic starts in [-3,3]");
  for (long cell = -6; cell < 6; ++cell) {
    const Rational start(2 * cell + 1, 4);
    const ModelMotion m = model_motion(start, delta);
    const Object at = Object()
                          .add("t", 0)
                          .add("delta", delta)
                          .add("D/gamma at the start", start)
                          .add("states", m.states)
                          .add("drift of (x+y)/2", m.drift_of_t);
    e.hypotheses.push_back({"D/gamma is stationary", m.drift_of_D.sign() == 0, ""});
    compare(e, "mean drift of (x+y)/2", m.drift_of_t, Relation::equal, drift, at);
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
  registry.add(
      {.id = "assm.theorem3_2.leading_order.model",
       .source = "Theorem 3.2 for PASSM with Assumption 3.1 to the letter",
       .statement =
           R"(Independent cores with probabilities $\frac23,\frac13$ and ages up to 1: at the minimiser of the strongly convex function the leading-order mean drift of $(x+y)/2$ is $-\frac4{345}$ an update, in units of the step)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return model_drift(1, Rational(-4, 345)); },
       .note =
           "So a bias outlasts every vanishing step size: the runs settle where the drift vanishes, which is not the "
           "stationary point that Section 3 announces."});
  registry.add(
      {.id = "assm.theorem3_2.leading_order.no_delay",
       .source = "Theorem 3.2 for PASSM without delay",
       .statement = R"(With ages 0 the same cores have no leading-order drift at the minimiser: the delay makes it)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return model_drift(0, 0); }});
}

}  // namespace asyncert::assm
