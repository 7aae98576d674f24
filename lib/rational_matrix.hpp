// Exact matrices: a value type over FLINT's fmpq_mat.
#pragma once

#include <flint/fmpq_mat.h>

#include <utility>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert {

/// A matrix of exact rationals. Shapes that do not fit an operation throw `DomainError`.
class RationalMatrix {
 public:
  RationalMatrix(long rows, long columns) { fmpq_mat_init(value_, rows, columns); }
  /// From equally long rows, at least one.
  explicit RationalMatrix(const std::vector<std::vector<Rational>>& rows);
  RationalMatrix(const RationalMatrix& other) { fmpq_mat_init_set(value_, other.value_); }
  RationalMatrix(RationalMatrix&& other) noexcept {
    fmpq_mat_init(value_, 0, 0);
    fmpq_mat_swap(value_, other.value_);
  }
  RationalMatrix& operator=(RationalMatrix other) noexcept {
    fmpq_mat_swap(value_, other.value_);
    return *this;
  }
  ~RationalMatrix() { fmpq_mat_clear(value_); }

  static RationalMatrix identity(long order);
  static RationalMatrix diagonal(const std::vector<Rational>& entries);

  long rows() const { return fmpq_mat_nrows(value_); }
  long columns() const { return fmpq_mat_ncols(value_); }
  Rational operator()(long i, long j) const;
  void set(long i, long j, const Rational& x) { fmpq_set(fmpq_mat_entry(value_, i, j), x.raw()); }
  /// The rows with these indices, in this order.
  RationalMatrix select_rows(const std::vector<long>& indices) const;

  friend RationalMatrix operator+(const RationalMatrix& a, const RationalMatrix& b);
  friend RationalMatrix operator-(const RationalMatrix& a, const RationalMatrix& b);
  friend RationalMatrix operator*(const RationalMatrix& a, const RationalMatrix& b);
  friend RationalMatrix operator*(const Rational& x, const RationalMatrix& a);
  friend bool operator==(const RationalMatrix& a, const RationalMatrix& b) {
    return fmpq_mat_equal(a.value_, b.value_);
  }

  RationalMatrix transposed() const;
  /// Throws `DomainError` unless square and nonsingular.
  RationalMatrix inverse() const;
  bool is_zero() const { return fmpq_mat_is_zero(value_); }
  /// Indices of the first rows that are independent of the rows before them: as many as the rank.
  std::vector<long> independent_rows() const;

  const fmpq_mat_struct* raw() const { return value_; }

 private:
  fmpq_mat_t value_;
};

/// Enclosures of the distinct eigenvalues of a square matrix whose eigenvalues are all real, in increasing order, each
/// known to the working precision: roots of the square-free part of the exact characteristic polynomial.
/// Errors: DomainError where an eigenvalue is not real. Cost: O(n^4) integer operations, and the isolation of n roots.
std::vector<Ball> real_eigenvalues(const RationalMatrix& a);

}  // namespace asyncert
