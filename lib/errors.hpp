// The errors that the library throws. A numerical outcome is a value; only misuse and undecidable questions throw.
#pragma once

#include <stdexcept>
#include <string>

#include "lib/shortest.hpp"

namespace asyncert {

/// An input outside its domain. The message names the parameter, its value and the domain, in one sentence.
class DomainError : public std::invalid_argument {
 public:
  DomainError(const std::string& parameter, const std::string& value, const std::string& domain)
      : std::invalid_argument(parameter + " = " + value + " is outside its domain: " + domain) {}
  DomainError(const std::string& parameter, double value, const std::string& domain)
      : DomainError(parameter, shortest(value), domain) {}
  explicit DomainError(const std::string& message) : std::invalid_argument(message) {}
};

/// Input that cannot be read at all: malformed numbers, JSON, data files.
class ParseError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// A predicate on enclosures that the working precision cannot decide. Drivers catch it and double the precision;
/// when it leaves a driver, the precision cap was reached, and the honest answer is "inconclusive".
class Undecided : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace asyncert
