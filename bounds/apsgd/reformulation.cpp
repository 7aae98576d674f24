#include "bounds/apsgd/reformulation.hpp"

#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

/// R, B^{-1} and the coordinates of A's rows: A = coordinates R.
struct Coordinates {
  RationalMatrix inverse_weights, gram, rows;
};

Coordinates coordinates(const RationalMatrix& A, const std::vector<Rational>& weights) {
  if (static_cast<long>(weights.size()) != A.columns())
    throw DomainError("B", std::to_string(weights.size()) + " entries",
                      "as many positive entries as A has columns (" + std::to_string(A.columns()) + ")");
  std::vector<Rational> inverse;
  for (const Rational& w : weights) {
    if (w.sign() <= 0) throw DomainError("B", w.to_decimal(17), "entries > 0");
    inverse.push_back(Rational(1) / w);
  }
  const std::vector<long> basis = A.independent_rows();
  if (basis.empty()) throw DomainError("A", "0", "a matrix that is not zero");
  const RationalMatrix B = RationalMatrix::diagonal(inverse), R = A.select_rows(basis);
  RationalMatrix gram = R * B * R.transposed();
  // A = X R, so that A B^{-1} R' = X C.
  RationalMatrix rows = A * B * R.transposed() * gram.inverse();
  return {B, std::move(gram), std::move(rows)};
}

/// The C-orthogonal projection u -> K' (K C K')^{-1} K C u onto the span of the rows K.
RationalMatrix projection(const Coordinates& c, const std::vector<long>& subset) {
  const RationalMatrix all = c.rows.select_rows(subset);
  const std::vector<long> independent = all.independent_rows();
  const long r = c.gram.rows();
  if (independent.empty()) return RationalMatrix(r, r);
  const RationalMatrix K = all.select_rows(independent), KC = K * c.gram;
  return K.transposed() * (KC * K.transposed()).inverse() * KC;
}

Reformulation assemble(const Coordinates& c, const std::vector<std::pair<Rational, std::vector<long>>>& subsets) {
  const long r = c.gram.rows();
  Reformulation result{c.gram, {}, RationalMatrix(r, r)};
  for (const auto& [probability, subset] : subsets) {
    result.outcomes.push_back({probability, projection(c, subset)});
    result.mean = result.mean + probability * result.outcomes.back().projection;
  }
  return result;
}

}  // namespace

Reformulation::Extremes Reformulation::extremes() const {
  const std::vector<Ball> values = real_eigenvalues(mean);
  return {values.front(), values.back()};
}

Reformulation row_sketch(const RationalMatrix& A, const std::vector<Rational>& weights) {
  const Coordinates c = coordinates(A, weights);
  std::vector<std::pair<Rational, std::vector<long>>> subsets;
  Rational total;
  for (long i = 0; i < A.rows(); ++i) {
    Rational norm;
    for (long j = 0; j < A.columns(); ++j) norm += A(i, j) * A(i, j) * c.inverse_weights(j, j);
    if (norm.sign() > 0) subsets.emplace_back(norm, std::vector<long>{i});
    total += norm;
  }
  for (auto& [probability, subset] : subsets) probability /= total;
  return assemble(c, subsets);
}

Reformulation block_sketch(const RationalMatrix& A, const std::vector<Rational>& weights, long s) {
  const long m = A.rows();
  if (s < 1 || m < s)
    throw DomainError("s", std::to_string(s), "an integer 1 <= s <= " + std::to_string(m) + ", the number of rows");
  long count = 1;
  for (long i = 1; i <= std::min(s, m - s); ++i) {
    count = count * (m - i + 1) / i;
    if (count > 20000) throw DomainError("s", std::to_string(s), "at most 20000 subsets of s rows");
  }
  std::vector<std::pair<Rational, std::vector<long>>> subsets;
  std::vector<long> subset;
  for (long i = 0; i < s; ++i) subset.push_back(i);
  for (;;) {
    subsets.emplace_back(Rational(1, count), subset);
    long last = s - 1;  // the last index that can still move
    while (last >= 0 && subset[static_cast<std::size_t>(last)] == m - s + last) --last;
    if (last < 0) break;
    ++subset[static_cast<std::size_t>(last)];
    for (long i = last + 1; i < s; ++i)
      subset[static_cast<std::size_t>(i)] = subset[static_cast<std::size_t>(i - 1)] + 1;
  }
  return assemble(coordinates(A, weights), subsets);
}

Reformulation subset_sketch(const RationalMatrix& A, const std::vector<Rational>& weights,
                            const std::vector<std::pair<Rational, std::vector<long>>>& subsets) {
  Rational total;
  for (const auto& [probability, subset] : subsets) {
    if (probability.sign() <= 0) throw DomainError("probability", probability.to_decimal(17), "probability > 0");
    for (const long i : subset)
      if (i < 0 || A.rows() <= i) throw DomainError("row", std::to_string(i), "0 <= row < " + std::to_string(A.rows()));
    total += probability;
  }
  if (!(total == Rational(1))) throw DomainError("sum of the probabilities", total.to_decimal(17), "1");
  return assemble(coordinates(A, weights), subsets);
}

Reformulation bernoulli_coordinate(const Rational& lambda) {
  const Rational one(1);
  if (lambda.sign() < 0 || one < lambda) throw DomainError("lambda", lambda.to_decimal(17), "0 <= lambda <= 1");
  const RationalMatrix hit = RationalMatrix::identity(1), miss(1, 1);
  return {hit, {{lambda, hit}, {one - lambda, miss}}, lambda * hit};
}

}  // namespace asyncert::apsgd
