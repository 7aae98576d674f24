#include "solvers/probes/summary.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "solvers/probes/analysis.hpp"

namespace asyncert::solvers {

namespace {

Object describe(const Distribution& d) {
  return Object().add("count", d.count).add("mean", d.mean).add("p50", d.p50).add("p99", d.p99).add("max", d.max);
}

List describe(const std::vector<Distribution>& all) {
  List list;
  for (const Distribution& d : all) list.emplace_back(describe(d));
  return list;
}

}  // namespace

Distribution Distribution::of(std::vector<double> numbers) {
  if (numbers.empty()) return {};
  std::sort(numbers.begin(), numbers.end());
  double sum = 0;
  for (const double x : numbers) sum += x;
  const auto n = static_cast<double>(numbers.size());
  // The smallest number with at least a fraction p of all at or below it.
  const auto quantile = [&](double p) { return numbers[static_cast<std::size_t>(std::ceil(p * n)) - 1]; };
  return {numbers.size(), sum / n, quantile(0.5), quantile(0.99), numbers.back()};
}

TraceSummary summarise(const Trace& trace, std::size_t blocks, bool timed) {
  TraceSummary s;
  s.blocks = blocks > 1;
  const std::size_t classes = s.blocks ? blocks : trace.workers;
  s.worker_shares = worker_shares(trace);
  s.frequencies = block_frequencies(trace, classes);
  s.conditional = conditional_block_frequencies(trace, classes);
  s.least_conditional = *std::min_element(s.conditional.begin(), s.conditional.end());
  for (const auto& times : inter_update_times(trace, classes, true))
    s.updates_between.push_back(Distribution::of(times));
  if (timed) {
    for (const auto& times : inter_update_times(trace, classes, false))
      s.time_between.push_back(Distribution::of(times));
    const std::vector<double> waits = lock_waits(trace);
    for (const double wait : waits) s.lock_wait_total += wait;
    s.lock_wait = Distribution::of(waits);
  }
  if (!trace.block_labels.empty()) s.own_block_ages = own_block_ages(trace);
  return s;
}

Object to_document(const TraceSummary& s) {
  List rows;
  const std::size_t n = s.frequencies.size();
  for (std::size_t b = 0; b < n; ++b) {
    const auto first = s.conditional.begin() + static_cast<std::ptrdiff_t>(b * n);
    rows.emplace_back(std::vector<double>(first, first + static_cast<std::ptrdiff_t>(n)));
  }
  Object document;
  document.add("worker_shares", Value(s.worker_shares))
      .add("classes", s.blocks ? "blocks" : "workers")
      .add("frequencies", Value(s.frequencies))
      .add("conditional_frequencies", std::move(rows))
      .add("least_conditional_frequency", s.least_conditional)
      .add("updates_between", describe(s.updates_between));
  if (!s.time_between.empty()) document.add("time_between", describe(s.time_between));
  if (s.lock_wait) document.add("lock_wait", describe(*s.lock_wait).add("total", s.lock_wait_total));
  if (s.own_block_ages) document.add("own_block_age", to_document(*s.own_block_ages));
  return document;
}

Object to_document(const Histogram& h) {
  Object counts;
  for (const auto& [value, count] : h.counts()) counts.add(std::to_string(value), count);
  return Object()
      .add("messages", h.total())
      .add("mean", h.mean())
      .add("p50", h.quantile(0.5))
      .add("p99", h.quantile(0.99))
      .add("max", h.max())
      .add("counts", std::move(counts));
}

}  // namespace asyncert::solvers
