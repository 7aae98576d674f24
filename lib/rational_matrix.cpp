#include "lib/rational_matrix.hpp"

#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly.h>

#include <algorithm>

#include "lib/arb.hpp"
#include "lib/errors.hpp"

namespace asyncert {

namespace {

void require(bool fits, const char* what) {
  if (!fits) throw DomainError(std::string("matrix shapes do not fit: ") + what);
}

}  // namespace

RationalMatrix::RationalMatrix(const std::vector<std::vector<Rational>>& rows)
    : RationalMatrix(static_cast<long>(rows.size()), rows.empty() ? 0 : static_cast<long>(rows.front().size())) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    require(rows[i].size() == rows.front().size(), "rows of different lengths");
    for (std::size_t j = 0; j < rows[i].size(); ++j) set(static_cast<long>(i), static_cast<long>(j), rows[i][j]);
  }
}

RationalMatrix RationalMatrix::identity(long order) {
  RationalMatrix r(order, order);
  fmpq_mat_one(r.value_);
  return r;
}

RationalMatrix RationalMatrix::diagonal(const std::vector<Rational>& entries) {
  const long n = static_cast<long>(entries.size());
  RationalMatrix r(n, n);
  for (long i = 0; i < n; ++i) r.set(i, i, entries[static_cast<std::size_t>(i)]);
  return r;
}

Rational RationalMatrix::operator()(long i, long j) const {
  Rational x;
  fmpq_set(x.raw(), fmpq_mat_entry(value_, i, j));
  return x;
}

RationalMatrix RationalMatrix::select_rows(const std::vector<long>& indices) const {
  RationalMatrix r(static_cast<long>(indices.size()), columns());
  for (long i = 0; i < r.rows(); ++i)
    for (long j = 0; j < columns(); ++j) r.set(i, j, (*this)(indices[static_cast<std::size_t>(i)], j));
  return r;
}

RationalMatrix operator+(const RationalMatrix& a, const RationalMatrix& b) {
  require(a.rows() == b.rows() && a.columns() == b.columns(), "sum");
  RationalMatrix r(a.rows(), a.columns());
  fmpq_mat_add(r.value_, a.value_, b.value_);
  return r;
}

RationalMatrix operator-(const RationalMatrix& a, const RationalMatrix& b) {
  require(a.rows() == b.rows() && a.columns() == b.columns(), "difference");
  RationalMatrix r(a.rows(), a.columns());
  fmpq_mat_sub(r.value_, a.value_, b.value_);
  return r;
}

RationalMatrix operator*(const RationalMatrix& a, const RationalMatrix& b) {
  require(a.columns() == b.rows(), "product");
  RationalMatrix r(a.rows(), b.columns());
  fmpq_mat_mul(r.value_, a.value_, b.value_);
  return r;
}

RationalMatrix operator*(const Rational& x, const RationalMatrix& a) {
  RationalMatrix r(a);
  for (long i = 0; i < a.rows(); ++i)
    for (long j = 0; j < a.columns(); ++j)
      fmpq_mul(fmpq_mat_entry(r.value_, i, j), fmpq_mat_entry(a.value_, i, j), x.raw());
  return r;
}

RationalMatrix RationalMatrix::transposed() const {
  RationalMatrix r(columns(), rows());
  fmpq_mat_transpose(r.value_, value_);
  return r;
}

RationalMatrix RationalMatrix::inverse() const {
  require(rows() == columns(), "inverse");
  RationalMatrix r(rows(), rows());
  if (!fmpq_mat_inv(r.value_, value_)) throw DomainError("the matrix is singular");
  return r;
}

std::vector<long> RationalMatrix::independent_rows() const {
  // The pivot columns of the transpose's echelon form.
  RationalMatrix echelon = transposed();
  const long rank = fmpq_mat_rref(echelon.value_, echelon.value_);
  std::vector<long> indices;
  for (long i = 0, j = 0; i < rank; ++i) {
    while (echelon(i, j).sign() == 0) ++j;
    indices.push_back(j++);
  }
  return indices;
}

std::vector<Ball> real_eigenvalues(const RationalMatrix& a) {
  require(a.rows() == a.columns(), "eigenvalues");
  fmpq_poly_t characteristic;
  fmpz_poly_t polynomial, derivative, common;
  fmpq_poly_init(characteristic);
  fmpz_poly_init(polynomial);
  fmpz_poly_init(derivative);
  fmpz_poly_init(common);
  fmpq_mat_charpoly(characteristic, a.raw());
  fmpq_poly_get_numerator(polynomial, characteristic);
  fmpz_poly_derivative(derivative, polynomial);
  fmpz_poly_gcd(common, polynomial, derivative);
  fmpz_poly_div(polynomial, polynomial, common);
  const long degree = fmpz_poly_degree(polynomial);
  acb_ptr roots = _acb_vec_init(degree);
  arb_fmpz_poly_complex_roots(roots, polynomial, 0, PrecisionScope::bits());
  std::vector<Ball> values(static_cast<std::size_t>(degree));
  bool real = true;
  for (long i = 0; i < degree; ++i) {
    real = real && acb_is_real(roots + i);
    arb_set(values[static_cast<std::size_t>(i)].raw(), acb_realref(roots + i));
  }
  _acb_vec_clear(roots, degree);
  fmpz_poly_clear(common);
  fmpz_poly_clear(derivative);
  fmpz_poly_clear(polynomial);
  fmpq_poly_clear(characteristic);
  if (!real) throw DomainError("the matrix has eigenvalues that are not real");
  std::sort(values.begin(), values.end(),
            [](const Ball& x, const Ball& y) { return arf_cmp(arb_midref(x.raw()), arb_midref(y.raw())) < 0; });
  return values;
}

}  // namespace asyncert
