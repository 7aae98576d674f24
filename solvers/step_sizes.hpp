// Step sizes gamma_n, n = 1, 2, ...
#pragma once

#include <cstdint>
#include <string>

namespace asyncert::solvers {

/// c / g(n + n0) with one of the growths g that the papers use.
struct StepSize {
  enum class Kind {
    constant,         ///< g = 1
    power,            ///< g = n^exponent
    n_log_n,          ///< g = n log n, for delays that grow linearly
    n_log_n_loglog_n  ///< g = n log n log log n, for delays that grow polynomially
  };
  Kind kind = Kind::constant;
  double c = 0.01;
  double exponent = 0.5;
  double n0 = 0;

  double at(std::uint64_t n) const;
  /// Throws `DomainError` unless every step from n = 1 on is positive and finite: c > 0, n0 >= 0, and for the
  /// logarithms 1 + n0 > 1 or 1 + n0 > e.
  void validate() const;
  std::string describe() const;
};

}  // namespace asyncert::solvers
