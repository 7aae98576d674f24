// The write sequence (2) and the reads (3), held against every interleaving of two threads.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// Two threads run Algorithm 1 with single reads, loads and stores as atomic operations. A coordinate of the memory is
/// the set of updates that are in it: a store writes the loaded set with the thread's own update added. Labels are
/// given at first stores.
class Interleavings {
 public:
  Interleavings(int updates_a_thread, int coordinates) : updates_(updates_a_thread), d_(coordinates) { explore({}); }

  long executions = 0;
  long largest_delay = 0;          ///< t - a(t) with the largest possible a(t)
  long largest_read_to_write = 0;  ///< updates labelled between a read's first operation and its own label
  bool reads_are_older = true;     ///< no read contains an update whose label is not smaller than its own
  bool ends_in_write_sequence = true;
  bool last_survives = true;  ///< the update with the last label is in some coordinate of the memory at the end
  long some_lost = 0;         ///< executions in which an update is lost in some coordinate

 private:
  static constexpr int limit = 4;  // updates of both threads together
  using Set = unsigned;
  struct State {
    std::array<int, 2> done{};  ///< operations of each thread
    std::array<Set, 2> memory{};
    std::array<Set, 2> loaded{};
    std::array<std::array<Set, 2>, limit> view{};  ///< what update u read, by coordinate
    std::array<int, limit> label{-1, -1, -1, -1}, labels_at_read{};
    int labels = 0;
  };

  // The operations of one update: d reads, then load and store for each coordinate.
  int length() const { return 3 * d_; }

  void explore(const State& s) {
    bool finished = true;
    for (int thread = 0; thread < 2; ++thread) {
      if (s.done[static_cast<std::size_t>(thread)] == updates_ * length()) continue;
      finished = false;
      State next = s;
      step(next, thread);
      explore(next);
    }
    if (finished) judge(s);
  }

  void step(State& s, int thread) const {
    const auto who = static_cast<std::size_t>(thread);
    const int operation = s.done[who] % length();
    const auto update = static_cast<std::size_t>(thread * updates_ + s.done[who] / length());
    ++s.done[who];
    if (operation < d_) {
      if (operation == 0) s.labels_at_read[update] = s.labels;
      s.view[update][static_cast<std::size_t>(operation)] = s.memory[static_cast<std::size_t>(operation)];
      return;
    }
    const auto k = static_cast<std::size_t>((operation - d_) / 2);
    if ((operation - d_) % 2 == 0) {
      s.loaded[who] = s.memory[k];
    } else {
      s.memory[k] = s.loaded[who] | 1U << update;
      if (s.label[update] < 0) s.label[update] = s.labels++;
    }
  }

  void judge(const State& s) {
    ++executions;
    const int all = 2 * updates_;
    for (int u = 0; u < all; ++u) {
      const auto reader = static_cast<std::size_t>(u);
      int first_difference = s.label[reader];
      for (int k = 0; k < d_; ++k)
        for (int v = 0; v < all; ++v) {
          const auto other = static_cast<std::size_t>(v);
          const bool seen = s.view[reader][static_cast<std::size_t>(k)] >> v & 1,
                     survived = s.memory[static_cast<std::size_t>(k)] >> v & 1;
          if (seen && s.label[other] >= s.label[reader]) reads_are_older = false;
          // Before a(t) a read agrees with the write sequence.
          if (s.label[other] < s.label[reader] && seen != survived)
            first_difference = std::min(first_difference, s.label[other]);
        }
      largest_delay = std::max(largest_delay, static_cast<long>(s.label[reader] - first_difference));
      largest_read_to_write =
          std::max(largest_read_to_write, static_cast<long>(s.label[reader] - s.labels_at_read[reader]));
    }
    bool last = false, lost = false;
    for (int u = 0; u < all; ++u)
      for (int k = 0; k < d_; ++k) {
        const bool survived = s.memory[static_cast<std::size_t>(k)] >> u & 1;
        lost = lost || !survived;
        last = last || (survived && s.label[static_cast<std::size_t>(u)] == all - 1);
      }
    some_lost += lost ? 1 : 0;
    last_survives = last_survives && last;
    // The last entry of (2) is the sum of all surviving updates; the last store of a coordinate always survives.
    for (int k = 0; k < d_; ++k)
      ends_in_write_sequence = ends_in_write_sequence && s.labels == all && s.memory[static_cast<std::size_t>(k)] != 0;
  }

  int updates_, d_;
};

/// Any number of threads, updates and coordinates: one update v, one coordinate, one reader, and what every thread does
/// to them. What is asked of a read and of the memory is asked of each v and each coordinate by itself; the reader's
/// own update is no v, since all its reads come before its stores.
struct Occurrence {
  bool stored, labelled;         ///< v has stored in this coordinate, or in some
  bool memory, own, other;       ///< v is in the memory, in what its own thread has loaded, in what another has
  bool view;                     ///< v is in what the reader read here
  bool reader_labelled, before;  ///< the reader has stored something; v had its label by then

  static constexpr int states = 1 << 8;
  static Occurrence from_bits(int bits) {
    const auto bit = [bits](int k) { return (bits >> k & 1) != 0; };
    return {bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), bit(7)};
  }
  /// Only what is stored is loaded and read; what the reader read has its label before the reader has one.
  bool invariant() const {
    const bool occurs = memory || own || other || view;
    return (!occurs || stored) && (!stored || labelled) && (!view || before) &&
           before == (labelled && (!reader_labelled || before));
  }
  Occurrence with_label() const {
    Occurrence next = *this;
    if (!labelled) next.labelled = true, next.before = !reader_labelled;
    return next;
  }
  /// Every single operation that some thread can do in this state; Algorithm 1 reads before it stores.
  std::vector<Occurrence> successors(bool late_reads) const {
    std::vector<Occurrence> list;
    const auto add = [&](Occurrence next, const auto& change) {
      change(next);
      list.push_back(next);
    };
    add(*this, [](Occurrence& s) { s.own = s.memory; });
    add(*this, [](Occurrence& s) { s.other = s.memory; });
    add(*this, [](Occurrence& s) { s.memory = s.other; });
    add(with_label(), [](Occurrence&) {});  // a store of v in another coordinate
    if (!stored) add(with_label(), [](Occurrence& s) { s.stored = s.memory = true; });
    add(*this, [](Occurrence& s) { s.memory = s.own; });  // an earlier or later update of the thread of v
    if (!reader_labelled || late_reads) add(*this, [](Occurrence& s) { s.view = s.memory; });
    add(*this, [](Occurrence& s) { s.reader_labelled = true; });
    return list;
  }
};

/// The invariant holds at the start and after every operation; where v stores, its thread has not loaded v itself, so
/// that it is added once.
void induction_over_operations(Evidence& e, bool late_reads) {
  long operations = 0, broken = 0, twice = 0;
  for (int bits = 0; bits < Occurrence::states; ++bits) {
    const Occurrence s = Occurrence::from_bits(bits);
    if (!s.invariant()) continue;
    twice += !s.stored && s.own ? 1 : 0;
    for (const Occurrence& next : s.successors(late_reads)) {
      ++operations;
      broken += next.invariant() ? 0 : 1;
    }
  }
  const Object instance = Object().add("operations", operations);
  e.comparisons.push_back({.label = "the empty memory breaks the invariant = false",
                           .left = Occurrence::from_bits(0).invariant() ? 0 : 1,
                           .relation = Relation::equal,
                           .right = 0});
  e.comparisons.push_back({.label = "operations after which the invariant is broken",
                           .left = broken,
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = instance});
  e.comparisons.push_back({.label = "states in which an update could be added twice",
                           .left = twice,
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = instance});
}

Evidence every_interleaving(const Context& context) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "induction over single reads, loads and stores of any number of threads: every operation in every state of one "
      "update, one coordinate and one reader keeps the invariant that only stored updates occur, each once, and that "
      "what a read contains has its label before the reader has one (its own update is stored after it has read); and "
      "every interleaving of two threads: two "
      "updates each on one coordinate, one update each on two; with more effort also two updates each on two";
  induction_over_operations(e, false);
  std::vector<std::pair<int, int>> sizes = {{2, 1}, {1, 2}};
  if (context.effort != Effort::quick) sizes.emplace_back(2, 2);
  for (const auto& [updates, coordinates] : sizes) {
    const Interleavings all(updates, coordinates);
    const Object instance = Object()
                                .add("threads", 2)
                                .add("updates_each", updates)
                                .add("coordinates", coordinates)
                                .add("executions", all.executions);
    e.comparisons.push_back({.label = "some read contains a label that is not smaller than its own = false",
                             .left = all.reads_are_older ? 0 : 1,
                             .relation = Relation::equal,
                             .right = 0,
                             .instance = instance});
    e.comparisons.push_back({.label = "some coordinate loses every update, or an update has no label = false",
                             .left = all.ends_in_write_sequence ? 0 : 1,
                             .relation = Relation::equal,
                             .right = 0,
                             .instance = instance});
  }
  return e;
}

/// In one coordinate the update with the last label stores last.
Evidence last_update() {
  const Interleavings all(2, 1);
  const Object instance =
      Object().add("threads", 2).add("updates_each", 2).add("coordinates", 1).add("executions", all.executions);
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "labels are given at the first store, which is the only one in one coordinate, and nothing overwrites the last "
      "store; and every interleaving of two threads with two updates each";
  e.comparisons.push_back({.label = "executions that lose their last update = none",
                           .left = all.last_survives ? 0 : 1,
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = instance});
  e.comparisons.push_back({.label = "0 < executions that lose some update",
                           .left = 0,
                           .relation = Relation::less,
                           .right = all.some_lost,
                           .instance = instance});
  return e;
}

/// In one coordinate: how far a read's needed delay exceeds the labels between its read and its own store.
Evidence read_to_write() {
  const Interleavings all(2, 1);
  return at_instance(
      "every interleaving of two threads with two updates each on one coordinate",
      {.label = "largest number of updates between a read and its store < largest delay of (3)",
       .left = all.largest_read_to_write,
       .relation = Relation::less,
       .right = all.largest_delay,
       .instance =
           Object().add("threads", 2).add("updates_each", 2).add("coordinates", 1).add("executions", all.executions)});
}

}  // namespace

void register_interleaving_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.eq3",
      .source = "(2) and (3); (5), which writes alike",
      .statement =
          R"(Every execution of any number of threads has a write sequence (2) that ends in the memory, and every read the form (3) with labels $j<t$)",
      .procedure = every_interleaving,
      .note = "With a(t) = 0 where nothing smaller is asked of the delay: how large t - a(t) must be is Assumption 2.",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.assumption3.last_update",
      .source = "Assumption 3 with (2)",
      .statement =
          R"(In one coordinate the last update always survives, $B_{\tilde T-1}=1$: where $E[B_t\mid w_t,\hat w_t]$ is one $B$ for every $t$, as Assumption 3 is written, $B=1$ and almost surely no update is lost)",
      .procedure = [](const Context&) { return last_update(); },
      .note = "Nothing in the proofs needs one B: Lemma 1 holds for each B between alpha I and I, so that alpha I <= "
              "E[B_t | w_t, w_hat_t] <= I is enough, whatever it depends on.",
  });
  registry.add({
      .id = "hogwild.canary.reads_after_storing",
      .source = "planted",
      .statement = R"(Reads contain smaller labels only, also for a thread that reads on after its first store)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            Evidence e;
            e.coverage = Coverage::domain;
            e.method = "induction over single operations";
            induction_over_operations(e, true);
            return e;
          },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.assumption2.one_coordinate",
      .source = "Assumption 2 with (3)",
      .statement =
          R"(One coordinate, two threads with two updates each: the delay of (3) can exceed every number of updates between a read and its store)",
      .procedure = [](const Context&) { return read_to_write(); },
      .note =
          "Found by the enumeration, without any stall: a store from an old load kills an update that a third update "
          "has read already, so its read needs a larger delay than any thread had between its own read and store.",
  });
}

}  // namespace asyncert::hogwild
