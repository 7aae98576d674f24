#include "solvers/trace_document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
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

std::string place(std::size_t update, std::size_t coordinate) {
  return "update " + std::to_string(update) + ", coordinate " + std::to_string(coordinate);
}

/// Appends `count` numbers, each below `limit` or untouched.
void read_stamps(const DocumentReader& read, const std::string& name, const Value& value, std::size_t count,
                 std::uint64_t limit, std::vector<std::uint32_t>& stamps) {
  const auto* text = value.get<std::string>();
  if (!text) read.refuse(name, "is no word");
  std::size_t found = 0;
  for (std::string_view rest = *text; !rest.empty(); ++found) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    std::uint32_t stamp = Ancestry::untouched;
    if (word != "-") {
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), stamp);
      if (error != std::errc() || end != word.data() + word.size() || stamp >= limit)
        read.refuse(name,
                    "holds the stamp '" + std::string(word.substr(0, 40)) + "', none below " + std::to_string(limit));
    }
    stamps.push_back(stamp);
  }
  if (found != count)
    read.refuse(name,
                "holds " + std::to_string(found) + " stamps, the memory has " + std::to_string(count) + " coordinates");
}

void read_ancestry(const DocumentReader& read, Trace& trace) {
  Ancestry& a = trace.ancestry;
  a.single_precision = read.flag("single_precision");
  const List &reads = read.list("read"), &bases = read.list("replaced"), &stores = read.list("stores");
  const std::size_t steps = trace.messages.size();
  if (steps >= Ancestry::untouched - 1) read.refuse("read", "holds 2^32 - 2 updates or more");
  if (reads.size() != steps || bases.size() != steps)
    read.refuse("read", "and \"replaced\" have not the stamps of every message");
  a.dimension = read.whole<std::uint32_t>("dimension");
  if (a.dimension == 0) read.refuse("dimension", "is 0");
  for (std::size_t t = 0; t < steps; ++t) {
    if (trace.messages[t].step != t) read.refuse("read", "belongs to updates of one message each");
    a.worker.push_back(trace.messages[t].worker);
    a.local.push_back(trace.messages[t].local);
    // What an update read was written by updates before it.
    read_stamps(read, "read", reads[t], a.dimension, t + 1, a.read);
    read_stamps(read, "replaced", bases[t], a.dimension, steps + 1, a.base);
  }
  read_stamps(read, "final", read.member("final"), a.dimension, steps + 1, a.final_stamp);
  require_lineage(read, a);
  if (stores.size() % 2 != 0) read.refuse("stores", "ends with half a pair");
  for (std::size_t i = 0; i < stores.size(); i += 2)
    trace.stores.push_back(
        {read.whole<std::uint32_t>("stores", stores[i]), read.whole<std::uint32_t>("stores", stores[i + 1])});
  if (trace.stores.empty()) return;
  if (a.single_precision) read.refuse("single_precision", "belongs to traces without \"stores\"");
  require_stores(read, a, trace.stores);
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
  if (a.dimension == 0) return seal(document);
  List reads, bases, stores;
  for (std::size_t t = 0; t < a.steps(); ++t) {
    reads.emplace_back(words(std::span(a.read).subspan(t * a.dimension, a.dimension)));
    bases.emplace_back(words(std::span(a.base).subspan(t * a.dimension, a.dimension)));
  }
  for (const Store& s : trace.stores) {
    stores.emplace_back(s.label);
    stores.emplace_back(s.coordinate);
  }
  document.add("stamps", Object()
                             .add("dimension", a.dimension)
                             .add("single_precision", a.single_precision)
                             .add("read", std::move(reads))
                             .add("replaced", std::move(bases))
                             .add("final", words(a.final_stamp))
                             .add("stores", std::move(stores)));
  return seal(document);
}

void require_lineage(const DocumentReader& read, const Ancestry& a) {
  const std::size_t d = a.dimension, n = a.steps();
  std::vector<std::uint32_t> largest, way;  // of a stamp: the largest one on its way back; 0 where it is not known
  std::vector<std::uint8_t> entered;
  for (std::size_t j = 0; j < d; ++j) {
    largest.assign(n + 1, 0);
    entered.assign(n + 1, 0);
    const auto settle = [&](std::uint32_t stamp) {
      for (; stamp != 0 && largest[stamp] == 0; stamp = a.base[(stamp - 1) * d + j]) {
        if (a.base[(stamp - 1) * d + j] == Ancestry::untouched)
          read.refuse("replaced", "says that " + place(stamp - 1, j) + " was not written, but it was read or replaced");
        if (std::exchange(entered[stamp], 1))
          read.refuse("replaced", "makes " + place(stamp - 1, j) + " its own ancestor");
        way.push_back(stamp);
      }
      for (std::uint32_t most = largest[stamp]; !way.empty(); way.pop_back())
        largest[way.back()] = most = std::max(most, way.back());
    };
    for (std::size_t t = 0; t < n; ++t) {
      if (a.base[t * d + j] != Ancestry::untouched) settle(static_cast<std::uint32_t>(t + 1));
      const std::uint32_t stamp = a.read[t * d + j];
      if (stamp == Ancestry::untouched) continue;
      settle(stamp);
      if (largest[stamp] > t)
        read.refuse("read", "lets " + place(t, j) + " see update " + std::to_string(largest[stamp] - 1));
    }
    if (a.final_stamp[j] == Ancestry::untouched)
      read.refuse("final", "has no stamp for coordinate " + std::to_string(j));
    settle(a.final_stamp[j]);
  }
}

void require_stores(const DocumentReader& read, const Ancestry& a, const std::vector<Store>& stores) {
  std::vector<std::uint8_t> stored(a.base.size(), 0);
  std::vector<std::uint32_t> last(a.dimension, 0);
  for (const Store& s : stores) {
    const std::string here = place(s.label, s.coordinate);
    if (s.label >= a.steps() || s.coordinate >= a.dimension) read.refuse("stores", "names " + here);
    const std::size_t at = s.label * a.dimension + s.coordinate;
    const std::uint32_t base = a.base[at];
    if (std::exchange(stored[at], 1)) read.refuse("stores", "names " + here + " twice");
    if (base == Ancestry::untouched) read.refuse("stores", "names " + here + ", which was not written");
    if (base != 0 && !stored[(base - 1) * a.dimension + s.coordinate])
      read.refuse("stores", "has " + here + " before the store that it replaced");
    last[s.coordinate] = s.label + 1;
  }
  const auto written =
      a.base.size() - static_cast<std::size_t>(std::count(a.base.begin(), a.base.end(), Ancestry::untouched));
  if (stores.size() != written)
    read.refuse("stores",
                "holds " + std::to_string(stores.size()) + " stores, the updates made " + std::to_string(written));
  if (last != a.final_stamp) read.refuse("final", "holds other stamps than the last stores");
}

void require_order(const DocumentReader& read, const Trace& trace) {
  std::vector<std::uint64_t> made(trace.workers, 0);
  const TraceMessage* before = nullptr;
  const std::uint64_t last = trace.messages.empty() ? 0 : trace.messages.back().step;
  const std::uint64_t most_blocks =
      trace.block_labels.empty() ? std::numeric_limits<std::uint32_t>::max() : trace.blocks;
  for (std::size_t i = 0; i < trace.messages.size(); ++i) {
    const TraceMessage& m = trace.messages[i];
    const auto wrong = [&](const char* name, const std::string& value, const std::string& domain) {
      read.refuse("message " + std::to_string(i) + ": " + name + " = " + value + " is outside its domain: " + domain);
    };
    const auto step = static_cast<std::int64_t>(m.step);
    const std::uint64_t next = before ? before->step + 1 : 0;
    const bool part = before && m.step == before->step && m.part == before->part + 1;
    if (!part && (m.step != next || m.part != 0))
      wrong("step, part", std::to_string(m.step) + ", " + std::to_string(m.part),
            std::to_string(next) + ", 0" + (before ? ", or the next part of the update before" : ""));
    if (m.worker >= trace.workers)
      wrong("worker", std::to_string(m.worker), "fewer than the " + std::to_string(trace.workers) + " workers");
    if (m.local != made[m.worker])
      wrong("local", std::to_string(m.local),
            std::to_string(made[m.worker]) + ", the messages that worker " + std::to_string(m.worker) + " made before");
    if (m.read_begin > m.read_end)
      wrong("read_begin", std::to_string(m.read_begin), "at most read_end = " + std::to_string(m.read_end));
    if (m.read_end > step)
      wrong("read_end", std::to_string(m.read_end), "at most the update's label, " + std::to_string(step));
    if (m.write_end < m.step || m.write_end > last + 1)
      wrong("write_end", std::to_string(m.write_end), std::to_string(m.step) + " to " + std::to_string(last + 1));
    if (const std::uint64_t end = std::uint64_t{m.block} + m.block_count; end > most_blocks)
      wrong("block + block_count", std::to_string(end), "at most " + std::to_string(most_blocks));
    for (std::size_t b = 0; b < trace.blocks && !trace.block_labels.empty(); ++b)
      if (const std::int64_t label = trace.block_labels[i * trace.blocks + b]; label > step)
        wrong("a block label", std::to_string(label), "at most the update's label, " + std::to_string(step));
    ++made[m.worker];
    before = &m;
  }
}

Trace trace_from(const Value& document, const std::string& source) {
  const auto* root = document.get<Object>();
  const Value* found = root ? root->find("trace") : nullptr;
  const auto* object = found ? found->get<Object>() : nullptr;
  if (!object) throw ParseError(source + ": it holds no trace; a run with --trace and --out writes one");
  const DocumentReader read(*object, source);
  Trace trace;
  trace.source = source;
  const List &names = read.list("columns"), &messages = read.list("messages");
  const bool known =
      std::equal(names.begin(), names.end(), columns.begin(), columns.end(), [](const Value& v, const char* name) {
        const auto* text = v.get<std::string>();
        return text && *text == name;
      });
  if (!known) read.refuse("columns", "names others than this version knows");
  if (messages.empty()) read.refuse("messages", "is empty");
  trace.workers = read.whole<std::uint32_t>("workers");
  // A thread may have made no message, but a run has no more threads than 1024 beside those that made one.
  if (trace.workers == 0 || trace.workers > 1024 + messages.size())
    read.refuse("workers",
                "is " + std::to_string(trace.workers) + " for " + std::to_string(messages.size()) + " messages");
  for (const Value& value : messages) {
    const auto* row = value.get<List>();
    if (!row || row->size() != columns.size())
      read.refuse("messages", "holds something that is no row of " + std::to_string(columns.size()) + " numbers");
    const auto at = [&]<class T>(std::size_t i, T&) { return read.whole<T>(columns[i], (*row)[i]); };
    TraceMessage m;
    m.step = at(0, m.step);
    m.part = at(1, m.part);
    m.worker = at(2, m.worker);
    m.local = at(3, m.local);
    m.read_begin = at(4, m.read_begin);
    m.read_end = at(5, m.read_end);
    m.write_end = at(6, m.write_end);
    m.time = read.amount(columns[7], (*row)[7]);
    m.lock_wait = read.amount(columns[8], (*row)[8]);
    m.block = at(9, m.block);
    m.block_count = at(10, m.block_count);
    trace.messages.push_back(m);
  }
  if (read.has("block_labels")) {
    trace.blocks = read.whole<std::uint32_t>("blocks");
    for (const Value& label : read.list("block_labels"))
      trace.block_labels.push_back(read.whole<std::int64_t>("block_labels", label));
    if (trace.block_labels.empty() || trace.block_labels.size() != trace.messages.size() * trace.blocks)
      read.refuse("block_labels", "has not a label for every message and block");
  }
  require_order(read, trace);
  if (read.has("stamps")) read_ancestry(DocumentReader(read.object("stamps"), source), trace);
  if (read.has("checksum")) require_seal(*object, source);  // a trace from elsewhere needs none
  return trace;
}

}  // namespace asyncert::solvers
