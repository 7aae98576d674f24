// How accurate the double versions are: measured against the enclosures over wide random inputs.
//
// usage: accuracy REFERENCE_DIR TABLE.csv [--update]
// Inputs are drawn around the reference rows: every number of a row is multiplied by an independent log-uniform factor
// in [1/30, 30] (integers are rounded), and what a quantity's domain refuses is drawn again. For every output the
// largest and the mean relative error in units of eps = 2^-52 are compared with the committed table; --update writes
// the table. Exits 1 when an error exceeds the documented one by more than half, or a documented output was not
// measured.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <vector>

#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"

using namespace asyncert;

namespace {

struct Errors {
  long samples = 0;
  long flags_differing = 0;
  double largest = 0;
  double sum = 0;
};
using Table = std::map<std::string, Errors>;

class Perturbation {
 public:
  explicit Perturbation(std::uint64_t seed) : engine_(seed) {}
  Value operator()(const Parameter& p, const Value& v) {
    if (const auto* list = v.get<List>()) {
      List r;
      for (const Value& x : *list) r.push_back((*this)(p, x));
      return r;
    }
    if (p.kind == Kind::word) return v;
    const Rational x = v.get<Rational>() ? *v.get<Rational>() : Rational::parse(*v.get<std::string>());
    if (x.sign() == 0) return x;
    const double factor = std::exp(std::uniform_real_distribution<double>(-std::log(30.0), std::log(30.0))(engine_));
    const double y = x.to_double() * factor;
    if (p.kind == Kind::integer || p.kind == Kind::integer_list) return Rational::from_double(std::round(y));
    return Rational::from_double(y);
  }

 private:
  std::mt19937_64 engine_;
};

/// The largest integer input: enclosures of long sequences cost too much to draw many of them.
bool affordable(const Object& inputs, const Quantity& q) {
  for (const Parameter& p : q.parameters) {
    if (p.kind != Kind::integer) continue;
    const Value* v = inputs.find(p.name);
    if (v && v->get<Rational>() && *v->get<Rational>() > Rational(20'000'000'000'000L)) return false;
  }
  return true;
}

/// A number that is no double.
std::optional<Ball> certified(const Value& value) {
  if (const auto* r = value.get<Rational>()) return Ball(*r);
  if (const auto* f = value.get<Fraction>()) return Ball(f->value);
  if (const auto* ball = value.get<Ball>()) return *ball;
  return {};
}

void compare(const std::string& name, const Value& truth, const Value& measured, Table& table) {
  if (const auto* a = truth.get<Object>()) {
    const auto* b = measured.get<Object>();
    for (const auto& [key, value] : a->members())
      if (const Value* other = b ? b->find(key) : nullptr) compare(name + "." + key, value, *other, table);
    return;
  }
  if (const auto* a = truth.get<List>()) {
    const auto* b = measured.get<List>();
    if (!b || a->size() != b->size()) {
      ++table[name].flags_differing;
      return;
    }
    for (std::size_t i = 0; i < a->size(); ++i) compare(name, (*a)[i], (*b)[i], table);
    return;
  }
  Errors& e = table[name];
  ++e.samples;
  const std::optional<Ball> certain = certified(truth);
  if (!certain) {
    if (to_text(truth, 17) != to_text(measured, 17)) ++e.flags_differing;
    return;
  }
  const Ball& exact = *certain;
  const double nearest = exact.midpoint();
  const auto* x = measured.get<double>();
  if (!x) {
    // An exact number, or the enclosure where doubles leave their range.
    const std::optional<Ball> other = certified(measured);
    if (!other || !other->overlaps(exact)) ++e.flags_differing;
    return;
  }
  // Below and above double's range the nearest double is 0 or infinite: it must be just that.
  if (!std::isfinite(nearest) || std::fabs(nearest) < 0x1p-1000) {
    if (std::isfinite(nearest) ? std::fabs(*x) > 0x1p-999 : *x != nearest) ++e.flags_differing;
    return;
  }
  if (!std::isfinite(*x)) {
    ++e.flags_differing;
    return;
  }
  const double error = abs((Ball::from_double(*x) - exact) / exact).upper() / 0x1p-52;
  e.largest = std::max(e.largest, error);
  e.sum += error;
}

void measure(const Quantity& quantity, const std::vector<Object>& rows, Table& table) {
  constexpr int wanted = 500;
  Perturbation perturb(std::hash<std::string>{}(quantity.name));
  int done = 0;
  for (int attempt = 0; attempt < 40 * wanted && done < wanted; ++attempt) {
    const Object& row = rows[static_cast<std::size_t>(attempt) % rows.size()];
    Object raw;
    for (const Parameter& p : quantity.parameters)
      if (const Value* v = row.find(p.name)) raw.add(p.name, perturb(p, *v));
    if (!affordable(raw, quantity)) continue;
    try {
      const Inputs inputs = quantity.read(raw);
      const Object truth = quantity.evaluate(inputs, 25);
      const PrecisionScope precision(256);
      compare(quantity.name, truth, quantity.evaluate_floating(inputs).outputs, table);
      ++done;
    } catch (const std::invalid_argument&) {  // outside the domain: draw again
    } catch (const Undecided&) {              // an exact tie
    }
  }
}

Table read_table(const std::string& path) {
  Table table;
  std::istringstream lines(read_file(path));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string name, cell;
    std::getline(cells, name, ',');
    Errors e;
    std::getline(cells, cell, ',');
    e.samples = std::stol(cell);
    std::getline(cells, cell, ',');
    e.flags_differing = std::stol(cell);
    std::getline(cells, cell, ',');
    e.largest = std::stod(cell);
    table[name] = e;
  }
  return table;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: accuracy REFERENCE_DIR TABLE.csv [--update]\n");
    return 2;
  }
  const bool update = argc > 3 && std::string(argv[3]) == "--update";
  const QuantityRegistry registry = all_quantities();
  std::map<std::string, std::vector<Object>> rows;
  for (const auto& file : std::filesystem::directory_iterator(argv[1])) {
    if (file.path().extension() != ".json") continue;
    const Value document = parse_json(read_file(file.path()));
    for (const Value& row : *document.get<Object>()->find("rows")->get<List>()) {
      const Object& o = *row.get<Object>();
      rows[*o.find("quantity")->get<std::string>()].push_back(*o.find("inputs")->get<Object>());
    }
  }
  Table table;
  for (const auto& [name, quantity] : registry.all())
    if (quantity.floating && rows.contains(name)) measure(quantity, rows[name], table);
  if (table.empty()) {
    std::fprintf(stderr, "accuracy: nothing was measured\n");
    return 5;
  }
  if (update) {
    std::string text = "output,samples,differing,max_eps,mean_eps\n";
    for (const auto& [name, e] : table) {
      char line[256];
      std::snprintf(line, sizeof line, "%s,%ld,%ld,%.3g,%.3g\n", name.c_str(), e.samples, e.flags_differing, e.largest,
                    e.samples ? e.sum / static_cast<double>(e.samples) : 0.0);
      text += line;
    }
    write_file(argv[2], text);
    return 0;
  }
  int bad = 0;
  const Table documented = read_table(argv[2]);
  for (const auto& [name, want] : documented) {
    const auto found = table.find(name);
    const bool fine = found != table.end() && found->second.flags_differing <= want.flags_differing &&
                      found->second.largest <= 1.5 * want.largest + 2;
    if (!fine) {
      ++bad;
      std::printf("%s: documented %.3g eps and %ld differing, measured %.3g and %ld\n", name.c_str(), want.largest,
                  want.flags_differing, found == table.end() ? NAN : found->second.largest,
                  found == table.end() ? -1 : found->second.flags_differing);
    }
  }
  std::printf("%zu outputs measured, %zu documented, %d beyond their documented error\n", table.size(),
              documented.size(), bad);
  return bad || documented.size() != table.size() ? 1 : 0;
}
