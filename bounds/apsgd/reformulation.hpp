// The stochastic reformulation of A x = b in a B-norm: Section 1, (2)-(6), Assumption 1, Lemmas 1-4.
#pragma once

#include <vector>

#include "lib/rational_matrix.hpp"

namespace asyncert::apsgd {

/// A linear system with a distribution of sketches, in rational coordinates u of the space that the iterates move in:
/// x - x_* = B^{-1} R' u with a basis R of the row space of A, so that |x - x_*|_B^2 = u' C u with C = R B^{-1} R'.
///
/// A step with sketch i is u <- (I - omega P_i) u, where P_i is the C-orthogonal projection onto the sketched rows. So
/// P_i is similar to B^{-1/2} Z_i B^{-1/2}, and W, the mean of the P_i, to B^{-1/2} E[Z] B^{-1/2} on the row space. The
/// null space of A, on which E[Z] vanishes and no step moves, is gone: all eigenvalues of W are those that the paper
/// counts.
struct Reformulation {
  struct Outcome {
    Rational probability;
    RationalMatrix projection;
  };
  RationalMatrix gram;            ///< C
  std::vector<Outcome> outcomes;  ///< the sketches with positive probability
  RationalMatrix mean;            ///< W

  long dimension() const { return mean.rows(); }  ///< rank of A
  /// Every sketch solves the system in one step of omega = 1.
  bool is_deterministic() const { return mean == RationalMatrix::identity(dimension()); }
  /// Assumption 1: Null(E[Z]) = Null(A), that is a nonsingular W.
  bool is_exact() const { return static_cast<long>(mean.independent_rows().size()) == dimension(); }
  /// lambda_min^+ and lambda_max of W, enclosed at the working precision.
  struct Extremes {
    Ball min, max;
  };
  Extremes extremes() const;
};

/// Rows drawn with probability proportional to |a_i|^2_{B^{-1}} (randomized Kaczmarz): B = diag(weights).
/// Errors: DomainError unless A is nonzero, the weights are positive and as many as A has columns.
Reformulation row_sketch(const RationalMatrix& A, const std::vector<Rational>& weights);

/// Subsets of s rows, each equally likely; rows of a subset may depend on each other, rows may be zero.
/// Errors: as above, and DomainError unless 1 <= s <= rows, or where there are more than 20,000 subsets.
Reformulation block_sketch(const RationalMatrix& A, const std::vector<Rational>& weights, long s);

/// A given distribution over subsets of rows (indices); the probabilities must be positive and sum to 1.
Reformulation subset_sketch(const RationalMatrix& A, const std::vector<Rational>& weights,
                            const std::vector<std::pair<Rational, std::vector<long>>>& subsets);

/// One coordinate that a step clears (omega = 1) with probability lambda in [0, 1], and leaves alone otherwise: the
/// iteration of every coordinate of a system with commuting sketches.
Reformulation bernoulli_coordinate(const Rational& lambda);

/// Eigenvalues of W for one Gaussian vector s ~ N(0, I) as sketch, from the eigenvalues mu_i >= 0 of
/// B^{-1/2} A'A B^{-1/2}, at least one of them positive: lambda_i = E[mu_i g_i^2 / sum_j mu_j g_j^2] for normal g.
///
/// With kappa_j = mu_j/max mu the expectation is the integral over v in [0,1] of
/// kappa_i v^{r-1} / ((v^2 + kappa_i(1-v^2)) prod_j sqrt(v^2 + kappa_j(1-v^2))) over the r positive mu; the integrand
/// is analytic, and Arb integrates it with certified error. Cost: milliseconds an eigenvalue.
std::vector<Ball> gaussian_spectrum(const std::vector<Rational>& mu);

}  // namespace asyncert::apsgd
