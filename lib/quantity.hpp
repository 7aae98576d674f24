// Quantities: named, documented functions from typed inputs to named outputs, and the registry that lists them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/registry.hpp"
#include "lib/value.hpp"

namespace asyncert {

/// The set of admissible values of one parameter.
enum class Kind { real, integer, flag, word, real_list, integer_list, matrix };

/// One typed, documented input of a quantity.
struct Parameter {
  std::string name;
  std::string symbol;   ///< the paper's symbol, as LaTeX
  std::string meaning;  ///< one phrase, with unit or shape
  Kind kind = Kind::real;
  std::optional<Rational> lower = {};  ///< bounds apply to each element of a list or matrix
  std::optional<Rational> upper = {};
  bool lower_open = false;
  bool upper_open = false;
  bool optional = false;
  std::vector<std::string> words = {};  ///< the admissible words, for Kind::word

  // Fluent modifiers, so that a declaration reads as its domain.
  Parameter at_least(Rational x) const {
    Parameter p = *this;
    p.lower = std::move(x);
    p.lower_open = false;
    return p;
  }
  Parameter above(Rational x) const {
    Parameter p = *this;
    p.lower = std::move(x);
    p.lower_open = true;
    return p;
  }
  Parameter at_most(Rational x) const {
    Parameter p = *this;
    p.upper = std::move(x);
    p.upper_open = false;
    return p;
  }
  Parameter below(Rational x) const {
    Parameter p = *this;
    p.upper = std::move(x);
    p.upper_open = true;
    return p;
  }
  Parameter or_absent() const {
    Parameter p = *this;
    p.optional = true;
    return p;
  }
  /// "0 < eta <= 1", "an integer tau >= 0", 'one of "ball", "box"'.
  std::string domain() const;
};

Parameter real(std::string name, std::string symbol, std::string meaning);
Parameter integer(std::string name, std::string symbol, std::string meaning);
Parameter word(std::string name, std::string meaning, std::vector<std::string> words);
Parameter real_list(std::string name, std::string symbol, std::string meaning);
Parameter integer_list(std::string name, std::string symbol, std::string meaning);
Parameter matrix(std::string name, std::string symbol, std::string meaning);

/// Inputs that were checked against the parameters: all numbers exact rationals.
class Inputs {
 public:
  bool has(const std::string& name) const { return values_.contains(name); }
  const Rational& rational(const std::string& name) const;
  long integer(const std::string& name) const;
  const std::string& word(const std::string& name) const;
  const std::vector<Rational>& list(const std::string& name) const;
  std::vector<long> integers(const std::string& name) const;
  const std::vector<std::vector<Rational>>& matrix(const std::string& name) const;
  /// The number as the scalar T (double, Rational or Ball).
  template <class T>
  T number(const std::string& name) const {
    return from_rational<T>(rational(name));
  }
  template <class T>
  std::vector<T> numbers(const std::string& name) const {
    std::vector<T> r;
    for (const Rational& x : list(name)) r.push_back(from_rational<T>(x));
    return r;
  }

 private:
  friend struct Quantity;
  using Input = std::variant<Rational, std::string, std::vector<Rational>, std::vector<std::vector<Rational>>>;
  const Input& at(const std::string& name) const;
  std::map<std::string, Input> values_;
};

/// What a quantity gave, and how certain the least certain of its outputs is.
struct Evaluation {
  Object outputs;
  Rigor rigor;
};

/// A named function. `enclosed` computes with exact rationals and balls at the working precision and may throw
/// `Undecided` (the driver then doubles the precision); `floating` is the double version, absent where none is offered.
struct Quantity {
  std::string name;     ///< "hogwild.lemma3"
  std::string summary;  ///< one sentence
  std::string source;   ///< "paper hogwild, Lemma 3"
  std::vector<Parameter> parameters = {};
  std::vector<std::string> outputs = {};  ///< "name: meaning" lines; dotted names for nested outputs
  /// Throws `DomainError` when the inputs together are outside the domain (lambda_min > lambda_max, ...).
  std::function<void(const Inputs&)> validate = nullptr;
  std::function<Object(const Inputs&)> enclosed = nullptr;
  std::function<Object(const Inputs&)> floating = nullptr;

  /// Reads and checks the raw inputs (strings, numbers, lists). Throws `DomainError` or `ParseError`; unknown and
  /// missing names are errors too.
  Inputs read(const Object& raw) const;
  /// Certified outputs, each with at least `digits` certain decimal digits; the precision doubles from 128 bits until
  /// they have them. Throws `Undecided` at the cap of 65536 bits.
  Object evaluate(const Inputs& inputs, int digits) const;
  /// The double version. Where doubles left their range, on the way or in an output that is zero, subnormal or not
  /// finite, and where the double version is undecided, the outputs are those of `evaluate` with 17 digits, or the
  /// doubles where that is undecided; the rigor says which they are. Throws `Undecided` where both are. Requires
  /// `floating`.
  Evaluation evaluate_floating(const Inputs& inputs) const;
};

using QuantityRegistry = Registry<Quantity, &Quantity::name>;

}  // namespace asyncert
