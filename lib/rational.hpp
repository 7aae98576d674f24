// Exact rational numbers: a value type over FLINT's fmpq.
#pragma once

#include <flint/fmpq.h>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace asyncert {

/// The integers that are numbers: no truth values and no characters, and at most 64 bits.
template <class I>
concept Integer = std::integral<I> && sizeof(I) <= sizeof(slong) && !std::same_as<I, bool> && !std::same_as<I, char> &&
                  !std::same_as<I, wchar_t> && !std::same_as<I, char8_t> && !std::same_as<I, char16_t> &&
                  !std::same_as<I, char32_t>;

/// An exact rational number of unlimited size, always in lowest terms.
///
/// Used wherever a decision is algebraic. Division by zero throws `DomainError`.
class Rational {
 public:
  Rational() { fmpq_init(value_); }
  template <Integer I>
  Rational(I n) : Rational() {  // NOLINT: integers are rationals
    if constexpr (std::unsigned_integral<I>)
      fmpz_set_ui(fmpq_numref(value_), n);
    else
      fmpz_set_si(fmpq_numref(value_), n);
  }
  Rational(long numerator, long denominator);
  Rational(const Rational& other) : Rational() { fmpq_set(value_, other.value_); }
  Rational(Rational&& other) noexcept : Rational() { fmpq_swap(value_, other.value_); }
  Rational& operator=(const Rational& other) {
    fmpq_set(value_, other.value_);
    return *this;
  }
  Rational& operator=(Rational&& other) noexcept {
    fmpq_swap(value_, other.value_);
    return *this;
  }
  ~Rational() { fmpq_clear(value_); }

  /// Reads "3", "-0.125", "1e-5", "2.5E+3" or "p/q" exactly. Throws `ParseError` on anything else, and on
  /// exponents beyond +-10,000,000 (which would exhaust memory).
  static Rational parse(std::string_view text);
  /// The double's exact value; throws `DomainError` unless it is finite.
  static Rational from_double(double x);

  Rational& operator+=(const Rational& b) {
    fmpq_add(value_, value_, b.value_);
    return *this;
  }
  Rational& operator-=(const Rational& b) {
    fmpq_sub(value_, value_, b.value_);
    return *this;
  }
  Rational& operator*=(const Rational& b) {
    fmpq_mul(value_, value_, b.value_);
    return *this;
  }
  Rational& operator/=(const Rational& b);
  friend Rational operator+(Rational a, const Rational& b) { return a += b; }
  friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
  friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
  friend Rational operator/(Rational a, const Rational& b) { return a /= b; }
  Rational operator-() const;

  friend bool operator==(const Rational& a, const Rational& b) { return fmpq_equal(a.value_, b.value_); }
  friend bool operator<(const Rational& a, const Rational& b) { return fmpq_cmp(a.value_, b.value_) < 0; }
  friend bool operator>(const Rational& a, const Rational& b) { return b < a; }
  friend bool operator<=(const Rational& a, const Rational& b) { return !(b < a); }
  friend bool operator>=(const Rational& a, const Rational& b) { return !(a < b); }

  int sign() const { return fmpq_sgn(value_); }
  bool is_integer() const { return fmpz_is_one(fmpq_denref(value_)); }
  /// The integer value; throws `DomainError` when it is no integer or does not fit.
  long to_long() const;
  Rational floor() const;
  Rational ceil() const;
  /// The nearest double (to within one unit in the last place); +-infinity or 0 out of range.
  double to_double() const;
  /// "p/q", or "p" when the denominator is one.
  std::string to_string() const;
  /// Decimal with at most `digits` significant digits: the shortest exact form when one exists, else rounded.
  std::string to_decimal(int digits) const;

  const fmpq* raw() const { return value_; }
  fmpq* raw() { return value_; }

 private:
  fmpq_t value_;
};

/// x^n for any integer n (exact; cost grows with n times the size of x).
Rational pow(const Rational& x, long n);
Rational abs(const Rational& x);
inline const Rational& max(const Rational& a, const Rational& b) { return a < b ? b : a; }
inline const Rational& min(const Rational& a, const Rational& b) { return b < a ? b : a; }

}  // namespace asyncert
