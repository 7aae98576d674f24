#include "solvers/document_reader.hpp"

#include <zlib.h>

#include <charconv>
#include <cmath>

#include "lib/shortest.hpp"
#include "lib/text.hpp"

namespace asyncert::solvers {

const Value& DocumentReader::member(const std::string& name) const {
  const Value* value = object_->find(name);
  if (!value) refuse(name, "is missing");
  return *value;
}

std::optional<std::int64_t> DocumentReader::whole_number(const std::string& name, const Value& value) const {
  const auto* number = value.get<Rational>();
  if (!number || !number->is_integer()) refuse(name, "holds " + shown(value) + ", which is no whole number");
  static const Rational most(std::numeric_limits<std::int64_t>::max());
  return *number <= most && *number >= -most ? std::optional<std::int64_t>(number->to_long()) : std::nullopt;
}

double DocumentReader::amount(const std::string& name, const Value& value) const {
  const auto* number = value.get<Rational>();
  const double x = number ? number->to_double() : -1;
  if (!(x >= 0 && std::isfinite(x))) refuse(name, "holds " + shown(value) + ", which is no finite number of 0 or more");
  return x;
}

std::string DocumentReader::shown(const Value& value) {
  if (value.get<List>()) return "a list";
  if (value.get<Object>()) return "an object";
  if (std::holds_alternative<std::monostate>(value.data())) return "nothing";
  std::string text = to_text(value, 17);
  if (text.size() > 40) text = text.substr(0, 40) + "...";
  return value.get<std::string>() ? "'" + text + "'" : text;
}

namespace {

/// A decimal of at most 17 digits as the double nearest to it; JSON writes no longer ones.
std::string number_text(const Rational& x) {
  static const Rational most(1L << 53);
  if (x.is_integer() && abs(x) <= most) return shortest(static_cast<double>(x.to_long()));
  const std::string decimal = x.to_decimal(17);
  double nearest = 0;
  const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), nearest);
  return error == std::errc() && end == decimal.data() + decimal.size() ? shortest(nearest) : decimal;
}

}  // namespace

std::string canonical_text(const Value& value) {
  if (const auto* x = value.get<Rational>()) return number_text(*x);
  if (const auto* x = value.get<double>()) return shortest(*x);
  const auto inner = [](const Value& v) {
    const std::string text = canonical_text(v);
    const auto* number = v.get<double>();
    const bool word = v.get<std::string>() || v.get<Fraction>() || (number && !std::isfinite(*number));  // in JSON
    return word ? "\"" + text + "\"" : text;
  };
  if (const auto* list = value.get<List>()) return "[" + join(*list, inner) + "]";
  if (const auto* object = value.get<Object>())
    return "{" + join(object->members(), [&](const auto& m) { return m.first + ": " + inner(m.second); }) + "}";
  return to_text(value, 17);
}

std::string checksum(const Object& document) {
  uLong sum = crc32(0, nullptr, 0);
  const auto add = [&](const std::string& text) {
    sum = crc32_z(sum, reinterpret_cast<const Bytef*>(text.data()), text.size() + 1);  // the 0 keeps members apart
  };
  for (const auto& [name, value] : document.members()) {
    if (name == "checksum") continue;
    add(name);
    add(canonical_text(value));
  }
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) text.push_back(hex[(sum >> shift) & 15u]);
  return text;
}

Object& seal(Object& document) { return document.add("checksum", checksum(document)); }

void require_seal(const Object& document, const std::string& source) {
  const DocumentReader read(document, source);
  const std::string& written = read.word("checksum");
  const std::string is = checksum(document);
  if (written != is)
    read.refuse("checksum",
                "is '" + written.substr(0, 40) + "', what it holds gives " + is + ": it was changed or damaged");
}

}  // namespace asyncert::solvers
