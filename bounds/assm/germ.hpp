// One-sided first-order arithmetic: a function near a point, on the side that a direction shows.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "lib/rational.hpp"

namespace asyncert::assm {

using Normal = std::array<Rational, 2>;

/// What the evaluations along one direction found out about the kinks.
struct KinkRecord {
  std::vector<Normal> normals;         ///< of the kinks through the point
  std::optional<Rational> next_event;  ///< smallest t > 0 at which a deciding value vanishes to first order
};

/// Value at x, gradient of the smooth piece that is active at x + t d for small t > 0, and slope along d.
///
/// abs, max and min choose their piece by the sign of the value that decides, or of its slope where the value is zero.
/// The gradients of the values that were zero are recorded as normals of kinks at x, and the first zero ahead of those
/// that were not. Functions of up to two variables.
class Germ {
 public:
  Germ(Rational value = {}) : value_(std::move(value)) {}  // NOLINT: constants have no kinks
  /// Coordinate `index` at x along d.
  Germ(const std::vector<Rational>& x, const std::vector<Rational>& d, std::size_t index,
       std::shared_ptr<KinkRecord> kinks)
      : value_(x[index]), slope_(d[index]), kinks_(std::move(kinks)) {
    gradient_[index] = Rational(1);
  }

  const Rational& value() const { return value_; }
  const Normal& gradient() const { return gradient_; }

  friend Germ operator+(const Germ& a, const Germ& b) {
    return combine(a, Rational(1), b, Rational(1), a.value_ + b.value_);
  }
  friend Germ operator-(const Germ& a, const Germ& b) {
    return combine(a, Rational(1), b, Rational(-1), a.value_ - b.value_);
  }
  friend Germ operator*(const Germ& a, const Germ& b) { return combine(a, b.value_, b, a.value_, a.value_ * b.value_); }
  /// b is a constant.
  friend Germ operator/(const Germ& a, const Germ& b) {
    const Rational inverse = Rational(1) / b.value_;
    return combine(a, inverse, b, Rational(0), a.value_ * inverse);
  }

  friend Germ abs(const Germ& a) { return a.positive() ? a : Germ(0) - a; }
  friend Germ max(const Germ& a, const Germ& b) { return (a - b).positive() ? a : b; }
  friend Germ min(const Germ& a, const Germ& b) { return (a - b).positive() ? b : a; }

 private:
  /// factor_a a + factor_b b to first order.
  static Germ combine(const Germ& a, const Rational& factor_a, const Germ& b, const Rational& factor_b,
                      Rational value) {
    Germ r(std::move(value));
    r.slope_ = factor_a * a.slope_ + factor_b * b.slope_;
    for (std::size_t i = 0; i < 2; ++i) r.gradient_[i] = factor_a * a.gradient_[i] + factor_b * b.gradient_[i];
    r.kinks_ = a.kinks_ ? a.kinks_ : b.kinks_;
    return r;
  }
  bool positive() const {
    if (value_.sign() != 0) {
      if (kinks_ && value_.sign() * slope_.sign() < 0) {
        const Rational t = -(value_ / slope_);
        if (!kinks_->next_event || t < *kinks_->next_event) kinks_->next_event = t;
      }
      return value_.sign() > 0;
    }
    if (kinks_ && (gradient_[0].sign() != 0 || gradient_[1].sign() != 0)) kinks_->normals.push_back(gradient_);
    return slope_.sign() >= 0;
  }

  Rational value_, slope_;
  Normal gradient_;
  std::shared_ptr<KinkRecord> kinks_;
};

}  // namespace asyncert::assm
