#include "solvers/executors/stamped.hpp"

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
    std::vector<std::uint32_t> position(steps(), none), least_from(line.size() + 1, none);
    for (std::size_t p = 0; p < line.size(); ++p) position[line[p]] = static_cast<std::uint32_t>(p);
    for (std::size_t p = line.size(); p-- > 0;) least_from[p] = std::min(least_from[p + 1], line[p]);
    for (std::size_t t = 0; t < steps(); ++t) {
      std::uint32_t stamp = read[t * dimension + j];
      if (stamp == untouched) continue;
      // Dead ancestors were seen although they do not survive; survivors after the branch were not seen although they
      // do.
      std::uint32_t first = none;
      while (stamp != 0 && position[stamp - 1] == none) {
        first = std::min(first, stamp - 1);
        stamp = base[(stamp - 1) * dimension + j];
      }
      first = std::min(first, least_from[stamp == 0 ? 0 : position[stamp - 1] + 1]);
      if (first != none) labels[t] = std::min(labels[t], static_cast<std::int64_t>(first));
    }
  }
  return labels;
}

void detail::summarise(StampedRun& result) {
  const Ancestry& a = result.ancestry;
  const auto survived = a.survivors();
  result.run.survival.assign(a.dimension, 1.0);
  for (std::size_t j = 0; j < a.dimension; ++j) {
    std::uint64_t writes = 0, alive = 0;
    for (std::size_t t = 0; t < a.steps(); ++t) {
      writes += a.base[t * a.dimension + j] != Ancestry::untouched ? 1 : 0;
      alive += survived[t * a.dimension + j];
    }
    if (writes > 0) result.run.survival[j] = static_cast<double>(alive) / static_cast<double>(writes);
  }
  const auto labels = a.read_labels();
  for (std::size_t t = 0; t < a.steps(); ++t)
    result.run.delays.before_read.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(t) - labels[t]));
}

}  // namespace asyncert::solvers
