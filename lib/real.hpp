// A real number that is exact as long as it is rational, and enclosed from then on.
#pragma once

#include <optional>

#include "lib/ball.hpp"
#include "lib/value.hpp"

namespace asyncert {

/// A rational, or a ball where an operation left the rationals or they grew longer than 32768 bits. So a result that is
/// zero, or two numbers that are equal, are recognised wherever all operations on the way were rational, whatever the
/// working precision.
class Real {
 public:
  Real() : Real(Rational()) {}
  template <Integer I>
  Real(I n) : Real(Rational(n)) {}      // NOLINT: integers are reals
  Real(const Rational& x) : ball_(x) {  // NOLINT: rationals are reals
    if (fmpz_bits(fmpq_numref(x.raw())) + fmpz_bits(fmpq_denref(x.raw())) <= longest) exact_ = x;
  }
  Real(const Ball& x) : ball_(x) {}  // NOLINT: enclosures are reals

  const std::optional<Rational>& exact() const { return exact_; }
  const Ball& ball() const { return ball_; }
  bool is_zero() const { return exact_ && exact_->sign() == 0; }
  Value value() const { return exact_ ? Value(*exact_) : Value(ball_); }

  Real operator-() const { return exact_ ? Real(-*exact_) : Real(-ball_); }
  friend Real operator+(const Real& a, const Real& b) {
    return a.exact_ && b.exact_ ? Real(*a.exact_ + *b.exact_) : Real(a.ball_ + b.ball_);
  }
  friend Real operator-(const Real& a, const Real& b) {
    return a.exact_ && b.exact_ ? Real(*a.exact_ - *b.exact_) : Real(a.ball_ - b.ball_);
  }
  friend Real operator*(const Real& a, const Real& b) {
    // Zero times a number that is only enclosed is zero; times infinity, or what may be none, it is not.
    if ((a.is_zero() && b.ball_.is_finite()) || (b.is_zero() && a.ball_.is_finite())) return 0;
    return a.exact_ && b.exact_ ? Real(*a.exact_ * *b.exact_) : Real(a.ball_ * b.ball_);
  }
  friend Real operator/(const Real& a, const Real& b) {
    if (a.is_zero() && b.ball_.is_finite() && !b.ball_.contains_zero()) return 0;
    return a.exact_ && b.exact_ ? Real(*a.exact_ / *b.exact_) : Real(a.ball_ / b.ball_);
  }

 private:
  static constexpr unsigned long longest = 32768;
  std::optional<Rational> exact_;
  Ball ball_;
};

inline Real abs(const Real& x) { return x.exact() ? Real(abs(*x.exact())) : Real(abs(x.ball())); }
inline Real exp(const Real& x) { return x.is_zero() ? Real(1) : Real(exp(x.ball())); }
inline Real log(const Real& x) { return x.exact() && *x.exact() == Rational(1) ? Real(0) : Real(log(x.ball())); }

/// Rational where it is.
inline Real sqrt(const Real& x) {
  if (x.exact() && fmpz_is_square(fmpq_numref(x.exact()->raw())) && fmpz_is_square(fmpq_denref(x.exact()->raw()))) {
    Rational root;
    fmpz_sqrt(fmpq_numref(root.raw()), fmpq_numref(x.exact()->raw()));
    fmpz_sqrt(fmpq_denref(root.raw()), fmpq_denref(x.exact()->raw()));
    return root;
  }
  return sqrt(x.ball());
}

/// Throws `Undecided` where the enclosures overlap.
inline bool decide_less(const Real& a, const Real& b) {
  return a.exact() && b.exact() ? *a.exact() < *b.exact() : decide_less(a.ball(), b.ball());
}
inline bool decide_less_equal(const Real& a, const Real& b) {
  return a.exact() && b.exact() ? *a.exact() <= *b.exact() : decide_less_equal(a.ball(), b.ball());
}
/// True only if it holds for every point of both.
inline bool certainly_less_equal(const Real& a, const Real& b) {
  return a.exact() && b.exact() ? *a.exact() <= *b.exact() : certainly_less_equal(a.ball(), b.ball());
}

/// The rational of least denominator in a finite ball, ends included. Throws `DomainError` where the ball is not
/// finite.
inline Rational simplest_rational(const Ball& x) {
  if (!x.is_finite()) throw DomainError("x", x.to_string(), "a finite ball");
  // Exact ends: rounded ones lie outside.
  Rational middle, radius, simplest;
  Ball rounding;
  arf_get_fmpq(middle.raw(), arb_midref(x.raw()));
  arf_set_mag(arb_midref(rounding.raw()), arb_radref(x.raw()));
  arf_get_fmpq(radius.raw(), arb_midref(rounding.raw()));
  fmpq_simplest_between(simplest.raw(), (middle - radius).raw(), (middle + radius).raw());
  return simplest;
}

/// The larger one where the order is certain, else an enclosure of it.
inline Real max(const Real& a, const Real& b) {
  if (certainly_less_equal(a, b)) return b;
  return certainly_less_equal(b, a) ? a : Real(max(a.ball(), b.ball()));
}
inline Real min(const Real& a, const Real& b) {
  if (certainly_less_equal(a, b)) return a;
  return certainly_less_equal(b, a) ? b : Real(min(a.ball(), b.ball()));
}

}  // namespace asyncert
