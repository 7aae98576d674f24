// Claims about reads and traces of runs: Section 2, Algorithm 2, the filtrations, inter-update times.
#include <algorithm>
#include <numeric>

#include "bounds/assm/momentum.hpp"
#include "bounds/assm/schedule.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// A memory of two blocks while core 1 reads block 1, others write as told, and core 1 reads block 2.
struct ReadStory {
  std::vector<std::array<long, 2>> states{{0, 0}};  ///< versions of both blocks after each write
  std::array<long, 2> view{0, 0};                   ///< versions that core 1 has read
};

ReadStory read_while(const std::vector<std::size_t>& written_blocks) {
  ReadStory s;
  s.view[0] = s.states.back()[0];
  for (const std::size_t block : written_blocks) {
    auto next = s.states.back();
    ++next[block];
    s.states.push_back(next);
  }
  s.view[1] = s.states.back()[1];
  return s;
}

/// How many states of the memory equal the view.
Evidence states_like_view(const std::vector<std::size_t>& written_blocks, long expected) {
  const ReadStory s = read_while(written_blocks);
  List writes, states;
  for (const std::size_t b : written_blocks) writes.push_back(static_cast<long>(b + 1));
  for (const auto& state : s.states) states.push_back(List{state[0], state[1]});
  Evidence e =
      evidence(Coverage::instance, "enumeration of the memory's states during the read, as versions of the two blocks");
  compare(e, "states of the memory equal to the view", std::count(s.states.begin(), s.states.end(), s.view),
          Relation::equal, expected,
          Object()
              .add("blocks written between the two reads", std::move(writes))
              .add("states", std::move(states))
              .add("view", List{s.view[0], s.view[1]}));
  return e;
}

/// The run of two cores on |x-y| + (x^2+y^2)/4, and Algorithm 2 fed with its blocks and ages: it sees past versions
/// only.
Evidence algorithm2_replays(const Rational& m, long planted_age) {
  const std::vector<Rational> periods = {2, 3};
  const Rational gamma(1, 4);
  std::array<Rational, 2> x{Rational(3), Rational(1)}, u, views[2] = {x, x}, replay_u;
  std::array<std::vector<Rational>, 2> block{std::vector<Rational>{x[0]}, {x[1]}};
  const auto partial = [](const std::array<Rational, 2>& at, std::size_t c) {
    const Rational outward(c == 0 ? 1 : -1);
    return outward * Rational((at[0] - at[1]).sign()) + at[c] / Rational(2);
  };
  Evidence e =
      evidence(Coverage::instance,
               "exact run of 60 writes with periods 2 and 3, and Algorithm 2 on its trace of blocks and block ages");
  long k = 0;
  for (const Write& w : deterministic_schedule(periods, 60)) {
    const auto c = static_cast<std::size_t>(w.core);
    u[c] = m * u[c] + partial(views[c], c);
    x[c] -= (Rational(1) - m) * gamma * u[c];
    views[c] = x;
    std::array<Rational, 2> stale;
    for (std::size_t j = 0; j < 2; ++j) {
      const long newest = static_cast<long>(block[j].size()) - 1, age = w.block_ages[j] + (j == c ? 0 : planted_age);
      stale[j] = block[j][static_cast<std::size_t>(std::max(0L, newest - age))];
    }
    replay_u[c] = m * replay_u[c] + partial(stale, c);
    block[c].push_back(block[c].back() - (Rational(1) - m) * gamma * replay_u[c]);
    compare(e, "coordinate after the write", block[c].back(), Relation::equal, x[c],
            Object().add("k", k++).add("core", w.core).add("periods", Value(periods)).add("m", m));
  }
  return e;
}

/// Epochs draw without replacement: after sample 1, sample 1 cannot come next.
Evidence epochs_dependent() {
  const long M = 4;
  long both = 0, orders = 0;
  for (long first = 0; first < M; ++first)
    for (long second = 0; second < M; ++second) {
      if (second == first) continue;
      ++orders;
      both += first == 0 && second == 0 ? 1 : 0;
    }
  Evidence e = evidence(Coverage::instance, "enumeration of the first two samples of an epoch through 4 samples");
  compare(e, "P(xi^0 = 1, xi^1 = 1) is not P(xi^0 = 1) P(xi^1 = 1)", Rational(both, orders), Relation::not_equal,
          Rational(1, M * M), Object().add("M", M));
  return e;
}

/// dtau_k = 1/k is uniformly integrable, and its window means vanish.
Evidence vanishing_mean_time() {
  Evidence e = evidence(Coverage::instance,
                        "inter-update times 1/k (at most 1, hence uniformly integrable): exact means over k..2k-1");
  for (const long k : {10L, 1000L, 4000L}) {
    Rational sum;
    for (long j = k; j < 2 * k; ++j) sum += Rational(1, j);
    compare(e, "window mean of dtau <= 1/k", sum / Rational(k), Relation::less_equal, Rational(1, k),
            Object().add("k", k).add("dtau_k", "1/k"));
  }
  return e;
}

/// dtau_k = 1 for 4^j <= k < 2 4^j and 2 for 2 4^j <= k < 4^{j+1}: both kinds of windows are as long as their start.
Evidence means_without_limit() {
  Evidence e = evidence(Coverage::instance,
                        "exact means of the bounded inter-update times 1 for 4^j <= k < 2 4^j and 2 for 2 4^j <= k < "
                        "4^{j+1} over k..2k-1 at k = 4^j and k = 2 4^j, where they are constant, j = 3, 5, 7");
  const auto dtau = [](long k) {
    long power = 1;
    while (4 * power <= k) power *= 4;
    return k < 2 * power ? 1L : 2L;
  };
  for (const long j : {3L, 5L, 7L})
    for (const long value : {1L, 2L}) {
      const long k = value << (2 * j);
      long sum = 0;
      for (long i = k; i < 2 * k; ++i) sum += dtau(i);
      compare(e, "mean over k..2k-1", Rational(sum, k), Relation::equal, value, Object().add("k", k));
    }
  return e;
}

/// psi_k = k is outside [-a,a] for k > a, so that the indicator makes the limit of Assumption 3.4 zero, whatever ubar
/// is; with dtau = 1 the two times of (6) are the same.
Evidence any_mean() {
  Evidence e = evidence(Coverage::instance,
                        "|x|, one core without delay, exact subgradients, dtau = u = 1, psi_k = k, gamma(s) = "
                        "(1+s)^{-1/2}: the indicator of psi in [-a,a] is 0 from k = a on, so that ubar = 2 is "
                        "admitted, with which (6) has tau(t) = 2t; tau^sigma(1) enclosed, the sum of gamma dtau over "
                        "the updates at which the sum of gamma is at most 1");
  for (const long sigma : {100L, 10000L, 1000000L}) {
    const Rational dtau(1);
    Ball t, tau, gamma;
    for (long T = sigma; !certainly_less(1, t + gamma); ++T) {
      t += gamma;
      tau += gamma * Ball(dtau);
      gamma = Ball(2) / (sqrt(Ball(T + 1)) + sqrt(Ball(T + 2)));
    }
    compare(e, "|tau^sigma(1) - 2| <= 1/10", abs(tau - Ball(2)), Relation::less_equal, Rational(1, 10),
            Object().add("f", "|x|").add("dtau", dtau).add("sigma", sigma).add("psi_k", "k").add("ubar", 2));
  }
  return e;
}

/// How many update times after T_{k+1} the condition of F_{k,i} lets in: T_k <= T_{k+1}, which is about k alone, or T_j
/// <= T_{k+1}.
Evidence future_times(bool as_printed) {
  std::vector<Rational> T{0};
  for (long j = 0; j < 20; ++j) T.push_back(T.back() + Rational(1 + j % 3, 2));
  Evidence e = evidence(Coverage::instance, "exact count over 20 update times of one block, k = 0..15");
  for (std::size_t k = 0; k < 16; ++k) {
    long future = 0;
    for (std::size_t j = k + 2; j < T.size(); ++j)
      if (as_printed ? T[k] <= T[k + 1] : T[j] <= T[k + 1]) ++future;
    compare(e, "update times after T_{k+1} that F_{k,i} measures", future, Relation::equal, 0,
            Object()
                .add("k", static_cast<long>(k))
                .add("T_{k+1}", T[k + 1])
                .add("condition", as_printed ? "T_k <= T_{k+1}" : "T_j <= T_{k+1}"));
  }
  return e;
}

/// At m = 0 the weights of (4) are 0, ..., 0, 1.
Evidence without_momentum() {
  Evidence e = evidence(Coverage::instance, "exact weights (1-m) m^{k-j} at m = 0, k = 0..20");
  for (long k = 0; k <= 20; ++k) {
    const std::vector<Rational> weights = momentum_weights(Rational(0), k);
    compare(e, "the weight of the last subgradient", weights.back(), Relation::equal, 1, Object().add("k", k));
    compare(e, "the sum of the weights", std::accumulate(weights.begin(), weights.end(), Rational(0)), Relation::equal,
            1, Object().add("k", k));
  }
  return e;
}

}  // namespace

void register_trace_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section2.inconsistent_read.three_steps",
       .source = "Section 2, the three steps of its example of an inconsistent read",
       .statement =
           R"(Block 1 is read, block 2 is written, block 2 is read: the vector that was read is the memory's present state)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return states_like_view({1}, 1); },
       .note = "The example goes on with \"etc.\": what it lacks is a write of block 1 before that of block 2."});
  registry.add(
      {.id = "assm.section2.inconsistent_read",
       .source = "Section 2, corrected",
       .statement =
           R"(Block 1 is read, blocks 1 and 2 are written in this order, block 2 is read: the vector that was read never existed)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) {
         return states_like_view({0, 1}, 0);
       }});
  registry.add(
      {.id = "assm.algorithm2",
       .source = "Algorithm 2",
       .statement =
           R"(Algorithm 2 on the trace $(i^k,d^k)$ of a block-wise run reproduces it, with $d_j$ the age of block $j$: 60 writes with periods 2 and 3, $m=0$ and $m=\frac12$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) {
         Evidence e = algorithm2_replays(0, 0);
         Evidence with_momentum = algorithm2_replays(Rational(1, 2), 0);
         e.comparisons.insert(e.comparisons.end(), with_momentum.comparisons.begin(), with_momentum.comparisons.end());
         return e;
       }});
  registry.add(
      {.id = "assm.section4.epochs",
       .source = "Section 2, independent mini-batches, with the epochs of Section 4",
       .statement = R"(Samples that an epoch draws without replacement are not independent, $M=4$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return epochs_dependent(); },
       .note = "The analysis asks for independent mini-batches; epochs are usually passes through a permutation."});
  registry.add(
      {.id = "assm.assumption3_4.vanishing_mean_time",
       .source = "Assumptions 3.3 and 3.4 as (8) uses them",
       .statement =
           R"(The uniformly integrable inter-update times $1/k$ have window means of at most $1/k$, $k=10,1000,4000$: $\bar u_i=0$ is not excluded)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return vanishing_mean_time(); },
       .note = "(8) gives the speed as a subgradient over the mean time, for which no lower bound is assumed."});
  registry.add(
      {.id = "assm.assumption3_4.not_implied",
       .source = "Assumption 3.4, against Assumption 3.3",
       .statement =
           R"(Bounded inter-update times need not average: $\delta\tau_k=1$ for $4^j\le k<2\cdot4^j$ and $2$ for $2\cdot4^j\le k<4^{j+1}$ have windows $k..2k-1$ of mean $1$ and of mean $2$, here for $j=3,5,7$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return means_without_limit(); },
       .note = "No ubar exists for such a core as long as psi stays in a compact set, and (8) has no speed: "
               "Assumption 3.4 is a restriction of its own. Where psi does not stay, it is none: "
               "assm.assumption3_4.any_mean.printed."});
  registry.add(
      {.id = "assm.assumption3_4.any_mean.printed",
       .source = "Theorem 3.2, (6) \"for any ubar satisfying 3.4\"",
       .statement =
           R"(The limit of $\tau^\sigma$ has (6) with every $\bar u$ that Assumption 3.4 admits, here $\bar u=2$ for $\delta\tau=1$: $\tau^\sigma(1)$ is within $\frac1{10}$ of $2$ at late $\sigma$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return any_mean(); },
       .note = "The assumption speaks of psi in compact sets alone and does not keep psi there: a psi that leaves all "
               "of them admits every ubar. That psi is tight must be assumed too.",
       .no_correction =
           "The tightness of psi has to be assumed, and no finite computation decides whether a run has it."});
  registry.add(
      {.id = "assm.section3_2.filtration.printed",
       .source = "Section 3.2, the definition of F_{k,i}",
       .statement = R"($\{T_{j,i}: T_{k,i}\le T_{k+1,i}\}$ holds no update time after $T_{k+1,i}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return future_times(true); },
       .note = "The condition does not mention j and is always true: all future update times are measured, so that the "
               "conditional means of Assumption 3.4 are the times themselves.",
       .instead = "assm.section3_2.filtration"});
  registry.add(
      {.id = "assm.section3_2.filtration",
       .source = "Section 3.2, corrected",
       .statement = R"($\{T_{j,i}: T_{j,i}\le T_{k+1,i}\}$ holds no update time after $T_{k+1,i}$, on 20 update times)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return future_times(false); }});
  registry.add(
      {.id = "assm.section2.without_momentum",
       .source = "Section 2, 0 < m < 1 is required, against the abstract and Figure 1",
       .statement = R"(At $m=0$ (4) is the method without momentum: only the last subgradient counts, $k\le20$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return without_momentum(); },
       .note = "The stated range leaves out m = 0, which Figure 1 has and the analysis covers as well."});

  registry.add({.id = "assm.canary.algorithm2_older",
                .source = "planted",
                .statement = R"(Algorithm 2 with ages one too large reproduces the run)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return algorithm2_replays(0, 1); },
                .canary = true});
}

}  // namespace asyncert::assm
