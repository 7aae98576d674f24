#include "solvers/ancestry.hpp"

#include <algorithm>
#include <limits>

namespace asyncert::solvers {

namespace {

/// The labels on the way from a coordinate's initial value to its final one, in the order of stores.
std::vector<std::uint32_t> chain(const Ancestry& a, std::size_t j) {
  std::vector<std::uint32_t> labels;
  for (std::uint32_t stamp = a.final_stamp[j]; stamp != 0; stamp = a.base[(stamp - 1) * a.dimension + j])
    labels.push_back(stamp - 1);
  std::reverse(labels.begin(), labels.end());
  return labels;
}

}  // namespace

std::vector<std::uint8_t> Ancestry::survivors() const {
  std::vector<std::uint8_t> survived(steps() * dimension, 0);
  for (std::size_t j = 0; j < dimension; ++j)
    for (const std::uint32_t label : chain(*this, j)) survived[label * dimension + j] = 1;
  return survived;
}

std::vector<std::int64_t> Ancestry::read_labels() const {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::int64_t> labels(steps());
  for (std::size_t t = 0; t < steps(); ++t) labels[t] = static_cast<std::int64_t>(t);
  for (std::size_t j = 0; j < dimension; ++j) {
    const std::vector<std::uint32_t> line = chain(*this, j);
    // The least label by which what was read under a stamp differs from the final line. A stamp on the line: survivors
    // after it were not seen although they survive. A dead one: it was seen although it does not survive, and then the
    // same as for the stamp that it replaced. Each stamp is settled once, however long its dead branch is.
    std::vector<std::uint32_t> differs(steps() + 1, none);
    std::vector<std::uint8_t> settled(steps() + 1, 0);
    std::uint32_t least = none;
    for (std::size_t p = line.size(); p-- > 0;) {
      differs[line[p] + 1] = least, settled[line[p] + 1] = 1;
      least = std::min(least, line[p]);
    }
    differs[0] = least, settled[0] = 1;
    std::vector<std::uint32_t> branch;
    for (std::size_t t = 0; t < steps(); ++t) {
      std::uint32_t stamp = read[t * dimension + j];
      if (stamp == untouched) continue;
      for (; !settled[stamp]; stamp = base[(stamp - 1) * dimension + j]) branch.push_back(stamp);
      for (std::uint32_t first = differs[stamp]; !branch.empty(); branch.pop_back()) {
        stamp = branch.back();
        differs[stamp] = first = std::min(first, stamp - 1);
        settled[stamp] = 1;
      }
      if (differs[stamp] != none) labels[t] = std::min(labels[t], static_cast<std::int64_t>(differs[stamp]));
    }
  }
  return labels;
}

std::vector<std::uint8_t> Ancestry::inconsistent_reads() const {
  // Coordinate by coordinate, the states w_s with the number that was read: those of the labels from `first` to `last`.
  std::vector<std::uint32_t> first(steps(), 0), last(steps());
  for (std::size_t t = 0; t < steps(); ++t) last[t] = static_cast<std::uint32_t>(t);
  for (std::size_t j = 0; j < dimension; ++j) {
    // w_s holds the survivors with labels below s: a number on the final line is that of w_s when all of its ancestors
    // have labels below s, and all that follow it have not. Stores need not come in the order of labels.
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> from(steps() + 1, none), to(steps() + 1, 0);
    const std::vector<std::uint32_t> line = chain(*this, j);
    std::uint32_t largest = 0;
    from[0] = 0;
    for (const std::uint32_t label : line) from[label + 1] = largest = std::max(largest, label + 1);
    std::uint32_t least = none;
    for (std::size_t p = line.size(); p-- > 0; least = std::min(least, line[p])) to[line[p] + 1] = least;
    to[0] = least;
    for (std::size_t t = 0; t < steps(); ++t) {
      const std::uint32_t stamp = read[t * dimension + j];
      if (stamp == untouched) continue;
      first[t] = std::max(first[t], from[stamp]);
      last[t] = std::min(last[t], to[stamp]);
    }
  }
  std::vector<std::uint8_t> inconsistent(steps());
  for (std::size_t t = 0; t < steps(); ++t) inconsistent[t] = first[t] > last[t] ? 1 : 0;
  return inconsistent;
}

}  // namespace asyncert::solvers
