// Consistent linear systems A x = b with their sketches, in the norm of B.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lib/random.hpp"

namespace asyncert::solvers {

/// A matrix in compressed rows; dense rows are rows with all columns.
struct RowMatrix {
  std::size_t rows = 0, columns = 0;
  std::vector<std::size_t> row_start{0};
  std::vector<std::uint32_t> column;
  std::vector<double> value;

  /// Row-major entries, zeros kept out.
  static RowMatrix dense(std::size_t rows, std::size_t columns, std::span<const double> entries);
  std::span<const std::uint32_t> row_columns(std::size_t i) const {
    return {column.data() + row_start[i], row_start[i + 1] - row_start[i]};
  }
  std::span<const double> row_values(std::size_t i) const {
    return {value.data() + row_start[i], row_start[i + 1] - row_start[i]};
  }
  double row_times(std::size_t i, std::span<const double> x) const;
};

/// How S is drawn.
struct Sketch {
  enum class Kind {
    row,          ///< one row i, p_i proportional to |a_i|^2 in the norm of B^-1 (or the given weights)
    block,        ///< one of the given blocks of rows, with the given weights (uniform without them)
    independent,  ///< every row i independently with probability inclusion[i]
    gaussian,     ///< S = G, a matrix of `size` independent standard normal columns
  };
  Kind kind = Kind::row;
  std::vector<double> weights{};                     ///< row, block
  std::vector<std::vector<std::uint32_t>> blocks{};  ///< block
  std::vector<double> inclusion{};                   ///< independent
  std::size_t size = 1;                              ///< gaussian
};

/// f_S(x) = |A x - b|^2 in the metric of the sketch: its B-gradient is B^-1 A' S (S' A B^-1 A' S)^+ S' (A x - b), the
/// B-projection of x on the sketched system is x minus that. B is symmetric positive definite.
class LinearSystem {
 public:
  /// `b_norm` holds B: n numbers are its diagonal, n x n all its entries (row-major), none the identity. A matrix whose
  /// entries off the diagonal are all 0 is kept as its diagonal; any other costs O(n^3) once and O(n^2) a gradient.
  /// Throws `DomainError` on sizes that do not match, on entries that are not finite, unless B is symmetric positive
  /// definite (in floating point), and on a row sketch of a matrix whose rows all vanish.
  LinearSystem(RowMatrix a, std::vector<double> b, std::vector<double> solution, Sketch sketch = {},
               std::vector<double> b_norm = {});

  const RowMatrix& matrix() const { return a_; }
  std::size_t dimension() const { return a_.columns; }
  const std::vector<double>& right_side() const { return b_; }
  /// A solution x_*.
  const std::vector<double>& solution() const { return solution_; }
  const Sketch& sketch() const { return sketch_; }
  /// Whether B is diagonal.
  bool diagonal_norm() const { return inverse_.empty(); }
  /// |x - x_*|_B^2
  double squared_error(std::span<const double> x) const;
  /// |A x - b|^2
  double squared_residual(std::span<const double> x) const;

  /// A realised sketch: rows, or the sketching matrix itself, column after column.
  struct Draw {
    std::vector<std::uint32_t> rows;
    std::vector<double> gaussian;
  };
  Draw draw(RandomStream& stream) const;
  /// Probability that the row sketch picks row i.
  double row_probability(std::size_t i) const;
  /// grad f_S(x) for the sketch, into `gradient` (all coordinates).
  void sketched_gradient(const Draw& draw, std::span<const double> x, std::span<double> gradient) const;
  /// The matrix W = E[Z_S] in coordinates where B is the identity: B^{-1/2} A' E[S (S' A B^-1 A' S)^+ S'] A B^{-1/2},
  /// row-major. For row, block and independent sketches (the last by enumeration, up to 20 rows); throws `DomainError`
  /// for gaussian ones.
  std::vector<double> expected_projection() const;

 private:
  std::size_t pick(const std::vector<double>& cumulative, RandomStream& stream) const;
  void projection_gradient(std::span<const double> sketched, std::size_t count, std::span<const double> residual,
                           std::span<double> gradient) const;
  double norm_weight(std::size_t j) const { return b_norm_.empty() ? 1.0 : b_norm_[j]; }
  void set_norm();

  RowMatrix a_;
  std::vector<double> b_, solution_;
  Sketch sketch_;
  std::vector<double> b_norm_;      // the diagonal, or all entries where it is not diagonal
  std::vector<double> inverse_;     // B^-1, n x n; empty where B is diagonal
  std::vector<double> cumulative_;  // of the row or block weights
  std::vector<double> row_norm_;    // |a_i|^2 in the norm of B^-1
};

/// A consistent system with one row for each eigenvalue in (0, 1]: A orthogonal (from the seed), B the identity, and
/// every row included independently with probability lambda_i, so that W has exactly the spectrum given. Cost: O(n^3).
LinearSystem system_with_spectrum(const std::vector<double>& eigenvalues, std::uint64_t seed);
/// Randomized Kaczmarz whose W has the given nonnegative spectrum of sum 1: A = U diag(sqrt(lambda)) V' with `rows` >=
/// n rows.
LinearSystem kaczmarz_with_spectrum(const std::vector<double>& eigenvalues, std::size_t rows, std::uint64_t seed);

}  // namespace asyncert::solvers
