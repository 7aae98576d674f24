// Certification of a predicate over a box by subdivision: no sampling, every point is covered.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/claim.hpp"

namespace asyncert {

/// One named side of a box, with rational ends lower <= upper.
struct Side {
  std::string name;
  Rational lower;
  Rational upper;
};

struct SubdivisionResult {
  long boxes = 0;
  long undecided = 0;
  std::optional<std::vector<Rational>> counterexample;  ///< a point at which the predicate certainly fails
};

/// Decides whether `predicate` holds on the whole box.
///
/// The predicate gets one ball a side (enclosing a sub-box, or a single point) and answers yes only if it holds for all
/// points, no only if it certainly fails for all of them. Undecided boxes are bisected along their longest side
/// (relative to the root box) until `max_boxes` have been examined; midpoints of undecided boxes are tried as
/// counterexamples.
SubdivisionResult subdivide(const std::vector<Side>& box,
                            const std::function<Ternary(const std::vector<Ball>&)>& predicate, long max_boxes = 200000);

/// Evidence from `subdivide` with coverage `domain`. A counterexample becomes the comparison that `compare_at` makes of
/// it.
Evidence certify_on_box(const std::vector<Side>& box, const std::function<Ternary(const std::vector<Ball>&)>& predicate,
                        const std::function<Comparison(const std::vector<Rational>&)>& compare_at, std::string method,
                        long max_boxes = 200000);

}  // namespace asyncert
