#include "lib/quantity.hpp"

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <stdexcept>

#include "lib/errors.hpp"
#include "lib/text.hpp"

namespace asyncert {

namespace {

Parameter make(std::string name, std::string symbol, std::string meaning, Kind kind) {
  Parameter p;
  p.name = std::move(name);
  p.symbol = std::move(symbol);
  p.meaning = std::move(meaning);
  p.kind = kind;
  return p;
}

}  // namespace

Parameter real(std::string name, std::string symbol, std::string meaning) {
  return make(std::move(name), std::move(symbol), std::move(meaning), Kind::real);
}
Parameter integer(std::string name, std::string symbol, std::string meaning) {
  return make(std::move(name), std::move(symbol), std::move(meaning), Kind::integer);
}
Parameter word(std::string name, std::string meaning, std::vector<std::string> words) {
  Parameter p = make(std::move(name), "", std::move(meaning), Kind::word);
  p.words = std::move(words);
  return p;
}
Parameter real_list(std::string name, std::string symbol, std::string meaning) {
  return make(std::move(name), std::move(symbol), std::move(meaning), Kind::real_list);
}
Parameter integer_list(std::string name, std::string symbol, std::string meaning) {
  return make(std::move(name), std::move(symbol), std::move(meaning), Kind::integer_list);
}
Parameter matrix(std::string name, std::string symbol, std::string meaning) {
  return make(std::move(name), std::move(symbol), std::move(meaning), Kind::matrix);
}

std::string Parameter::domain() const {
  if (kind == Kind::word) {
    return "one of " + join(words, [](const std::string& w) { return '"' + w + '"'; });
  }
  std::string prefix;
  switch (kind) {
    case Kind::integer:
      prefix = "an integer ";
      break;
    case Kind::real_list:
      prefix = "a list of numbers ";
      break;
    case Kind::integer_list:
      prefix = "a list of integers ";
      break;
    case Kind::matrix:
      prefix = "a list of equally long rows of numbers ";
      break;
    default:
      prefix = "a number ";
      break;
  }
  const std::string element = kind == Kind::real || kind == Kind::integer ? name : "each entry";
  if (!lower && !upper) return prefix.substr(0, prefix.size() - 1);
  std::string text = prefix + (element == name ? "" : "with ");
  if (lower && upper) {
    text += lower->to_decimal(12) + (lower_open ? " < " : " <= ") + element + (upper_open ? " < " : " <= ") +
            upper->to_decimal(12);
  } else if (lower) {
    text += element + (lower_open ? " > " : " >= ") + lower->to_decimal(12);
  } else {
    text += element + (upper_open ? " < " : " <= ") + upper->to_decimal(12);
  }
  return text;
}

const Inputs::Input& Inputs::at(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw DomainError("the parameter " + name + " is missing");
  return found->second;
}
const Rational& Inputs::rational(const std::string& name) const { return std::get<Rational>(at(name)); }
long Inputs::integer(const std::string& name) const { return rational(name).to_long(); }
const std::string& Inputs::word(const std::string& name) const { return std::get<std::string>(at(name)); }
const std::vector<Rational>& Inputs::list(const std::string& name) const {
  return std::get<std::vector<Rational>>(at(name));
}
const std::vector<std::vector<Rational>>& Inputs::matrix(const std::string& name) const {
  return std::get<std::vector<std::vector<Rational>>>(at(name));
}
std::vector<long> Inputs::integers(const std::string& name) const {
  std::vector<long> r;
  for (const Rational& x : list(name)) r.push_back(x.to_long());
  return r;
}

namespace {

Rational read_number(const Parameter& p, const Value& raw) {
  Rational x;
  try {
    if (const auto* text = raw.get<std::string>()) {
      x = Rational::parse(*text);
    } else if (const auto* number = raw.get<Rational>()) {
      x = *number;
    } else {
      throw ParseError("");
    }
  } catch (const ParseError&) {
    throw DomainError(p.name, to_text(raw, 17), p.domain());
  }
  const bool integral = p.kind == Kind::integer || p.kind == Kind::integer_list;
  bool inside = !integral || x.is_integer();
  if (p.lower) inside = inside && (p.lower_open ? *p.lower < x : *p.lower <= x);
  if (p.upper) inside = inside && (p.upper_open ? x < *p.upper : x <= *p.upper);
  if (!inside) throw DomainError(p.name, to_text(raw, 17), p.domain());
  return x;
}

std::vector<Rational> read_list(const Parameter& p, const Value& raw) {
  const auto* list = raw.get<List>();
  if (!list || list->empty()) throw DomainError(p.name, to_text(raw, 17), p.domain());
  std::vector<Rational> r;
  for (const Value& v : *list) r.push_back(read_number(p, v));
  return r;
}

}  // namespace

Inputs Quantity::read(const Object& raw) const {
  for (const auto& [key, value] : raw.members()) {
    if (std::none_of(parameters.begin(), parameters.end(),
                     [&key = key](const Parameter& p) { return p.name == key; })) {
      const std::string known = join(parameters, [](const Parameter& p) { return p.name; });
      throw DomainError(name + " has no parameter " + key +
                        (known.empty() ? "; it takes none" : "; it takes " + known));
    }
  }
  Inputs inputs;
  for (const Parameter& p : parameters) {
    const Value* value = raw.find(p.name);
    if (!value || std::holds_alternative<std::monostate>(value->data())) {
      if (p.optional) continue;
      throw DomainError(name + " needs the parameter " + p.name + ": " + p.domain());
    }
    switch (p.kind) {
      case Kind::word: {
        const auto* text = value->get<std::string>();
        if (!text || std::find(p.words.begin(), p.words.end(), *text) == p.words.end())
          throw DomainError(p.name, to_text(*value, 17), p.domain());
        inputs.values_[p.name] = *text;
        break;
      }
      case Kind::real_list:
      case Kind::integer_list:
        inputs.values_[p.name] = read_list(p, *value);
        break;
      case Kind::matrix: {
        const auto* rows = value->get<List>();
        if (!rows || rows->empty()) throw DomainError(p.name, to_text(*value, 17), p.domain());
        std::vector<std::vector<Rational>> m;
        for (const Value& row : *rows) m.push_back(read_list(p, row));
        for (const auto& row : m)
          if (row.size() != m.front().size()) throw DomainError(p.name, to_text(*value, 17), p.domain());
        inputs.values_[p.name] = std::move(m);
        break;
      }
      default:
        inputs.values_[p.name] = read_number(p, *value);
    }
  }
  if (validate) validate(inputs);
  return inputs;
}

Object Quantity::evaluate(const Inputs& inputs, int digits) const {
  Object result;
  escalate_precision(
      name,
      [&] {
        result = enclosed(inputs);
        return accurate_to(Value(result), digits);
      },
      128, 1L << 16);
  return result;
}

namespace {

bool all_normal(const Value& value) {
  if (const auto* x = value.get<double>()) return std::isnormal(*x);
  if (const auto* list = value.get<List>()) return std::all_of(list->begin(), list->end(), all_normal);
  if (const auto* object = value.get<Object>())
    return std::all_of(object->members().begin(), object->members().end(),
                       [](const auto& member) { return all_normal(member.second); });
  return true;
}

}  // namespace

Evaluation Quantity::evaluate_floating(const Inputs& inputs) const {
  std::optional<Value> doubles;
  std::feclearexcept(FE_ALL_EXCEPT);
  try {
    doubles = floating(inputs);
  } catch (const Undecided&) {
  }
  // The flags see what the outputs may not show: a square that underflowed inside a sum, an infinity in a quotient.
  const bool in_range = std::fetestexcept(FE_OVERFLOW | FE_UNDERFLOW | FE_DIVBYZERO | FE_INVALID) == 0;
  if (doubles && in_range && all_normal(*doubles)) return {*doubles->get<Object>(), Rigor::floating};
  try {
    Object outputs = evaluate(inputs, 17);
    const Rigor rigor = weakest_rigor(outputs);
    return {std::move(outputs), rigor};
  } catch (const Undecided&) {  // an exact zero or tie, which no enclosure tells from a small number
    if (!doubles) throw;
    return {*doubles->get<Object>(), Rigor::floating};
  }
}

}  // namespace asyncert
