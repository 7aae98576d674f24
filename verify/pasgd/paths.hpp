// Exact runs of Algorithm 1 on f(x) = sum_i h_i x_i^2/2, with given delays and noises, for inequalities that hold step
// by step.
#pragma once

#include <vector>

#include "lib/random.hpp"
#include "lib/rational.hpp"

namespace asyncert::pasgd {

using Vector = std::vector<Rational>;

inline Rational dot(const Vector& a, const Vector& b) {
  Rational sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// One run, all of it exact. Before step 0 the iterates are x_0.
struct Path {
  Vector curvature;  ///< h; L is its largest absolute value
  Rational eta;
  long M, T;
  std::vector<Vector> x;         ///< iterates 0, ..., n
  std::vector<Vector> gradient;  ///< grad f(x_k)
  std::vector<Vector> G;         ///< sum of the M delayed gradients in step k
  std::vector<Vector> noise;     ///< sum of the M noises in step k

  Rational L() const {
    Rational largest;
    for (const Rational& h : curvature) largest = max(largest, abs(h));
    return largest;
  }
  Rational f(std::size_t k) const {
    Rational sum;
    for (std::size_t i = 0; i < curvature.size(); ++i) sum += curvature[i] * x[k][i] * x[k][i];
    return sum / Rational(2);
  }
  /// Sum over j = first, ..., last of |v_j|^2; indices before 0 are left out (the iterates stood still).
  static Rational squares(const std::vector<Vector>& v, long first, long last) {
    Rational sum;
    for (long j = std::max(first, 0L); j <= last; ++j)
      sum += dot(v[static_cast<std::size_t>(j)], v[static_cast<std::size_t>(j)]);
    return sum;
  }
};

/// A random small instance: dimension 1 or 2, curvatures in [-1, 1], M and T up to 3, noises that are multiples of 1/8.
inline Path random_path(RandomStream& random, long steps) {
  const auto whole = [&](std::uint64_t n) { return static_cast<long>(random.below(n)); };
  Path p;
  p.M = 1 + whole(3), p.T = whole(4), p.eta = Rational(1 + whole(12), 40);
  const long d = 1 + whole(2);
  p.x.emplace_back();
  for (long i = 0; i < d; ++i) {
    p.curvature.emplace_back(whole(9) - 4, 4);
    p.x.front().emplace_back(whole(17) - 8, 8);
  }
  const long noise_scale = whole(3);
  for (long k = 0; k <= steps; ++k) {
    const Vector& now = p.x.back();
    Vector g, G(now.size()), noise, next = now;
    for (std::size_t i = 0; i < now.size(); ++i) g.push_back(p.curvature[i] * now[i]);
    p.gradient.push_back(g);
    for (long m = 0; m < p.M; ++m) {
      const long read = std::max(0L, k - whole(static_cast<std::uint64_t>(p.T) + 1));
      for (std::size_t i = 0; i < now.size(); ++i) G[i] += p.gradient[static_cast<std::size_t>(read)][i];
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
      noise.push_back(Rational(noise_scale * (whole(17) - 8), 8));
      next[i] -= p.eta * (G[i] + noise[i]);
    }
    p.G.push_back(G), p.noise.push_back(noise), p.x.push_back(next);
  }
  return p;
}

}  // namespace asyncert::pasgd
