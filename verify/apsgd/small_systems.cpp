#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

RationalMatrix matrix(const std::vector<std::vector<long>>& rows) {
  RationalMatrix m(static_cast<long>(rows.size()), static_cast<long>(rows.front().size()));
  for (long i = 0; i < m.rows(); ++i)
    for (long j = 0; j < m.columns(); ++j)
      m.set(i, j, Rational(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]));
  return m;
}

std::vector<Reformulation> small_systems() {
  const RationalMatrix tall = matrix({{1, 2}, {3, 1}, {1, -1}}), wide = matrix({{1, 0, 1}, {0, 2, 1}}),
                       poor = matrix({{1, 1, 0}, {2, 2, 0}, {0, 0, 0}, {1, 0, 1}});
  const Rational one(1), two(2), half(1, 2);
  return {row_sketch(tall, {one, one}),
          row_sketch(tall, {one, two}),
          row_sketch(wide, {one, one, Rational(3)}),
          row_sketch(poor, {two, one, one}),
          block_sketch(poor, {two, one, one}, 2),
          block_sketch(tall, {one, half}, 2)};
}

Rational inner(const Reformulation& s, const RationalMatrix& u, const RationalMatrix& v) {
  return (u.transposed() * s.gram * v)(0, 0);
}

std::vector<RationalMatrix> probes(long n) {
  std::vector<RationalMatrix> result;
  for (long i = 0; i < n; ++i)
    for (long j = i; j < n; ++j) {
      RationalMatrix u(n, 1);
      u.set(i, 0, Rational(1));
      u.set(j, 0, Rational(1));
      result.push_back(u);
    }
  return result;
}

RationalMatrix equal_moments(long n) {
  RationalMatrix C(n, n);
  for (long i = 0; i < n; ++i)
    for (long j = 0; j < n; ++j) C.set(i, j, Rational(1));
  return C;
}

RationalMatrix updated_moments(const Reformulation& coordinate, const Rational& theta, const Rational& omega,
                               long delay, const RationalMatrix& moments) {
  const Rational one(1);
  const long n = moments.rows();
  RationalMatrix next(n, n);
  for (const auto& [p, P] : coordinate.outcomes) {
    RationalMatrix M(n, n);
    M.set(0, 0, one - theta);
    M.set(0, delay, M(0, delay) + theta * (one - omega * P(0, 0)));
    for (long i = 1; i < n; ++i) M.set(i, i - 1, one);
    next = next + p * (M * moments * M.transposed());
  }
  return next;
}

}  // namespace asyncert::apsgd
