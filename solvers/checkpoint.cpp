#include "solvers/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"
#include "solvers/trace_document.hpp"

namespace asyncert::solvers {

namespace {

constexpr int schema = 2;
constexpr std::size_t digits = 16;
/// By `Checkpoint::Kind`.
constexpr std::array kinds{"checkpoint", "checkpoint of a simulated run", "checkpoint of threads",
                           "checkpoint of a training"};

std::string bits(std::span<const double> values) {
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  text.reserve(values.size() * digits);
  for (const double v : values) {
    const auto word = std::bit_cast<std::uint64_t>(v);
    for (int shift = 60; shift >= 0; shift -= 4) text.push_back(hex[(word >> shift) & 15u]);
  }
  return text;
}

std::vector<double> doubles(const DocumentReader& read, const std::string& name, const Value& value) {
  const auto* text = value.get<std::string>();
  if (!text || text->size() % digits != 0) read.refuse(name, "is no list of hexadecimal doubles");
  std::vector<double> result;
  for (std::size_t at = 0; at < text->size(); at += digits) {
    std::uint64_t word = 0;
    const auto [end, error] = std::from_chars(text->data() + at, text->data() + at + digits, word, 16);
    if (error != std::errc() || end != text->data() + at + digits)
      read.refuse(name, "has a malformed hexadecimal double");
    result.push_back(std::bit_cast<double>(word));
  }
  return result;
}
std::vector<double> doubles(const DocumentReader& read, const std::string& name) {
  return doubles(read, name, read.member(name));
}

/// A part of the state: finite, since a run that has diverged does not go on.
std::vector<double> state(const DocumentReader& read, const std::string& name, const Value& value) {
  auto numbers = doubles(read, name, value);
  for (std::size_t j = 0; j < numbers.size(); ++j)
    if (!std::isfinite(numbers[j]))
      read.refuse(name, "holds " + shortest(numbers[j]) + " at position " + std::to_string(j) +
                            ": the run had diverged, or the file is damaged");
  return numbers;
}

template <class Range>
List rows(const Range& vectors) {
  List list;
  for (const auto& v : vectors) list.emplace_back(bits(v));
  return list;
}

/// Rows of equal size: `size`, or where that is not given the first row's.
template <class Container>
Container read_rows(const DocumentReader& read, const std::string& name, std::optional<std::size_t> size = {}) {
  Container result;
  for (const Value& v : read.list(name)) {
    result.push_back(state(read, name, v));
    if (result.back().size() != size.value_or(result.front().size()))
      read.refuse(name, "has a row of " + std::to_string(result.back().size()) + " numbers where " +
                            std::to_string(size.value_or(result.front().size())) + " belong");
  }
  return result;
}

List integers(const auto& values) {
  List list;
  for (const auto v : values) list.emplace_back(v);
  return list;
}

template <class T>
std::vector<T> read_integers(const DocumentReader& read, const std::string& name) {
  std::vector<T> result;
  for (const Value& v : read.list(name)) result.push_back(read.whole<T>(name, v));
  return result;
}

List pairs(const Histogram& h) {
  List list;
  for (const auto& [value, count] : h.counts()) {
    List pair;
    pair.emplace_back(value);
    pair.emplace_back(count);
    list.emplace_back(std::move(pair));
  }
  return list;
}

/// Of `total` messages.
Histogram read_histogram(const DocumentReader& read, const std::string& name, std::uint64_t total) {
  std::map<std::uint64_t, std::uint64_t> counts;
  std::uint64_t left = total;
  for (const Value& v : read.list(name)) {
    const auto* pair = v.get<List>();
    if (!pair || pair->size() != 2) read.refuse(name, "is no list of pairs");
    const auto value = read.whole<std::uint64_t>(name, (*pair)[0]), count = read.whole<std::uint64_t>(name, (*pair)[1]);
    if (count == 0 || count > left || !counts.emplace(value, count).second)
      read.refuse(name, "counts " + std::to_string(value) + " wrongly, or twice");
    left -= count;
  }
  if (left != 0) read.refuse(name, "counts fewer than the " + std::to_string(total) + " messages");
  return Histogram::from(counts);
}

void read_state(const DocumentReader& read, Checkpoint& c) {
  c.memory = state(read, "memory", read.member("memory"));
  c.epoch_memory = state(read, "epoch_memory", read.member("epoch_memory"));
  const std::size_t size = c.memory.size();
  if (size == 0) read.refuse("memory", "is empty");
  if (!c.epoch_memory.empty() && c.epoch_memory.size() != size)
    read.refuse("epoch_memory", "does not belong to \"memory\"");
  c.oldest_label = read.whole<std::int64_t>("oldest_label");
  c.history = read_rows<std::deque<std::vector<double>>>(read, "history", size);
  c.increments = read_rows<std::deque<std::vector<double>>>(read, "increments", size);
  const auto step = static_cast<std::int64_t>(c.step);
  if (c.oldest_label < 0 || c.oldest_label > step ||
      static_cast<std::uint64_t>(step - c.oldest_label) + 1 != c.history.size() || c.history.back() != c.memory)
    read.refuse("history", "does not lead from \"oldest_label\" to the state of step " + std::to_string(step));
  if (!c.increments.empty() && c.increments.size() + 1 != c.history.size())
    read.refuse("increments", "are not those between the states of \"history\"");
  c.local = read_rows<std::vector<std::vector<double>>>(read, "local");
  c.local_count = read_integers<std::uint64_t>(read, "local_count");
  c.messages = read.whole<std::uint64_t>("messages");
  std::uint64_t left = c.messages;
  for (const std::uint64_t count : c.local_count) {
    if (count > left) read.refuse("local_count", "sums to more than the " + std::to_string(c.messages) + " messages");
    left -= count;
  }
  if (left != 0 || c.local_count.empty() || c.local.size() != c.local_count.size())
    read.refuse("local_count",
                "does not share out the " + std::to_string(c.messages) + " messages among the workers of \"local\"");
  if (c.step == 0 ? c.messages != 0 : c.messages == 0 || c.messages % c.step != 0)
    read.refuse("messages", "is " + std::to_string(c.messages) + " for " + std::to_string(c.step) + " updates");
  c.survived = read_integers<std::uint64_t>(read, "survived");
  if (!c.survived.empty() && c.survived.size() != size) read.refuse("survived", "does not belong to \"memory\"");
  for (const std::uint64_t s : c.survived)
    if (s > c.step)
      read.refuse("survived", "counts " + std::to_string(s) + " of " + std::to_string(c.step) + " updates");
  const auto numbers = doubles(read, "numbers");
  if (numbers.size() != 3 || !(numbers[0] >= 0 && numbers[1] >= 0 && numbers[2] >= 0 && std::isfinite(numbers[2])))
    read.refuse("numbers", "are not the sum of the squared gaps, the largest gap and the seconds");
  c.squared_gap_sum = numbers[0];
  c.partial.max_gap = numbers[1];
  c.partial.seconds = numbers[2];
}

void read_curve(const DocumentReader& read, Checkpoint& c) {
  const auto curve = doubles(read, "curve");
  const auto steps = read_integers<std::uint64_t>(read, "curve_steps");
  if (curve.size() != 3 * steps.size()) read.refuse("curve", "does not belong to \"curve_steps\"");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i] > c.step || (i > 0 && steps[i] <= steps[i - 1]))
      read.refuse("curve_steps", "holds " + std::to_string(steps[i]) + " out of order, or beyond the last update");
    if (!(curve[3 * i] >= 0 && std::isfinite(curve[3 * i])))
      read.refuse("curve", "holds " + shortest(curve[3 * i]) + " seconds");
    c.partial.curve.push_back({steps[i], curve[3 * i], curve[3 * i + 1], curve[3 * i + 2]});
  }
}

void read_trace(const DocumentReader& read, Checkpoint& c) {
  const auto numbers = read_integers<std::int64_t>(read, "trace");
  Trace& trace = c.partial.trace;
  if (numbers.size() % 7 != 0 || (!numbers.empty() && numbers.size() / 7 != c.messages))
    read.refuse("trace", "does not hold seven numbers for each of the " + std::to_string(c.messages) + " messages");
  trace.workers = static_cast<std::uint32_t>(c.local.size());
  trace.blocks = read.whole<std::uint32_t>("trace_blocks");
  trace.block_labels = read_integers<std::int64_t>(read, "trace_block_labels");
  if (trace.blocks == 0 ? !trace.block_labels.empty()
                        : trace.block_labels.size() != trace.blocks * (numbers.size() / 7) || numbers.empty())
    read.refuse("trace_block_labels", "has not a label for every message and block");
  for (std::size_t i = 0; i < numbers.size(); i += 7) {
    const auto at = [&]<class T>(std::size_t k, T&) {
      if (!std::in_range<T>(numbers[i + k]))
        read.refuse("trace", "holds " + std::to_string(numbers[i + k]) + " out of place");
      return static_cast<T>(numbers[i + k]);
    };
    TraceMessage m;
    m.step = at(0, m.step);
    m.local = at(1, m.local);
    m.worker = at(2, m.worker);
    m.part = at(3, m.part);
    m.read_begin = m.read_end = at(4, m.read_begin);
    m.write_end = m.step + 1;
    m.block = at(5, m.block);
    m.block_count = at(6, m.block_count);
    trace.messages.push_back(m);
  }
  require_order(read, trace);
  if (!trace.messages.empty() && trace.messages.back().step + 1 != c.step)
    read.refuse("trace",
                "ends with update " + std::to_string(trace.messages.back().step) + " of " + std::to_string(c.step));
}

}  // namespace

Object to_document(const Checkpoint& c) {
  Object document;
  document.add("schema", schema)
      .add("kind", kinds[static_cast<std::size_t>(c.kind)])
      .add("requested", c.partial.requested)
      .add("step", c.step);
  if (c.kind != Checkpoint::Kind::replay) {
    document.add("state", c.state);
    return seal(document);
  }
  std::vector<double> curve;
  for (const CurvePoint& p : c.partial.curve) curve.insert(curve.end(), {p.seconds, p.value, p.gradient_norm});
  std::vector<std::uint64_t> curve_steps;
  for (const CurvePoint& p : c.partial.curve) curve_steps.push_back(p.step);
  std::vector<std::int64_t> messages;
  for (const TraceMessage& m : c.partial.trace.messages)
    messages.insert(messages.end(), {static_cast<std::int64_t>(m.step), static_cast<std::int64_t>(m.local), m.worker,
                                     m.part, m.read_begin, m.block, m.block_count});
  document.add("memory", bits(c.memory))
      .add("epoch_memory", bits(c.epoch_memory))
      .add("oldest_label", c.oldest_label)
      .add("history", rows(c.history))
      .add("increments", rows(c.increments))
      .add("local", rows(c.local))
      .add("local_count", integers(c.local_count))
      .add("survived", integers(c.survived))
      .add("messages", c.messages)
      .add("numbers", bits(std::vector<double>{c.squared_gap_sum, c.partial.max_gap, c.partial.seconds}))
      .add("curve_steps", integers(curve_steps))
      .add("curve", bits(curve))
      .add("before_read", pairs(c.partial.delays.before_read))
      .add("after_read", pairs(c.partial.delays.after_read))
      .add("after_write", pairs(c.partial.delays.after_write))
      .add("trace", integers(messages))
      .add("trace_blocks", c.partial.trace.blocks)
      .add("trace_block_labels", integers(c.partial.trace.block_labels));
  return seal(document);
}

Checkpoint checkpoint_from(const Value& document, const std::string& source) {
  const auto* root = document.get<Object>();
  if (!root)
    throw ParseError(source + ": it is no checkpoint but a " + (document.get<List>() ? "list" : "single value"));
  const DocumentReader read(*root, source);
  const std::string& kind = read.word("kind");
  const auto known = std::find(kinds.begin(), kinds.end(), kind);
  if (known == kinds.end()) read.refuse("kind", "is '" + kind.substr(0, 40) + "', not '" + kinds.front() + "'");
  if (const auto is = read.whole<std::int64_t>("schema"); is != schema)
    read.refuse("schema", "is " + std::to_string(is) + ", this version reads " + std::to_string(schema));
  require_seal(*root, source);
  Checkpoint c;
  c.source = source;
  c.kind = static_cast<Checkpoint::Kind>(known - kinds.begin());
  c.partial.requested = read.object("requested");
  c.step = read.whole<std::uint64_t>("step");
  if (c.kind != Checkpoint::Kind::replay) {
    c.state = read.object("state");
    return c;
  }
  read_state(read, c);
  read_curve(read, c);
  c.partial.delays.before_read = read_histogram(read, "before_read", c.messages);
  c.partial.delays.after_read = read_histogram(read, "after_read", c.messages);
  c.partial.delays.after_write = read_histogram(read, "after_write", c.messages);
  read_trace(read, c);
  return c;
}

}  // namespace asyncert::solvers
