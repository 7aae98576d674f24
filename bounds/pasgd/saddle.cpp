#include "bounds/pasgd/saddle.hpp"

namespace asyncert::pasgd {

namespace {

/// (a11 - a22)^2/4 + a12^2, the square of half the distance of the eigenvalues.
Rational squared_spread(const SymmetricMatrix& A) {
  const Rational half = (A.a11 - A.a22) / Rational(2);
  return half * half + A.a12 * A.a12;
}

Rational determinant(const SymmetricMatrix& A) { return A.a11 * A.a22 - A.a12 * A.a12; }

}  // namespace

Eigenvalues eigenvalues(const SymmetricMatrix& A) {
  const Rational zero(0), trace = A.a11 + A.a22;
  Eigenvalues e;
  if (A.a12.sign() == 0)
    e.exact = {min(A.a11, A.a22), max(A.a11, A.a22)};
  else if (determinant(A).sign() == 0)
    e.exact = {min(zero, trace), max(zero, trace)};
  const Ball spread = sqrt(Ball(squared_spread(A))), centre(trace / Rational(2));
  e.lowest = e.exact ? Ball(e.exact->first) : centre - spread;
  e.highest = e.exact ? Ball(e.exact->second) : centre + spread;
  return e;
}

bool norm_at_most(const SymmetricMatrix& A, const Rational& bound) {
  // |trace|/2 + spread <= bound, squared.
  const Rational room = bound - abs(A.a11 + A.a22) / Rational(2);
  return room.sign() >= 0 && squared_spread(A) <= room * room;
}

bool is_positive_semidefinite(const SymmetricMatrix& A) {
  return (A.a11 + A.a22).sign() >= 0 && determinant(A).sign() >= 0;
}

}  // namespace asyncert::pasgd
