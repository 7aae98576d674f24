// usage: test_reference FILE.json: every row whose quantity is registered must agree to 1e-15 relative (p/q exactly).
#include <cstdio>

#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"

using namespace asyncert;

namespace {

std::string where_different(const Value& want, const Value& got, const std::string& where) {
  if (const auto* object = want.get<Object>()) {
    const auto* other = got.get<Object>();
    if (!other) return where + ": wanted an object";
    for (const auto& [name, value] : object->members()) {
      const Value* v = other->find(name);
      if (!v) return where + "." + name + ": missing";
      if (std::string d = where_different(value, *v, where + "." + name); !d.empty()) return d;
    }
    return "";
  }
  if (const auto* list = want.get<List>()) {
    const auto* other = got.get<List>();
    if (!other || other->size() != list->size()) return where + ": wanted a list of " + std::to_string(list->size());
    for (std::size_t i = 0; i < list->size(); ++i)
      if (std::string d = where_different((*list)[i], (*other)[i], where + "[" + std::to_string(i) + "]"); !d.empty())
        return d;
    return "";
  }
  const std::string a = to_text(want, 60), b = to_text(got, 60);
  if (a == b) return "";
  const std::string difference = where + ": wanted " + a + ", got " + b;
  try {
    const PrecisionScope precision(256);
    // Exponents beyond what exact rationals can carry are parsed as balls.
    const bool fractions = a.find('/') != std::string::npos && b.find('/') != std::string::npos;
    if (fractions) return Rational::parse(a) == Rational::parse(b) ? "" : difference;
    const Ball x = a.find('/') != std::string::npos ? Ball(Rational::parse(a)) : Ball::parse(a);
    const Ball y = b.find('/') != std::string::npos ? Ball(Rational::parse(b)) : Ball::parse(b);
    const Ball error = abs(x - y);
    const Ball allowed = a == "0" ? Ball::parse("1e-28") : abs(x) * Ball::parse("1e-15");
    return certainly_less_equal(error, allowed) ? "" : difference;
  } catch (const ParseError&) {
    return difference;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const QuantityRegistry registry = all_quantities();
  const Value document = parse_json(read_file(argv[1]));
  long rows = 0, bad = 0, unregistered = 0;
  for (const Value& v : *document.get<Object>()->find("rows")->get<List>()) {
    const Object& row = *v.get<Object>();
    const Quantity* quantity = registry.find(to_text(*row.find("quantity"), 17));
    if (!quantity) {
      ++unregistered;
      continue;
    }
    ++rows;
    std::string d;
    try {
      const Object outputs = quantity->evaluate(quantity->read(*row.find("inputs")->get<Object>()), 30);
      d = where_different(*row.find("outputs"), rendered(outputs, 30), "");
    } catch (const std::exception& e) {
      d = e.what();
    }
    if (!d.empty()) {
      ++bad;
      std::printf("%s%s\n", to_text(*row.find("id"), 17).c_str(), (" " + d).c_str());
    }
  }
  std::printf("%ld of %ld rows agree; %ld rows of quantities that are not registered\n", rows - bad, rows,
              unregistered);
  return bad == 0 && rows > 0 ? 0 : 1;
}
