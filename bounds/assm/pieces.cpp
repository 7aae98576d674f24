#include "bounds/assm/pieces.hpp"

#include <algorithm>

namespace asyncert::assm {

namespace {

struct Selection {
  const Side& side;
  std::vector<Polynomial> deciding;

  int sign(const Polynomial& p) {
    const Factorisation split = factorise(p);
    int sign = split.unit_sign;
    for (const auto& [factor, power] : split.factors) {
      if (std::find(deciding.begin(), deciding.end(), factor) == deciding.end()) deciding.push_back(factor);
      if (power % 2 != 0) sign *= side(factor);
    }
    return sign;
  }
};

/// A polynomial that resolves abs, max and min by a selection.
class Symbol {
 public:
  Symbol(const Rational& constant) : value_(constant) {}  // NOLINT: constants decide nothing
  Symbol(Polynomial value, Selection* selection) : value_(std::move(value)), selection_(selection) {}

  const Polynomial& value() const { return value_; }

  friend Symbol operator+(const Symbol& a, const Symbol& b) { return {a.value_ + b.value_, shared(a, b)}; }
  friend Symbol operator-(const Symbol& a, const Symbol& b) { return {a.value_ - b.value_, shared(a, b)}; }
  friend Symbol operator*(const Symbol& a, const Symbol& b) { return {a.value_ * b.value_, shared(a, b)}; }
  /// b is a constant.
  friend Symbol operator/(const Symbol& a, const Symbol& b) {
    return {a.value_ * Polynomial(Rational(1) / b.value_.coefficients().front()), shared(a, b)};
  }
  friend Symbol abs(const Symbol& a) { return a.nonnegative() ? a : Symbol(Rational(0)) - a; }
  friend Symbol max(const Symbol& a, const Symbol& b) { return (a - b).nonnegative() ? a : b; }
  friend Symbol min(const Symbol& a, const Symbol& b) { return (a - b).nonnegative() ? b : a; }

 private:
  static Selection* shared(const Symbol& a, const Symbol& b) { return a.selection_ ? a.selection_ : b.selection_; }
  bool nonnegative() const {
    return selection_ ? selection_->sign(value_) >= 0 : value_.coefficients().front().sign() >= 0;
  }

  Polynomial value_;
  Selection* selection_ = nullptr;
};

}  // namespace

Piece piece(Problem problem, const Side& side) {
  Selection selection{side, {}};
  std::vector<Symbol> x;
  for (std::size_t i = 0; i < dimension(problem); ++i) x.emplace_back(Polynomial::variable(i), &selection);
  const Polynomial value = evaluate(problem, x).value();
  return {value, std::move(selection.deciding)};
}

}  // namespace asyncert::assm
