#include "lib/instance_text.hpp"

namespace asyncert {

namespace {

constexpr std::size_t longest_fraction = 80;

}  // namespace

Value instance_text(const Value& value, int digits) {
  if (const auto* list = value.get<List>()) {
    List r;
    for (const Value& v : *list) r.push_back(instance_text(v, digits));
    return r;
  }
  if (const auto* object = value.get<Object>()) {
    Object r;
    for (const auto& [name, v] : object->members()) r.add(name, instance_text(v, digits));
    return r;
  }
  if (const auto* x = value.get<Rational>()) {
    std::string decimal = x->to_decimal(digits);
    if (Rational::parse(decimal) == *x) return decimal;
    std::string fraction = x->to_string();
    return fraction.size() <= longest_fraction ? fraction : decimal;
  }
  return rendered(value, digits);
}

}  // namespace asyncert
