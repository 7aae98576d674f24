#include "solvers/trace_document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "lib/errors.hpp"

namespace asyncert::solvers {

namespace {

constexpr std::array columns{"step",      "part", "worker",    "local", "read_begin", "read_end",
                             "write_end", "time", "lock_wait", "block", "block_count"};

std::string words(std::span<const std::uint32_t> stamps) {
  std::string text;
  for (const std::uint32_t stamp : stamps) {
    if (!text.empty()) text += ' ';
    text += stamp == Ancestry::untouched ? "-" : std::to_string(stamp);
  }
  return text;
}

template <class Range>
List list_of(const Range& values) {
  List list;
  for (const auto& v : values) list.emplace_back(v);
  return list;
}

[[noreturn]] void malformed(const std::string& what) { throw ParseError("trace: " + what); }

template <class T>
const T& member(const Object& object, const char* name) {
  const Value* value = object.find(name);
  if (!value) malformed(std::string("\"") + name + "\" is missing");
  const T* typed = value->get<T>();
  if (!typed) malformed(std::string("\"") + name + "\" is of another type");
  return *typed;
}

std::int64_t integer(const Value& value, const char* name) {
  const auto* number = value.get<Rational>();
  if (!number || !number->is_integer()) malformed(std::string("\"") + name + "\" holds something that is no integer");
  return number->to_long();
}

template <class T>
T natural(const Value& value, const char* name) {
  const std::int64_t n = integer(value, name);
  if (n < 0 || !std::in_range<T>(n)) malformed(std::string("\"") + name + "\" = " + std::to_string(n));
  return static_cast<T>(n);
}

double seconds(const Value& value, const char* name) {
  const auto* number = value.get<Rational>();
  if (!number) malformed(std::string("\"") + name + "\" holds something that is no number");
  return number->to_double();
}

/// Appends `count` numbers, each below `limit` or untouched.
void read_stamps(const Value& value, std::size_t count, std::uint64_t limit, const char* name,
                 std::vector<std::uint32_t>& stamps) {
  const auto* text = value.get<std::string>();
  if (!text) malformed(std::string("\"") + name + "\" is no word");
  std::size_t found = 0;
  for (std::string_view rest = *text; !rest.empty(); ++found) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    std::uint32_t stamp = Ancestry::untouched;
    if (word != "-") {
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), stamp);
      if (error != std::errc() || end != word.data() + word.size() || stamp >= limit)
        malformed(std::string("\"") + name + "\" holds the stamp '" + std::string(word) + "'");
    }
    stamps.push_back(stamp);
  }
  if (found != count)
    malformed(std::string("\"") + name + "\" holds " + std::to_string(found) + " stamps, the memory has " +
              std::to_string(count) + " coordinates");
}

void read_ancestry(const Object& object, Trace& trace) {
  Ancestry& a = trace.ancestry;
  a.single_precision = member<bool>(object, "single_precision");
  const auto& reads = member<List>(object, "read");
  const auto& bases = member<List>(object, "replaced");
  const std::size_t steps = trace.messages.size();
  if (reads.size() != steps || bases.size() != steps) malformed("it has not the stamps of every message");
  a.dimension = natural<std::uint32_t>(member<Rational>(object, "dimension"), "dimension");
  for (std::size_t t = 0; t < steps; ++t) {
    if (trace.messages[t].step != t) malformed("update " + std::to_string(t) + " is missing");
    a.worker.push_back(trace.messages[t].worker);
    a.local.push_back(trace.messages[t].local);
    // What an update read was written by updates before it.
    read_stamps(reads[t], a.dimension, t + 1, "read", a.read);
    read_stamps(bases[t], a.dimension, steps + 1, "replaced", a.base);
  }
  read_stamps(*object.find("final"), a.dimension, steps + 1, "final", a.final_stamp);
  const auto& stores = member<List>(object, "stores");
  for (std::size_t i = 0; i + 1 < stores.size(); i += 2)
    trace.stores.push_back(
        {natural<std::uint32_t>(stores[i], "stores"), natural<std::uint32_t>(stores[i + 1], "stores")});
  std::vector<std::uint8_t> stored(a.base.size(), 0);
  for (const Store& s : trace.stores) {
    if (s.label >= steps || s.coordinate >= a.dimension ||
        std::exchange(stored[s.label * a.dimension + s.coordinate], 1))
      malformed("\"stores\" names update " + std::to_string(s.label) + ", coordinate " + std::to_string(s.coordinate));
  }
}

}  // namespace

Object to_document(const Trace& trace) {
  List messages;
  for (const TraceMessage& m : trace.messages) {
    List row;
    row.reserve(columns.size());
    const auto put = [&](const auto&... items) { (row.emplace_back(items), ...); };
    put(m.step, m.part, m.worker, m.local, m.read_begin, m.read_end, m.write_end, m.time, m.lock_wait, m.block,
        m.block_count);
    messages.emplace_back(std::move(row));
  }
  Object document;
  document.add("workers", trace.workers).add("columns", list_of(columns)).add("messages", std::move(messages));
  if (!trace.block_labels.empty())
    document.add("blocks", trace.blocks).add("block_labels", list_of(trace.block_labels));
  const Ancestry& a = trace.ancestry;
  if (a.dimension == 0) return document;
  List reads, bases, stores;
  for (std::size_t t = 0; t < a.steps(); ++t) {
    reads.emplace_back(words(std::span(a.read).subspan(t * a.dimension, a.dimension)));
    bases.emplace_back(words(std::span(a.base).subspan(t * a.dimension, a.dimension)));
  }
  for (const Store& s : trace.stores) {
    stores.emplace_back(s.label);
    stores.emplace_back(s.coordinate);
  }
  return document.add("stamps", Object()
                                    .add("dimension", a.dimension)
                                    .add("single_precision", a.single_precision)
                                    .add("read", std::move(reads))
                                    .add("replaced", std::move(bases))
                                    .add("final", words(a.final_stamp))
                                    .add("stores", std::move(stores)));
}

Trace trace_from(const Value& document) {
  const auto* root = document.get<Object>();
  const Value* found = root ? root->find("trace") : nullptr;
  const auto* object = found ? found->get<Object>() : nullptr;
  if (!object) malformed("the document holds none; a run with --trace and --out writes it");
  Trace trace;
  trace.workers = natural<std::uint32_t>(member<Rational>(*object, "workers"), "workers");
  const auto& names = member<List>(*object, "columns");
  const bool known =
      std::equal(names.begin(), names.end(), columns.begin(), columns.end(), [](const Value& v, const char* name) {
        const auto* text = v.get<std::string>();
        return text && *text == name;
      });
  if (!known) malformed("its columns are others");
  for (const Value& value : member<List>(*object, "messages")) {
    const auto* row = value.get<List>();
    if (!row || row->size() != columns.size()) malformed("a message is no row of " + std::to_string(columns.size()));
    const auto at = [&]<class T>(std::size_t i, T&) { return natural<T>((*row)[i], columns[i]); };
    TraceMessage m;
    m.step = at(0, m.step);
    m.part = at(1, m.part);
    m.worker = at(2, m.worker);
    m.local = at(3, m.local);
    m.read_begin = integer((*row)[4], columns[4]);
    m.read_end = integer((*row)[5], columns[5]);
    m.write_end = at(6, m.write_end);
    m.time = seconds((*row)[7], columns[7]);
    m.lock_wait = seconds((*row)[8], columns[8]);
    m.block = at(9, m.block);
    m.block_count = at(10, m.block_count);
    if (m.worker >= trace.workers)
      malformed("worker " + std::to_string(m.worker) + " of " + std::to_string(trace.workers));
    trace.messages.push_back(m);
  }
  if (object->find("block_labels")) {
    trace.blocks = natural<std::uint32_t>(member<Rational>(*object, "blocks"), "blocks");
    for (const Value& label : member<List>(*object, "block_labels"))
      trace.block_labels.push_back(integer(label, "block_labels"));
    if (trace.block_labels.size() != trace.messages.size() * trace.blocks)
      malformed("it has not a label for every message and block");
  }
  if (object->find("stamps")) read_ancestry(member<Object>(*object, "stamps"), trace);
  return trace;
}

}  // namespace asyncert::solvers
