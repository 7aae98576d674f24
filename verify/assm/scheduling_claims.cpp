// Claims about the probabilistic model: Assumption 3.1, labels and ages.
#include <algorithm>
#include <array>
#include <functional>

#include "bounds/assm/schedule.hpp"
#include "bounds/assm/scheduling.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// Ages of the writes of a given sequence of cores, each re-reading right after its own write.
std::vector<long> ages_of(const std::vector<long>& cores, long core_count) {
  std::vector<long> last_read(static_cast<std::size_t>(core_count), 0), ages;
  for (std::size_t k = 0; k < cores.size(); ++k) {
    long& read = last_read[static_cast<std::size_t>(cores[k])];
    ages.push_back(static_cast<long>(k) - read);
    read = static_cast<long>(k) + 1;
  }
  return ages;
}

/// Part 2 gives core 1 probability at least p_min at each step whatever happened, so delta+1 writes in a row have
/// probability at least p_min^{delta+1}; core 2's next write is then older than delta.
Evidence delay_against_probability() {
  Evidence e = evidence(Coverage::sample,
                        "explicit write sequences for delta = 0..20: core 1 writes delta+1 times, then core 2");
  for (long delta = 0; delta <= 20; ++delta) {
    std::vector<long> cores(static_cast<std::size_t>(delta) + 1, 0);
    cores.push_back(1);
    compare(e, "delta < age of the write of core 2", delta, Relation::less, ages_of(cores, 2).back(),
            Object()
                .add("delta", delta)
                .add("writes of core 1 in a row", delta + 1)
                .add("probability at least", "p_min^(delta+1) > 0"));
  }
  return e;
}

/// Largest ages over many vectors of periods in [a, b] against (P-1)(floor(b/a)+1) - reduction.
Evidence delay_bound_holds(const Context& context, long reduction) {
  Evidence e = evidence(
      Coverage::sample,
      "event-driven schedules of 2, 3 and 4 cores with periods from a grid of eighths in [1, 3], 200 writes each");
  for (long P = 2; P <= 4; ++P)
    for (long pattern = 0; pattern < widened(context, 40); ++pattern) {
      std::vector<Rational> periods;
      const long denominator = 1 + pattern / 40;
      for (long c = 0; c < P; ++c)
        periods.push_back(
            Rational(8 * denominator + (pattern * (2 * c + 3) + 5 * c) % (16 * denominator + 1), 8 * denominator));
      const auto [least, most] = std::minmax_element(periods.begin(), periods.end());
      long worst = 0;
      for (const Write& w : deterministic_schedule(periods, 200)) worst = std::max(worst, w.global_age);
      compare(e, "largest age <= (P-1)(floor(b/a)+1)", worst, Relation::less_equal,
              delay_bound(P, *least, *most) - Rational(reduction), Object().add("periods", Value(periods)));
    }
  return e;
}

Evidence delay_bound_sharp() {
  const std::vector<Rational> periods = {Rational(5, 2), Rational(1)};
  long worst = 0;
  for (const Write& w : deterministic_schedule(periods, 100)) worst = std::max(worst, w.global_age);
  Evidence e = evidence(Coverage::instance, "event-driven schedule of two cores with periods 5/2 and 1");
  compare(e, "largest age", worst, Relation::equal, delay_bound(2, 1, Rational(5, 2)),
          Object().add("periods", Value(periods)));
  return e;
}

/// With exponential service of equal rates the next writer is fair, and an age above delta needs delta+1 writes of the
/// other.
Evidence exponential_service() {
  Evidence e =
      evidence(Coverage::sample,
               "memoryless cores of equal rates, which read again right after a write: all orders of the delta "
               "+ 1 writers between two writes of core 1, delta = 0..10, exactly");
  for (long delta = 0; delta <= 10; ++delta) {
    long older = 0;
    for (unsigned order = 0; order < 1u << (delta + 1); ++order) {
      std::vector<long> cores{0};
      for (long k = 0; k <= delta; ++k) cores.push_back(order >> k & 1);
      cores.push_back(0);
      older += ages_of(cores, 2).back() > delta ? 1 : 0;
    }
    compare(e, "P(age > delta)", Rational(older, 1L << (delta + 1)), Relation::equal, pow(Rational(1, 2), delta + 1),
            Object().add("delta", delta).add("P", 2));
  }
  return e;
}

/// N C pairs with probabilities of at least p_min each add up to 1, so that p_min <= 1/(N C).
Certificate smallest_of_all_pairs() {
  return Certificate(
             "the probabilities of the N C(M,b) pairs add up to 1 and none is below p_min: N C p_min = 1 - the sum "
             "of what they exceed it by")
      .identity(
          "N C (1/(N C) - p_min) = 1 - N C p_min", {{"N", 1}, {"C", 1}, {"p_min", 1}},
          [](const asyncert::Point& v) { return v[0] * v[1] * (one / (v[0] * v[1]) - v[2]); },
          [](const asyncert::Point& v) { return one - v[0] * v[1] * v[2]; });
}

/// The smallest probability of a pair in the uniform law and in the paper's setting.
Evidence pair_probability() {
  Evidence e = evidence(Coverage::sample, "counting of the pairs, binomials by the log-gamma function");
  const Value bound = log10_pmin_upper(10, 50000, 128);
  compare(e, "log10 p_min", *bound.get<Ball>(), Relation::less_equal, -386,
          Object().add("N", 10).add("M", 50000).add("batch", 128));
  return e;
}

/// P(first n choices | past) of a path of a fair independent choice, against P(next choice | past).
Evidence path_probability(bool whole_path) {
  Evidence e =
      evidence(Coverage::instance, "independent fair choice of one of two blocks: conditional probabilities, exactly");
  const long n = 400;
  const Rational probability = whole_path ? pow(Rational(1, 2), n) : Rational(1, 2);
  compare(e, whole_path ? "liminf: 10^-100 <= P(path | past)" : "liminf: 1/2 <= P(zeta^k | past)",
          whole_path ? pow(Rational(1, 10), 100) : Rational(1, 2), Relation::less_equal, probability,
          Object().add("choice", "fair and independent").add("length of the path", n));
  return e;
}

/// The version of block 2 that block 1's k-th update reads: by the printed index k - d, against what was read.
Evidence index_of_other_block(bool local_index) {
  const std::vector<Rational> periods = {1, 2};
  const std::vector<Write> writes = deterministic_schedule(periods, 3000);
  Evidence e = evidence(Coverage::instance,
                        "event-driven schedule with periods 1 and 2; versions recounted from the sequence of writes");
  std::vector<long> counts(2, 0), seen(2, 0);
  long oldest = 0;
  for (const Write& w : writes) oldest = std::max(oldest, w.global_age);
  for (const Write& w : writes) {
    const auto c = static_cast<std::size_t>(w.core);
    if (c == 0) {
      const long own = counts[0], version = seen[0], age = w.block_ages[1];
      if (local_index && own >= 1990 && e.comparisons.empty())
        compare(e, "k minus the version read <= the largest delay", own - version, Relation::less_equal, oldest,
                Object().add("k", own).add("version of block 2 read", version).add("largest delay", oldest));
      if (!local_index && own % 50 == 0)
        compare(e, "updates of block 2 before the write, minus its age", counts[1] - age, Relation::equal, version,
                Object().add("k", own).add("age", age));
    }
    ++counts[c];
    if (c == 0) seen[0] = counts[1];
  }
  return e;
}

/// |x| with delays read as labels (all subgradients at x_0 when delta = 0), or as ages; gamma_k = 1/(2 sqrt(k+1)).
Evidence label_or_age(bool label) {
  const long K = 2000;
  Ball x(1);
  for (long k = 0; k < K; ++k)
    x -= (label || decide_less(Ball(0), x) ? Ball(1) : Ball(-1)) / (Ball(2) * sqrt(Ball(k + 1)));
  Evidence e = evidence(Coverage::instance,
                        "|x| from x_0 = 1 (B_g = 1), delta = 0, steps 1/(2 sqrt(k+1)), 2000 steps, enclosed");
  compare(e, "|x_K| <= |x_0|", abs(x), Relation::less_equal, 1,
          Object().add("f", "|x|").add("K", K).add("delta", 0).add("gamma_k", "1/(2 sqrt(k+1))"));
  return e;
}

/// All orders of events of cores that in turn read all and write one of their two blocks: the version of the written
/// block less the one that was read.
Evidence own_age_in_every_order(long stale) {
  Evidence e =
      evidence(Coverage::domain,
               "only its owner writes a block, and it reads all blocks after each of its writes: an event of "
               "another core changes neither the block's version nor what the owner has read, so that by "
               "induction over the events the age at a write is 0; and all orders of 9 events of 2 cores and of 7 "
               "events of 3 cores with two blocks each");
  for (const auto& [P, events] : {std::pair{2L, 9L}, {3L, 7L}}) {
    const auto cores = static_cast<std::size_t>(P);
    long worst = 0, orders = 0;
    std::vector<std::array<long, 2>> version(cores), seen = version;
    std::vector<bool> has_read(cores);
    const std::function<void(long)> go = [&](long left) {
      if (left == 0) {
        ++orders;
        return;
      }
      for (std::size_t c = 0; c < cores; ++c) {
        const auto old_version = version[c], old_seen = seen[c];
        if (!has_read[c]) {
          seen[c] = {version[c][0] - (version[c][0] > 0 ? stale : 0), version[c][1]};
          has_read[c] = true;
          go(left - 1);
          has_read[c] = false;
        } else {
          has_read[c] = false;
          for (std::size_t block = 0; block < 2; ++block) {
            worst = std::max(worst, version[c][block] - seen[c][block]);
            ++version[c][block];
            go(left - 1);
            version[c] = old_version;
          }
          has_read[c] = true;
        }
        version[c] = old_version, seen[c] = old_seen;
      }
    };
    go(events);
    compare(e, "largest age of an own block", worst, Relation::equal, 0,
            Object().add("cores", P).add("events", events).add("orders", orders));
  }
  return e;
}

Evidence own_age(const Context& context) {
  Evidence e =
      evidence(Coverage::sample,
               "event-driven schedules of 2..5 cores with 30 vectors of periods each, 150 writes, one block a core");
  for (long P = 2; P <= 5; ++P)
    for (long pattern = 1; pattern <= widened(context, 30); ++pattern) {
      std::vector<Rational> periods;
      const long finer = 1 + pattern / 31;
      for (long c = 0; c < P; ++c)
        periods.push_back(Rational(7 * finer + (pattern * (c + 2)) % (12 * finer + 1), 7 * finer));
      long worst = 0;
      for (const Write& w : deterministic_schedule(periods, 150))
        worst = std::max(worst, w.block_ages[static_cast<std::size_t>(w.core)]);
      compare(e, "largest age of the own block", worst, Relation::equal, 0, Object().add("periods", Value(periods)));
    }
  return e;
}

}  // namespace

void register_scheduling_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.assumption3_1.reading_again",
       .source = "Assumption 3.1, parts 1 and 2, for cores that read again right after a write",
       .statement =
           R"(Two cores with a block each that read again right after their writes do not meet parts 1 and 2 together: after $\delta+1$ writes of one, of probability $p_{\min}^{\delta+1}$ or more, the next write of the other has an age above $\delta$, for every $\delta$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "core 2 has read all blocks when the first r writes were done; after delta + 1 writes of core "
                     "1, each of which has a probability of p_min or more whatever was before, its next write is "
                     "number r + delta + 1, counted from 0")
                     .identity(
                         "(r + delta + 1) - r = delta + 1", {{"r", 1}, {"delta", 1}},
                         [](const asyncert::Point& v) { return v[0] + v[1] + one - v[0]; },
                         [](const asyncert::Point& v) { return v[1] + one; }),
                 delay_against_probability());
           },
       .uses = {"assm.theorem3_2.leading_order.model"},
       .note = "The assumption does not say when a core reads: with reads late enough both parts hold, as in "
               "assm.theorem3_2.leading_order.model. Else irreducibility over a window of B steps repairs it."});
  registry.add(
      {.id = "assm.assumption3_1.delay_bound",
       .source = "Assumption 3.1, part 1",
       .statement = R"(Service times in $[a,b]$ give delays of at most $(P-1)(\lfloor b/a\rfloor+1)$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 Certificate(
                     "with b = (f+e) a, f the integer part of b/a and e < 1: f + 2 writes of another core are at "
                     "least (f+1) a apart, which exceeds a computation's length b by a (1-e) > 0, so that at most "
                     "f + 1 fall into it; there are P-1 others")
                     .identity(
                         "(f+1) a - (f+e) a = a (1-e)", {{"f", 1}, {"a", 1}, {"e", 1}},
                         [](const asyncert::Point& p) { return (p[0] + one) * p[1] - (p[0] + p[2]) * p[1]; },
                         [](const asyncert::Point& p) { return p[1] * (one - p[2]); }),
                 delay_bound_holds(c, 0));
           },
       .bound = true});
  registry.add({.id = "assm.assumption3_1.delay_bound_sharp",
                .source = "Assumption 3.1, part 1",
                .statement = R"(Two cores with periods $5/2$ and $1$ attain the delay bound)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return delay_bound_sharp(); }});
  registry.add(
      {.id = "assm.assumption3_1.exponential_service",
       .source = "Assumption 3.1, part 1",
       .statement =
           R"(Two memoryless cores of equal rates that read again right after their writes exceed every delay $\delta$ with the probability $2^{-\delta-1}>0$ at a write)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "the age exceeds delta if the delta + 1 writes before are all of the other core, each with "
                     "probability 1/2 whatever was before: induction over delta with q = 2^{-delta-1}")
                     .identity(
                         "q/2 + q/2 = q", {{"q", 1}}, [](const asyncert::Point& v) { return v[0] / two + v[0] / two; },
                         [](const asyncert::Point& v) { return v[0]; }),
                 exponential_service());
           },
       .note = "Part 1 excludes them. The largest delay grows as log K."});
  registry.add(
      {.id = "assm.assumption3_1.pair_probability",
       .source = "Assumption 3.1, part 2, for each (i, xi)",
       .statement = R"($p_{\min}\le1/(N\binom Mb)$: below $10^{-386}$ for 10 blocks and batches of 128 out of 50000)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(smallest_of_all_pairs(), pair_probability()); }});
  registry.add(
      {.id = "assm.assumption3_1.path.printed",
       .source = "Assumption 3.1, part 3",
       .statement =
           R"(Parts 2 and 3 hold together: $\liminf_kP(\zeta\mid\zeta^{0:k-1})>0$ for an independent fair choice of two blocks, which has $p_{\min}=\frac12$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return path_probability(true); },
       .note =
           "The printed event is the whole path, whose conditional probability is at most 2^-n for every n; zeta^k is "
           "meant. By part 2 no choice of two blocks or more does better: 1-p_min bounds each factor.",
       .instead = "assm.assumption3_1.path"});
  registry.add({.id = "assm.assumption3_1.path",
                .source = "Assumption 3.1, part 3, corrected",
                .statement = R"($\liminf_kP(\zeta^k\mid\zeta^{0:k-1})>0$ for an independent fair choice of blocks)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return path_probability(false); }});
  registry.add(
      {.id = "assm.section3_2.index.printed",
       .source = "Section 3.2, the form of Y",
       .statement =
           R"($x_{k-[d]_l,l}$ with $k$ the count of block $i$ and a bounded delay is the value of block $l$ that was read)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return index_of_other_block(true); },
       .note =
           "Counts of blocks of different speeds drift apart, under random choices too; the count of block l at that "
           "time is meant.",
       .instead = "assm.section3_2.index"});
  registry.add(
      {.id = "assm.section3_2.index",
       .source = "Section 3.2, corrected",
       .statement =
           R"(Block $l$ is read in version $\kappa_l-[d]_l$, $\kappa_l$ its own count at the time of the write, with periods 1 and 2)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return index_of_other_block(false); }});
  registry.add(
      {.id = "assm.section2.label.printed",
       .source = "Section 2 and Algorithm 2, x_j^{d_j}",
       .statement =
           R"(With $d_j\le\delta$ as the label of the version that is read the method descends, here on $|x|$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return label_or_age(true); },
       .note = "With delta = 0 all gradients are then taken at x^0; Assumption 3.1 and Section 3.2 use ages.",
       .instead = "assm.section2.age"});
  registry.add(
      {.id = "assm.section2.age",
       .source = "Section 2, corrected",
       .statement =
           R"(With $d_j$ as an age and $\delta=0$ the method descends on $|x|$: $|x_{2000}|\le|x_0|$ with the steps $1/(2\sqrt{k+1})$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return label_or_age(false); }});
  registry.add(
      {.id = "assm.own_block_age",
       .source = "Section 2, one owner a block",
       .statement =
           R"(With one owner a block, which reads after each of its own writes, a core uses its own blocks with age 0, whatever the order of the events)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return with_search(own_age_in_every_order(0), own_age(c)); }});
  registry.add({.id = "assm.canary.own_block_older",
                .source = "planted",
                .statement = "A core that reads its first block one version too early uses it with age 0",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return own_age_in_every_order(1); },
                .canary = true});

  registry.add({.id = "assm.canary.delay_bound_reduced",
                .source = "planted",
                .statement = R"(Delays are at most $(P-1)(\lfloor b/a\rfloor+1)-1$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return delay_bound_holds(c, 1); },
                .canary = true});
}

}  // namespace asyncert::assm
