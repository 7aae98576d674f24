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
    // The last entry of (2) is the sum of all surviving updates; the last store of a coordinate always survives.
    for (int k = 0; k < d_; ++k)
      ends_in_write_sequence = ends_in_write_sequence && s.labels == all && s.memory[static_cast<std::size_t>(k)] != 0;
  }

  int updates_, d_;
};

Evidence every_interleaving(const Context& context) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "every interleaving of single reads, loads and stores of two threads: two updates each on one coordinate, one "
      "update each on two; with more effort also two updates each on two";
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
          R"(Two threads, two updates each on one coordinate or one each on two: every execution has a write sequence (2), and every read the form (3) with labels $j<t$)",
      .procedure = every_interleaving,
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
