// The state of a run as a document and back, from one list of its fields.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/errors.hpp"
#include "lib/value.hpp"

namespace asyncert::solvers {

namespace detail {

/// Numbers with blanks: whole ones as they are, doubles as the hexadecimal of their bits, so that nothing is rounded.
template <class T>
void append_word(std::string& text, T value) {
  char word[24];
  char* end = nullptr;
  if constexpr (std::is_floating_point_v<T>)
    end = std::to_chars(word, word + sizeof word, std::bit_cast<std::uint64_t>(value), 16).ptr;
  else if constexpr (std::is_enum_v<T>)
    end = std::to_chars(word, word + sizeof word, static_cast<int>(value)).ptr;
  else
    end = std::to_chars(word, word + sizeof word, value).ptr;
  if (!text.empty()) text += ' ';
  text.append(word, end);
}

template <class T>
bool read_word(const char*& at, const char* last, T& value) {
  std::from_chars_result result{};
  if constexpr (std::is_floating_point_v<T>) {
    std::uint64_t bits = 0;
    result = std::from_chars(at, last, bits, 16);
    value = std::bit_cast<double>(bits);
  } else if constexpr (std::is_enum_v<T>) {
    int number = 0;
    result = std::from_chars(at, last, number);
    value = static_cast<T>(number);
  } else {
    result = std::from_chars(at, last, value);
  }
  if (result.ec != std::errc() || (result.ptr != last && (*result.ptr != ' ' || result.ptr + 1 == last))) return false;
  at = result.ptr == last ? last : result.ptr + 1;
  return true;
}

}  // namespace detail

/// Writes each named field; `each` and `columns` write sequences of objects.
class StateWriter {
 public:
  template <class T>
  void operator()(const std::string& name, const T& value) {
    if constexpr (std::is_same_v<T, bool>)
      object_.add(name, value);
    else
      (*this)(name, std::vector<T>{value});
  }
  template <class T>
  void operator()(const std::string& name, const std::vector<T>& values) {
    std::string text;
    for (const T value : values) detail::append_word(text, value);
    object_.add(name, std::move(text));
  }
  template <class Items, class Visit>
  void each(const std::string& name, Items& items, Visit visit) {
    List list;
    for (auto& item : items) {
      StateWriter writer;
      visit(writer, item);
      list.emplace_back(std::move(writer.object_));
    }
    object_.add(name, std::move(list));
  }
  template <class Items, class... Field>
  void columns(const std::string& name, const Items& items, Field Items::value_type::*... field) {
    int number = 0;
    const auto column = [&]<class T>(T Items::value_type::*member) {
      std::vector<T> values;
      for (const auto& item : items) values.push_back(item.*member);
      (*this)(name + "." + std::to_string(number++), values);
    };
    (column(field), ...);
  }
  Object take() { return std::move(object_); }

 private:
  Object object_;
};

/// Reads what `StateWriter` wrote. Throws `ParseError` naming the source and the field that is missing or malformed;
/// whether the fields fit together is its caller's to judge.
class StateReader {
 public:
  /// Both must outlive the reader.
  StateReader(const Object& object, const std::string& source) : object_(object), source_(source) {}
  template <class T>
  void operator()(const std::string& name, T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = member<bool>(name);
    } else {
      std::vector<T> values;
      (*this)(name, values);
      if (values.size() != 1) malformed(name);
      value = values.front();
    }
  }
  template <class T>
  void operator()(const std::string& name, std::vector<T>& values) {
    const auto& text = member<std::string>(name);
    values.clear();
    const char *at = text.data(), *last = text.data() + text.size();
    for (T value{}; at != last; values.push_back(value))
      if (!detail::read_word(at, last, value)) malformed(name);
  }
  template <class Items, class Visit>
  void each(const std::string& name, Items& items, Visit visit) {
    const auto& list = member<List>(name);
    if (list.size() != items.size()) malformed(name);
    std::size_t i = 0;
    for (auto& item : items) {
      const auto* object = list[i++].get<Object>();
      if (!object) malformed(name);
      StateReader reader(*object, source_);
      visit(reader, item);
    }
  }
  template <class Items, class... Field>
  void columns(const std::string& name, Items& items, Field Items::value_type::*... field) {
    int number = 0;
    const auto column = [&]<class T>(T Items::value_type::*member) {
      std::vector<T> values;
      (*this)(name + "." + std::to_string(number), values);
      if (number++ == 0) items.resize(values.size());
      if (items.size() != values.size()) malformed(name);
      for (std::size_t i = 0; i < values.size(); ++i) items[i].*member = values[i];
    };
    (column(field), ...);
  }

 private:
  [[noreturn]] void malformed(const std::string& name) const {
    throw ParseError(source_ + ": \"" + name + "\" is missing or malformed");
  }
  template <class T>
  const T& member(const std::string& name) const {
    const Value* value = object_.find(name);
    const T* typed = value ? value->get<T>() : nullptr;
    if (!typed) malformed(name);
    return *typed;
  }
  const Object& object_;
  const std::string& source_;
};

}  // namespace asyncert::solvers
