#include "verify/hogwild/enumeration.hpp"

namespace asyncert::hogwild {

FiniteSum<Ball> two_cosines(const Rational& s, long d) {
  FiniteSum<Ball> f;
  f.n = 2;
  f.d = d;
  // Directions of length one, (3/5, 4/5) and (4/5, -3/5); in one coordinate 1 and 4/5.
  const auto x = [d](long i, std::size_t k) {
    if (d == 1) return i == 0 ? Rational(1) : Rational(4, 5);
    return k == 0 ? Rational(3 + i, 5) : (i == 0 ? Rational(4, 5) : Rational(-3, 5));
  };
  const auto residual = [=](long i, const std::vector<Ball>& w) {
    Ball r(i == 0 ? Rational(0) : Rational(1, 2));
    for (std::size_t k = 0; k < w.size(); ++k) r = r + Ball(x(i, k)) * w[k];
    return r;
  };
  f.value = [=](long i, const std::vector<Ball>& w) { return Ball(s) * (Ball(1) - cos(residual(i, w))); };
  f.gradient = [=](long i, const std::vector<Ball>& w) {
    const Ball slope = Ball(s) * sin(residual(i, w));
    std::vector<Ball> g;
    for (std::size_t k = 0; k < w.size(); ++k) g.push_back(slope * Ball(x(i, k)));
    return g;
  };
  return f;
}

}  // namespace asyncert::hogwild
