// Matrices of certified reals: a value type over Arb's arb_mat.
#pragma once

#include <optional>
#include <vector>

#include "lib/arb.hpp"
#include "lib/ball.hpp"
#include "lib/rational_matrix.hpp"

namespace asyncert {

/// A matrix whose entries enclose those of the exact result, at the working precision.
class BallMatrix {
 public:
  BallMatrix(long rows, long columns) { arb_mat_init(value_, rows, columns); }
  explicit BallMatrix(const RationalMatrix& a) : BallMatrix(a.rows(), a.columns()) {
    arb_mat_set_fmpq_mat(value_, a.raw(), PrecisionScope::bits());
  }
  BallMatrix(const BallMatrix& other) : BallMatrix(other.rows(), other.columns()) { arb_mat_set(value_, other.value_); }
  BallMatrix(BallMatrix&& other) noexcept {
    arb_mat_init(value_, 0, 0);
    arb_mat_swap(value_, other.value_);
  }
  BallMatrix& operator=(BallMatrix other) noexcept {
    arb_mat_swap(value_, other.value_);
    return *this;
  }
  ~BallMatrix() { arb_mat_clear(value_); }

  static BallMatrix identity(long order) {
    BallMatrix r(order, order);
    arb_mat_one(r.value_);
    return r;
  }

  long rows() const { return arb_mat_nrows(value_); }
  long columns() const { return arb_mat_ncols(value_); }
  Ball operator()(long i, long j) const {
    Ball x;
    arb_set(x.raw(), arb_mat_entry(value_, i, j));
    return x;
  }
  void set(long i, long j, const Ball& x) { arb_set(arb_mat_entry(value_, i, j), x.raw()); }

  BallMatrix& operator+=(const BallMatrix& b) {
    arb_mat_add(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  BallMatrix& operator-=(const BallMatrix& b) {
    arb_mat_sub(value_, value_, b.value_, PrecisionScope::bits());
    return *this;
  }
  BallMatrix& operator*=(const Ball& x) {
    arb_mat_scalar_mul_arb(value_, value_, x.raw(), PrecisionScope::bits());
    return *this;
  }
  friend BallMatrix operator+(BallMatrix a, const BallMatrix& b) { return a += b; }
  friend BallMatrix operator-(BallMatrix a, const BallMatrix& b) { return a -= b; }
  friend BallMatrix operator*(const Ball& x, BallMatrix a) { return a *= x; }
  friend BallMatrix operator*(const BallMatrix& a, const BallMatrix& b) {
    BallMatrix r(a.rows(), b.columns());
    arb_mat_mul(r.value_, a.value_, b.value_, PrecisionScope::bits());
    return r;
  }

  /// The X with (*this) X = b; nothing where the precision does not certify that the matrix is nonsingular.
  std::optional<BallMatrix> solve(const BallMatrix& b) const {
    BallMatrix x(columns(), b.columns());
    if (!arb_mat_solve(x.value_, value_, b.value_, PrecisionScope::bits())) return std::nullopt;
    return x;
  }

 private:
  arb_mat_t value_;
};

/// Whether a symmetric matrix (its upper triangle is read) is positive definite: no if it certainly has a negative
/// pivot, that is a negative leading principal minor before any pivot vanishes.
inline Ternary is_positive_definite(const BallMatrix& a) {
  const long n = a.rows();
  std::vector<std::vector<Ball>> rest(static_cast<std::size_t>(n));
  const auto at = [&](long i, long j) -> Ball& {
    return rest[static_cast<std::size_t>(i)][static_cast<std::size_t>(j - i)];
  };
  for (long i = 0; i < n; ++i)
    for (long j = i; j < n; ++j) rest[static_cast<std::size_t>(i)].push_back(a(i, j));
  for (long k = 0; k < n; ++k) {
    const Ball pivot = at(k, k);
    if (certainly_less(pivot, 0)) return Ternary::no;
    if (!certainly_less(0, pivot)) return Ternary::unknown;
    for (long i = k + 1; i < n; ++i) {
      const Ball factor = at(k, i) / pivot;
      for (long j = i; j < n; ++j) at(i, j) -= factor * at(k, j);
    }
  }
  return Ternary::yes;
}

}  // namespace asyncert
