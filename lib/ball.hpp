// Certified real numbers: a value type over Arb's mid-rad intervals, and predicates with three values.
#pragma once

#include <concepts>
#include <string>

#include "lib/arb.hpp"
#include "lib/errors.hpp"
#include "lib/rational.hpp"

namespace asyncert {

/// The working precision in bits of every `Ball` operation of this thread, for the lifetime of the scope.
class PrecisionScope {
 public:
  explicit PrecisionScope(long bits) : previous_(bits_) { bits_ = bits; }
  ~PrecisionScope() { bits_ = previous_; }
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;
  static long bits() { return bits_; }

 private:
  long previous_;
  static thread_local long bits_;
};

/// What a predicate on enclosures can say.
enum class Ternary { no, yes, unknown };

/// A real number that is guaranteed to lie in [mid - rad, mid + rad].
///
/// Every operation returns an enclosure of the exact result for all points of its operands, at the working precision
/// of `PrecisionScope`. There is no conversion from double: 0.45 is not 9/20. An operation outside its domain
/// (log of a ball that touches zero, say) gives an indeterminate ball, which no predicate can decide.
class Ball {
 public:
  Ball() { arb_init(value_); }
  template <Integer I>
  Ball(I n) : Ball() {  // NOLINT: integers are reals
    if constexpr (std::unsigned_integral<I>)
      arb_set_ui(value_, n);
    else
      arb_set_si(value_, n);
  }
  Ball(const Rational& x) : Ball() {  // NOLINT: rationals are reals
    arb_set_fmpq(value_, x.raw(), PrecisionScope::bits());
  }
  Ball(double) = delete;
  Ball(const Ball& other) : Ball() { arb_set(value_, other.value_); }
  Ball(Ball&& other) noexcept : Ball() { arb_swap(value_, other.value_); }
  Ball& operator=(const Ball& other) {
    arb_set(value_, other.value_);
    return *this;
  }
  Ball& operator=(Ball&& other) noexcept {
    arb_swap(value_, other.value_);
    return *this;
  }
  ~Ball() { arb_clear(value_); }

  /// The exact value of a double, infinities included.
  static Ball from_double(double x);
  /// Decimal text with its rounding error enclosed.
  static Ball parse(const std::string& text);
  /// The smallest ball that contains both.
  static Ball hull(const Ball& a, const Ball& b);
  static Ball pi();
  static Ball infinity();

  Ball& operator+=(const Ball& b) {
    arb_add(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  Ball& operator-=(const Ball& b) {
    arb_sub(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  Ball& operator*=(const Ball& b) {
    arb_mul(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  Ball& operator/=(const Ball& b) {
    arb_div(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  friend Ball operator+(Ball a, const Ball& b) { return a += b; }
  friend Ball operator-(Ball a, const Ball& b) { return a -= b; }
  friend Ball operator*(Ball a, const Ball& b) { return a *= b; }
  friend Ball operator/(Ball a, const Ball& b) { return a /= b; }
  Ball operator-() const;

  bool is_exact() const { return arb_is_exact(value_); }
  bool is_finite() const { return arb_is_finite(value_); }
  bool contains_zero() const { return arb_contains_zero(value_); }
  bool contains(const Rational& x) const { return arb_contains_fmpq(value_, x.raw()); }
  bool overlaps(const Ball& other) const { return arb_overlaps(value_, other.value_); }
  /// Relative accuracy in bits (very large for exact values, negative for balls that tell nothing).
  long accuracy_bits() const { return arb_rel_accuracy_bits(value_); }

  double midpoint() const;
  /// Doubles that enclose the ball: lower() <= x <= upper().
  double lower() const;
  double upper() const;
  /// Exact ends, as balls of radius zero.
  Ball lower_end() const;
  Ball upper_end() const;
  /// The unique integer of the ball; throws `Undecided` if it contains none or several.
  Rational unique_integer() const;

  /// At most `digits` significant decimal digits, only those that the enclosure makes certain (to one unit in the
  /// last place); "inf", "-inf"; throws `Undecided` where not even the first digit is certain.
  std::string to_decimal(int digits) const;
  /// Midpoint and radius, for people: "[0.333333 +/- 3.4e-7]".
  std::string to_string(int digits = 15) const;

  const arb_struct* raw() const { return value_; }
  arb_struct* raw() { return value_; }

 private:
  arb_t value_;
};

// Elementary functions with the same names for double (from <cmath>) and Ball, so that one template serves both.
Ball sqrt(const Ball& x);
Ball exp(const Ball& x);
Ball expm1(const Ball& x);
Ball log(const Ball& x);
Ball log1p(const Ball& x);
Ball sin(const Ball& x);
Ball cos(const Ball& x);
Ball atan(const Ball& x);
Ball abs(const Ball& x);
Ball pow(const Ball& x, const Ball& y);
/// x^n by binary powering (negative n allowed); cost O(log n), any size of n.
Ball pow(const Ball& x, long n);
Ball max(const Ball& a, const Ball& b);
Ball min(const Ball& a, const Ball& b);

/// True only if it holds for every point of both; false says nothing.
bool certainly_less(const Ball& a, const Ball& b);
bool certainly_less_equal(const Ball& a, const Ball& b);
inline bool certainly_less(double a, double b) { return a < b; }
Ternary compare_less(const Ball& a, const Ball& b);
Ternary compare_less_equal(const Ball& a, const Ball& b);

// decide_*: a plain bool, or `Undecided` thrown, so that a driver can double the precision and try again.
bool decide_less(const Ball& a, const Ball& b);
bool decide_less_equal(const Ball& a, const Ball& b);
inline bool decide_less(const Rational& a, const Rational& b) { return a < b; }
inline bool decide_less_equal(const Rational& a, const Rational& b) { return a <= b; }
// In double, where rounding may have changed the order of two numbers: where they agree to 40 bits.
bool decide_less(double a, double b);
bool decide_less_equal(double a, double b);

/// The scalar T nearest to (double), equal to (Rational) or enclosing (Ball) an exact rational.
template <class T>
T from_rational(const Rational& x) {
  if constexpr (std::same_as<T, double>) {
    return x.to_double();
  } else {
    return T(x);
  }
}

/// Runs `attempt` at 64, 128, ... bits until it neither throws `Undecided` nor returns false, up to `cap` bits.
/// At the cap the last `Undecided` is rethrown, or one with `question` is thrown.
template <class Attempt>
void escalate_precision(const std::string& question, Attempt&& attempt, long start = 64, long cap = 1L << 15) {
  for (long bits = start;; bits *= 2) {
    const PrecisionScope scope(bits);
    try {
      if (attempt()) return;
    } catch (const Undecided&) {
      if (bits * 2 > cap) throw;
    }
    if (bits * 2 > cap) throw Undecided(question + " is undecided at " + std::to_string(bits) + " bits");
  }
}

}  // namespace asyncert
