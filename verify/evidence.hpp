// How claims of several papers put their evidence together.
#pragma once

#include <string>
#include <utility>

#include "lib/claim.hpp"

namespace asyncert {

/// Evidence with its coverage and method, to which comparisons are added.
inline Evidence evidence(Coverage coverage, std::string method) {
  Evidence e;
  e.coverage = coverage;
  e.method = std::move(method);
  return e;
}

/// Appends left RELATION right.
inline void compare(Evidence& e, std::string label, Measure left, Relation relation, Measure right,
                    Object instance = {}) {
  e.comparisons.push_back({.label = std::move(label),
                           .left = std::move(left),
                           .relation = relation,
                           .right = std::move(right),
                           .instance = std::move(instance)});
}

/// How many samples a search takes: ten times as many at standard effort, a hundred times at deep.
inline long widened(const Context& context, long quick) {
  return context.effort == Effort::quick ? quick : context.effort == Effort::standard ? 10 * quick : 100 * quick;
}

}  // namespace asyncert
