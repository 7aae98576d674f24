// A value that a quantity takes or gives: number, flag, word, list or object. The tree that JSON, tables and the
// registry share.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert {

class Value;
using List = std::vector<Value>;
/// Named values in their given order.
class Object;

/// A rational that is shown as p/q instead of a decimal.
struct Fraction {
  Rational value;
};

/// How a number was obtained; ordered from strongest to weakest.
enum class Rigor { exact, enclosed, finite_sample, asymptotic, floating };
const char* to_string(Rigor rigor);

class Object {
 public:
  Object() = default;
  /// Appends a member; names are unique by the caller's care.
  Object& add(std::string name, Value value);
  /// nullptr where absent.
  const Value* find(const std::string& name) const;
  const std::vector<std::pair<std::string, Value>>& members() const& { return members_; }
  void members() const&& = delete;  // iterating over a temporary's members would dangle

 private:
  std::vector<std::pair<std::string, Value>> members_;
};

class Value {
 public:
  using Variant = std::variant<std::monostate, bool, std::string, Rational, Fraction, Ball, double, List, Object>;

  Value() = default;
  Value(bool flag) : data_(flag) {}                      // NOLINT
  Value(const char* word) : data_(std::string(word)) {}  // NOLINT
  Value(std::string word) : data_(std::move(word)) {}    // NOLINT
  Value(Rational x) : data_(std::move(x)) {}             // NOLINT
  Value(Fraction x) : data_(std::move(x)) {}             // NOLINT
  Value(Ball x) : data_(std::move(x)) {}                 // NOLINT
  Value(double x) : data_(x) {}                          // NOLINT
  Value(List x) : data_(std::move(x)) {}                 // NOLINT
  Value(Object x) : data_(std::move(x)) {}               // NOLINT
  template <Integer I>
  Value(I n) : data_(Rational(n)) {}  // NOLINT
  /// A list of anything that converts to Value.
  template <class T>
  Value(const std::vector<T>& items) : data_(List(items.begin(), items.end())) {}  // NOLINT

  const Variant& data() const { return data_; }
  template <class T>
  const T* get() const {
    return std::get_if<T>(&data_);
  }

 private:
  Variant data_;
};

/// True when every ball in the tree is known to at least `digits` decimal digits (or is exact, or infinite).
bool accurate_to(const Value& value, int digits);
/// The weakest rigor of the numbers in the tree.
Rigor weakest_rigor(const Value& value);
/// Numbers as decimal text of at most `digits` certain digits, flags as "true"/"false": what `eval` prints.
Value rendered(const Value& value, int digits);
/// A number, flag or word as text; lists and objects are not rendered here (returns JSON-like text).
std::string to_text(const Value& value, int digits);

}  // namespace asyncert
