// Documents that a run goes on from, checkpoints and traces: read strictly, compared, and sealed.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "lib/errors.hpp"
#include "lib/value.hpp"

namespace asyncert::solvers {

/// The members of one object of a document. Whatever is missing, of another type or outside its range throws
/// `ParseError`: the source (a file's name, or what the document is), the member and the reason.
class DocumentReader {
 public:
  /// Both must outlive the reader.
  DocumentReader(const Object& object, const std::string& source) : object_(&object), source_(&source) {}

  [[noreturn]] void refuse(const std::string& reason) const { throw ParseError(*source_ + ": " + reason); }
  [[noreturn]] void refuse(const std::string& name, const std::string& reason) const {
    refuse("\"" + name + "\" " + reason);
  }
  void require(bool holds, const std::string& name, const char* reason) const {
    if (!holds) refuse(name, reason);
  }

  bool has(const std::string& name) const { return object_->find(name) != nullptr; }
  const Value& member(const std::string& name) const;
  const std::string& word(const std::string& name) const { return typed<std::string>(name, "word"); }
  const List& list(const std::string& name) const { return typed<List>(name, "list"); }
  const Object& object(const std::string& name) const { return typed<Object>(name, "object"); }
  bool flag(const std::string& name) const { return typed<bool>(name, "flag"); }

  /// A whole number of the type I: the member `name`, or the part `value` of it.
  template <std::integral I>
  I whole(const std::string& name, const Value& value) const {
    const auto number = whole_number(name, value);
    if (!number || !std::in_range<I>(*number))
      refuse(name, "holds " + shown(value) + ", the least and the largest are " +
                       std::to_string(std::numeric_limits<I>::min()) + " and " +
                       std::to_string(std::numeric_limits<I>::max()));
    return static_cast<I>(*number);
  }
  template <std::integral I>
  I whole(const std::string& name) const {
    return whole<I>(name, member(name));
  }
  /// A finite number, 0 or more: the part `value` of the member `name`.
  double amount(const std::string& name, const Value& value) const;

 private:
  template <class T>
  const T& typed(const std::string& name, const char* type) const {
    const T* value = member(name).get<T>();
    if (!value) refuse(name, std::string("is no ") + type);
    return *value;
  }
  /// Nothing where it lies beyond 2^63 in modulus; throws where it is no whole number.
  std::optional<std::int64_t> whole_number(const std::string& name, const Value& value) const;
  /// The value in an error, cut where it is long.
  static std::string shown(const Value& value);

  const Object* object_;
  const std::string* source_;
};

/// One text for a tree before it was written as JSON and after it was read again: numbers as shortest doubles.
std::string canonical_text(const Value& value);

/// What `seal` adds: the CRC-32 of the canonical text of all members but "checksum", as eight hexadecimal digits.
std::string checksum(const Object& document);
/// Adds the member "checksum".
Object& seal(Object& document);
/// Throws `ParseError` unless the member "checksum" is that of the others.
void require_seal(const Object& document, const std::string& source);

}  // namespace asyncert::solvers
