#include "lib/value.hpp"

#include <algorithm>
#include <cmath>

#include "lib/shortest.hpp"
#include "lib/text.hpp"

namespace asyncert {

const char* to_string(Rigor rigor) {
  switch (rigor) {
    case Rigor::exact:
      return "exact";
    case Rigor::enclosed:
      return "enclosed";
    case Rigor::finite_sample:
      return "finite-sample";
    case Rigor::asymptotic:
      return "asymptotic";
    case Rigor::floating:
      return "float";
  }
  return "float";
}

Object& Object::add(std::string name, Value value) {
  members_.emplace_back(std::move(name), std::move(value));
  return *this;
}

const Value* Object::find(const std::string& name) const {
  for (const auto& [key, value] : members_)
    if (key == name) return &value;
  return nullptr;
}

bool accurate_to(const Value& value, int digits) {
  if (const auto* x = value.get<Ball>()) {
    if (x->is_exact()) return true;
    if (!x->is_finite()) return false;
    return x->accuracy_bits() >= static_cast<long>(std::ceil(digits * 3.3219281)) + 4;
  }
  if (const auto* list = value.get<List>())
    return std::all_of(list->begin(), list->end(), [&](const Value& v) { return accurate_to(v, digits); });
  if (const auto* object = value.get<Object>())
    return std::all_of(object->members().begin(), object->members().end(),
                       [&](const auto& member) { return accurate_to(member.second, digits); });
  return true;
}

Rigor weakest_rigor(const Value& value) {
  if (value.get<Ball>()) return Rigor::enclosed;
  if (value.get<double>()) return Rigor::floating;
  Rigor weakest = Rigor::exact;
  if (const auto* list = value.get<List>())
    for (const auto& v : *list) weakest = std::max(weakest, weakest_rigor(v));
  if (const auto* object = value.get<Object>())
    for (const auto& [name, v] : object->members()) weakest = std::max(weakest, weakest_rigor(v));
  return weakest;
}

Value rendered(const Value& value, int digits) {
  if (const auto* list = value.get<List>()) {
    List r;
    for (const auto& v : *list) r.push_back(rendered(v, digits));
    return r;
  }
  if (const auto* object = value.get<Object>()) {
    Object r;
    for (const auto& [name, v] : object->members()) r.add(name, rendered(v, digits));
    return r;
  }
  if (std::holds_alternative<std::monostate>(value.data())) return {};
  return to_text(value, digits);
}

std::string to_text(const Value& value, int digits) {
  if (const auto* flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const auto* word = value.get<std::string>()) return *word;
  if (const auto* x = value.get<Rational>()) return x->to_decimal(digits);
  if (const auto* x = value.get<Fraction>()) return x->value.to_string();
  if (const auto* x = value.get<Ball>()) return x->to_decimal(digits);
  if (const auto* x = value.get<double>()) return shortest(*x);
  if (const auto* list = value.get<List>())
    return "[" + join(*list, [&](const Value& v) { return to_text(v, digits); }) + "]";
  if (const auto* object = value.get<Object>())
    return "{" +
           join(object->members(),
                [&](const auto& member) { return member.first + ": " + to_text(member.second, digits); }) +
           "}";
  return "-";
}

}  // namespace asyncert
