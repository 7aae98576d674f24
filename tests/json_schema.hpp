// The part of JSON Schema (2020-12) that docs/results.schema.json uses. A keyword that it does not know is an error, so
// that no constraint of the schema is silently left out.
#pragma once

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/json.hpp"
#include "lib/value.hpp"

namespace asyncert::test {

class Schema {
 public:
  explicit Schema(Value root) : root_(std::move(root)) {}

  /// What is wrong with the document, each with its place; empty when it is valid.
  std::vector<std::string> errors(const Value& document) const {
    std::vector<std::string> found;
    check(document, root_, "$", found);
    return found;
  }

 private:
  using Errors = std::vector<std::string>;

  static const Object& object(const Value& v) {
    if (!v.get<Object>()) throw std::logic_error("a schema is not an object");
    return *v.get<Object>();
  }
  static std::string word(const Value& v) { return to_text(v, 17); }

  static bool has_type(const Value& v, const std::string& type) {
    if (type == "object") return v.get<Object>();
    if (type == "array") return v.get<List>();
    if (type == "string") return v.get<std::string>();
    if (type == "boolean") return v.get<bool>();
    if (type == "number") return v.get<Rational>();
    if (type == "integer") return v.get<Rational>() && v.get<Rational>()->is_integer();
    if (type == "null") return std::holds_alternative<std::monostate>(v.data());
    throw std::logic_error("unknown type " + type);
  }
  static bool equal(const Value& a, const Value& b) {
    return a.data().index() == b.data().index() && word(a) == word(b);
  }

  const Value& resolve(const std::string& reference) const {
    const std::string prefix = "#/$defs/";
    const Value* definitions = object(root_).find("$defs");
    const Value* found = reference.starts_with(prefix) && definitions
                             ? object(*definitions).find(reference.substr(prefix.size()))
                             : nullptr;
    if (!found) throw std::logic_error("unknown reference " + reference);
    return *found;
  }

  void check(const Value& v, const Value& schema, const std::string& at, Errors& found) const {
    for (const auto& [keyword, rule] : object(schema).members()) {
      if (keyword == "$schema" || keyword == "title" || keyword == "description" || keyword == "$defs") continue;
      if (keyword == "$ref") {
        check(v, resolve(word(rule)), at, found);
      } else if (keyword == "type") {
        if (!has_type(v, word(rule))) found.push_back(at + ": no " + word(rule));
      } else if (keyword == "const") {
        if (!equal(v, rule)) found.push_back(at + ": not " + word(rule));
      } else if (keyword == "enum") {
        const List& allowed = *rule.get<List>();
        if (std::none_of(allowed.begin(), allowed.end(), [&](const Value& a) { return equal(a, v); }))
          found.push_back(at + ": none of " + word(rule));
      } else if (keyword == "pattern") {
        if (v.get<std::string>() && !std::regex_search(*v.get<std::string>(), std::regex(word(rule))))
          found.push_back(at + ": does not match " + word(rule));
      } else if (keyword == "oneOf") {
        long valid = 0;
        for (const Value& option : *rule.get<List>()) {
          Errors own;
          check(v, option, at, own);
          valid += own.empty() ? 1 : 0;
        }
        if (valid != 1) found.push_back(at + ": " + std::to_string(valid) + " of the alternatives hold");
      } else if (keyword == "items") {
        if (const auto* list = v.get<List>())
          for (std::size_t i = 0; i < list->size(); ++i)
            check((*list)[i], rule, at + "[" + std::to_string(i) + "]", found);
      } else if (keyword == "required") {
        if (const auto* o = v.get<Object>())
          for (const Value& name : *rule.get<List>())
            if (!o->find(word(name))) found.push_back(at + ": no member " + word(name));
      } else if (keyword == "properties") {
        if (const auto* o = v.get<Object>())
          for (const auto& [name, member] : object(rule).members())
            if (const Value* present = o->find(name)) check(*present, member, at + "." + name, found);
      } else if (keyword == "additionalProperties") {
        const auto* o = v.get<Object>();
        if (!o) continue;
        const Value* properties = object(schema).find("properties");
        for (const auto& [name, member] : o->members()) {
          if (properties && object(*properties).find(name)) continue;
          if (rule.get<bool>())
            found.push_back(at + ": unknown member " + name);
          else
            check(member, rule, at + "." + name, found);
        }
      } else {
        throw std::logic_error("unknown keyword " + keyword);
      }
    }
  }

  Value root_;
};

}  // namespace asyncert::test
