// The objective of Section 5: x'Ax/2 + |x|^4/4 on the disc |x| <= B, with a symmetric 2x2 matrix A.
#pragma once

#include <optional>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

struct SymmetricMatrix {
  Rational a11, a12, a22;
};

/// Its eigenvalues, and the same exactly where they are seen to be rational (diagonal, or singular), so that a zero is
/// a zero.
struct Eigenvalues {
  Ball lowest, highest;
  std::optional<std::pair<Rational, Rational>> exact;
};
Eigenvalues eigenvalues(const SymmetricMatrix& A);

/// Whether |A|_2 <= bound, decided in rationals.
bool norm_at_most(const SymmetricMatrix& A, const Rational& bound);
/// Whether A has no negative eigenvalue, decided in rationals.
bool is_positive_semidefinite(const SymmetricMatrix& A);

/// The Lipschitz constant of the gradient on |x|^2 <= B2: the Hessian A + |x|^2 I + 2xx' has its extreme eigenvalues
/// lambda_max + 3 B2 (on the circle) and lambda_min (at 0), so that it is max(lambda_max + 3 B2, -lambda_min).
template <class T>
T quartic_gradient_lipschitz(const T& lowest, const T& highest, const T& B2) {
  using std::max;
  return max(T(highest + T(3) * B2), T(-lowest));
}

}  // namespace asyncert::pasgd
