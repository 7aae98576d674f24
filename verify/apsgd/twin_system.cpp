#include "verify/apsgd/twin_system.hpp"

#include <algorithm>

#include "lib/ball_matrix.hpp"

namespace asyncert::apsgd {

std::vector<Ball> exact_second_moments(const TwinSystem& s, const Rational& theta, const Rational& omega,
                                       const std::vector<long>& delays, long steps) {
  const Rational zero(0), one(1);
  const long n = s.exact.dimension(), longest = *std::max_element(delays.begin(), delays.end()),
             size = n * (longest + 1);
  BallMatrix C(size, size);
  for (long i = 0; i <= longest; ++i)
    for (long j = 0; j <= longest; ++j) C.set(i * n, j * n, 1);
  const BallMatrix gram(s.exact.gram);
  std::vector<Ball> result;
  for (long t = 0;; ++t) {
    Ball norm;
    for (long i = 0; i < n; ++i)
      for (long j = 0; j < n; ++j) norm += gram(i, j) * C(i, j);
    result.push_back(norm / gram(0, 0));
    if (t == steps) return result;
    const long d = delays[static_cast<std::size_t>(t) % delays.size()];
    BallMatrix next(size, size);
    for (const auto& [p, P] : s.exact.outcomes) {
      RationalMatrix M(size, size);
      for (long i = n; i < size; ++i) M.set(i, i - n, one);
      for (long i = 0; i < n; ++i) {
        M.set(i, i, M(i, i) + one - theta);
        for (long j = 0; j < n; ++j)
          M.set(i, d * n + j, M(i, d * n + j) + theta * ((i == j ? one : zero) - omega * P(i, j)));
      }
      next += Ball(p) * (BallMatrix(M) * C * BallMatrix(M.transposed()));
    }
    C = next;
  }
}

}  // namespace asyncert::apsgd
