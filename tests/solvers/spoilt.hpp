// Every way in which one place of a document can be spoilt: what reads documents must read or refuse each.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lib/value.hpp"

namespace asyncert {

using UseValue = std::function<void(Value)>;

/// Texts of numbers with blanks and of hexadecimal doubles with a number changed, lost or added, or cut.
inline void each_spoilt_word(const std::string& text, const UseValue& use) {
  for (const char* word : {"", " ", "x", "-1", "7ff8000000000000", "18446744073709551616"}) use(Value(word));
  if (text.empty()) return;
  use(Value(text.substr(0, text.size() - 1)));
  use(Value(text.substr(0, text.size() / 2)));
  for (const char* more : {" ", "0", " 0", " x", "7ff8000000000000"}) use(Value(text + more));
  std::vector<std::pair<std::size_t, std::size_t>> numbers;  // begin and length
  if (text.find(' ') == std::string::npos && text.size() % 16 == 0) {
    for (std::size_t at = 0; at < text.size(); at += 16) numbers.emplace_back(at, 16);
  } else {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      numbers.emplace_back(at, end - at);
      at = end + 1;
    }
  }
  for (const std::size_t i : {std::size_t{0}, numbers.size() / 2, numbers.size() - 1}) {
    const auto [begin, length] = numbers[i];
    for (const char* number :
         {"", "-", "-1", "0", "1", "2", "5", "4294967295", "4294967296", "18446744073709551615", "0000000000000000",
          "7ff8000000000000", "7ff0000000000000", "fff0000000000000", "bff0000000000000", "7fefffffffffffff"})
      use(Value(std::string(text).replace(begin, length, number)));
  }
}

/// `use` gets the tree with one node changed, once for each change that is tried; of long lists the ends and the
/// middle are tried.
inline void each_spoilt(const Value& value, const UseValue& use) {
  use({});
  for (const bool flag : {false, true}) use(flag);
  for (const long number : {-1L, 0L, 1L, 2L, 3L, 7L, 1000L, (1L << 32) - 1, 1L << 32, 1L << 52, 1L << 62})
    use(Rational(number));
  use(Rational(1, 2));
  use(pow(Rational(10), 40));
  use(List{});
  use(List{Value(List{})});
  use(Object());
  if (const auto* text = value.get<std::string>()) {
    each_spoilt_word(*text, use);
  } else if (const auto* list = value.get<List>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i > 1 && i + 2 < list->size() && i != list->size() / 2) continue;
      each_spoilt((*list)[i], [&](Value v) {
        List copy = *list;
        copy[i] = std::move(v);
        use(std::move(copy));
      });
      List less = *list, more = *list;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      use(std::move(less));
      more.push_back((*list)[i]);
      use(std::move(more));
    }
  } else if (const auto* object = value.get<Object>()) {
    const auto& members = object->members();
    for (std::size_t i = 0; i < members.size(); ++i) {
      const auto with = [&](const Value* v) {  // null: without the member
        Object copy;
        for (std::size_t k = 0; k < members.size(); ++k)
          if (k != i || v) copy.add(members[k].first, k == i ? *v : members[k].second);
        use(std::move(copy));
      };
      with(nullptr);
      each_spoilt(members[i].second, [&](Value v) { with(&v); });
    }
  }
}

}  // namespace asyncert
