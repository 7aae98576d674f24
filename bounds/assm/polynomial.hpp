// Polynomials in two variables with rational coefficients, and their irreducible factors.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "bounds/assm/min_norm.hpp"

namespace asyncert::assm {

/// sum of c_ij x^i y^j, exact. In one variable all j are zero.
class Polynomial {
 public:
  using Exponents = std::array<int, 2>;

  Polynomial(const Rational& constant = {});  // NOLINT: numbers are polynomials
  static Polynomial variable(std::size_t index);
  static Polynomial monomial(const Rational& coefficient, const Exponents& exponents);

  Polynomial& operator+=(const Polynomial& other);
  friend Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }
  friend Polynomial operator-(Polynomial a, const Polynomial& b) { return a += b * Polynomial(Rational(-1)); }
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  friend bool operator==(const Polynomial& a, const Polynomial& b) { return a.terms_ == b.terms_; }
  friend bool operator<(const Polynomial& a, const Polynomial& b) { return a.terms_ < b.terms_; }

  bool is_zero() const { return terms_.empty(); }
  int degree() const;
  Polynomial derivative(std::size_t index) const;
  /// The polynomial with polynomials in place of its variables.
  Polynomial at(const std::vector<Polynomial>& x) const;
  /// The value at a point of rationals or balls (one or two coordinates).
  template <class T>
  T operator()(const std::vector<T>& x) const {
    T sum{Rational(0)};
    for (const auto& [e, c] : terms_) {
      T product{c};
      for (std::size_t i = 0; i < x.size(); ++i)
        for (int k = 0; k < e[i]; ++k) product = product * x[i];
      sum = sum + product;
    }
    return sum;
  }
  const std::map<Exponents, Rational>& terms() const& { return terms_; }
  void terms() const&& = delete;
  /// Coefficients of a polynomial in the first variable alone, constant first; at least one.
  std::vector<Rational> coefficients() const;

 private:
  std::map<Exponents, Rational> terms_;  ///< nonzero coefficients
};

/// The gradient in n variables.
std::vector<Polynomial> gradient(const Polynomial& p, std::size_t n);

/// p = unit * product of factors^power, the factors irreducible over the rationals, with integer coefficients without
/// common divisor and a positive leading one, so that equal factors of different polynomials are equal.
struct Factorisation {
  int unit_sign = 0;  ///< sign of the unit; 0 for the zero polynomial
  std::vector<std::pair<Polynomial, long>> factors;
};
Factorisation factorise(const Polynomial& p);

}  // namespace asyncert::assm
