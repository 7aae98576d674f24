// The expected ledger: what a baseline keeps of a results document, and how two of them differ.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/value.hpp"
#include "reports/table.hpp"

namespace asyncert {

/// The verdicts and slacks of a results document or of a baseline.
struct Baseline {
  struct Line {
    std::string verdict, rigor;
    std::optional<double> slack;
  };
  std::map<std::string, Line> lines;  ///< by the claim's id
  std::string effort, seed;           ///< empty where the document does not say
  bool partial = false;               ///< the run was interrupted
  bool selected = false;              ///< the run was of some claims only
};

/// Reads a results document or a baseline. Throws `ParseError`, which begins with `name`, where it is neither.
Baseline read_baseline(const Value& document, const std::string& name);

/// The document to be committed: sorted by id, a claim a block.
Object to_object(const Baseline& baseline);

/// Why the slacks of the two cannot be held against each other, in a sentence; empty where they can. A search or a
/// measurement of another effort or seed is another one, although its verdict is to be the same.
std::string other_run(const Baseline& before, const Baseline& now);

/// What is not as it was: a verdict, a slack, a claim that is new or gone.
struct Change {
  std::string id, what, was, is;
};

/// The changes in the order of the ids. Slacks that are exact or enclosed must repeat to 1e-9; measured ones wander
/// with the timing of threads and may move by half; where `other_run` they are not compared. Claims that `now` lacks
/// count as gone where it was made of all claims.
std::vector<Change> changes(const Baseline& before, const Baseline& now);

Table changes_table(const std::vector<Change>& changes);

/// The baseline that `now` makes of `before`: claims that did not change keep their lines to the digit, so that a diff
/// shows changes alone; claims that a run of some claims did not examine stay.
Baseline updated(const Baseline& before, const Baseline& now);

}  // namespace asyncert
