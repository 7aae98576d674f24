#include "solvers/linear_system.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

RowMatrix RowMatrix::dense(std::size_t rows, std::size_t columns, std::span<const double> entries) {
  if (entries.size() != rows * columns)
    throw DomainError("matrix: " + std::to_string(entries.size()) + " entries for " + std::to_string(rows) + " x " +
                      std::to_string(columns));
  RowMatrix m;
  m.rows = rows;
  m.columns = columns;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (entries[i * columns + j] == 0) continue;
      m.column.push_back(static_cast<std::uint32_t>(j));
      m.value.push_back(entries[i * columns + j]);
    }
    m.row_start.push_back(m.value.size());
  }
  return m;
}

double RowMatrix::row_times(std::size_t i, std::span<const double> x) const {
  const auto columns_of_row = row_columns(i);
  const auto values = row_values(i);
  double sum = 0;
  for (std::size_t k = 0; k < values.size(); ++k) sum += values[k] * x[columns_of_row[k]];
  return sum;
}

namespace {

std::vector<double> cumulated(const std::vector<double>& weights, const char* what) {
  std::vector<double> cumulative;
  double sum = 0;
  for (const double w : weights) {
    if (!(w >= 0 && std::isfinite(w))) throw DomainError(std::string(what) + " weight", shortest(w), "[0, inf)");
    cumulative.push_back(sum += w);
  }
  if (!(sum > 0)) throw DomainError(std::string(what) + " weights: their sum is 0");
  return cumulative;
}

/// The Moore-Penrose inverse of a symmetric positive semidefinite matrix; eigenvalues below n epsilon times the largest
/// count as 0.
Matrix pseudo_inverse(const Matrix& gram) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(gram);
  const double cutoff = solver.eigenvalues().cwiseAbs().maxCoeff() * static_cast<double>(gram.rows()) * 1e-15;
  Eigen::VectorXd inverse = solver.eigenvalues();
  for (double& v : inverse) v = v > cutoff ? 1 / v : 0;
  return solver.eigenvectors() * inverse.asDiagonal() * solver.eigenvectors().transpose();
}

}  // namespace

LinearSystem::LinearSystem(RowMatrix a, std::vector<double> b, std::vector<double> solution, Sketch sketch,
                           std::vector<double> b_norm)
    : a_(std::move(a)),
      b_(std::move(b)),
      solution_(std::move(solution)),
      sketch_(std::move(sketch)),
      b_norm_(std::move(b_norm)) {
  const auto require_size = [](const char* what, std::size_t is, std::size_t wanted) {
    if (is != wanted)
      throw DomainError(std::string(what) + ": it has " + std::to_string(is) + " entries instead of " +
                        std::to_string(wanted));
  };
  require_size("right side", b_.size(), a_.rows);
  require_size("solution", solution_.size(), a_.columns);
  set_norm();
  for (const std::vector<double>* numbers : {&a_.value, &b_, &solution_})
    for (const double v : *numbers)
      if (!std::isfinite(v)) throw DomainError("entry of the system", shortest(v), "finite numbers");
  for (std::size_t i = 0; i < a_.rows; ++i) {
    double sum = 0;
    for (std::size_t k = a_.row_start[i]; k < a_.row_start[i + 1]; ++k) {
      const double* inverse = diagonal_norm() ? nullptr : inverse_.data() + a_.column[k] * a_.columns;
      sum += a_.value[k] * (inverse ? a_.row_times(i, {inverse, a_.columns}) : a_.value[k] / norm_weight(a_.column[k]));
    }
    row_norm_.push_back(sum);
  }
  switch (sketch_.kind) {
    case Sketch::Kind::row:
      if (sketch_.weights.empty()) sketch_.weights = row_norm_;
      require_size("row weights", sketch_.weights.size(), a_.rows);
      cumulative_ = cumulated(sketch_.weights, "row");
      break;
    case Sketch::Kind::block:
      if (sketch_.blocks.empty()) throw DomainError("block sketch: no blocks were given");
      for (const auto& block : sketch_.blocks)
        for (const std::uint32_t i : block)
          if (i >= a_.rows)
            throw DomainError("row of a block", std::to_string(i), "fewer than " + std::to_string(a_.rows));
      if (sketch_.weights.empty()) sketch_.weights.assign(sketch_.blocks.size(), 1.0);
      require_size("block weights", sketch_.weights.size(), sketch_.blocks.size());
      cumulative_ = cumulated(sketch_.weights, "block");
      break;
    case Sketch::Kind::independent:
      require_size("inclusion probabilities", sketch_.inclusion.size(), a_.rows);
      for (const double p : sketch_.inclusion)
        if (!(p >= 0 && p <= 1)) throw DomainError("inclusion probability", shortest(p), "[0, 1]");
      break;
    case Sketch::Kind::gaussian:
      if (sketch_.size == 0) throw DomainError("columns of the gaussian sketch", "0", "1 or more");
      break;
  }
}

void LinearSystem::set_norm() {
  const std::size_t n = a_.columns;
  if (b_norm_.size() == n * n && n > 1) {
    const Eigen::Map<const Matrix> b(b_norm_.data(), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
    if (!b.allFinite()) throw DomainError("B: an entry is not finite");
    if (b != b.transpose()) throw DomainError("B: it is not symmetric");
    const Matrix diagonal = b.diagonal().asDiagonal();
    if (b == diagonal) {
      const Eigen::VectorXd entries = b.diagonal();
      b_norm_.assign(entries.begin(), entries.end());
    } else {
      const Eigen::LLT<Matrix> factor(b);
      if (factor.info() != Eigen::Success) throw DomainError("B: it is not positive definite");
      const Matrix inverse = factor.solve(Matrix::Identity(b.rows(), b.cols()));
      inverse_.assign(inverse.data(), inverse.data() + inverse.size());
      return;
    }
  }
  if (!b_norm_.empty() && b_norm_.size() != n)
    throw DomainError("B: it has " + std::to_string(b_norm_.size()) + " entries instead of " + std::to_string(n) +
                      " (its diagonal) or " + std::to_string(n * n));
  for (const double w : b_norm_)
    if (!(w > 0 && std::isfinite(w))) throw DomainError("diagonal entry of B", shortest(w), "(0, inf)");
}

double LinearSystem::squared_error(std::span<const double> x) const {
  double sum = 0;
  if (!diagonal_norm()) {
    const auto n = static_cast<Eigen::Index>(a_.columns);
    const Eigen::VectorXd e =
        Eigen::Map<const Eigen::VectorXd>(x.data(), n) - Eigen::Map<const Eigen::VectorXd>(solution_.data(), n);
    return e.dot(Eigen::Map<const Matrix>(b_norm_.data(), n, n) * e);
  }
  for (std::size_t j = 0; j < x.size(); ++j) sum += norm_weight(j) * (x[j] - solution_[j]) * (x[j] - solution_[j]);
  return sum;
}

double LinearSystem::squared_residual(std::span<const double> x) const {
  double sum = 0;
  for (std::size_t i = 0; i < a_.rows; ++i) {
    const double r = a_.row_times(i, x) - b_[i];
    sum += r * r;
  }
  return sum;
}

std::size_t LinearSystem::pick(const std::vector<double>& cumulative, RandomStream& stream) const {
  const double u = stream.uniform() * cumulative.back();
  return static_cast<std::size_t>(std::upper_bound(cumulative.begin(), cumulative.end() - 1, u) - cumulative.begin());
}

double LinearSystem::row_probability(std::size_t i) const { return sketch_.weights[i] / cumulative_.back(); }

LinearSystem::Draw LinearSystem::draw(RandomStream& stream) const {
  Draw draw;
  switch (sketch_.kind) {
    case Sketch::Kind::row:
      draw.rows.push_back(static_cast<std::uint32_t>(pick(cumulative_, stream)));
      break;
    case Sketch::Kind::block:
      draw.rows = sketch_.blocks[pick(cumulative_, stream)];
      break;
    case Sketch::Kind::independent:
      for (std::size_t i = 0; i < a_.rows; ++i)
        if (stream.bernoulli(sketch_.inclusion[i])) draw.rows.push_back(static_cast<std::uint32_t>(i));
      break;
    case Sketch::Kind::gaussian:
      draw.gaussian.resize(sketch_.size * a_.rows);
      for (double& g : draw.gaussian) g = stream.normal();
      break;
  }
  return draw;
}

void LinearSystem::projection_gradient(std::span<const double> sketched, std::size_t count,
                                       std::span<const double> residual, std::span<double> gradient) const {
  const std::size_t n = a_.columns;
  const Eigen::Map<const Matrix> g(sketched.data(), static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(n));
  const Eigen::Map<const Eigen::VectorXd> r(residual.data(), static_cast<Eigen::Index>(count));
  Eigen::Map<Eigen::VectorXd> out(gradient.data(), static_cast<Eigen::Index>(n));
  if (!diagonal_norm()) {
    const Matrix lifted = Eigen::Map<const Matrix>(inverse_.data(), out.size(), out.size()) * g.transpose();
    out = lifted * (pseudo_inverse(g * lifted) * r);
    return;
  }
  Eigen::VectorXd weight(static_cast<Eigen::Index>(n));
  for (std::size_t j = 0; j < n; ++j) weight[static_cast<Eigen::Index>(j)] = 1 / norm_weight(j);
  const Matrix gram = g * weight.asDiagonal() * g.transpose();
  out = weight.asDiagonal() * (g.transpose() * (pseudo_inverse(gram) * r));
}

void LinearSystem::sketched_gradient(const Draw& draw, std::span<const double> x, std::span<double> gradient) const {
  std::fill(gradient.begin(), gradient.end(), 0.0);
  if (draw.rows.size() == 1) {
    const std::size_t i = draw.rows[0];
    if (row_norm_[i] == 0) return;
    const double scaled = (a_.row_times(i, x) - b_[i]) / row_norm_[i];
    if (!diagonal_norm()) {
      // B^-1 is symmetric: its rows are its columns.
      for (std::size_t j = 0; j < a_.columns; ++j)
        gradient[j] = scaled * a_.row_times(i, {inverse_.data() + j * a_.columns, a_.columns});
      return;
    }
    for (std::size_t k = a_.row_start[i]; k < a_.row_start[i + 1]; ++k)
      gradient[a_.column[k]] = scaled * a_.value[k] / norm_weight(a_.column[k]);
    return;
  }
  const bool rows = draw.gaussian.empty();
  const std::size_t count = rows ? draw.rows.size() : sketch_.size, n = a_.columns;
  if (count == 0) return;
  std::vector<double> sketched(count * n, 0.0), residual(count, 0.0);  // S'A and S'(Ax - b)
  for (std::size_t c = 0; c < count; ++c) {
    const auto add = [&](std::size_t i, double s) {
      residual[c] += s * (a_.row_times(i, x) - b_[i]);
      for (std::size_t k = a_.row_start[i]; k < a_.row_start[i + 1]; ++k)
        sketched[c * n + a_.column[k]] += s * a_.value[k];
    };
    if (rows) {
      add(draw.rows[c], 1);
    } else {
      for (std::size_t i = 0; i < a_.rows; ++i) add(i, draw.gaussian[c * a_.rows + i]);
    }
  }
  projection_gradient(sketched, count, residual, gradient);
}

std::vector<double> LinearSystem::expected_projection() const {
  if (sketch_.kind == Sketch::Kind::gaussian)
    throw DomainError("expected projection: a gaussian sketch has no finite sum");
  const auto n = static_cast<Eigen::Index>(a_.columns);
  Matrix w = Matrix::Zero(n, n), root;  // root: B^{-1/2}, where B is not diagonal
  if (!diagonal_norm())
    root = Eigen::SelfAdjointEigenSolver<Matrix>(Eigen::Map<const Matrix>(b_norm_.data(), n, n)).operatorInverseSqrt();
  const auto add = [&](const std::vector<std::uint32_t>& rows, double probability) {
    if (rows.empty() || probability == 0) return;
    Matrix g = Matrix::Zero(static_cast<Eigen::Index>(rows.size()), n);
    for (std::size_t c = 0; c < rows.size(); ++c)
      for (std::size_t k = a_.row_start[rows[c]]; k < a_.row_start[rows[c] + 1]; ++k)
        g(static_cast<Eigen::Index>(c), a_.column[k]) =
            diagonal_norm() ? a_.value[k] / std::sqrt(norm_weight(a_.column[k])) : a_.value[k];
    if (!diagonal_norm()) g = g * root;
    w += probability * (g.transpose() * pseudo_inverse(g * g.transpose()) * g);
  };
  if (sketch_.kind == Sketch::Kind::row) {
    for (std::uint32_t i = 0; i < a_.rows; ++i) add({i}, row_probability(i));
  } else if (sketch_.kind == Sketch::Kind::block) {
    for (std::size_t c = 0; c < sketch_.blocks.size(); ++c)
      add(sketch_.blocks[c], sketch_.weights[c] / cumulative_.back());
  } else {
    if (a_.rows > 20)
      throw DomainError("expected projection of an independent sketch: rows", std::to_string(a_.rows), "at most 20");
    for (std::uint32_t subset = 0; subset < (1u << a_.rows); ++subset) {
      double probability = 1;
      std::vector<std::uint32_t> rows;
      for (std::uint32_t i = 0; i < a_.rows; ++i) {
        const bool in = (subset >> i) & 1u;
        probability *= in ? sketch_.inclusion[i] : 1 - sketch_.inclusion[i];
        if (in) rows.push_back(i);
      }
      add(rows, probability);
    }
  }
  return {w.data(), w.data() + w.size()};
}

namespace {

/// An orthonormal basis (columns) of a random k-dimensional subspace of R^n.
Matrix random_orthonormal(std::size_t n, std::size_t k, RandomStream& stream) {
  Matrix g(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(k));
  for (Eigen::Index i = 0; i < g.rows(); ++i)
    for (Eigen::Index j = 0; j < g.cols(); ++j) g(i, j) = stream.normal();
  const Eigen::HouseholderQR<Matrix> qr(g);
  return qr.householderQ() * Matrix::Identity(g.rows(), g.cols());
}

LinearSystem consistent(const Matrix& a, Sketch sketch, RandomStream& stream) {
  std::vector<double> solution(static_cast<std::size_t>(a.cols()));
  for (double& s : solution) s = stream.normal();
  RowMatrix matrix = RowMatrix::dense(static_cast<std::size_t>(a.rows()), solution.size(),
                                      {a.data(), static_cast<std::size_t>(a.size())});
  std::vector<double> b(matrix.rows);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = matrix.row_times(i, solution);
  return {std::move(matrix), std::move(b), std::move(solution), std::move(sketch)};
}

}  // namespace

LinearSystem system_with_spectrum(const std::vector<double>& eigenvalues, std::uint64_t seed) {
  if (eigenvalues.empty()) throw DomainError("eigenvalues: none were given");
  for (const double v : eigenvalues)
    if (!(v > 0 && v <= 1)) throw DomainError("eigenvalue", shortest(v), "(0, 1]");
  RandomStream stream(seed, stream_key("system with spectrum"));
  return consistent(random_orthonormal(eigenvalues.size(), eigenvalues.size(), stream),
                    {.kind = Sketch::Kind::independent, .inclusion = eigenvalues}, stream);
}

LinearSystem kaczmarz_with_spectrum(const std::vector<double>& eigenvalues, std::size_t rows, std::uint64_t seed) {
  double sum = 0;
  for (const double v : eigenvalues) {
    if (!(v >= 0)) throw DomainError("eigenvalue", shortest(v), "[0, 1]");
    sum += v;
  }
  if (!(std::abs(sum - 1) <= 1e-12)) throw DomainError("sum of the eigenvalues", shortest(sum), "1");
  const std::size_t n = eigenvalues.size();
  if (rows < n) throw DomainError("rows", std::to_string(rows), "at least " + std::to_string(n));
  RandomStream stream(seed, stream_key("kaczmarz with spectrum"));
  Eigen::VectorXd root(static_cast<Eigen::Index>(n));
  for (std::size_t j = 0; j < n; ++j) root[static_cast<Eigen::Index>(j)] = std::sqrt(eigenvalues[j]);
  const Matrix u = random_orthonormal(rows, n, stream), v = random_orthonormal(n, n, stream);
  return consistent(u * root.asDiagonal() * v.transpose(), {}, stream);
}

}  // namespace asyncert::solvers
