// Small systems with known answers, for exact checks.
#pragma once

#include "bounds/apsgd/reformulation.hpp"

namespace asyncert::apsgd {

/// A matrix of small integers.
RationalMatrix matrix(const std::vector<std::vector<long>>& rows);

/// Row and block sketches of systems with full rank, a null space, a zero row, repeated rows, in several norms.
std::vector<Reformulation> small_systems();

/// <u, v> in the norm of the coordinates: u' C v.
Rational inner(const Reformulation& s, const RationalMatrix& u, const RationalMatrix& v);

/// Unit vectors and their pairwise sums: a quadratic form is known from its values there.
std::vector<RationalMatrix> probes(long n);

/// E of the products of the last n iterates that are all 1.
RationalMatrix equal_moments(long n);

/// The same after one more update with this delay < n of a system with one coordinate; the newest iterate comes first.
RationalMatrix updated_moments(const Reformulation& coordinate, const Rational& theta, const Rational& omega,
                               long delay, const RationalMatrix& moments);

}  // namespace asyncert::apsgd
