#include "solvers/checkpoint.hpp"

#include <bit>
#include <charconv>
#include <utility>

#include "lib/errors.hpp"

namespace asyncert::solvers {

namespace {

constexpr std::size_t digits = 16;

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

const Value& member(const Object& object, const char* name) {
  const Value* value = object.find(name);
  if (!value) throw ParseError(std::string("checkpoint: \"") + name + "\" is missing");
  return *value;
}

template <class T>
const T& typed(const Object& object, const char* name, const char* type) {
  const T* value = member(object, name).get<T>();
  if (!value) throw ParseError(std::string("checkpoint: \"") + name + "\" is no " + type);
  return *value;
}

std::vector<double> doubles(const Value& value, const char* name) {
  const auto* text = value.get<std::string>();
  if (!text || text->size() % digits != 0)
    throw ParseError(std::string("checkpoint: \"") + name + "\" is no list of hexadecimal doubles");
  std::vector<double> result;
  for (std::size_t at = 0; at < text->size(); at += digits) {
    std::uint64_t word = 0;
    const auto [end, error] = std::from_chars(text->data() + at, text->data() + at + digits, word, 16);
    if (error != std::errc() || end != text->data() + at + digits)
      throw ParseError(std::string("checkpoint: \"") + name + "\" has a malformed hexadecimal double");
    result.push_back(std::bit_cast<double>(word));
  }
  return result;
}

std::int64_t integer(const Value& value, const char* name) {
  const auto* number = value.get<Rational>();
  if (!number || !number->is_integer())
    throw ParseError(std::string("checkpoint: \"") + name + "\" holds something that is no integer");
  return number->to_long();
}
std::int64_t integer(const Object& object, const char* name) { return integer(member(object, name), name); }

template <class Range>
List rows(const Range& vectors) {
  List list;
  for (const auto& v : vectors) list.emplace_back(bits(v));
  return list;
}

template <class Container>
Container read_rows(const Object& object, const char* name) {
  Container result;
  for (const Value& v : typed<List>(object, name, "list")) result.push_back(doubles(v, name));
  return result;
}

List integers(const auto& values) {
  List list;
  for (const auto v : values) list.emplace_back(v);
  return list;
}

template <class T>
std::vector<T> read_integers(const Object& object, const char* name) {
  std::vector<T> result;
  for (const Value& v : typed<List>(object, name, "list")) result.push_back(static_cast<T>(integer(v, name)));
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

Histogram read_histogram(const Object& object, const char* name) {
  std::map<std::uint64_t, std::uint64_t> counts;
  for (const Value& v : typed<List>(object, name, "list")) {
    const auto* pair = v.get<List>();
    if (!pair || pair->size() != 2) throw ParseError(std::string("checkpoint: \"") + name + "\" is no list of pairs");
    counts[static_cast<std::uint64_t>(integer((*pair)[0], name))] =
        static_cast<std::uint64_t>(integer((*pair)[1], name));
  }
  return Histogram::from(counts);
}

}  // namespace

Object to_document(const Checkpoint& c) {
  if (!c.simulation.members().empty())
    return Object()
        .add("schema", 1)
        .add("kind", "checkpoint of a simulated run")
        .add("requested", c.partial.requested)
        .add("step", c.step)
        .add("simulation", c.simulation);
  std::vector<double> curve;
  for (const CurvePoint& p : c.partial.curve) curve.insert(curve.end(), {p.seconds, p.value, p.gradient_norm});
  std::vector<std::uint64_t> curve_steps;
  for (const CurvePoint& p : c.partial.curve) curve_steps.push_back(p.step);
  std::vector<std::int64_t> messages;
  for (const TraceMessage& m : c.partial.trace.messages)
    messages.insert(messages.end(), {static_cast<std::int64_t>(m.step), static_cast<std::int64_t>(m.local), m.worker,
                                     m.part, m.read_begin, m.block, m.block_count});
  Object document;
  document.add("schema", 1)
      .add("kind", "checkpoint")
      .add("requested", c.partial.requested)
      .add("step", c.step)
      .add("memory", bits(c.memory))
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
  return document;
}

Checkpoint checkpoint_from(const Value& document) {
  const auto* root = document.get<Object>();
  if (!root) throw ParseError("checkpoint: the document is no object");
  const std::string& kind = typed<std::string>(*root, "kind", "word");
  const bool simulated = kind == "checkpoint of a simulated run";
  if (kind != "checkpoint" && !simulated) throw ParseError("checkpoint: the document is of another kind");
  if (integer(*root, "schema") != 1) throw ParseError("checkpoint: its schema is not 1");
  Checkpoint c;
  c.partial.requested = typed<Object>(*root, "requested", "object");
  c.step = static_cast<std::uint64_t>(integer(*root, "step"));
  if (simulated) {
    c.simulation = typed<Object>(*root, "simulation", "object");
    return c;
  }
  c.memory = doubles(member(*root, "memory"), "memory");
  c.epoch_memory = doubles(member(*root, "epoch_memory"), "epoch_memory");
  c.oldest_label = integer(*root, "oldest_label");
  c.history = read_rows<std::deque<std::vector<double>>>(*root, "history");
  c.increments = read_rows<std::deque<std::vector<double>>>(*root, "increments");
  c.local = read_rows<std::vector<std::vector<double>>>(*root, "local");
  c.local_count = read_integers<std::uint64_t>(*root, "local_count");
  c.survived = read_integers<std::uint64_t>(*root, "survived");
  c.messages = static_cast<std::uint64_t>(integer(*root, "messages"));
  const auto numbers = doubles(member(*root, "numbers"), "numbers");
  const auto curve = doubles(member(*root, "curve"), "curve");
  const auto curve_steps = read_integers<std::uint64_t>(*root, "curve_steps");
  const auto trace = read_integers<std::int64_t>(*root, "trace");
  if (numbers.size() != 3 || curve.size() != 3 * curve_steps.size() || trace.size() % 7 != 0 ||
      c.local.size() != c.local_count.size() || c.history.empty() || c.history.back() != c.memory)
    throw ParseError("checkpoint: its parts do not fit together");
  c.squared_gap_sum = numbers[0];
  c.partial.max_gap = numbers[1];
  c.partial.seconds = numbers[2];
  for (std::size_t i = 0; i < curve_steps.size(); ++i)
    c.partial.curve.push_back({curve_steps[i], curve[3 * i], curve[3 * i + 1], curve[3 * i + 2]});
  c.partial.delays.before_read = read_histogram(*root, "before_read");
  c.partial.delays.after_read = read_histogram(*root, "after_read");
  c.partial.delays.after_write = read_histogram(*root, "after_write");
  for (std::size_t i = 0; i < trace.size(); i += 7)
    c.partial.trace.messages.push_back({.step = static_cast<std::uint64_t>(trace[i]),
                                        .local = static_cast<std::uint64_t>(trace[i + 1]),
                                        .worker = static_cast<std::uint32_t>(trace[i + 2]),
                                        .part = static_cast<std::uint32_t>(trace[i + 3]),
                                        .read_begin = trace[i + 4],
                                        .read_end = trace[i + 4],
                                        .write_end = static_cast<std::uint64_t>(trace[i]) + 1,
                                        .block = static_cast<std::uint32_t>(trace[i + 5]),
                                        .block_count = static_cast<std::uint32_t>(trace[i + 6])});
  c.partial.trace.blocks = static_cast<std::size_t>(integer(*root, "trace_blocks"));
  c.partial.trace.block_labels = read_integers<std::int64_t>(*root, "trace_block_labels");
  return c;
}

}  // namespace asyncert::solvers
