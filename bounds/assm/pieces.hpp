// The smooth pieces of the test functions, as polynomials with the inequalities under which they hold.
#pragma once

#include <functional>

#include "bounds/assm/polynomial.hpp"
#include "bounds/assm/problems.hpp"

namespace asyncert::assm {

/// f where the signs of some polynomials are given.
struct Piece {
  Polynomial value;
  std::vector<Polynomial> deciding;  ///< irreducible; each is nonzero inside the piece, and its zeros bound the piece
};

/// The sign, -1 or 1, of an irreducible polynomial inside the wanted piece.
using Side = std::function<int(const Polynomial& factor)>;

/// The piece of the function that abs, max and min select when their deciding polynomials have the signs that `side`
/// gives to the irreducible factors. Cost: the factorisations.
Piece piece(Problem problem, const Side& side);

}  // namespace asyncert::assm
